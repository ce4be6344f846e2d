"""Objects as Python's library makes them: copies, fields of dataclasses, named tuples, members of enumerations."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from lossl.interpret.arguments import Arguments, Formal, bind
from lossl.interpret.containers import content
from lossl.interpret.machine import Machine
from lossl.interpret.objects import bound, class_attribute, lineage
from lossl.interpret.standard import built
from lossl.meaning.signature import Routine
from lossl.meaning.thing import Box, Class, Constant, Instance, Mapping, Sequence, Thing
from lossl.meaning.value import Binding, Value, one, unknown

MOST_COPIED_DEEP = 8
NAMED_TUPLE = Routine("builtins.typing.NamedTuple")
ENUMERATIONS = frozenset(f"builtins.enum.{name}" for name in ("Enum", "Flag"))


@built("copy.copy")
def _copy(machine: Machine, arguments: Arguments) -> Value:
    first = arguments.first()
    return copied(machine, first.value, machine.identity(arguments.place.node), 1) if first else unknown("a copy")


@built("copy.deepcopy")
def _deepcopy(machine: Machine, arguments: Arguments) -> Value:
    first = arguments.first()
    if first is None:
        return unknown("a copy of nothing")
    return copied(machine, first.value, machine.identity(arguments.place.node), MOST_COPIED_DEEP)


def copied(machine: Machine, value: Value, where: Hashable, depth: int) -> Value:
    """New objects and containers that hold what these hold now; below `depth` they are shared."""
    bindings = [Binding(_copied(machine, b.thing, where, depth), b.condition, b.trail) for b in value]
    return Value(tuple(bindings))


def _copied(machine: Machine, thing: Thing, where: Hashable, depth: int) -> Thing:
    if depth < 1 or not isinstance(thing, (Instance, Box)):
        return thing
    identity = ("copy", where, thing.identity)
    new: Thing
    if isinstance(thing, Instance):
        new = Instance(identity, thing.cls, thing.made)
        if machine.state.get((identity, "__class__")) is not None:
            return new  # it holds itself
        machine.state.set((identity, "__class__"), one(thing.cls))
        machine.note_instance(new)
    else:
        new = Box(identity, thing.kind)
    for name in machine.state.names(thing.identity):
        held = machine.state.get((thing.identity, name))
        if held is not None and name != "__class__":
            machine.state.set((identity, name), _inside(machine, held, where, depth - 1))
    return new


def _inside(machine: Machine, value: Value, where: Hashable, depth: int) -> Value:
    held = value.only
    if isinstance(held, Sequence):
        parts = [tuple(copied(machine, item, where, depth) for item in group) for group in (held.head, held.tail)]
        middle = copied(machine, held.middle, where, depth) if held.middle is not None else None
        return one(Sequence(parts[0], middle, parts[1]))
    if isinstance(held, Mapping):
        items = tuple((key, copied(machine, item, where, depth)) for key, item in held.items)
        return one(Mapping(items, copied(machine, held.rest, where, depth) if held.rest is not None else None))
    return copied(machine, value, where, depth)


@built("dataclasses.field")
def _field(machine: Machine, arguments: Arguments) -> Value:
    """The default of a field; a factory is called once, for the class."""
    given = {name: actual.value for name, actual in arguments.keywords}
    if "default_factory" in given:
        return machine.call(given["default_factory"], Arguments(arguments.place))
    return given.get("default", unknown("the field has no default"))


@built("dataclasses.replace")
def _replace(machine: Machine, arguments: Arguments) -> Value:
    first = arguments.first()
    new = copied(machine, first.value, machine.identity(arguments.place.node), 1) if first else unknown("nothing")
    only = new.only
    for name, actual in arguments.keywords if isinstance(only, Instance) else ():
        if isinstance(only, Instance):
            machine.state.set((only.identity, name), actual.value)
    return new


@built("collections.namedtuple")
def _namedtuple(machine: Machine, arguments: Arguments) -> Value:
    """A class whose objects hold their arguments under the given names, and by position."""
    given = bind([Formal("typename"), Formal("field_names"), Formal("defaults", "keyword")], arguments)
    name, fields = given.value("typename"), given.value("field_names")
    written = fields.only if fields is not None else None
    names: list[Any] = []
    if isinstance(written, Constant) and isinstance(written.value, str):
        names = written.value.replace(",", " ").split()
    held = content(machine, written)
    if isinstance(held, Sequence) and held.exact:
        names = [item.only.value for item in held.items if isinstance(item.only, Constant)]
    title = name.only.value if name is not None and isinstance(name.only, Constant) else "namedtuple"
    identity = ("class", machine.frame.context, id(arguments.place.node))
    machine.fields[identity] = list(map(str, names))
    return one(Class(str(title), None, identity, (one(NAMED_TUPLE),), machine.frame.source))


@built("typing.NamedTuple", *sorted(name.removeprefix("builtins.") for name in ENUMERATIONS))
@built("object", "abc.ABC", "typing.Protocol", "typing.Generic")
def _base(machine: Machine, arguments: Arguments) -> Value:
    return unknown("it is made by Python's library")


def is_tuple(cls: object) -> bool:
    """True of a class of named tuples."""
    return isinstance(cls, Class) and any(base.only == NAMED_TUPLE for base in cls.bases)


def is_member(thing: object) -> bool:
    """True of a member of an enumeration, which is equal to nothing but itself."""
    return isinstance(thing, Instance) and isinstance(thing.identity, tuple) and thing.identity[0] == "member"


def members(machine: Machine, cls: Class) -> None:
    """What the body of an enumeration assigned are its members: objects that hold a value and a name."""
    bases = [base.only for base in cls.bases]
    if len(bases) != 1 or not isinstance(bases[0], Routine) or bases[0].name not in ENUMERATIONS:
        return
    for name, value in machine.names(cls.identity):
        if isinstance(value.only, Constant) and not name.startswith("_"):
            member = Instance(("member", cls.identity, name), cls)
            machine.state.set((member.identity, "value"), value)
            machine.state.set((member.identity, "name"), one(Constant(name)))
            machine.state.set((cls.identity, name), one(member))


def member_of(machine: Machine, cls: Class, arguments: Arguments) -> Value | None:
    """The member of an enumeration that calling it with a value gives; None if the class is none."""
    given = arguments.positional[0].value if len(arguments.positional) == 1 else None
    if given is None or len(cls.bases) != 1 or not isinstance(cls.bases[0].only, Routine):
        return None
    for _, value in machine.names(cls.identity):
        only = value.only
        held = machine.state.get((only.identity, "value")) if isinstance(only, Instance) and is_member(only) else None
        if held == given:
            return value
    return None


def elements_of(machine: Machine, instance: Instance) -> Sequence | None:
    """The elements of a named tuple, None of any other object."""
    if not is_tuple(instance.cls) or not isinstance(instance.cls, Class):
        return None
    missing = unknown("the named tuple was made without it")
    names = machine.fields.get(instance.cls.identity, [])
    return Sequence(tuple(machine.state.get((instance.identity, name)) or missing for name in names))


def generated(machine: Machine, cls: Class) -> list[str] | None:
    """The parameters of the `__init__` that a dataclass has generated, here or in a base; None if it is written."""
    for owner in lineage(cls, machine):
        if not isinstance(owner, Class) or machine.state.get((owner.identity, "__init__")) is not None:
            return None
        if owner.identity in machine.fields:
            return machine.fields[owner.identity]
    return None


def fill_fields(machine: Machine, instance: Instance, names: list[str], arguments: Arguments) -> None:
    """The generated `__init__` of a dataclass."""
    given = bind([Formal(name) for name in names], arguments)
    for name, actual in given.actuals.items():
        machine.state.set((instance.identity, name), actual.value)
    after = class_attribute(machine, instance.cls, "__post_init__")
    if isinstance(after, Value):
        machine.call(bound(machine, after, one(instance)), Arguments(arguments.place))
