"""What is known of every loss call, for `lossl trace`: what it needs, what was found, and how that got there."""

from __future__ import annotations

from collections.abc import Iterator

from rich.text import Text

from lossl.diagnostic import Outcome, Report, Verdict
from lossl.report import View, to_string
from lossl.report.paths import place, printable
from lossl.report.summary import loss_calls

STYLES = {Outcome.RIGHT: "bold green", Outcome.WRONG: "bold red", Outcome.UNKNOWN: "bold yellow"}


def render(report: Report, view: View) -> str:
    """A paragraph for each loss call that the view shows, then how many there are in all."""
    lines: list[Text] = []
    for verdict in filter(view.shows, report.verdicts):
        lines += [*_verdict(verdict, view), Text()]
    if not view.quiet:
        lines.append(Text(loss_calls(report).removesuffix(" (lossl trace shows them)")))
    return to_string(lines, color=view.color)


def _verdict(verdict: Verdict, view: View) -> Iterator[Text]:
    where = place(verdict.location, view.below)
    yield Text.assemble((verdict.outcome.value, STYLES[verdict.outcome]), ("  " + where, "bold"))
    loss = "" if verdict.callee == verdict.loss else f"  ({verdict.loss})"
    yield _row("loss", printable(verdict.callee), loss)
    yield _row("needs", verdict.needs)
    yield _row("found", printable(verdict.found or "nothing known"))
    if verdict.reason:
        yield _row("because", printable(verdict.reason))
    for number, step in enumerate(verdict.trail, 1):
        word = "trail" if number == 1 else ""
        yield _row(word, f"{number}: {printable(step.message)}", f"  {place(step.location, view.below)}")


def _row(word: str, text: str, aside: str = "") -> Text:
    return Text.assemble((f"  {word:<9}", "dim"), text, (aside, "dim"))
