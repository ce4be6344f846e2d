"""When a binding holds: a conjunction of tests on values nobody knows before the program runs."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass


@dataclass(frozen=True)
class Test:
    """A symbol compared with a constant; truthiness is a comparison with `True`.

    `subject` names the unknown value (equal subjects are equal values), `text` is the test as the user wrote it,
    `chosen` tells whether a person decides it (an option, an attribute of a configuration) rather than the data.
    """

    subject: Hashable
    equals: Hashable
    holds: bool
    text: str = ""
    chosen: bool = True
    mode: bool = False

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Test) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)

    @property
    def key(self) -> tuple[Hashable, Hashable, bool]:
        """What makes two tests the same, whatever they look like."""
        return (self.subject, (type(self.equals).__name__, self.equals), self.holds)

    def __repr__(self) -> str:
        return self.text if self.holds else f"not ({self.text})"

    def negated(self) -> Test:
        """The opposite test."""
        return Test(self.subject, self.equals, not self.holds, self.text, self.chosen, self.mode)

    def excludes(self, other: Test) -> bool:
        """True if both cannot hold together: opposite outcomes, or one value equal to two different constants."""
        if self.subject != other.subject:
            return False
        same = self.key[1] == other.key[1]
        if same:
            return self.holds != other.holds
        return self.holds and other.holds


@dataclass(frozen=True)
class Condition:
    """All of `tests` hold; no tests means always.

    Weakening a condition (dropping tests) is always allowed: it then holds at least as often.
    """

    tests: frozenset[Test] = frozenset()

    def __repr__(self) -> str:
        return " and ".join(sorted(map(repr, self.tests))) or "always"

    def __and__(self, other: Condition) -> Condition:
        if not other.tests or other is self:
            return self
        if not self.tests:
            return other
        return Condition(self.tests | other.tests)

    def with_test(self, test: Test) -> Condition:
        """This condition and one test more."""
        return Condition(self.tests | {test})

    def excludes(self, other: Condition) -> bool:
        """True if both cannot hold together. Symmetric."""
        return any(mine.excludes(yours) for mine in self.tests for yours in other.tests)

    @property
    def possible(self) -> bool:
        """False if two of its own tests exclude each other."""
        return not self.excludes(self)


ALWAYS = Condition()
