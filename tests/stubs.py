"""Stubs beside the libraries they describe: what both call by a name, and how far their parameters agree."""

from __future__ import annotations

import ast
import enum
import importlib
import inspect
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from lossl.meaning.signature import Alias, Routine, Signature, StubClass
from lossl.stubs.load import Member, built_in

FOLDER = Path(__file__).parents[1] / "lossl" / "stubs"
ELSEWHERE = (("keras.", "keras._tf_keras.keras."), ("tensorflow.", "tensorflow.compat.v1."))
"""Where an installed library keeps what older versions had in plain sight."""
KINDS = {
    inspect.Parameter.POSITIONAL_ONLY: "positional",
    inspect.Parameter.POSITIONAL_OR_KEYWORD: "positional",
    inspect.Parameter.VAR_POSITIONAL: "star",
    inspect.Parameter.KEYWORD_ONLY: "keyword",
    inspect.Parameter.VAR_KEYWORD: "double_star",
}


@dataclass(frozen=True)
class Entry:
    """A name that a stub gives a meaning, and the class it is a method of."""

    name: str
    member: Member
    owner: StubClass | None = None


@dataclass(frozen=True)
class Formal:
    """A parameter as it is compared."""

    name: str
    kind: str
    required: bool
    default: Any = None

    def __repr__(self) -> str:
        text = self.name if self.required else f"{self.name}={self.default!r}"
        return f"*, {text}" if self.kind == "keyword" else text


def modules() -> list[str]:
    """The dotted names of all stub modules."""
    names = [path.relative_to(FOLDER).with_suffix("").as_posix().replace("/", ".") for path in FOLDER.rglob("*.pyi")]
    return sorted(name.removesuffix(".__init__") for name in names)


def entries(module: str) -> Iterator[Entry]:
    """Every public name of a stub module, and the methods of its classes; of a class that the library does not have,
    or has as a function, only the name. What a stub imports to derive a class from is no name of its own.
    """
    stub = built_in().module(module)
    assert stub is not None, module
    used = _bases(module)
    for key, member in stub.members.items():
        name = f"{module}.{key}"
        found = built_in().find(name)
        if key.startswith("_") or key in used or found is None or isinstance(found, dict):
            continue
        if isinstance(member, Alias) and exists(name) and exists(member.target) and real(name) is real(member.target):
            continue  # said under its own name
        yield Entry(name, found)
        if isinstance(found, StubClass) and exists(name) and inspect.isclass(real(name)):
            yield from _methods(name, found)


def _methods(name: str, cls: StubClass) -> Iterator[Entry]:
    """The methods that a class writes down, or that it has from a class that only the stub knows."""
    seen: set[str] = set()
    for owner in built_in().lineage(cls):
        if owner is cls or owner.name.rsplit(".", 1)[-1].startswith("_"):
            for key, method in owner.members.items():
                if isinstance(method, Routine) and key not in seen and (key.startswith("__") or key[0] != "_"):
                    seen.add(key)
                    yield Entry(f"{name}.{key}", method, cls)


def _bases(module: str) -> set[str]:
    """Names that a stub module imports for its own use: bases of its classes."""
    relative = FOLDER.joinpath(*module.split("."))
    path = relative / "__init__.pyi" if relative.is_dir() else relative.with_suffix(".pyi")
    tree = ast.parse(path.read_text("utf-8"))
    own = {node.name for node in tree.body if isinstance(node, ast.ClassDef)}
    bases = {ast.unparse(base) for node in tree.body if isinstance(node, ast.ClassDef) for base in node.bases}
    return bases - own


_found: dict[str, tuple[Any, ...]] = {}
"""What was found; what was not may be there once another module is imported, which adds it."""


def _lookup(name: str) -> tuple[Any, ...]:
    if name not in _found and (found := _looked_up(name)):
        _found[name] = found
    return _found.get(name, ())


def _looked_up(name: str) -> tuple[Any, ...]:
    parts = name.split(".")
    for end in range(len(parts), 0, -1):
        try:
            found = importlib.import_module(".".join(parts[:end]))
            for part in parts[end:]:
                found = getattr(found, part)
        except (ImportError, AttributeError):
            continue
        return (found,)
    return ()


def real(name: str) -> Any:
    """What the installed library has under a qualified name. Raises LookupError if it has nothing."""
    homes = [name, *(home + name.removeprefix(prefix) for prefix, home in ELSEWHERE if name.startswith(prefix))]
    for home in homes:
        if found := _lookup(home):
            return found[0]
    raise LookupError(name)


def exists(name: str) -> bool:
    """True if the installed library knows the name."""
    try:
        real(name)
    except LookupError:
        return False
    return True


def formals(thing: Any) -> list[Formal] | None:
    """The parameters of a function, or of a class's constructor; None if the library gives no signature."""
    made = inspect.isclass(thing)
    try:
        found = list(inspect.signature(thing.__init__ if made else thing).parameters.values())
    except (ValueError, TypeError):
        return None
    return [Formal(p.name, KINDS[p.kind], p.default is p.empty, p.default) for p in found[1 if made else 0 :]]


def compared(entry: Entry) -> list[str] | None:
    """How a routine of a stub, all overloads of it, differs from the library; None if there is nothing to compare."""
    if not isinstance(entry.member, Routine):
        return None
    library = formals(real(entry.name))
    if library is None:
        return None
    options = _options(entry)
    found: dict[str, None] = {}
    for signature in entry.member.signatures:
        if entry.member.kind == "classmethod":  # the library's is bound to its class already
            signature = replace(signature, parameters=signature.parameters[1:])
        found.update(dict.fromkeys(differences(signature, library, options)))
    return list(found)


def _options(entry: Entry) -> frozenset[str]:
    """What the constructor was given: a method's overloads may be selected by it."""
    init = built_in().method(entry.owner, "__init__") if entry.owner is not None else None
    if not isinstance(init, Routine) or init is entry.member:
        return frozenset()
    return frozenset(p.name for signature in init.signatures for p in signature.parameters)


def differences(stub: Signature, library: list[Formal], options: frozenset[str] = frozenset()) -> list[str]:
    """How one signature of a stub differs from that of the library: `+` and `-` are parameters too many and too few."""
    ours = [Formal(p.name, p.kind, p.required, p.default) for p in stub.parameters]
    theirs = {p.name: p for p in library if p.kind not in ("star", "double_star")}
    open_ended = len(theirs) < len(library)
    named = {p.name: p for p in ours if p.kind not in ("star", "double_star")}
    chosen = {p.name for p in ours if p.kind == "keyword"} & options
    found = [f"+{p!r}" for p in named.values() if p.name not in theirs and p.name not in chosen and not open_ended]
    if not any(p.kind == "double_star" for p in ours):
        found += [f"-{p!r}" for p in theirs.values() if p.name not in named]
    found += [
        f"{p!r}, not {theirs[p.name]!r}" for p in named.values() if p.name in theirs and not fits(p, theirs[p.name])
    ]
    order = [p.name for p in named.values() if p.kind == "positional" and p.name in theirs]
    if order != [p.name for p in library if p.name in order]:
        found.append(f"in the order {', '.join(order)}")
    return found


def fits(ours: Formal, theirs: Formal) -> bool:
    """True if a parameter of a stub is that of the library; `...` stands for a default that it cannot write down."""
    if (ours.kind, ours.required) != (theirs.kind, theirs.required):
        return False
    default = theirs.default.value if isinstance(theirs.default, enum.Enum) else theirs.default
    if ours.required or ours.default is ...:
        return True
    if isinstance(default, (bool, int, float, str, tuple, type(None))):
        return bool(ours.default == default) and isinstance(ours.default, bool) == isinstance(default, bool)
    return str(ours.default) == str(default)
