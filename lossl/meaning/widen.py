"""Widening: what a loop may have made of a value, in a form that stops changing."""

from __future__ import annotations

from lossl.meaning.thing import Constant, Mapping, Sequence, Unknown
from lossl.meaning.value import NOTHING, Value, one


def widen(before: Value, after: Value) -> Value:
    """A value that covers both.

    - Sequences of different length become one of unknown length whose last element is known.
    - Numbers that differ become unknown.
    - Anything else is joined.
    """
    if before == after:
        return before
    first, second = before.only, after.only
    if isinstance(first, Sequence) and isinstance(second, Sequence):
        return one(_stretch(first, second))
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        return one(_merge(first, second))
    if _is_number(first) and _is_number(second):
        return one(Unknown("it changes in a loop", ("loop", "number"), number=True))
    return before.join(after)


def _is_number(thing: object) -> bool:
    return isinstance(thing, Constant) and isinstance(thing.value, (int, float)) and not isinstance(thing.value, bool)


def _stretch(first: Sequence, second: Sequence) -> Sequence:
    if first.exact and second.exact and len(first.head + first.tail) == len(second.head + second.tail):
        pairs = zip(first.head + first.tail, second.head + second.tail, strict=True)
        return Sequence(tuple(a if a == b else a.join(b) for a, b in pairs))
    head: list[Value] = []
    for a, b in zip(first.head, second.head, strict=False):
        if a != b:
            break
        head.append(a)
    rest_first, rest_second = first.items[len(head) :], second.items[len(head) :]
    middle = NOTHING
    for item in (*rest_first, *rest_second):
        middle = middle.join(item)
    lasts = [items[-1] for items in (first.items, second.items) if items]
    last = lasts[0].join(lasts[-1])
    return Sequence(tuple(head), middle if middle.bindings else None, (last,))


def _merge(first: Mapping, second: Mapping) -> Mapping:
    names = dict.fromkeys([key for key, _ in first.items] + [key for key, _ in second.items])
    items = []
    for name in names:
        a, b = first.get(name), second.get(name)
        items.append((name, a.join(b) if a is not None and b is not None else a or b or NOTHING))
    rest = first.rest if second.rest is None else second.rest if first.rest is None else first.rest.join(second.rest)
    return Mapping(tuple(items), rest)
