"""What users declare of losses and activations in their configuration: plain data, read from its tables."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any, TypeVar

TAKES = (
    "logits",
    "sigmoid-logits",
    "softmax-logits",
    "probabilities",
    "distribution",
    "log-probabilities",
    "log-distribution",
)
"""What a loss may take."""
GIVES = (
    "logits",
    "probabilities",
    "distribution",
    "log-probabilities",
    "log-distribution",
    "nonnegative",
    "bounded",
    "anything",
)
"""What an activation may give."""
NAME = r"[^\W\d]\w*(\.[^\W\d]\w*)+"
"""How the name of something that can be imported looks."""
KINDS = ("class", "function")
T = TypeVar("T")


class WrongValue(ValueError):
    """A value that cannot be; `keys` lead to it from where the reader began, the message goes on after `must be`."""

    def __init__(self, said: str, *keys: str) -> None:
        super().__init__(said)
        self.keys = keys


class UnknownKey(WrongValue):
    """A key that is not there; the message is a whole sentence."""


@dataclass(frozen=True)
class DeclaredLoss:
    """A loss, by the name under which code imports it. `takes` is what its prediction has to be.

    `argument` is the prediction's name and `position` its place among the arguments, from 1; both may be left open.
    `kind` says whether the name is a class or a function, where no definition of it can be seen.
    """

    name: str
    takes: str
    argument: str = ""
    position: int = 0
    kind: str = "class"


@dataclass(frozen=True)
class DeclaredActivation:
    """An activation, by the name under which code imports it; `gives` is what comes out, `axis` that of the classes."""

    name: str
    gives: str
    axis: int | None = None
    kind: str = "class"


def losses(value: Any) -> tuple[DeclaredLoss, ...]:
    """The table `losses`. Raises WrongValue."""
    return _declared(value, "losses", "input", TAKES, _loss)


def activations(value: Any) -> tuple[DeclaredActivation, ...]:
    """The table `activations`. Raises WrongValue."""
    return _declared(value, "activations", "output", GIVES, _activation)


def _loss(name: str, takes: str, said: Mapping[str, Any]) -> DeclaredLoss:
    argument, position = said.get("argument", ""), said.get("position", 0)
    if not isinstance(argument, str) or ("argument" in said and not argument.isidentifier()):
        raise WrongValue("the name of a parameter", "argument")
    if not isinstance(position, int) or isinstance(position, bool) or ("position" in said and position < 1):
        raise WrongValue("a number from 1, which is the first argument", "position")
    return DeclaredLoss(name, takes, argument, position, _kind(name, said))


def _activation(name: str, gives: str, said: Mapping[str, Any]) -> DeclaredActivation:
    axis = said.get("axis")
    if axis is not None and (not isinstance(axis, int) or isinstance(axis, bool)):
        raise WrongValue("a number, that of the axis over which the classes lie", "axis")
    if axis is not None and "distribution" not in gives:
        raise WrongValue("left out: only a distribution lies over an axis", "axis")
    return DeclaredActivation(name, gives, axis, _kind(name, said))


_KEYS = {"input": ("input", "argument", "position", "kind"), "output": ("output", "axis", "kind")}


def _declared(
    value: Any, table: str, main: str, words: tuple[str, ...], make: Callable[[str, str, Mapping[str, Any]], T]
) -> tuple[T, ...]:
    if not isinstance(value, dict):
        raise WrongValue(f"a table from names of {table} to what they {'take' if main == 'input' else 'give'}")
    found = []
    for name, said in value.items():
        try:
            found.append(_one(name, said, main, words, make))
        except WrongValue as error:
            raise type(error)(str(error), name, *error.keys) from None
    return tuple(found)


def _one(
    name: str, said: Any, main: str, words: tuple[str, ...], make: Callable[[str, str, Mapping[str, Any]], T]
) -> T:
    if not re.fullmatch(NAME, name):
        raise UnknownKey(f'`{name}` is no name that code imports, such as "mylib.losses.FocalLoss"; put it in quotes')
    if isinstance(said, str):
        said = {main: said}
    if not isinstance(said, dict):
        raise WrongValue(f'a string or a table, such as {{ {main} = "{words[1]}" }}')
    for key in said:
        if key not in _KEYS[main]:
            raise UnknownKey(f"unknown key `{key}`{hint(key, _KEYS[main])}", key)
    if main not in said:
        raise WrongValue(f"a table with `{main}`, one of {', '.join(words)}")
    return make(name, chosen(said[main], words, main), said)


def _kind(name: str, said: Mapping[str, Any]) -> str:
    """As it is said, else as Python people spell it: classes begin with a capital."""
    usual = "class" if name.rpartition(".")[2].lstrip("_")[:1].isupper() else "function"
    return chosen(said.get("kind", usual), KINDS, "kind")


def chosen(value: Any, words: tuple[str, ...], *keys: str) -> str:
    """The value, which is one of these words. Raises WrongValue with the closest one."""
    if not isinstance(value, str):
        raise WrongValue(f"one of {', '.join(words)}", *keys)
    if value not in words:
        close = get_close_matches(value.lower().replace("_", "-"), words, n=1, cutoff=0.5)
        said = f"; did you mean `{close[0]}`?" if close else ""
        raise WrongValue(f"one of {', '.join(words)}, not `{value}`{said}", *keys)
    return value


def hint(key: str, known: tuple[str, ...]) -> str:
    """`; did you mean ...?` with the closest key, or all of them."""
    close = get_close_matches(key.replace("_", "-").lower(), known, n=1, cutoff=0.5)
    return f"; did you mean `{close[0]}`?" if close else f"; there are {', '.join(sorted(known))}"
