"""Which names of Python and its standard library are evaluated, and the door to them (`builtins` has the functions)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lossl.interpret.arguments import Arguments
from lossl.interpret.machine import Machine
from lossl.meaning.thing import Class, Super
from lossl.meaning.value import Value, one, unknown

PREFIX = "builtins."
SUPPRESSES = ("suppresses",)
"""The symbol of a context that swallows exceptions."""
CONSTANTS: dict[str, Any] = {"None": None, "True": True, "False": False, "Ellipsis": ...}
_MODULES = frozenset(
    "abc collections contextlib copy dataclasses enum functools itertools math os sys typing".split()  # noqa: SIM905
)
_KINDS = {"property", "staticmethod", "classmethod", "super", "functools.cached_property"}

Built = Callable[[Machine, Arguments], Value]
_TABLE: dict[str, Built] = {}


def built(*names: str) -> Callable[[Built], Built]:
    """Register what calling these names gives; names of modules are qualified."""

    def register(function: Built) -> Built:
        _TABLE.update(dict.fromkeys(names, function))
        return function

    return register


def knows(name: str) -> bool:
    """True if the name is a builtin, or a qualified name of the standard library, that lossl evaluates."""
    return name in _TABLE or name in _KINDS


def is_module(name: str) -> bool:
    """True if it is a module of the standard library some of whose functions are evaluated."""
    return name in _MODULES


def call(machine: Machine, name: str, arguments: Arguments) -> Value:
    """Call the builtin of that name."""
    handler = _TABLE.get(name)
    return handler(machine, arguments) if handler is not None else unknown(f"lossl does not follow `{name}`")


def super_of(machine: Machine, arguments: Arguments) -> Value:
    """`super()`, also in its old form with arguments."""
    frame = machine.frame
    if frame.owner is None or frame.receiver is None:
        return unknown("`super()` is called outside of a method")
    owner = frame.owner
    if arguments.positional:
        named = arguments.positional[0].value.only
        owner = named if isinstance(named, Class) else owner
    return one(Super(frame.receiver, owner))
