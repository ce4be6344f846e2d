"""A Jupyter notebook as a source file: its code cells are one module, its places are places in cells.

What reads JSON and magics is imported when there is a notebook.
"""

from __future__ import annotations

import re
import warnings
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from lossl.diagnostic import Location, Position, Range
from lossl.errors import EditError
from lossl.source import limits
from lossl.source.file import SourceFile, UnreadableFile
from lossl.source.lines import Lines

if TYPE_CHECKING:
    import libcst as cst

    from lossl.source.cells import Cell
    from lossl.source.magics import Masked

SUFFIX = ".ipynb"
INDENTED = "if 1:\n"
"""Stands in the module before a cell that is indented as a whole, which IPython allows."""
MOST_BYTES = 100_000_000
"""Larger notebooks are refused; the code in them is limited as that of any file."""


def source_file(path: str, data: bytes) -> SourceFile:
    """The file of a path with this content: a notebook by its suffix, else a Python file."""
    return Notebook(path, data) if path.endswith(SUFFIX) else SourceFile(path, data)


def read(path: str) -> SourceFile:
    """The file or notebook on the disk. Raises OSError."""
    with open(path, "rb") as stream:
        return source_file(path, stream.read())


class Notebook(SourceFile):
    """A notebook: `text` is that of its code cells in their order, each with a line feed behind it, as Python.

    What only IPython reads is replaced in `text` by harmless code of equal length, and so are cells that are no Python;
    `part` gives a cell as it was written. Offsets, `lines`, `position` and `offset` count in `text`, locations in
    cells. Everything but `data`, `path` and `encoding` raises UnreadableFile if the file is no notebook.
    """

    interactive = True

    def __repr__(self) -> str:
        return f"Notebook({self.path!r})"

    @property
    def encoding(self) -> str:
        """The one that JSON has."""
        return "utf-8"

    @property
    def text(self) -> str:
        """The code of all cells as one module."""
        return self._module.code.text

    @property
    def tree(self) -> cst.Module:
        """The LibCST tree of the text. Raises UnreadableFile if the cells are too much together."""
        return self._module.code.tree

    @property
    def cells(self) -> tuple[int | None, ...]:
        """The code cells, by their number among all cells of the file, from 0."""
        return tuple(self._cells)

    @property
    def broken(self) -> tuple[UnreadableFile, ...]:
        """Why cells are left out, for each that is no Python."""
        return self._module.broken

    def part(self, cell: int | None) -> str:
        """The text of a cell as it was written. Raises ValueError if there is no such cell."""
        return self._cell(cell).text

    def code_in(self, cell: int | None) -> str:
        """The text of a cell without what only IPython reads. Raises ValueError if there is no such cell."""
        return self._masked[self._cell(cell).index].text

    def location_of(self, start: int, end: int) -> Location:
        """The location of the text from offset `start` up to `end`, or up to the end of the cell it starts in."""
        if not self._cells:
            return super().location_of(start, end)
        index, first = self._module.at(start)
        last = first + len(self._cells[index].text)
        places = (self._cell_lines[index].position(min(max(offset, first), last) - first) for offset in (start, end))
        return Location(self.path, index, Range(*places))

    def offsets(self, location: Location) -> tuple[int, int]:
        """Start and end offset of a location. Raises ValueError if the file has no such place."""
        cell = self._cell(location.cell)
        lines, first = self._cell_lines[cell.index], self._module.starts[cell.index]
        return first + lines.offset(location.range.start), first + lines.offset(location.range.end)

    def rewritten(self, parts: Mapping[int | None, str]) -> Notebook:
        """The notebook with other texts in some cells; all else in its JSON stays byte for byte.

        A cell that did not end with a line feed still does not. Raises EditError if a line would change that only
        IPython reads.
        """
        from lossl.source.cells import rewritten

        texts = {self._cell(cell): text for cell, text in parts.items() if text != self.part(cell)}
        for cell, text in texts.items():
            if not cell.strings:
                raise EditError(f"{self.path}: cell {cell.index + 1} has no source to change")
            if text.endswith("\n") and not cell.text.endswith("\n"):
                texts[cell] = text.removesuffix("\n").removesuffix("\r")
        try:
            data = self.bom + rewritten(self._raw, texts).encode(self.encoding)
        except UnicodeEncodeError:
            raise EditError(f"{self.path}: half a character cannot be written") from None
        after = Notebook(self.path, data)
        for cell in texts:
            old, new = self._masked[cell.index], after._masked[cell.index]
            if (old.head, old.magics) != (new.head, new.magics):
                raise EditError(f"{self.path}: a line of cell {cell.index + 1} that only IPython reads would change")
        return after

    @cached_property
    def _raw(self) -> str:
        """The JSON."""
        if len(self.data) > MOST_BYTES:
            raise self._unreadable(f"is larger than {MOST_BYTES // 1_000_000} MB", Position(1, 1))
        return self._decoded()

    @cached_property
    def _cells(self) -> dict[int, Cell]:
        from lossl.source.cells import NotANotebook, cells_of

        try:
            return {cell.index: cell for cell in cells_of(self._raw)}
        except NotANotebook as error:
            place = Lines(self._raw).position(error.offset)
            raise self._unreadable(f"not a notebook: {error}", place) from None

    def _cell(self, index: int | None) -> Cell:
        if index is None or index not in self._cells:
            raise ValueError(f"there is no code cell {index}")
        return self._cells[index]

    @cached_property
    def _cell_lines(self) -> dict[int, Lines]:
        return {index: Lines(cell.text) for index, cell in self._cells.items()}

    @cached_property
    def _masked(self) -> dict[int, Masked]:
        from lossl.source.magics import masked

        return {index: masked(cell.text) for index, cell in self._cells.items()}

    @cached_property
    def _module(self) -> _Module:
        found = _assembled(self.path, self._masked, _is_python)
        try:
            _ = found.code.tree
        except UnreadableFile:
            # LibCST refuses a little of what CPython reads: now it is asked about every cell.
            found = _assembled(self.path, self._masked, lambda code: False)
        return found


class _Code(SourceFile):
    """Python text that is no file of its own: a cell of a notebook, with `above` lines before it, or all cells."""

    def __init__(self, path: str, text: str, cell: int | None = None, above: int = 0) -> None:
        super().__init__(path, text.encode())
        self._text = text
        self._cell = cell
        self._above = above

    def location_of(self, start: int, end: int) -> Location:
        found = super().location_of(start, end)
        return Location(self.path, self._cell, Range(self._moved(found.range.start), self._moved(found.range.end)))

    def _decoded(self) -> str:
        return self._text

    def _unreadable(self, message: str, place: Position) -> UnreadableFile:
        return UnreadableFile(message, Location(self.path, self._cell, Range(self._moved(place), self._moved(place))))

    def _moved(self, place: Position) -> Position:
        return replace(place, line=place.line - self._above) if place.line > self._above else Position(1, 1)


@dataclass(frozen=True)
class _Module:
    """All cells as one module, where each begins in it, where its own text starts, and why some are left out."""

    code: _Code
    begins: list[int]
    starts: dict[int, int]
    broken: tuple[UnreadableFile, ...]

    def at(self, offset: int) -> tuple[int, int]:
        """The cell that an offset lies in, and where its text starts."""
        index = self.order[bisect_right(self.begins, offset) - 1]
        return index, self.starts[index]

    @cached_property
    def order(self) -> tuple[int, ...]:
        """The cells."""
        return tuple(self.starts)


def _assembled(path: str, cells: Mapping[int, Masked], is_readable: Callable[[str], bool]) -> _Module:
    """One module of all cells that can be read; LibCST is asked about those that are not readable at a glance."""
    from lossl.source.magics import blank, is_automagic, is_indented

    pieces: list[str] = []
    begins: list[int] = []
    starts: dict[int, int] = {}
    broken: list[UnreadableFile] = []
    length = 0
    for index, cell in cells.items():
        above = INDENTED if is_indented(cell.text) else ""
        code, error = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", cell.text), None
        if not is_readable(above + code):
            error = _error(_Code(path, above + code, index, above.count("\n")))
        if error is not None:
            broken += [] if is_automagic(code) else [error]
            above, code = "", blank(code)
        begins.append(length)
        starts[index] = length + len(above)
        length += len(above) + len(code) + 1
        pieces += [above, code, "\n"]
    return _Module(_Code(path, "".join(pieces)), begins, starts, tuple(broken))


def _is_python(code: str) -> bool:
    """True if CPython's parser, ten times faster than that of LibCST, takes the code."""
    import ast

    if limits.excess(code) is not None:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError, OverflowError):
        return False
    return True


def _error(code: _Code) -> UnreadableFile | None:
    try:
        _ = code.tree
    except UnreadableFile as error:
        return error
    return None


_SURROGATE = re.compile("[\ud800-\udfff]")
