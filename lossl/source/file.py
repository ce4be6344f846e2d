"""A source file: its bytes, its text, its tree, and where things stand in it.

Offsets count code points of the text (without byte order mark); lines and columns count from 1. A line ends with
LF, CR LF or CR, as in Python. LibCST is imported when the tree is first asked for.
"""

from __future__ import annotations

import codecs
import io
import os
import re
import tokenize
import warnings
from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING

from lossl.diagnostic import Location, Position, Range
from lossl.errors import EditError, LosslError
from lossl.source import limits
from lossl.source.lines import Lines

if TYPE_CHECKING:
    import libcst as cst

    from lossl.source.positions import Spans


class UnreadableFile(LosslError):
    """A file that is not Python lossl can read; `location` is where it stops being so."""

    def __init__(self, message: str, location: Location) -> None:
        super().__init__(message)
        self.location = location


class SourceFile:
    """One Python file as it was read. Compared by identity; nothing in it changes.

    `text`, `encoding` and everything that needs them raise UnreadableFile if the bytes cannot be decoded.
    """

    interactive = False
    """True if the value of an expression that is a statement of its own may be shown."""

    def __init__(self, path: str, data: bytes) -> None:
        self.path = os.path.abspath(path)
        self.data = data

    def __repr__(self) -> str:
        return f"SourceFile({self.path!r})"

    @classmethod
    def read(cls, path: str) -> SourceFile:
        """The file on the disk. Raises OSError."""
        with open(path, "rb") as stream:
            return cls(path, stream.read())

    @property
    def bom(self) -> bytes:
        """The UTF-8 byte order mark if the file starts with one, else nothing."""
        return codecs.BOM_UTF8 if self.data.startswith(codecs.BOM_UTF8) else b""

    @cached_property
    def encoding(self) -> str:
        """The codec's name, from the byte order mark or the coding cookie (PEP 263), else `utf-8`."""
        try:
            name, _ = tokenize.detect_encoding(io.BytesIO(self.data).readline)
            codecs.lookup(name)
        except (SyntaxError, LookupError) as error:
            if "missing encoding declaration" in str(error):
                return "utf-8"
            raise self._unreadable(f"cannot be decoded: {_first_line(error)}", Position(1, 1)) from None
        return "utf-8" if name == "utf-8-sig" else name

    @cached_property
    def text(self) -> str:
        """The decoded text, newlines untouched, byte order mark left out."""
        return self._decoded()

    def _decoded(self) -> str:
        body = self.data[len(self.bom) :]
        try:
            return body.decode(self.encoding)
        except UnicodeDecodeError as error:
            message = f"cannot be decoded as {self.encoding}: {error.reason}"
            raise self._unreadable(message, _position_in_bytes(body, error.start)) from None
        except (UnicodeError, LookupError) as error:
            raise self._unreadable(f"cannot be decoded: {_first_line(error)}", Position(1, 1)) from None

    @cached_property
    def tree(self) -> cst.Module:
        """The LibCST tree of the text. Raises UnreadableFile if there is none, or if it would be too much."""
        if len(self.data) > limits.MOST_BYTES:
            raise self._unreadable(f"is larger than {limits.MOST_BYTES // 1_000_000} MB", Position(1, 1))
        if (nul := self.text.find("\0")) >= 0:
            raise UnreadableFile("contains a NUL character: not Python source", self.location_of(nul, nul + 1))
        if (too_much := limits.excess(self.text)) is not None:
            line, what = too_much
            raise self._unreadable(f"cannot be parsed: {what}", self._clamped(line, 1))
        return limits.with_deep_stack(self._parse)

    def span(self, node: cst.CSTNode) -> tuple[int, int]:
        """Start and end offset of `node` without its own parentheses. Raises KeyError if it is not of this tree."""
        return self._spans.inner[id(node)]

    def whole_span(self, node: cst.CSTNode) -> tuple[int, int]:
        """Start and end offset of `node` with its own parentheses, if it has any."""
        return self._spans.outer[id(node)] if getattr(node, "lpar", ()) else self.span(node)

    def code(self, node: cst.CSTNode) -> str:
        """The text of `span(node)`."""
        start, end = self.span(node)
        return self.text[start:end]

    def location(self, node: cst.CSTNode) -> Location:
        """Where `node` stands, without its own parentheses."""
        return self.location_of(*self.span(node))

    def location_of(self, start: int, end: int) -> Location:
        """The location of the text from offset `start` up to `end`."""
        return Location(self.path, None, Range(self.position(start), self.position(end)))

    def position(self, offset: int) -> Position:
        """Line and column of an offset."""
        return self.lines.position(offset)

    def offset(self, position: Position) -> int:
        """The offset of a line and column. Raises ValueError if the file has no such place."""
        return self.lines.offset(position)

    def offsets(self, location: Location) -> tuple[int, int]:
        """Start and end offset of a location. Raises ValueError if the file has no such place."""
        return self.offset(location.range.start), self.offset(location.range.end)

    def part(self, cell: int | None) -> str:
        """The text in which the lines of locations with this cell count. Raises ValueError if there is no such cell."""
        if cell is not None:
            raise ValueError(f"there is no cell {cell}")
        return self.text

    def code_in(self, cell: int | None) -> str:
        """The same as Python, of equal length. Raises ValueError if there is no such cell."""
        return self.part(cell)

    def rewritten(self, parts: Mapping[int | None, str]) -> SourceFile:
        """The file with another text, given by cell. Raises EditError if it cannot hold it."""
        text = parts.get(None, self.text)
        try:
            return SourceFile(self.path, self.bom + text.encode(self.encoding))
        except UnicodeEncodeError as error:
            character = text[error.start : error.end]
            raise EditError(f"{self.path} is encoded as {self.encoding}, which has no {character!r}") from None

    @property
    def cells(self) -> tuple[int | None, ...]:
        """The cells that locations in the file name: None, the file itself, unless it is a notebook."""
        return (None,)

    @property
    def broken(self) -> tuple[UnreadableFile, ...]:
        """Why parts of the file are left out of its text and its tree; nothing unless it is a notebook."""
        return ()

    @property
    def comments(self) -> tuple[tuple[int, int], ...]:
        """Start and end offset of every comment, in order."""
        return self._spans.comments

    def parent(self, node: cst.CSTNode) -> cst.CSTNode | None:
        """The node that holds `node`; None for the module. Raises KeyError for blanks, comments and strangers."""
        return None if node is self.tree else self._parents[id(node)]

    def knows(self, node: cst.CSTNode) -> bool:
        """True if `node` is of this tree and neither a blank nor a comment."""
        return node is self.tree or id(node) in self._parents

    def walk(self) -> Iterator[cst.CSTNode]:
        """Every node but blanks and comments; parents before children, otherwise in no useful order."""
        from lossl.source.positions import children

        stack: list[cst.CSTNode] = [self.tree]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(children(node))

    @cached_property
    def lines(self) -> Lines:
        """The lines of the text."""
        return Lines(self.text)

    @cached_property
    def _spans(self) -> Spans:
        from lossl.source import positions

        try:
            return limits.with_deep_stack(positions.spans, self.tree, self.text)
        except positions.Untrusted:
            raise self._unreadable("positions cannot be trusted", Position(1, 1)) from None

    @cached_property
    def _parents(self) -> dict[int, cst.CSTNode]:
        from lossl.source import positions

        return positions.parents(self.tree)

    def _parse(self) -> cst.Module:
        import libcst

        try:
            return libcst.parse_module(self.text)
        except libcst.ParserSyntaxError as error:
            raise self._syntax_error(error.raw_line) from None
        except RecursionError:
            raise self._unreadable("cannot be parsed: nested too deeply", Position(1, 1)) from None
        except BaseException as error:
            # A panic of the native parser derives from BaseException alone and cannot be imported.
            if type(error).__name__ != "PanicException":
                raise
            raise self._unreadable("cannot be parsed: the parser gave up", Position(1, 1)) from None

    def _syntax_error(self, line: int) -> UnreadableFile:
        """What CPython says of the text, which says it better; `line` is where LibCST stopped."""
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                # With the name of a file on the disk CPython would count columns in that file.
                compile(self.text, "<unknown>", "exec", dont_inherit=True)
        except SyntaxError as error:
            place = self._clamped(error.lineno or line, error.offset or 1)
            return self._unreadable(_spoken(error, self.lines[place.line]), place)
        except (ValueError, RecursionError, MemoryError, OverflowError):
            pass
        return self._unreadable("invalid syntax", self._clamped(line, 1))

    def _clamped(self, line: int, column: int) -> Position:
        line = min(max(line, 1), len(self.lines))
        return Position(line, min(max(column, 1), len(self.lines[line]) + 1))

    def _unreadable(self, message: str, place: Position) -> UnreadableFile:
        return UnreadableFile(message, Location(self.path, None, Range(place, place)))


_PYTHON_2_MESSAGE = re.compile(
    r"Missing parentheses in call to '(print|exec)'|multiple exception types must be|leading zeros in decimal"
    r"|Function parameters cannot be parenthesized"
)
_PYTHON_2_LINE = re.compile(
    r"^\s*(print\s+[\"'\w(]|exec\s+[\"'\w]|raise\s+[\w.]+\s*,|except\s+[\w.()]+\s*,\s*\w+\s*:)|<>|`[^`]*`|\bur[\"']|\b\d+L\b"
)


def _spoken(error: SyntaxError, line: str) -> str:
    if _PYTHON_2_MESSAGE.search(error.msg) or _PYTHON_2_LINE.search(line):
        return "this is Python 2, which lossl does not read"
    return f"invalid syntax: {error.msg}" if error.msg != "invalid syntax" else error.msg


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0]


def _position_in_bytes(body: bytes, offset: int) -> Position:
    """Line and column of a byte that does not decode; the line before it counts as single characters if it must."""
    before = body[:offset].decode("utf-8", "replace")
    return Lines(before).position(len(before))
