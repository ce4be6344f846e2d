"""What happens at losses: every loss call with what its argument may be, and everybody who reads an activation."""

from __future__ import annotations

from dataclasses import dataclass

from lossl.interpret.library import Invocation, parameter_word
from lossl.interpret.machine import Machine
from lossl.meaning.losscall import Argument, Choice, LossCall, Reader
from lossl.meaning.need import Need, NeedKind
from lossl.meaning.signature import Parameter, Spec
from lossl.meaning.trail import Origin, Place

_KINDS = {
    "SigmoidLogits": NeedKind.SIGMOID_LOGITS,
    "SoftmaxLogits": NeedKind.SOFTMAX_LOGITS,
    "DeclaredLogits": NeedKind.DECLARED_LOGITS,
    "Probability": NeedKind.PROBABILITY,
    "Distribution": NeedKind.DISTRIBUTION,
    "LogDistribution": NeedKind.LOG_DISTRIBUTION,
    "LogProbability": NeedKind.LOG_PROBABILITY,
}


@dataclass(frozen=True)
class Event:
    """One evaluation of a loss call; `undecided` names an option that would decide what the loss needs."""

    call: LossCall
    undecided: str = ""


class Recorder:
    """Collects what happens, in order of happening. Judges nothing."""

    def __init__(self) -> None:
        self.events: dict[Event, None] = {}
        self._layers: dict[Place, set[str]] = {}
        self._readers: dict[Place, dict[Reader, None]] = {}

    def read(self, origin: Origin, reader: Reader) -> None:
        """Somebody reads what an activation made."""
        self._readers.setdefault(origin.place, {})[reader] = None

    def called(self, place: Place, layer: str) -> None:
        """A call written at this place calls a layer of that class."""
        self._layers.setdefault(place, set()).add(layer)

    def shared(self, place: Place) -> bool:
        """True if what is called at this place is not always the same: another object holds another layer."""
        return len(self._layers.get(place, ())) > 1

    def readers(self, origin: Origin) -> list[Reader]:
        """Everybody who reads what this activation made, losses excepted."""
        return list(self._readers.get(origin.place, {}))


def need_of(spec: Spec) -> Need:
    """The need that a parameter's `Needs[...]` states."""
    inner = spec.arguments[0]
    flag, link = inner.arguments if inner.arguments else (None, None)
    return Need(_KINDS[inner.word], link, flag)


@parameter_word("Needs")
def note_loss(machine: Machine, call: Invocation, parameter: Parameter) -> None:
    """A loss is called: remember it with what its prediction argument may be."""
    actual = call.bound.actuals[parameter.name]
    if parameter.spec is None:
        return
    found = LossCall(
        place=call.arguments.place,
        callee=_callee(machine, call),
        loss=_name(call),
        choice=_choice(call),
        argument=Argument(parameter.name, actual.place or call.arguments.place, actual.value),
        need=need_of(parameter.spec),
        options=_options(machine, call),
        condition=machine.path,
        scope=machine.frame.code,
        wired=bool(call.arguments.wiring),
    )
    machine.recorder.events[Event(found, call.ambiguous)] = None


def _callee(machine: Machine, call: Invocation) -> str:
    place = call.arguments.place
    return machine.text(place.node) if call.arguments.wiring else machine.callee_text(place)


def _name(call: Invocation) -> str:
    return call.instance.cls.name if call.instance is not None else call.routine.name


def _choice(call: Invocation) -> Choice:
    wiring, instance = call.arguments.wiring, call.instance
    if wiring == "string":
        return Choice(call.arguments.place, "string", _name(call))
    if instance is not None and instance.made is not None:
        return Choice(instance.made, "class", instance.cls.name)
    return Choice(call.arguments.place, wiring or "function", call.routine.name)


def _options(machine: Machine, call: Invocation) -> tuple[tuple[str, Place], ...]:
    """Options given explicitly, to the constructor or to the call, with the place of the whole argument."""
    judged = {p.name for p in call.signature.parameters if p.spec is not None and p.spec.word in ("Needs", "Target")}
    found: dict[str, Place] = {}
    if call.instance is not None:
        found.update(machine.wholes.get(call.instance.identity, {}))
    for name, actual in call.bound.actuals.items():
        whole = actual.whole
        if name not in judged and whole is not None:
            found[name] = whole
    return tuple(found.items())
