"""Where a report goes: whether that is a terminal, how wide it is, whether it takes colour, and writing to it."""

from __future__ import annotations

import os
import shutil
import sys
from typing import Any, TextIO

from lossl.report import View
from lossl.report.paths import printable

WIDTH = 120
"""Of output that goes to no terminal, in cells."""
LEAST_WIDTH = 40


def view(stream: TextIO | None, *, color: str, **how: Any) -> View:
    """How to show a report on this stream, None for a file; `color` is auto, always or never, `how` as in View."""
    colored = color == "always" or (color == "auto" and stream is not None and _takes_color(stream))
    width = WIDTH if stream is None else shutil.get_terminal_size((WIDTH, 24)).columns
    return View(os.getcwd(), max(width, LEAST_WIDTH), colored, **how)


def write(text: str, stream: TextIO) -> None:
    """Write and flush. A reader that went away, as `head` does, is no error: the rest goes nowhere."""
    try:
        stream.write(text)
        stream.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def note(text: str) -> None:
    """A line to the user on standard error."""
    write(f"lossl: {printable(text)}\n", sys.stderr)


def clear(stream: TextIO) -> None:
    """An empty screen, if the stream is one."""
    if stream.isatty():
        write("\x1b[2J\x1b[H", stream)


def write_bytes(data: bytes) -> None:
    """Write bytes to standard output as they are."""
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(data)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _takes_color(stream: TextIO) -> bool:
    """`NO_COLOR` wins over `FORCE_COLOR`, both over what the stream is; empty variables do not count."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"
