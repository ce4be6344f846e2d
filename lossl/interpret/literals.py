"""Numbers that are written out, and tensors full of one number: what the words of the vocabulary make of them."""

from __future__ import annotations

from lossl.interpret.containers import content
from lossl.interpret.library import Invocation, word
from lossl.interpret.machine import Machine
from lossl.interpret.words import produced
from lossl.meaning.meaning import Meaning
from lossl.meaning.signature import Spec
from lossl.meaning.thing import Constant, Sequence, Tensor, Unknown
from lossl.meaning.value import Value, one, unknown


@word("FromNumbers")
def _from_numbers(machine: Machine, call: Invocation, spec: Spec) -> Value:
    value = call.value(machine, spec.arguments[0])
    numbers = _numbers(machine, value) if value is not None else None
    symbol = ("call", id(call.arguments.place.node))
    if value is not None and (sole := _sole_number(machine, value, symbol)) is not None:
        return one(sole)
    outside = any(not 0 <= number <= 1 for number in numbers) if numbers else False
    if numbers and outside and not all(isinstance(number, int) and number >= 0 for number in numbers):
        return produced(machine, call, Meaning.LOGITS)
    if value is not None and isinstance(value.only, Tensor):
        return value
    return unknown("the numbers in it can mean anything", symbol)


def _sole_number(machine: Machine, value: Value, symbol: object) -> Unknown | None:
    """A tensor made of one number, or of a list that holds one element of which nothing else is known; else None."""
    only, listed = value.only, False
    while isinstance(held := content(machine, only), Sequence) and held.exact and len(held.items) == 1:
        only, listed = held.items[0].only, True
    if isinstance(only, Constant) and isinstance(only.value, (int, float)) and not isinstance(only.value, bool):
        return Unknown("it is one number", symbol, number=True, filled=float(only.value))
    if isinstance(only, Unknown) and (listed or only.number):
        return Unknown("the numbers in it can mean anything", symbol, number=only.number, single=listed)
    return None


def _numbers(machine: Machine, value: Value) -> list[float]:
    only = value.only
    if isinstance(only, Constant):
        return [only.value] if isinstance(only.value, (int, float)) and not isinstance(only.value, bool) else []
    held = content(machine, only)
    if not isinstance(held, Sequence):
        return []
    return [number for element in held.items for number in _numbers(machine, element)]


@word("Filled")
def _filled(machine: Machine, call: Invocation, spec: Spec) -> Value:
    value = spec.arguments[0]
    if isinstance(value, str):
        held = call.value(machine, value)
        value = held.only.value if held is not None and isinstance(held.only, Constant) else None
    number = float(value) if isinstance(value, (int, float)) else None
    symbol = ("call", call.routine.name, id(call.arguments.place.node))
    return one(Unknown("it is full of one number", symbol, number=True, filled=number))
