"""Source lines with underlines and labels below them, as rustc draws them. Knows ranges and cells, no findings."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from textwrap import wrap

from rich.cells import cell_len
from rich.text import Text

from lossl.diagnostic import Range
from lossl.report.paths import printable

FRAME = "bold blue"
"""The style of line numbers, bars and arrows."""

TAB = 4
WHOLE_LINES = 4
"""A range over more lines than this is shown by its first and its last."""


@dataclass(frozen=True)
class Label:
    """What is said of a range: underlined by `mark` in a style."""

    range: Range
    text: str
    mark: str
    style: str


@dataclass(frozen=True)
class _Segment:
    """The part of a label on one line; columns count from 0. The text stands at the last segment."""

    line: int
    start: int
    end: int
    label: Label
    text: str


def gutter(labels: Iterable[Label]) -> int:
    """How many digits the line numbers of these labels need."""
    return max((len(str(label.range.end.line)) for label in labels), default=1)


def excerpt(source: str, labels: Sequence[Label], digits: int, width: int) -> list[Text]:
    """The lines that the labels stand in, with the labels in their order; `...` stands for lines left out.

    `digits` is the width of the line numbers, `width` that of the whole, in cells. Lines that are longer are cut with …
    around what is underlined; a label that does not fit beside its underline goes below it.
    """
    lines = _lines(source)
    segments = [segment for label in labels for segment in _segments(label, lines)]
    numbers = sorted({segment.line for segment in segments})
    shown: list[Text] = []
    for index, number in enumerate(numbers):
        gap = number - numbers[index - 1] if index else 1
        if gap > 2:
            shown.append(Text("...", FRAME))
        elif gap == 2:
            shown += _line(number - 1, lines, [], digits, width)
        shown += _line(number, lines, [each for each in segments if each.line == number], digits, width)
    return shown


def bar(digits: int, number: int | None = None) -> Text:
    """The left edge of a row: the number of its line, or blanks, and a bar."""
    return Text.assemble((f"{'' if number is None else number:>{digits}} |", FRAME))


_NEWLINE = re.compile(r"\r\n?|\n")


@lru_cache(maxsize=8)
def _lines(source: str) -> tuple[str, ...]:
    return tuple(_NEWLINE.split(source))


def _segments(label: Label, lines: Sequence[str]) -> list[_Segment]:
    start, end = label.range.start, label.range.end
    last = min(end.line, len(lines))
    if end.column == 1 and last > start.line:
        last -= 1
    spans = []
    for number in range(start.line, last + 1):
        line = lines[number - 1]
        begins = start.column - 1 if number == start.line else len(line) - len(line.lstrip())
        ends = min(end.column - 1, len(line)) if number == end.line else len(line.rstrip())
        if number == start.line or ends > begins:
            spans.append((number, begins, max(ends, begins + 1)))
    if len(spans) > WHOLE_LINES:
        spans = [spans[0], spans[-1]]
    return [_Segment(*span, label, label.text if span is spans[-1] else "") for span in spans]


def _line(number: int, lines: Sequence[str], segments: Sequence[_Segment], digits: int, width: int) -> list[Text]:
    """A source line, and a row for each segment on it."""
    room = max(width - digits - 3, 20)
    text, places = _fit(lines[number - 1], [(segment.start, segment.end) for segment in segments], room)
    rows = [bar(digits, number).append(f" {text}")]
    for segment, (start, end) in zip(segments, places, strict=True):
        rows += _marked(segment, start, end, digits, room)
    return rows


def _marked(segment: _Segment, start: int, end: int, digits: int, room: int) -> list[Text]:
    style, text = segment.label.style, printable(segment.text)
    underline = bar(digits).append(" " * (start + 1) + segment.label.mark * (end - start), style)
    if end + 1 + cell_len(text) <= room:
        return [underline.append(f" {text}", style)]
    indent = max(min(start, room - cell_len(text)), 0)
    return [underline, *(bar(digits).append(" " * (indent + 1) + part, style) for part in wrap(text, room - indent))]


def _fit(line: str, spans: Sequence[tuple[int, int]], room: int) -> tuple[str, list[tuple[int, int]]]:
    """A line cut to `room` cells around the spans, and where those are in it: columns in, cells out."""
    pieces, offsets = _cells(line)
    places = [(_cell(offsets, start), _cell(offsets, end)) for start, end in spans]
    if offsets[-1] <= room:
        return "".join(pieces), places
    low = min((start for start, _ in places), default=0)
    high = max((end for _, end in places), default=0)
    # The spans in the middle of what is left of the room beside two marks; from their beginning if they are too long.
    spare = room - 2 - (high - low)
    begin = max(min(low - spare // 2, offsets[-1] - room + 2), 0) if spare > 0 else max(low - 4, 0)
    first = bisect_left(offsets, begin) if begin > 1 else 0
    begin = offsets[first]
    room -= 1 if first else 0
    last = len(pieces) if offsets[-1] - begin <= room else bisect_right(offsets, begin + room - 1) - 1
    text = ("…" if first else "") + "".join(pieces[first:last]) + ("…" if last < len(pieces) else "")
    shift, limit = begin - (1 if first else 0), offsets[last] + (1 if last < len(pieces) else 0)
    return text, [(min(start, limit - 1) - shift, max(min(end, limit), start + 1) - shift) for start, end in places]


def _cell(offsets: Sequence[int], column: int) -> int:
    """The cell at which a column starts; columns behind the end of the line are one cell wide."""
    return offsets[column] if column < len(offsets) else offsets[-1] + column - len(offsets) + 1


def _cells(line: str) -> tuple[list[str], list[int]]:
    """What is shown of each character, and the cell at which it starts; one offset more than characters."""
    pieces: list[str] = []
    offsets = [0]
    shown = ""
    for character in line:
        at = offsets[-1]
        piece = " " * (TAB - at % TAB) if character == "\t" else printable(character)
        # Joined emoji take fewer cells than the sum of their parts, so the width is that of the text up to here.
        tail = shown[-8:]
        wide = len(piece) if piece.isascii() else max(cell_len(tail + piece) - cell_len(tail), 0)
        pieces.append(piece)
        offsets.append(at + wide)
        shown = tail + piece
    return pieces, offsets
