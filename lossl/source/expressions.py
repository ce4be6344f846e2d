"""What expressions mention, and what their values may hold. See `lossl.source.spaces` for the nodes."""

from __future__ import annotations

import ast
import re

from lossl.source.spaces import FUNCTION, LOSS, Spaces

_STRING = re.compile(r"cross_?entropy|nll|kl_?div|bce|\wLoss$", re.I)
_USE = re.compile(
    r"sigmoid|softmax|expit|logit|^log(?:\d+|1p|prob)?$|categorical|bernoulli|accuracy|auc"
    r"|^round$|^(?:g|l)[te]$|^(?:greater|less)(?:_equal)?$",
    re.I,
)
_HANDS_OUT = frozenset({"get", "values", "items", "pop", "copy", "setdefault", "popitem", "children", "modules"})
_METHODS = frozenset(
    {"compile", "backward", "manual_backward", "minimize", "gradient"}
    | {"value_and_grad", "filter_value_and_grad", "filter_grad"}
)
"""Methods that connect a model with its loss, or minimise what a loss gives."""
_PUTTING = frozenset(
    {"append", "add", "extend", "insert", "update", "setdefault", "register", "add_module", "register_module"}
)
_NAMING = frozenset({"setattr", "__setattr__", "add_module", "register_module"})
_MOST_PLACES = 16


class Expressions(Spaces):
    """Reads expressions; `_Call` and the like are found by the name of the node's class."""

    def value(self, node: ast.AST | None) -> set[str]:
        """What the value of an expression may hold."""
        if node is None or isinstance(node, (ast.Compare, ast.UnaryOp, ast.JoinedStr)):
            return set()
        if isinstance(node, (ast.Name, ast.Attribute, ast.Constant, ast.Lambda)):
            return self.visit(node)
        if isinstance(node, ast.Call):
            return self.returned(node)
        if isinstance(node, ast.Subscript):
            return self.value(node.value)
        if isinstance(node, ast.IfExp):
            return self.value(node.body) | self.value(node.orelse)
        found: set[str] = set()
        for child in ast.iter_child_nodes(node):
            found |= self.value(child)
        return found

    def returned(self, node: ast.Call) -> set[str]:
        """What a call may give: what the function returns, an object of the class, or, of a library, what went in."""
        function = node.func
        handed = [self.value(argument) for argument in (*node.args, *(keyword.value for keyword in node.keywords))]
        through: set[str] = set().union(*handed)
        if isinstance(function, ast.Name):
            known = self.resolve(function.id)
            return {f"ret {known}", *(() if FUNCTION.match(function.id) else through)}
        if isinstance(function, ast.Attribute):
            if FUNCTION.match(function.attr):
                return set()
            root, chain = root_of(function)
            if isinstance(root, ast.Name) and (known := self.resolve(root.id)) in self.imports:
                deeper = f"ret {known}.{function.attr}"
                return {deeper, LOSS, *through} if self.is_loss(chain, function.attr) else {deeper, *through}
            kind = "attr" if self.receives(function.value) else "other"
            handed_out = self.value(function.value) if function.attr in _HANDS_OUT else set()
            return {f"ret {kind}:{function.attr}", *handed_out}
        return self.value(function) | through

    def _Name(self, node: ast.Name) -> set[str]:
        self.use(node.id)
        return set() if self.receives(node) else {self.resolve(node.id)}

    def _Constant(self, node: ast.Constant) -> set[str]:
        text = node.value
        named = isinstance(text, str) and len(text) < 64 and text.isidentifier() and _STRING.search(text)
        return {LOSS} if named else set()

    def _Compare(self, node: ast.Compare) -> set[str]:
        sides = (node.left, *node.comparators)
        if any(isinstance(s, ast.Constant) and isinstance(s.value, float) and 0 < s.value < 1 for s in sides):
            self.use("sigmoid")
        return self.all(sides)

    def use(self, name: str) -> None:
        """Note who uses what is judged besides losses."""
        if _USE.search(name):
            self.found.uses.update(space.function for space in self.spaces)

    def _Attribute(self, node: ast.Attribute) -> set[str]:
        self.use(node.attr)
        if node.attr in _METHODS:
            return {LOSS}
        if self.receives(node.value):
            return {f"attr:{node.attr}", *self.visit(node.value)}
        root, _ = root_of(node)
        if isinstance(root, ast.Name) and self.resolve(root.id) in self.imports:
            return self.of_import(node, self.resolve(root.id))
        return {f"other:{node.attr}", *self.visit(node.value)}

    def of_import(self, node: ast.Attribute, imported: str) -> set[str]:
        """`module.name`, or something else that was imported."""
        inner = self.visit(node.value)
        deeper = f"{imported}.{node.attr}"
        self.found.imports.update(
            (deeper, f"{module}.{member}" if member else module, node.attr) for module, member in self.imports[imported]
        )
        return {*inner, deeper, LOSS} if self.is_loss(node.attr, node.attr) else {*inner, deeper}

    def _Call(self, node: ast.Call) -> set[str]:
        callees = self.callees(node.func)
        given: list[tuple[str, set[str]]] = []
        for index, argument in enumerate(node.args):
            place = "*" if isinstance(argument, ast.Starred) or index >= _MOST_PLACES else str(index)
            given.append((place, self.value(argument)))
        given += [(keyword.arg or "*", self.value(keyword.value)) for keyword in node.keywords]
        for place, sources in given:
            for callee in callees:
                self.hand(sources, f"args:{callee}:{place}")
                self.hand(sources, f"args:{callee}:any")
        self.handed_on(node, set().union(*(sources for _, sources in given)))
        return self.all([*node.args, *(keyword.value for keyword in node.keywords), node.func])

    def callees(self, function: ast.AST) -> list[str]:
        """What is called, as `args:` names it."""
        if isinstance(function, ast.Name):
            return [self.here.cls] if function.id == "cls" and self.here.cls else [function.id]
        if isinstance(function, ast.Attribute):
            if function.attr == "__init__":
                if isinstance(function.value, ast.Call):
                    return [base for space in self.spaces for base in space.bases]
                return self.callees(function.value)
            return [function.attr]
        if isinstance(function, ast.Call):
            inner = [function.func, *function.args]
            return [
                name for part in inner if isinstance(part, (ast.Name, ast.Attribute)) for name in self.callees(part)
            ]
        return []

    def handed_on(self, node: ast.Call, everything: set[str]) -> None:
        """Arguments that go into the receiver, into a named attribute, or to the function that is another one."""
        method = node.func.attr if isinstance(node.func, ast.Attribute) else ""
        if method in _PUTTING and isinstance(node.func, ast.Attribute):
            self.store(node.func.value, everything)
        called = method or (node.func.id if isinstance(node.func, ast.Name) else "")
        for argument in (*node.args, *(keyword.value for keyword in node.keywords)):
            if called in _NAMING and isinstance(argument, ast.Constant) and isinstance(argument.value, str):
                self.hand(everything, f"attr:{argument.value}")
                self.hand(everything, f"other:{argument.value}")
                self.found.writers.add(self.here.function)
            elif called == "partial" and isinstance(argument, (ast.Name, ast.Attribute)):
                for callee in self.callees(argument):
                    self.hand(everything, f"args:{callee}:*")
                    self.hand(everything, f"args:{callee}:any")

    def _NamedExpr(self, node: ast.NamedExpr) -> set[str]:
        self.store(node.target, self.value(node.value))
        return self.visit(node.value)

    def _comprehension(self, node: ast.comprehension) -> set[str]:
        self.store(node.target, self.value(node.iter))
        return self.all([node.iter, *node.ifs])

    def _ListComp(self, node: ast.ListComp | ast.SetComp | ast.GeneratorExp) -> set[str]:
        return self.all([*node.generators, node.elt])

    _SetComp = _GeneratorExp = _ListComp

    def _DictComp(self, node: ast.DictComp) -> set[str]:
        return self.all([*node.generators, node.key, node.value])


def root_of(node: ast.AST, *, calls: bool = False) -> tuple[ast.AST, str]:
    """What a chain of attributes, and of `calls`, begins with, and the names of the attributes."""
    chain = ""
    while True:
        if isinstance(node, ast.Attribute):
            chain = f"{node.attr} {chain}"
            node = node.value
        elif calls and isinstance(node, ast.Call):
            node = node.func
        else:
            return node, chain
