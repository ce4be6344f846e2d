"""What the words of the stub vocabulary make of a call (see `lossl.stubs.vocabulary`, which explains each)."""

from __future__ import annotations

from collections.abc import Mapping as Mapping_
from dataclasses import replace
from typing import Any

from lossl.interpret.arguments import Actual, Arguments, unknown_rest
from lossl.interpret.containers import as_sequence, content, cut, item, joined_sequences
from lossl.interpret.flow import with_station
from lossl.interpret.library import Invocation, evaluate_word, short, word
from lossl.interpret.machine import Machine
from lossl.interpret.operators import add, mixes, multiply
from lossl.meaning.meaning import COMPLEMENT, EXP, LOG, PART_OF_CLASSES, Meaning
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
    Tensor,
    Unknown,
)
from lossl.meaning.trail import Form, Origin, Step, Trail
from lossl.meaning.value import NOTHING, Binding, Value, one, unknown

_MEANINGS = {
    "Logits": Meaning.LOGITS,
    "Probability": Meaning.PROBABILITY,
    "Distribution": Meaning.DISTRIBUTION,
    "LogProbability": Meaning.LOG_PROBABILITY,
    "LogDistribution": Meaning.LOG_DISTRIBUTION,
    "NonNegative": Meaning.NONNEGATIVE,
    "Bounded": Meaning.BOUNDED,
    "ClassIndices": Meaning.CLASS_INDICES,
    "OneHot": Meaning.ONE_HOT,
    "BinaryLabels": Meaning.BINARY_LABELS,
    "Loss": Meaning.LOSS,
}
_WITH_AXIS = {"Distribution", "LogDistribution"}


@word(*_MEANINGS)
def _meaning(machine: Machine, call: Invocation, spec: Spec) -> Value:
    number = _number(machine, call, spec.arguments[0]) if spec.arguments else None
    axis, units = (number, None) if spec.word in _WITH_AXIS else (None, number)
    return produced(machine, call, _MEANINGS[spec.word], axis, units)


def _number(machine: Machine, call: Invocation, argument: Any) -> int | None:
    if isinstance(argument, str):
        value = call.value(machine, argument)
        only = value.only if value is not None else None
        argument = only.value if isinstance(only, Constant) else None
    return argument if isinstance(argument, int) and not isinstance(argument, bool) else None


def produced(
    machine: Machine, call: Invocation, meaning: Meaning, axis: int | None = None, units: int | None = None
) -> Value:
    """A tensor that this call gave a meaning, with the beginning of its trail."""
    origin = _origin(machine, call)
    trail = Trail(Step(origin.place, f"becomes {meaning.spoken}"))
    return one(Tensor(meaning, axis, units, origin), trail)


def _origin(machine: Machine, call: Invocation) -> Origin:
    arguments, instance = call.arguments, call.instance
    applied = arguments.applied or arguments.place
    scope = machine.frame.code
    if instance is not None:
        name, made = instance.cls.name, instance.made
    else:
        name, made = call.routine.name, None
    if arguments.form is Form.ELEMENT and made is not None:
        return Origin(made, Form.ELEMENT, name, applied, made, scope)
    if arguments.form is Form.CALL and call.routine.kind == "method" and instance is None:
        return Origin(arguments.place, Form.METHOD, name, applied, None, scope)
    return Origin(arguments.place, arguments.form, name, applied, made, scope)


@word("Tensor", "Anything", "Any")
def _nothing_known(machine: Machine, call: Invocation, spec: Spec) -> Value:
    name = short(call.routine.name)
    owner = call.instance.cls.name.rsplit(".", 1)[-1] if call.instance is not None else name
    symbol = ("call", call.routine.name, id(call.arguments.place.node))
    return unknown(f"what `{owner}` gives can mean anything", symbol)


@word("None")
def _none(machine: Machine, call: Invocation, spec: Spec) -> Value:
    return one(Constant(None))


@word("Mode")
def _mode(machine: Machine, call: Invocation, spec: Spec) -> Value:
    return one(Unknown("the model may train or predict", ("mode",), mode=True))


def kept(machine: Machine, call: Invocation) -> Value:
    """What the parameters annotated `Keeps` hold; elements of sequences joined, several arguments of a star a tuple."""
    result = NOTHING
    for parameter in call.with_word("Keeps"):
        value = call.bound.value(parameter.name)
        if value is None:
            continue
        only = value.only
        if parameter.kind == "star" and isinstance(only, Sequence):
            value = only.items[0] if len(only.items) == 1 else value
        elif isinstance(content(machine, only), Sequence):
            value = unknown_rest(as_sequence(machine, value).items)
        result = result.join(value)
    return result if result.bindings else unknown("nothing was given to keep")


def changed(value: Value, table: Mapping_[Meaning, Meaning | None], *, keep_others: bool) -> Value:
    """Every tensor with its meaning looked up in a table; its axis and units are forgotten."""
    bindings = []
    for binding in value:
        thing = binding.thing
        if isinstance(thing, Tensor):
            meaning = table.get(thing.meaning, thing.meaning if keep_others else None)
            if meaning is None:
                bindings.append(Binding(Unknown("arithmetic takes its meaning away"), binding.condition))
                continue
            origin = thing.origin
            if origin is not None and meaning is not thing.meaning:
                origin = replace(origin, form=Form.OPERATOR)  # a part of it: taking the activation away is no repair
            bindings.append(Binding(Tensor(meaning, None, None, origin), binding.condition, binding.trail))
        else:
            bindings.append(binding)
    return Value.of(bindings)


@word("Keeps")
def _keeps(machine: Machine, call: Invocation, spec: Spec) -> Value:
    return kept(machine, call)


@word("Reshapes")
def _reshapes(machine: Machine, call: Invocation, spec: Spec) -> Value:
    return changed(kept(machine, call), {}, keep_others=True)


@word("Part")
def _part(machine: Machine, call: Invocation, spec: Spec) -> Value:
    return changed(kept(machine, call), PART_OF_CLASSES, keep_others=True)


_TABLES = {"LogOf": LOG, "ExpOf": EXP, "ComplementOf": COMPLEMENT}


@word(*_TABLES)
def _transfer(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    value = call.value(machine, spec.arguments[0])
    return None if value is None else transferred(machine, value, _TABLES[spec.word], call)


def transferred(machine: Machine, value: Value, table: dict[Meaning, Meaning], call: Invocation) -> Value:
    """A tensor that an elementary operation gave another meaning: the trail goes on, the operation is its origin."""
    origin = _origin(machine, call)
    result = []
    for binding in changed(value, table, keep_others=False):
        thing = binding.thing
        if isinstance(thing, Tensor):
            step = Step(origin.place, f"becomes {thing.meaning.spoken}")
            thing = Tensor(thing.meaning, thing.axis, thing.units, origin)
            result.append(Binding(thing, binding.condition, Trail(step, binding.trail)))
        else:
            result.append(binding)
    return Value.of(result)


@word("Clamps")
def _clamps(machine: Machine, call: Invocation, spec: Spec) -> Value:
    """Probabilities stay probabilities between any bounds; logits cut to [0, 1] may be meant as probabilities."""
    bounds = [value.only for name in spec.arguments if (value := call.value(machine, name)) is not None]
    constants = [b.value if isinstance(b, Constant) else 0 for b in bounds]  # a bound nobody knows may be an epsilon
    within = len(constants) == 2 and all(isinstance(n, (int, float)) and 0 <= n <= 1 for n in constants)
    table: dict[Meaning, Meaning | None] = {Meaning.LOGITS: None} if within else {}
    return changed(kept(machine, call), table, keep_others=True)


@word("MatrixProduct")
def _matrix_product(machine: Machine, call: Invocation, spec: Spec) -> Value:
    operands = [value for name in spec.arguments if (value := call.value(machine, name)) is not None]
    if any(mixes(operand) for operand in operands):
        return unknown("a weighted sum of it can mean anything")
    return produced(machine, call, Meaning.LOGITS)


@word("Adds", "Multiplies")
def _arithmetic(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    left, right = (call.value(machine, name) for name in spec.arguments[:2])
    if left is None or right is None:
        return None
    return add(left, right) if spec.word == "Adds" else multiply(left, right)


@word("FromNumbers")
def _from_numbers(machine: Machine, call: Invocation, spec: Spec) -> Value:
    value = call.value(machine, spec.arguments[0])
    numbers = _numbers(machine, value) if value is not None else None
    if numbers and any(not 0 <= number <= 1 for number in numbers):
        return produced(machine, call, Meaning.LOGITS)
    if value is not None and isinstance(value.only, Tensor):
        return value
    return unknown("the numbers in it can mean anything", ("call", id(call.arguments.place.node)))


def _numbers(machine: Machine, value: Value) -> list[float]:
    only = value.only
    if isinstance(only, Constant):
        return [only.value] if isinstance(only.value, (int, float)) and not isinstance(only.value, bool) else []
    held = content(machine, only)
    if not isinstance(held, Sequence):
        return []
    return [number for element in held.items for number in _numbers(machine, element)]


@word("Self")
def _self(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    return call.receiver


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
    return with_station(machine, value, call.arguments.place, f"comes out of `{machine.callee_text(call.arguments.place)}`")


@word("Calls")
def _calls(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    if call.receiver is None:
        return None
    callee = machine.find_attribute(call.receiver, spec.arguments[0])
    if callee is None or callee.only == Constant(None):
        return None
    return machine.call(callee, replace(call.arguments, form=call.arguments.form))


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
