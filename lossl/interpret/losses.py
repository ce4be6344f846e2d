"""What happens at losses and wherever else a value is needed to be something; everybody who reads an activation."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass, replace

from lossl.interpret.containers import variables
from lossl.interpret.library import Invocation, origin_of, parameter_word
from lossl.interpret.machine import Machine
from lossl.meaning.condition import Condition, Test
from lossl.meaning.losscall import Argument, Choice, Formula, LossCall, Reader, Unjudged
from lossl.meaning.need import Need, NeedKind
from lossl.meaning.signature import Parameter, Spec
from lossl.meaning.thing import Constant, Tensor, Unknown
from lossl.meaning.trail import Origin, Place
from lossl.meaning.value import Binding, Value

_KINDS = {
    "SigmoidLogits": NeedKind.SIGMOID_LOGITS,
    "SoftmaxLogits": NeedKind.SOFTMAX_LOGITS,
    "DeclaredLogits": NeedKind.DECLARED_LOGITS,
    "Probability": NeedKind.PROBABILITY,
    "Distribution": NeedKind.DISTRIBUTION,
    "LogDistribution": NeedKind.LOG_DISTRIBUTION,
    "LogProbability": NeedKind.LOG_PROBABILITY,
}


LEAST_THRESHOLD = 0.01
"""Less than this is a tolerance: `out > 1e-3` asks whether a number is zero."""


@dataclass(frozen=True)
class Event:
    """One evaluation of a loss call; `undecided` names an option that would decide what the loss needs."""

    call: LossCall
    undecided: str = ""


class Recorder:
    """Collects what happens, in order of happening. Judges nothing."""

    def __init__(self) -> None:
        self.events: dict[Event, None] = {}
        self.sites: dict[Place, dict[Place, None]] = {}
        """By the place of a loss call: the calls through which it is reached."""
        self.unjudged: dict[Place, Unjudged] = {}
        self.formulas: dict[Place, Formula] = {}
        """What may be the heart of a loss."""
        self.sources: dict[int, tuple[Hashable, ...]] = {}
        """By the `id` of an operation whose result nobody knows: the symbols of what it is made of."""
        self.operations: dict[Hashable, str] = {}
        """By the symbol of an operation in which a meaning gets lost: how it is written."""
        self.reasons: dict[int, str] = {}
        """By the `id` of a call of which nothing is known: why not."""
        self.written: dict[Place, Formula] = {}
        """What is, because training minimises what becomes of it."""
        self._layers: dict[Place, set[str]] = {}
        self._picked: dict[Place, set[Test]] = {}
        """By the place of an activation: the lookups within which it made something."""
        self._readers: dict[Place, dict[Reader, None]] = {}
        self._callers: dict[Place, dict[Hashable, None]] = {}
        self._handed_on: dict[Hashable, dict[Reader, None]] = {}
        self._operands: dict[Place, set[Place | None]] = {}

    def read(self, origin: Origin, reader: Reader) -> None:
        """Somebody reads what an activation made."""
        self._readers.setdefault(origin.place, {})[reader] = None

    def made(self, origin: Origin, callers: Iterable[Hashable], path: Condition) -> None:
        """An activation made something while these objects and functions were called, under this condition."""
        self._callers.setdefault(origin.place, {}).update(dict.fromkeys(callers))
        self._picked.setdefault(origin.place, set()).update(test for test in path.tests if test.picked)

    def picked_apart(self, binding: Binding, call: LossCall) -> frozenset[Test]:
        """The lookups that led to a loss, but not to what it is given: they only meet if somebody picks that loss."""
        origin = binding.thing.origin if isinstance(binding.thing, Tensor) else None
        within = self._picked.get(origin.place, set()) if origin is not None else set()
        return frozenset(t for t in call.condition.tests if t.picked) - binding.condition.tests - within

    def makers(self, origin: Origin) -> list[Hashable]:
        """The objects and functions that were being called when it was made, wherever it was made."""
        return list(self._callers.get(origin.place, ()))

    def operand(self, place: Place, origin: Place | None) -> None:
        """An expression that somebody reads certainly is what this activation gave; None: it is, or may be, not."""
        self._operands.setdefault(place, set()).add(origin)

    def handed_on(self, thing: Hashable, reader: Reader) -> None:
        """An object or function goes to somebody who may call it out of sight."""
        self._handed_on.setdefault(thing, {})[reader] = None

    def called(self, place: Place, layer: str) -> None:
        """A call written at this place calls a layer of that class."""
        self._layers.setdefault(place, set()).add(layer)

    def shared(self, place: Place) -> bool:
        """True if what is called at this place is not always the same: another object holds another layer."""
        return len(self._layers.get(place, ())) > 1

    def readers(self, origin: Origin) -> list[Reader]:
        """Everybody who reads what this activation made, or may do so out of sight; losses excepted."""
        found = dict(self._readers.get(origin.place, {}))
        for caller in self._callers.get(origin.place, ()):
            found.update(self._handed_on.get(caller, {}))
        return [self._placed(reader, origin) for reader in found]

    def _placed(self, reader: Reader, origin: Origin) -> Reader:
        """The reader without its operand if that is not always what the activation gave."""
        known = reader.operand is None or self._operands.get(reader.operand) == {origin.place}
        return reader if known else replace(reader, operand=None)


def need_of(machine: Machine, call: Invocation, spec: Spec) -> Need:
    """The need that a parameter's `Needs[...]` states for this call."""
    inner = spec.arguments[0]
    kind = _KINDS[inner.word]
    flag, other = (*inner.arguments, None, None)[:2]
    if kind is NeedKind.DECLARED_LOGITS:
        return Need(kind, other, flag)
    if other is not None and _constant(machine, call, flag) != Constant(other):
        flag = None  # a flaw only if that option has that value
    return Need(kind, "softmax" if kind is NeedKind.SOFTMAX_LOGITS else None, flag)


def _constant(machine: Machine, call: Invocation, option: str) -> Constant | None:
    value = call.value(machine, option)
    only = value.only if value is not None else None
    return only if isinstance(only, Constant) else None


@parameter_word("Needs")
def note_loss(machine: Machine, call: Invocation, parameter: Parameter) -> None:
    """A loss is called: remember it with what its prediction argument may be."""
    if parameter.spec is not None:
        _note(machine, call, parameter.name, need_of(machine, call, parameter.spec), with_word(call, "Target"))


@parameter_word("Target")
def _note_target(machine: Machine, call: Invocation, parameter: Parameter) -> None:
    """What the prediction is compared with: it may be no target at all."""
    kind = NeedKind.TARGET
    if parameter.spec is not None and parameter.spec.arguments:
        in_logs = _constant(machine, call, parameter.spec.arguments[0])
        kind = _BY_LOG_TARGET.get(in_logs.value if in_logs is not None else None, kind)
    note_use(machine, call, parameter, Need(kind), with_word(call, "Needs"))


_BY_LOG_TARGET: dict[object, NeedKind] = {True: NeedKind.LOG_TARGET, False: NeedKind.PROBABILITY_TARGET}


@parameter_word("Activates")
def _note_activation(machine: Machine, call: Invocation, parameter: Parameter) -> None:
    """A sigmoid or softmax, `Activates["softmax", "dim"]`: what it is given may be activated already."""
    link, axis = (*parameter.spec.arguments, None)[:2] if parameter.spec is not None else (None, None)
    held = _constant(machine, call, axis) if isinstance(axis, str) else Constant(axis)
    flag = "no axis" if isinstance(axis, str) and held == Constant(None) else None
    need = Need(NeedKind.ACTIVATION, link, flag, held.value if held is not None else None)
    note_use(machine, call, parameter, need, makes=origin_of(machine, call))


_USES = {
    "Logarithm": NeedKind.LOGARITHM,
    "LogitsParameter": NeedKind.LOGITS_PARAMETER,
    "ProbabilityParameter": NeedKind.PROBABILITY_PARAMETER,
}


@parameter_word(*_USES)
def _note_other(machine: Machine, call: Invocation, parameter: Parameter) -> None:
    if parameter.spec is not None:
        note_use(machine, call, parameter, Need(_USES[parameter.spec.word]))


@parameter_word("Thresholds")
def _note_threshold(machine: Machine, call: Invocation, parameter: Parameter) -> None:
    """Rounded, or compared with another argument, `Thresholds["other"]`: a threshold if that lies between 0 and 1."""
    need, names = Need(NeedKind.THRESHOLD), parameter.spec.arguments if parameter.spec is not None else ()
    if not names:
        note_use(machine, call, parameter, need)
    elif names[0] in call.bound.actuals and is_threshold(call.bound.actuals[names[0]].value):
        note_use(machine, call, parameter, need, names[0])


def is_threshold(value: Value) -> bool:
    """True of a number that probabilities are compared with, and of a tensor full of one: no tiny tolerance."""
    only = value.only
    number = only.value if isinstance(only, Constant) else only.filled if isinstance(only, Unknown) else None
    return isinstance(number, float) and LEAST_THRESHOLD <= number < 1


def note_comparison(machine: Machine, place: Place, side: tuple[Place, Value], number: tuple[Place, Value]) -> None:
    """A value is compared with a number between 0 and 1."""
    need = Need(NeedKind.THRESHOLD)
    if _objects(need, side[1], machine.inside):
        choice, beside = Choice(place, "function", "comparison"), Argument("", *number)
        argument = Argument("", *side)
        found = LossCall(place, "comparison", "comparison", choice, argument, need, (), machine.path, beside=beside)
        machine.recorder.events[Event(found)] = None


def note_use(
    machine: Machine,
    call: Invocation,
    parameter: Parameter,
    need: Need,
    beside: str | None = None,
    makes: Origin | None = None,
) -> None:
    """What is no prediction of a loss is remembered only if there is something to say against it."""
    if _objects(need, call.bound.actuals[parameter.name].value, machine.inside):
        _note(machine, call, parameter.name, need, beside, makes)


def with_word(call: Invocation, word: str) -> str | None:
    """The first parameter with that word that is given."""
    return next((p.name for p in call.with_word(word) if p.name in call.bound.actuals), None)


def _objects(need: Need, value: Value, within: frozenset[str]) -> bool:
    return any(isinstance(b.thing, Tensor) and need.objection(b.thing, within) is not None for b in value)


def _note(
    machine: Machine, call: Invocation, name: str, need: Need, beside: str | None, makes: Origin | None = None
) -> None:
    found = LossCall(
        place=call.arguments.place,
        callee=_callee(machine, call),
        loss=_name(machine, call),
        choice=_choice(machine, call),
        argument=_argument(call, name),
        need=need,
        options=(options := _options(machine, call)),
        numbers=tuple(_numbers(machine, call, [name for name, _ in options])),
        condition=machine.path,
        scope=machine.frame.code,
        wired=bool(call.arguments.wiring),
        beside=_argument(call, beside) if beside is not None else None,
        within=machine.inside,
        makes=makes,
        environment=variables(machine),
    )
    machine.recorder.events[Event(found, call.ambiguous)] = None
    if need.kind.of_prediction:
        machine.frame.has_loss = True
        machine.note_reached(found.place)


def _argument(call: Invocation, name: str) -> Argument:
    actual = call.bound.actuals[name]
    receiver = _receiver(call) if actual.value is call.receiver else None
    return Argument(name, actual.place or receiver or call.arguments.place, actual.value)


def _receiver(call: Invocation) -> Place | None:
    """Where the receiver of a method is written: the `x` of `x.round()`."""
    place = call.arguments.place
    node = getattr(getattr(place.node, "func", None), "value", None)
    return Place(place.file, node) if node is not None else None


def _callee(machine: Machine, call: Invocation) -> str:
    place = call.arguments.place
    return machine.text(place.node) if call.arguments.wiring else machine.callee_text(place)


def _name(machine: Machine, call: Invocation) -> str:
    """The class if it is a class; for code of the project the name that was declared says more."""
    declared = machine.library.declared(call.routine.name) is not None
    return call.instance.cls.name if call.instance is not None and not declared else call.routine.name


def _choice(machine: Machine, call: Invocation) -> Choice:
    wiring, instance = call.arguments.wiring, call.instance
    if wiring == "string":
        return Choice(call.arguments.place, "string", _name(machine, call))
    if instance is not None and instance.made is not None:
        return Choice(instance.made, "class", _name(machine, call))
    return Choice(call.arguments.place, wiring or "function", call.routine.name)


def _numbers(machine: Machine, call: Invocation, options: Iterable[str]) -> Iterator[tuple[str, float | None]]:
    """The options that hold one number, or a tensor full of one."""
    for name in options:
        value = call.value(machine, name)
        only = value.only if value is not None else None
        if isinstance(only, Constant) and isinstance(only.value, (int, float)) and not isinstance(only.value, bool):
            yield name, float(only.value)
        elif isinstance(only, Unknown) and (only.number or only.single):
            yield name, only.filled


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
