"""What is known of every loss call, as JSON for other programs."""

from __future__ import annotations

from typing import Any

from lossl.diagnostic import Report, Verdict
from lossl.report import View
from lossl.report.json import VERSION, dump, failure, place, step, totals


def render(report: Report, view: View) -> str:
    """`{"version", "loss_calls", "failures", "summary"}`; places and totals as `lossl check` gives them."""
    return dump(
        {
            "version": VERSION,
            "loss_calls": [_verdict(verdict, view.below) for verdict in filter(view.shows, report.verdicts)],
            "failures": [failure(each, view.below) for each in report.failures],
            "summary": totals(report),
        }
    )


def _verdict(verdict: Verdict, below: str) -> dict[str, Any]:
    return {
        "outcome": verdict.outcome.value,
        "callee": verdict.callee,
        "loss": verdict.loss,
        "needs": verdict.needs,
        "found": verdict.found,
        "reason": verdict.reason or None,
        **place(verdict.location, below),
        "trail": [step(each, below) for each in verdict.trail],
    }
