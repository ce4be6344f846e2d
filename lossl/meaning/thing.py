"""What a name may hold: tensors with a meaning, constants, functions, objects, containers, or something unknown.

Code (function bodies, class bodies) is opaque here. Things are compared by value, so that fixpoints end.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from lossl.meaning.meaning import Meaning
from lossl.meaning.signature import Routine, StubClass
from lossl.meaning.trail import Origin, Place

if TYPE_CHECKING:
    from lossl.meaning.value import Value


@dataclass(frozen=True)
class Tensor:
    """Numbers with a meaning; `axis` is the class axis if it is known, of logits the axis of the units.

    `units` is how many units the layer has that put the numbers out: the length of the last axis, or of the channels.
    `taken` is where something was made of the numbers as `origin` gave them; None if they still are what it gave.
    `part` is the first index that took some of them, as constants: `(Slice(None, None, None), 1)` of `out[:, 1]`.
    `dropped` is what set some of them to zero at random since the last layer.
    """

    meaning: Meaning
    axis: int | None = None
    units: int | None = None
    origin: Origin | None = None
    taken: Place | None = None
    part: tuple[object, ...] | None = field(default=None, compare=False)
    dropped: Origin | None = None

    def __repr__(self) -> str:
        shown = self.axis is not None and self.meaning is not Meaning.LOGITS
        axis = f"[dim={self.axis}]" if shown else ""
        return f"{self.meaning!r}{axis}"


@dataclass(frozen=True)
class Slice:
    """A slice with known bounds; unlike Python's own it can be hashed in every version."""

    start: int | None
    stop: int | None
    step: int | None


@dataclass(frozen=True)
class Constant:
    """A Python constant. `True` and `1` are different constants."""

    value: Any

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Constant) and type(self.value) is type(other.value) and self.value == other.value

    def __hash__(self) -> int:
        return hash((type(self.value).__name__, self.value))

    def __repr__(self) -> str:
        return repr(self.value)


@dataclass(frozen=True)
class Unknown:
    """Something lossl cannot know, and why. Equal symbols are the same unknown value; the reason is not compared.

    `number` is true if it certainly is a number, such as one that changes in a loop, or a tensor full of one number,
    which is `filled` then if it is known. `squared` is true of squared and absolute values and their sums: a loss that
    takes anything. `trained` is true of the weights of a layer.
    `single` is true of a tensor that was made of a list of one element: whoever writes the list has a number.
    `chosen` and `mode` are true of what a person decides, and of whether the model trains; `data` of what is loaded,
    which is no output of a model.
    """

    reason: str = field(compare=False)
    symbol: Hashable = None
    chosen: bool = field(default=False, compare=False)
    mode: bool = field(default=False, compare=False)
    number: bool = field(default=False, compare=False)
    filled: float | None = None
    single: bool = field(default=False, compare=False)
    squared: bool = field(default=False, compare=False)
    trained: bool = field(default=False, compare=False)
    data: bool = field(default=False, compare=False)

    def __repr__(self) -> str:
        return f"unknown ({self.reason})"


MOST_DERIVED = 6


def derived(kind: str, base: Hashable, *rest: Hashable) -> Hashable:
    """The symbol of something obtained from the unknown value `base`, None if that has none.

    A loop could derive for ever (`x = f(x)`), so a long derivation has no symbol.
    """
    depth, inner = 0, base
    while isinstance(inner, tuple) and len(inner) > 1:
        depth, inner = depth + 1, inner[1]
    return (kind, base, *rest) if base is not None and depth < MOST_DERIVED else None


@dataclass(frozen=True)
class Sequence:
    """A tuple, or the content of a list. Any number of `middle` may lie between `head` and `tail`; None means none."""

    head: tuple[Value, ...] = ()
    middle: Value | None = None
    tail: tuple[Value, ...] = ()

    @property
    def exact(self) -> bool:
        """True if every element is known."""
        return self.middle is None

    @property
    def items(self) -> tuple[Value, ...]:
        """All elements in order, the unknown stretch (if any) as one."""
        return self.head + (() if self.middle is None else (self.middle,)) + self.tail

    def __repr__(self) -> str:
        return "(" + ", ".join("*" if item is self.middle else repr(item) for item in self.items) + ")"


@dataclass(frozen=True)
class Mapping:
    """The content of a dict: known keys, and what any other key may hold (None means there is no other)."""

    items: tuple[tuple[Hashable, Value], ...] = ()
    rest: Value | None = None

    def get(self, key: Hashable) -> Value | None:
        """The value under a known key, or None."""
        for name, value in self.items:
            if name == key and type(name) is type(key):
                return value
        return None

    def __repr__(self) -> str:
        return "{" + ", ".join(f"{key!r}: {value!r}" for key, value in self.items) + "}"


@dataclass(frozen=True)
class Box:
    """A list, set or dict with an identity; its content lies in the state, so that aliases see changes."""

    identity: Hashable
    kind: str

    def __repr__(self) -> str:
        return self.kind


@dataclass(frozen=True)
class Class:
    """A class of the user's: `body` is opaque code, `bases` are values."""

    name: str
    body: Any = field(compare=False)
    identity: Hashable = None
    bases: tuple[Value, ...] = field(default=(), compare=False)
    module: Any = field(default=None, compare=False)

    def __repr__(self) -> str:
        return f"class {self.name}"


@dataclass(frozen=True)
class Instance:
    """An object of a class of the user's or of a stub; its attributes lie in the state."""

    identity: Hashable
    cls: Class | StubClass
    made: Place | None = field(default=None, compare=False)

    def __repr__(self) -> str:
        return self.cls.name.rsplit(".", 1)[-1]


@dataclass(frozen=True)
class Function:
    """A function or lambda of the user's, with the scope it closes over and the class it was defined in."""

    name: str
    code: Any
    scope: Any = None
    owner: Class | None = field(default=None, compare=False)
    kind: str = "function"
    """`function`, `staticmethod`, `classmethod` or `property`."""

    def __repr__(self) -> str:
        return f"function {self.name}"


@dataclass(frozen=True)
class Bound:
    """A method with its receiver."""

    receiver: Value
    function: Function | Routine

    def __repr__(self) -> str:
        return f"method {self.function.name}"


@dataclass(frozen=True)
class Partial:
    """A callable with some arguments given beforehand."""

    callee: Value
    positional: tuple[Value, ...] = ()
    keywords: tuple[tuple[str, Value], ...] = ()

    def __repr__(self) -> str:
        return f"partial {self.callee!r}"


@dataclass(frozen=True)
class Module:
    """A module: of the project (`file` is its source) or of a stub; `name` is dotted."""

    name: str
    file: Any = None

    def __repr__(self) -> str:
        return f"module {self.name}"


@dataclass(frozen=True)
class Super:
    """`super()` inside a method: the receiver, and the class whose bases are meant."""

    receiver: Value
    owner: Class

    def __repr__(self) -> str:
        return "super"


Thing = (
    Tensor
    | Constant
    | Unknown
    | Sequence
    | Mapping
    | Box
    | Class
    | StubClass
    | Instance
    | Function
    | Routine
    | Bound
    | Partial
    | Module
    | Super
)
