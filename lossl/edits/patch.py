"""Edits on texts: which ones meet, what comes of them, and how two texts differ."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator

from lossl.diagnostic import Edit
from lossl.errors import EditError
from lossl.source.lines import NEWLINE, Lines


def clash(first: Iterable[Edit], second: Iterable[Edit]) -> bool:
    """True if two fixes cannot be applied together: edits that overlap or touch and are not the same edit."""
    theirs = list(second)
    return any(one != other and _touch(one, other) for one in first for other in theirs)


def apply(text: str, edits: Iterable[Edit]) -> str:
    """The text after all edits, whose locations are of this text; equal edits count once.

    A line feed in an edit becomes what ends the line it stands in. Insertions at one place keep their order.
    Raises EditError if edits overlap, or stand where the text has no such place.
    """
    lines = Lines(text)
    pieces: list[str] = []
    done = 0
    for edit in sorted(dict.fromkeys(edits), key=lambda edit: edit.location.range):
        start, end = _offsets(lines, edit)
        if start < done:
            raise EditError(f"two edits overlap in line {edit.location.range.start.line}")
        new = NEWLINE.sub(lines.newline(edit.location.range.start.line), edit.text)
        pieces += [text[done:start], new]
        done = end
    return "".join([*pieces, text[done:]])


def moved(old: str, new: str, line: int) -> int:
    """The number in the text `new` of a line (from 1) of the text `old`; of what took its place if it changed."""
    matcher = difflib.SequenceMatcher(None, list(_split(old)), list(_split(new)), autojunk=False)
    for _, first, last, new_first, new_last in matcher.get_opcodes():
        if first < line <= last:
            return min(new_first + line - first, max(new_last, new_first + 1))
    return line


def diff(old: str, new: str, path: str) -> str:
    """A unified diff of the two texts of one file, empty if they are equal."""
    pieces = difflib.unified_diff(list(_split(old)), list(_split(new)), path, path)
    return "".join(
        piece if piece.endswith(("\n", "\r")) else f"{piece}\n\\ No newline at end of file\n" for piece in pieces
    )


def _touch(one: Edit, other: Edit) -> bool:
    a, b = one.location, other.location
    same_file = (a.path, a.cell) == (b.path, b.cell)
    return same_file and a.range.start <= b.range.end and b.range.start <= a.range.end


def _offsets(lines: Lines, edit: Edit) -> tuple[int, int]:
    try:
        return lines.offset(edit.location.range.start), lines.offset(edit.location.range.end)
    except ValueError as error:
        raise EditError(str(error)) from None


def _split(text: str) -> Iterator[str]:
    """The lines of a text with their ends."""
    start = 0
    for found in NEWLINE.finditer(text):
        yield text[start : found.end()]
        start = found.end()
    if start < len(text):
        yield text[start:]
