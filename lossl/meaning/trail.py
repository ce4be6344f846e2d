"""Where a value comes from: places in the code, the activation that gave it its meaning, the stations since."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import Any


@dataclass(frozen=True, eq=False)
class Place:
    """A node of a source file. Both are opaque here: only `source/` and `edits` look inside."""

    file: Any
    node: Any

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Place) and self.node is other.node

    def __hash__(self) -> int:
        return id(self.node)

    def __repr__(self) -> str:
        return f"<{type(self.node).__name__}>"


NOWHERE = Place(None, None)
"""Stands for a place that cannot be told."""


class Form(Enum):
    """How an activation or a loss is written, which decides how it can be taken away or exchanged."""

    CALL = "call"
    """`F.softmax(x)` or `self.act(x)`: the place is the call, its first argument goes in."""
    METHOD = "method"
    """`x.sigmoid()`: the place is the call, its receiver goes in."""
    ELEMENT = "element"
    """An element of a chain of layers, `Sequential(..., Sigmoid())`: the place is what creates it."""
    ARGUMENT = "argument"
    """An option of a layer, `Dense(1, activation="sigmoid")`: the place is the value of that argument."""
    OPERATOR = "operator"
    """Arithmetic or a literal; nothing to take away."""


@dataclass(frozen=True)
class Origin:
    """What gave a value its meaning.

    `place` is the node to take away, `applied` the call in which it acts (the same node unless the activation is an
    element or an option), `made` where the layer object was created if it has a name of its own,
    `name` the qualified name of the operation, `scope` the innermost function the place stands in. `direct` is false
    once the value was reshaped: a framework that remembers where a tensor comes from has lost the way. `ranged` is true
    once something was done to it that only makes sense for numbers in this range, such as cutting it to one or taking
    it from 1: without the activation that would be wrong. `blind` is true if logits went in of which is not known along
    which axis the units of their layer lie, `again` if what went in may have been activated already, `trained` if the
    numbers are the weights of a layer.
    """

    place: Place
    form: Form
    name: str
    applied: Place
    made: Place | None = None
    scope: Any = None
    direct: bool = True
    ranged: bool = False
    blind: bool = field(default=False, compare=False)
    again: bool = field(default=False, compare=False)
    trained: bool = field(default=False, compare=False)

    def __repr__(self) -> str:
        return f"{self.form.value} of {self.name}"


RETURNED = "comes out of"
"""How the text of a station begins whose place is a call that gives the value."""


@dataclass(frozen=True)
class Step:
    """A station: what happens to the value at a place. `text` starts in lower case and has no full stop."""

    place: Place
    text: str

    @property
    def returned(self) -> bool:
        """True if the place is a call that gives the value, not an expression that is handed on."""
        return self.text.startswith(RETURNED)


@dataclass(frozen=True)
class Trail:
    """A linked list of steps, newest first; shared between values, so that adding one costs nothing."""

    step: Step
    previous: Trail | None = None

    def steps(self) -> tuple[Step, ...]:
        """Oldest first."""
        found: list[Step] = []
        trail: Trail | None = self
        while trail is not None:
            found.append(trail.step)
            trail = trail.previous
        return tuple(reversed(found))
