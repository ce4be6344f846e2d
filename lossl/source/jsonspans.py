"""Where the values of a JSON text stand, so that one string can change and everything else stays byte for byte."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True)
class Literal:
    """A string: what it says, and the offsets of what stands between its quotes."""

    value: str
    start: int
    end: int


class JsonText:
    """A text that `json.loads` takes; offsets count code points. No value is decoded that is not asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.start = _skip_blanks(text, 0)
        self._ends = _ends(text)

    def members(self, at: int) -> dict[str, int]:
        """The offsets of an object's values by key; of equal keys the last counts, as for `json.loads`."""
        return dict(self._entries(at))

    def elements(self, at: int) -> list[int]:
        """The offsets of an array's elements."""
        found: list[int] = []
        at = _skip_blanks(self.text, at + 1)
        while self.text[at] != "]":
            found.append(at)
            at = self._behind_comma(at)
        return found

    def string(self, at: int) -> Literal | None:
        """The string that starts at an offset; None if it is another value."""
        end = self._end(at)
        return Literal(json.loads(self.text[at:end]), at + 1, end - 1) if self.text[at] == '"' else None

    def offset_in(self, string: Literal, index: int) -> int:
        """The offset of the character of that index in a string; for its length, that of its end."""
        at = string.start
        for _ in range(index):
            at = _match_end(_CHARACTER, self.text, at)
        return at

    def _entries(self, at: int) -> Iterator[tuple[str, int]]:
        at = _skip_blanks(self.text, at + 1)
        while self.text[at] != "}":
            end = self._end(at)
            key = json.loads(self.text[at:end])
            at = _skip_blanks(self.text, _skip_blanks(self.text, end) + 1)
            yield key, at
            at = self._behind_comma(at)

    def _end(self, at: int) -> int:
        """The offset behind the value that starts at `at`."""
        return self._ends[at] if self.text[at] in "{[" else _match_end(_SIMPLE, self.text, at)

    def _behind_comma(self, at: int) -> int:
        """The offset of what follows the value that starts at `at`: another one, or a bracket."""
        at = _skip_blanks(self.text, self._end(at))
        return _skip_blanks(self.text, at + 1) if self.text[at] == "," else at


def escaper(written: str, file: str) -> Callable[[str], str]:
    """How to write text inside a JSON string as `written`, the JSON around it, does; in doubt as all of `file`.

    It may escape all that is not ASCII, or only what it must; and single ASCII characters on top (`\\u003c` for `<`).
    """
    samples = [sample for sample in (written, file) if not sample.isascii() or _UNICODE_ESCAPE.search(sample)]
    ascii_only = bool(samples) and samples[0].isascii()
    more = {chr(int(code, 16)) for code in _ASCII_ESCAPE.findall(written)}

    def escape(text: str) -> str:
        quoted = json.dumps(text, ensure_ascii=ascii_only)[1:-1]
        for character in sorted(more):
            quoted = quoted.replace(character, f"\\u{ord(character):04x}")
        return quoted

    return escape


def _ends(text: str) -> dict[int, int]:
    """The offset behind each object and array by the offset of its start."""
    ends: dict[int, int] = {}
    open_at: list[int] = []
    at = 0
    while at < len(text):
        at = _match_end(_NO_BRACKETS, text, at)
        bracket = text[at : at + 1]
        if bracket in ("{", "["):
            open_at.append(at)
        elif bracket in ("}", "]"):
            ends[open_at.pop()] = at + 1
        at += bracket in _BRACKETS
    return ends


def _skip_blanks(text: str, at: int) -> int:
    return _match_end(_BLANKS, text, at)


def _match_end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


_BRACKETS = ("{", "[", "}", "]")
_BLANKS = re.compile(r"[ \t\r\n]*")
_SIMPLE = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[^\s,\]}]+')
# The number of strings is bounded because the regular expression engine keeps something of each.
_NO_BRACKETS = re.compile(r'[^"{}\[\]]*(?:"[^"\\]*(?:\\.[^"\\]*)*"[^"{}\[\]]*){0,500}')
# Two escapes that form a surrogate pair are one character.
_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL
)
_UNICODE_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\u(?!00[0-7])[0-9a-fA-F]{4}")
# The printable characters that JSON allows as they are and that no escape consists of.
_ASCII_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\u00(2[013-9a-fA-F]|3[a-fA-F]|40|5[bBdDeEfF]|60|7[b-eB-E])")
