"""What several possible contents of one list or dict have in common, for whoever can only work with one."""

from __future__ import annotations

from itertools import takewhile

from lossl.interpret.arguments import unknown_rest
from lossl.meaning.thing import Mapping, Sequence
from lossl.meaning.value import Value, joined, one, unknown

MOST_CONTENTS = 6
"""Contents of one list or dict that are kept apart."""


def bounded(contents: Value) -> Value:
    """The same contents, taken together if they are too many: every optional layer doubles them."""
    if len(contents.bindings) <= MOST_CONTENTS:
        return contents
    found = together(contents)
    return one(found) if found is not None else contents


def together(contents: Value) -> Sequence | Mapping | None:
    """One content that covers all of them; None if there is none, or some are lists and some are dicts."""
    if len(contents.bindings) == 1:
        only = contents.bindings[0].thing
        return only if isinstance(only, (Sequence, Mapping)) else None
    parts = [(binding.thing, binding.condition) for binding in contents]
    sequences = [(thing, when) for thing, when in parts if isinstance(thing, Sequence)]
    mappings = [(thing, when) for thing, when in parts if isinstance(thing, Mapping)]
    if not parts or (sequences and mappings):
        return None
    if mappings:
        return _one_mapping([Mapping(tuple((k, v.under(when)) for k, v in m.items), m.rest) for m, when in mappings])
    if len({len(thing.items) for thing, _ in sequences}) == 1 and all(thing.exact for thing, _ in sequences):
        columns = zip(*([item.under(when) for item in thing.items] for thing, when in sequences), strict=True)
        return Sequence(tuple(joined(column) for column in columns))
    return _one_sequence([thing for thing, _ in sequences])


def _one_mapping(mappings: list[Mapping]) -> Mapping:
    """Every key of any of them; one that is not in all may be missing."""
    keys = dict.fromkeys(key for mapping in mappings for key, _ in mapping.items)
    held = {key: joined(found for m in mappings if (found := m.get(key)) is not None) for key in keys}
    rests = [mapping.rest for mapping in mappings if mapping.rest is not None]
    if any(len(mapping.items) < len(keys) for mapping in mappings):
        rests.append(unknown("whether the dict has this key depends on the path"))
    return Mapping(tuple(held.items()), joined(rests) if rests else None)


def _one_sequence(sequences: list[Sequence]) -> Sequence:
    """What they begin with and end with alike, and any of the rest between."""
    head = _alike([s.items if s.exact else s.head for s in sequences])
    ends = [s.items[head:] if s.exact else s.tail for s in sequences]
    tail = _alike([end[::-1] for end in ends])
    between = [item for s in sequences for item in s.items[head : len(s.items) - tail]]
    first = sequences[0].items
    return Sequence(first[:head], unknown_rest(between), first[len(first) - tail :])


def _alike(rows: list[tuple[Value, ...]]) -> int:
    """How many elements all rows begin with alike."""
    return sum(1 for _ in takewhile(lambda column: len(set(column)) == 1, zip(*rows, strict=False)))
