"""Frozen values as plain lists, and back: for the cache, which holds nothing that could be run."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")


def packed(value: Any) -> Any:
    """A dataclass as the list of its fields, a tuple as a list, an enumeration as its value."""
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value):
        return [packed(getattr(value, field.name)) for field in fields(value)]
    return [packed(item) for item in value] if isinstance(value, (tuple, list)) else value


def unpacked(kind: type[T], data: Any) -> T:
    """The value of that type. Raises ValueError or TypeError if the data cannot be one."""
    return _unpacked(kind, data)  # type: ignore[no-any-return]


def _unpacked(kind: Any, data: Any) -> Any:
    if is_dataclass(kind) and isinstance(kind, type):
        hints = _hints(kind)
        if not isinstance(data, list) or len(data) != len(hints):
            raise ValueError(f"no {kind.__name__}")
        return kind(*(_unpacked(hint, item) for hint, item in zip(hints, data, strict=True)))
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    if get_origin(kind) is tuple:
        if not isinstance(data, list):
            raise ValueError("no tuple")
        return tuple(_unpacked(get_args(kind)[0], item) for item in data)
    options = get_args(kind) or (kind,)  # `str | None` and the like
    if not any(type(data) is option for option in options):
        raise ValueError(f"no {kind}")
    return data


@lru_cache(maxsize=64)
def _hints(kind: type) -> tuple[Any, ...]:
    hints = get_type_hints(kind)
    return tuple(hints[field.name] for field in fields(kind))
