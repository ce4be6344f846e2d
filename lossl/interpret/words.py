"""What the words of the stub vocabulary make of a call (see `lossl.stubs.vocabulary`, which explains each)."""

from __future__ import annotations

from collections.abc import Mapping as Mapping_
from dataclasses import replace
from typing import Any

from lossl.interpret.arguments import unknown_rest
from lossl.interpret.containers import as_sequence, content
from lossl.interpret.flow import callers
from lossl.interpret.library import Invocation, evaluate_word, origin_of, short, word
from lossl.interpret.machine import Machine
from lossl.interpret.minimized import loss_in, note_source
from lossl.interpret.operators import binary, is_affine
from lossl.meaning.meaning import ACTIVATED, COMPLEMENT, EXP, LOG, PART_OF_CLASSES, Meaning
from lossl.meaning.signature import Spec
from lossl.meaning.thing import (
    Constant,
    Sequence,
    Tensor,
    Thing,
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
_KEEPS_SHAPE = {"Probability", "LogProbability"} | _WITH_AXIS
_ACTIVATED = (Meaning.PROBABILITY, Meaning.DISTRIBUTION)
_CLASS_AXES = (None, 1, -1)
"""Where units may lie; along any other axis a distribution is over something else."""


@word(*_MEANINGS)
def _meaning(machine: Machine, call: Invocation, spec: Spec) -> Value:
    first, second = (_number(machine, call, argument) for argument in (*spec.arguments, None, None)[:2])
    axis, units = (first, None) if spec.word in _WITH_AXIS else (second, first)
    taken = _taken_in(call) if spec.word in _KEEPS_SHAPE and spec is call.signature.returns else None
    if taken is not None and axis in _CLASS_AXES:
        units = _units(taken)
    blind = any(isinstance(b.thing, Tensor) and b.thing.axis is None for b in taken or ())
    again = any(isinstance(b.thing, Tensor) and b.thing.meaning in _ACTIVATED for b in taken or ())
    made = produced(machine, call, _MEANINGS[spec.word], axis, units, blind=blind, again=again)
    return _still_dropped(made, taken) if taken is not None else made


def _still_dropped(made: Value, taken: Value) -> Value:
    """What an activation makes of numbers some of which certainly were set to zero; its way begins with theirs."""
    before = taken.bindings[0] if len(taken.bindings) == 1 else None
    if before is None or not isinstance(before.thing, Tensor) or before.thing.dropped is None:
        return made
    only = made.bindings[0]
    assert isinstance(only.thing, Tensor)
    assert only.trail is not None
    return one(replace(only.thing, dropped=before.thing.dropped), Trail(only.trail.step, before.trail))


_TAKEN_IN = ("Tensor", "Activates")


def _taken_in(call: Invocation) -> Value | None:
    """The one tensor that an activation is given."""
    inputs = [p.name for p in call.signature.parameters if p.spec is not None and p.spec.word in _TAKEN_IN]
    return call.bound.value(inputs[0]) if len(inputs) == 1 else None


def _units(taken: Value) -> int | None:
    """The number of units of what an activation is given: it changes no shape."""
    counts = {b.thing.units if isinstance(b.thing, Tensor) else None for b in taken}
    return counts.pop() if len(counts) == 1 else None


def _number(machine: Machine, call: Invocation, argument: Any) -> int | None:
    if isinstance(argument, str):
        value = call.value(machine, argument)
        only = value.only if value is not None else None
        argument = only.value if isinstance(only, Constant) else None
    return argument if isinstance(argument, int) and not isinstance(argument, bool) else None


def produced(
    machine: Machine,
    call: Invocation,
    meaning: Meaning,
    axis: int | None = None,
    units: int | None = None,
    *,
    blind: bool = False,
    again: bool = False,
) -> Value:
    """A tensor that this call gave a meaning, with the beginning of its trail."""
    origin = replace(origin_of(machine, call), blind=blind, again=again)
    machine.recorder.made(origin, callers(machine), machine.path)
    trail = Trail(Step(origin.place, f"becomes {meaning.spoken}"))
    return one(Tensor(meaning, axis, units, origin), trail)


@word("Opaque")
def _opaque(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    hidden = replace(call, arguments=replace(call.arguments, form=Form.OPERATOR))
    return evaluate_word(machine, hidden, spec.arguments[0])


@word("Trained")
def _trained(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    value = evaluate_word(machine, call, spec.arguments[0])
    return Value(tuple(replace(b, thing=_as_weights(b.thing)) for b in value)) if value is not None else None


def _as_weights(thing: Thing) -> Thing:
    if isinstance(thing, Unknown):
        return replace(thing, trained=True)
    if isinstance(thing, Tensor) and thing.origin is not None and thing.meaning is Meaning.LOGITS:
        return replace(thing, origin=replace(thing.origin, trained=True))
    return thing


@word("Tensor", "Anything", "Any")
def _nothing_known(machine: Machine, call: Invocation, spec: Spec) -> Value:
    given = [actual.value for actual in call.bound.actuals.values()]
    loss = next((found for value in given if (found := loss_in(value)) is not None), None)
    note_source(machine, call.arguments.place.node, given)
    if spec.word == "Tensor" and loss is not None:
        return one(loss)  # whatever numbers are made of a loss
    name = short(call.routine.name)
    owner = call.instance.cls.name.rsplit(".", 1)[-1] if call.instance is not None else name
    symbol = ("call", call.routine.name, id(call.arguments.place.node))
    squared = any(isinstance(b.thing, Unknown) and b.thing.squared for value in given for b in value)
    return one(
        Unknown(
            f"what `{owner}` gives can mean anything, as far as stubs say",
            symbol,
            squared=spec.word == "Tensor" and squared,
        )
    )


@word("Data")
def _data(machine: Machine, call: Invocation, spec: Spec) -> Value:
    found = evaluate_word(machine, call, Spec("Tensor"))
    return Value(tuple(Binding(replace(b.thing, data=True)) for b in found or () if isinstance(b.thing, Unknown)))


@word("None")
def _none(machine: Machine, call: Invocation, spec: Spec) -> Value:
    return one(Constant(None))


@word("Literal")
def _literal(machine: Machine, call: Invocation, spec: Spec) -> Value:
    return one(Constant(spec.arguments[0]))


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


def changed(
    value: Value, table: Mapping_[Meaning, Meaning | None], *, keep_others: bool, keep_shape: bool = False
) -> Value:
    """Every tensor with its meaning looked up in a table; its axis and units are forgotten unless the shape stays."""
    bindings = []
    for binding in value.usable():
        thing = binding.thing
        if isinstance(thing, Tensor):
            meaning = table.get(thing.meaning, thing.meaning if keep_others else None)
            if meaning is None:
                bindings.append(Binding(Unknown("arithmetic takes its meaning away"), binding.condition))
                continue
            origin = thing.origin
            if origin is not None and meaning is not thing.meaning:
                origin = replace(origin, form=Form.OPERATOR)  # a part of it: taking the activation away is no repair
            if origin is not None and not keep_shape:
                origin = replace(origin, direct=False)
            axis, units = (thing.axis, thing.units) if keep_shape else (None, None)
            new = Tensor(meaning, axis, units, origin, part=thing.part, dropped=thing.dropped)
            bindings.append(Binding(new, binding.condition, binding.trail))
        else:
            bindings.append(binding)
    return Value.of(bindings)


@word("Keeps")
def _keeps(machine: Machine, call: Invocation, spec: Spec) -> Value:
    return kept(machine, call)


@word("Drops")
def _drops(machine: Machine, call: Invocation, spec: Spec) -> Value:
    """What was kept, set to zero in places: `Drops["p", 0, "training", False]` unless one of these is certainly so."""
    value = kept(machine, call)
    if any(_is_given(machine, call, *pair) for pair in zip(spec.arguments[::2], spec.arguments[1::2], strict=True)):
        return value
    origin = origin_of(machine, call)
    return Value(tuple(_dropped(binding, origin) for binding in value))


def _is_given(machine: Machine, call: Invocation, name: str, wanted: object) -> bool:
    """True if an option, given here or to the constructor, certainly has that value."""
    value, instance = call.bound.value(name), call.instance
    if value is None and instance is not None:
        value = machine.state.get((instance.identity, name))
    only = value.only if value is not None else None
    return isinstance(only, Constant) and isinstance(only.value, (int, float)) and only.value == wanted


def _dropped(binding: Binding, origin: Origin) -> Binding:
    thing = binding.thing
    if not isinstance(thing, Tensor) or thing.dropped is not None:
        return binding
    step = Step(origin.place, "is set to zero in places")
    return Binding(replace(thing, dropped=origin), binding.condition, Trail(step, binding.trail))


@word("Reshapes")
def _reshapes(machine: Machine, call: Invocation, spec: Spec) -> Value:
    return changed(kept(machine, call), {}, keep_others=True)


@word("Averages")
def _averages(machine: Machine, call: Invocation, spec: Spec) -> Value:
    return changed(kept(machine, call), {Meaning.NONNEGATIVE: None}, keep_others=True)


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
    origin = origin_of(machine, call)
    machine.recorder.made(origin, callers(machine), machine.path)
    result = []
    for binding in changed(value, table, keep_others=False, keep_shape=True):
        thing = binding.thing
        if isinstance(thing, Tensor):
            step = Step(origin.place, f"becomes {thing.meaning.spoken}")
            again = thing.origin is not None and thing.origin.again
            thing = Tensor(thing.meaning, thing.axis, thing.units, replace(origin, again=again), dropped=thing.dropped)
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
    table: dict[Meaning, Meaning | None] = {Meaning.LOGITS: None, Meaning.NONNEGATIVE: None} if within else {}
    return _ranged(changed(kept(machine, call), table, keep_others=True, keep_shape=True))


def _ranged(value: Value) -> Value:
    """What was activated is cut to bounds that suit the activation."""
    bindings = []
    for binding in value:
        thing = binding.thing
        if isinstance(thing, Tensor) and thing.origin is not None and thing.meaning in ACTIVATED:
            thing = replace(thing, origin=replace(thing.origin, ranged=True))
        bindings.append(Binding(thing, binding.condition, binding.trail))
    return Value.of(bindings)


@word("MatrixProduct")
def _matrix_product(machine: Machine, call: Invocation, spec: Spec) -> Value:
    operands = [value for name in spec.arguments if (value := call.value(machine, name)) is not None]
    if len(operands) == 2 and not is_affine(*operands):
        return unknown("a weighted sum of it can mean anything")
    return produced(machine, call, Meaning.LOGITS)


@word("Adds", "Subtracts", "Multiplies")
def _arithmetic(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    left, right = (call.value(machine, name) for name in spec.arguments[:2])
    if left is None or right is None:
        return None
    return binary(_OPERATORS[spec.word], left, right)


_OPERATORS = {"Adds": "Add", "Subtracts": "Subtract", "Multiplies": "Multiply"}


@word("Self")
def _self(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    return call.receiver
