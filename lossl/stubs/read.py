"""A stub file -> `StubModule`, read with `ast`."""

from __future__ import annotations

import ast
from difflib import get_close_matches
from pathlib import Path
from typing import Any

from lossl.errors import ConfigError
from lossl.meaning.signature import Alias, Parameter, Routine, Signature, Spec, StubClass, StubModule
from lossl.stubs.vocabulary import WORDS

_TYPES = {"tuple", "list", "Literal", "None", "Any", "|", "Numbers"}


def read(folder: Path, name: str) -> StubModule | None:
    """The stub of that dotted name below a folder, or None. Raises ConfigError."""
    relative = Path(*name.split("."))
    for path, package in ((folder / relative / "__init__.pyi", True), (folder / relative.with_suffix(".pyi"), False)):
        if path.is_file():
            return _Reader(name, package, path).read()
    return None


class _Reader:
    """Reads one stub file."""

    def __init__(self, name: str, package: bool, path: Path) -> None:
        self.name, self.package, self.path = name, package, path
        self.members: dict[str, Any] = {}

    def read(self) -> StubModule:
        try:
            tree = ast.parse(self.path.read_bytes(), str(self.path))
        except SyntaxError as error:
            raise ConfigError(f"{self.path}:{error.lineno or 1}: the stub cannot be read: {error.msg}") from None
        except (OSError, ValueError) as error:
            raise ConfigError(f"{self.path}: the stub cannot be read: {error}") from None
        for statement in tree.body:
            try:
                self.statement(statement)
            except (KeyError, ValueError, SyntaxError):
                raise ConfigError(f"{self.path}:{statement.lineno}: this is not said in the way of stubs") from None
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
            close = get_close_matches(spec.word, WORDS, n=1)
            said = f"; did you mean `{close[0]}`?" if close else ""
            raise ConfigError(f"{self.path}:{node.lineno}: `{spec.word}` is not a word of the stub vocabulary{said}")
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
