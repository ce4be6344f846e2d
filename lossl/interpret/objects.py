"""Attributes: of objects, classes and tensors; the order in which classes are asked."""

from __future__ import annotations

from collections.abc import Iterator

from lossl.interpret.arguments import Arguments
from lossl.interpret.containers import content, item
from lossl.interpret.flow import read, taken
from lossl.interpret.library import attribute_word
from lossl.interpret.machine import Machine, attributes
from lossl.meaning.signature import Routine, Signature, Spec, StubClass
from lossl.meaning.thing import (
    Bound,
    Box,
    Class,
    Constant,
    Function,
    Instance,
    Mapping,
    Sequence,
    Super,
    Tensor,
    Unknown,
    derived,
)
from lossl.meaning.value import Binding, Value, one, unknown

CONTAINER = "container."
"""Prefix of the names of methods that `containers` carries out."""


def lineage(cls: Class | StubClass, machine: Machine) -> list[Class | StubClass | Unknown]:
    """The class and its bases in the order in which they are asked; an unknown base is in it."""
    if isinstance(cls, StubClass):
        return list(machine.library.lineage(cls))
    found: list[Class | StubClass | Unknown] = [cls]
    for base in cls.bases:
        for binding in base:
            thing = binding.thing
            parents = lineage(thing, machine) if isinstance(thing, (Class, StubClass)) else []
            found = [f for f in found if f not in parents] + parents
            if isinstance(thing, Unknown):
                found.append(thing)
    return found


def class_attribute(
    machine: Machine, cls: Class | StubClass, name: str, *, after: Class | None = None
) -> Value | Spec | None:
    """What a class or one of its bases holds under a name, not bound; `after` starts behind that class."""
    for owner in _behind(lineage(cls, machine), after):
        if isinstance(owner, Class):
            found = machine.state.get((owner.identity, name))
            if found is not None:
                return found
        elif isinstance(owner, StubClass):
            member = owner.members.get(name)
            if member is not None:
                return one(member) if isinstance(member, Routine) else member
        else:
            return unknown(f"a base class of {cls!r} is unknown: {owner.reason}", derived("attr", owner.symbol, name))
    return None


def _behind(classes: list[Class | StubClass | Unknown], after: Class | None) -> Iterator[Class | StubClass | Unknown]:
    started = after is None
    for cls in classes:
        if started:
            yield cls
        started = started or cls == after


@attributes(Instance)
def _of_instance(machine: Machine, binding: Binding, name: str) -> Value | None:
    instance = binding.thing
    assert isinstance(instance, Instance)
    held = machine.state.get((instance.identity, name))
    if held is not None:
        return held
    found = class_attribute(machine, instance.cls, name)
    if found is not None:
        return bound(machine, found, one(instance))
    layer = layers_by_name(machine, instance, name)
    if layer is not None:
        return item(machine, layer, one(Constant(name)))
    if name == "__class__":
        return one(instance.cls)
    if name == "__dict__":
        return unknown("lossl does not follow `__dict__`")
    return None


def chain_slot(machine: Machine, instance: Instance) -> str | None:
    """The attribute that indexing an object of a stub looks into, or None."""
    getter = class_attribute(machine, instance.cls, "__getitem__")
    routine = getter.only if isinstance(getter, Value) else None
    for signature in routine.signatures if isinstance(routine, Routine) else ():
        if signature.returns is not None and signature.returns.word == "Item":
            return str(signature.returns.arguments[0])
    return None


def layers_by_name(machine: Machine, instance: Instance, name: str = "") -> Box | None:
    """The dict that a chain of layers was made of, if it has such a key, or for whatever key if none is given."""
    slot = chain_slot(machine, instance) if isinstance(instance.cls, StubClass) else None
    held = machine.state.get((instance.identity, slot)) if slot is not None else None
    only = held.only if held is not None else None
    if isinstance(only, Sequence) and len(only.items) == 1:
        only = only.items[0].only
    layers = content(machine, only)
    if not isinstance(only, Box) or not isinstance(layers, Mapping):
        return None
    return only if not name or layers.get(name) is not None else None


@attributes(Super)
def _of_super(machine: Machine, binding: Binding, name: str) -> Value | None:
    above = binding.thing
    assert isinstance(above, Super)
    receiver = above.receiver.only
    cls = receiver.cls if isinstance(receiver, Instance) else receiver
    if not isinstance(cls, (Class, StubClass)):
        return None
    found = class_attribute(machine, cls, name, after=above.owner)
    if found is None:
        return one(Routine("builtins.nothing")) if name == "__init__" else None
    return bound(machine, found, above.receiver)


def bound(machine: Machine, found: Value | Spec, receiver: Value) -> Value:
    """A class attribute as an object's: methods bound, properties called, attribute words evaluated."""
    if isinstance(found, Spec):
        return attribute_word(machine, found, receiver)
    result = Value()
    for binding in found:
        result = result.join(_bound_thing(machine, binding, receiver).under(binding.condition))
    return result


def _bound_thing(machine: Machine, binding: Binding, receiver: Value) -> Value:
    thing = binding.thing
    if isinstance(thing, (Function, Routine)):
        if thing.kind == "staticmethod":
            return one(thing)
        if thing.kind == "classmethod":
            only = receiver.only
            return one(Bound(one(only.cls) if isinstance(only, Instance) else receiver, thing))
        method = one(Bound(receiver, thing))
        if thing.kind == "property":
            return machine.call(method, Arguments(machine.here))
        return method
    return Value((binding,))


@attributes(Class)
def _of_class(machine: Machine, binding: Binding, name: str) -> Value | None:
    cls = binding.thing
    assert isinstance(cls, Class)
    found = class_attribute(machine, cls, name)
    if not isinstance(found, Value):
        return one(Constant(cls.name)) if name == "__name__" else None
    things = [b.thing for b in found]
    if len(things) == 1 and isinstance(things[0], (Function, Routine)) and things[0].kind == "classmethod":
        return one(Bound(one(cls), things[0]))
    return found


@attributes(StubClass)
def _of_stub_class(machine: Machine, binding: Binding, name: str) -> Value | None:
    assert isinstance(binding.thing, StubClass)
    member = machine.library.method(binding.thing, name)
    if isinstance(member, Routine) and member.kind == "classmethod":
        return one(Bound(one(binding.thing), member))
    return one(member) if isinstance(member, Routine) else None


@attributes(Box, Sequence, Mapping, Constant)
def _of_container(machine: Machine, binding: Binding, name: str) -> Value | None:
    if name == "value" and isinstance(binding.thing, Constant):
        return Value((binding,))  # no constant has it: it is a member of an enumeration
    return one(Bound(Value((binding,)), Routine(CONTAINER + name)))


@attributes(Tensor)
def _of_tensor(machine: Machine, binding: Binding, name: str) -> Value | None:
    assert isinstance(binding.thing, Tensor)
    origin, frameworks = binding.thing.origin, machine.frameworks()
    made_by = frozenset({origin.name.partition(".")[0]} if origin is not None else ()) & frameworks
    methods = machine.library.tensor_methods(name, made_by) or machine.library.tensor_methods(name, frameworks)
    for method in methods:
        receiver = Value((Binding(binding.thing, trail=binding.trail),))
        if isinstance(method, Routine):
            result = one(Bound(receiver, method))
            return machine.call(result, Arguments(machine.here)) if method.kind == "property" else result
        return taken(machine, attribute_word(machine, method, receiver), receiver, None)
    read(machine, Value((binding,)), machine.here, f"is read by `.{name}`")
    return unknown(f"nothing is known of `.{name}` of a tensor")


PRODUCERS = frozenset(["Probability", "Distribution", "LogProbability", "LogDistribution"])


def _is_telling(signature: Signature, thing: Unknown) -> bool:
    """True if something can be said of a call whatever it is called on, or of what is loaded or one number."""
    word = signature.returns.word if signature.returns is not None else ""
    known = thing.data or thing.number or thing.single
    told = word in PRODUCERS or (known and word in ("Keeps", "Reshapes"))
    return told or any(p.spec is not None and p.spec.word == "Minimized" for p in signature.parameters)


@attributes(Unknown)
def _of_unknown(machine: Machine, binding: Binding, name: str) -> Value | None:
    thing = binding.thing
    assert isinstance(thing, Unknown)
    if thing.symbol is not None:
        held = machine.state.get((("unknown", thing.symbol), name))
        if held is not None:
            return held
    for method in machine.library.tensor_methods(name, machine.frameworks()):
        # `x.softmax(1)` of an unknown x: only a tensor has such a method, and its result does not depend on x.
        if isinstance(method, Routine) and any(_is_telling(s, thing) for s in method.signatures):
            return one(Bound(one(thing), method))
    return one(Unknown(thing.reason, derived("attr", thing.symbol, name), squared=thing.squared))
