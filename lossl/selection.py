"""Which rules speak, and where: selectors, the default selection, and the names of findings that no rule makes.

A selector is a rule's name (`double-sigmoid`), its code (`LSL101`), the beginning of codes (`LSL1`), or `ALL`.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from typing import NamedTuple, Protocol

from lossl.config import Config, matches_path
from lossl.diagnostic import Diagnostic, Severity
from lossl.errors import UsageError
from lossl.registry import all_rules, registry
from lossl.rule import URL


class Named(Protocol):
    """What can be selected: a rule, or one of BUILT_IN."""

    @property
    def code(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def severity(self) -> Severity: ...
    @property
    def since(self) -> str: ...
    @property
    def page(self) -> str: ...
    @property
    def url(self) -> str: ...


@dataclass(frozen=True)
class BuiltIn:
    """A finding that lossl makes itself, without a rule file; the fields are those of a rule."""

    code: str
    name: str
    severity: Severity
    since: str
    page: str

    @property
    def url(self) -> str:
        """The address of its page."""
        return f"{URL}{self.name}/"


UNREADABLE_FILE = BuiltIn(
    "LSL900",
    "unreadable-file",
    Severity.ERROR,
    "0.1.0",
    """\
A file that cannot be read as Python.

## What it does

Reports files with a syntax error, with bytes that their encoding does not know, and files too large or too deeply
nested to be parsed; notebooks that are none, and cells with a syntax error. The other cells are checked all the same.

## Why is this bad?

Nothing in such a file has been checked, and nothing that depends on it is known: values that come from it count as
unknown.

## Use instead

Repair the file, or leave it out with `exclude`. Files in Python 2 have to be converted first.
""",
)
UNUSED_IGNORE = BuiltIn(
    "LSL901",
    "unused-ignore",
    Severity.WARNING,
    "0.1.0",
    """\
An ignore comment that ignores nothing.

## What it does

Reports `# lossl: ignore[...]`, `# lossl: file-ignore[...]` and `# noqa: LSL...` comments, and single names in them,
that hide no finding.

## Why is this bad?

The code they excused has changed, or the name in them is misspelt. A comment that stays behind hides the next mistake
on its line.

## Use instead

Remove the comment; the fix does that. To keep one, add `unused-ignore` to its names.

## Fix safety

The fix is safe: it removes a comment, or a name from it. For `# noqa` there is none, because other tools read it too.
""",
)
BUILT_IN = (UNREADABLE_FILE, UNUSED_IGNORE)


def selectable() -> tuple[Named, ...]:
    """All that can be selected: the rules, and what lossl finds without one."""
    return (*all_rules(), *BUILT_IN)


class Choice(NamedTuple):
    """One layer of selection: a configuration file, or the command line. `select` is None if it says nothing."""

    select: tuple[str, ...] | None = None
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()

    @staticmethod
    def of(config: Config) -> Choice:
        """What the configuration chooses."""
        return Choice(config.select, config.extend_select, config.ignore)


@dataclass(frozen=True)
class Selection:
    """The names of the rules that speak, and per file those that do not."""

    names: frozenset[str]
    config: Config

    def includes(self, diagnostic: Diagnostic) -> bool:
        """True if this finding is to be shown."""
        return diagnostic.rule in self.names and not self._ignored_in_file(diagnostic)

    def _ignored_in_file(self, found: Diagnostic) -> bool:
        path = found.location.path
        return any(
            matches(selector, found.code, found.rule)
            for pattern, selectors in self.config.per_file_ignores
            if matches_path(pattern, path, os.path.basename(path), self.config.root)
            for selector in selectors
        )


def selection(config: Config, rules: Iterable[Named]) -> Selection:
    """What the configuration selects. Raises UsageError for a selector that selects nothing."""
    known = (*rules, *BUILT_IN)
    _refuse_unknown((selector for _, selectors in config.per_file_ignores for selector in selectors), known)
    return Selection(choose(known, Choice.of(config)), config)


def choose(known: Sequence[Named], *layers: Choice) -> frozenset[str]:
    """The names that these layers choose, later ones over earlier ones.

    Without any `select` it starts from all that are more than info. A `select` starts anew. Within a layer the more
    specific selector wins, and `ignore` wins a tie. Raises UsageError for a selector that selects nothing.
    """
    chosen = {each.name for each in known if each.severity is not Severity.INFO}
    for layer in layers:
        if layer.select is not None:
            chosen = set()
        wanted = [(selector, False) for selector in (*(layer.select or ()), *layer.extend_select)]
        unwanted = [(selector, True) for selector in layer.ignore]
        _refuse_unknown((selector for selector, _ in wanted + unwanted), known)
        for selector, ignored in sorted(wanted + unwanted, key=lambda pair: (_specificity(pair[0], known), pair[1])):
            meant = {each.name for each in known if matches(selector, each.code, each.name)}
            chosen = chosen - meant if ignored else chosen | meant
    return frozenset(chosen)


def matches(selector: str, code: str, name: str) -> bool:
    """True if the selector means the rule with this code and name."""
    if selector in ("ALL", name, code):
        return True
    # A prefix ends in digits or is all of a code's letters: `LSL1` and `LSL`, but not `L`.
    return _PREFIX.fullmatch(selector) is not None and code.startswith(selector) and not code[len(selector)].isalpha()


def find(asked: str, known: Sequence[Named]) -> Named:
    """The one with this name or code, in whatever case. Raises UsageError, with a suggestion, if there is none."""
    for each in known:
        if asked.lower() in (each.name, each.code.lower()):
            return each
    raise UsageError(f"there is no rule `{asked}`{suggestion(asked, known)}")


def suggestion(asked: str, known: Iterable[Named]) -> str:
    """` (did you mean ...?)` with the closest name or code, or where to look."""
    spellings = {word.lower(): word for each in known for word in (each.name, each.code)}
    close = get_close_matches(asked.lower().replace("_", "-"), spellings, n=1)
    return f"; did you mean `{spellings[close[0]]}`?" if close else "; `lossl rules` lists them"


_PREFIX = re.compile(r"[A-Z]+\d*")


def _specificity(selector: str, known: Sequence[Named]) -> int:
    if selector == "ALL":
        return 0
    return 1000 if any(selector in (each.code, each.name) for each in known) else len(selector)


def _refuse_unknown(selectors: Iterable[str], known: Sequence[Named]) -> None:
    for selector in selectors:
        if selector != "ALL" and not any(matches(selector, each.code, each.name) for each in known):
            broken = "".join(f"; {failure.what}" for failure in registry().failures)
            raise UsageError(f"there is no rule `{selector}`{suggestion(selector, known)}{broken}")
