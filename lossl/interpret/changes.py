"""The words about what a call changes of its receiver (see `lossl.stubs.vocabulary`)."""

from __future__ import annotations

from lossl.interpret.containers import content, cut, joined_sequences, store
from lossl.interpret.library import Invocation, word
from lossl.interpret.machine import Machine
from lossl.interpret.objects import layers_by_name
from lossl.interpret.structure import chain_of, each_content
from lossl.meaning.signature import Spec
from lossl.meaning.thing import Constant, Sequence
from lossl.meaning.value import NOTHING, Binding, Value, one, unknown


@word("Appends")
def _appends(machine: Machine, call: Invocation, spec: Spec) -> Value:
    name, parameter = spec.arguments
    added = call.value(machine, parameter)
    if call.instance is not None and added is not None:
        path = (call.instance.identity, name)
        held = machine.state.get(path) or NOTHING
        named, key = layers_by_name(machine, call.instance), call.value(machine, "name")
        if named is not None and key is not None and isinstance(key.only, Constant):
            store(machine, named, key, added)
            return one(Constant(None))
        before = each_content(machine, held) if held.bindings and held.only != Constant(None) else one(Sequence())
        spliced = content(machine, added.only)
        more = spliced if isinstance(spliced, Sequence) else Sequence((added,))
        longer = (Binding(joined_sequences(chain_of(machine, one(b.thing)), more), b.condition) for b in before)
        machine.state.set(path, Value.of(longer))
    return one(Constant(None))


@word("Inserts")
def _inserts(machine: Machine, call: Invocation, spec: Spec) -> Value:
    name, index, parameter = spec.arguments
    at, added = call.value(machine, index), call.value(machine, parameter)
    held = machine.state.get((call.instance.identity, name)) if call.instance is not None else None
    if call.instance is not None and held is not None and added is not None:
        chain, number = chain_of(machine, held), at.only if at is not None else None
        items = list(chain.items)
        if chain.exact and isinstance(number, Constant) and isinstance(number.value, int):
            items.insert(number.value, added)
            new = Sequence(tuple(items))
        else:
            new = Sequence((), unknown("a layer was put in between"))
        machine.state.set((call.instance.identity, name), one(new))
    return one(Constant(None))


@word("Pops")
def _pops(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    name, *index = spec.arguments
    at = call.value(machine, index[0]) if index else one(Constant(-1))
    held = machine.state.get((call.instance.identity, name)) if call.instance is not None else None
    if call.instance is None or held is None:
        return one(Constant(None))
    chain, number = chain_of(machine, held), at.only if at is not None else None
    items = list(chain.items)
    path = (call.instance.identity, name)
    if not index:
        machine.state.set(path, one(cut(chain, None, -1, None)))
    elif chain.exact and isinstance(number, Constant) and number.value in range(-len(items), len(items)):
        taken = items.pop(number.value)
        machine.state.set(path, one(Sequence(tuple(items))))
        return taken
    else:
        machine.state.set(path, one(Sequence((), unknown("one of the layers was taken out"))))
        return unknown("it was taken out of a chain")
    return one(Constant(None))


@word("SetsAttribute")
def _sets_attribute(machine: Machine, call: Invocation, spec: Spec) -> Value:
    name, value = (call.value(machine, argument) for argument in spec.arguments)
    only = name.only if name is not None else None
    if call.instance is not None and isinstance(only, Constant) and isinstance(only.value, str) and value is not None:
        machine.state.set((call.instance.identity, only.value), value)
    return one(Constant(None))


@word("Sets")
def _sets(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    name, source = spec.arguments
    value = one(Constant(source)) if isinstance(source, bool) else call.value(machine, source)
    if call.instance is not None and value is not None:
        machine.state.set((call.instance.identity, name), value)
    return call.receiver
