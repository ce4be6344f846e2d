"""Iterating and indexing objects: containers as they are, other objects through what their class says."""

from __future__ import annotations

from typing import Any

from lossl.interpret.arguments import Arguments
from lossl.interpret.containers import as_sequence, content, remove, store
from lossl.interpret.flow import read
from lossl.interpret.machine import Machine
from lossl.interpret.objects import chain_slot, class_attribute, layers_by_name
from lossl.interpret.records import elements_of
from lossl.interpret.structure import chain_of
from lossl.meaning.signature import Routine
from lossl.meaning.thing import Constant, Instance, Mapping, Sequence, Slice, Tensor, Unknown
from lossl.meaning.value import Value, one, unknown


def iterated(machine: Machine, value: Value) -> Sequence:
    """The elements that a `for` loop over the value sees."""
    only = value.only
    if not isinstance(only, Instance):
        numbers = Value(tuple(b for b in value if isinstance(b.thing, Tensor)))
        read(machine, numbers, machine.here, "is taken apart")
        return as_sequence(machine, value)
    elements = elements_of(machine, only)
    if elements is not None:
        return elements
    found = class_attribute(machine, only.cls, "__iter__")
    if isinstance(found, Value) and isinstance(found.only, Routine) and _returns(found.only, "Data"):
        return Sequence((), one(Unknown("it is what the data loader gives", data=True)))
    if is_tuple_like(machine, only):
        return as_sequence(machine, machine.call(machine.attribute(value, "__iter__"), Arguments(machine.here)))
    if isinstance(found, Value) and not isinstance(found.only, Routine):
        iterator = machine.call(machine.attribute(value, "__iter__"), Arguments(machine.here))
        advance = machine.find_attribute(iterator, "__next__") if isinstance(iterator.only, Instance) else None
        if advance is not None:
            return Sequence((), machine.call(advance, Arguments(machine.here)))
        return as_sequence(machine, iterator)
    name = chain_slot(machine, only)
    if name is not None:
        held = machine.state.get((only.identity, name))
        if held is not None and held.only == Constant(None):
            return Sequence()  # made without layers
        return chain_of(machine, held) if held is not None else Sequence((), unknown("it holds nothing known"))
    getter = class_attribute(machine, only.cls, "__getitem__")
    if isinstance(getter, Value):
        got = machine.call(machine.attribute(value, "__getitem__"), Arguments.of(machine.here, unknown("any index")))
        return Sequence((), got)
    return Sequence((), unknown(f"lossl does not know what iterating over {only!r} gives"))


def is_tuple_like(machine: Machine, instance: Instance) -> bool:
    """True of an object of a stub whose iterator gives a tuple."""
    found = class_attribute(machine, instance.cls, "__iter__")
    routine = found.only if isinstance(found, Value) else None
    return isinstance(routine, Routine) and _returns(routine, "tuple")


def _returns(routine: Routine, word: str) -> bool:
    """True if all overloads say that word of what comes out."""
    return all(s.returns is not None and s.returns.word == word for s in routine.signatures)


def exchange(machine: Machine, instance: Instance, index: Value, value: Value) -> None:
    """`chain[index] = value` for an object that holds a chain of layers."""
    name = chain_slot(machine, instance)
    held = machine.state.get((instance.identity, name)) if name is not None else None
    if held is None:
        return
    if isinstance(content(machine, held.only), Mapping):
        store(machine, held.only, index, value)
        return
    chain, key = chain_of(machine, held), index.only
    items = list(chain.items)
    number = key.value if isinstance(key, Constant) and isinstance(key.value, int) else None
    if chain.exact and number is not None and -len(items) <= number < len(items):
        items[number] = value
        new = Sequence(tuple(items))
    else:
        new = Sequence((), unknown("one of the layers was exchanged"))
    machine.state.set((instance.identity, name), one(new))


def take_out(machine: Machine, instance: Instance, index: Value) -> None:
    """`del chain[index]` for an object that holds a chain of layers."""
    name, key = chain_slot(machine, instance), index.only
    held = machine.state.get((instance.identity, name)) if name is not None else None
    if held is None:
        return
    layers, number = layers_by_name(machine, instance), key.value if isinstance(key, Constant) else None
    named = content(machine, layers)
    if layers is not None and isinstance(named, Mapping) and isinstance(number, int) and named.rest is None:
        keys = [key for key, _ in named.items][number : number + 1 or None]
        for gone in keys:
            remove(machine, layers, one(Constant(gone)))
        return
    chain = chain_of(machine, held)
    items = list(chain.items)
    if chain.exact and isinstance(number, int):
        del items[number : number + 1 or None]
        machine.state.set((instance.identity, name), one(Sequence(tuple(items))))
    else:
        machine.state.set((instance.identity, name), one(Sequence((), unknown("one of the layers was taken out"))))


def index_of(machine: Machine, node: Any) -> Value:
    """What stands between the brackets of a subscript, as a value: a constant (also a slice), a tuple, or unknown."""
    values = [_index(machine, element.slice) for element in node.slice]
    return values[0] if len(values) == 1 else one(Sequence(tuple(values)))


def _index(machine: Machine, node: Any) -> Value:
    if type(node).__name__ == "Index":
        return machine.evaluate(node.value)
    bounds = []
    for part in (node.lower, node.upper, node.step):
        only = machine.evaluate(part).only if part is not None else Constant(None)
        if not (isinstance(only, Constant) and (only.value is None or isinstance(only.value, int))):
            return unknown("the bounds of a slice are not known", ("slice",))
        bounds.append(only.value)
    return one(Constant(Slice(*bounds)))
