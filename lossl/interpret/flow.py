"""Where values go: the stations of their trails, and who reads what an activation made."""

from __future__ import annotations

from collections.abc import Iterator

from lossl.interpret.machine import Machine
from lossl.meaning.losscall import Reader
from lossl.meaning.thing import Box, Constant, Mapping, Sequence, Tensor, Unknown
from lossl.meaning.trail import Place, Step
from lossl.meaning.value import Binding, Value


def with_station(machine: Machine, value: Value, place: Place | None, text: str) -> Value:
    """Every tensor in the value, also inside tuples, lists and dicts, one station further."""
    if place is None or not value.bindings:
        return value
    step = Step(place, text)
    for binding in value:
        if isinstance(binding.thing, Box):
            path = (binding.thing.identity, "[]")
            held = machine.state.get(path)
            if held is not None:
                machine.state.set(path, Value(tuple(_stepped(inner, step) for inner in held)))
    return Value(tuple(_stepped(binding, step) for binding in value))


def _stepped(binding: Binding, step: Step) -> Binding:
    thing = binding.thing
    if isinstance(thing, Tensor):
        return binding.with_step(step)
    if isinstance(thing, Sequence):
        inner = Sequence(
            tuple(value.with_step(step) for value in thing.head),
            thing.middle.with_step(step) if thing.middle is not None else None,
            tuple(value.with_step(step) for value in thing.tail),
        )
        return Binding(inner, binding.condition, binding.trail)
    if isinstance(thing, Mapping):
        items = tuple((key, value.with_step(step)) for key, value in thing.items)
        return Binding(Mapping(items, thing.rest), binding.condition, binding.trail)
    return binding


def tensors(machine: Machine, value: Value, depth: int = 2) -> Iterator[Tensor]:
    """Every tensor in a value, also inside containers."""
    for binding in value:
        thing: object = binding.thing
        if isinstance(thing, Box):
            held = machine.state.get((thing.identity, "[]"))
            thing = held.only if held is not None else None
        if isinstance(thing, Tensor):
            yield thing
        elif isinstance(thing, Sequence) and depth:
            for item in thing.items:
                yield from tensors(machine, item, depth - 1)
        elif isinstance(thing, Mapping) and depth:
            for _, item in thing.items:
                yield from tensors(machine, item, depth - 1)


def read(machine: Machine, value: Value, place: Place, what: str, *, minds: bool = True) -> None:
    """Somebody reads the value: whoever takes the activation away has to know."""
    if all(isinstance(binding.thing, (Unknown, Constant)) for binding in value.bindings):
        return
    for tensor in tensors(machine, value):
        if tensor.origin is not None:
            machine.recorder.read(tensor.origin, Reader(place, what, minds))
