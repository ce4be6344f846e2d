"""Frameworks' own wiring: a loss handed to a model's method meets what the model puts out."""

from __future__ import annotations

from lossl.interpret.arguments import Actual, Arguments
from lossl.interpret.containers import content
from lossl.interpret.flow import hand_on, read, tensors
from lossl.interpret.library import Invocation, evaluate_word, parameter_word, short, word
from lossl.interpret.machine import Machine
from lossl.interpret.minimized import note_unjudged
from lossl.interpret.structure import looked_up
from lossl.meaning.signature import Parameter, Spec, StubClass
from lossl.meaning.thing import Class, Constant, Instance, Mapping, Sequence, Tensor, Unknown
from lossl.meaning.trail import Place
from lossl.meaning.value import Value, one, unknown


@parameter_word("Connects")
def connect(machine: Machine, call: Invocation, parameter: Parameter) -> None:
    """Call the receiver, then the loss with its output: `Connects["target", "prediction", registry]`."""
    actual = call.bound.actuals[parameter.name]
    if call.receiver is None or parameter.spec is None or actual.place is None:
        return
    if actual.value.only == Constant(None):
        return
    order, registry = parameter.spec.arguments[:2], parameter.spec.arguments[2]
    nothing = unknown("it is what the data loader gives")
    place = call.arguments.place
    output = machine.call(call.receiver, Arguments(place, (Actual(nothing, place),), wiring="output"))
    for loss, place, part in pairs(machine, actual.value, actual.place, output):
        _meet(machine, loss, place, part, order, registry)


@parameter_word("HandsOn")
def give_away(machine: Machine, call: Invocation, parameter: Parameter) -> None:
    """What is saved or exported is called out of sight; a model of layers gives what it is made of."""
    value, place = call.bound.actuals[parameter.name].value, call.arguments.place
    what = f"may be read by whoever uses what {short(call.routine.name)} writes"
    read(machine, value, place, what)
    hand_on(machine, value, place, what)
    only = value.only
    if isinstance(only, Instance) and isinstance(only.cls, StubClass):
        output = machine.call(value, Arguments(place, (Actual(unknown("data"), place),), wiring="output"))
        read(machine, output, place, what)


@word("CallsWith")
def call_with(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    """A call by the framework: of what the receiver holds only some arguments are known."""
    name, *given = spec.arguments
    callee = machine.find_attribute(call.receiver, name) if call.receiver is not None else None
    if callee is None or callee.only == Constant(None):
        return None
    place = call.arguments.place
    positional = tuple(Actual(_handed(machine, call, each), place) for each in given)
    rest = unknown("it is what the framework gives")
    return machine.call(callee, Arguments(place, positional, extra=rest, wiring="output"))


def _handed(machine: Machine, call: Invocation, argument: str | Spec) -> Value:
    """What a framework hands over under a name: what an attribute holds, or data; or what a word says."""
    if isinstance(argument, Spec):
        held = evaluate_word(machine, call, argument)
    else:
        held = machine.find_attribute(call.receiver, argument) if call.receiver is not None else None
    if held is None or held.only == Constant(None):
        return unknown(f"it is the {argument} that the framework gives" if isinstance(argument, str) else "data")
    return held


@word("Meets")
def train(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    """A model is called, and a loss with what it puts out: `Meets["model", "loss", "prediction", "target"]`."""
    model, loss = (call.value(machine, name) for name in spec.arguments[:2])
    if model is None or loss is None or loss.only == Constant(None):
        return None
    place = call.arguments.place
    data = Actual(unknown("it is what the data loader gives"), place)
    output = machine.call(_made(machine, model, place), Arguments(place, (data,), wiring="output"))
    given = None
    if call.instance is not None:
        given = machine.given.get((call.instance.identity, spec.arguments[1]))
        read(machine, output, place, "may be read by whoever predicts with what was trained")
    actual = call.bound.actuals.get(spec.arguments[1])
    chosen = given or (actual.place if actual is not None else None) or place
    loss = _instead(machine, loss, spec.arguments[4]) if len(spec.arguments) > 4 else loss
    if chosen is not place or not isinstance(loss.only, Unknown):  # a default that nobody knows is no choice
        _meet(machine, _made(machine, loss, chosen), chosen, output, spec.arguments[2:4], "")
    return unknown("it is what training gives")


def _made(machine: Machine, value: Value, place: Place) -> Value:
    """What was handed over as a class is made by whoever trains, with arguments that nobody knows."""
    if not isinstance(value.only, (Class, StubClass)):
        return value
    return machine.call(value, Arguments(place, extra=unknown("it is what whoever trains hands over")))


def _instead(machine: Machine, loss: Value, registry: str) -> Value:
    """The loss that whoever trains makes of a loss of a library, by its class."""
    only = loss.only
    cls = only.cls if isinstance(only, Instance) else only
    name = machine.library.registry(registry).get(cls.name) if isinstance(cls, StubClass) else None
    found = machine.library.find(name) if name is not None else None
    return one(found) if isinstance(found, StubClass) else loss


def pairs(machine: Machine, losses: Value, place: Place, output: Value) -> list[tuple[Value, Place, Value]]:
    """Which loss belongs to which output: one to one, or one for all."""
    held = content(machine, losses.only)
    outputs = content(machine, output.only)
    if isinstance(held, Sequence):
        parts = outputs.items if isinstance(outputs, Sequence) else (output,) * len(held.items)
        places = elements(place, len(held.items))
        return list(zip(held.items, places, parts, strict=False))
    if isinstance(held, Mapping):
        places = elements(place, len(held.items))
        named = _named_outputs(machine, outputs, output, held)
        return list(zip((loss for _, loss in held.items), places, named, strict=True))
    if isinstance(outputs, Sequence):
        return [(losses, place, part) for part in outputs.items]
    return [(losses, place, output)]


def elements(place: Place, count: int) -> list[Place]:
    """Where the elements of a list or dict stand, if it is written right there."""
    written = getattr(place.node, "elements", ())
    if len(written) != count:
        return [place] * count
    return [Place(place.file, element.value) for element in written]


def _named_outputs(machine: Machine, outputs: object, output: Value, losses: Mapping) -> list[Value]:
    """The output that belongs to each of these losses: by its own name, or by that of the layer that made it."""
    names = [str(name) for name, _ in losses.items]
    if isinstance(outputs, Mapping):
        return [outputs.get(name) or unknown(f"the model has no output `{name}`") for name in names]
    if not isinstance(outputs, Sequence):
        return [output if len(names) == 1 else unknown("which output has which name is not known")] * len(names)
    parts = outputs.items if outputs.exact else ()
    if len(parts) == len(names) and len({loss for _, loss in losses.items}) == 1:
        return list(parts)  # all are given to the same loss
    made = [_layer_names(machine, part) for part in parts]
    found = [[part for part, by in zip(parts, made, strict=True) if by == {name}] for name in names]
    return [each[0] if len(each) == 1 else unknown("which output has which name is not known") for each in found]


def _layer_names(machine: Machine, output: Value) -> set[object]:
    """How the layers are called that made an output; several for layers made in a loop."""
    origins = [tensor.origin for tensor in tensors(machine, output) if tensor.origin is not None]
    makers = {maker for origin in origins for maker in machine.recorder.makers(origin)}
    names = (machine.state.get((maker, "name")) for maker in makers)
    return {name.only.value for name in names if name is not None and isinstance(name.only, Constant)} - {None}


def _meet(machine: Machine, loss: Value, place: Place, output: Value, order: tuple[str, ...], registry: str) -> None:
    written = isinstance(loss.only, Constant)
    callee = looked_up(machine, loss, registry) if registry else loss
    roles = {"prediction": output, "target": unknown("it is the target that the data loader gives")}
    positional = tuple(Actual(roles[role], place) for role in order)
    wiring = "string" if written else "reference"
    if isinstance(output.only, Tensor) or output.bindings:
        for binding in callee:
            if isinstance(binding.thing, Unknown):
                note_unjudged(machine, place, binding.thing.reason)
        machine.call(callee, Arguments(place, positional, wiring=wiring))
