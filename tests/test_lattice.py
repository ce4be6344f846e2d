"""The laws that fixpoints rest on: values are a join semilattice, conditions a conjunction of tests."""

from __future__ import annotations

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from lossl.meaning.condition import ALWAYS, Condition, Truth
from lossl.meaning.condition import Test as Literal
from lossl.meaning.meaning import Meaning
from lossl.meaning.thing import Constant, Tensor, Thing, Unknown
from lossl.meaning.value import MOST_BINDINGS, NOTHING, Binding, Certainty, Value

CHOICES: dict[str, tuple[object, ...]] = {
    "training": (True, False),
    "args.loss": ("bce", "ce", ""),
    "flag": (True, False),
}
"""Every unknown value of these tests, and what it can be."""
WORLDS = [dict(zip(CHOICES, values, strict=True)) for values in product(*CHOICES.values())]
"""Every way a run can turn out."""


def literal(subject: str, value: object, holds: bool = True) -> Literal:
    """A test that can be read when it fails."""
    return Literal(subject, value, holds, f"{subject} == {value!r}")


atoms: st.SearchStrategy[tuple[str, object]] = st.sampled_from(
    [(subject, value) for subject, values in CHOICES.items() for value in (*values, Truth.TRUE) if value is not False]
)
tests = st.builds(lambda atom, holds: literal(atom[0], atom[1], holds), atoms, st.booleans())
conditions = st.frozensets(tests, max_size=3).map(Condition).filter(lambda condition: condition.possible)
things: st.SearchStrategy[Thing] = st.sampled_from([
    Tensor(Meaning.LOGITS),
    Tensor(Meaning.PROBABILITY),
    Tensor(Meaning.DISTRIBUTION, axis=1),
    Constant(1),
    Constant(True),
    Unknown("a parameter", "x"),
    Unknown("an argument", "x"),
])  # fmt: skip
alike = st.builds(Binding, st.just(Tensor(Meaning.LOGITS)), conditions)
values = st.one_of(
    st.lists(st.builds(Binding, things, conditions), max_size=4).map(Value.of),
    st.lists(alike, max_size=3).map(Value.of),  # so that bindings are merged often
)


@st.composite
def wider(draw: st.DrawFn, *parts: Value) -> Value:
    """A value that covers all of these: their bindings under weaker conditions, and others."""
    weaker = []
    for binding in (binding for part in parts for binding in part):
        kept = frozenset(test for test in binding.condition.tests if draw(st.booleans()))
        weaker.append(Binding(binding.thing, Condition(kept)))
    return Value.of([*weaker, *draw(values)])


def holds(condition: Condition, world: dict[str, object]) -> bool:
    """Whether a condition is true in a run."""
    return all(_answer(test, world[str(test.subject)]) is test.holds for test in condition.tests)


def _answer(test: Literal, value: object) -> bool:
    return bool(value) if test.equals is Truth.TRUE else value == test.equals


def possible(value: Value) -> list[set[Thing]]:
    """What a value may be in every run: its meaning, however it is written."""
    return [{binding.thing for binding in value if holds(binding.condition, world)} for world in WORLDS]


@given(values, values)
def test_join_is_commutative(a: Value, b: Value) -> None:
    assert a.join(b) == b.join(a)


@given(values, values, values)
def test_join_is_associative(a: Value, b: Value, c: Value) -> None:
    assert a.join(b).join(c) == a.join(b.join(c))


@given(values)
def test_join_is_idempotent(a: Value) -> None:
    assert a.join(a) == a
    assert a.join(Value(tuple(reversed(a.bindings)))) == a


@given(values)
def test_nothing_is_the_least(a: Value) -> None:
    assert NOTHING.leq(a)
    assert a.join(NOTHING) == a == NOTHING.join(a)


@given(values, values)
def test_join_means_either(a: Value, b: Value) -> None:
    """However bindings are merged, no possibility is lost and none is invented."""
    assert possible(a.join(b)) == [left | right for left, right in zip(possible(a), possible(b), strict=True)]


@given(values, values)
def test_join_is_an_upper_bound(a: Value, b: Value) -> None:
    assert a.leq(a.join(b))
    assert b.leq(a.join(b))


@given(st.data(), values, values)
def test_join_is_the_least_upper_bound(data: st.DataObject, a: Value, b: Value) -> None:
    c = data.draw(wider(a, b))
    assert a.leq(c)
    assert b.leq(c)
    assert a.join(b).leq(c)


@given(values)
def test_leq_is_reflexive(a: Value) -> None:
    assert a.leq(a)


@given(st.data(), values)
def test_leq_is_antisymmetric(data: st.DataObject, a: Value) -> None:
    b = data.draw(st.one_of(wider(a), st.permutations(a.bindings).map(Value.of)))
    assert (a.leq(b) and b.leq(a)) == (a == b)


@given(st.data(), values)
def test_leq_is_transitive(data: st.DataObject, a: Value) -> None:
    b = data.draw(wider(a))
    c = data.draw(wider(b))
    assert a.leq(b)
    assert b.leq(c)
    assert a.leq(c)


@given(values, values)
def test_leq_means_included(a: Value, b: Value) -> None:
    if a.leq(b):
        assert all(left <= right for left, right in zip(possible(a), possible(b), strict=True))


@given(values, conditions)
def test_a_condition_only_narrows(a: Value, condition: Condition) -> None:
    narrowed = possible(a.under(condition))
    for world, before, after in zip(WORLDS, possible(a), narrowed, strict=True):
        assert after == (before if holds(condition, world) else set())
    assert a.under(condition).leq(a)


@given(values, conditions)
def test_where_keeps_what_can_hold(a: Value, condition: Condition) -> None:
    kept = a.where(condition)
    assert set(kept) <= set(a)
    for world, before, after in zip(WORLDS, possible(a), possible(kept), strict=True):
        assert after == before or not holds(condition, world)


@given(values)
def test_certainty_counts_bindings(a: Value) -> None:
    found = a.certainly(lambda thing: isinstance(thing, Tensor))
    count = sum(isinstance(binding.thing, Tensor) for binding in a)
    assert (found is Certainty.YES) == (0 < count == len(a.bindings))
    assert (found is Certainty.NO) == (count == 0)


def alone(test: Literal) -> Condition:
    """The condition that this one test holds."""
    return Condition(frozenset({test}))


@given(tests)
def test_negation_is_an_involution(test: Literal) -> None:
    assert test.negated().negated() == test
    assert alone(test).excludes(alone(test.negated()))
    assert not alone(test).excludes(alone(test))


@given(tests, tests)
def test_tests_that_exclude_each_other_never_hold_together(a: Literal, b: Literal) -> None:
    together = any(holds(Condition(frozenset({a, b})), world) for world in WORLDS)
    assert alone(a).excludes(alone(b)) == alone(b).excludes(alone(a))
    if alone(a).excludes(alone(b)):
        assert not together


def test_what_is_true_may_be_equal_to_a_word() -> None:
    word, empty = (alone(literal("args.loss", value)) for value in ("bce", ""))
    true = literal("args.loss", Truth.TRUE)
    assert not word.excludes(alone(true))
    assert word.excludes(alone(true.negated()))
    assert empty.excludes(alone(true))
    assert not empty.excludes(alone(true.negated()))
    assert (word & alone(true)).possible
    assert not (empty & alone(true)).possible


@given(conditions, conditions, conditions)
def test_conjunction_laws(a: Condition, b: Condition, c: Condition) -> None:
    assert a & b == b & a
    assert (a & b) & c == a & (b & c)
    assert a & a == a
    assert a & ALWAYS == a == ALWAYS & a


@given(conditions, conditions)
def test_exclusion_is_symmetric_and_kept_by_strengthening(a: Condition, b: Condition) -> None:
    assert a.excludes(b) == b.excludes(a)
    assert not ALWAYS.excludes(a)
    if a.excludes(b):
        assert not any(holds(a & b, world) for world in WORLDS)
    for test in b.tests:
        if a.excludes(Condition(frozenset({test}))):
            assert a.excludes(b)


@given(st.lists(st.builds(Binding, things, conditions), min_size=14, max_size=40))
@settings(max_examples=50)
def test_too_many_possibilities_absorb_everything(bindings: list[Binding]) -> None:
    """A value never grows without end, and what was given up stays given up."""
    many = Value.of(bindings)
    one = Value.of(bindings[:1])
    assert len(many.bindings) <= MOST_BINDINGS
    assert one.leq(many.join(one))
    assert many.leq(many.join(one))


A, B = literal("training", True), literal("flag", True)


def logits(*tests: Literal) -> Value:
    """Logits, if all these tests hold."""
    return Value((Binding(Tensor(Meaning.LOGITS), Condition(frozenset(tests))),))


def test_opposites_merge() -> None:
    assert logits(A).join(logits(A.negated())) == logits()
    assert logits(A, B).join(logits(A.negated(), B)) == logits(B)


def test_what_was_merged_absorbs_the_rest() -> None:
    assert logits(A).join(logits(B)).join(logits(A.negated())) == logits()


def test_the_order_of_merging_does_not_matter() -> None:
    both, first, second = logits(A, B), logits(A, B.negated()), logits(A.negated(), B)
    assert both.join(first).join(second) == both.join(second).join(first)


def test_many_conditions_end() -> None:
    """A sum of two values with ten conditions each: its prime implicants are too many to be found."""
    tests = [Literal(f"s{number}", True, holds) for number in range(24) for holds in (True, False)]
    conditions = [Condition(frozenset({tests[(7 * n + 3 * k) % 48] for k in range(5)})) for n in range(150)]
    value = Value.of(Binding(Constant(1), condition) for condition in conditions if condition.possible)
    assert len(value.bindings) <= MOST_BINDINGS
