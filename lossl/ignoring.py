"""Ignore comments that are written: the edit for a finding, and a report whose fixes are these edits."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace

from lossl.diagnostic import Diagnostic, Edit, Fix, Location, Position, Range, Report
from lossl.edits.patch import apply
from lossl.source.lines import Lines
from lossl.suppress import Comment, comments

MOST_LINES = 100
"""How far behind a finding a line is looked for that can carry the comment."""


def with_ignores(report: Report) -> Report:
    """The report with one fix for each finding: the comment that ignores it."""
    return replace(report, diagnostics=tuple(_ignorable(found, report) for found in report.diagnostics))


def _ignorable(found: Diagnostic, report: Report) -> Diagnostic:
    location = found.location
    text = report.quoted(location.path, location.cell)
    edit = ignore(replace(found, location=replace(location, cell=None)), text) if text is not None else None
    if edit is None:
        return replace(found, fixes=())
    placed = replace(edit, location=replace(edit.location, cell=location.cell))
    return replace(found, fixes=(Fix("Ignore it", (placed,), safe=True),))


def ignore(found: Diagnostic, text: str) -> Edit | None:
    """Add the finding's rule to the ignore comment on its line, or such a comment to the line.

    Where a line cannot end in a comment (a backslash, a string over several lines) the next one that speaks for the
    finding gets it; None if there is none.
    """
    for comment in _heard(found, text):
        if comment.names_at is not None and found.rule not in comment.names:
            end = comment.names_at.range.end
            return Edit(Location(found.location.path, None, Range(end, end)), f", {found.rule}")
    return next((edit for edit in _added(found, Lines(text)) if _works(edit, found, text)), None)


def _added(found: Diagnostic, lines: Lines) -> Iterator[Edit]:
    first = found.location.range.start.line
    for number in range(first, min(first + MOST_LINES, len(lines) + 1)):
        line = lines[number]
        code = line.rstrip()
        if code and not code.endswith("\\"):
            place = Range(Position(number, len(code) + 1), Position(number, len(line) + 1))
            yield Edit(Location(found.location.path, None, place), f"  # lossl: ignore[{found.rule}]")


def _works(edit: Edit, found: Diagnostic, text: str) -> bool:
    return any(found.rule in comment.names for comment in _heard(found, apply(text, [edit])))


def _heard(found: Diagnostic, text: str) -> list[Comment]:
    """The comments beside the code that speak for the finding but not for the whole file."""
    return [
        comment
        for comment in comments(found.location.path, text)
        if not comment.fault and not comment.shared and comment.last < sys.maxsize and comment.covers(found.location)
    ]
