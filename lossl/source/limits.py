"""What is refused before the parser sees it, and a stack deep enough for what is not.

The native parser of LibCST recurses on the machine's stack and dies of an overflow without an exception; on long
chains (`a.b().c()...`, `1 + 1 + ...`) it also takes quadratic time. Both are counted here beforehand.
"""

from __future__ import annotations

import re
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import ParamSpec, TypeVar

MOST_BYTES = 1_000_000
"""Longer files are refused: the parser takes some 20 MB of memory a thousand lines."""
MOST_BRACKETS = 200
"""What CPython's own tokenizer allows."""
MOST_LINKS = 1000
"""Operators, attributes, calls, adjacent strings, `elif`s in one chain, nested ones added up."""

_STACK_SIZES = (512 << 20, 64 << 20)
_RECURSION_LIMIT = 100_000

_P = ParamSpec("_P")
_T = TypeVar("_T")


def excess(text: str) -> tuple[int, str] | None:
    """The line (from 1) and a description of the first thing in `text` too deep or too long to parse, or None."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    problems: list[tuple[int, str]] = []

    def shortened(literal: re.Match[str]) -> str:
        if literal.end() - literal.start() > MOST_BRACKETS and _nested_too_deeply(literal):
            problems.append((text.count("\n", 0, literal.start()) + 1, "an f-string nested too deeply"))
        return _shortened(literal.group())

    code = _LITERAL.sub(shortened, text)
    if code.count("elif") > MOST_LINKS:
        problems += _excess_of_elifs(code)
    # A chain of that many links has that many characters: only few logical lines need the exact scan.
    for line, logical in _logical_lines(code):
        opened = logical.count("(") + logical.count("[") + logical.count("{")
        if (len(logical) > MOST_LINKS or opened > MOST_BRACKETS) and (problem := _excess_in_line(logical)):
            problems.append((line, problem))
    return min(problems, default=None)


def with_deep_stack(function: Callable[_P, _T], *args: _P.args, **kwargs: _P.kwargs) -> _T:
    """Call `function` in a thread with a large stack and a high recursion limit; gives or raises what it does.

    Inside such a thread the call is made directly. Where 512 MB of stack cannot be had, 64 MB are taken.
    """
    if getattr(_local, "deep", False):
        return function(*args, **kwargs)
    outcome: list[_T] = []
    errors: list[BaseException] = []

    def run() -> None:
        _local.deep = True
        try:
            outcome.append(function(*args, **kwargs))
        except BaseException as error:
            errors.append(error)

    with _high_recursion_limit():
        _start(run).join()
    if errors:
        raise errors[0]
    return outcome[0]


def _shortened(literal: str) -> str:
    """A string as one quote, a comment as nothing; continued lines keep the line numbers."""
    return "" if literal[0] == "#" else "'" + "\\\n" * literal.count("\n")


def _logical_lines(code: str) -> Iterator[tuple[int, str]]:
    """Each logical line with the number of its first physical one. A bracket without partner is the parser's matter."""
    begun: list[str] = []
    depth = 0
    for number, line in enumerate(code.split("\n"), 1):
        begun.append(line)
        if "(" in line or ")" in line or "[" in line or "]" in line or "{" in line or "}" in line:
            opened = line.count("(") + line.count("[") + line.count("{")
            depth += opened - line.count(")") - line.count("]") - line.count("}")
        if depth <= 0 and not line.endswith("\\"):
            yield number - len(begun) + 1, "\n".join(begun)
            begun, depth = [], 0
    if begun:
        yield code.count("\n") + 2 - len(begun), "\n".join(begun)


class _Level:
    """What stands between two brackets: the links of the current item, the depth inside it, the deepest item."""

    __slots__ = ("deepest", "inner", "lambdas", "links")

    def __init__(self) -> None:
        self.links = self.inner = self.deepest = self.lambdas = 0

    @property
    def depth(self) -> int:
        return max(self.deepest, self.links + self.inner)

    def separate(self, separator: str) -> None:
        # A comma between `lambda` and its colon separates parameters; the expression goes on.
        if separator == ":":
            self.lambdas = max(0, self.lambdas - 1)
        elif not self.lambdas:
            self.deepest = self.depth
            self.links = self.inner = 0


def _excess_in_line(logical: str) -> str | None:
    levels = [_Level()]
    for token in _TOKEN.findall(logical):
        level = levels[-1]
        if token in ",;:":
            level.separate(token)
        elif token in ")]}":
            if len(levels) > 1:
                levels.pop()
                levels[-1].inner = max(levels[-1].inner, level.depth + 1)
        else:
            level.links += 1
            level.lambdas += token == "lambda"
            if token in "([{":
                levels.append(_Level())
        if len(levels) > MOST_BRACKETS + 1:
            return f"more than {MOST_BRACKETS} nested brackets"
        if levels[-1].links + levels[-1].inner > MOST_LINKS:
            return f"an expression of more than {MOST_LINKS} links"
    return None


def _excess_of_elifs(code: str) -> Iterator[tuple[int, str]]:
    rows: dict[int, int] = {}
    for number, line in enumerate(code.split("\n"), 1):
        body = line.lstrip()
        if not body:
            continue
        indent = len(line) - len(body)
        rows = {column: row for column, row in rows.items() if column <= indent}
        rows[indent] = rows.get(indent, 0) + 1 if body.startswith("elif") else 0
        if rows[indent] > MOST_LINKS:
            yield number, f"more than {MOST_LINKS} elifs in a row"
            return


def _nested_too_deeply(literal: re.Match[str]) -> bool:
    """True of an f-string whose fields may be too deep; text within brackets between the fields is counted as well."""
    start, end = literal.span()
    if not _FSTRING.search(literal.string, max(0, start - 2), start):
        return False
    depth = links = 0
    for mark in _TOKEN.findall(literal.string, start, end):
        depth = max(0, depth + (mark in "([{") - (mark in ")]}"))
        links = links + 1 if depth else 0
        if depth > MOST_BRACKETS or links > MOST_LINKS:
            return True
    return False


_LITERAL = re.compile(
    r'"{3}[^"\\]*(?:(?:\\.|"(?!""))[^"\\]*)*"{3}'
    r"|'{3}[^'\\]*(?:(?:\\.|'(?!''))[^'\\]*)*'{3}"
    r'|"[^"\\\n]*(?:\\.[^"\\\n]*)*"'
    r"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'"
    r"|#[^\n]*",
    re.DOTALL,
)
_TOKEN = re.compile(
    r"[()\[\]{},;:'.@&|^~]|\*\*?|//?|<[<=]?|>[>=]?|[=!]=|[-+%]"
    r"|\b(?:and|or|not|if|else|for|in|is|await|lambda)\b"
)
_FSTRING = re.compile(r"[fFtT][rR]?$")

_local = threading.local()
_lock = threading.Lock()
_users = 0
_usual_limit = 0


@contextmanager
def _high_recursion_limit() -> Iterator[None]:
    # The limit belongs to the process: the first to come raises it, the last to leave restores it.
    global _users, _usual_limit
    with _lock:
        _users += 1
        if _users == 1:
            _usual_limit = sys.getrecursionlimit()
            sys.setrecursionlimit(max(_RECURSION_LIMIT, _usual_limit))
    try:
        yield
    finally:
        with _lock:
            _users -= 1
            if _users == 0:
                sys.setrecursionlimit(_usual_limit)


def _start(run: Callable[[], None]) -> threading.Thread:
    with _lock:
        for size in _STACK_SIZES:
            usual = threading.stack_size(size)
            thread = threading.Thread(target=run, name="lossl-deep-stack", daemon=True)
            try:
                thread.start()
            except (RuntimeError, MemoryError):
                continue
            else:
                return thread
            finally:
                threading.stack_size(usual)
    raise MemoryError("no thread with a stack of 64 MB can be started")
