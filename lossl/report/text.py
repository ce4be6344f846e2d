"""The full report: each finding with its source lines, the value's way to the loss, what it does and what helps."""

from __future__ import annotations

from collections.abc import Iterator
from textwrap import wrap

from rich.text import Text

from lossl.diagnostic import Diagnostic, Fix, Location, Report, Severity
from lossl.report import View, to_string
from lossl.report.excerpt import FRAME, Label, bar, excerpt, gutter
from lossl.report.paths import place, printable, shorten
from lossl.report.summary import summary

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.INFO: "bold cyan"}
STEP = "bold cyan"


def render(report: Report, view: View) -> str:
    """Every finding, then the summary. A consequence or page that was named before is not named again."""
    lines: list[Text] = []
    said: set[str] = set()
    for diagnostic in report.diagnostics:
        lines += [*_finding(diagnostic, report, view, said), Text()]
    if not view.quiet:
        lines += [Text(line) for line in summary(report, unsafe=view.unsafe)]
    return to_string(lines, color=view.color)


def _finding(found: Diagnostic, report: Report, view: View, said: set[str]) -> Iterator[Text]:
    by_file = _labels(found, report)
    digits = gutter(label for labels in by_file.values() for label in labels)
    yield from _header(found, view)
    for index, ((path, cell), labels) in enumerate(by_file.items()):
        arrow, start = (":::", _first(path, cell, labels)) if index else ("-->", found.location)
        yield Text.assemble((f"{'':{digits}}{arrow} ", FRAME), place(start, view.below))
        quoted = report.quoted(path, cell)
        if quoted is not None:
            yield bar(digits)
            yield from excerpt(quoted, labels, digits, view.width)
            yield bar(digits)
    for word, text in _notes(found, view, said):
        yield from _note(word, text, digits, view.width)


def _header(found: Diagnostic, view: View) -> Iterator[Text]:
    name = f"{found.severity.value}[{found.code}] {found.rule}"
    lines = wrap(f"{name}: {printable(found.message)}", view.width, subsequent_indent="  ", break_on_hyphens=False)
    for index, line in enumerate(lines):
        text = Text(line, "bold")
        if not index:
            text.stylize(STYLES[found.severity], 0, len(name))
        yield text


def _labels(found: Diagnostic, report: Report) -> dict[tuple[str, int | None], list[Label]]:
    """The trail, numbered, and the place of the finding; by file and cell, that of the finding first."""
    main = found.location
    steps = [(step.location, step.message) for step in found.trail]
    if steps and main not in [location for location, _ in steps]:
        steps.append((main, _arrival(found, report)))
    by_file: dict[tuple[str, int | None], list[Label]] = {(main.path, main.cell): []}
    for number, (location, message) in enumerate(steps or [(main, "")], 1):
        text = f"{number}: {message}" if len(steps) > 1 else message
        mark, style = ("^", STYLES[found.severity]) if location == main else ("-", STEP)
        by_file.setdefault((location.path, location.cell), []).append(Label(location.range, text, mark, style))
    return by_file


def _arrival(found: Diagnostic, report: Report) -> str:
    if found.arrival:
        return found.arrival
    around = [each for each in report.verdicts if _contains(each.location, found.location)]
    if not around:
        return "arrives here"
    call = max(around, key=lambda each: each.location.range.start)
    # Why it needs that is in the message; here the line is short.
    return f"reaches `{call.callee}`, which needs {call.needs.partition(',')[0]}"


def _contains(outer: Location, inner: Location) -> bool:
    same = (outer.path, outer.cell) == (inner.path, inner.cell)
    return same and outer.range.start <= inner.range.start and inner.range.end <= outer.range.end


def _first(path: str, cell: int | None, labels: list[Label]) -> Location:
    return Location(path, cell, min(label.range for label in labels))


def _notes(found: Diagnostic, view: View, said: set[str]) -> Iterator[tuple[str, str]]:
    if found.consequence and found.consequence not in said:
        yield "note", found.consequence
    for number, fix in enumerate(found.fixes, 1):
        yield "help", _offered(fix, number, found, view)
    if found.rule not in said:
        yield "more", f"lossl explain {found.rule}"
    said |= {found.consequence, found.rule}


def _offered(fix: Fix, number: int, found: Diagnostic, view: View) -> str:
    elsewhere = sorted({edit.location.path for edit in fix.edits} - {found.location.path})
    where = f" in {', '.join(shorten(path, view.below) for path in elsewhere)}" if elsewhere else ""
    which = f"fix {number}" if len(found.fixes) > 1 else "fix"
    reason = f"\n{fix.reason}" if fix.reason else ""
    return f"{which} ({'safe' if fix.safe else 'unsafe'}): {fix.title}{where}{reason}"


def _note(word: str, text: str, digits: int, width: int) -> Iterator[Text]:
    """A paragraph behind `= note: `, with its further lines below the first."""
    lead = f"{'':{digits}} = "
    indent = len(lead) + len(word) + 2
    lines = [
        part for line in text.split("\n") for part in wrap(printable(line), width - indent, break_on_hyphens=False)
    ]
    for index, line in enumerate(lines):
        if index:
            yield Text(" " * indent + line)
        else:
            yield Text.assemble((lead, FRAME), (f"{word}: ", "bold"), line)
