"""What tensors are to each other: parts of one output, or data and output."""

from __future__ import annotations

import math

from lossl.meaning.meaning import Meaning
from lossl.meaning.thing import Slice, Tensor, Unknown
from lossl.meaning.value import Value


def same_output(one: Tensor, other: Tensor) -> bool:
    """True if both come out of the same activation or layer, as far as can be told: not of other columns of it.

    Logits do so wherever that layer was called; an activation is the same only where it is applied.
    """
    a, b = one.origin, other.origin
    if a is None or b is None or (one.units and other.units and one.units != other.units) or apart(one, other):
        return False
    return a.place == b.place or (one.meaning is Meaning.LOGITS and a.made is not None and a.made == b.made)


def apart(one: Tensor, other: Tensor) -> bool:
    """True if these are other columns of what one layer gives: `out[:, 0]` and `out[:, 1]`."""
    if one.part is None or other.part is None or len(one.part) != len(other.part):
        return False
    pairs = zip(map(_range, one.part[1:]), map(_range, other.part[1:]), strict=True)
    return any(a is not None and b is not None and (a[1] <= b[0] or b[1] <= a[0]) for a, b in pairs)


def _range(index: object) -> tuple[float, float] | None:
    """From where to where an index reaches; None if it counts from the end or is not known."""
    if isinstance(index, Slice):
        first, end = index.start or 0, math.inf if index.stop is None else index.stop
    elif isinstance(index, int):
        first, end = index, index + 1
    else:
        return None
    return (first, end) if first >= 0 and end >= 0 else None


_LABELS = frozenset({Meaning.CLASS_INDICES, Meaning.ONE_HOT, Meaning.BINARY_LABELS})


def is_data(value: Value) -> bool:
    """True of what certainly is no output of a model: labels, a tensor of one number, an element of what is loaded."""
    return bool(value.bindings) and all(_is_data(binding.thing) for binding in value)


def _is_data(thing: object) -> bool:
    return (
        thing.meaning in _LABELS
        if isinstance(thing, Tensor)
        else isinstance(thing, Unknown) and (thing.data or thing.number)
    )
