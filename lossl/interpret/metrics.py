"""What metrics read: thresholds and areas under a curve want probabilities, or logits if the metric is told so."""

from __future__ import annotations

from lossl.interpret.arguments import Actual, Arguments
from lossl.interpret.containers import content
from lossl.interpret.flow import read
from lossl.interpret.library import Invocation, parameter_word
from lossl.interpret.losses import is_threshold, note_use, with_word
from lossl.interpret.machine import Machine
from lossl.interpret.structure import looked_up
from lossl.interpret.wiring import elements
from lossl.meaning.need import Need, NeedKind
from lossl.meaning.signature import Parameter, Routine
from lossl.meaning.thing import Constant, Mapping, Sequence, Tensor, Unknown
from lossl.meaning.trail import Place
from lossl.meaning.value import Value, unknown


@parameter_word("Measured")
def measured(machine: Machine, call: Invocation, parameter: Parameter) -> None:
    """A metric is given something: what it has to be, as far as that can be told."""
    if parameter.spec is None:
        return
    inner = parameter.spec.arguments[0]
    said = next(iter(inner.arguments), None)
    if inner.word == "DeclaredLogits":
        need = Need(NeedKind.METRIC_LOGITS, None, said)
    elif said is None or _applies(machine, call, parameter, said):
        need = Need(NeedKind.METRIC, None, said if isinstance(said, str) else None)
    else:
        return
    note_use(machine, call, parameter, need, with_word(call, "Target"))


def _applies(machine: Machine, call: Invocation, parameter: Parameter, said: str | int) -> bool:
    """True if the option `said` holds thresholds of probabilities, or if what is given has `said` units."""
    if isinstance(said, str):
        held = call.value(machine, said)
        return held is not None and _thresholds(machine, held)
    things = [binding.thing for binding in call.bound.actuals[parameter.name].value]
    return all(isinstance(thing, Tensor) and thing.units == said for thing in things)


def _thresholds(machine: Machine, value: Value) -> bool:
    """True of a threshold, and of a list or tuple of nothing else."""
    held = content(machine, value.only)
    if isinstance(held, Sequence):
        return bool(held.items) and all(is_threshold(item) for item in held.items)
    return is_threshold(value)


@parameter_word("Measures")
def measure(machine: Machine, call: Invocation, parameter: Parameter) -> None:
    """Metrics are handed over: each is called with what the receiver puts out."""
    actual = call.bound.actuals[parameter.name]
    if call.receiver is None or parameter.spec is None or actual.value.only == Constant(None):
        return
    place, (*order, registry) = actual.place or call.arguments.place, parameter.spec.arguments
    output = machine.call(call.receiver, Arguments(place, (Actual(unknown("data"), place),), wiring="output"))
    outputs = content(machine, output.only)
    for metric, where in _listed(machine, actual.value, place):
        found = looked_up(machine, metric, registry)
        if outputs is None and _is_metric(found):
            roles = {"prediction": output, "target": unknown("it is the target that the data loader gives")}
            wiring = "string" if isinstance(metric.only, Constant) else "reference"
            given = tuple(Actual(roles[role], where) for role in order)
            machine.call(found, Arguments(where, given, wiring=wiring))
        else:  # of several outputs nobody knows which it belongs to
            read(machine, output, where, "is measured by metrics")


def _is_metric(value: Value) -> bool:
    """True of what can be called as a metric; a loss that is given as a metric trains nothing."""
    only = value.only
    if isinstance(only, Routine):
        specs = [p.spec for signature in only.signatures for p in signature.parameters if p.spec is not None]
        return all(spec.word != "Needs" for spec in specs)
    return only is not None and not isinstance(only, (Unknown, Constant))


def _listed(machine: Machine, metrics: Value, place: Place) -> list[tuple[Value, Place]]:
    """Every metric in lists and dicts, with where it is written."""
    held = content(machine, metrics.only)
    if isinstance(held, Sequence):
        items = held.items
    elif isinstance(held, Mapping):
        items = tuple(item for _, item in held.items)
    else:
        return [(metrics, place)]
    places = elements(place, len(items))
    return [found for item, where in zip(items, places, strict=True) for found in _listed(machine, item, where)]
