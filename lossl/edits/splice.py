"""Taking syntax out of a text and putting some in: items of a list, statements, arguments, a part for the whole."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from lossl.diagnostic import Edit
from lossl.edits import parentheses
from lossl.source.file import SourceFile

if TYPE_CHECKING:
    import libcst as cst

    Item = cst.Arg | cst.BaseElement | cst.ImportAlias
else:
    from lossl.source.lazy import cst

Edits = tuple[Edit, ...]


def replaced(file: SourceFile, start: int, end: int, text: str = "") -> Edit:
    """The text from offset `start` to `end` becomes `text`. A line feed stands for whatever ends lines there.

    Strings in it are written in other quotes than an f-string around it, as Python before 3.12 wants it.
    """
    for quote, other in (('"', "'"), ("'", '"')):
        if quote in text and other not in text and _within(file, start, end, quote):
            text = text.replace(quote, other)
            break
    return Edit(file.location_of(start, end), text)


def _within(file: SourceFile, start: int, end: int, quote: str) -> bool:
    """True if a range lies in an f-string that is written in these quotes."""
    strings = (node for node in file.walk() if isinstance(node, cst.FormattedString) and node.end == quote)
    return any(first < start and end < last for first, last in map(file.span, strings))


def exchanged(file: SourceFile, node: cst.CSTNode, text: str) -> Edit:
    """`node` becomes `text`; its own parentheses stay."""
    return replaced(file, *file.span(node), text)


def offsets(file: SourceFile, edit: Edit) -> tuple[int, int]:
    """Start and end offset of an edit of this file."""
    return file.offsets(edit.location)


def lost_comments(file: SourceFile, edit: Edit) -> tuple[str, ...]:
    """The comments that an edit of this file removes without writing them again."""
    start, end = offsets(file, edit)
    comments = [file.text[first:last] for first, last in file.comments if start < last and first < end]
    return tuple(comment for comment in comments if comment not in edit.text)


def loses_comment(edits: Edits, file: SourceFile) -> bool:
    """True if the edits remove a comment of this file without writing it again."""
    return any(lost_comments(file, edit) for edit in edits if edit.location.path == file.path)


def unwrapped(file: SourceFile, outer: cst.BaseExpression, inner: cst.BaseExpression) -> Edits:
    """`inner`, a part of `outer`, takes its place, in parentheses where it needs them."""
    start, end = file.span(outer)
    inner_start, inner_end = file.whole_span(inner)
    before, after = ("(", ")") if parentheses.needed(file, outer, inner) else ("", "")
    before = before or _space(file.text[:start][-1:], file.text[inner_start])
    after = after or _space(file.text[inner_end - 1], file.text[end : end + 1])
    pieces = ((start, inner_start, before), (inner_end, end, after))
    return tuple(replaced(file, *piece) for piece in pieces if piece[0] < piece[1] or piece[2])


def without_statement(file: SourceFile, small: cst.BaseSmallStatement) -> Edit:
    """A simple statement goes, and its line if it stands alone; `pass` takes its place if the block would be empty."""
    line = file.parent(small)
    start, end = file.span(small)
    if isinstance(line, (cst.SimpleStatementLine, cst.SimpleStatementSuite)) and len(line.body) > 1:
        return _without_neighbour(file, line.body, small)
    block = file.parent(line) if isinstance(line, cst.SimpleStatementLine) else None
    if block is None or (isinstance(block, cst.IndentedBlock) and len(block.body) == 1):
        return replaced(file, start, end, "pass")
    first, last = file.position(start).line, file.position(end).line
    return replaced(file, file.lines.start(first), file.lines.start(last + 1))


def without_item(file: SourceFile, items: Sequence[Item], item: Item, *, keep_comma: bool = False) -> Edit:
    """One of the comma-separated `items` goes, with one comma, and its line if it has one of its own.

    `keep_comma` leaves the comma of the item before, which a tuple of one needs.
    """
    index = next(index for index, other in enumerate(items) if other is item)
    start, end = file.span(item)
    comma = comma_end(file, item)
    if own_line(file, item) and _blank(file, comma, file.lines.end(file.position(comma).line)):
        first, last = file.position(start).line, file.position(comma).line
        return replaced(file, file.lines.start(first), file.lines.start(last + 1))
    if index + 1 < len(items):
        following = file.span(items[index + 1])[0]
        if index == 0 or file.position(comma).line == file.position(following).line:
            return replaced(file, start, following)
        return replaced(file, comma_end(file, items[index - 1]), comma)
    if index == 0:
        return replaced(file, start, comma)
    before, before_comma = file.span(items[index - 1])[1], comma_end(file, items[index - 1])
    if _comments(file, before, start):
        return replaced(file, start, comma)
    return replaced(file, before_comma, comma) if comma > end or keep_comma else replaced(file, before, end)


def with_item(file: SourceFile, items: Sequence[Item], close: int, text: str) -> Edits:
    """`text` becomes the last of `items`; `close` is the offset of the bracket behind them."""
    if not items:
        return (replaced(file, close, close, text),)
    end, comma = file.span(items[-1])[1], comma_end(file, items[-1])
    line = file.lines.end(file.position(comma).line)
    if not own_line(file, items[-1]) or line >= close:
        return (replaced(file, end, end, f", {text}"),) if comma == end else (replaced(file, comma, comma, f" {text}"),)
    new_line = "\n" + _indentation(file, file.span(items[-1])[0]) + text
    if comma > end:
        return (replaced(file, line, line, new_line + ","),)
    if line == end:
        return (replaced(file, end, end, "," + new_line),)
    return replaced(file, end, end, ","), replaced(file, line, line, new_line)


def comma_end(file: SourceFile, item: Item) -> int:
    """The offset behind the comma of an item, behind the item if it has none."""
    return file.span(item.comma)[1] if isinstance(item.comma, cst.Comma) else file.span(item)[1]


def own_line(file: SourceFile, item: cst.CSTNode) -> bool:
    """True if nothing stands before the item on its line."""
    start = file.span(item)[0]
    return not file.text[file.lines.start(file.position(start).line) : start].strip()


def _without_neighbour(file: SourceFile, body: Sequence[cst.BaseSmallStatement], small: cst.BaseSmallStatement) -> Edit:
    start, end = file.span(small)
    index = next(index for index, other in enumerate(body) if other is small)
    if index + 1 < len(body):
        return replaced(file, start, file.span(body[index + 1])[0])
    return replaced(file, file.span(body[index - 1])[1], end)


def _indentation(file: SourceFile, offset: int) -> str:
    line = file.lines[file.position(offset).line]
    return line[: len(line) - len(line.lstrip())]


def _comments(file: SourceFile, start: int, end: int) -> bool:
    return any(start <= comment < end for comment, _ in file.comments)


def _blank(file: SourceFile, start: int, end: int) -> bool:
    """True if nothing but blanks and a comment stands there."""
    comment = next((first for first, _ in file.comments if start <= first < end), end)
    return not file.text[start:comment].strip()


def _space(left: str, right: str) -> str:
    """A blank if the two characters would become one word."""
    return " " if re.fullmatch(r"\w\w", left + right) else ""
