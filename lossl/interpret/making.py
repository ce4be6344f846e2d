"""The words about objects that are made (see `lossl.stubs.vocabulary`)."""

from __future__ import annotations

from dataclasses import replace

from lossl.interpret.arguments import Actual, Arguments, Formal, bind
from lossl.interpret.library import Invocation, evaluate_word, word
from lossl.interpret.machine import Machine
from lossl.interpret.objects import class_attribute, lineage
from lossl.interpret.structure import without
from lossl.meaning.signature import Spec, StubClass
from lossl.meaning.thing import Class, Constant, Instance
from lossl.meaning.value import Value, one, unknown


@word("Makes")
def _makes(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    cls = call.receiver
    if cls is None:
        return None
    arguments = _instead(call, *spec.arguments) if spec.arguments else call.arguments
    made = machine.call(one(call.instance.cls) if call.instance is not None else cls, arguments)
    only = made.only
    for name, actual in arguments.keywords if isinstance(only, Instance) else ():
        if isinstance(only, Instance) and machine.state.get((only.identity, name)) is None:
            machine.state.set((only.identity, name), actual.value)
    return made


def _instead(call: Invocation, left_out: str, name: str) -> Arguments:
    """The arguments of a call, where one takes the place of the first; if it is not given, something unknown does."""
    given = without(call, [left_out, name])
    actual = call.bound.actuals.get(name) or Actual(unknown(f"it is the {name} that the framework gives"))
    return replace(given, positional=(actual, *given.positional))


@word("New")
def _new(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    """Made with what stands behind the class: what parameters or attributes hold, what words say, or None."""
    cls, place = machine.library.find(spec.arguments[0]), call.arguments.place
    given = [_argument(machine, call, each) or unknown("nothing is known of it") for each in spec.arguments[1:]]
    return machine.call(one(cls), Arguments.of(place, *given)) if isinstance(cls, StubClass) else None


def _argument(machine: Machine, call: Invocation, argument: str | Spec | None) -> Value | None:
    if isinstance(argument, Spec):
        return evaluate_word(machine, call, argument)
    return call.value(machine, argument) if argument is not None else one(Constant(None))


@word("Fields")
def _fields(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    """Attributes from arguments as in a dataclass; a keyword that is no field (of a stub's base) becomes one, too."""
    instance = call.instance
    if instance is None:
        return None
    names = annotated_names(machine, instance.cls)
    given = bind([Formal(name) for name in names], call.arguments)
    held = dict(call.arguments.keywords) | given.actuals
    for name in (*names, *held):
        value = held[name].value if name in held else given.unsure or class_attribute(machine, instance.cls, name)
        if isinstance(value, Value):
            machine.state.set((instance.identity, name), value)
    after = machine.find_attribute(call.receiver, spec.arguments[0]) if call.receiver and spec.arguments else None
    if after is not None:
        machine.call(after, Arguments(call.arguments.place))
    return one(Constant(None))


def annotated_names(machine: Machine, cls: Class | StubClass) -> list[str]:
    """The annotated names of a class of the user's and of its bases, in the order of a dataclass's parameters."""
    found: dict[str, None] = {}
    for owner in reversed(lineage(cls, machine)):
        for statement in owner.body.body.body if isinstance(owner, Class) else ():
            for node in statement.body if type(statement).__name__ == "SimpleStatementLine" else (statement,):
                if type(node).__name__ == "AnnAssign" and "ClassVar" not in machine.text(node.annotation.annotation):
                    found[machine.text(node.target)] = None
    return list(found)
