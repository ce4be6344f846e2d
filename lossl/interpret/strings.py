"""Strings that can be computed: their methods, and strings with expressions in them."""

from __future__ import annotations

from typing import Any

from lossl.interpret.arguments import Arguments
from lossl.interpret.flow import read
from lossl.interpret.machine import Machine, evaluates
from lossl.meaning.thing import Constant, Sequence
from lossl.meaning.value import Value, one, unknown

_METHODS = frozenset(
    """capitalize casefold count endswith find isdigit lower lstrip partition removeprefix removesuffix replace rfind
    rpartition rsplit rstrip split startswith strip title upper""".split()  # noqa: SIM905
)
LONGEST = 200
"""Longer strings are not computed: a loop could make them grow."""


def constant_method(machine: Machine, constant: Constant, name: str, arguments: Arguments) -> Value:
    """A method of a string, computed if its arguments are constants; whatever else it is given it writes down."""
    for actual in arguments.all():
        read(machine, actual.value, arguments.place, "is written into a string", operand=actual.place)
    for spread in filter(None, (arguments.rest, arguments.extra)):
        read(machine, spread, arguments.place, "is written into a string")
    given = [actual.value.only for actual in arguments.positional]
    known = [thing.value for thing in given if isinstance(thing, Constant)]
    plain = len(known) == len(given) and not arguments.keywords and arguments.rest is None
    if not (isinstance(constant.value, str) and name in _METHODS and plain):
        return unknown(f"lossl does not compute `.{name}()` of a constant")
    try:
        found = getattr(constant.value, name)(*known)
    except (TypeError, ValueError):
        return unknown(f"`.{name}()` does not take these arguments")
    return computed(found)


def computed(found: Any) -> Value:
    """A Python value that was computed, as a value: a list or tuple by its elements."""
    if isinstance(found, (list, tuple)):
        return one(Sequence(tuple(one(Constant(part)) for part in found)))
    if isinstance(found, str) and len(found) > LONGEST:
        return unknown("it is a very long string")
    return one(Constant(found))


@evaluates("FormattedString")
def _formatted(machine: Machine, node: Any) -> Value:
    parts: list[str] | None = []
    for part in node.parts:
        if type(part).__name__ == "FormattedStringText":
            text = part.value
        else:
            value = machine.evaluate(part.expression)
            operand = machine.place(part.expression)
            read(machine, value, machine.place(node), "is written into a string", operand=operand)
            only = value.only
            plain = part.conversion is None and part.format_spec is None and part.equal is None
            text = str(only.value) if isinstance(only, Constant) and plain else None
        parts = [*parts, text] if parts is not None and text is not None else None
    if parts is None or "\\" in "".join(parts) or "{{" in "".join(parts) or "}}" in "".join(parts):
        return unknown("it is a formatted string")
    return computed("".join(parts))
