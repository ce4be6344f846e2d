"""The words about structure: what is called, chained, looked up, stored (see `lossl.stubs.vocabulary`)."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from lossl.interpret.arguments import Actual, Arguments
from lossl.interpret.containers import as_sequence, content, contents, cut, item
from lossl.interpret.flow import with_station
from lossl.interpret.library import Invocation, evaluate_word, word
from lossl.interpret.machine import Machine
from lossl.interpret.together import bounded
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
from lossl.meaning.trail import RETURNED, Form
from lossl.meaning.value import NOTHING, Value, one, unknown


@word("tuple")
def _tuple(machine: Machine, call: Invocation, spec: Spec) -> Value:
    """`tuple[A, B, ...]` holds any number of B behind A."""
    parts = spec.arguments[:-1] if spec.arguments[-1:] == (...,) else spec.arguments
    items = [evaluate_word(machine, call, part) if isinstance(part, Spec) else None for part in parts]
    known = tuple(i if i is not None else unknown("nothing is known of it") for i in items)
    return one(Sequence(known) if parts is spec.arguments else Sequence(known[:-1], known[-1]))


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


@word("Enters")
def _enters(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    """A context that what is evaluated inside it can tell; an option may switch it off, also that around it."""
    name, option = (*spec.arguments, None)[:2]
    enabled = call.value(machine, option) if option is not None else None
    if enabled is None or enabled.only == Constant(True):
        machine.inside |= {name}
    else:
        machine.inside -= {name}
    return call.receiver


@word("|")
def _alternatives(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    for part in spec.arguments:
        value = evaluate_word(machine, call, part)
        if value is not None and value.only != Constant(None):
            return value
    return None


@word("Single")
def _single(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    value = _gives(machine, call, spec)
    held = content(machine, value.only) if value is not None else None
    return held.items[0] if isinstance(held, Sequence) and held.exact and len(held.items) == 1 else value


@word("Gives")
def _gives(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    value = call.value(machine, spec.arguments[0])
    if value is not None and len(spec.arguments) > 1:
        value = machine.find_attribute(value, spec.arguments[1]) if isinstance(value.only, Instance) else None
    if value is None or value.only == Constant(None):
        return None
    held = content(machine, value.only)
    if isinstance(held, Sequence):
        value = one(held)
    if call.arguments.wiring:
        return value  # no call is written that it could come out of
    place = call.arguments.place
    return with_station(machine, value, place, f"{RETURNED} `{machine.callee_text(place)}`")


@word("Calls")
def _calls(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    if call.receiver is None:
        return None
    name, *taken = spec.arguments
    callee = machine.find_attribute(call.receiver, name)
    if callee is None or callee.only == Constant(None):
        return None
    return machine.call(callee, without(call, taken))


def without(call: Invocation, taken: list[str]) -> Arguments:
    """The arguments of a call but for those of some parameters, which the framework keeps for itself."""
    names = [p.name for p in call.signature.parameters if p.kind == "positional"][1:]
    given = call.arguments.positional
    positional = tuple(a for i, a in enumerate(given) if i >= len(names) or names[i] not in taken)
    keywords = tuple((name, actual) for name, actual in call.arguments.keywords if name not in taken)
    return replace(call.arguments, positional=positional, keywords=keywords)


@word("Then")
def _then(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    first, second = spec.arguments
    evaluate_word(machine, call, first)
    return evaluate_word(machine, call, second)


@word("Hooked")
def _hooked(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    name, inner = spec.arguments
    value, instance = evaluate_word(machine, call, inner), call.instance
    hook = machine.state.get((instance.identity, name)) if instance is not None else None
    if value is None or hook is None or call.receiver is None:
        return value
    given = one(Sequence(tuple(actual.value for actual in call.arguments.positional)))
    after = machine.call(hook, Arguments.of(call.arguments.place, call.receiver, given, value))
    result = NOTHING
    for binding in after:
        kept = value if binding.thing == Constant(None) else Value((binding,))
        result = result.join(kept.under(binding.condition))
    return result


@word("Does")
def _does(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    held = call.value(machine, spec.arguments[0])
    if held is None or content(machine, held.only) is None:
        return None
    return machine.call(machine.attribute(held, spec.arguments[1]), Arguments(call.arguments.place))


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
    if chain is None or chain.only == Constant(None):
        return None
    result = NOTHING
    for binding in each_content(machine, chain):
        layers = chain_of(machine, one(binding.thing))
        value = machine.under(binding.condition, partial(_in_turn, machine, layers, call))
        result = result.join(value.under(binding.condition))
    return result


def _in_turn(machine: Machine, layers: Sequence, call: Invocation) -> Value:
    first = call.arguments.first()
    value = first.value if first is not None else unknown("the chain is given nothing")
    for layer in layers.head:
        value = _through(machine, layer, value, call)
    if layers.middle is not None:
        value = value.join(_through(machine, layers.middle, value, call))
    for layer in layers.tail:
        value = _through(machine, layer, value, call)
    return value


def each_content(machine: Machine, chain: Value) -> Value:
    """Every chain that this may be; as many as are kept apart, otherwise what they have in common."""
    found = Value.of(
        inner.under(outer.condition)
        for outer in chain.where(machine.path)
        for inner in contents(machine, outer.thing).bindings or (outer,)
    )
    return bounded(found)


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
    # Where a function stands in the chain is not known, so it cannot be taken out of it; nor what no call has made.
    inherent = isinstance(layer.only, Instance) and layer.only.made is None
    form = Form.OPERATOR if inherent or isinstance(layer.only, Routine) else Form.ELEMENT
    return machine.call(layer, Arguments(place, (Actual(value, place),), form=form, applied=call.arguments.applied))


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
