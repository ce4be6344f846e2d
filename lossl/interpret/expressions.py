"""Expressions: names, calls, attributes, containers, arithmetic, comprehensions."""

from __future__ import annotations

import ast
from functools import lru_cache
from typing import Any

from lossl.interpret import standard
from lossl.interpret.arguments import Actual, Arguments
from lossl.interpret.calls import Scope
from lossl.interpret.conditions import test, truth
from lossl.interpret.containers import as_sequence, content, cut, item, joined_sequences, make_box, put
from lossl.interpret.flow import read, tensors
from lossl.interpret.iterate import index_of, iterated
from lossl.interpret.machine import MOST_UNROLLED, Machine, evaluates
from lossl.interpret.operators import FULL, KEPT, SINGLE, binary, indexed, mixes, negated
from lossl.meaning.meaning import Meaning
from lossl.meaning.signature import Routine
from lossl.meaning.thing import (
    Bound,
    Constant,
    Function,
    Instance,
    Mapping,
    Sequence,
    Slice,
    Tensor,
    Thing,
    Unknown,
    derived,
)
from lossl.meaning.trail import Form, Origin, Step, Trail
from lossl.meaning.value import NOTHING, Binding, Value, one, unknown


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
    return unknown(f"the name `{name}` is not known here", ("name", frame.source.path, name))


@evaluates("Integer", "Float")
def _number(machine: Machine, node: Any) -> Value:
    return _literal(node.value)


@lru_cache(maxsize=1024)
def _literal(text: str) -> Value:
    return one(Constant(ast.literal_eval(text)))


@evaluates("SimpleString", "ConcatenatedString")
def _string(machine: Machine, node: Any) -> Value:
    text = node.evaluated_value
    return one(Constant(text)) if text is not None else unknown("it is a formatted string")


@evaluates("FormattedString")
def _formatted(machine: Machine, node: Any) -> Value:
    for part in node.parts:
        if type(part).__name__ == "FormattedStringExpression":
            read(machine, machine.evaluate(part.expression), machine.place(node), "is written into a string")
    return unknown("it is a formatted string")


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
    arguments = gather(machine, node)
    if isinstance(callee.only, Routine) and callee.only.name == standard.PREFIX + "super":
        return standard.super_of(machine, arguments)
    machine.here = arguments.place
    result = machine.call(callee, arguments)
    if type(node.func).__name__ == "Attribute" and _in_place(node.func.attr.value, callee):
        machine.assign(node.func.value, result)
    return result


def _in_place(name: str, callee: Value) -> bool:
    """True for methods of tensors such as `sigmoid_`, which change their receiver."""
    only = callee.only
    bound = isinstance(only, Bound) and isinstance(only.function, Routine)
    return bound and name.endswith("_") and not name.endswith("__")


def gather(machine: Machine, node: Any) -> Arguments:
    """The arguments of a call; stars over known sequences and dicts are spread out."""
    positional: list[Actual] = []
    after: list[Value] = []
    keywords: list[tuple[str, Actual]] = []
    rest = extra = None
    for argument in node.args:
        value = machine.evaluate(argument.value)
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
    for binding in owner:
        found = _indexed(machine, binding, index, node)
        result = result.join(found.under(binding.condition))
    return result


def _indexed(machine: Machine, binding: Binding, index: Value, node: Any) -> Value:
    thing, key = binding.thing, index.only
    if isinstance(thing, Tensor):
        new = indexed(thing, _parts(index))
        if isinstance(new, Unknown) or new.meaning is not thing.meaning:
            read(machine, Value((binding,)), machine.place(node), "is taken apart")
        return Value((Binding(new, trail=binding.trail if isinstance(new, Tensor) else None),))
    if isinstance(thing, Instance):
        getter = machine.find_attribute(one(thing), "__getitem__")
        if getter is not None:
            return machine.call(getter, Arguments.of(machine.place(node), index))
        return unknown(f"lossl does not know what indexing {thing!r} gives")
    held = content(machine, thing)
    if isinstance(held, Sequence) and isinstance(key, Constant) and isinstance(key.value, Slice):
        piece = cut(held, key.value.start, key.value.stop, key.value.step)
        return one(piece)
    found = item(machine, thing, index)
    if found is not None:
        return found
    if isinstance(thing, Unknown):
        symbol = derived("item", thing.symbol, key) if isinstance(key, Constant) else None
        return one(Unknown(thing.reason, symbol))
    return one(thing) if type(thing).__name__ in ("Class", "StubClass") else unknown("it is a part of something")


def _parts(index: Value) -> tuple[str, ...] | None:
    only = index.only
    items = only.items if isinstance(only, Sequence) else (index,)
    if any(i.only == Constant(...) for i in items):
        return None
    return tuple(_index_part(i.only) for i in items)


def _index_part(thing: Thing | None) -> str:
    if isinstance(thing, Constant) and isinstance(thing.value, Slice):
        return FULL if thing.value == Slice(None, None, None) else KEPT
    return SINGLE if isinstance(thing, Constant) and isinstance(thing.value, int) else KEPT


@evaluates("BinaryOperation")
def _binary(machine: Machine, node: Any) -> Value:
    left, right = machine.evaluate(node.left), machine.evaluate(node.right)
    name = type(node.operator).__name__
    first, second = content(machine, left.only), content(machine, right.only)
    if name == "Add" and isinstance(first, Sequence) and isinstance(second, Sequence):
        joined = joined_sequences(first, second)
        return make_box(machine, node, "list", joined) if left.only is not first else one(joined)
    if name == "Multiply" and isinstance(first, Sequence):
        return _repeated(machine, node, first, right)
    place = machine.place(node)
    if name == "MatrixMultiply" and not mixes(left) and not mixes(right):
        origin = Origin(place, Form.OPERATOR, "@", place, None, machine.frame.code)
        return one(Tensor(Meaning.LOGITS, origin=origin), Trail(Step(place, "becomes logits")))
    result = binary(name, left, right, ("operation", id(node)))
    for operand in (left, right):
        kept = {t.origin for t in tensors(machine, result) if t.meaning is Meaning.LOGITS}
        if not {t.origin for t in tensors(machine, operand)} <= kept:
            read(machine, operand, place, "is part of arithmetic")
    return result


def _repeated(machine: Machine, node: Any, sequence: Sequence, count: Value) -> Value:
    times = count.only
    if sequence.exact and isinstance(times, Constant) and isinstance(times.value, int):
        if len(sequence.items) * times.value <= MOST_UNROLLED:
            return make_box(machine, node, "list", Sequence(sequence.items * times.value))
    element = NOTHING
    for part in sequence.items:
        element = element.join(part)
    return make_box(machine, node, "list", Sequence((), element))


@evaluates("UnaryOperation")
def _unary(machine: Machine, node: Any) -> Value:
    name = type(node.operator).__name__
    if name == "Not":
        return _truth_value(machine, node)
    value = machine.evaluate(node.expression)
    if name == "Minus":
        read(machine, value, machine.place(node), "is part of arithmetic")
        return negated(value)
    return value if name == "Plus" else unknown("bits are inverted")


@evaluates("Comparison")
def _comparison(machine: Machine, node: Any) -> Value:
    left = machine.evaluate(node.left)
    result: Value | None = None
    for target in node.comparisons:
        right = machine.evaluate(target.comparator)
        operator = type(target.operator).__name__
        if operator not in ("Is", "IsNot", "In", "NotIn"):
            for side in (left, right):
                read(machine, side, machine.place(node), "is compared")
        found = _compared(machine, operator, left, right)
        result = found if result is None or result.only == Constant(True) else result
        left = right
    return result if result is not None else unknown("a comparison", ("operation", id(node)))


def _compared(machine: Machine, name: str, left: Value, right: Value) -> Value | None:
    a, b = left.only, right.only
    if isinstance(a, Constant) and isinstance(b, Constant):
        if name in ("Equal", "Is"):
            return one(Constant(bool(a.value == b.value)))
        if name in ("NotEqual", "IsNot"):
            return one(Constant(bool(a.value != b.value)))
        numbers = isinstance(a.value, (int, float)) and isinstance(b.value, (int, float))
        if numbers and name in _ORDERED:
            return one(Constant(_ORDERED[name](a.value, b.value)))
    held = content(machine, b)
    if isinstance(a, Constant) and name in ("In", "NotIn"):
        keys = as_sequence(machine, one(held)) if held is not None else None
        if keys is not None and keys.exact and all(isinstance(i.only, Constant) for i in keys.items):
            inside = any(i.only == a for i in keys.items)
            return one(Constant(inside if name == "In" else not inside))
        if isinstance(b, Constant) and isinstance(b.value, str) and isinstance(a.value, str):
            return one(Constant((a.value in b.value) == (name == "In")))
    if any(isinstance(t, Tensor) for t in (a, b)) and name in _ORDERED:
        return one(Tensor(Meaning.BINARY_LABELS))
    return None


_ORDERED = {
    "LessThan": lambda a, b: a < b,
    "LessThanEqual": lambda a, b: a <= b,
    "GreaterThan": lambda a, b: a > b,
    "GreaterThanEqual": lambda a, b: a >= b,
}


@evaluates("BooleanOperation")
def _boolean(machine: Machine, node: Any) -> Value:
    left = machine.evaluate(node.left)
    outcome = truth(machine, left, node.left)
    stops = type(node.operator).__name__ == "Or"
    if outcome.certain is not None:
        return left if outcome.certain is stops else machine.evaluate(node.right)
    goes_on = outcome.when_false if stops else outcome.when_true
    stays = outcome.when_true if stops else outcome.when_false
    right = machine.under(goes_on, lambda: machine.evaluate(node.right))
    return left.under(stays).join(right.under(goes_on))


def _truth_value(machine: Machine, node: Any) -> Value:
    outcome = test(machine, node)
    if outcome.certain is not None:
        return one(Constant(outcome.certain))
    if outcome.when_true.tests and outcome.when_false.tests:
        yes, no = Binding(Constant(True), outcome.when_true), Binding(Constant(False), outcome.when_false)
        return Value.of((yes, no))
    return unknown("it depends on values nobody knows", ("test", id(node)))


@evaluates("IfExp")
def _if_expression(machine: Machine, node: Any) -> Value:
    outcome = test(machine, node.test)
    if outcome.certain is not None:
        return machine.evaluate(node.body if outcome.certain else node.orelse)
    result = NOTHING
    for condition, part in ((outcome.when_true, node.body), (outcome.when_false, node.orelse)):
        if not machine.path.excludes(condition):
            value = machine.under(condition, lambda part=part: machine.evaluate(part))  # type: ignore[misc]
            result = result.join(value.under(condition))
    return result


@evaluates("NamedExpr")
def _walrus(machine: Machine, node: Any) -> Value:
    value = machine.evaluate(node.value)
    machine.assign(node.target, value)
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
    function = Function("lambda", node, Scope(frame.source, frame.module, frame.scopes[1 if in_class else 0 :]))
    machine.functions[id(node)] = function
    return one(function)


@evaluates("Tuple")
def _tuple(machine: Machine, node: Any) -> Value:
    return one(elements(machine, node))


@evaluates("List", "Set")
def _list(machine: Machine, node: Any) -> Value:
    return make_box(machine, node, type(node).__name__.lower(), elements(machine, node))


def elements(machine: Machine, node: Any) -> Sequence:
    """The elements of a display, stars spread out."""
    sequence = Sequence()
    for element in node.elements:
        value = machine.evaluate(element.value)
        starred = type(element).__name__ == "StarredElement"
        sequence = joined_sequences(sequence, iterated(machine, value) if starred else Sequence((value,)))
    return sequence


@evaluates("Dict")
def _dict(machine: Machine, node: Any) -> Value:
    mapping = Mapping()
    for element in node.elements:
        value = machine.evaluate(element.value)
        if type(element).__name__ == "StarredDictElement":
            held = content(machine, value.only)
            for key, inner in held.items if isinstance(held, Mapping) else ():
                mapping = put(mapping, key, inner)  # type: ignore[arg-type]
            if not isinstance(held, Mapping):
                mapping = Mapping(mapping.items, unknown("it may come from `**`"))
            continue
        key = machine.evaluate(element.key).only
        if isinstance(key, Constant):
            mapping = put(mapping, key.value, value)
        else:
            mapping = Mapping(mapping.items, value if mapping.rest is None else mapping.rest.join(value))
    return make_box(machine, node, "dict", mapping)


@evaluates("ListComp", "SetComp", "GeneratorExp")
def _comprehension(machine: Machine, node: Any) -> Value:
    found: list[Value] = []
    exact = _comprehend(machine, node.for_in, lambda: found.append(machine.evaluate(node.elt)))
    if exact:
        sequence = Sequence(tuple(found))
    else:
        joined = NOTHING
        for value in found:
            joined = joined.join(value)
        sequence = Sequence((), joined if joined.bindings else unknown("nothing is known of its elements"))
    return make_box(machine, node, "list", sequence)


@evaluates("DictComp")
def _dict_comprehension(machine: Machine, node: Any) -> Value:
    mapping = Mapping()

    def entry() -> None:
        nonlocal mapping
        key, value = machine.evaluate(node.key).only, machine.evaluate(node.value)
        if isinstance(key, Constant):
            mapping = put(mapping, key.value, value)
        else:
            mapping = Mapping(mapping.items, value if mapping.rest is None else mapping.rest.join(value))

    _comprehend(machine, node.for_in, entry)
    return make_box(machine, node, "dict", mapping)


def _comprehend(machine: Machine, clause: Any, body: Any) -> bool:
    """Run the body for every element; True if each element was known and none was filtered by an unknown test."""
    sequence = iterated(machine, machine.evaluate(clause.iter))
    frame = machine.frame
    scope = machine.context("comprehension", frame.context, id(clause))
    known = sequence.exact and len(sequence.items) <= MOST_UNROLLED
    items = sequence.items if known else tuple(sequence.items[:MOST_UNROLLED])
    before = frame.scopes
    frame.scopes = (scope, *frame.scopes)
    for value in items:
        machine.assign(clause.target, value)
        outcomes = [test(machine, condition.test) for condition in clause.ifs]
        if any(outcome.certain is False for outcome in outcomes):
            continue
        known = known and all(outcome.certain for outcome in outcomes)
        if clause.inner_for_in is not None:
            known = _comprehend(machine, clause.inner_for_in, body) and known
        else:
            body()
    frame.scopes = before
    return known
