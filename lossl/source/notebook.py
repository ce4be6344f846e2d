"""A Jupyter notebook as a source file: its code cells are one module, its places are places in cells.

The JSON is never written anew: when cells change, only the characters that differ are replaced in it.
"""

from __future__ import annotations

import ast
import json
import warnings
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from lossl.diagnostic import Location, Position, Range
from lossl.errors import EditError
from lossl.source import limits
from lossl.source.cells import Cell, cells_of, rewritten
from lossl.source.file import SourceFile, UnreadableFile
from lossl.source.lines import Lines
from lossl.source.magics import Masked, blank, is_automagic, masked

if TYPE_CHECKING:
    import libcst as cst

SUFFIX = ".ipynb"
INDENTED = "if 1:\n"
"""Stands before a cell that is indented as a whole, which IPython allows."""


def source_file(path: str, data: bytes) -> SourceFile:
    """The file of a path with this content: a notebook by its suffix, else a Python file."""
    return Notebook(path, data) if path.endswith(SUFFIX) else SourceFile(path, data)


def read(path: str) -> SourceFile:
    """The file or notebook on the disk. Raises OSError."""
    with open(path, "rb") as stream:
        return source_file(path, stream.read())


class Notebook(SourceFile):
    """A notebook: `text` is that of its code cells in their order, each with a line feed behind it, as Python.

    What only IPython reads is replaced in `text` by harmless code of equal length; `part` gives a cell as it was
    written. Offsets, `lines`, `position` and `offset` count in `text`, locations in cells. Everything but `data` and
    `path` raises UnreadableFile if the file is no notebook.
    """

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return "utf-8"
