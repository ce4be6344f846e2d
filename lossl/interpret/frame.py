"""A body of code being evaluated, and calls that were."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any

from lossl.interpret.sources import Source
from lossl.meaning.condition import ALWAYS, Condition
from lossl.meaning.state import Layer
from lossl.meaning.thing import Class
from lossl.meaning.trail import Place
from lossl.meaning.value import Value


@dataclass
class Frame:
    """A body of code being evaluated. `scopes` are the name spaces, innermost first; the last is the module's."""

    context: int
    source: Source
    module: str
    scopes: tuple[Hashable, ...]
    code: Any = None
    owner: Class | None = None
    receiver: Value | None = None
    entry: Condition = ALWAYS
    returns: list[Value] = field(default_factory=list)
    yields: list[Value] = field(default_factory=list)
    outer_names: dict[str, Hashable] = field(default_factory=dict)
    closes: bool = False
    comprehending: int = 0
    """How many of the innermost scopes belong to comprehensions: `:=` assigns outside of them."""
    rounds: tuple[int, ...] = ()
    """The rounds of the loops being evaluated one by one: objects made in different rounds are different."""
    broken: bool = False
    """True if the innermost loop may have been left by `break`."""
    loop: int = 0
    """The depth of the state where the innermost loop began its round, unless it is run one by one; 0 if none did."""
    breaks: list[Layer] = field(default_factory=list)
    """What this round of it had written wherever it was left by `break`."""
    call: Place | None = None
    """Where the function whose body it is was called; None of a module, and of what nothing calls."""
    has_loss: bool = False
    """True if a loss was called in it, or in what it called."""
    alive: bool = True
    left_by: str = ""
    """How the current block was left: `return`, `raise`, `break` or `loop` (to its next round)."""


@dataclass
class Memory:
    """A call that was evaluated before: with these arguments, having read this, it wrote and gave that."""

    values: tuple[tuple[str, ...], tuple[Value | None, ...]]
    reads: dict[Any, Value | None]
    wrote: Layer
    result: Value
    path: Condition
    has_loss: bool
