"""How paths, places and the reader's own text are written, in every format. Knows nothing of what is reported."""

from __future__ import annotations

import os
import unicodedata

from lossl.diagnostic import Location


def shorten(path: str, below: str) -> str:
    """A path relative to the folder `below` if it lies in it, else as it is; with forward slashes."""
    folder = below.rstrip(os.sep) + os.sep
    return (path[len(folder) :] if path.startswith(folder) else path).replace(os.sep, "/")


def place(location: Location, below: str) -> str:
    """`path:line:column`, or `path:cell N:line:column` with cells counted from 1, as lines are."""
    cell = "" if location.cell is None else f":cell {location.cell + 1}"
    start = location.range.start
    return printable(f"{shorten(location.path, below)}{cell}:{start.line}:{start.column}")


def printable(text: str) -> str:
    """The text with every character that could move the cursor or turn the writing direction made visible."""
    return text if text.isascii() and text.isprintable() else "".join(map(_visible, text))


def _visible(character: str) -> str:
    if character.isprintable() or character in _HARMLESS:
        return character
    if ord(character) < 0x20:
        return chr(0x2400 + ord(character))
    return "\N{REPLACEMENT CHARACTER}" if unicodedata.category(character) in _UNSEEN else character


# Joiners belong to emoji and scripts; without them a character falls into several.
_HARMLESS = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")
