"""Tests of branches: certainly true, certainly false, or true under a condition that can be said and compared."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from lossl.interpret.arguments import Arguments
from lossl.interpret.iterate import iterated
from lossl.interpret.machine import Machine
from lossl.interpret.objects import bound, class_attribute
from lossl.interpret.records import is_member
from lossl.meaning.condition import ALWAYS, Condition, Test, Truth
from lossl.meaning.signature import Routine, StubClass
from lossl.meaning.thing import (
    Bound,
    Box,
    Class,
    Constant,
    Function,
    Instance,
    Mapping,
    Module,
    Partial,
    Sequence,
    Tensor,
    Unknown,
)
from lossl.meaning.value import Binding, Value, joined, one


@dataclass(frozen=True)
class Outcome:
    """`certain` is the result if it is known; otherwise the conditions under which the test holds and does not."""

    certain: bool | None
    when_true: Condition = ALWAYS
    when_false: Condition = ALWAYS

    def negated(self) -> Outcome:
        """The outcome of `not test`."""
        certain = None if self.certain is None else not self.certain
        return Outcome(certain, self.when_false, self.when_true)


TRUE, FALSE = Outcome(True), Outcome(False)


def test(machine: Machine, node: Any) -> Outcome:
    """The outcome of a test expression; its parts are evaluated for their effects."""
    kind = type(node).__name__
    if kind == "UnaryOperation" and type(node.operator).__name__ == "Not":
        return test(machine, node.expression).negated()
    if kind == "BooleanOperation":
        return _combined(machine, node)
    if kind == "Comparison" and len(node.comparisons) == 1:
        return _compared(machine, node)
    return truth(machine, machine.evaluate(node), node)


def truth(machine: Machine, value: Value, node: Any) -> Outcome:
    """Whether a value counts as true; `node` is the expression it comes from."""
    certain = {_truthy(machine, binding) for binding in value}
    if certain == {True}:
        return TRUE
    if certain == {False}:
        return FALSE
    if None not in certain:
        return _by_bindings(machine, value)
    only = value.only
    mode = isinstance(only, Unknown) and only.mode
    symbol = _own_symbol(only, node)
    return _outcome(Test(symbol, Truth.TRUE, True, machine.text(node), _chosen(node, symbol), mode))


def _outcome(found: Test) -> Outcome:
    return Outcome(None, Condition(frozenset({found})), Condition(frozenset({found.negated()})))


def _by_bindings(machine: Machine, value: Value) -> Outcome:
    """Every possibility is true or false by itself: the test holds where the true ones do."""
    true = [b for b in value if _truthy(machine, b)]
    false = [b for b in value if not _truthy(machine, b)]
    return Outcome(
        None,
        true[0].condition if len(true) == 1 else ALWAYS,
        false[0].condition if len(false) == 1 else ALWAYS,
    )


def _truthy(machine: Machine, binding: Binding) -> bool | None:
    thing = binding.thing
    if isinstance(thing, Constant):
        return bool(thing.value)
    if isinstance(thing, (Function, Class, Module, Routine, StubClass, Bound, Partial)):
        return True
    if isinstance(thing, Instance):
        return _object_truthy(machine, thing)
    if isinstance(thing, Box):
        content = machine.state.get((thing.identity, "[]"))
        thing = content.only if content is not None and content.only is not None else thing
    if isinstance(thing, Mapping) and (thing.items or thing.rest is None):
        return bool(thing.items)
    if isinstance(thing, Sequence) and (thing.head or thing.tail or thing.exact):
        return bool(thing.items)
    return None


def _object_truthy(machine: Machine, instance: Instance) -> bool | None:
    """An object is true unless its class counts or judges: then it depends on its elements."""
    judges = [class_attribute(machine, instance.cls, name) for name in ("__bool__", "__len__")]
    judge = next((judge for judge in judges if isinstance(judge, Value) and judge.only is not None), None)
    if judge is None or not isinstance(judge.only, (Routine, Function)):
        return True
    if isinstance(judge.only, Function):
        outcome = machine.call(bound(machine, judge, one(instance)), Arguments(machine.here)).only
        return bool(outcome.value) if isinstance(outcome, Constant) else None
    sequence = iterated(machine, one(instance))
    return bool(sequence.items) if sequence.head or sequence.tail or sequence.exact else None


def _combined(machine: Machine, node: Any) -> Outcome:
    """`a and b`; `a or b` is its mirror image. Later parts are tested under the earlier ones."""
    mirrored = type(node.operator).__name__ == "Or"
    left = test(machine, node.left)
    left = left.negated() if mirrored else left
    if left.certain is False:
        return TRUE if mirrored else FALSE
    before, machine.path = machine.path, machine.path & left.when_true
    right = test(machine, node.right)
    machine.path = before
    right = right.negated() if mirrored else right
    if right.certain is False:
        both = FALSE
    elif left.certain and right.certain:
        both = TRUE
    elif left.certain or right.certain:
        both = right if left.certain else left
    else:
        both = Outcome(None, left.when_true & right.when_true, ALWAYS)
    return both.negated() if mirrored else both


_OPERATORS = {"Equal": True, "Is": True, "NotEqual": False, "IsNot": False}


def _compared(machine: Machine, node: Any) -> Outcome:
    """`x == constant` and its kin; anything else is judged by the value of the whole comparison."""
    target = node.comparisons[0]
    operator = type(target.operator).__name__
    if operator not in _OPERATORS:
        return truth(machine, machine.evaluate(node), node)
    left, right = machine.evaluate(node.left), machine.evaluate(target.comparator)
    if not isinstance(right.only, Constant) and isinstance(left.only, Constant):
        left, right = right, left
    constant = right.only
    if not isinstance(constant, Constant) and _distinct(left) and _distinct(right):
        same = left.only == right.only
        return TRUE if same is _OPERATORS[operator] else FALSE
    if not isinstance(constant, Constant):
        machine.evaluate(node)
        return _outcome(Test(("test", id(node)), True, True, machine.text(node), False))
    outcome = _equals(machine, left, constant, node)
    return outcome if _OPERATORS[operator] else outcome.negated()


def _distinct(value: Value) -> bool:
    """True if it is one thing that is equal to nothing but itself."""
    return isinstance(value.only, (Class, StubClass, Function, Routine, Module)) or is_member(value.only)


def _equals(machine: Machine, value: Value, constant: Constant, node: Any, matched: Any = None) -> Outcome:
    """Whether a value is a constant: tested by `node`, or `matched` is the subject of a pattern that `node` is."""
    results = {_same(binding, constant) for binding in value}
    if results == {True}:
        return TRUE
    if results == {False}:
        return FALSE
    asked, text = node, _positive(machine.text(node))
    if matched is not None:
        asked, text = matched, f"{machine.text(matched)} == {machine.text(node)}"
    symbol = _symbol(value, node)
    outcome = _outcome(Test(symbol, constant.value, True, text, _chosen(asked, symbol)))
    if None in results:
        return outcome
    true = [b for b in value if _same(b, constant)]
    false = [b for b in value if not _same(b, constant)]
    return Outcome(None, _where(true, false, outcome.when_true), _where(false, true, outcome.when_false))


def _symbol(value: Value, node: Any) -> Hashable:
    """What names a value in tests: equal values have equal names, if it is known what they depend on."""
    unknown = [b.thing for b in value if isinstance(b.thing, Unknown)]
    if value.only is not None or not unknown or any(thing.symbol is None for thing in unknown):
        return _own_symbol(value.only, node)
    return ("value", value)


def _own_symbol(thing: object, node: Any) -> Hashable:
    """The symbol of an unknown thing, or one for this very test."""
    return thing.symbol if isinstance(thing, Unknown) and thing.symbol is not None else ("test", id(node))


def _where(these: list[Binding], others: list[Binding], otherwise: Condition) -> Condition:
    """When a value is one of these: under their condition if it is one, else where none of the others holds."""
    if len(these) == 1:
        return these[0].condition
    if all(len(other.condition.tests) == 1 for other in others):
        return Condition(frozenset(test.negated() for other in others for test in other.condition.tests))
    return otherwise


def _positive(text: str) -> str:
    """The text of the test that holds: conditions negate by themselves."""
    return text.replace(" is not ", " is ").replace("!=", "==")


def _same(binding: Binding, constant: Constant) -> bool | None:
    thing = binding.thing
    if isinstance(thing, Constant):
        return bool(thing.value == constant.value)
    if isinstance(thing, Unknown):
        return None
    return False if constant.value is None or not isinstance(thing, Tensor) else None


_SIMPLE = {"Name", "Attribute", "Subscript"}
_LITERAL = {"SimpleString", "Integer", "Float", "Name", "List", "Tuple", "Set"}
_DATA = {"iter", "item", "loop"}


def _chosen(node: Any, symbol: Any) -> bool:
    """True if a person decides this test: an option compared with a literal, not a value that comes from the data."""
    kind = type(node).__name__
    if kind == "Comparison":
        target = node.comparisons[0]
        written = _SIMPLE | {"Call"}
        simple = type(node.left).__name__ in _SIMPLE and type(target.comparator).__name__ in _LITERAL
        mirrored = type(node.left).__name__ in _LITERAL and type(target.comparator).__name__ in written
        return (simple or mirrored) and not _from_data(symbol)
    if kind == "UnaryOperation":
        return _chosen(node.expression, symbol)
    return kind in _SIMPLE and not _from_data(symbol)


def _from_data(symbol: Any) -> bool:
    if isinstance(symbol, tuple) and symbol and symbol[0] == "value":
        return any(_from_data(b.thing.symbol) for b in symbol[1] if isinstance(b.thing, Unknown))
    while isinstance(symbol, tuple) and symbol:
        if symbol[0] in _DATA or symbol[0] == "param":
            return True
        symbol = symbol[1] if len(symbol) > 1 else None
    return False


def looked_up_by(machine: Machine, held: Mapping, key: Unknown, node: Any) -> Value:
    """What a dict may hold under a key that nobody knows: each value where the key is its own.

    What several keys share is held where the key is none of those with a value of their own.
    """
    symbol, text = _own_symbol(key, node), machine.text(node)
    chosen = _chosen(node, symbol)
    tests: dict[Value, list[Test]] = {}
    for name, value in held.items:
        tests.setdefault(value, []).append(Test(symbol, name, True, f"{text} == {name!r}", chosen, picked=True))
    single = [each[0] for each in tests.values() if len(each) == 1]
    shared = Condition(frozenset(test.negated() for test in single))
    result = joined(
        value.under(Condition(frozenset(each)) if len(each) == 1 else shared) for value, each in tests.items()
    )
    return result.join(held.rest) if held.rest is not None else result


def matches(machine: Machine, subject: Value, case: Any, written: Any) -> Outcome:
    """Whether a `case` matches: literal patterns are compared, a bare name or `_` always matches."""
    outcome = _pattern(machine, subject, case.pattern, written)
    if case.guard is None or outcome.certain is False:
        return outcome
    guard = test(machine, case.guard)
    if guard.certain is not None:
        return outcome if guard.certain else FALSE
    return Outcome(None, outcome.when_true & guard.when_true, ALWAYS)


def _pattern(machine: Machine, subject: Value, pattern: Any, written: Any) -> Outcome:
    kind = type(pattern).__name__
    if kind == "MatchAs" and pattern.pattern is None:
        return TRUE
    if kind in ("MatchValue", "MatchSingleton"):
        constant = machine.evaluate(pattern.value).only
        if isinstance(constant, Constant):
            return _equals(machine, subject, constant, pattern.value, written)
    if kind == "MatchOr":
        parts = [_pattern(machine, subject, part.pattern, written) for part in pattern.patterns]
        open_ = [part for part in parts if part.certain is not False]
        if len(open_) < 2 or any(part.certain for part in open_):
            return FALSE if not open_ else TRUE if any(part.certain for part in open_) else open_[0]
        none = ALWAYS
        for part in open_:
            none = none & part.when_false
        return Outcome(None, _outcome(Test(("test", id(pattern)), True, True, "", False)).when_true, none)
    found = Test(("test", id(pattern)), True, True, f"case {machine.text(pattern)}", False)
    return Outcome(None, Condition(frozenset({found})), ALWAYS)
