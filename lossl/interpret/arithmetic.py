"""Operators between expressions: arithmetic, comparison, `and`, `or`, `not`, `x if c else y`."""

from __future__ import annotations

from typing import Any

from lossl.interpret.arguments import Arguments
from lossl.interpret.conditions import test, truth
from lossl.interpret.containers import as_sequence, content, joined_sequences, make_box
from lossl.interpret.flow import read, taken, tensors
from lossl.interpret.losses import is_threshold, note_comparison
from lossl.interpret.machine import MOST_UNROLLED, Machine, evaluates
from lossl.interpret.minimized import formula, likelihood, note_source
from lossl.interpret.objects import bound, class_attribute
from lossl.interpret.operators import LOST, binary, is_affine, negated
from lossl.meaning.meaning import Meaning
from lossl.meaning.thing import (
    Class,
    Constant,
    Function,
    Instance,
    Mapping,
    Sequence,
    Tensor,
    Unknown,
)
from lossl.meaning.trail import Form, Origin, Step, Trail
from lossl.meaning.value import NOTHING, Binding, Value, one, unknown

LONGEST = 60
"""Characters of an expression that are quoted."""


@evaluates("BinaryOperation")
def _binary(machine: Machine, node: Any) -> Value:
    left, right = machine.evaluate(node.left), machine.evaluate(node.right)
    name = type(node.operator).__name__
    overloaded = _overloaded(machine, node, name, left, right)
    if overloaded is not None:
        return overloaded
    first, second = content(machine, left.only), content(machine, right.only)
    if name == "Add" and isinstance(first, Sequence) and isinstance(second, Sequence):
        joined = joined_sequences(first, second)
        return make_box(machine, node, "list", joined) if left.only is not first else one(joined)
    if name == "BitOr" and isinstance(first, Mapping) and isinstance(second, Mapping):
        return make_box(machine, node, "dict", merged(first, second))
    if name == "Multiply" and isinstance(first, Sequence):
        return _repeated(machine, node, first, right)
    place = machine.place(node)
    if name == "MatrixMultiply" and is_affine(left, right):
        for operand in (left, right):
            read(machine, operand, place, "is part of a matrix product")
        origin = Origin(place, Form.OPERATOR, "@", place, None, machine.frame.code)
        return one(Tensor(Meaning.LOGITS, origin=origin), Trail(Step(place, "becomes logits")))
    result = binary(name, left, right, ("operation", id(node)))
    for operand in (left, right):
        kept = {t.origin for t in tensors(machine, result) if t.meaning is Meaning.LOGITS}
        side = machine.place(node.left if operand is left else node.right)
        if not {t.origin for t in tensors(machine, operand)} <= kept:
            read(machine, operand, place, "is part of arithmetic", operand=side)
        result = taken(machine, result, operand, side)
    note_source(machine, node, (left, right))
    _note_lost(machine, node, result)
    loss = formula(machine, place, ((left, right), (right, left))) if name == "Multiply" else None
    return loss if loss is not None else result


def _note_lost(machine: Machine, node: Any, result: Value) -> None:
    """Remember the text of an operation in which a meaning gets lost."""
    symbol = ("operation", id(node))
    unknowns = [binding.thing for binding in result if isinstance(binding.thing, Unknown)]
    if (
        any(u.symbol == symbol and u.reason == LOST.reason for u in unknowns)
        and symbol not in machine.recorder.operations
    ):
        text = machine.text(node)
        machine.recorder.operations[symbol] = text if len(text) < LONGEST else f"{text[: LONGEST - 3]}..."


def merged(first: Mapping, second: Mapping) -> Mapping:
    """`first | second`: keys of the second win."""
    both = dict(first.items) | dict(second.items)
    rest = first.rest if second.rest is None else second.rest if first.rest is None else first.rest.join(second.rest)
    return Mapping(tuple(both.items()), rest)


_SPECIAL = {
    "Add": "__add__",
    "Subtract": "__sub__",
    "Multiply": "__mul__",
    "Divide": "__truediv__",
    "MatrixMultiply": "__matmul__",
    "LeftShift": "__lshift__",
    "RightShift": "__rshift__",
    "BitOr": "__or__",
    "BitAnd": "__and__",
}


def _overloaded(machine: Machine, node: Any, name: str, left: Value, right: Value) -> Value | None:
    """What the method of an object of the user's gives for an operator, None if there is no such method."""
    only = left.only
    if name not in _SPECIAL or not isinstance(only, Instance) or not isinstance(only.cls, Class):
        return None
    method = class_attribute(machine, only.cls, _SPECIAL[name])
    if not isinstance(method, Value) or not isinstance(method.only, Function):
        return None
    return machine.call(bound(machine, method, left), Arguments.of(machine.place(node), right))


def _repeated(machine: Machine, node: Any, sequence: Sequence, count: Value) -> Value:
    times = count.only
    known = times.value if sequence.exact and isinstance(times, Constant) and isinstance(times.value, int) else None
    if known is not None and len(sequence.items) * known <= MOST_UNROLLED:
        return make_box(machine, node, "list", Sequence(sequence.items * known))
    element = NOTHING
    for part in sequence.items:
        element = element.join(part)
    return make_box(machine, node, "list", Sequence((), element))


@evaluates("UnaryOperation")
def _unary(machine: Machine, node: Any) -> Value:
    name = type(node.operator).__name__
    if name == "Not":
        return _truth_value(machine, node)
    value = machine.evaluate(node.expression)
    if name == "Minus":
        operand = machine.place(node.expression)
        read(machine, value, machine.place(node), "is part of arithmetic", operand=operand)
        note_source(machine, node, (value,))
        loss = likelihood(machine, machine.place(node), value)
        return loss if loss is not None else taken(machine, negated(value, ("operation", id(node))), value, operand)
    return value if name == "Plus" else unknown("bits are inverted")


@evaluates("Comparison")
def _comparison(machine: Machine, node: Any) -> Value:
    left, before = machine.evaluate(node.left), node.left
    result: Value | None = None
    for target in node.comparisons:
        right = machine.evaluate(target.comparator)
        operator = type(target.operator).__name__
        if operator not in ("Is", "IsNot", "In", "NotIn"):
            for side, written in ((left, before), (right, target.comparator)):
                read(machine, side, machine.place(node), "is compared", operand=machine.place(written))
        if operator in _ORDERED:
            _note_threshold(machine, node, (node.left, left), (target.comparator, right))
        found = _compared(machine, operator, left, right)
        result = found if result is None or result.only == Constant(True) else result
        left, before = right, target.comparator
    return result if result is not None else unknown("a comparison", ("operation", id(node)))


def _note_threshold(machine: Machine, node: Any, *sides: tuple[Any, Value]) -> None:
    """`x > 0.5`, either way round."""
    for (side, value), (written, other) in (sides, sides[::-1]):
        if is_threshold(other):
            place = machine.place(node)
            note_comparison(machine, place, (machine.place(side), value), (machine.place(written), other))


def _compared(machine: Machine, name: str, left: Value, right: Value) -> Value | None:
    a, b = left.only, right.only
    if isinstance(a, Constant) and isinstance(b, Constant):
        if name in ("Equal", "Is"):
            return one(Constant(bool(a.value == b.value)))
        if name in ("NotEqual", "IsNot"):
            return one(Constant(bool(a.value != b.value)))
        numbers = isinstance(a.value, (int, float)) and isinstance(b.value, (int, float))
        if numbers and name in _ORDERED:
            return one(Constant(_ORDERED[name](a.value, b.value)))
    held = content(machine, b)
    if isinstance(a, Constant) and name in ("In", "NotIn"):
        keys = as_sequence(machine, one(held)) if held is not None else None
        if keys is not None and keys.exact and all(isinstance(i.only, Constant) for i in keys.items):
            inside = any(i.only == a for i in keys.items)
            return one(Constant(inside if name == "In" else not inside))
        if isinstance(b, Constant) and isinstance(b.value, str) and isinstance(a.value, str):
            return one(Constant((a.value in b.value) == (name == "In")))
    if any(isinstance(t, Tensor) for t in (a, b)) and name in _ORDERED:
        return one(Tensor(Meaning.BINARY_LABELS))
    return None


_ORDERED = {
    "LessThan": lambda a, b: a < b,
    "LessThanEqual": lambda a, b: a <= b,
    "GreaterThan": lambda a, b: a > b,
    "GreaterThanEqual": lambda a, b: a >= b,
}


@evaluates("BooleanOperation")
def _boolean(machine: Machine, node: Any) -> Value:
    left = machine.evaluate(node.left)
    outcome = truth(machine, left, node.left)
    stops = type(node.operator).__name__ == "Or"
    if outcome.certain is not None:
        return left if outcome.certain is stops else machine.evaluate(node.right)
    goes_on = outcome.when_false if stops else outcome.when_true
    stays = outcome.when_true if stops else outcome.when_false
    right = machine.under(goes_on, lambda: machine.evaluate(node.right))
    return left.under(stays).join(right.under(goes_on))


def _truth_value(machine: Machine, node: Any) -> Value:
    outcome = test(machine, node)
    if outcome.certain is not None:
        return one(Constant(outcome.certain))
    if outcome.when_true.tests and outcome.when_false.tests:
        yes, no = Binding(Constant(True), outcome.when_true), Binding(Constant(False), outcome.when_false)
        return Value.of((yes, no))
    return unknown("it depends on values nobody knows", ("test", id(node)))


@evaluates("IfExp")
def _if_expression(machine: Machine, node: Any) -> Value:
    outcome = test(machine, node.test)
    if outcome.certain is not None:
        return machine.evaluate(node.body if outcome.certain else node.orelse)
    result = NOTHING
    for condition, part in ((outcome.when_true, node.body), (outcome.when_false, node.orelse)):
        if not machine.path.excludes(condition):
            value = machine.under(condition, lambda part=part: machine.evaluate(part))  # type: ignore[misc]
            result = result.join(value.under(condition))
    return result
