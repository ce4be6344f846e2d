"""What a rule author imports, with `lossl.edits`: the `rule` decorator, what a rule is given, what it gives back.

A rule is one file: its docstring is its page, its one decorated function words a breach and offers fixes. It walks no
tree, resolves no name and opens no stub.
"""

from __future__ import annotations

import importlib
import importlib.metadata
import inspect
import pkgutil
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from lossl.diagnostic import Edit, Fix, Severity
from lossl.meaning.losscall import Breach
from lossl.meaning.meaning import Meaning
from lossl.meaning.need import Flaw, NeedKind, Objection
from lossl.meaning.trail import Place

__all__ = [
    "Breach",
    "Edit",
    "Finding",
    "Fix",
    "Flaw",
    "Meaning",
    "NeedKind",
    "Rule",
    "Severity",
    "all_rules",
    "offer",
    "rule",
]

URL = "https://lossl.dev/rules/"
SECTIONS = ("What it does", "Why is this bad?", "Symptoms", "Example", "Use instead", "Fix safety", "References")


@dataclass(frozen=True)
class Finding:
    """What a rule says of a breach: `message` is what is wrong here, `consequence` what happens to training.

    `at` is where to show it, if not at the argument.
    """

    message: str
    consequence: str
    fixes: tuple[Fix, ...] = ()
    at: Place | None = None


Check = Callable[[Breach], "Finding | None"]


@dataclass(frozen=True)
class Rule:
    """A rule as a value; `needs` and `found` are the pairs it speaks of, `page` is its documentation in Markdown.

    `check` may give None: then there is nothing to say, and what was found counts as right.
    """

    code: str
    name: str
    needs: tuple[NeedKind, ...]
    found: tuple[Objection, ...]
    severity: Severity
    since: str
    check: Check
    page: str

    def __repr__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def url(self) -> str:
        """The address of the rule's page."""
        return f"{URL}{self.name}/"

    @property
    def title(self) -> str:
        """The first line of the page."""
        return self.page.strip().splitlines()[0]

    def section(self, heading: str) -> str:
        """The text under `## heading`, without the heading; empty if the page has no such section."""
        found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", self.page, re.M | re.S)
        return found[1].strip("\n") if found else ""


def rule(
    *, code: str, name: str, needs: tuple[NeedKind, ...], found: tuple[Objection, ...], severity: Severity, since: str
) -> Callable[[Check], Rule]:
    """Make a rule of a function; the docstring of the function's module becomes its page."""

    def make(check: Check) -> Rule:
        page = inspect.cleandoc(sys.modules[check.__module__].__doc__ or "")
        return Rule(code, name, needs, found, severity, since, check, page)

    return make


def offer(title: str, edits: tuple[Edit, ...] | None, *, risk: str | None = None) -> tuple[Fix, ...]:
    """A fix as a tuple of one, or of none if there are no edits; `risk` is why it is unsafe, None if it is safe."""
    return (Fix(title, edits, safe=risk is None, reason=risk),) if edits else ()


@lru_cache(maxsize=1)
def all_rules() -> tuple[Rule, ...]:
    """Every rule there is, ordered by code: the built-in ones, then those of the entry-point group `lossl.rules`.

    Raises ValueError if two rules share a code, a name, or a pair of need and meaning.
    """
    package = importlib.import_module("lossl.rules")
    modules = [importlib.import_module(f"lossl.rules.{found.name}") for found in pkgutil.iter_modules(package.__path__)]
    modules += [entry.load() for entry in importlib.metadata.entry_points(group="lossl.rules")]
    rules = [thing for module in modules for thing in vars(module).values() if isinstance(thing, Rule)]
    _refuse_clashes(rules)
    return tuple(sorted(rules, key=lambda rule: rule.code))


def rule_for(need: NeedKind, found: Objection) -> Rule | None:
    """The one rule that speaks of this objection, or None if no rule does."""
    for candidate in all_rules():
        if need in candidate.needs and found in candidate.found:
            return candidate
    return None


def _refuse_clashes(rules: list[Rule]) -> None:
    seen: dict[object, Rule] = {}
    for candidate in rules:
        pairs = [(need, found) for need in candidate.needs for found in candidate.found]
        for key in (candidate.code, candidate.name, *pairs):
            if key in seen:
                raise ValueError(f"{candidate!r} and {seen[key]!r} both claim {key}")
            seen[key] = candidate
