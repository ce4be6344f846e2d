"""Assignment targets: names, attributes, elements, tuples."""

from __future__ import annotations

from typing import Any

from lossl.interpret.arguments import Arguments, unknown_rest
from lossl.interpret.containers import make_box, store
from lossl.interpret.flow import read
from lossl.interpret.iterate import exchange, index_of, iterated
from lossl.interpret.machine import Machine, assigns, setter_of
from lossl.interpret.objects import bound, class_attribute, layers_by_name
from lossl.meaning.signature import Routine, StubClass
from lossl.meaning.state import AccessPath
from lossl.meaning.thing import Bound, Class, Constant, Function, Instance, Sequence, Tensor, Unknown, derived
from lossl.meaning.value import Value, one, unknown


@assigns("Name")
def _name(machine: Machine, target: Any, value: Value) -> None:
    machine.set_name(target.value, value)


@assigns("Attribute")
def _attribute(machine: Machine, target: Any, value: Value) -> None:
    owner, name = machine.evaluate(target.value), target.attr.value
    if not all(isinstance(binding.thing, (Instance, Class)) for binding in owner):
        read(machine, value, machine.place(target), "is stored in something that lossl does not know")
    for binding in owner:
        thing = binding.thing
        if isinstance(thing, Unknown) and thing.symbol is not None:
            path: AccessPath = (("unknown", thing.symbol), name)
        elif isinstance(thing, (Instance, Class)):
            path = (thing.identity, name)
        else:
            continue
        if name in machine.setters and isinstance(thing, Instance):
            setter = class_attribute(machine, thing.cls, setter_of(name))
            if isinstance(setter, Value) and isinstance(setter.only, Function):
                machine.call(bound(machine, setter, one(thing)), Arguments.of(machine.place(target), value))
                continue
        if isinstance(thing, Instance) and isinstance(value.only, Instance):
            _note_member(machine, thing, name, value)
        layers = layers_by_name(machine, thing, name) if isinstance(thing, Instance) else None
        if layers is not None and len(owner.bindings) == 1:
            store(machine, layers, one(Constant(name)), value)
        elif len(owner.bindings) == 1:
            machine.state.set(path, value)
        else:
            before = machine.state.get(path)
            machine.state.set(path, value.join(before) if before is not None else value)


def _note_member(machine: Machine, instance: Instance, name: str, value: Value) -> None:
    """An object given to an object of a library whose stub says what that does: a layer joins a chain."""
    setter = machine.library.method(instance.cls, "__setattr__") if isinstance(instance.cls, StubClass) else None
    if isinstance(setter, Routine) and layers_by_name(machine, instance, name) is None:
        machine.call(one(Bound(one(instance), setter)), Arguments.of(machine.here, one(Constant(name)), value))


@assigns("Subscript")
def _element(machine: Machine, target: Any, value: Value) -> None:
    owner = machine.evaluate(target.value)
    index = index_of(machine, target)
    read(machine, value, machine.place(target), "is stored as a part of something")
    for binding in owner:
        store(machine, binding.thing, index, value)
        if isinstance(binding.thing, Instance):
            exchange(machine, binding.thing, index, value)
        known = isinstance(binding.thing, Tensor) or (
            isinstance(binding.thing, Unknown) and (binding.thing.number or binding.thing.data)
        )
        if known and type(target.value).__name__ == "Name":
            machine.assign(target.value, unknown("a part of it was overwritten, so its numbers may have two meanings"))


@assigns("Tuple", "List")
def _unpack(machine: Machine, target: Any, value: Value) -> None:
    elements = [element.value for element in target.elements]
    starred = [i for i, element in enumerate(target.elements) if type(element).__name__ == "StarredElement"]
    for index, (node, part) in enumerate(zip(elements, unpacked(machine, value, len(elements), starred), strict=True)):
        if index in starred:
            taken = part.only if isinstance(part.only, Sequence) else Sequence((), part)
            machine.assign(node, make_box(machine, target, "list", taken))
        else:
            machine.assign(node, part)


def unpacked(machine: Machine, value: Value, count: int, starred: list[int]) -> list[Value]:
    """The parts of a value unpacked into `count` targets, position by position."""
    parts = [Value() for _ in range(count)]
    for binding in value:
        single = Value((binding,))
        for index, part in enumerate(_parts_of(machine, single, count, starred)):
            parts[index] = parts[index].join(part.under(binding.condition))
    return parts


def _parts_of(machine: Machine, value: Value, count: int, starred: list[int]) -> list[Value]:
    only = value.only
    if isinstance(only, Unknown):
        return [one(Unknown(only.reason, derived("item", only.symbol, i), data=only.data)) for i in range(count)]
    if isinstance(only, Tensor):
        read(machine, value, machine.here, "is taken apart")
        return [unknown("it is a part of a tensor that was taken apart")] * count
    if isinstance(only, Constant):
        return [unknown("a constant was taken apart")] * count
    sequence = iterated(machine, value)
    if starred:
        after = count - starred[0] - 1
        items = sequence.items
        if not sequence.exact or len(items) < count - 1:
            return [unknown_rest(items)] * count
        middle = one(Sequence(items[starred[0] : len(items) - after]))
        return [*items[: starred[0]], middle, *items[len(items) - after :]]
    if sequence.exact and len(sequence.items) == count:
        return list(sequence.items)
    if sequence.exact:
        return [unknown_rest(sequence.items)] * count
    rest = unknown_rest(sequence.items[len(sequence.head) :])
    return [*sequence.head[:count], *[rest] * (count - len(sequence.head))]
