"""One line a finding: `path:line:column: code [rule] message`."""

from __future__ import annotations

from lossl.diagnostic import Report
from lossl.report import View
from lossl.report.paths import place, printable
from lossl.report.summary import summary


def render(report: Report, view: View) -> str:
    """Every finding on a line of its own, then the summary."""
    lines = [
        f"{place(found.location, view.below)}: {found.code} [{found.rule}] {printable(found.message)}"
        for found in report.diagnostics
    ]
    if not view.quiet:
        lines += summary(report, unsafe=view.unsafe)
    return "".join(f"{line}\n" for line in lines)
