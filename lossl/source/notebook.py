"""A Jupyter notebook as a source file: its code cells are one module, its places are places in cells."""

from __future__ import annotations

import warnings
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import replace
from functools import cached_property
from itertools import accumulate
from typing import TYPE_CHECKING

from lossl.diagnostic import Location, Position, Range
from lossl.errors import EditError
from lossl.source import limits
from lossl.source.cells import Cell, NotANotebook, cells_of, rewritten
from lossl.source.file import SourceFile, UnreadableFile
from lossl.source.lines import Lines
from lossl.source.magics import Masked, blank, indentation, is_automagic, masked

if TYPE_CHECKING:
    import libcst as cst

SUFFIX = ".ipynb"


def source_file(path: str, data: bytes) -> SourceFile:
    """The file of a path with this content: a notebook by its suffix, else a Python file."""
    return Notebook(path, data) if path.endswith(SUFFIX) else SourceFile(path, data)


def read(path: str) -> SourceFile:
    """The file or notebook on the disk. Raises OSError."""
    with open(path, "rb") as stream:
        return source_file(path, stream.read())


class Notebook(SourceFile):
    """A notebook: `text` is that of its code cells in their order, each with a line feed behind it, as Python.

    What only IPython reads is replaced in `text` by harmless code of equal length, and so are cells that cannot be
    read; `part` gives a cell as it was written. Offsets, `lines`, `position` and `offset` count in `text`, locations
    in cells. Everything but `data`, `path` and `encoding` raises UnreadableFile if the file is no notebook.
    """

    @property
    def encoding(self) -> str:
        """What the JSON standard asks for."""
        return "utf-8"

    @property
    def cells(self) -> tuple[int | None, ...]:  # type: ignore[override]
        """The numbers of the code cells among all cells of the file, from 0."""
        return tuple(self._cells)

    @property
    def broken(self) -> tuple[UnreadableFile, ...]:
        """Why cells are left out, for each of those that are no Python."""
        return self._module.broken

    @property
    def text(self) -> str:  # type: ignore[override]
        """The code of all cells as one module."""
        return self._module.whole.text

    @property
    def tree(self) -> cst.Module:  # type: ignore[override]
        """The LibCST tree of the text. Raises UnreadableFile if even the cells that can be read are too much."""
        return self._module.whole.tree
