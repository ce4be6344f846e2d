"""What every name and attribute holds at this point of the program: access paths to values, in layers.

A layer begins where paths part (a branch, a call) and ends where they meet. There is one table; a layer is the list of
what was overwritten since it began, so that looking up is one step, ending a layer costs what it wrote, and nothing is
ever copied.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field

from lossl.meaning.condition import ALWAYS, Condition
from lossl.meaning.value import NOTHING, Value

AccessPath = tuple[Hashable, Hashable]
"""A root (a scope or an object) and a name in it."""

Layer = dict[AccessPath, Value]
_Entry = tuple[Value, int]
"""A value, and the depth of the layer that wrote it."""


@dataclass
class _Call:
    """What a call has read from outside itself: needed to know whether its result can be used again."""

    floor: int
    reads: dict[AccessPath, Value | None] = field(default_factory=dict)


class State:
    """Access paths to values. Missing paths are None, which differs from an empty value."""

    def __init__(self) -> None:
        self._table: dict[AccessPath, _Entry] = {}
        self._below: dict[Hashable, dict[Hashable, None]] = {}
        """The names that were ever written below a root, in the order of writing."""
        self._overwritten: list[dict[AccessPath, _Entry | None]] = [{}]
        self._calls: list[_Call] = [_Call(0)]

    def get(self, path: AccessPath) -> Value | None:
        """What the path holds, or None if nothing was ever written there."""
        entry = self._table.get(path)
        call = self._calls[-1]
        if entry is None:
            call.reads[path] = None
            return None
        if entry[1] < call.floor:
            call.reads[path] = entry[0]
        return entry[0]

    def set(self, path: AccessPath, value: Value) -> None:
        """Write to the top layer."""
        overwritten = self._overwritten[-1]
        if path not in overwritten:
            before = overwritten[path] = self._table.get(path)
            if before is None:
                self._below.setdefault(path[0], {})[path[1]] = None
        self._table[path] = (value, len(self._overwritten) - 1)

    @property
    def depth(self) -> int:
        """How many layers were begun and not ended."""
        return len(self._overwritten)

    def push(self) -> None:
        """Begin a layer."""
        self._overwritten.append({})

    def written(self, depth: int) -> Layer:
        """What was written since the layer of that depth was begun, without ending anything."""
        return {path: self._table[path][0] for layer in self._overwritten[depth - 1 :] for path in layer}

    def names(self, root: Hashable) -> list[Hashable]:
        """The names below a root that hold something."""
        return [name for name in self._below.get(root, ()) if (root, name) in self._table]

    def replace(self, thing: object, value: Value) -> None:
        """Whoever holds this very thing holds a value instead: it was changed in place. Looks at everything."""
        found = [
            p for p, (held, _) in self._table.items() if len(held.bindings) == 1 and held.bindings[0].thing is thing
        ]
        for path in found:
            self.set(path, value)

    def pop(self) -> Layer:
        """End the top layer: everything is as before it, and what it wrote is given back."""
        layer = {}
        for path, before in self._overwritten.pop().items():
            layer[path] = self._table[path][0]
            if before is None:
                del self._table[path]
            else:
                self._table[path] = before
        return layer

    def write(self, layer: Layer) -> None:
        """Everything in `layer` happened."""
        for path, value in layer.items():
            self.set(path, value)

    def write_maybe(self, layer: Layer, condition: Condition = ALWAYS) -> None:
        """Everything in `layer` may have happened, namely under `condition`."""
        for path, value in layer.items():
            before = self.get(path) or NOTHING
            self.set(path, value.under(condition).join(before))

    def meet(self, branches: Iterable[tuple[Layer, Condition]]) -> None:
        """One of the branches happened: each path holds what its branch wrote, under the branch's condition."""
        parts = list(branches)
        for path in dict.fromkeys(path for layer, _ in parts for path in layer):
            before = self.get(path)
            values = [(layer.get(path, before), condition) for layer, condition in parts]
            known = [(value, condition) for value, condition in values if value is not None]
            first = known[0][0]
            if all(value == first for value, _ in known):
                self.set(path, first)
                continue
            joined = NOTHING
            for value, condition in known:
                joined = joined.join(value.under(condition))
            self.set(path, joined)

    def enter(self) -> None:
        """A call begins: a layer of its own, and a record of what it reads from outside."""
        self.push()
        self._calls.append(_Call(len(self._overwritten) - 1))

    def leave(self) -> tuple[Layer, dict[AccessPath, Value | None]]:
        """The call ends: what it wrote and what it read. The caller has read that too."""
        layer = self.pop()
        reads = self._calls.pop().reads
        for path in reads:
            self.get(path)
        return layer, reads

    def unchanged(self, reads: dict[AccessPath, Value | None]) -> bool:
        """True if every one of these paths still holds the same."""
        for path, value in reads.items():
            now = self.get(path)
            if now is not value and now != value:
                return False
        return True

    def outside(self) -> tuple[list[Layer], list[_Call]]:
        """Leave all branches and calls (a module is imported once, whatever the branch) until `return_to`."""
        layers = [self.pop() for _ in range(len(self._overwritten) - 1)]
        calls, self._calls = self._calls, [_Call(0)]
        return layers, calls

    def return_to(self, inside: tuple[list[Layer], list[_Call]]) -> None:
        """Come back to where `outside` was called; layers that were begun since are given up."""
        while len(self._overwritten) > 1:
            self.pop()
        layers, self._calls = inside
        for layer in reversed(layers):
            self.push()
            self.write(layer)
