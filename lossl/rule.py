"""What a rule author imports, with `lossl.edits`: the `rule` decorator, what a rule is given, what it gives back.

A rule is one file: its docstring is its page, its one decorated function words a breach and offers fixes. It walks no
tree, resolves no name and opens no stub.
"""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from lossl.diagnostic import Edit, Fix, Severity
from lossl.meaning.losscall import Breach, LossCall
from lossl.meaning.meaning import Meaning
from lossl.meaning.need import Flaw, NeedKind, Objection
from lossl.meaning.trail import Place

__all__ = [
    "Breach",
    "Edit",
    "Finding",
    "Fix",
    "Flaw",
    "LossCall",
    "Meaning",
    "NeedKind",
    "Rule",
    "Severity",
    "offer",
    "rule",
]

URL = "https://lossl.dev/rules/"
SECTIONS = ("What it does", "Why is this bad?", "Symptoms", "Example", "Use instead", "Fix safety", "References")


@dataclass(frozen=True)
class Finding:
    """What a rule says of a breach: `message` is what is wrong here, `consequence` what happens to training.

    `at` is where to show it, if not at the argument; `severity` is that of this case, if it is not the rule's.
    """

    message: str
    consequence: str
    fixes: tuple[Fix, ...] = ()
    at: Place | None = None
    severity: Severity | None = None


Check = Callable[[Any], "Finding | None"]


@dataclass(frozen=True)
class Rule:
    """A rule as a value; `page` is its documentation in Markdown, `package` is what it comes from, if not from lossl.

    `needs` and `found` are the pairs it speaks of, and its `check` is given a `Breach` of them. If it is `on` LossCall,
    it has no pairs and is given every loss call. `check` may give None: then there is nothing to say, and what was
    found counts as right.
    """

    code: str
    name: str
    needs: tuple[NeedKind, ...]
    found: tuple[Objection, ...]
    severity: Severity
    since: str
    check: Check
    page: str
    on: type = Breach
    url: str = ""
    package: str = ""

    def __repr__(self) -> str:
        return f"{self.code} {self.name}"

    @property
    def title(self) -> str:
        """The first line of the page."""
        return self.page.strip().splitlines()[0]

    def section(self, heading: str) -> str:
        """The text under `## heading`, without the heading; empty if the page has no such section."""
        found = re.search(rf"^## {re.escape(heading)}\n(.*?)(?=^## |\Z)", self.page, re.M | re.S)
        return found[1].strip("\n") if found else ""


def rule(
    *,
    code: str,
    name: str,
    severity: Severity,
    since: str,
    needs: tuple[NeedKind, ...] = (),
    found: tuple[Objection, ...] = (),
    on: type = Breach,
    url: str | None = None,
) -> Callable[[Check], Rule]:
    """Make a rule of a function; the docstring of the function's module becomes its page.

    `url` is the address of that page, for rules that are not part of lossl.
    """

    def make(check: Check) -> Rule:
        page = inspect.cleandoc(sys.modules[check.__module__].__doc__ or "")
        return Rule(code, name, needs, found, severity, since, check, page, on, f"{URL}{name}/" if url is None else url)

    return make


def offer(title: str, edits: tuple[Edit, ...] | None, *, risk: str | None = None) -> tuple[Fix, ...]:
    """A fix as a tuple of one, or of none if there are no edits; `risk` is why it is unsafe, None if it is safe."""
    return (Fix(title, edits, safe=risk is None, reason=risk),) if edits else ()
