"""Where values go: the stations of their trails, and who reads what an activation made."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from dataclasses import replace

from lossl.interpret.machine import Machine
from lossl.meaning.losscall import Reader
from lossl.meaning.thing import (
    Bound,
    Box,
    Class,
    Constant,
    Function,
    Instance,
    Mapping,
    Partial,
    Sequence,
    Tensor,
    Unknown,
)
from lossl.meaning.trail import NOWHERE, Place, Step
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


def read(
    machine: Machine,
    value: Value,
    place: Place,
    what: str,
    *,
    minds: bool = True,
    operand: Place | None = None,
    again: bool = False,
) -> None:
    """Somebody reads the value of the expression `operand`: whoever takes the activation away has to know."""
    if operand is not None:
        machine.recorder.operand(operand, _sole(value))
    if all(isinstance(binding.thing, (Unknown, Constant)) for binding in value.bindings):
        return
    for tensor in tensors(machine, value):
        if tensor.origin is not None:
            direct = operand if _sole(value) is not None else None
            machine.recorder.read(tensor.origin, Reader(place, what, minds, tensor.taken or direct, again))


def taken(machine: Machine, result: Value, value: Value, operand: Place | None) -> Value:
    """The result of an operation on the value of `operand`: its tensors know where they were taken from there."""
    sources = {t.origin.place: t for b in value if isinstance(t := b.thing, Tensor) and t.origin is not None}
    if operand is not None:
        machine.recorder.operand(operand, _sole(value))
    if not sources:
        return result
    start = operand if operand is not None and _sole(value) is not None else NOWHERE
    return Value(tuple(_from(binding, sources, start) for binding in result))


def _from(binding: Binding, sources: dict[Place, Tensor], start: Place) -> Binding:
    thing = binding.thing
    if isinstance(thing, Sequence):
        parts = [[Value(tuple(_from(b, sources, start) for b in v)) for v in some] for some in (thing.head, thing.tail)]
        middle = Value(tuple(_from(b, sources, start) for b in thing.middle)) if thing.middle is not None else None
        return Binding(Sequence(tuple(parts[0]), middle, tuple(parts[1])), binding.condition, binding.trail)
    if not isinstance(thing, Tensor) or thing.taken is not None or thing.origin is None:
        return binding
    source = sources.get(thing.origin.place)
    if source is None:
        return binding
    return Binding(replace(thing, taken=source.taken or start), binding.condition, binding.trail)


def _sole(value: Value) -> Place | None:
    """The activation of which the value certainly is exactly what it gave, or None."""
    origins = {
        t.origin.place if isinstance(t := b.thing, Tensor) and t.origin is not None and t.taken is None else None
        for b in value
    }
    return next(iter(origins)) if len(origins) == 1 else None


def hand_on(machine: Machine, value: Value, place: Place, what: str) -> None:
    """Whatever can be called in a value, also inside containers, goes to somebody out of sight."""
    for key in called_by(machine, value):
        machine.recorder.handed_on(key, Reader(place, what, minds=True))


def called_by(machine: Machine, value: Value, depth: int = 2) -> Iterator[Hashable]:
    """What identifies the objects, classes and functions in a value: by these an activation is made in a call."""
    for binding in value:
        thing: object = binding.thing
        if isinstance(thing, Box):
            held = machine.state.get((thing.identity, "[]"))
            thing = held.only if held is not None else None
        if isinstance(thing, (Instance, Class)):
            yield thing.identity
        elif isinstance(thing, Function):
            yield id(thing.code)
        elif isinstance(thing, Bound):
            yield from called_by(machine, thing.receiver, depth)
        elif isinstance(thing, Partial):
            yield from called_by(machine, thing.callee, depth)
        elif isinstance(thing, (Sequence, Mapping)) and depth:
            items = thing.items if isinstance(thing, Sequence) else tuple(item for _, item in thing.items)
            for item in items:
                yield from called_by(machine, item, depth - 1)


def callers(machine: Machine) -> Iterator[Hashable]:
    """What identifies the objects, classes and functions being called at the moment, those of libraries as well."""
    yield from (key for key in machine.receivers if key is not None)
    for frame in machine.frames:
        yield id(frame.code)
        only = frame.receiver.only if frame.receiver is not None else None
        if isinstance(only, Instance):
            yield only.identity
            if isinstance(only.cls, Class):
                yield only.cls.identity
