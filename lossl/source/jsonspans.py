"""Where the values of a JSON text stand, so that one string can change and everything else stays byte for byte.

All functions expect a text that `json.loads` takes and offsets in code points at which a value starts. Nothing below a
value that is not asked for is decoded.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from json.decoder import scanstring


@dataclass(frozen=True)
class Literal:
    """A string: what it says, and the offsets of what stands between its quotes."""

    value: str
    start: int
    end: int


def members(text: str, at: int) -> dict[str, int]:
    """The offsets of an object's values by key; of equal keys the last counts, as for `json.loads`."""
    return dict(_entries(text, at))


def elements(text: str, at: int) -> list[int]:
    """The offsets of an array's elements."""
    found: list[int] = []
    at = _skip_blanks(text, at + 1)
    while text[at] != "]":
        found.append(at)
        at = _behind_comma(text, _end(text, at))
    return found


def literal(text: str, at: int) -> Literal | None:
    """The string that starts at an offset; None if it is another value."""
    if text[at] != '"':
        return None
    value, end = scanstring(text, at + 1)
    return Literal(value, at + 1, end - 1)


def start_of(text: str) -> int:
    """The offset of the outermost value."""
    return _skip_blanks(text, 0)


def offset_in(text: str, string: Literal, index: int) -> int:
    """The offset in the JSON text of the character of that index in a string; of its end for the length."""
    at = string.start
    for _ in range(index):
        found = _CHARACTER.match(text, at)
        at = found.end() if found else at + 1
    return at


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


def _entries(text: str, at: int) -> Iterator[tuple[str, int]]:
    at = _skip_blanks(text, at + 1)
    while text[at] != "}":
        key, at = scanstring(text, at + 1)
        at = _skip_blanks(text, _skip_blanks(text, at) + 1)
        yield key, at
        at = _behind_comma(text, _end(text, at))


def _end(text: str, at: int) -> int:
    """The offset behind the value that starts at `at`."""
    if text[at] not in '{["':
        found = _SCALAR.match(text, at)
        return found.end() if found else at
    depth = 0
    for token in _TOKEN.finditer(text, at):
        first = text[token.start()]
        depth += (first in "{[") - (first in "}]")
        if depth == 0:
            return token.end()
    return len(text)


def _behind_comma(text: str, at: int) -> int:
    at = _skip_blanks(text, at)
    return _skip_blanks(text, at + 1) if text[at] == "," else at


def _skip_blanks(text: str, at: int) -> int:
    found = _BLANKS.match(text, at)
    return found.end() if found else at


_BLANKS = re.compile(r"[ \t\r\n]*")
_SCALAR = re.compile(r"[^\s,\]}]+")
_TOKEN = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|[{}\[\]]')
# Two escapes that form a surrogate pair are one character.
_CHARACTER = re.compile(
    r"\\u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|\\u[0-9a-fA-F]{4}|\\.|.", re.DOTALL
)
_UNICODE_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\u(?!00[0-7])[0-9a-fA-F]{4}")
# The printable characters that JSON allows as they are and that no escape consists of.
_ASCII_ESCAPE = re.compile(r"(?<!\\)(?:\\\\)*\\u00(2[013-9a-fA-F]|3[a-fA-F]|40|5[bBdDeEfF]|60|7[b-eB-E])")
