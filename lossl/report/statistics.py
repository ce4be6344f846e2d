"""How often each rule spoke, the most frequent first."""

from __future__ import annotations

from collections import Counter

from lossl.diagnostic import Report
from lossl.report import View
from lossl.report.summary import summary


def render(report: Report, view: View) -> str:
    """A line for each rule: how often, code, name; then the summary."""
    counts = Counter((found.code, found.rule) for found in report.diagnostics)
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    width = max((len(str(number)) for number in counts.values()), default=1)
    lines = [f"{number:>{width}}  {code}  {name}" for (code, name), number in ranked]
    if not view.quiet:
        lines += ([""] if lines else []) + summary(report, unsafe=view.unsafe)
    return "".join(f"{line}\n" for line in lines)
