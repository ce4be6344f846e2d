"""The report as lines of JSON: one object for each finding, as in `lossl.report.json`, then one for each failure."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from lossl.diagnostic import Report
from lossl.report import View
from lossl.report.json import diagnostic, failure


def render(report: Report, view: View) -> str:
    """Each object has a `type`, which is `diagnostic` or `failure`; nothing is said if there is neither."""
    return "".join(f"{json.dumps(each)}\n" for each in _objects(report, view.below))


def _objects(report: Report, below: str) -> Iterator[dict[str, Any]]:
    for found in report.diagnostics:
        yield {"type": "diagnostic", **diagnostic(found, below)}
    for failed in report.failures:
        yield {"type": "failure", **failure(failed, below)}
