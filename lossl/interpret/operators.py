"""Arithmetic, comparison and indexing: what they make of meanings and of constants. Knows no names and no calls."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from lossl.meaning.meaning import ACTIVATED, COMPLEMENT, PART_OF_CLASSES, Meaning
from lossl.meaning.thing import Constant, Tensor, Thing, Unknown
from lossl.meaning.trail import Form
from lossl.meaning.value import Binding, Value

_FOLDED: dict[str, Callable[[Any, Any], Any]] = {
    "Add": operator.add,
    "Subtract": operator.sub,
    "Multiply": operator.mul,
    "Divide": operator.truediv,
    "FloorDivide": operator.floordiv,
    "Modulo": operator.mod,
}
_NUMBER = (int, float)
_LONGEST = 200

LOST = Unknown("arithmetic takes its meaning away")


def binary(name: str, left: Value, right: Value, symbol: object = None) -> Value:
    """What `left <name> right` may be, for the name of a LibCST operator such as `Add`."""
    handler = _HANDLERS.get(name, _lost)
    bindings = []
    for a in left.usable():
        for b in right.usable():
            if a.condition.excludes(b.condition):
                continue
            thing = _constants(name, a.thing, b.thing) or handler(a.thing, b.thing)
            if isinstance(thing, Unknown) and thing.symbol is None and symbol is not None:
                lost = Unknown(_reason(thing, a.thing, b.thing), symbol, squared=_squared(name, a.thing, b.thing))
                thing = _number(name, a.thing, b.thing, lost)
            trail = a.trail if isinstance(a.thing, Tensor) else b.trail
            bindings.append(Binding(thing, a.condition & b.condition, trail if isinstance(thing, Tensor) else None))
    return Value.of(bindings)


def _reason(lost: Unknown, *operands: Thing) -> str:
    """Why the result is unknown: because an operand is, unless a meaning gets lost in the operation itself."""
    if any(isinstance(operand, Tensor) for operand in operands):
        return lost.reason
    return next((operand.reason for operand in operands if isinstance(operand, Unknown)), lost.reason)


def _constants(name: str, left: Thing, right: Thing) -> Thing | None:
    if not (isinstance(left, Constant) and isinstance(right, Constant)) or name not in _FOLDED:
        return None
    a, b = left.value, right.value
    if isinstance(a, str) and (len(a) > _LONGEST or (name == "Modulo" and not re.fullmatch(r"[^%]*%[sd][^%]*", a))):
        return None
    if name == "Multiply" and not (isinstance(a, _NUMBER) and isinstance(b, _NUMBER)):
        return None
    try:
        return Constant(_FOLDED[name](a, b))
    except (TypeError, ArithmeticError, ValueError):
        return None


def _squared(name: str, left: Thing, right: Thing) -> bool:
    """True of a square, and of what is made of squares and numbers."""
    if name == "Power":
        return right == Constant(2)
    others = [thing for thing in (left, right) if not (isinstance(thing, Unknown) and thing.squared)]
    return len(others) < 2 and all(map(_is_number, others))


def _number(name: str, left: Thing, right: Thing, lost: Unknown) -> Unknown:
    """What nobody knows, but that it is a number if both operands are; of what is full of one, which one."""
    if name not in _FOLDED or not _is_number(left) or not _is_number(right):
        return lost
    first, second = (Constant(thing.filled) if isinstance(thing, Unknown) else thing for thing in (left, right))
    folded = _constants(name, first, second)
    filled = folded.value if isinstance(folded, Constant) else None
    return replace(lost, number=True, filled=filled)


def _is(thing: Thing, *meanings: Meaning) -> bool:
    return isinstance(thing, Tensor) and thing.meaning in meanings


def _is_number(thing: Thing) -> bool:
    if isinstance(thing, Unknown):
        return thing.number
    return isinstance(thing, Constant) and isinstance(thing.value, _NUMBER)


def _sum(left: Thing, right: Thing) -> Thing:
    """Logits stay unbounded whatever is added, unless it is something that has a meaning of its own."""
    loss = _loss(left, right)
    if loss is not None:
        return loss
    for mine, other in ((left, right), (right, left)):
        fits = _is(other, Meaning.LOGITS) or not isinstance(other, Tensor)
        if isinstance(mine, Tensor) and mine.meaning is Meaning.LOGITS and fits:
            return Tensor(Meaning.LOGITS, None, _units_of_sum(mine, other), mine.origin)
    return LOST


def _loss(left: Thing, right: Thing) -> Thing | None:
    """A loss with a weight, a mask or another term is a loss; None if neither is one."""
    return next((thing for thing in (left, right) if _is(thing, Meaning.LOSS)), None)


def _units_of_sum(mine: Tensor, other: Thing) -> int | None:
    """One unit is spread over as many as the other operand has; more are not."""
    theirs = 1 if isinstance(other, Constant) else other.units if isinstance(other, Tensor) else None
    if mine.units == 1 or theirs == 1:
        return theirs if mine.units == 1 else mine.units
    return mine.units if mine.units is not None else theirs


def _difference(left: Thing, right: Thing) -> Thing:
    if isinstance(left, Constant) and left.value == 1 and isinstance(right, Tensor) and right.meaning in COMPLEMENT:
        origin = right.origin
        if origin is not None and right.meaning in ACTIVATED:
            origin = replace(origin, ranged=True)
        return Tensor(COMPLEMENT[right.meaning], None, right.units, origin)
    found = _sum(left, right)
    if isinstance(found, Tensor) and not _is_number(left) and not _is_number(right):
        return replace(found, origin=None)  # how far one lies from another is the output of no layer
    return found


def _product(left: Thing, right: Thing) -> Thing:
    """Logits times a number or an unknown factor are logits; a probability as a factor is a gate."""
    for mine, other in ((left, right), (right, left)):
        if isinstance(mine, Tensor) and mine.meaning is Meaning.LOGITS and _is_number(other):
            return _scaled(mine, other)
    return _lost(left, right)


def _quotient(left: Thing, right: Thing) -> Thing:
    if isinstance(left, Tensor) and left.meaning is Meaning.LOGITS and _is_number(right):
        return _scaled(left, right)
    return _lost(left, right)


def _scaled(logits: Tensor, number: Thing) -> Tensor:
    """One unit is spread over as many as a tensor has that is full of one number."""
    return replace(logits, units=None) if logits.units == 1 and not isinstance(number, Constant) else logits


def _lost(left: Thing, right: Thing) -> Thing:
    return _loss(left, right) or LOST


_HANDLERS: dict[str, Callable[[Thing, Thing], Thing]] = {
    "Add": _sum,
    "Subtract": _difference,
    "Multiply": _product,
    "Divide": _quotient,
}


_WEIGHTS = (Meaning.PROBABILITY, Meaning.DISTRIBUTION, Meaning.ONE_HOT, Meaning.BINARY_LABELS)


def mixes(operand: Value) -> bool:
    """True if a matrix product with this is a weighted sum of what the other holds, unless that is trained."""
    return any(_is(binding.thing, *_WEIGHTS) for binding in operand)


def is_affine(left: Value, right: Value) -> bool:
    """True if a matrix product is a layer: an operand that is no weighting, or the weights that are trained."""
    if _is_any(left) and _is_any(right):
        return False
    return all(not mixes(this) or _is_trained(other) for this, other in ((left, right), (right, left)))


def _is_any(value: Value) -> bool:
    """True of numbers of which nothing is known."""
    return all(isinstance(b.thing, Unknown) and not b.thing.trained for b in value)


def _is_trained(value: Value) -> bool:
    things = [binding.thing for binding in value]
    return bool(things) and all(
        thing.trained
        if isinstance(thing, Unknown)
        else isinstance(thing, Tensor) and thing.origin is not None and thing.origin.trained
        for thing in things
    )


def negated(value: Value, symbol: object = None) -> Value:
    """`-value`; `symbol` is that of the result where nobody knows it."""
    bindings = []
    for binding in value:
        thing: Thing = binding.thing
        if isinstance(thing, Constant) and isinstance(thing.value, _NUMBER):
            thing = Constant(-thing.value)
        elif not _is(thing, Meaning.LOGITS, Meaning.BOUNDED, Meaning.LOSS):
            thing = Unknown(_reason(LOST, thing), symbol, squared=isinstance(thing, Unknown) and thing.squared)
        bindings.append(Binding(thing, binding.condition, binding.trail))
    return Value.of(bindings)


FULL, KEPT, SINGLE, CHOSEN = "full", "kept", "single", "chosen"
"""What an index does to an axis: takes all of it, some of it, one element so that the axis goes, what a value says."""


def indexed(tensor: Tensor, parts: tuple[str, ...] | None) -> Tensor | Unknown:
    """A tensor indexed by parts, each FULL, KEPT, SINGLE or CHOSEN (None if that is not known).

    A distribution keeps its meaning while its class axis is taken whole; one class of it is a probability. Rows chosen
    from one over the rows, by a mask, still compete with each other: their axis stays.
    """
    of_part = PART_OF_CLASSES.get(tensor.meaning)
    units = tensor.units if parts is not None and len(parts) == 1 else None
    if of_part is None:
        return Tensor(tensor.meaning, None, units, tensor.origin, dropped=tensor.dropped)
    if parts is None:
        return Unknown("which part of the classes is taken is not known")
    first = parts[0] if len(parts) == 1 else None
    axis = tensor.axis
    if axis is not None and 0 <= axis < len(parts):
        part = parts[axis]
    elif axis is not None and axis >= len(parts):
        part = FULL
    elif first is not None:
        part = FULL  # indexing the first axis only: a batch, unless the tensor is a vector
    elif axis == -1 or axis is None:
        part = parts[-1] if axis == -1 or all(p != FULL for p in parts[1:]) else ""
    else:
        part = ""
    if part == FULL:
        return Tensor(tensor.meaning, None, units, tensor.origin, dropped=tensor.dropped)
    if part in (KEPT, SINGLE, CHOSEN):
        if axis == 0 and parts == (CHOSEN,) and of_part is Meaning.LOG_PROBABILITY:
            return Tensor(of_part, 0, None, tensor.origin)
        origin = replace(tensor.origin, form=Form.OPERATOR) if tensor.origin is not None else None
        return Tensor(of_part, None, None, origin, dropped=tensor.dropped)
    return Unknown("which part of the classes is taken is not known")
