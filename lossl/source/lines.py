"""The lines of a text. A line ends with LF, CR LF or CR, as in Python; nothing else ends one."""

from __future__ import annotations

import re
from bisect import bisect_right

from lossl.diagnostic import Position

NEWLINE = re.compile(r"\r\n?|\n")


class Lines:
    """The lines of a text: numbers from 1, and offsets to line and column and back."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._starts = [0, *(found.end() for found in NEWLINE.finditer(text))]

    def __len__(self) -> int:
        return len(self._starts)

    def __getitem__(self, line: int) -> str:
        """A line without its end."""
        return self._text[self._starts[line - 1] : self.end(line)]

    def start(self, line: int) -> int:
        """The offset of the first character of a line; the end of the text for the line after the last."""
        return self._starts[line - 1] if line <= len(self._starts) else len(self._text)

    def end(self, line: int) -> int:
        """The offset behind the last character of a line, before what ends it."""
        found = NEWLINE.search(self._text, self._starts[line - 1])
        return found.start() if found else len(self._text)

    def newline(self, line: int) -> str:
        """What ends a line; for the last, what ends the one before it; a line feed if there is none."""
        for start in (self._starts[line - 1], self._starts[max(line - 2, 0)]):
            if found := NEWLINE.search(self._text, start):
                return found.group()
        return "\n"

    def position(self, offset: int) -> Position:
        """Line and column of an offset."""
        line = bisect_right(self._starts, offset)
        return Position(line, offset - self._starts[line - 1] + 1)

    def offset(self, position: Position) -> int:
        """The offset of a line and column. Raises ValueError if there is no such place."""
        if not 1 <= position.line <= len(self):
            raise ValueError(f"there is no line {position.line}")
        offset = self.start(position.line) + position.column - 1
        if not self.start(position.line) <= offset <= self.end(position.line):
            raise ValueError(f"there is no column {position.column} in line {position.line}")
        return offset
