"""Expressions: names, calls, attributes, containers, arithmetic, comprehensions."""

from __future__ import annotations

import ast
from dataclasses import replace
from functools import lru_cache, partial
from typing import Any

from lossl.interpret import standard
from lossl.interpret.arguments import Actual, Arguments
from lossl.interpret.calls import defined
from lossl.interpret.conditions import looked_up_by
from lossl.interpret.containers import content, contents, cut, item, make_box
from lossl.interpret.flow import read, taken
from lossl.interpret.iterate import index_of, is_tuple_like, iterated
from lossl.interpret.machine import Machine, evaluates
from lossl.interpret.modules import named
from lossl.interpret.operators import CHOSEN, FULL, KEPT, SINGLE, indexed
from lossl.interpret.records import elements_of
from lossl.interpret.together import MOST_CONTENTS
from lossl.meaning.condition import ALWAYS, Condition
from lossl.meaning.signature import Routine, StubClass
from lossl.meaning.thing import (
    Bound,
    Box,
    Class,
    Constant,
    Function,
    Instance,
    Mapping,
    Module,
    Sequence,
    Slice,
    Tensor,
    Thing,
    Unknown,
    derived,
)
from lossl.meaning.value import NOTHING, Binding, Value, joined, one, unknown


@evaluates("Name")
def _name(machine: Machine, node: Any) -> Value:
    name = node.value
    frame = machine.frame
    scopes = (frame.outer_names[name],) if name in frame.outer_names else frame.scopes
    for scope in scopes:
        value = machine.state.get((scope, name))
        if value is not None:
            return value
    if name in standard.CONSTANTS:
        return one(Constant(standard.CONSTANTS[name]))
    if standard.knows(name):
        return one(Routine(standard.PREFIX + name))
    if frame.source.interactive and not name.strip("_"):  # what stands in the place of magics is written so, too
        return unknown("it is what a command of the notebook gives", ("name", frame.source.path, name))
    return unknown(f"the name `{name}` is not known here", ("name", frame.source.path, name))


@evaluates("Integer", "Float")
def _number(machine: Machine, node: Any) -> Value:
    return _literal(node.value)


@lru_cache(maxsize=1024)
def _literal(text: str) -> Value:
    return one(Constant(ast.literal_eval(text)))


@evaluates("SimpleString")
def _plain_string(machine: Machine, node: Any) -> Value:
    return _literal(node.value)


@evaluates("ConcatenatedString")
def _string(machine: Machine, node: Any) -> Value:
    text = node.evaluated_value
    return one(Constant(text)) if text is not None else unknown("it is a formatted string")


@evaluates("Ellipsis")
def _ellipsis(machine: Machine, node: Any) -> Value:
    return one(Constant(...))


@evaluates("Attribute")
def _attribute(machine: Machine, node: Any) -> Value:
    owner = machine.evaluate(node.value)
    machine.here = machine.place(node)
    return machine.attribute(owner, node.attr.value)


@evaluates("Call")
def _call(machine: Machine, node: Any) -> Value:
    callee = machine.evaluate(node.func)
    given = [(argument, machine.evaluate(argument.value)) for argument in node.args]
    if isinstance(callee.only, Routine) and callee.only.name == standard.PREFIX + "super":
        return standard.super_of(machine, _arguments(machine, node, given))
    result = NOTHING
    for condition, spread in _spread(machine, given):
        arguments = _arguments(machine, node, spread)
        machine.here = arguments.place
        value = machine.under(condition, partial(machine.call, callee, arguments))
        result = result.join(value.under(condition))
    if type(node.func).__name__ == "Attribute" and _in_place(node.func.attr.value, callee):
        _change(machine, node.func.value, callee.only.receiver, result)  # type: ignore[union-attr]
    elif _in_place_function(callee) and node.args:
        _change(machine, node.args[0].value, arguments.positional[0].value if arguments.positional else NOTHING, result)
    if isinstance(callee.only, Routine) and isinstance(result.only, Tensor):
        _write_out(machine, node, result)
    return result


def _write_out(machine: Machine, node: Any, result: Value) -> None:
    """`out=` of a function of a library names what is overwritten with the result."""
    for argument in node.args:
        named = argument.keyword is not None and argument.keyword.value == "out"
        if named and type(argument.value).__name__ == "Name" and argument.value.value != "None":
            machine.assign(argument.value, result)


_Given = list[tuple[Any, Value]]
"""The arguments as they are written, with their values."""


def _spread(machine: Machine, given: _Given) -> list[tuple[Condition, _Given]]:
    """The arguments once for each of the things that the first list behind a star may contain."""
    for index, (argument, value) in enumerate(given):
        if argument.star == "*":
            found = [
                (inner.condition & outer.condition, inner.thing)
                for outer in value
                for inner in contents(machine, outer.thing).under(outer.condition)
            ]
            if 1 < len(found) <= MOST_CONTENTS and not any(isinstance(thing, Mapping) for _, thing in found):
                rest = given[index + 1 :]
                return [(when, [*given[:index], (argument, one(thing)), *rest]) for when, thing in found]
    return [(ALWAYS, given)]


def _change(machine: Machine, target: Any, before: Value, after: Value) -> None:
    """A tensor was changed in place: whoever holds it holds what came out."""
    tensor = before.only
    if isinstance(tensor, Tensor) and tensor != after.only and not machine.path.tests:
        machine.state.replace(tensor, after)
    machine.assign(target, after)


def _in_place(name: str, callee: Value) -> bool:
    """True for methods of tensors such as `sigmoid_`, which change their receiver."""
    only = callee.only
    bound = isinstance(only, Bound) and isinstance(only.function, Routine)
    return bound and name.endswith("_") and not name.endswith("__")


def _in_place_function(callee: Value) -> bool:
    """True for functions of a library such as `relu_`, which change their first argument and give it back."""
    only = callee.only
    return isinstance(only, Routine) and only.kind == "function" and only.name.endswith("_")


def _arguments(machine: Machine, node: Any, given: _Given) -> Arguments:
    """The arguments of a call; stars over known sequences and dicts are spread out."""
    positional: list[Actual] = []
    after: list[Value] = []
    keywords: list[tuple[str, Actual]] = []
    rest = extra = None
    for argument, value in given:
        place, whole = machine.place(argument.value), machine.place(argument)
        if argument.star == "*" or (argument.keyword is None and not argument.star):
            sequence = iterated(machine, value) if argument.star else Sequence((value,))
            written = [Actual(element, place, whole) for element in sequence.head]
            if rest is None:
                positional += written
            else:
                after += sequence.head
            if sequence.middle is not None:
                rest = sequence.middle if rest is None else rest.join(sequence.middle)
            after += sequence.tail if rest is not None else ()
            positional += [Actual(element, place, whole) for element in sequence.tail] if rest is None else []
        elif argument.star == "**":
            held = content(machine, value.only)
            if isinstance(held, Mapping):
                keywords += [(str(key), Actual(v, place, whole)) for key, v in held.items]
                extra = held.rest if held.rest is not None else extra
            else:
                extra = unknown("it may be given by `**`")
        else:
            keywords.append((argument.keyword.value, Actual(value, place, whole)))
    return Arguments(machine.place(node), tuple(positional), tuple(keywords), rest, extra, tuple(after))


@evaluates("Subscript")
def _subscript(machine: Machine, node: Any) -> Value:
    owner = machine.evaluate(node.value)
    index = index_of(machine, node)
    machine.here = machine.place(node)
    result = NOTHING
    for binding in owner.usable():
        found = _indexed(machine, binding, index, node)
        result = result.join(found.under(binding.condition))
    return taken(machine, result, owner, machine.place(node.value))


def _indexed(machine: Machine, binding: Binding, index: Value, node: Any) -> Value:
    thing, key = binding.thing, index.only
    if isinstance(thing, Tensor):
        new = indexed(thing, _parts(index))
        if isinstance(new, Unknown) or new.meaning is not thing.meaning:
            operand = machine.place(node.value)
            read(machine, Value((binding,)), machine.place(node), "is taken apart", operand=operand)
        if isinstance(new, Tensor):
            new = replace(new, part=thing.part or _part(index))
        return Value((Binding(new, trail=binding.trail if isinstance(new, Tensor) else None),))
    if isinstance(thing, Module):
        return named(machine, thing, index, node)
    if isinstance(thing, Instance):
        elements = elements_of(machine, thing)
        if elements is not None:
            return item(machine, elements, index) or unknown("it is an element of a named tuple")
        if isinstance(key, Constant) and isinstance(key.value, Slice) and is_tuple_like(machine, thing):
            return one(cut(iterated(machine, one(thing)), key.value.start, key.value.stop, key.value.step))
        getter = machine.find_attribute(one(thing), "__getitem__")
        if getter is not None:
            return machine.call(getter, Arguments.of(machine.place(node), index))
        return unknown(f"lossl does not know what indexing {thing!r} gives")
    held = content(machine, thing)
    if isinstance(held, Sequence) and isinstance(key, Constant) and isinstance(key.value, Slice):
        piece = cut(held, key.value.start, key.value.stop, key.value.step)
        return make_box(machine, node, thing.kind, piece) if isinstance(thing, Box) else one(piece)
    if isinstance(held, Mapping) and held.items and any(isinstance(b.thing, Unknown) for b in index):
        return joined(_found_under(machine, held, b, node).under(b.condition) for b in index)
    found = item(machine, thing, index)
    if found is not None:
        return found
    if isinstance(thing, Unknown):
        symbol = derived("item", thing.symbol, key) if isinstance(key, Constant) else None
        return one(Unknown(thing.reason, symbol, data=thing.data))
    if isinstance(thing, (Class, StubClass, Routine)):  # an index of a class is said to type checkers
        return one(thing)
    return unknown(f"it is a part of {thing!r}, which lossl cannot look into")


def _found_under(machine: Machine, held: Mapping, key: Binding, node: Any) -> Value:
    if isinstance(key.thing, Unknown):
        return looked_up_by(machine, held, key.thing, node.slice[0].slice.value)
    return item(machine, held, Value((key,))) or NOTHING


def _parts(index: Value) -> tuple[str, ...] | None:
    only = index.only
    items = only.items if isinstance(only, Sequence) else (index,)
    if any(i.only == Constant(...) for i in items):
        return None
    return tuple(_index_part(i.only) for i in items)


def _part(index: Value) -> tuple[object, ...] | None:
    """The index as constants, or None if one of them is not known."""
    only = index.only
    items = [i.only for i in only.items] if isinstance(only, Sequence) else [only]
    known = tuple(i.value for i in items if isinstance(i, Constant))
    return known if len(known) == len(items) else None


def _index_part(thing: Thing | None) -> str:
    if isinstance(thing, Constant) and isinstance(thing.value, Slice):
        return FULL if thing.value == Slice(None, None, None) else KEPT
    if isinstance(thing, Constant):
        return SINGLE if isinstance(thing.value, int) else KEPT
    return CHOSEN


@evaluates("NamedExpr")
def _walrus(machine: Machine, node: Any) -> Value:
    value = machine.evaluate(node.value)
    frame = machine.frame
    inside = frame.scopes
    frame.scopes = inside[frame.comprehending :]
    machine.assign(node.target, value)
    frame.scopes = inside
    return value


@evaluates("Await")
def _await(machine: Machine, node: Any) -> Value:
    return machine.evaluate(node.expression)


@evaluates("Yield")
def _yield(machine: Machine, node: Any) -> Value:
    inner = node.value
    if inner is not None:
        is_from = type(inner).__name__ == "From"
        value = machine.evaluate(inner.item if is_from else inner)
        found = list(iterated(machine, value).items) if is_from else [value]
        machine.frame.yields.extend(found)
    return unknown("it is sent into a generator")


@evaluates("Lambda")
def _lambda(machine: Machine, node: Any) -> Value:
    frame = machine.frame
    frame.closes = True
    in_class = frame.owner is not None and frame.scopes[0] == frame.owner.identity
    function = Function("lambda", node, defined(machine, node, frame.scopes[1 if in_class else 0 :]))
    machine.functions[id(node)] = function
    return one(function)
