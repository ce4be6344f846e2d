"""What a stub says: signatures of libraries whose annotations are words about meaning. Plain data, no syntax."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Spec:
    """A word of the vocabulary with its arguments: `Distribution["dim"]` is `Spec("Distribution", ("dim",))`.

    Arguments are constants or other specs. Alternatives (`A | B`) are `Spec("|", (A, B))`.
    """

    word: str
    arguments: tuple[Any, ...] = ()

    def __repr__(self) -> str:
        return self.word + (f"[{', '.join(map(repr, self.arguments))}]" if self.arguments else "")


@dataclass(frozen=True)
class Parameter:
    """One parameter. `kind` is positional, keyword, star or double_star; `default` a constant, `...` if not known."""

    name: str
    spec: Spec | None = None
    default: Any = None
    required: bool = True
    kind: str = "positional"


@dataclass(frozen=True)
class Signature:
    """One overload. `literals` are the parameters whose constant values select it, by name."""

    parameters: tuple[Parameter, ...]
    returns: Spec | None
    literals: tuple[tuple[str, tuple[Any, ...]], ...] = ()


@dataclass(frozen=True)
class Routine:
    """A function or method of a stub: its qualified name and overloads, tried in order. `kind` as `Function.kind`."""

    name: str
    signatures: tuple[Signature, ...] = field(compare=False, default=())
    kind: str = "function"

    def __repr__(self) -> str:
        return f"function {self.name}"


@dataclass(frozen=True)
class StubClass:
    """A class of a stub. `bases` are qualified names; `members` are routines and specs of attributes, by name."""

    name: str
    bases: tuple[str, ...] = field(compare=False, default=())
    members: dict[str, Routine | Spec] = field(compare=False, default_factory=dict, hash=False)

    def __repr__(self) -> str:
        return f"class {self.name}"


@dataclass(frozen=True)
class Alias:
    """A name that stands for another qualified name."""

    target: str


@dataclass(frozen=True)
class StubModule:
    """Everything one stub file says, by name: routines, classes, attribute specs, aliases, registries."""

    name: str
    members: dict[str, Routine | StubClass | Spec | Alias | dict[str, str]]
    is_package: bool = False
