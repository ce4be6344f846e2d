"""Functions and classes of the project that the user declares to be losses or activations: taken at their word."""

from __future__ import annotations

from collections.abc import Iterable

from lossl.errors import Failure
from lossl.interpret.arguments import Arguments, Formal
from lossl.interpret.machine import Machine
from lossl.interpret.objects import class_attribute, lineage
from lossl.meaning.declared import Declared
from lossl.meaning.signature import Parameter, Routine
from lossl.meaning.thing import Class, Function, Instance
from lossl.meaning.value import Value

ENTRIES = ("__call__", "forward", "call")
"""The methods that calling an object leads to, whatever it is built on; the first that the project defines counts."""


def declare(machine: Machine, name: str, value: Value) -> None:
    """Note that what is defined, or can be imported, under this qualified name is what the user declared of it."""
    said = machine.library.declared(name)
    if said is None:
        return
    for binding in value:
        thing = binding.thing
        if isinstance(thing, Function):
            machine.declared[id(thing.code), None] = said
        elif isinstance(thing, Class) and (entry := entry_of(machine, thing)) is not None:
            machine.declared[id(entry.code), thing.identity] = said


def entry_of(machine: Machine, cls: Class) -> Function | None:
    """The method of the project that calling an object of this class leads to, or None."""
    for name in ENTRIES:
        found = class_attribute(machine, cls, name)
        only = found.only if isinstance(found, Value) else None
        if isinstance(only, Function):
            return only
    return None


def stand_in(machine: Machine, function: Function, arguments: Arguments, formals: Iterable[Formal]) -> Routine | None:
    """The routine that takes the place of a function of the project, None if nothing is declared of it."""
    said = _said(machine, function, arguments)
    if said is None:
        return None
    parameters = [Parameter(formal.name, kind=formal.kind) for formal in formals]
    method = function.owner is not None and function.kind != "staticmethod"
    receiver, others = (parameters[:1], parameters[1:]) if method else ([], parameters)
    signature = said.signature(others)
    if signature is None:
        _misfit(machine, said, function, others)
        return None
    whole = type(signature)((*receiver, *signature.parameters), signature.returns)
    return Routine(said.name, (whole,), "method" if method else "function")


def _said(machine: Machine, function: Function, arguments: Arguments) -> Declared | None:
    said = machine.declared.get((id(function.code), None))
    if said is not None or function.owner is None or not arguments.positional:
        return said
    only = arguments.positional[0].value.only
    classes = lineage(only.cls, machine) if isinstance(only, Instance) else []
    found = (machine.declared.get((id(function.code), c.identity)) for c in classes if isinstance(c, Class))
    return next((said for said in found if said is not None), None)


def _misfit(machine: Machine, said: Declared, function: Function, parameters: list[Parameter]) -> None:
    meant = f"`{said.argument}`" if said.argument else f"number {said.position or 1}"
    names = ", ".join(parameter.name for parameter in parameters) or "none"
    what = f"the configuration declares the argument {meant} of {said.name}, whose parameters are: {names}"
    failure = Failure(function.scope.source.path, what)
    if failure not in machine.failures:
        machine.failures.append(failure)
