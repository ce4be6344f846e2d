"""The words about structure: what is called, chained, looked up, stored (see `lossl.stubs.vocabulary`)."""

from __future__ import annotations

from dataclasses import replace

from lossl.interpret.arguments import Actual, Arguments
from lossl.interpret.containers import as_sequence, content, cut, item, joined_sequences
from lossl.interpret.flow import with_station
from lossl.interpret.library import Invocation, evaluate_word, word
from lossl.interpret.machine import Machine
from lossl.meaning.signature import Routine, Spec, StubClass
from lossl.meaning.thing import (
    Bound,
    Constant,
    Function,
    Instance,
    Mapping,
    Partial,
    Sequence,
    Slice,
)
from lossl.meaning.trail import Form
from lossl.meaning.value import NOTHING, Value, one, unknown


@word("tuple")
def _tuple(machine: Machine, call: Invocation, spec: Spec) -> Value:
    items = [evaluate_word(machine, call, part) if isinstance(part, Spec) else None for part in spec.arguments]
    return one(Sequence(tuple(i if i is not None else unknown("nothing is known of it") for i in items)))


@word("list")
def _list(machine: Machine, call: Invocation, spec: Spec) -> Value:
    element = evaluate_word(machine, call, spec.arguments[0]) if spec.arguments else None
    return one(Sequence((), element if element is not None else unknown("nothing is known of it")))


_CALLABLE = (Function, Bound, Partial, Instance, Routine)


@word("Decorator")
def _decorator(machine: Machine, call: Invocation, spec: Spec) -> Value:
    first = call.arguments.first()
    if first is not None and isinstance(first.value.only, _CALLABLE):
        return first.value
    return one(Routine("builtins.decorator"))


@word("|")
def _alternatives(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    for part in spec.arguments:
        value = evaluate_word(machine, call, part)
        if value is not None and value.only != Constant(None):
            return value
    return None


@word("Gives")
def _gives(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    value = call.value(machine, spec.arguments[0])
    if value is None or value.only == Constant(None):
        return None
    held = content(machine, value.only)
    if isinstance(held, Sequence):
        value = one(held)
    if call.arguments.wiring:
        return value  # no call is written that it could come out of
    place = call.arguments.place
    return with_station(machine, value, place, f"comes out of `{machine.callee_text(place)}`")


@word("Calls")
def _calls(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    if call.receiver is None:
        return None
    callee = machine.find_attribute(call.receiver, spec.arguments[0])
    if callee is None or callee.only == Constant(None):
        return None
    return machine.call(callee, replace(call.arguments, form=call.arguments.form))


@word("Applies")
def _applies(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    """Call an argument: with what a named sequence holds, or with all positional arguments behind it."""
    callee = call.value(machine, spec.arguments[0])
    if callee is None:
        return None
    given = call.value(machine, spec.arguments[1]) if len(spec.arguments) > 1 else None
    place = call.arguments.place
    if given is not None:
        sequence = as_sequence(machine, given)
        positional = tuple(Actual(value, place) for value in (*_ahead(spec), *sequence.head))
        arguments = Arguments(place, positional, rest=sequence.middle, after=sequence.tail)
    else:
        arguments = replace(call.arguments, positional=call.arguments.positional[1:])
    return machine.call(callee, arguments)


def _ahead(spec: Spec) -> tuple[Value, ...]:
    """Arguments that the framework puts before the given ones, by name: the rank of a process."""
    return tuple(unknown(f"it is the {name} that the framework gives", ("given", name)) for name in spec.arguments[2:])


@word("CallsInTurn")
def _calls_in_turn(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    chain = call.value(machine, spec.arguments[0])
    first = call.arguments.first()
    value = first.value if first is not None else unknown("the chain is given nothing")
    if chain is None or chain.only == Constant(None):
        return None
    layers = chain_of(machine, chain)
    for layer in layers.head:
        value = _through(machine, layer, value, call)
    if layers.middle is not None:
        value = value.join(_through(machine, layers.middle, value, call))
    for layer in layers.tail:
        value = _through(machine, layer, value, call)
    return value


def chain_of(machine: Machine, chain: Value) -> Sequence:
    """The layers of a chain; a mapping as the only element stands for its values."""
    layers = as_sequence(machine, chain)
    if len(layers.items) == 1 and layers.exact:
        inner = content(machine, layers.items[0].only)
        if isinstance(inner, Mapping):
            return Sequence(tuple(value for _, value in inner.items), inner.rest)
        if isinstance(inner, Sequence):
            return inner
    if isinstance(content(machine, chain.only), Mapping):
        mapping = content(machine, chain.only)
        assert isinstance(mapping, Mapping)
        return Sequence(tuple(value for _, value in mapping.items), mapping.rest)
    return layers


def _through(machine: Machine, layer: Value, value: Value, call: Invocation) -> Value:
    place = call.arguments.place
    arguments = Arguments(place, (Actual(value, place),), form=Form.ELEMENT, applied=call.arguments.applied)
    return machine.call(layer, arguments)


@word("Item")
def _item(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    name = spec.arguments[0]
    held, first = call.value(machine, name), call.arguments.first()
    instance = call.instance
    if held is None or first is None:
        return None
    key = first.value.only
    layers = chain_of(machine, held)
    if isinstance(key, Constant) and isinstance(key.value, Slice) and instance is not None:
        piece = Instance((instance.identity, repr(key.value)), instance.cls, instance.made)
        machine.state.set((piece.identity, name), one(cut(layers, key.value.start, key.value.stop, key.value.step)))
        return one(piece)
    container = content(machine, held.only)
    return item(machine, container if isinstance(container, Mapping) else layers, first.value)


@word("Activated")
def _activated(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    name, base_spec, registry = spec.arguments
    base = evaluate_word(machine, call, base_spec)
    activation = call.value(machine, name)
    if base is None or activation is None:
        return base
    place = call.arguments.place
    given = call.bound.actuals[name].place if name in call.bound.actuals else None
    if given is None and call.instance is not None:
        given = machine.given.get((call.instance.identity, name))
    form = Form.ARGUMENT if given is not None else Form.OPERATOR
    if base_spec.word == "Keeps" and call.instance is not None:  # the layer is nothing but its activation
        form = call.arguments.form
        given = call.instance.made if form is Form.ELEMENT else place
    applied = call.arguments.applied or place
    arguments = Arguments(given or place, (Actual(base, place),), form=form, applied=applied)
    result = NOTHING
    for binding in activation:
        thing = binding.thing
        if thing == Constant(None):
            result = result.join(base.under(binding.condition))
            continue
        callee = looked_up(machine, one(thing), registry)
        result = result.join(machine.call(callee, arguments).under(binding.condition))
    return result


def looked_up(machine: Machine, value: Value, registry: str) -> Value:
    """What a string stands for in a registry; a class there is made an object; what is no string is given back."""
    only = value.only
    if not (isinstance(only, Constant) and isinstance(only.value, str)):
        return value
    names = machine.library.registry(registry)
    found = machine.library.find(names[only.value]) if only.value in names else None
    if isinstance(found, StubClass):
        return machine.call(one(found), Arguments(machine.here))
    if isinstance(found, Routine):
        return one(found)
    return unknown(f"the name {only.value!r} is not known")


@word("Lookup")
def _lookup(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    value = call.value(machine, spec.arguments[0])
    return looked_up(machine, value, spec.arguments[1]) if value is not None else None


@word("Appends")
def _appends(machine: Machine, call: Invocation, spec: Spec) -> Value:
    name, parameter = spec.arguments
    added = call.value(machine, parameter)
    if call.instance is not None and added is not None:
        path = (call.instance.identity, name)
        held = machine.state.get(path) or NOTHING
        before = chain_of(machine, held) if held.bindings and held.only != Constant(None) else Sequence()
        spliced = content(machine, added.only)
        more = spliced if isinstance(spliced, Sequence) else Sequence((added,))
        machine.state.set(path, one(joined_sequences(before, more)))
    return one(Constant(None))


@word("Pops")
def _pops(machine: Machine, call: Invocation, spec: Spec) -> Value:
    if call.instance is not None:
        path = (call.instance.identity, spec.arguments[0])
        held = machine.state.get(path)
        if held is not None:
            machine.state.set(path, one(cut(chain_of(machine, held), None, -1, None)))
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
