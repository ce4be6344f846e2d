"""The report as GitLab's code quality artifact: a JSON list that a merge request shows beside the changes."""

from __future__ import annotations

import hashlib
from collections import Counter
from typing import Any

from lossl.diagnostic import Diagnostic, Report, Severity
from lossl.report import View
from lossl.report.json import dump
from lossl.report.paths import place, shorten

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: Report, view: View) -> str:
    """An issue for each finding, then one for each failure."""
    seen: Counter[str] = Counter()
    issues = [_issue(found, view.below, seen) for found in report.diagnostics]
    for failure in report.failures:
        path = shorten(failure.path, view.below)
        what = _fingerprint(("failure", path, failure.what), seen)
        issues.append(_said("lossl", failure.what, "blocker", what, path, 1))
    return dump(issues)


def _issue(found: Diagnostic, below: str, seen: Counter[str]) -> dict[str, Any]:
    location = found.location
    path = shorten(location.path, below)
    # A line of a cell is no line of the notebook's file; the text says which cell it is.
    line = location.range.start.line if location.cell is None else 1
    text = found.message if location.cell is None else f"{place(location, below)}: {found.message}"
    name = _fingerprint((found.code, path, str(location.cell), found.message), seen)
    return _said(found.code, text, SEVERITIES[found.severity], name, path, line)


def _said(check: str, text: str, severity: str, fingerprint: str, path: str, line: int) -> dict[str, Any]:
    where = {"path": path, "lines": {"begin": line}}
    said = {"check_name": check, "description": text, "severity": severity, "fingerprint": fingerprint}
    return {**said, "location": where}


def _fingerprint(said: tuple[str, ...], seen: Counter[str]) -> str:
    """What a finding is known by from one run to the next: not its line, which moves; equal ones are numbered."""
    text = "\0".join(said)
    seen[text] += 1
    return hashlib.sha256(f"{text}\0{seen[text]}".encode()).hexdigest()
