"""Lists, tuples and dicts: their elements, their methods, and what indexing finds. Content lies in the state."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import replace
from typing import Any

from lossl.interpret.arguments import Arguments, unknown_rest
from lossl.interpret.machine import MOST_UNROLLED, Machine
from lossl.interpret.together import bounded, together
from lossl.meaning.thing import Box, Constant, Mapping, Sequence, Slice, Unknown, derived
from lossl.meaning.value import NOTHING, Binding, Value, joined, one, unknown

CONTENT = "[]"


def make_box(machine: Machine, node: Any, kind: str, content: Sequence | Mapping) -> Value:
    """A new list, set or dict, created at this node."""
    box = Box((machine.identity(node), kind), kind)
    machine.state.set((box.identity, CONTENT), one(content))
    return one(box)


def environment(machine: Machine) -> Value:
    """`os.environ` as the code of the file being evaluated knows it: a dict that may hold anything else."""
    box = Box(("environment", machine.frame.source.path), "dict")
    if machine.state.get((box.identity, CONTENT)) is None:
        machine.state.set((box.identity, CONTENT), one(Mapping((), unknown("it is a variable of the environment"))))
    return one(box)


def variables(machine: Machine) -> tuple[tuple[str, str], ...]:
    """The variables of the environment that this file certainly sets, with their constant values."""
    value = machine.state.get((("environment", machine.frame.source.path), CONTENT))
    held = value.only if value is not None else None
    found = [(key, item.only) for key, item in held.items] if isinstance(held, Mapping) else []
    return tuple((str(key), only.value) for key, only in found if isinstance(only, Constant))


def contents(machine: Machine, thing: object) -> Value:
    """All that a list, set, dict or tuple may contain here, each under its condition; nothing if that is in doubt."""
    if isinstance(thing, (Sequence, Mapping)):
        return one(thing)
    held = machine.state.get((thing.identity, CONTENT)) if isinstance(thing, Box) else None
    if held is None or not all(isinstance(binding.thing, (Sequence, Mapping)) for binding in held):
        return NOTHING
    return held.where(machine.path)


def content(machine: Machine, thing: object) -> Sequence | Mapping | None:
    """The content of a list, set, dict or tuple, of several possibilities what they share; None if it is in doubt."""
    return together(contents(machine, thing))


def as_sequence(machine: Machine, value: Value) -> Sequence:
    """The elements that iterating gives."""
    only = value.only
    held = content(machine, only)
    if isinstance(held, Sequence):
        return held
    if isinstance(held, Mapping):
        keys = tuple(one(Constant(key)) for key, _ in held.items)
        return Sequence(keys, unknown("it is a key of a dict") if held.rest is not None else None)
    if isinstance(only, Constant) and isinstance(only.value, str) and len(only.value) <= MOST_UNROLLED:
        return Sequence(tuple(one(Constant(letter)) for letter in only.value))
    if value.bindings and all(isinstance(content(machine, b.thing), Sequence) for b in value):
        items = [item for b in value for item in as_sequence(machine, one(b.thing)).items]
        return Sequence((), unknown_rest(items))
    symbol = derived("iter", only.symbol) if isinstance(only, Unknown) else None
    data = isinstance(only, Unknown) and only.data
    return Sequence((), one(Unknown(_element_reason(only), symbol, data=data)))


def _element_reason(only: object) -> str:
    if isinstance(only, Unknown):
        return only.reason
    if only is None:
        return "it is an element of a value that may be one of several things"
    return f"it is an element of {only!r}, which lossl cannot look into"


def element_of(sequence: Sequence) -> Value:
    """Any one of the elements."""
    return unknown_rest(sequence.items)


def item(machine: Machine, thing: object, index: Value) -> Value | None:
    """What indexing a container by a value gives; None if the thing is no container."""
    held = content(machine, thing)
    key = index.only
    if isinstance(held, Sequence):
        if isinstance(key, Constant) and isinstance(key.value, int):
            return at(held, key.value)
        return element_of(held)
    if isinstance(held, Mapping):
        if isinstance(key, Constant):
            found = held.get(key.value)
            if found is not None:
                return found
            return _other(held.rest, key) if held.rest is not None else unknown(f"the dict has no key {key!r} here")
        found = joined(value for _, value in held.items)
        found = found.join(held.rest) if held.rest is not None else found
        return found if found.bindings else unknown("it is looked up in a dict that is empty as far as lossl sees")
    return None


def _other(rest: Value, key: Constant) -> Value:
    """What a dict holds under a key that is none of those it is known to have: of each key something else."""
    things = (
        replace(b.thing, symbol=derived("item", b.thing.symbol, key)) if isinstance(b.thing, Unknown) else b.thing
        for b in rest
    )
    return Value(tuple(replace(b, thing=thing) for b, thing in zip(rest, things, strict=True)))


def at(sequence: Sequence, index: int) -> Value:
    """The element at an index; negative ones count from the end."""
    if sequence.exact:
        items = sequence.items
        return items[index] if -len(items) <= index < len(items) else unknown("it is indexed beyond its end")
    if 0 <= index < len(sequence.head):
        return sequence.head[index]
    if index < 0 and -index <= len(sequence.tail):
        return sequence.tail[index]
    return element_of(sequence)


def cut(sequence: Sequence, start: int | None, stop: int | None, step: int | None) -> Sequence:
    """A slice; of a sequence whose length is unknown, only what is certain is kept in place."""
    if sequence.exact:
        return Sequence(sequence.items[start:stop:step])
    if step in (None, 1) and stop is None and start is not None and 0 <= start <= len(sequence.head):
        return Sequence(sequence.head[start:], sequence.middle, sequence.tail)
    if step in (None, 1) and start in (None, 0) and stop is not None and stop < 0 and -stop <= len(sequence.tail):
        return Sequence(sequence.head, sequence.middle, sequence.tail[:stop])
    if all(bound is None or 0 <= bound <= len(sequence.head) for bound in (start, stop)) and stop is not None:
        return Sequence(sequence.head[start:stop:step])
    return Sequence((), element_of(sequence))


def store(machine: Machine, thing: object, index: Value, value: Value) -> None:
    """`container[index] = value`."""
    if not isinstance(thing, Box):
        return
    held, key = content(machine, thing), index.only
    if isinstance(held, Mapping):
        new: Mapping | Sequence = (
            put(held, key.value, value) if isinstance(key, Constant) else _put_somewhere(held, value)
        )
    elif (
        isinstance(held, Sequence)
        and isinstance(key, Constant)
        and isinstance(key.value, Slice)
        and key.value.step is None
    ):
        given = as_sequence(machine, value)
        items = list(held.items)
        items[key.value.start : key.value.stop] = given.items
        new = Sequence(tuple(items)) if held.exact and given.exact else Sequence((), unknown_rest(items))
    elif isinstance(held, Sequence) and held.exact and isinstance(key, Constant) and isinstance(key.value, int):
        items = list(held.items)
        if -len(items) <= key.value < len(items):
            items[key.value] = value
        new = Sequence(tuple(items))
    elif isinstance(held, Sequence):
        new = Sequence((), element_of(held).join(value))
    else:
        return
    machine.state.set((thing.identity, CONTENT), one(new))


def remove(machine: Machine, thing: object, index: Value) -> None:
    """`del container[index]`."""
    held, key = content(machine, thing), index.only
    if not isinstance(thing, Box) or held is None:
        return
    if isinstance(held, Mapping):
        gone = key.value if isinstance(key, Constant) else None
        new: Mapping | Sequence = Mapping(tuple((k, v) for k, v in held.items if k != gone), held.rest)
    elif held.exact and isinstance(key, Constant) and isinstance(key.value, int):
        items = list(held.items)
        del items[key.value : key.value + 1 or None]
        new = Sequence(tuple(items))
    elif key == Constant(-1):
        new = cut(held, None, -1, None)
    else:
        new = Sequence((), element_of(held))
    machine.state.set((thing.identity, CONTENT), one(new))


def put(mapping: Mapping, key: Hashable, value: Value) -> Mapping:
    """The mapping with one key set; keys keep their order."""
    items = dict(mapping.items)
    items[key] = value
    return Mapping(tuple(items.items()), mapping.rest)


def _put_somewhere(mapping: Mapping, value: Value) -> Mapping:
    items = tuple((key, held.join(value)) for key, held in mapping.items)
    return Mapping(items, value if mapping.rest is None else mapping.rest.join(value))


def joined_sequences(first: Sequence, second: Sequence) -> Sequence:
    """`first + second`."""
    if first.exact:
        return Sequence(first.items + second.head, second.middle, second.tail)
    if second.exact:
        return Sequence(first.head, first.middle, first.tail + second.items)
    middle = unknown_rest([*first.items[len(first.head) :], *second.items[: len(second.items) - len(second.tail)]])
    return Sequence(first.head, middle, second.tail)


def method(machine: Machine, box: Box | Sequence | Mapping, name: str, arguments: Arguments) -> Value:
    """What a method of a list, tuple or dict does and gives."""
    held = content(machine, box)
    values = [actual.value for actual in arguments.positional]
    if name == "copy" and held is not None:
        return make_box(machine, arguments.place.node, "dict" if isinstance(held, Mapping) else "list", held)
    if isinstance(held, Sequence):
        return _list_method(machine, box, name, values)
    if isinstance(held, Mapping):
        return _dict_method(machine, box, held, name, values, arguments)
    return unknown(f"lossl does not follow `.{name}` of a container")


def _list_method(machine: Machine, box: object, name: str, values: list[Value]) -> Value:
    """Done to each of the things that the list may contain."""
    after: list[Binding] = []
    result = NOTHING
    for binding in contents(machine, box):
        assert isinstance(binding.thing, Sequence)
        new, given = _changed(machine, binding.thing, name, values)
        after.append(Binding(new, binding.condition))
        result = result.join(given.under(binding.condition))
    changed = Value.of(after)
    if isinstance(box, Box) and changed != contents(machine, box):
        machine.state.set((box.identity, CONTENT), bounded(changed))
    return result


def _changed(machine: Machine, held: Sequence, name: str, values: list[Value]) -> tuple[Sequence, Value]:
    """A list after a method, and what the method gives."""
    nothing = one(Constant(None))
    if name in ("append", "add") and values:
        return joined_sequences(held, Sequence((values[0],))), nothing
    if name in ("extend", "update", "__iadd__") and values:
        return joined_sequences(held, as_sequence(machine, values[0])), nothing
    if name == "insert" and len(values) == 2:
        return _inserted(held, values[0].only, values[1]), nothing
    if name == "pop":
        result = at(held, -1) if not values else item(machine, held, values[0]) or NOTHING
        return cut(held, None, -1, None) if not values else Sequence((), element_of(held)), result
    if name in ("reverse", "sort"):
        return Sequence(tuple(reversed(held.tail)), held.middle, tuple(reversed(held.head))), nothing
    if name == "clear":
        return Sequence(), nothing
    if name == "remove" and values:
        return _without(held, values[0]), nothing
    return held, unknown(f"lossl does not follow `.{name}` of a list")


def _without(held: Sequence, value: Value) -> Sequence:
    """A sequence from which the first element equal to a value was removed."""
    if held.exact and held.items.count(value) == 1:
        return Sequence(tuple(item for item in held.items if item != value))
    return Sequence((), element_of(held))


def _inserted(held: Sequence, index: object, value: Value) -> Sequence:
    if held.exact and isinstance(index, Constant) and isinstance(index.value, int):
        items = list(held.items)
        items.insert(index.value, value)
        return Sequence(tuple(items))
    return Sequence((), element_of(held).join(value))


def _dict_method(
    machine: Machine, box: object, held: Mapping, name: str, values: list[Value], arguments: Arguments
) -> Value:
    rest = (held.rest,) if held.rest is not None else ()
    if name in ("get", "pop", "setdefault") and values:
        key = values[0].only
        known = held.get(key.value) if isinstance(key, Constant) else None
        if name == "pop":
            remove(machine, box, values[0])
        if known is not None:
            return known
        default = values[1] if len(values) > 1 else one(Constant(None))
        if isinstance(key, Constant) and held.rest is None:
            if name == "setdefault" and isinstance(box, Box):
                store(machine, box, values[0], default)
            return default
        found = item(machine, held, values[0])
        return found.join(default) if found is not None else default
    if name == "items":
        pairs = tuple(one(Sequence((one(Constant(key)), value))) for key, value in held.items)
        middle = one(Sequence((unknown("it is a key of a dict"), held.rest))) if held.rest is not None else None
        return one(Sequence(pairs, middle))
    if name == "values":
        return one(Sequence(tuple(value for _, value in held.items), *rest))
    if name == "keys":
        return one(as_sequence(machine, one(held)))
    if name == "update" and isinstance(box, Box):
        new = held
        for source in [content(machine, value.only) for value in values]:
            for key_, value in source.items if isinstance(source, Mapping) else ():
                new = put(new, key_, value)
        for word, actual in arguments.keywords:
            new = put(new, word, actual.value)
        machine.state.set((box.identity, CONTENT), one(new))
        return one(Constant(None))
    if name == "clear" and isinstance(box, Box):
        machine.state.set((box.identity, CONTENT), one(Mapping()))
        return one(Constant(None))
    return unknown(f"lossl does not follow `.{name}` of a dict")
