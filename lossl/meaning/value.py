"""Values: small sets of bindings, joined where paths meet.

A thing is what a name may hold, a binding is a thing that holds under a condition, a value is all the bindings.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum

from lossl.meaning.condition import ALWAYS, Condition, Test
from lossl.meaning.thing import Constant, Thing, Unknown
from lossl.meaning.trail import Step, Trail

MOST_BINDINGS = 20
"""More possibilities than this become one unknown; a count, so that results never depend on the machine."""

MOST_IMPLICANTS = 300
"""Conditions looked at for one thing: there can be exponentially many that no other implies."""

TOO_MANY = Unknown("there are too many possibilities", "too many")
"""The top of the lattice: joined with anything it stays what it is."""


class Certainty(Enum):
    """Whether something holds on every path, on some, or on none."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"


@dataclass(frozen=True)
class Binding:
    """A thing that holds if a condition holds. The trail is not compared: it explains, it does not distinguish."""

    thing: Thing
    condition: Condition = ALWAYS
    trail: Trail | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        return repr(self.thing) + (f" if {self.condition!r}" if self.condition.tests else "")

    def under(self, condition: Condition) -> Binding:
        """The same thing, held also under `condition`."""
        return self if not condition.tests else Binding(self.thing, self.condition & condition, self.trail)

    def with_step(self, step: Step) -> Binding:
        """The same thing, one station further, if it is on a trail at all. One place makes one station."""
        if self.trail is None or any(known.place == step.place for known in self.trail.steps()):
            return self
        return Binding(self.thing, self.condition, Trail(step, self.trail))


@dataclass(frozen=True)
class Value:
    """A set of bindings in a stable order; empty means the code cannot get here.

    `join` is commutative, associative and idempotent up to the order of bindings; `leq` is its partial order:
    `a.leq(b)` if and only if every binding of `a` is implied by one of `b`.
    """

    bindings: tuple[Binding, ...] = ()

    def __repr__(self) -> str:
        return " | ".join(dict.fromkeys(map(repr, self.bindings))) or "nothing"

    def __iter__(self) -> Iterator[Binding]:
        return iter(self.bindings)

    def __eq__(self, other: object) -> bool:
        if self is other:
            return True
        if not isinstance(other, Value) or len(self.bindings) != len(other.bindings):
            return False
        return self.bindings == other.bindings or frozenset(self.bindings) == frozenset(other.bindings)

    def __hash__(self) -> int:
        known = self.__dict__.get("_hash")
        if known is None:  # values are compared again and again, and hold values
            known = hash(frozenset(self.bindings))
            object.__setattr__(self, "_hash", known)
        return int(known)

    @property
    def only(self) -> Thing | None:
        """The one thing this certainly is, or None."""
        if len(self.bindings) == 1:
            return self.bindings[0].thing
        things = {binding.thing for binding in self.bindings}
        return self.bindings[0].thing if len(things) == 1 else None

    def join(self, other: Value) -> Value:
        """All bindings of both. A binding that holds always absorbs the same thing under a condition."""
        if other is self or not other.bindings:
            return self
        if not self.bindings:
            return other
        return Value.of(self.bindings + other.bindings)

    def leq(self, other: Value) -> bool:
        """True if `other` covers this: each binding has there the same thing under a condition at least as weak."""
        return any(yours.thing == TOO_MANY for yours in other) or all(
            any(mine.thing == yours.thing and yours.condition.tests <= mine.condition.tests for yours in other)
            for mine in self.bindings
        )

    def under(self, condition: Condition) -> Value:
        """This value where `condition` holds as well; bindings that cannot hold together with it fall away."""
        if not condition.tests:
            return self
        return Value(tuple(b.under(condition) for b in self.bindings if not b.condition.excludes(condition)))

    def where(self, condition: Condition) -> Value:
        """The bindings that can hold under `condition`, unchanged."""
        if not condition.tests or not any(b.condition.tests for b in self.bindings):
            return self
        return Value(tuple(b for b in self.bindings if not b.condition.excludes(condition)))

    def with_step(self, step: Step) -> Value:
        """Every binding one station further."""
        return Value(tuple(binding.with_step(step) for binding in self.bindings))

    def whenever(self, lasting: Callable[[Test], bool]) -> Value:
        """This value without the tests that do not last: it then holds whatever they say."""
        if all(lasting(test) for b in self.bindings for test in b.condition.tests):
            return self
        return Value.of(
            Binding(b.thing, Condition(frozenset(filter(lasting, b.condition.tests))), b.trail) for b in self.bindings
        )

    def usable(self) -> Value:
        """The bindings that an operation can act on: on None it raises, and nothing goes on from there."""
        if len(self.bindings) < 2:
            return self
        kept = tuple(b for b in self.bindings if not (isinstance(b.thing, Constant) and b.thing.value is None))
        return Value(kept) if 0 < len(kept) < len(self.bindings) else self

    def certainly(self, holds: Callable[[Thing], bool]) -> Certainty:
        """Whether `holds` is true of every thing, of some, or of none."""
        outcomes = {holds(binding.thing) for binding in self.bindings}
        if outcomes == {True}:
            return Certainty.YES
        return Certainty.MAYBE if True in outcomes else Certainty.NO

    @staticmethod
    def of(bindings: Iterable[Binding]) -> Value:
        """A value of these bindings in its shortest form; too many become unknown."""
        kept = _shortest(list(bindings))
        if len(kept) > MOST_BINDINGS or any(k.thing == TOO_MANY for k in kept):
            return one(TOO_MANY)
        return Value(tuple(kept))


def _shortest(waiting: list[Binding]) -> list[Binding]:
    """Bindings that no other implies, with all that follow from two opposite ones (`x if c`, `x if not c` is `x`).

    This is the unique normal form of a disjunction (Quine's prime implicants), so the order of joining does not matter.
    """
    groups: dict[Thing, list[Binding]] = {}
    for binding in waiting:
        groups.setdefault(binding.thing, []).append(binding)
    if len(groups) == len(waiting):
        return waiting
    return [binding for group in groups.values() for binding in (_prime(group) if len(group) > 1 else group)]


def _prime(waiting: list[Binding]) -> list[Binding]:
    """The shortest form of bindings of one thing; too many where it takes too long to find."""
    kept: list[Binding] = []
    for _ in range(MOST_IMPLICANTS):
        if not waiting:
            return kept
        new = waiting.pop(0)
        if any(k.condition.tests <= new.condition.tests for k in kept):
            continue
        kept = [k for k in kept if not new.condition.tests <= k.condition.tests]
        waiting += [both for k in kept if (both := _consensus(k, new)) is not None]
        kept.append(new)
    return [Binding(TOO_MANY)]


def _consensus(first: Binding, second: Binding) -> Binding | None:
    """What holds if either holds, whatever the one test says in which they are opposed; None if there is no such."""
    if not first.condition.tests or not second.condition.tests:
        return None
    opposed = first.condition.opposites & second.condition.tests
    if len(opposed) != 1:
        return None
    (test,) = opposed
    rest = (first.condition.tests | second.condition.tests) - {test, test.negated()}
    condition = Condition(rest)
    return Binding(first.thing, condition, first.trail) if condition.possible else None


def one(thing: Thing, trail: Trail | None = None) -> Value:
    """A value that is certainly this thing."""
    return Value((Binding(thing, ALWAYS, trail),))


def unknown(reason: str, symbol: object = None, *, chosen: bool = False) -> Value:
    """A value nobody can know, and why."""
    return one(Unknown(reason, symbol, chosen))


NOTHING = Value()


def joined(values: Iterable[Value]) -> Value:
    """Any of these values, NOTHING if there are none."""
    result = NOTHING
    for value in values:
        result = result.join(value)
    return result
