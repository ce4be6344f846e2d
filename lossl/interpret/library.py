"""Calls of what stubs describe: which overload is meant, which parameter got what, what the words make of it."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from typing import Any

from lossl.interpret.arguments import Actual, Arguments, Bindings, bind
from lossl.interpret.flow import read, taken, tensors
from lossl.interpret.machine import Machine
from lossl.interpret.made import furnish
from lossl.meaning.meaning import Meaning
from lossl.meaning.signature import Parameter, Routine, Signature, Spec, StubClass
from lossl.meaning.thing import Constant, Instance, Mapping, Unknown
from lossl.meaning.trail import Form, Origin, Place
from lossl.meaning.value import Value, one, unknown


@dataclass
class Invocation:
    """A call of a routine with one of its signatures; `ambiguous` names the option that keeps others possible."""

    routine: Routine
    signature: Signature
    receiver: Value | None
    arguments: Arguments
    bound: Bindings = field(default_factory=Bindings)
    ambiguous: str = ""

    @property
    def instance(self) -> Instance | None:
        """The object whose method is called, if it is an object."""
        only = self.receiver.only if self.receiver is not None else None
        return only if isinstance(only, Instance) else None

    def parameter(self, name: str) -> Parameter | None:
        """The parameter of that name, or None."""
        return next((p for p in self.signature.parameters if p.name == name), None)

    def with_word(self, name: str) -> list[Parameter]:
        """The parameters annotated with a word."""
        return [p for p in self.signature.parameters if p.spec is not None and p.spec.word == name]

    def value(self, machine: Machine, name: str) -> Value | None:
        """What a parameter holds: the argument, else the receiver's attribute of that name, else the default."""
        given = self.bound.value(name)
        if given is not None:
            return given
        parameter = self.parameter(name)
        if self.bound.unsure is not None and parameter is not None:
            return self.bound.unsure
        if self.receiver is not None:
            instance = self.instance
            held = machine.state.get((instance.identity, name)) if instance is not None else None
            if held is not None:
                return held
        if parameter is not None and not parameter.required:
            return default_of(parameter)
        return None


Word = Callable[[Machine, Invocation, Spec], "Value | None"]
WORDS: dict[str, Word] = {}


def word(*names: str) -> Callable[[Word], Word]:
    """Register what a word in a return annotation makes of a call; None means it cannot be had."""

    def register(function: Word) -> Word:
        WORDS.update(dict.fromkeys(names, function))
        return function

    return register


ParameterWord = Callable[[Machine, Invocation, Parameter], None]
PARAMETER_WORDS: dict[str, ParameterWord] = {}


def parameter_word(*names: str) -> Callable[[ParameterWord], ParameterWord]:
    """Register what happens when a parameter annotated with one of these words is given an argument."""

    def register(function: ParameterWord) -> ParameterWord:
        PARAMETER_WORDS.update(dict.fromkeys(names, function))
        return function

    return register


def default_of(parameter: Parameter) -> Value:
    """A parameter's default, unknown if the stub does not say it."""
    if parameter.default is ...:
        return unknown(f"`{parameter.name}` is left to its default, which lossl does not know")
    return one(Constant(parameter.default))


def invoke(machine: Machine, routine: Routine, receiver: Value | None, arguments: Arguments) -> Value:
    """What calling a routine gives, and everything it does on the way: losses, wiring, readers."""
    if routine.name.endswith(".__init__") and receiver is not None:
        return construct(machine, routine, receiver, arguments)
    only = receiver.only if receiver is not None else None
    if isinstance(only, Instance) and arguments.form is Form.CALL:
        machine.recorder.called(arguments.place, only.cls.name)
    chosen = choose(machine, routine, receiver, arguments)
    if chosen is None:
        return unknown(f"no signature of {routine.name} fits this call")
    _note_readers(machine, chosen)
    _act(machine, chosen)
    spec = chosen.signature.returns
    machine.receivers.append(only.identity if isinstance(only, Instance) else None)
    result = evaluate_word(machine, chosen, spec) if spec is not None else None
    machine.receivers.pop()
    _note_lost(machine, chosen, result)
    result = _taken(machine, chosen, result) if result is not None else None
    return result if result is not None else unknown(f"nothing is known of what {short(routine.name)} gives")


def _act(machine: Machine, invocation: Invocation) -> None:
    """What the words of the parameters say happens with what they are given."""
    for parameter in invocation.signature.parameters:
        act = PARAMETER_WORDS.get(parameter.spec.word) if parameter.spec is not None else None
        if act is not None and parameter.name in invocation.bound.actuals:
            act(machine, invocation, parameter)


def evaluate_word(machine: Machine, invocation: Invocation, spec: Spec) -> Value | None:
    """What a return annotation says of this call."""
    handler = WORDS.get(spec.word)
    return handler(machine, invocation, spec) if handler is not None else None


def attribute_word(machine: Machine, spec: Spec, receiver: Value | None) -> Value:
    """What an attribute annotation of a stub says; `receiver` is the object it belongs to, if there is one."""
    routine = Routine("attribute", kind="method")
    signature = Signature((Parameter("self", Spec("Keeps")),), spec)
    bound = Bindings({"self": Actual(receiver)} if receiver is not None else {})
    invocation = Invocation(routine, signature, receiver, Arguments(machine.here), bound)
    value = evaluate_word(machine, invocation, spec)
    return value if value is not None else unknown("nothing is known of this attribute")


def short(name: str) -> str:
    """The last part of a qualified name."""
    return name.rsplit(".", 1)[-1]


def origin_of(machine: Machine, call: Invocation) -> Origin:
    """Where what this call makes comes from: how and where the activation or layer is written."""
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


def choose(machine: Machine, routine: Routine, receiver: Value | None, arguments: Arguments) -> Invocation | None:
    """The first overload that fits; it is ambiguous if an option that decides is not constant."""
    first: Invocation | None = None
    for signature in routine.signatures:
        invocation = _bound(routine, signature, receiver, arguments)
        fits, unsure = _fits(machine, invocation)
        if fits and not unsure:
            if first is None:
                return invocation
            return first
        if fits and first is None:
            first = invocation
            first.ambiguous = unsure
    return first


def _bound(routine: Routine, signature: Signature, receiver: Value | None, arguments: Arguments) -> Invocation:
    parameters = signature.parameters
    implicit = receiver is not None and routine.kind != "staticmethod" and bool(parameters)
    bound = bind(parameters[1 if implicit else 0 :], arguments)
    if implicit and receiver is not None:
        bound.actuals[parameters[0].name] = Actual(receiver)
    return Invocation(routine, signature, receiver, arguments, bound)


def _fits(machine: Machine, invocation: Invocation) -> tuple[bool, str]:
    """Whether the literals of a signature allow this call, and the name of an option that does not decide."""
    unsure = ""
    for name, allowed in invocation.signature.literals:
        value = invocation.value(machine, name)
        value = value.where(machine.path) if value is not None else one(Constant(None))
        possible = [_allows(binding.thing, allowed) for binding in value]
        if True not in possible and None not in possible:
            return False, ""
        if possible != [True] * len(possible):
            unsure = name
    return True, unsure


def _allows(thing: object, allowed: tuple[object, ...]) -> bool | None:
    """Whether a thing is one of the literals; None if nobody knows."""
    if isinstance(thing, Constant):
        return any(type(thing.value) is type(literal) and thing.value == literal for literal in allowed)
    return None if isinstance(thing, Unknown) else False


def construct(machine: Machine, routine: Routine, receiver: Value, arguments: Arguments) -> Value:
    """`__init__` of a stub: constructor arguments become attributes under the parameters' names."""
    invocation = choose(machine, routine, receiver, arguments)
    instance = receiver.only
    if invocation is None or not isinstance(instance, Instance):
        return one(Constant(None))
    _note_readers(machine, invocation, _PARAMETERS)
    _act(machine, invocation)
    owner = machine.library.find(routine.name.rpartition(".")[0])
    hidden = owner.members if isinstance(owner, StubClass) else {}
    for parameter in invocation.signature.parameters[1:]:
        if parameter.name in hidden:
            continue  # an attribute or property of that name says more than the argument
        actual = invocation.bound.actuals.get(parameter.name)
        value = actual.value if actual is not None else invocation.bound.unsure
        if value is None and not parameter.required:
            value = default_of(parameter)
        if value is not None:
            machine.state.set((instance.identity, parameter.name), value)
        if parameter.kind == "double_star" and value is not None and isinstance(value.only, Mapping):
            for key, item in value.only.items:
                machine.state.set((instance.identity, key), item)
        if actual is not None and actual.place is not None:
            machine.given[instance.identity, parameter.name] = actual.place
            machine.wholes.setdefault(instance.identity, {})[parameter.name] = actual.whole or actual.place
    if isinstance(owner, StubClass):
        furnish(machine, owner, invocation)
    return one(Constant(None))


_PASSED_ON = {"Keeps", "Drops", "Reshapes", "Averages", "Part", "Self"}
_PARAMETERS = ("LogitsParameter", "ProbabilityParameter")
"""What a distribution is made of."""
_UNREAD = {"Needs", "Connects", "Measures", "HandsOn"}


def _passes_on(returns: Spec) -> bool:
    if returns.word in ("tuple", "list", "Trained"):
        return any(isinstance(part, Spec) and _passes_on(part) for part in returns.arguments)
    return returns.word in _PASSED_ON


def _across(machine: Machine, invocation: Invocation, value: Value) -> bool:
    """True if distributions are put in order along another axis than that of the classes."""
    axes = [invocation.value(machine, name) for name in ("dim", "axis") if invocation.parameter(name) is not None]
    axis = axes[0].only if axes and axes[0] is not None else None
    if not isinstance(axis, Constant) or not isinstance(axis.value, int):
        return False
    return any(t.axis is not None and (t.axis == 0) != (axis.value == 0) for t in tensors(machine, value))


def _note_lost(machine: Machine, invocation: Invocation, result: Value | None) -> None:
    """Who makes something of a value that can mean anything reads it, also if it passes on other meanings."""
    passed = {tensor.origin for tensor in tensors(machine, result)} if result is not None else set()
    for parameter in invocation.with_word("Keeps"):
        actual = invocation.bound.actuals.get(parameter.name)
        given = list(tensors(machine, actual.value)) if actual is not None else []
        if actual is not None and any(t.origin is not None and _unless_in(t.origin, passed) for t in given):
            what = f"is read by {short(invocation.routine.name)}"
            operand = _operand(invocation, actual)
            read(machine, actual.value, invocation.arguments.place, what, operand=operand)


def _taken(machine: Machine, invocation: Invocation, result: Value) -> Value:
    """What came out knows from which expressions it was taken."""
    for parameter in invocation.signature.parameters:
        actual = invocation.bound.actuals.get(parameter.name)
        if actual is not None and parameter.spec is not None and parameter.spec.word not in _UNREAD:
            result = taken(machine, result, actual.value, _operand(invocation, actual))
    return result


def _minds(machine: Machine, kind: str, actual: Actual) -> bool:
    """True unless it is handed over as logits, and nothing but an activation keeps it from being that."""
    activated = (Meaning.PROBABILITY, Meaning.DISTRIBUTION)
    return kind != "LogitsParameter" or any(t.meaning not in activated for t in tensors(machine, actual.value))


def _again(machine: Machine, parameter: Parameter, actual: Actual) -> bool:
    """True if a sigmoid is applied to what went through one, or a softmax."""
    links = parameter.spec.arguments[:1] if parameter.spec is not None and parameter.spec.word == "Activates" else ()
    return any(_ACTIVATED.get(tensor.meaning) in links for tensor in tensors(machine, actual.value))


_ACTIVATED: dict[Meaning, object] = {Meaning.PROBABILITY: "sigmoid", Meaning.DISTRIBUTION: "softmax"}


def _operand(invocation: Invocation, actual: Actual) -> Place | None:
    """The expression of an argument, or of the object whose method is called."""
    place = invocation.arguments.place
    if invocation.arguments.wiring or actual.place is not None:
        return None if invocation.arguments.wiring else actual.place
    func: Any = getattr(place.node, "func", None)
    named = type(func).__name__ == "Attribute" and func.attr.value == short(invocation.routine.name)
    owner = func.value if named else None
    return Place(place.file, owner) if owner is not None and actual.value is invocation.receiver else None


def _unless_in(origin: Origin, passed: set[Origin | None]) -> bool:
    return all(other is None or other.place != origin.place for other in passed)


def _note_readers(machine: Machine, invocation: Invocation, kinds: Collection[str] = ()) -> None:
    """Whoever takes a value in reads it, unless it only passes it on; losses are noted as losses.

    Only through parameters of these kinds, if any are given: what an object is made of is mostly read by its methods.
    """
    returns = invocation.signature.returns
    passes = returns is not None and _passes_on(returns)
    for parameter in invocation.signature.parameters:
        actual = invocation.bound.actuals.get(parameter.name)
        kind = parameter.spec.word if parameter.spec is not None else ""
        if actual is None or kind in _UNREAD or (kind == "Keeps" and passes) or (kinds and kind not in kinds):
            continue
        if parameter.name == "self" and not kind:
            continue  # `x.size(0)` reads no numbers
        if returns is not None and returns.word in ("Calls", "CallsInTurn", "Hooked"):
            continue
        what = f"is read by {short(invocation.routine.name.removesuffix('.__init__')).lstrip('_')}"
        minds = _across(machine, invocation, actual.value) if kind == "Ordering" else _minds(machine, kind, actual)
        operand, again = _operand(invocation, actual), _again(machine, parameter, actual)
        read(machine, actual.value, invocation.arguments.place, what, minds=minds, operand=operand, again=again)
