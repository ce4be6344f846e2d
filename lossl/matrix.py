"""Which rule speaks of what: each need against everything that may be found where it is stated."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from lossl.meaning.meaning import Meaning
from lossl.meaning.need import Flaw, Need, NeedKind, Objection
from lossl.meaning.thing import Tensor
from lossl.rule import Rule

OBJECTIONS: tuple[Objection, ...] = (*Meaning, *Flaw)


@dataclass(frozen=True)
class Cell:
    """What happens to a pair: `rules` speak of it; if none does, it is `right`, or nothing is known against it.

    `wrong` is true of what contradicts the need.
    """

    need: NeedKind
    found: Objection
    rules: tuple[Rule, ...] = ()
    right: bool = False
    wrong: bool = False


def matrix(rules: Iterable[Rule]) -> tuple[Cell, ...]:
    """Every pair, by need."""
    known = tuple(rules)
    return tuple(_cell(need, found, known) for need in NeedKind for found in OBJECTIONS)


def _cell(need: NeedKind, found: Objection, rules: tuple[Rule, ...]) -> Cell:
    speaking = tuple(rule for rule in rules if need in rule.needs and found in rule.found)
    if isinstance(found, Flaw):
        return Cell(need, found, speaking)
    stated = Need(need)
    objected = stated.objection(Tensor(found)) is not None  # a rule may claim more than ever comes up
    return Cell(need, found, speaking if objected else (), stated.accepts(found), stated.contradicts(found))
