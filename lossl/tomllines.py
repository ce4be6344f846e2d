"""In which line of a TOML file a key stands, for messages: the parsers of Python do not say."""

from __future__ import annotations

import re
from collections.abc import Sequence


def line_of(text: str, keys: Sequence[str]) -> int | None:
    """The line of the key that these keys lead to, or of the closest one above it; None if there is none."""
    table: tuple[str, ...] = ()
    best, line = 0, None
    for number, written in enumerate(text.splitlines(), 1):
        header = _HEADER.fullmatch(written)
        if header is not None:
            found = table = _parts(header[1])
        else:
            entry = _ENTRY.match(written)
            if entry is None:
                continue
            found = table + _parts(entry[1])
        common = min(len(found), len(keys))
        if common > best and found[:common] == tuple(keys[:common]):
            best, line = common, number
    return line


def _parts(dotted: str) -> tuple[str, ...]:
    return tuple("".join(groups) for groups in _PART.findall(dotted))


_QUOTED = r"\"[^\"]*\"|'[^']*'"
_KEY = rf"(?:[\w-]+|{_QUOTED})"
_DOTTED = rf"{_KEY}(?:[ \t]*\.[ \t]*{_KEY})*"
_HEADER = re.compile(rf"[ \t]*\[\[?[ \t]*({_DOTTED})[ \t]*\]\]?[ \t]*(?:#.*)?")
_ENTRY = re.compile(rf"[ \t]*({_DOTTED})[ \t]*=")
_PART = re.compile(r"\"([^\"]*)\"|'([^']*)'|([\w-]+)")
