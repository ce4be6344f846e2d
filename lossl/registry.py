"""All rules there are: those in `lossl.rules`, and those of other packages. Nobody imports a rule by name."""

from __future__ import annotations

import importlib
import importlib.metadata
import pkgutil
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from types import ModuleType

from lossl.errors import Failure
from lossl.meaning.losscall import LossCall
from lossl.meaning.need import NeedKind, Objection
from lossl.rule import URL, Rule

GROUP = "lossl.rules"
"""Of entry points that name modules with rules, or packages whose modules are all read."""


class Clash(ValueError):
    """Two rules claim the same code, name, or pair of need and objection."""


@dataclass(frozen=True)
class Registry:
    """The rules, ordered by code, and the packages whose rules could not be had."""

    rules: tuple[Rule, ...]
    failures: tuple[Failure, ...] = ()


@lru_cache(maxsize=1)
def registry() -> Registry:
    """Everything that could be loaded. Raises Clash if two rules of lossl's own claim the same."""
    rules = list(_in(importlib.import_module("lossl.rules")))
    _refuse_clashes(rules)
    failures = []
    for entry in sorted(importlib.metadata.entry_points(group=GROUP), key=lambda entry: (entry.value, entry.name)):
        package = entry.dist.name if entry.dist is not None else entry.value
        try:
            added = [_foreign(rule, package) for rule in _in(entry.load())]
            _refuse_clashes([*rules, *added])
        except Exception as error:
            # Whatever is wrong with somebody's package must not silence the rules of others.
            what = f"the rule package {package} cannot be used: {type(error).__name__}: {error}"
            failures.append(Failure("", what, traceback.format_exc()))
            continue
        rules += added
    return Registry(tuple(sorted(rules, key=lambda rule: rule.code)), tuple(failures))


def all_rules() -> tuple[Rule, ...]:
    """Every rule there is, ordered by code."""
    return registry().rules


def rule_for(need: NeedKind, found: Objection) -> Rule | None:
    """The one rule that speaks of this objection, or None if no rule does."""
    return _by_pair().get((need, found))


@lru_cache(maxsize=1)
def rules_on_calls() -> tuple[Rule, ...]:
    """The rules that look at every loss call, whether something is wrong with it or not."""
    return tuple(rule for rule in all_rules() if rule.on is LossCall)


@lru_cache(maxsize=1)
def _by_pair() -> dict[tuple[NeedKind, Objection], Rule]:
    return {(need, found): rule for rule in all_rules() for need in rule.needs for found in rule.found}


def _in(module: ModuleType) -> Iterator[Rule]:
    """The rules of a module, and of the modules in it if it is a package."""
    if not isinstance(module, ModuleType):
        raise TypeError(f"its entry point names {module!r}, which is no module")
    inner = pkgutil.iter_modules(module.__path__) if hasattr(module, "__path__") else ()
    modules = [module, *(importlib.import_module(f"{module.__name__}.{found.name}") for found in inner)]
    found = {id(thing): thing for each in modules for thing in vars(each).values() if isinstance(thing, Rule)}
    yield from found.values()


def _foreign(rule: Rule, package: str) -> Rule:
    """A rule of another package: what lossl's website has to say is not about it."""
    return replace(rule, package=package, url="" if rule.url.startswith(URL) else rule.url)


def _refuse_clashes(rules: Iterable[Rule]) -> None:
    seen: dict[object, Rule] = {}
    for candidate in rules:
        pairs = [(need, found) for need in candidate.needs for found in candidate.found]
        for key in (candidate.code, candidate.name, *pairs):
            if key in seen:
                raise Clash(f"{candidate!r} and {seen[key]!r} both claim {key}")
            seen[key] = candidate
