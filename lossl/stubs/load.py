"""Stub files -> `StubModule`s, read with `ast` when a framework is first asked for. Knows no user code and no state."""

from __future__ import annotations

import ast
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from lossl.errors import ConfigError
from lossl.meaning.signature import Alias, Parameter, Routine, Signature, Spec, StubClass, StubModule
from lossl.stubs.vocabulary import WORDS

_TYPES = {"tuple", "list", "Literal", "None", "Any", "|", "Numbers"}
Member = Routine | StubClass | Spec | Alias | StubModule | dict[str, str]


class Library:
    """All stub modules below some folders; each is read once, when it is first asked for."""

    def __init__(self, folders: Iterable[Path] = ()) -> None:
        self._folders = [*folders, Path(__file__).parent]
        self._modules: dict[str, StubModule | None] = {}
        self._found: dict[str, Member | None] = {}
        self._lineages: dict[str, list[StubClass]] = {}
        self._methods: dict[tuple[str, frozenset[str]], list[Routine | Spec]] = {}
        self.frameworks = frozenset(
            entry.name.removesuffix(".pyi")
            for folder in self._folders
            for entry in folder.iterdir()
            if (entry.is_dir() and (entry / "__init__.pyi").exists()) or entry.suffix == ".pyi"
        )

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
        relative = Path(*name.split("."))
        for folder in self._folders:
            for path, package in (
                (folder / relative / "__init__.pyi", True),
                (folder / relative.with_suffix(".pyi"), False),
            ):
                if path.is_file():
                    return _Reader(name, package, path).read()
        return None

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


class _Reader:
    """Reads one stub file."""

    def __init__(self, name: str, package: bool, path: Path) -> None:
        self.name, self.package, self.path = name, package, path
        self.members: dict[str, Any] = {}

    def read(self) -> StubModule:
        try:
            tree = ast.parse(self.path.read_text(encoding="utf-8"), str(self.path))
        except SyntaxError as error:
            raise ConfigError(f"{self.path}:{error.lineno}: the stub cannot be read: {error.msg}") from None
        for statement in tree.body:
            self.statement(statement)
        return StubModule(self.name, self.members, self.package)

    def statement(self, node: ast.stmt) -> None:
        if isinstance(node, ast.FunctionDef):
            _add_overload(self.members, self.routine(node, self.name))
        elif isinstance(node, ast.ClassDef):
            self.members[node.name] = self.stub_class(node)
        elif isinstance(node, ast.ImportFrom):
            self.import_from(node)
        elif isinstance(node, ast.Import):
            for alias in node.names:
                self.members[alias.asname or alias.name.split(".")[0]] = Alias(alias.name)
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            self.members[node.target.id] = self.spec(node.annotation)
        elif isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            self.assign(node.targets[0].id, node.value)

    def assign(self, name: str, value: ast.expr) -> None:
        if isinstance(value, ast.Dict):
            self.members[name] = ast.literal_eval(value)
        else:
            self.members[name] = Alias(self.qualified(ast.unparse(value)))

    def import_from(self, node: ast.ImportFrom) -> None:
        if node.module == "lossl.stubs.vocabulary":
            return
        base = node.module or ""
        if node.level:
            parts = self.name.split(".")
            parts = parts[: len(parts) - node.level + (1 if self.package else 0)]
            base = ".".join([*parts, base] if base else parts)
        for alias in node.names:
            self.members[alias.asname or alias.name] = Alias(f"{base}.{alias.name}")

    def qualified(self, dotted: str) -> str:
        """A name as this module means it: its own members first, an absolute name otherwise."""
        first, _, rest = dotted.partition(".")
        member = self.members.get(first)
        if isinstance(member, Alias):
            return member.target + ("." + rest if rest else "")
        return f"{self.name}.{dotted}" if member is not None else dotted

    def stub_class(self, node: ast.ClassDef) -> StubClass:
        name = f"{self.name}.{node.name}"
        bases = tuple("Numbers" if ast.unparse(b) == "Numbers" else self.qualified(ast.unparse(b)) for b in node.bases)
        members: dict[str, Any] = {}
        for statement in node.body:
            if isinstance(statement, ast.FunctionDef):
                _add_overload(members, self.routine(statement, name, method=True))
            elif isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
                members[statement.target.id] = self.spec(statement.annotation)
            elif isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                members[statement.targets[0].id] = members[ast.unparse(statement.value)]
        return StubClass(name, bases, members)

    def routine(self, node: ast.FunctionDef, owner: str, *, method: bool = False) -> Routine:
        decorators = {ast.unparse(decorator) for decorator in node.decorator_list}
        kind = next((k for k in ("staticmethod", "classmethod", "property") if k in decorators), "function")
        if method and kind == "function":
            kind = "method"
        return Routine(f"{owner}.{node.name}", (self.signature(node),), kind)

    def signature(self, node: ast.FunctionDef) -> Signature:
        spec = node.args
        positional = [*spec.posonlyargs, *spec.args]
        missing = len(positional) - len(spec.defaults)
        parameters = [
            self.parameter(arg, None if index < missing else spec.defaults[index - missing], "positional")
            for index, arg in enumerate(positional)
        ]
        if spec.vararg:
            parameters.append(self.parameter(spec.vararg, None, "star"))
        parameters += [self.parameter(a, d, "keyword") for a, d in zip(spec.kwonlyargs, spec.kw_defaults, strict=True)]
        if spec.kwarg:
            parameters.append(self.parameter(spec.kwarg, None, "double_star"))
        literals = tuple(
            (p.name, p.spec.arguments) for p in parameters if p.spec is not None and p.spec.word == "Literal"
        )
        return Signature(tuple(parameters), self.spec(node.returns) if node.returns else None, literals)

    def parameter(self, arg: ast.arg, default: ast.expr | None, kind: str) -> Parameter:
        spec = self.spec(arg.annotation) if arg.annotation else None
        return Parameter(arg.arg, spec, _constant(default), default is None, kind)

    def spec(self, node: ast.expr) -> Spec:
        if isinstance(node, ast.BinOp):
            return Spec("|", (self.spec(node.left), self.spec(node.right)))
        if isinstance(node, ast.Subscript):
            inner = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            word = ast.unparse(node.value)
            return self.known(Spec(word, tuple(self.argument(part) for part in inner)), node)
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            return self.spec(ast.parse(node.value, mode="eval").body)
        return self.known(Spec(ast.unparse(node)), node)

    def argument(self, node: ast.expr) -> Any:
        try:
            return ast.literal_eval(node)
        except ValueError:
            return self.spec(node)

    def known(self, spec: Spec, node: ast.expr) -> Spec:
        if spec.word not in WORDS and spec.word not in _TYPES:
            raise ConfigError(f"{self.path}:{node.lineno}: `{spec.word}` is not a word of the stub vocabulary")
        return spec


def _add_overload(members: dict[str, Any], routine: Routine) -> None:
    name = routine.name.rsplit(".", 1)[-1]
    before = members.get(name)
    if isinstance(before, Routine):
        routine = Routine(routine.name, before.signatures + routine.signatures, routine.kind)
    members[name] = routine


def _constant(node: ast.expr | None) -> Any:
    if node is None:
        return None
    try:
        return ast.literal_eval(node)
    except ValueError:
        return ...


@lru_cache(maxsize=1)
def built_in() -> Library:
    """The stubs that lossl ships."""
    return Library()
