"""What only IPython reads in a cell: magics, shell commands, help. Replaced by harmless Python of equal length.

Where a line begins is decided as Python decides it, so that `%` goes on to be an operator on a continued line.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

TRANSPARENT = frozenset({"capture", "debug", "ipytest", "prun", "time", "timeit"})
"""Cell magics that run the rest of their cell as Python in the notebook's own name space."""
AUTOMAGIC = frozenset(
    {
        *("alias", "autoawait", "automagic", "cat", "cd", "clear", "conda", "config", "cp", "debug", "dhist", "dirs"),
        *("edit", "env", "gui", "history", "less", "load", "load_ext", "ls", "lsmagic", "magic", "mamba", "man"),
        *("matplotlib", "mkdir", "more", "mv", "notebook", "page", "pastebin", "pdb", "pinfo", "pip", "popd", "pprint"),
        *("precision", "prun", "psearch", "pushd", "pwd", "pycat", "pylab", "quickref", "recall", "reload_ext"),
        *("reset", "rm", "rmdir", "run", "save", "set_env", "store", "sx", "system", "tb", "time", "timeit"),
        *("unalias", "unload_ext", "uv", "who", "who_ls", "whos", "xdel", "xmode"),
    }
)
"""Line magics that IPython also takes without a percent sign, if the line is no Python."""


@dataclass(frozen=True)
class Masked:
    """A cell as Python: `text` is as long as the cell, the rest is what was replaced in it, as it was written.

    `head` is the cell up to the end of the line with its cell magic, all of a cell of another language.
    """

    text: str
    head: str = ""
    magics: tuple[str, ...] = ()


def masked(cell: str) -> Masked:
    """The text of a cell with everything replaced that only IPython reads; all of it in a cell of another language."""
    found = _CELL_MAGIC.match(cell)
    if found and found["name"] not in TRANSPARENT:
        return Masked(blank(cell), cell)
    head = _end_of_line(cell, found.start("magic")) if found else 0
    magics = [_Magic(found.start("magic"), head, _STATEMENT)] if found else []
    at = _behind_newline(cell, head) if found else 0
    while at < len(cell):
        start = _match_end(_INDENT, cell, at)
        read = _escaped if cell[start : start + 1] in _ESCAPES else _logical_line
        at = read(cell, start, magics)
    return Masked(_replaced(cell, magics), cell[:head], tuple(cell[magic.start : magic.end] for magic in magics))


def blank(text: str) -> str:
    """Spaces instead of everything but line ends."""
    return _VISIBLE.sub(" ", text)


def is_automagic(cell: str) -> bool:
    """True if a cell that is no Python begins with a command that IPython knows without a percent sign."""
    found = _FIRST_WORD.match(cell)
    return found is not None and found[1] in AUTOMAGIC


def is_indented(code: str) -> bool:
    """True if the first line of a cell is indented, which IPython takes back from all of them."""
    return _INDENTED.match(code) is not None


@dataclass(frozen=True)
class _Magic:
    """The range to replace, and by which code: the first that is short enough."""

    start: int
    end: int
    code: tuple[str, ...]


# A statement keeps a block from being empty; a name that nothing binds stands for a value that nobody knows.
_STATEMENT = ("pass", "0")
_VALUE = ("__", "_")
_TIMED = ("0;",)


def _escaped(cell: str, start: int, magics: list[_Magic]) -> int:
    """A line that begins with an escape character: the offset of the line behind it and those that continue it."""
    timed = _TIME.match(cell, start)
    if timed:
        magics.append(_Magic(start, timed.end(), _TIMED))
        return _logical_line(cell, timed.end(), magics)
    end = _end_of_line(cell, start)
    magics.append(_Magic(start, end, _STATEMENT))
    return _behind_newline(cell, end)


def _logical_line(cell: str, start: int, magics: list[_Magic]) -> int:
    """A line that may be Python: the offset of the next one. Notes `x = !command` and `name?`."""
    depth = 0
    asks = False
    for token in _TOKEN.finditer(cell, start):
        kind = token.lastgroup
        if kind == "bracket":
            depth = max(0, depth + (1 if token[0] in "([{" else -1))
        elif depth == 0 and kind == "newline":
            if asks:
                magics.append(_Magic(start, token.start(), _STATEMENT))
            return token.end()
        elif depth == 0 and kind == "assigned":
            end = _end_of_line(cell, token.end())
            magics.append(_Magic(token.end() - 1, end, _VALUE))
            return _behind_newline(cell, end)
        elif kind not in ("comment", "blank"):
            asks = depth == 0 and kind == "help"
    if asks:
        magics.append(_Magic(start, len(cell), _STATEMENT))
    return len(cell)


def _replaced(cell: str, magics: list[_Magic]) -> str:
    """The cell with code in the place of magics: as long, with the same line ends."""
    pieces: list[str] = []
    done = 0
    for magic in magics:
        room = _match_end(_LINE, cell[: magic.end], magic.start) - magic.start
        code = next(each for each in magic.code if len(each) <= room)
        pieces += [cell[done : magic.start], code, blank(cell[magic.start + len(code) : magic.end])]
        done = magic.end
    return "".join([*pieces, cell[done:]])


def _end_of_line(cell: str, start: int) -> int:
    """The offset before the line end of a line and those that a backslash continues."""
    return _match_end(_CONTINUED, cell, start)


def _behind_newline(cell: str, at: int) -> int:
    return _match_end(_NEWLINE, cell, at)


def _match_end(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


_ESCAPES = ("%", "!", "?", ",", ";", "/")
_CELL_MAGIC = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n?|\n))*[ \t]*(?P<magic>%%(?P<name>[^\s]*))")
_TIME = re.compile(r"%time[ \t]+(?=[^\s%!?,;/-])")
_FIRST_WORD = re.compile(r"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n?|\n))*[ \t]*(\w+)(?=[ \t\r\n]|$)")
_INDENTED = re.compile(r"(?:[ \t\f]*(?:#[^\r\n]*)?(?:\r\n?|\n))*[ \t]+[^\s#]")
_INDENT = re.compile(r"[ \t\f]*")
_NEWLINE = re.compile(r"\r\n?|\n")
_CONTINUED = re.compile(r"(?:\\(?:\r\n?|\n)|[^\r\n])*")
_LINE = re.compile(r"[^\r\n]*")
_VISIBLE = re.compile(r"[^\r\n]")
_TOKEN = re.compile(
    r"""
      (?P<string>
        \"{3}[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*(?:\"{3}|\Z)
      | '{3}[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*(?:'{3}|\Z)
      | "[^"\\\r\n]*(?:\\(?:\r\n|.)[^"\\\r\n]*)*"?
      | '[^'\\\r\n]*(?:\\(?:\r\n|.)[^'\\\r\n]*)*'?
      )
    | (?P<comment>\#[^\r\n]*)
    | (?P<newline>\r\n?|\n)
    | (?P<blank>[ \t\f]+|\\(?:\r\n?|\n))
    | (?P<bracket>[()\[\]{}])
    | (?P<assigned>=[ \t]*[!%])
    | (?P<help>\?)
    | (?P<other>=|\\|[^"'\#\r\n \t\f\\()\[\]{}=?]+)
    """,
    re.VERBOSE | re.DOTALL,
)
