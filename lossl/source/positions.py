"""Where the nodes of a LibCST tree stand in the text, by one pass of its code generator. Imports LibCST.

LibCST does not give back every text it read: it drops a leading form feed, a leading continued line, a comment before
an unterminated last line, and it changes lone carriage returns. Offsets are trusted only where every token that
means something is found in the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import accumulate

import libcst as cst
from libcst._nodes.internal import CodegenState

Span = tuple[int, int]


class Untrusted(Exception):
    """The generated tokens differ from the text in more than blanks and comments."""


@dataclass(frozen=True)
class Spans:
    """Offsets in code points by `id(node)`: `inner` without the node's own parentheses, `outer` with them.

    `comments` are all comments of the text, in order.
    """

    inner: dict[int, Span]
    outer: dict[int, Span]
    comments: tuple[Span, ...]


def spans(tree: cst.Module, text: str) -> Spans:
    """The spans of every node of `tree`, which was parsed from `text`. Raises Untrusted."""
    recorder = _Recorder(default_indent=tree.default_indent, default_newline=tree.default_newline)
    tree._codegen(recorder)
    places = _offsets(recorder.tokens, text)
    outer = {node: places(first, last) for node, (first, last) in recorder.outer.items()}
    inner = {node: places(first, last) for node, (first, last) in recorder.inner.items()}
    comments = {*places.lost_comments, *(outer[node] for node in recorder.comments)}
    return Spans({**outer, **inner}, outer, tuple(sorted(comments)))


def parents(tree: cst.Module) -> dict[int, cst.CSTNode]:
    """The parent of every node but blanks and comments, by `id(node)`."""
    found: dict[int, cst.CSTNode] = {}
    stack: list[cst.CSTNode] = [tree]
    while stack:
        node = stack.pop()
        for child in children(node):
            found[id(child)] = node
            stack.append(child)
    return found


def children(node: cst.CSTNode) -> Iterator[cst.CSTNode]:
    """The nodes directly in `node`, but for blanks and comments, in the order of its fields."""
    for name in _fields(type(node)):
        value = getattr(node, name)
        for child in value if isinstance(value, (list, tuple)) else (value,):
            if isinstance(child, cst.CSTNode):
                yield child


class _Recorder(CodegenState):
    """Notes for every node the numbers of its first token and of the token after its last."""

    def __init__(self, default_indent: str, default_newline: str) -> None:
        super().__init__(default_indent, default_newline)
        self.outer: dict[int, Span] = {}
        self.inner: dict[int, Span] = {}
        self.starts: list[int] = []
        self.comments: list[int] = []

    def before_codegen(self, node: cst.CSTNode) -> None:
        self.starts.append(len(self.tokens))

    def after_codegen(self, node: cst.CSTNode) -> None:
        self.outer[id(node)] = (self.starts.pop(), len(self.tokens))
        if type(node) is cst.Comment:
            self.comments.append(id(node))

    @contextmanager
    def record_syntactic_position(
        self, node: cst.CSTNode, *, start_node: cst.CSTNode | None = None, end_node: cst.CSTNode | None = None
    ) -> Iterator[None]:
        start = len(self.tokens)
        yield
        end = len(self.tokens)
        start = self._best(start_node)[0] if start_node is not None else start
        end = self._best(end_node)[1] if end_node is not None else end
        self.inner[id(node)] = (start, end)

    def _best(self, node: cst.CSTNode) -> Span:
        return self.inner.get(id(node)) or self.outer[id(node)]


class _Exact:
    """Offsets where the tokens are the text."""

    lost_comments: tuple[Span, ...] = ()

    def __init__(self, tokens: list[str]) -> None:
        self.starts = list(accumulate(map(len, tokens), initial=0))

    def __call__(self, first: int, last: int) -> Span:
        most = len(self.starts) - 1
        return self.starts[min(first, most)], self.starts[min(last, most)]


class _Aligned:
    """Offsets where blanks or comments were lost: each token is looked for behind its predecessor."""

    def __init__(self, tokens: list[str], text: str) -> None:
        self.tokens = tokens
        self.places: list[Span] = []
        self.lost_comments: list[Span] = []
        at = 0
        for token in tokens:
            solid = not _is_blank(token)
            at = self._find(token, text, at) if solid else at
            self.places.append((at, at := at + len(token) if solid else at))
        self._find("", text, at)

    def __call__(self, first: int, last: int) -> Span:
        last = min(last, len(self.tokens))
        solid = [index for index in range(first, last) if not _is_blank(self.tokens[index])]
        if solid:
            return self.places[solid[0]][0], self.places[solid[-1]][1]
        at = self.places[first][0] if first < len(self.places) else self.places[-1][1] if self.places else 0
        return at, at

    def _find(self, token: str, text: str, at: int) -> int:
        """The offset of `token` behind `at`, an empty one stands at the end; nothing but comments is skipped."""
        at = _skip(_BLANKS, text, at)
        while not _stands(token, text, at):
            if not text.startswith("#", at):
                raise Untrusted
            end = _skip(_COMMENT, text, at)
            self.lost_comments.append((at, end))
            at = _skip(_BLANKS, text, end)
        return at


def _offsets(tokens: list[str], text: str) -> _Exact | _Aligned:
    return _Exact(tokens) if "".join(tokens) == text else _Aligned(tokens, text)


def _is_blank(token: str) -> bool:
    """True of spaces, line ends, and backslashes that continue a line."""
    return _BLANKS.fullmatch(token) is not None


def _stands(token: str, text: str, at: int) -> bool:
    if token.startswith("#"):
        return text.startswith(token, at) and _skip(_COMMENT, text, at) == at + len(token)
    return text.startswith(token, at) if token else at == len(text)


def _skip(pattern: re.Pattern[str], text: str, at: int) -> int:
    found = pattern.match(text, at)
    return found.end() if found else at


_BLANKS = re.compile(r"(?:[ \t\f\r\n]|\\\r?\n|\\\r)*")
_COMMENT = re.compile(r"#[^\r\n]*")

_BLANK_FIELDS = (
    *("whitespace", "trailing_whitespace", "leading_lines", "lines_after"),
    *("header", "footer", "first_line", "last_line"),
)
_fields_of: dict[type, tuple[str, ...]] = {}


def _fields(kind: type[cst.CSTNode]) -> tuple[str, ...]:
    if kind not in _fields_of:
        names = getattr(kind, "__dataclass_fields__", {})
        _fields_of[kind] = tuple(name for name in names if not name.startswith(_BLANK_FIELDS))
    return _fields_of[kind]
