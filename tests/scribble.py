"""The same program written in another way: comments, blanks, brackets and line breaks wherever Python allows them."""

from __future__ import annotations

import io
import keyword
import tokenize
from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

Draw = Callable[[st.SearchStrategy[Any]], Any]
OPEN, CLOSE = "([{", ")]}"
SKIPPED = (tokenize.INDENT, tokenize.DEDENT, tokenize.ENDMARKER, tokenize.NL)


def scribbled(draw: Draw, text: str, comments: list[str]) -> str:
    """The text rewritten; every comment that is put in is added to `comments`. It means what it meant before."""
    strength = draw(st.sampled_from((0, 0, 1, 3)))
    if not strength:
        return text
    return _Scribe(draw, strength, comments).rewritten(_bracketed(draw, text))


def written(draw: Draw, text: str) -> bytes:
    """The text as it may lie on a disk: tabs, line ends, byte order mark, encoding, the end of the file."""
    way = draw(st.sampled_from(("plain", "plain", "plain", "crlf", "bom", "latin", "tabs", "open", "feed", "mixed")))
    if way == "tabs":
        text = "".join(_tabbed(line) for line in text.splitlines(keepends=True))
    elif way == "open":
        text = text.rstrip("\n")
    elif way == "feed":
        text = text.replace("\n\n", "\n\x0c\n", 1)
    elif way == "latin":
        return ("# -*- coding: latin-1 -*-\n# caf\u00e9\n" + text).encode("latin-1", "replace")
    data = text.encode()
    if way == "crlf":
        return data.replace(b"\n", b"\r\n")
    if way == "mixed":
        return data.replace(b"\n\n", b"\r\n\r\n")
    return b"\xef\xbb\xbf" + data if way == "bom" else data


def _tabbed(line: str) -> str:
    width = len(line) - len(line.lstrip(" "))
    return "\t" * (width // 4) + " " * (width % 4) + line[width:]


def _bracketed(draw: Draw, text: str) -> str:
    """Some right sides and returned values in brackets, some statements joined by semicolons."""
    lines = []
    for line in text.split("\n"):
        code = line.lstrip()
        indent = line[: len(line) - len(code)]
        head, equals, rest = code.partition(" = ")
        plain = equals and head.replace("_", "").replace(".", "").isalnum() and ";" not in code
        if code.startswith("return ") and draw(st.integers(0, 5)) == 0:
            code = f"return ({code.removeprefix('return ')})"
        elif plain and "lambda" not in rest and draw(st.integers(0, 8)) == 0:
            code = f"{head} = ({rest})"
        elif plain and draw(st.integers(0, 12)) == 0:
            code = f"{code}; done = True"
        lines.append(indent + code)
    return "\n".join(lines)


class _Scribe:
    def __init__(self, draw: Draw, strength: int, comments: list[str]) -> None:
        self.draw, self.strength, self.comments = draw, strength, comments
        self.opened: list[bool] = []

    def chance(self, of: int) -> bool:
        """True in `strength` of so many cases."""
        return bool(self.draw(st.integers(0, of - 1)) < self.strength)

    def comment(self) -> str:
        text = self.draw(st.sampled_from(("keep", "sigmoid(x) here", "caf\u00e9", "BCELoss: see )", "TODO", "\u03b2")))
        text = f"# {text} {len(self.comments)}"
        self.comments.append(text)
        return text

    def rewritten(self, text: str) -> str:
        tokens = list(tokenize.generate_tokens(io.StringIO(text).readline))
        rows = text.splitlines(keepends=True)
        pieces: list[str] = []
        place, frozen = (1, 0), 0
        for before, token in zip([tokens[0], *tokens], tokens, strict=False):
            if token.type in SKIPPED:
                continue
            gap = _between(rows, place, token.start)
            name = tokenize.tok_name[token.type]
            inside = frozen > 0
            frozen += name in ("FSTRING_START", "TSTRING_START")
            frozen -= name in ("FSTRING_END", "TSTRING_END")
            pieces += [gap if inside else self.gap(gap, before, token), token.string]
            if not inside:
                self.bracket(before, token)
            place = token.end
        return "".join(pieces) + _between(rows, place, (len(rows) + 1, 0))

    def gap(self, gap: str, before: tokenize.TokenInfo, token: tokenize.TokenInfo) -> str:
        """What stands between two tokens instead of `gap`."""
        if token.type == tokenize.NEWLINE:
            return f"  {self.comment()}" if self.chance(12) else gap
        if token.start[1] == 0 or gap.strip(" ") != "" or before.type in (*SKIPPED, tokenize.NEWLINE):
            above = token.start[1] == 0 and before.type in (tokenize.NEWLINE, tokenize.NL, tokenize.DEDENT)
            return f"{gap}{self.comment()}\n" if above and token.string not in ("else", "") and self.chance(15) else gap
        if self.opened:
            comma = self.comma(before, token)
            if self.chance(10):
                blank = " " * self.draw(st.sampled_from((0, 4, 9)))
                note = f"  {self.comment()}" if self.chance(4) else ""
                return f"{comma}{note}\n{blank}{gap}"
            return comma + (gap + " " if self.chance(15) else gap)
        return f"{gap}\\\n    " if gap and self.chance(25) else gap

    def comma(self, before: tokenize.TokenInfo, token: tokenize.TokenInfo) -> str:
        """A comma behind the last element, where one changes nothing."""
        last = token.string in CLOSE and self.opened[-1] and before.string not in (*OPEN, ",")
        return "," if last and token.type == tokenize.OP and self.chance(6) else ""

    def bracket(self, before: tokenize.TokenInfo, token: tokenize.TokenInfo) -> None:
        """Count brackets; remember whether one more comma in them changes nothing."""
        if token.type != tokenize.OP:
            return
        if token.string in OPEN:
            called = before.end == token.start and (before.string in CLOSE or _is_name(before))
            self.opened.append(token.string == "(" and called)
        elif token.string in CLOSE:
            self.opened.pop()


def _is_name(token: tokenize.TokenInfo) -> bool:
    return token.type == tokenize.NAME and not keyword.iskeyword(token.string)


def _between(rows: list[str], start: tuple[int, int], end: tuple[int, int]) -> str:
    """The text between two places of tokens."""
    if start[0] == end[0]:
        return rows[start[0] - 1][start[1] : end[1]] if start[0] <= len(rows) else ""
    first = rows[start[0] - 1][start[1] :] if start[0] <= len(rows) else ""
    middle = "".join(rows[start[0] : end[0] - 1])
    return first + middle + (rows[end[0] - 1][: end[1]] if end[0] <= len(rows) else "")
