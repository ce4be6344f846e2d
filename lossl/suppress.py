"""Ignore comments: which findings they hide, and which of them hide none. Finds comments by tokens, never in strings.

`# lossl: ignore[double-sigmoid] reason` speaks for its line; on the first or last line of a statement, for all of the
statement; alone on a line, for what follows: the next statement, or inside brackets the next line. Without brackets it
hides everything. `# lossl: file-ignore[...]` speaks for the file. `# noqa: LSL101` is understood as well.
A finding is hidden by a comment at any station of its trail, or where the loss is called.
"""

from __future__ import annotations

import io
import re
import sys
import tokenize
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple

from lossl.diagnostic import Diagnostic, Edit, Fix, Location, Position, Range
from lossl.registry import all_rules
from lossl.selection import BUILT_IN, UNREADABLE_FILE, UNUSED_IGNORE, Named, matches, suggestion


class Suppressed(NamedTuple):
    """What is shown, what a comment hides, and the comments (LSL901) that hide nothing."""

    kept: tuple[Diagnostic, ...]
    ignored: tuple[Diagnostic, ...]
    unused: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Comment:
    """One ignore comment; it speaks for the lines from `first` to `last`.

    `names` are its selectors, none if it hides everything; `names_at` is where they stand, None if there are none.
    `location` is the comment as far as lossl reads it, `removal` what has to go for it to go without a trace.
    `fault` says why it is not understood; such a comment hides nothing. `shared` is true if other tools read it too.
    """

    location: Location
    removal: Location
    names: tuple[str, ...]
    names_at: Location | None
    first: int
    last: int
    fault: str = ""
    shared: bool = False

    @property
    def for_file(self) -> bool:
        """True if it speaks for the whole file; in a notebook, for all cells."""
        return self.last == sys.maxsize

    def covers(self, location: Location) -> bool:
        """True if the location starts or ends in the lines it speaks for."""
        if location.path != self.location.path or location.cell != self.location.cell:
            return location.path == self.location.path and self.for_file
        return any(self.first <= place.line <= self.last for place in (location.range.start, location.range.end))

    def hides(self, found: Diagnostic) -> bool:
        """True if it stands at a station of the finding and names it."""
        stations = (found.location, *(step.location for step in found.trail))
        return any(map(self.covers, stations)) and (not self.names or any(_names(name, found) for name in self.names))


def suppress(diagnostics: Iterable[Diagnostic], texts: Mapping[tuple[str, int | None], str]) -> Suppressed:
    """Apply the ignore comments in `texts`: that of every checked file by its path and None, of a notebook by cell.

    Give it all findings, also those that are not selected: a comment that hides one of them is not unused. Comments in
    a file that could not be read are never called unused.
    """
    found = tuple(diagnostics)
    written = [comment for path, cell in sorted(texts) for comment in comments(path, texts[path, cell], cell)]
    hiding = [comment for comment in written if not comment.fault]
    by_finding = {id(each): [comment for comment in hiding if comment.hides(each)] for each in found}
    unreadable = {each.location.path for each in found if each.code == UNREADABLE_FILE.code}
    judged = [comment for comment in written if comment.location.path not in unreadable]
    unused = [
        report
        for comment in judged
        if not _wanted(comment, written)
        and (report := _unused(comment, [each for each in found if comment in by_finding[id(each)]]))
    ]
    return Suppressed(
        tuple(each for each in found if not by_finding[id(each)]),
        tuple(each for each in found if by_finding[id(each)]),
        tuple(unused),
    )


def comments(path: str, text: str, cell: int | None = None) -> Iterator[Comment]:
    """The ignore comments in the text of a file or cell, in their order; as far as it can be split into tokens."""
    if "lossl:" not in text and "LSL" not in text:
        return
    lines = tuple(_NEWLINE.split(text))
    for token, first, last in _placed(text):
        for match in _DIRECTIVE.finditer(token.string):
            comment = _comment(_Match(path, cell, lines, token, match), first, last)
            if comment is not None:
                yield comment


@dataclass(frozen=True)
class _Match:
    """What looks like an ignore comment: a match in a comment, which may hold more, with the lines of its file."""

    path: str
    cell: int | None
    lines: tuple[str, ...]
    token: tokenize.TokenInfo
    match: re.Match[str]

    def __getitem__(self, group: str) -> str | None:
        return self.match[group]

    def at(self, start: int, end: int) -> Location:
        """The location of the characters from `start` up to `end` of the comment."""
        row, column = self.token.start
        return self.between(Position(row, column + start + 1), Position(row, column + end + 1))

    def between(self, start: Position, end: Position) -> Location:
        """The location from one position to another."""
        return Location(self.path, self.cell, Range(start, end))


def _placed(text: str) -> list[tuple[tokenize.TokenInfo, int, int]]:
    """Every comment with the first and last line it speaks for."""
    placed: list[tuple[tokenize.TokenInfo, int, int]] = []
    above: list[tokenize.TokenInfo] = []
    between: list[tokenize.TokenInfo] = []
    beside: list[tokenize.TokenInfo] = []
    start = 0
    for token in _tokens(text):
        row = token.start[0]
        if token.type == tokenize.COMMENT:
            alone = not token.line[: token.start[1]].strip()
            (above if not start else between if alone else beside).append(token)
        elif token.type == tokenize.NEWLINE:
            placed += [(comment, start, row) for comment in above]
            for comment in beside:
                own = comment.start[0]
                placed.append((comment, start, row) if own in (start, row) else (comment, own, own))
            above, beside, start = [], [], 0
        elif token.type not in _LAYOUT:
            start = start or row
            placed += [(comment, row, row) for comment in between]
            between = []
    placed += [(comment, comment.start[0], comment.start[0]) for comment in above + between + beside]
    return sorted(placed, key=lambda each: each[0].start)


def _tokens(text: str) -> Iterator[tokenize.TokenInfo]:
    try:
        yield from tokenize.generate_tokens(io.StringIO(text, newline=None).readline)
    except (tokenize.TokenError, SyntaxError):
        return


def _comment(found: _Match, first: int, last: int) -> Comment | None:
    group = "names" if found["codes"] is None else "codes"
    written = re.split(r"[,\s]+", (found[group] or "").strip(" ,\t"))
    names = tuple(name for name in written if name and (group == "names" or name.startswith("LSL")))
    fault = _fault(found, names) if group == "names" else "" if names else None
    if fault is None:
        return None
    if found["word"] == "file-ignore":
        first, last = 1, sys.maxsize
    end = max(found.match.end(part) for part in ("word", "bracket", "codes"))
    location = found.at(found.match.start(), end)
    names_at = found.at(*found.match.span(group)) if names else None
    return Comment(location, _removal(found), names, names_at, first, last, fault, shared=group == "codes")


def _fault(found: _Match, names: tuple[str, ...]) -> str | None:
    """Why the comment is not understood; empty if it is, None if it is mere prose."""
    word, bracket = found["word"] or "", found["bracket"]
    if word not in _WORDS:
        close = get_close_matches(word, _WORDS, n=1)
        return f"there is no `lossl: {word}`; did you mean `{close[0]}`?" if close else None
    if bracket is not None and not bracket.endswith("]"):
        return "the bracket of this ignore comment is not closed"
    if bracket is not None and not names:
        return "the brackets of this ignore comment name no rule"
    return ""


def _removal(found: _Match) -> Location:
    """The comment with the blanks that lead to it, or its whole line if nothing else is on it."""
    row, column = found.token.start
    start, end, line = found.match.start(), found.match.end(), found.lines[row - 1]
    before, after = line[: column + start].rstrip(), found.token.string[end:].lstrip()
    if after:
        return found.at(start, len(found.token.string) - len(after))
    if before:
        return found.at(len(before) - column, len(found.token.string))
    if row < len(found.lines):
        return found.between(Position(row, 1), Position(row + 1, 1))
    opening = Position(row - 1, len(found.lines[row - 2]) + 1) if row > 1 else Position(1, 1)
    return found.between(opening, Position(row, len(line) + 1))


def _wanted(comment: Comment, written: list[Comment]) -> bool:
    """True if a name in this comment, or in one for its whole file, excuses unused comments."""
    return any(
        matches(name, UNUSED_IGNORE.code, UNUSED_IGNORE.name)
        for other in written
        if other is comment or (other.location.path == comment.location.path and other.for_file)
        for name in other.names
    )


def _unused(comment: Comment, hidden: list[Diagnostic]) -> Diagnostic | None:
    idle = [name for name in comment.names if not any(_names(name, found) for found in hidden)]
    if comment.fault:
        return _report(comment, comment.fault, ())
    if comment.names and len(idle) < len(comment.names):
        return _report(comment, "this comment ignores no " + _listed(idle), _shortened(comment, idle)) if idle else None
    if hidden:
        return None
    message = "this comment ignores no " + _listed(idle) if idle else "this comment ignores nothing"
    fix = Fix("Remove the comment", (Edit(comment.removal, ""),), safe=True)
    return _report(comment, message, () if comment.shared else (fix,))


def _shortened(comment: Comment, idle: list[str]) -> tuple[Fix, ...]:
    if comment.shared or comment.names_at is None:
        return ()
    rest = ", ".join(name for name in comment.names if name not in idle)
    names = " and ".join(f"`{name}`" for name in idle)
    return (Fix(f"Remove {names} from the comment", (Edit(comment.names_at, rest),), safe=True),)


def _report(comment: Comment, message: str, fixes: tuple[Fix, ...]) -> Diagnostic:
    rule = UNUSED_IGNORE
    return Diagnostic(rule.name, rule.code, rule.severity, message, comment.location, fixes=fixes, url=rule.url)


def _listed(names: list[str]) -> str:
    known: tuple[Named, ...] = (*all_rules(), *BUILT_IN)
    unknown = [name for name in names if not any(matches(name, each.code, each.name) for each in known)]
    hint = f": there is no rule `{unknown[0]}`{suggestion(unknown[0], known)}" if unknown else ""
    return " and no ".join(f"`{name}`" for name in names) + hint


def _names(name: str, found: Diagnostic) -> bool:
    return matches(name, found.code, found.rule)


_NEWLINE = re.compile(r"\r\n?|\n")
_WORDS = ("ignore", "file-ignore")
_LAYOUT = {tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING, tokenize.ENDMARKER}
# A comment may hold several; each ends where another one begins. `#12` in a reason is an issue, not a beginning.
_DIRECTIVE = re.compile(
    r"""
    \#\s*(?:
        lossl:\s*(?P<word>[a-z][\w-]*)(?:\s*(?P<bracket>\[(?P<names>[^\]\#]*)\]?))?
        | (?i:noqa)\s*:\s*(?P<codes>[A-Z]+[0-9]+(?:[,\s]+[A-Z]+[0-9]+)*)
    )
    (?P<reason>.*?)(?=\s+\#\s*[^\s\d]|\s*$)
    """,
    re.VERBOSE,
)
