"""What an object of a library holds from the beginning, as its stub says (see `Made` in `lossl.stubs.vocabulary`)."""

from __future__ import annotations

from collections.abc import Hashable
from typing import TYPE_CHECKING

from lossl.interpret.arguments import Actual, Arguments
from lossl.interpret.machine import Machine
from lossl.meaning.signature import Routine, Spec, StubClass
from lossl.meaning.thing import Instance
from lossl.meaning.value import Value, one, unknown

if TYPE_CHECKING:
    from lossl.interpret.library import Invocation


def furnish(machine: Machine, owner: StubClass, call: Invocation) -> None:
    """Give a new object of this class what its attributes annotated `Made` say, if it has nothing there yet."""
    instance = call.instance
    if instance is None:
        return
    for cls in machine.library.lineage(owner):
        for name, member in cls.members.items():
            path = (instance.identity, name)
            if isinstance(member, Spec) and member.word == "Made" and machine.state.get(path) is None:
                machine.state.set(path, _made(machine, call, member, path))


def _made(machine: Machine, call: Invocation, spec: Spec, identity: Hashable) -> Value:
    """The object that a `Made` stands for: no call in the program makes it, so nothing can be repaired there."""
    name, *arguments = spec.arguments
    cls = machine.library.find(name)
    if not isinstance(cls, StubClass):
        return unknown(f"there is no stub of {name}")
    given = [
        _made(machine, call, argument, (identity, index))
        if isinstance(argument, Spec)
        else call.value(machine, argument) or unknown("nothing is known of it")
        for index, argument in enumerate(arguments)
    ]
    made = one(Instance(identity, cls))
    init = machine.library.method(cls, "__init__")
    if isinstance(init, Routine):
        machine.call(one(init), Arguments(call.arguments.place, (Actual(made), *map(Actual, given))))
    return made
