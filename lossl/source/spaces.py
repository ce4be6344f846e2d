"""What each function of a file mentions, and which names take what from which: read with `ast`, ten times cheaper.

The nodes of the graph are strings. Those that begin with a dot belong to the file: `.n:f` is a name of the module,
`.x@3` a local name of the third name space, `.f:Net.step` the method, `.c:Net` the class. The others are shared by all
files: `attr:x` is an attribute of an object, `other:x` one that is set from outside, `args:f:0` what is given to
whatever is called `f`. `ret` before a node is what calling it gives. `LOSS` is what a library's loss is called.

Two things are told apart: what an expression mentions, for evaluating it may call a loss, and what its value may hold,
for it may be handed on: `criterion(x, y)` mentions a loss, but is none.
"""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

LOSS = "LOSS"
MODULE = ""
"""The name of a module's own body among the functions."""
_LOSS = re.compile(r"cross_?entropy|nll|kl_?div|bce|(?:with|from)_logits|loss|^ctc", re.I)
FUNCTION = re.compile(
    r"(?!get|make|build|create)[a-z_\d]*(?:cross_?entropy|nll|kl_?div|bce|with_logits|loss)[a-z_\d]*$"
)
"""A library's loss that is called as it is: what comes out is a number."""
BUILT_IN = frozenset(f".n:{name}" for name in dir(builtins))

Arrow = tuple[str, str]
"""If the first leads to a loss, so does the second."""


@dataclass
class Mentions:
    """The arrows of one file; its imports as node, module (as written, with its dots) and member."""

    values: set[Arrow] = field(default_factory=set)
    """Arrows between what names hold; they hold for what calling them gives as well."""
    names: set[str] = field(default_factory=set)
    """The names of the module."""
    arrows: set[Arrow] = field(default_factory=set)
    imports: set[tuple[str, str, str]] = field(default_factory=set)
    functions: set[str] = field(default_factory=set)
    """Functions and methods, `Class.method`; the module itself is the empty name."""
    writers: set[str] = field(default_factory=set)
    """Functions that change objects or the module: what they write may reach a loss."""
    uses: set[str] = field(default_factory=set)
    """Functions that activate something, take logarithms, compare with what a probability is compared with."""


@dataclass
class Space:
    """A name space. `known` maps its names to nodes; `receiver` is what its function calls the object."""

    kind: str
    known: dict[str, str]
    receiver: str = ""
    cls: str = ""
    bases: tuple[str, ...] = ()
    function: str = MODULE


class Spaces:
    """The name spaces around what is being read, and the arrows found so far."""

    def __init__(self, words: Collection[str] = ()) -> None:
        self.words = frozenset(words)
        self.found = Mentions()
        self.spaces: list[Space] = []
        self.count = 0
        self.imports: dict[str, set[tuple[str, str]]] = {}

    @property
    def here(self) -> Space:
        return self.spaces[-1]

    def declare(self, body: Iterable[ast.AST]) -> None:
        """Every name that statements bind in the innermost name space, those of inner functions left out."""
        space = self.here
        for node in inside(body):
            if isinstance(node, (ast.Global, ast.Nonlocal)):
                for name in node.names:
                    space.known[name] = f".n:{name}"
                self.found.writers.add(space.function)
            elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
                self.bind(node.id)
            elif isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)):
                self.bind(node.name)
            elif isinstance(node, ast.Import):
                for alias in node.names:
                    local = alias.asname or alias.name.partition(".")[0]
                    self.imported(local, alias.name if alias.asname else local, "")
            elif isinstance(node, ast.ImportFrom):
                for alias in node.names:
                    self.imported(alias.asname or alias.name, "." * node.level + (node.module or ""), alias.name)

    def bind(self, name: str) -> None:
        forms = {"module": ".n:{}", "class": "attr:{}", "function": ".{}@" + str(self.count)}
        self.here.known.setdefault(name, forms[self.here.kind].format(name))

    def imported(self, local: str, module: str, member: str) -> None:
        self.bind(local)
        node = self.here.known[local]
        self.imports.setdefault(node, set()).add((module, member))
        self.found.imports.add((node, module, member))
        if self.is_loss(f"{module} {member}", member):
            self.found.arrows.add((LOSS, node))
            if not FUNCTION.match(member):
                self.found.arrows.add((LOSS, f"ret {node}"))

    def resolve(self, name: str) -> str:
        """The node of a name used here."""
        for space in reversed(self.spaces):
            if name in space.known and (space.kind != "class" or space is self.here):
                return space.known[name]
        if self.is_loss(name, name):
            self.found.arrows.add((LOSS, f".n:{name}"))
        return f".n:{name}"

    def is_loss(self, text: str, name: str) -> bool:
        """True if a library's name sounds like a loss, or if the user said it is one."""
        return bool(_LOSS.search(text)) or name in self.words

    def receives(self, node: ast.AST) -> bool:
        """True of `self`, `cls`, `super()`."""
        if isinstance(node, ast.Call):
            return isinstance(node.func, ast.Name) and node.func.id == "super"
        return isinstance(node, ast.Name) and any(node.id == space.receiver for space in self.spaces)

    def lead(self, sources: Iterable[str], target: str) -> None:
        self.found.arrows.update((source, target) for source in sources if source != target)

    def hand(self, sources: Iterable[str], target: str) -> None:
        """What `sources` hold, `target` may hold."""
        self.found.values.update((source, target) for source in sources if source != target)

    def all(self, nodes: Iterable[ast.AST | None]) -> set[str]:
        found: set[str] = set()
        for node in nodes:
            if node is not None:
                found |= self.visit(node)
        return found

    def visit(self, node: ast.AST) -> set[str]:
        """What a node mentions; the arrows inside it are noted."""
        handler = getattr(self, "_" + type(node).__name__, None)
        found: set[str] = handler(node) if handler is not None else self.all(ast.iter_child_nodes(node))
        return found

    def store(self, target: ast.AST, sources: set[str]) -> None:
        """`sources` are assigned to `target`."""
        if isinstance(target, (ast.Tuple, ast.List)):
            for element in target.elts:
                self.store(element, sources)
        elif isinstance(target, ast.Starred):
            self.store(target.value, sources)
        elif isinstance(target, ast.Name) and (node := self.resolve(target.id)) not in BUILT_IN:
            self.hand(sources, node)
        elif isinstance(target, ast.Attribute):
            self.hand(sources, f"attr:{target.attr}")
            self.hand(sources, f"other:{target.attr}")
            if not self.receives(target.value):
                self.store(target.value, sources)
            self.found.writers.add(self.here.function)
        elif isinstance(target, (ast.Subscript, ast.Call)):
            self.store(target.value if isinstance(target, ast.Subscript) else target.func, sources)


def inside(body: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Every node of these statements, without what lies within functions and classes."""
    waiting = list(body)
    while waiting:
        node = waiting.pop()
        yield node
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)):
            waiting.extend(ast.iter_child_nodes(node))
