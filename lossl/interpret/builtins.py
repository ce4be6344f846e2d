"""The parts of Python and of its standard library that models are built with: what their calls give.

Functions register themselves; nobody imports them by name.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

from lossl.interpret.arguments import Arguments
from lossl.interpret.containers import content, element_of, make_box
from lossl.interpret.flow import read
from lossl.interpret.iterate import iterated
from lossl.interpret.machine import MOST_UNROLLED, Machine
from lossl.interpret.modules import named
from lossl.interpret.objects import bound, class_attribute
from lossl.interpret.standard import PREFIX, SUPPRESSES, built
from lossl.meaning.signature import Routine
from lossl.meaning.thing import (
    Class,
    Constant,
    Function,
    Instance,
    Mapping,
    Module,
    Partial,
    Sequence,
    Unknown,
    derived,
)
from lossl.meaning.value import Value, one, unknown


def _values(arguments: Arguments) -> list[Value]:
    return [actual.value for actual in arguments.positional]


@built("nothing")
def _nothing(machine: Machine, arguments: Arguments) -> Value:
    return one(Constant(None))


@built("decorator", "functools.lru_cache", "functools.cache", "dataclasses.dataclass", "contextlib.contextmanager")
def _decorator(machine: Machine, arguments: Arguments) -> Value:
    """Called with a function it gives that function back; called with options it gives a decorator."""
    first = arguments.first()
    wraps = first is not None and isinstance(first.value.only, (Function, Partial, Instance, Class))
    return first.value if first is not None and wraps else one(Routine(PREFIX + "decorator"))


@built("functools.wraps")
def _wraps(machine: Machine, arguments: Arguments) -> Value:
    return one(Routine(PREFIX + "decorator"))


@built("functools.partial")
def _partial(machine: Machine, arguments: Arguments) -> Value:
    values = _values(arguments)
    if not values:
        return unknown("partial of nothing")
    keywords = tuple((name, actual.value) for name, actual in arguments.keywords)
    return one(Partial(values[0], tuple(values[1:]), keywords))


def _given_sequence(machine: Machine, arguments: Arguments) -> Sequence:
    values = _values(arguments)
    return iterated(machine, values[0]) if values else Sequence()


@built("list")
def _listed(machine: Machine, arguments: Arguments) -> Value:
    return make_box(machine, arguments.place.node, "list", _given_sequence(machine, arguments))


@built("tuple")
def _tuple(machine: Machine, arguments: Arguments) -> Value:
    return one(_given_sequence(machine, arguments))


@built("set", "frozenset")
def _set(machine: Machine, arguments: Arguments) -> Value:
    return make_box(machine, arguments.place.node, "set", _given_sequence(machine, arguments))


@built("reversed")
def _reversed(machine: Machine, arguments: Arguments) -> Value:
    given = _given_sequence(machine, arguments)
    return one(Sequence(tuple(reversed(given.tail)), given.middle, tuple(reversed(given.head))))


@built("sorted")
def _sorted(machine: Machine, arguments: Arguments) -> Value:
    given = _given_sequence(machine, arguments)
    unordered = Sequence((), element_of(given)) if len(given.items) > 1 else given
    return make_box(machine, arguments.place.node, "list", unordered)


@built("dict", "collections.OrderedDict")
def _dict(machine: Machine, arguments: Arguments) -> Value:
    mapping = Mapping()
    for value in _values(arguments):
        held = content(machine, value.only)
        mapping = held if isinstance(held, Mapping) else _from_pairs(machine, value)
    named = dict(mapping.items)
    named.update({name: actual.value for name, actual in arguments.keywords})
    mapping = Mapping(tuple(named.items()), mapping.rest if mapping.rest is not None else arguments.extra)
    return make_box(machine, arguments.place.node, "dict", mapping)


def _from_pairs(machine: Machine, value: Value) -> Mapping:
    items: dict[Any, Value] = {}
    sequence = iterated(machine, value)
    rest: Value | None = None
    for pair in sequence.items:
        held = content(machine, pair.only)
        parts = held.items if isinstance(held, Sequence) and held.exact else ()
        key = parts[0].only if len(parts) == 2 else None
        if isinstance(key, Constant):
            items[key.value] = parts[1]
        else:
            given = parts[1] if len(parts) == 2 else unknown("it is a value of a dict")
            rest = given if rest is None else rest.join(given)
    return Mapping(tuple(items.items()), rest)


@built("collections.defaultdict")
def _defaultdict(machine: Machine, arguments: Arguments) -> Value:
    return make_box(machine, arguments.place.node, "dict", Mapping((), unknown("it may be a default")))


@built("len")
def _len(machine: Machine, arguments: Arguments) -> Value:
    values = _values(arguments)
    only = values[0].only if values else None
    held = content(machine, only)
    if isinstance(only, Instance):
        counted = class_attribute(machine, only.cls, "__len__")
        if isinstance(counted, Value) and isinstance(counted.only, Function):
            return machine.call(bound(machine, counted, one(only)), Arguments(arguments.place))
        held = iterated(machine, values[0])
    if isinstance(only, Constant) and isinstance(only.value, str):
        return one(Constant(len(only.value)))
    if isinstance(held, Mapping) and held.rest is None:
        return one(Constant(len(held.items)))
    if isinstance(held, Sequence) and held.exact:
        return one(Constant(len(held.items)))
    return unknown("the length is not known", ("call", "len", id(arguments.place.node)))


@built("range")
def _range(machine: Machine, arguments: Arguments) -> Value:
    bounds = [v.only for v in _values(arguments)]
    if bounds and all(isinstance(b, Constant) and isinstance(b.value, int) for b in bounds):
        numbers = range(*[b.value for b in bounds if isinstance(b, Constant)][:3])
        if len(numbers) <= MOST_UNROLLED:
            return one(Sequence(tuple(one(Constant(n)) for n in numbers)))
    return one(Sequence((), unknown("it counts", ("iter", id(arguments.place.node)))))


@built("enumerate")
def _enumerate(machine: Machine, arguments: Arguments) -> Value:
    values = _values(arguments)
    sequence = iterated(machine, values[0]) if values else Sequence()
    count = unknown("it counts", ("iter", id(arguments.place.node)))
    given = values[1] if len(values) > 1 else dict(arguments.keywords)["start"].value if arguments.keywords else None
    start = given.only if given is not None else Constant(0)
    if not isinstance(start, Constant) or not isinstance(start.value, int):
        return one(Sequence((), one(Sequence((count, element_of(sequence))))))
    items = sequence.items if sequence.exact else sequence.head
    head = tuple(one(Sequence((one(Constant(i)), item))) for i, item in enumerate(items, start.value))
    if sequence.exact:
        return one(Sequence(head))
    middle = one(Sequence((count, sequence.middle or count)))
    return one(Sequence(head, middle, tuple(one(Sequence((count, item))) for item in sequence.tail)))


@built("zip")
def _zip(machine: Machine, arguments: Arguments) -> Value:
    sequences = [iterated(machine, value) for value in _values(arguments)]
    if sequences and all(s.exact for s in sequences):
        return one(Sequence(tuple(one(Sequence(group)) for group in zip(*[s.items for s in sequences], strict=False))))
    return one(Sequence((), one(Sequence(tuple(element_of(s) for s in sequences)))))


@built("map")
def _map(machine: Machine, arguments: Arguments) -> Value:
    values = _values(arguments)
    if len(values) != 2:
        return unknown("lossl does not follow a `map` over several sequences")
    sequence = iterated(machine, values[1])
    results = [machine.call(values[0], Arguments.of(arguments.place, item)) for item in sequence.items]
    if sequence.exact:
        return one(Sequence(tuple(results)))
    return one(Sequence((), element_of(Sequence(tuple(results)))))


@built("next")
def _next(machine: Machine, arguments: Arguments) -> Value:
    values = _values(arguments)
    return element_of(iterated(machine, values[0])) if values else unknown("next of nothing")


@built("iter")
def _iter(machine: Machine, arguments: Arguments) -> Value:
    values = _values(arguments)
    return one(iterated(machine, values[0])) if len(values) == 1 else unknown("it is an iterator")


@built("contextlib.suppress")
def _suppress(machine: Machine, arguments: Arguments) -> Value:
    return unknown("it suppresses exceptions", SUPPRESSES)


@built("contextlib.nullcontext", "contextlib.closing")
def _entered_as_it_is(machine: Machine, arguments: Arguments) -> Value:
    first = arguments.first()
    return first.value if first is not None else one(Constant(None))


@built("globals")
def _globals(machine: Machine, arguments: Arguments) -> Value:
    names = machine.names(machine.frame.scopes[-1])
    return one(Mapping(tuple(names), unknown("it is a global name")))


@built("staticmethod", "classmethod")
def _kind_of_method(machine: Machine, arguments: Arguments) -> Value:
    """Called rather than used as a decorator, it makes a method of what it is given."""
    only = arguments.positional[0].value.only if len(arguments.positional) == 1 else None
    name = machine.callee_text(arguments.place)
    return one(replace(only, kind=name)) if isinstance(only, (Function, Routine)) else unknown("it is a method")


@built("getattr")
def _getattr(machine: Machine, arguments: Arguments) -> Value:
    values = _values(arguments)
    name = values[1].only if len(values) > 1 else None
    if not isinstance(name, Constant) or not isinstance(name.value, str):
        module = values[0].only if len(values) > 1 else None
        if isinstance(module, Module):
            return named(machine, module, values[1], arguments.place.node)
        written = machine.text(arguments.place.node)
        return unknown(f"`{written}` chooses it at run time", ("call", "getattr", id(arguments.place.node)))
    found = machine.find_attribute(values[0], name.value)
    if found is not None:
        return found
    return values[2] if len(values) > 2 else machine.attribute(values[0], name.value)


@built("hasattr")
def _hasattr(machine: Machine, arguments: Arguments) -> Value:
    values = _values(arguments)
    name = values[1].only if len(values) > 1 else None
    known = isinstance(values[0].only, Instance) and isinstance(values[0].only.cls, Class) if values else False
    if known and isinstance(name, Constant) and isinstance(name.value, str):
        found = machine.find_attribute(values[0], name.value)
        computed = machine.find_attribute(values[0], "__getattr__")
        if (found or computed) is None or (found is not None and not isinstance(found.only, Unknown)):
            return one(Constant(found is not None))
    return unknown("whether it has that attribute is not known", ("call", "hasattr", id(arguments.place.node)))


@built("setattr")
def _setattr(machine: Machine, arguments: Arguments) -> Value:
    values = _values(arguments)
    if len(values) == 3:
        owner, name = values[0].only, values[1].only
        if isinstance(owner, Instance) and isinstance(name, Constant) and isinstance(name.value, str):
            machine.state.set((owner.identity, name.value), values[2])
        elif isinstance(owner, Instance):
            changed = unknown("an attribute of it was set by a name nobody knows")
            for held in machine.state.names(owner.identity):
                before = machine.state.get((owner.identity, held))
                if before is not None:
                    machine.state.set((owner.identity, held), before.join(changed))
    return one(Constant(None))


def _converted(kind: type, machine: Machine, arguments: Arguments) -> Value:
    values = _values(arguments)
    if values:
        first = next(iter(arguments.all())).place
        read(machine, values[0], arguments.place, "is converted to a Python value", operand=first)
        only = values[0].only
        if isinstance(only, Constant) and isinstance(only.value, (str, int, float)):
            try:
                return one(Constant(kind(only.value)))
            except (ValueError, OverflowError):
                return unknown(f"{only!r} cannot be converted")
    return unknown("it is converted from something unknown", ("call", "convert", id(arguments.place.node)))


for _kind in (str, int, float, bool):
    built(_kind.__name__)(partial(_converted, _kind))


@built("vars")
def _vars(machine: Machine, arguments: Arguments) -> Value:
    values = _values(arguments)
    only = values[0].only if len(values) == 1 else None
    if isinstance(only, Module):
        return values[0]
    return unknown("lossl does not follow `vars`", derived("vars", only.symbol) if isinstance(only, Unknown) else None)


@built("print", "max", "min", "sum", "abs", "round", "any", "all", "open", "input", "id", "repr")
def _reads(machine: Machine, arguments: Arguments) -> Value:
    for actual in arguments.all():
        read(machine, actual.value, arguments.place, "is read by a builtin function", operand=actual.place)
    name = getattr(getattr(arguments.place.node, "func", None), "value", "it")
    return unknown(f"lossl does not compute `{name}`", ("call", "builtin", id(arguments.place.node)))
