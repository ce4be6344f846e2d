"""What libraries do, by qualified name; a module is read when it is first asked for. Knows no user code and no state.

A library is what lossl ships; a user's folders and declarations come on top and win, name by name.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from lossl.config import Config
from lossl.declared import DeclaredActivation, DeclaredLoss
from lossl.errors import ConfigError
from lossl.meaning.declared import Declared
from lossl.meaning.signature import Alias, Routine, Spec, StubClass, StubModule
from lossl.stubs.declared import declarations, stand_in
from lossl.stubs.read import read

Content = Routine | StubClass | Spec | Alias | dict[str, str]
Member = Routine | StubClass | Spec | Alias | StubModule | dict[str, str]


COMPANIONS = frozenset({"einops", "scipy", "sklearn"})
"""Packages that compute and train nothing: a file that names no other does not matter."""


class Library:
    """All stub modules below some folders and what is declared; each is read once, when it is first asked for."""

    def __init__(
        self, folders: Iterable[Path] = (), declared: Mapping[str, tuple[Declared, str]] | None = None
    ) -> None:
        self._own = tuple(folders)
        self._declared = dict(declared or {})
        self._modules: dict[str, StubModule | None] = {}
        self._found: dict[str, Member | None] = {}
        self._lineages: dict[str, list[StubClass]] = {}
        self._methods: dict[tuple[str, frozenset[str]], list[Routine | Spec]] = {}
        self.frameworks = frozenset(_packages(Path(__file__).parent))
        """The top-level packages that lossl ships stubs for; projects have none of that name."""
        self.companions = COMPANIONS
        """Those of them that a file may name and still not matter."""
        self.stubbed = frozenset(name for folder in self._own for name in _modules(folder))
        """The modules that the user's own folders describe."""
        self.mentions = frozenset(name.rpartition(".")[2] for name in self._declared) | self._losses()
        """The last names of what the user describes: a file that says one of them matters."""

    def declared(self, name: str) -> Declared | None:
        """What the user declared of a qualified name, or None."""
        found = self._declared.get(name)
        return found[0] if found is not None else None

    def _losses(self) -> frozenset[str]:
        """The names of the losses in the user's own stubs, all of which are read. Raises ConfigError."""
        found = set()
        for name in sorted(self.stubbed):
            module = self.module(name)
            for member in module.members.values() if module is not None else ():
                routines = member.members.values() if isinstance(member, StubClass) else (member,)
                if isinstance(member, (Routine, StubClass)) and any(map(_is_loss, routines)):
                    found.add(member.name.rpartition(".")[2])
        return frozenset(found)

    def module(self, name: str) -> StubModule | None:
        """The stub module of that dotted name, or None; a name that leads through an alias of a module is followed."""
        if name not in self._modules:
            self._modules[name] = None  # a cycle of aliases ends here
            self._modules[name] = self._read(name) or self._through_alias(name)
        return self._modules[name]

    def find(self, name: str) -> Member | None:
        """What a qualified name stands for: a member of a module, a method of a class, or a module."""
        if name not in self._found:
            self._found[name] = self._find(name)
        return self._found[name]

    def _find(self, name: str) -> Member | None:
        module = self.module(name)
        if module is not None or "." not in name:
            return module
        parent, _, last = name.rpartition(".")
        owner = self.find(parent)
        if isinstance(owner, StubModule):
            return self.member(owner, last)
        if isinstance(owner, StubClass):
            return self.method(owner, last)
        return None

    def member(self, module: StubModule, name: str) -> Member | None:
        """A member of a module, aliases followed; a submodule if there is no such member."""
        found = module.members.get(name)
        if isinstance(found, Alias):
            return self.find(found.target)
        return found if found is not None else self.module(f"{module.name}.{name}")

    def lineage(self, cls: StubClass) -> list[StubClass]:
        """The class and its bases, nearest first."""
        if cls.name not in self._lineages:
            found = [cls]
            for base in cls.bases:
                parent = self.find(base)
                if isinstance(parent, StubClass):
                    found += [c for c in self.lineage(parent) if c not in found]
            self._lineages[cls.name] = found
        return self._lineages[cls.name]

    def method(self, cls: StubClass, name: str) -> Routine | Spec | None:
        """A method or attribute of a class or of its bases."""
        for owner in self.lineage(cls):
            if name in owner.members:
                return owner.members[name]
        return None

    def tensor_methods(self, name: str, frameworks: frozenset[str]) -> list[Routine | Spec]:
        """What the tensors of these frameworks call `name`."""
        key = (name, frameworks)
        if key not in self._methods:
            self._methods[key] = self._tensor_methods(name, frameworks)
        return self._methods[key]

    def _tensor_methods(self, name: str, frameworks: Iterable[str]) -> list[Routine | Spec]:
        found = []
        for framework in sorted(frameworks):
            module = self.module(framework)
            for member in module.members.values() if module is not None else ():
                if isinstance(member, StubClass) and "Numbers" in member.bases:
                    method = self.method(member, name)
                    if method is not None:
                        found.append(method)
        return found

    def registry(self, name: str) -> dict[str, str]:
        """A registry of names, by its qualified name. Raises ConfigError if a stub names one that does not exist."""
        found = self.find(name)
        if not isinstance(found, dict):
            raise ConfigError(f"a stub names the registry {name}, which does not exist")
        return found

    def _read(self, name: str) -> StubModule | None:
        """What the shipped stub says, then the user's own ones, then the declarations; later ones win."""
        found = [module for folder in (Path(__file__).parent, *reversed(self._own)) if (module := read(folder, name))]
        below = name + "."
        for qualified, (declared, kind) in self._declared.items():
            if qualified.startswith(below):
                last = qualified.removeprefix(below)
                own: dict[str, Content] = {} if "." in last else {last: stand_in(declared, kind)}
                found.append(StubModule(name, own, is_package=True))
        if len(found) < 2:
            return found[0] if found else None
        members = {key: each for module in found for key, each in module.members.items()}
        return StubModule(name, members, any(module.is_package for module in found))

    def _through_alias(self, name: str) -> StubModule | None:
        parent, _, last = name.rpartition(".")
        owner = self.module(parent) if parent else None
        if owner is None:
            return None
        found = owner.members.get(last)
        if isinstance(found, Alias):
            target = self.find(found.target)
            return target if isinstance(target, StubModule) else None
        if owner.name != parent:  # the parent itself is an alias: go on from what it stands for
            return self.module(f"{owner.name}.{last}")
        return None


def _packages(folder: Path) -> set[str]:
    return {
        entry.name.removesuffix(".pyi")
        for entry in folder.iterdir()
        if (entry.is_dir() and (entry / "__init__.pyi").exists()) or entry.suffix == ".pyi"
    }


def _modules(folder: Path) -> set[str]:
    paths = (path.relative_to(folder).with_suffix("") for path in folder.rglob("*.pyi"))
    return {".".join(path.parts[:-1] if path.name == "__init__" else path.parts) for path in paths} - {""}


def _is_loss(routine: object) -> bool:
    parameters = [p for s in routine.signatures for p in s.parameters] if isinstance(routine, Routine) else []
    return any(parameter.spec is not None and parameter.spec.word == "Needs" for parameter in parameters)


@lru_cache(maxsize=1)
def built_in() -> Library:
    """The stubs that lossl ships."""
    return Library()


def known_to(config: Config) -> Library:
    """The stubs that lossl ships, and what the user adds to them. Raises ConfigError if one of them cannot be read."""
    if not (config.stubs or config.losses or config.activations):
        return built_in()
    return _extended(config.stubs, _stamps(config.stubs), config.losses, config.activations)


@lru_cache(maxsize=4)
def _extended(
    folders: tuple[str, ...],
    _state: tuple[tuple[str, int, int], ...],
    losses: tuple[DeclaredLoss, ...],
    activations: tuple[DeclaredActivation, ...],
) -> Library:
    return Library(map(Path, folders), declarations(losses, activations))


def _stamps(folders: Iterable[str]) -> tuple[tuple[str, int, int], ...]:
    """What changes if one of the stubs does."""
    files = [path for folder in folders for path in sorted(Path(folder).rglob("*.pyi"))]
    return tuple((str(path), (found := path.stat()).st_mtime_ns, found.st_size) for path in files)
