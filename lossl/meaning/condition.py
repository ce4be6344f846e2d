"""When a binding holds: a conjunction of tests on values nobody knows before the program runs."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from enum import Enum


class Truth(Enum):
    """What a subject is compared with where its truth is tested: `if x`. It is no constant: `"a"` is true, too."""

    TRUE = "true"


@dataclass(frozen=True, eq=False)
class Test:
    """A symbol compared with a constant, or with `Truth.TRUE` where it is tested for being true.

    `subject` names the unknown value (equal subjects are equal values), `text` is the test as the user wrote it,
    `chosen` tells whether a person decides it (an option, an attribute of a configuration) rather than the data,
    `mode` whether it asks if the model trains or predicts, `picked` whether nobody asks it: something is looked up by
    the subject. Tests of one subject, constant and outcome are equal.
    """

    subject: Hashable
    equals: Hashable
    holds: bool
    text: str = ""
    chosen: bool = True
    mode: bool = False
    picked: bool = False
    key: tuple[Hashable, Hashable, bool] = field(init=False)
    """What makes two tests the same, whatever they look like."""
    _hash: int = field(init=False)
    _negated: Test | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        # Tests are compared again and again: what they are compared by is made once. A cached property takes a lock.
        key = (self.subject, (type(self.equals).__name__, self.equals), self.holds)
        object.__setattr__(self, "key", key)
        object.__setattr__(self, "_hash", hash(key))

    def __eq__(self, other: object) -> bool:
        return self is other or (isinstance(other, Test) and self._hash == other._hash and self.key == other.key)

    def __hash__(self) -> int:
        return self._hash

    def __repr__(self) -> str:
        return self.text if self.holds else f"not ({self.text})"

    def negated(self) -> Test:
        """The opposite test."""
        if self._negated is None:
            opposite = Test(self.subject, self.equals, not self.holds, self.text, self.chosen, self.mode, self.picked)
            object.__setattr__(opposite, "_negated", self)
            object.__setattr__(self, "_negated", opposite)
            return opposite
        return self._negated


@dataclass(frozen=True)
class Condition:
    """All of `tests` hold; no tests means always.

    Weakening a condition (dropping tests) is always allowed: it then holds at least as often.
    """

    tests: frozenset[Test] = frozenset()

    _opposites: frozenset[Test] | None = field(init=False, default=None, compare=False)
    _constants: dict[Hashable, tuple[str, Hashable]] | None = field(init=False, default=None, compare=False)
    _truths: dict[Hashable, bool] | None = field(init=False, default=None, compare=False)

    @property
    def opposites(self) -> frozenset[Test]:
        """What none of the tests allows: the opposite of each."""
        if self._opposites is None:
            found = frozenset(test.negated() for test in self.tests)
            object.__setattr__(self, "_opposites", found)
            return found
        return self._opposites

    @property
    def constants(self) -> dict[Hashable, tuple[str, Hashable]]:
        """What the subjects are equal to, as far as tests say it: each constant behind the name of its type."""
        if self._constants is None:
            compared = [test for test in self.tests if test.holds and test.equals is not Truth.TRUE]
            found = {test.subject: (type(test.equals).__name__, test.equals) for test in compared}
            object.__setattr__(self, "_constants", found)
            return found
        return self._constants

    @property
    def truths(self) -> dict[Hashable, bool]:
        """Which subjects are true and which are not, as far as tests say it."""
        if self._truths is None:
            found = {test.subject: test.holds for test in self.tests if test.equals is Truth.TRUE}
            object.__setattr__(self, "_truths", found)
            return found
        return self._truths

    def __repr__(self) -> str:
        said = [test for test in self.tests if test.holds or test.subject not in self.constants]
        return " and ".join(sorted(map(repr, said))) or "always"

    def __and__(self, other: Condition) -> Condition:
        if not other.tests or other is self:
            return self
        if not self.tests:
            return other
        return Condition(self.tests | other.tests)

    def excludes(self, other: Condition) -> bool:
        """True if both cannot hold together. Symmetric.

        They cannot if a test of one is opposite to one of the other, if a subject is equal to different constants, or
        to one that is true although it is false, or the other way round.
        """
        if not self.tests or not other.tests:
            return False
        if not self.opposites.isdisjoint(other.tests):
            return True
        mine, theirs = self.constants, other.constants
        if not mine.keys().isdisjoint(theirs) and any(theirs.get(each, mine[each]) != mine[each] for each in mine):
            return True
        return self._denies(other) or other._denies(self)

    def _denies(self, other: Condition) -> bool:
        """True if a subject is true here and equal to a constant there that is not, or the other way round."""
        truths, constants = self.truths, other.constants
        return any(bool(constants[each][1]) is not truths[each] for each in truths.keys() & constants.keys())

    @property
    def possible(self) -> bool:
        """False if two of its own tests exclude each other."""
        subjects = [test.subject for test in self.tests if test.holds and test.equals is not Truth.TRUE]
        return len(subjects) == len(self.constants) and not self.excludes(self)


ALWAYS = Condition()
