"""What kind of thing something is: `isinstance`, `issubclass`, `callable`, `type`, `is`."""

from __future__ import annotations

from lossl.interpret.arguments import Arguments
from lossl.interpret.containers import content
from lossl.interpret.machine import Machine
from lossl.interpret.objects import class_attribute, lineage
from lossl.interpret.standard import PREFIX, built
from lossl.meaning.signature import Routine, StubClass
from lossl.meaning.thing import (
    Bound,
    Box,
    Class,
    Constant,
    Function,
    Instance,
    Module,
    Partial,
    Sequence,
    Tensor,
    Thing,
    Unknown,
)
from lossl.meaning.value import Value, one, unknown

_TYPES: dict[str, tuple[type, ...]] = {"str": (str,), "int": (int,), "float": (float,), "bool": (bool,)}
_CONTAINERS = ("list", "dict", "set", "tuple")
_PLAIN = (Constant, Box, Sequence, Tensor, Instance, Function, Routine, Class, StubClass, Bound)


@built("isinstance")
def _isinstance(machine: Machine, arguments: Arguments) -> Value:
    return _decided(machine, arguments, "isinstance")


@built("issubclass")
def _issubclass(machine: Machine, arguments: Arguments) -> Value:
    return _decided(machine, arguments, "issubclass")


def _decided(machine: Machine, arguments: Arguments, name: str) -> Value:
    values = [actual.value for actual in arguments.positional]
    if len(values) == 2:
        thing = values[0].only
        if name == "issubclass":
            classes = thing if isinstance(thing, (Class, StubClass)) else None
        else:
            classes = thing.cls if isinstance(thing, Instance) else None
        kinds = content(machine, values[1].only)
        each = [value.only for value in kinds.items] if isinstance(kinds, Sequence) else [values[1].only]
        found = [_is_a(machine, thing, classes, kind) for kind in each]
        if True in found or None not in found:
            return one(Constant(True in found))
    return unknown("its type is not known", ("call", name, id(arguments.place.node)))


def _is_a(machine: Machine, thing: Thing | None, cls: Class | StubClass | None, kind: Thing | None) -> bool | None:
    if isinstance(kind, Routine) and kind.name.startswith(PREFIX):
        return _is_builtin(thing, kind.name.removeprefix(PREFIX)) if isinstance(thing, _PLAIN) else None
    if isinstance(kind, (Class, StubClass)):
        if cls is not None:
            above = lineage(cls, machine)
            return True if kind in above else None if any(isinstance(each, Unknown) for each in above) else False
        return False if isinstance(thing, (Constant, Box, Sequence, Function)) else None
    return None


def _is_builtin(thing: object, name: str) -> bool | None:
    if name in _TYPES:
        return isinstance(thing.value, _TYPES[name]) if isinstance(thing, Constant) else False
    if name == "tuple":
        return isinstance(thing, Sequence) if not isinstance(thing, Instance) else None
    if name in _CONTAINERS and not isinstance(thing, (Sequence, Instance)):
        return isinstance(thing, Box) and thing.kind == name
    return None


@built("callable")
def _callable(machine: Machine, arguments: Arguments) -> Value:
    first = arguments.first()
    thing = first.value.only if first is not None else None
    if isinstance(thing, (Function, Bound, Partial, Class, StubClass, Routine)):
        return one(Constant(True))
    if isinstance(thing, (Constant, Box, Sequence, Tensor, Module)):
        return one(Constant(False))
    if isinstance(thing, Instance):
        found = class_attribute(machine, thing.cls, "__call__")
        if found is None or not (isinstance(found, Value) and isinstance(found.only, Unknown)):
            return one(Constant(found is not None))
    return unknown("whether it can be called is not known", ("call", "callable", id(arguments.place.node)))


@built("type")
def _type(machine: Machine, arguments: Arguments) -> Value:
    only = arguments.positional[0].value.only if len(arguments.positional) == 1 else None
    if isinstance(only, Instance):
        return one(only.cls)
    if isinstance(only, Sequence):
        return one(Routine(PREFIX + "tuple"))
    kind = only.kind if isinstance(only, Box) else type(only.value).__name__ if isinstance(only, Constant) else ""
    return one(Routine(PREFIX + kind)) if kind in _TYPES or kind in _CONTAINERS else unknown("its type is not known")
