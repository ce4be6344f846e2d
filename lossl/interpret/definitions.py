"""Functions and classes come to be: decorators, bases, dataclasses."""

from __future__ import annotations

from typing import Any

from lossl.interpret.arguments import Arguments
from lossl.interpret.calls import defined
from lossl.interpret.declared import declare
from lossl.interpret.machine import Machine, executes, setter_of
from lossl.interpret.records import is_tuple, members
from lossl.meaning.signature import Routine
from lossl.meaning.thing import Bound, Class, Function, Instance, Partial, Unknown
from lossl.meaning.value import Value, one


@executes("FunctionDef")
def _function(machine: Machine, node: Any) -> None:
    frame = machine.frame
    frame.closes = True
    in_class = frame.owner if frame.code is not None and type(frame.code).__name__ == "ClassDef" else None
    scopes = frame.scopes[1:] if in_class is not None else frame.scopes
    kind = "function"
    decorators = []
    for decorator in reversed(node.decorators):
        if _is_setter(decorator.decorator):  # the getter of the property stays what the name stands for
            if decorator.decorator.attr.value == "setter":
                machine.setters.add(node.name.value)
                setter = Function(node.name.value, node, defined(machine, node, scopes), in_class)
                machine.set_name(setter_of(node.name.value), one(setter))
            return
        value = machine.evaluate(decorator.decorator)
        only = value.only
        if isinstance(only, Routine) and only.name in _KINDS:
            kind = _KINDS[only.name]
        else:
            decorators.append((value, decorator))
    function = Function(node.name.value, node, defined(machine, node, scopes), in_class, kind)
    machine.functions[id(node)] = function
    value = one(function)
    if frame.code is None:
        declare(machine, f"{frame.module}.{function.name}", value)
    for decorate, decorator in decorators:
        value = _decorated(machine, decorate, value, machine.place(decorator.decorator))
    machine.set_name(node.name.value, value)


_KINDS = {
    "builtins.property": "property",
    "builtins.staticmethod": "staticmethod",
    "builtins.classmethod": "classmethod",
    "builtins.functools.cached_property": "property",
}


def _is_setter(node: Any) -> bool:
    return type(node).__name__ == "Attribute" and node.attr.value in ("setter", "deleter")


def _decorated(machine: Machine, decorator: Value, function: Value, place: Any) -> Value:
    """A decorated function. A decorator that lossl does not know is taken to keep the function: most do."""
    if isinstance(decorator.only, Unknown):
        return function
    result = machine.call(decorator, Arguments.of(place, function))
    kept = [b for b in result if isinstance(b.thing, (Function, Bound, Partial, Instance, Routine, Class))]
    return result if kept else function


@executes("ClassDef")
def _class(machine: Machine, node: Any) -> None:
    frame = machine.frame
    frame.closes = True
    identity = ("class", frame.context, id(node))
    bases = tuple(machine.evaluate(argument.value) for argument in node.bases if argument.star == "")
    cls = Class(node.name.value, node, identity, bases, frame.source)
    machine.classes[identity] = cls
    if _is_dataclass(machine, node) or is_tuple(cls):
        parents = [binding.thing for base in bases for binding in base if isinstance(binding.thing, Class)]
        machine.fields[identity] = [name for parent in parents for name in machine.fields.get(parent.identity, ())]
    inner = type(frame)(
        machine.context(frame.context, id(node)), frame.source, frame.module, (identity, *frame.scopes), node, cls
    )
    machine.frames.append(inner)
    machine.execute(node.body.body)
    machine.frames.pop()
    members(machine, cls)
    value: Value = one(cls)
    if frame.code is None:
        declare(machine, f"{frame.module}.{cls.name}", value)
    for decorator in reversed(node.decorators):
        decorate = machine.evaluate(decorator.decorator)
        if isinstance(decorate.only, (Function, Bound)):
            value = _decorated(machine, decorate, value, machine.place(decorator.decorator))
    machine.set_name(node.name.value, value)


def _is_dataclass(machine: Machine, node: Any) -> bool:
    for decorator in node.decorators:
        expression = decorator.decorator
        callee = expression.func if type(expression).__name__ == "Call" else expression
        only = machine.evaluate(callee).only
        if isinstance(only, Routine) and only.name == "builtins.dataclasses.dataclass":
            return True
    return False
