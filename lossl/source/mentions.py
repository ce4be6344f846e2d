"""What each function of a file mentions, and which names take what from which: read with `ast`, which is cheap.

See `lossl.source.spaces` for the nodes, `lossl.source.reach` for what is made of them.
"""

from __future__ import annotations

import ast
import warnings
from collections.abc import Collection, Sequence
from typing import Any

from lossl.source.expressions import Expressions, root_of
from lossl.source.spaces import LOSS, MODULE, Mentions, Space

_Code = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


def mentioned(text: str, words: Collection[str] = ()) -> Mentions | None:
    """The arrows of a Python text; None if it cannot be read this way. `words` are names of the user's own losses."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(text)
        reader = _Statements(words)
        reader.module(tree)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return reader.found


class _Statements(Expressions):
    def module(self, tree: ast.Module) -> None:
        self.found.functions.add(MODULE)
        self.spaces.append(Space("module", {}))
        self.declare(tree.body)
        self.found.names.update(self.here.known)
        self.lead(self.all(tree.body), ".f:" + MODULE)

    def _Assign(self, node: ast.Assign) -> set[str]:
        for target in node.targets:
            value = node.value
            if isinstance(target, ast.Tuple) and isinstance(value, ast.Tuple) and len(target.elts) == len(value.elts):
                for part, given in zip(target.elts, value.elts, strict=True):
                    self.store(part, self.value(given))
            else:
                self.store(target, self.value(value))
        return self.all([node.value, *node.targets])

    def _AugAssign(self, node: ast.AugAssign) -> set[str]:
        self.store(node.target, self.value(node.value))
        return self.all([node.value, node.target])

    def _AnnAssign(self, node: ast.AnnAssign) -> set[str]:
        self.store(node.target, self.value(node.value))
        if self.here.kind == "class" and isinstance(node.target, ast.Name):
            self.hand([f"args:{self.here.cls}:any", f"args:{self.here.cls}:{node.target.id}"], f"attr:{node.target.id}")
        return self.all([node.value])

    def _For(self, node: ast.For | ast.AsyncFor) -> set[str]:
        self.store(node.target, self.value(node.iter))
        return self.all([node.iter, *node.body, *node.orelse])

    def _Return(self, node: ast.Return | ast.Yield | ast.YieldFrom) -> set[str]:
        self.lead(self.value(node.value), f"ret .f:{self.here.function}")
        return self.all([node.value])

    _Yield = _YieldFrom = _Return

    _AsyncFor = _For

    def _withitem(self, node: ast.withitem) -> set[str]:
        if node.optional_vars is not None:
            self.store(node.optional_vars, self.value(node.context_expr))
        return self.visit(node.context_expr)

    def _Import(self, node: ast.Import | ast.ImportFrom) -> set[str]:
        return set()

    _ImportFrom = _Import

    def _FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> set[str]:
        outside = self.all(node.decorator_list)
        unit = self.function(node, node.name, node.body)
        if not node.name.startswith("__"):
            self.lead(outside, self.resolve(node.name))
            self.hand(unit, self.resolve(node.name))
        self.register(node, unit)
        return outside if self.here.kind == "module" else outside | unit

    _AsyncFunctionDef = _FunctionDef

    def register(self, node: ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef, unit: set[str]) -> None:
        """A decorator may put what it decorates into a registry."""
        unit = unit | {self.resolve(node.name)}
        for decorator in node.decorator_list:
            self.store(root_of(decorator, calls=True)[0], unit)
            for callee in self.callees(decorator.func if isinstance(decorator, ast.Call) else decorator):
                self.hand(unit, f"args:{callee}:*")

    def function(self, node: _Code, name: str, body: Sequence[ast.AST]) -> set[str]:
        """The function's own node; what it mentions leads there."""
        space, spec = self.here, node.args
        method = space.kind == "class" and not isinstance(node, ast.Lambda)
        qualified = f"{space.cls}.{name}" if method else name
        self.found.functions.add(qualified)
        unit = f".f:{qualified}"
        if name in self.words:
            self.lead([LOSS], unit)
        defaults = self.all([*spec.defaults, *spec.kw_defaults])
        for default in (*spec.defaults, *spec.kw_defaults):
            defaults |= self.value(default)
        self.count += 1
        inner = Space("function", {}, cls=space.cls, bases=space.bases, function=qualified)
        self.spaces.append(inner)
        self.parameters(node, name, method, defaults)
        self.declare(body)
        self.lead(self.all(body) | defaults, unit)
        if isinstance(node, ast.Lambda):
            self.lead(self.value(node.body), f"ret {unit}")
        self.spaces.pop()
        return {unit}

    def parameters(self, node: Any, name: str, method: bool, defaults: set[str]) -> None:
        spec = node.args
        static = any(isinstance(d, ast.Name) and d.id == "staticmethod" for d in getattr(node, "decorator_list", ()))
        first = 1 if method and not static else 0
        called = [self.here.cls, name] if method and name in ("__init__", "__new__") else [name]
        positional = [*spec.posonlyargs, *spec.args]
        if first and positional:
            self.here.receiver = positional[0].arg
        for index, parameter in enumerate([*positional, *spec.kwonlyargs, spec.vararg, spec.kwarg]):
            if parameter is None:
                continue
            self.bind(parameter.arg)
            target = self.here.known[parameter.arg]
            gathers = parameter in (spec.vararg, spec.kwarg)
            places = ["any"] if gathers else [str(index - first), parameter.arg, "*"]
            # A decorator with arguments gives what it decorates to a function inside it.
            self.hand((f"args:{space.function}:*" for space in self.spaces[:-1] if space.kind == "function"), target)
            self.hand((f"args:{callee}:{place}" for callee in called for place in places), target)
            self.hand(defaults, target)

    def _ClassDef(self, node: ast.ClassDef) -> set[str]:
        outside = self.all([*node.decorator_list, *node.bases, *(keyword.value for keyword in node.keywords)])
        bases = tuple(name for base in node.bases for name in self.callees(base))
        self.spaces.append(Space("class", {}, cls=node.name, bases=bases, function=self.here.function))
        self.declare(node.body)
        inside = self.all(node.body)
        if "__init__" not in self.here.known:
            for base in bases:
                self.hand([f"args:{node.name}:any"], f"args:{base}:*")
        self.spaces.pop()
        unit = f".c:{node.name}"
        if node.name in self.words:
            self.lead([LOSS], unit)
        self.lead(inside | outside, unit)
        self.lead([unit], self.resolve(node.name))
        self.lead([unit], f"ret {self.resolve(node.name)}")
        self.register(node, {unit})
        return outside if self.here.kind == "module" else outside | {unit}

    def _Lambda(self, node: ast.Lambda) -> set[str]:
        return self.function(node, "lambda", [node.body])
