"""The code cells in the JSON of a Jupyter notebook (format 4, and 3 with its worksheets), and how to change their text.

When a cell changes, only the characters that differ are replaced: everything else stays byte for byte.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import accumulate
from typing import Any

from lossl.source.jsonspans import JsonText, Literal, escaper

Change = tuple[int, int, str]
"""From one offset up to another, and what takes its place."""


class NotANotebook(Exception):
    """A text that is no notebook; `offset` is where it stops being one."""

    def __init__(self, message: str, offset: int = 0) -> None:
        super().__init__(message)
        self.offset = offset


@dataclass(frozen=True)
class Cell:
    """A code cell: its number among all cells of the file, from 0, and the strings that its text consists of.

    `separator` is what stands between two of these strings, from quote to quote; empty if there can be only one.
    """

    index: int
    strings: tuple[Literal, ...]
    separator: str = ""

    @cached_property
    def text(self) -> str:
        """The text as the user wrote it."""
        return "".join(string.value for string in self.strings)

    @cached_property
    def starts(self) -> list[int]:
        """The offset in the text at which each string starts."""
        return list(accumulate((len(string.value) for string in self.strings[:-1]), initial=0))


def cells_of(raw: str) -> tuple[Cell, ...]:
    """The code cells of a notebook in Python, none of one in another language. Raises NotANotebook."""
    document = _document(raw)
    spans = JsonText(raw)
    described = document.get("metadata")
    if not _is_python(_member(described, "language_info", "name"), _member(described, "kernelspec", "language")):
        return ()
    found = (_cell(spans, index, *each) for index, each in enumerate(_all_cells(spans, document)))
    return tuple(cell for cell in found if cell is not None)


def rewritten(raw: str, cells: Mapping[Cell, str]) -> str:
    """The JSON after giving cells another text."""
    spans = JsonText(raw)
    changes = sorted(change for cell, text in cells.items() for change in _in_json(spans, cell, text))
    pieces: list[str] = []
    done = 0
    for start, end, new in changes:
        pieces += [raw[done:start], new]
        done = end
    return "".join([*pieces, raw[done:]])


def changes(old: str, new: str) -> Iterator[Change]:
    """What to replace in `old` to get `new`: no more than the words that differ, in order."""
    for start, end, text in _differences(_LINE.findall(old), _LINE.findall(new)):
        for inner_start, inner_end, piece in _differences(_WORD.findall(old[start:end]), _WORD.findall(text)):
            yield start + inner_start, start + inner_end, piece


def _document(raw: str) -> dict[str, Any]:
    try:
        document = json.loads(raw)
    except json.JSONDecodeError as error:
        raise NotANotebook(f"invalid JSON: {error.msg}", error.pos) from None
    except RecursionError:
        raise NotANotebook("nested too deeply") from None
    except ValueError as error:
        raise NotANotebook(f"invalid JSON: {error}") from None
    if not isinstance(document, dict):
        raise NotANotebook("it is no JSON object")
    return document


def _all_cells(spans: JsonText, document: dict[str, Any]) -> Iterator[tuple[Any, int]]:
    """Every cell and the offset at which it starts."""
    top = spans.members(spans.start)
    if isinstance(document.get("cells"), list):
        yield from zip(document["cells"], spans.elements(top["cells"]), strict=True)
    elif isinstance(document.get("worksheets"), list):
        for sheet, at in zip(document["worksheets"], spans.elements(top["worksheets"]), strict=True):
            if isinstance(_member(sheet, "cells"), list):
                yield from zip(sheet["cells"], spans.elements(spans.members(at)["cells"]), strict=True)
    else:
        raise NotANotebook("it has no cells")


def _cell(spans: JsonText, index: int, cell: Any, at: int) -> Cell | None:
    """A code cell in Python, None for any other."""
    if not isinstance(cell, dict):
        raise NotANotebook(f"cell {index + 1} is no JSON object", at)
    language = _member(cell, "metadata", "vscode", "languageId")
    if cell.get("cell_type") != "code" or not _is_python(language, cell.get("language")):
        return None
    fields = spans.members(at)
    place = fields.get("source", fields.get("input"))
    if place is None:
        return Cell(index, ())
    is_list = spans.text[place] == "["
    strings = [spans.string(each) for each in (spans.elements(place) if is_list else [place])]
    texts = tuple(string for string in strings if string is not None)
    if len(texts) < len(strings):
        raise NotANotebook(f"the source of cell {index + 1} is no text", place)
    return Cell(index, texts, _separator(spans.text, place, texts) if is_list else "")


def _separator(raw: str, place: int, strings: tuple[Literal, ...]) -> str:
    if len(strings) > 1:
        return raw[strings[0].end : strings[1].start]
    return '",' + raw[place + 1 : strings[0].start] if strings else ""


def _is_python(*languages: Any) -> bool:
    """True unless one of the names, each None if unknown, is that of another language."""
    return all(not isinstance(name, str) or "python" in name.lower() for name in languages)


def _member(value: Any, *keys: str) -> Any:
    for key in keys:
        value = value.get(key) if isinstance(value, dict) else None
    return value


def _in_json(spans: JsonText, cell: Cell, text: str) -> Iterator[Change]:
    """The changes of the JSON that give a cell another text. The cell must have a string."""
    escape = escaper(spans.text[cell.strings[0].start : cell.strings[-1].end], spans.text)
    for start, end, new in changes(cell.text, text):
        lines = [escape(line) for line in re.split(r"(?<=\n)", new)] if cell.separator else [escape(new)]
        at_end = end == len(cell.text)
        if at_end and len(lines) > 1 and not lines[-1]:
            lines.pop()
        if at_end and start == end and cell.separator and cell.text.endswith("\n"):
            lines.insert(0, "")
        place = _place(spans, cell, start, before=at_end and not new), _place(spans, cell, end)
        yield *place, cell.separator.join(lines)


def _place(spans: JsonText, cell: Cell, offset: int, *, before: bool = False) -> int:
    """The offset in the JSON of an offset in a cell's text; where two strings meet, in the second unless `before`."""
    number = bisect_right(cell.starts, offset) - 1
    if before and number and cell.starts[number] == offset:
        return cell.strings[number - 1].end
    return spans.offset_in(cell.strings[number], offset - cell.starts[number])


def _differences(old: list[str], new: list[str]) -> Iterator[Change]:
    offsets = list(accumulate(map(len, old), initial=0))
    for kind, first, last, new_first, new_last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            yield offsets[first], offsets[last], "".join(new[new_first:new_last])


_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_WORD = re.compile(r"\w+|\W")
