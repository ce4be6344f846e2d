"""The names of a file: what its imports bind, what else binds names, where each is used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from lossl.source.file import SourceFile

if TYPE_CHECKING:
    import libcst as cst
else:
    from lossl.source.lazy import cst


@dataclass(frozen=True)
class Imported:
    """A name that an import binds: `local` stands for `target`, a qualified name; a star binds `*` for the module.

    `alias` is the node, None for a star; `always` is true at the top of a module and under its `try`, but not under a
    condition or in a function.
    """

    local: str
    target: str
    statement: cst.Import | cst.ImportFrom
    alias: cst.ImportAlias | None
    always: bool


@dataclass(frozen=True)
class Names:
    """The names of a file: what imports bind, what else binds names, and where each name is used or mentioned."""

    imports: tuple[Imported, ...]
    bound: frozenset[str]
    uses: dict[str, tuple[cst.CSTNode, ...]]

    def free(self, name: str) -> bool:
        """True if nothing in the file is called so."""
        return name not in self.uses and name not in self.bound and all(name != i.local for i in self.imports)


@lru_cache(maxsize=16)
def names(file: SourceFile) -> Names:
    """The names of a file. Raises UnreadableFile."""
    imports: list[Imported] = []
    bound: set[str] = set()
    uses: dict[str, list[cst.CSTNode]] = {}
    for node in file.walk():
        imports += _imported(file, node)
        bound.update(_bound(file, node))
        for name in _used(file, node):
            uses.setdefault(name, []).append(node)
    imports.sort(key=lambda found: file.span(found.statement))
    return Names(tuple(imports), frozenset(bound), {name: tuple(nodes) for name, nodes in uses.items()})


def dotted(node: cst.CSTNode) -> str | None:
    """`a.b.c` as text, or None if the expression is anything else."""
    parts: list[str] = []
    while isinstance(node, cst.Attribute):
        parts.append(node.attr.value)
        node = node.value
    return ".".join(reversed([*parts, node.value])) if isinstance(node, cst.Name) else None


def resolve(file: SourceFile, node: cst.CSTNode) -> str | None:
    """The qualified name that an expression `a.b.c` has by an import, or None."""
    first, _, rest = (dotted(node) or "").partition(".")
    for found in names(file).imports:
        if found.local == first:
            return f"{found.target}.{rest}" if rest else found.target
    return None


def binding(file: SourceFile, name: str) -> Imported | None:
    """The import that binds a name, or None."""
    return next((found for found in names(file).imports if found.local == name), None)


def module_of(statement: cst.Import | cst.ImportFrom) -> str | None:
    """The module of `from module import ...`, with its leading dots; None for `import ...`."""
    if isinstance(statement, cst.Import):
        return None
    name = (dotted(statement.module) or "") if statement.module is not None else ""
    return "." * len(statement.relative) + name


def _imported(file: SourceFile, node: cst.CSTNode) -> Iterator[Imported]:
    if not isinstance(node, (cst.Import, cst.ImportFrom)):
        return
    module, always = module_of(node), _always(file, node)
    if isinstance(node.names, cst.ImportStar):
        yield Imported("*", module or "", node, None, always)
        return
    for alias in node.names:
        name = dotted(alias.name) or ""
        local = alias.asname.name.value if alias.asname and isinstance(alias.asname.name, cst.Name) else None
        if module is not None:
            target = module + name if module.endswith(".") else f"{module}.{name}"
            yield Imported(local or name, target, node, alias, always)
        else:
            root = name.partition(".")[0]
            yield Imported(local or root, name if local else root, node, alias, always)


def _always(file: SourceFile, node: cst.CSTNode) -> bool:
    around = file.parent(node)
    while around is not None:
        if isinstance(around, (cst.FunctionDef, cst.ClassDef, cst.If, cst.For, cst.While, cst.ExceptHandler, cst.Else)):
            return False
        around = file.parent(around)
    return True


def _bound(file: SourceFile, node: cst.CSTNode) -> Iterator[str]:
    """The names that a node binds, unless it is an import."""
    match node:
        case cst.FunctionDef() | cst.ClassDef() | cst.Param():
            yield node.name.value
        case cst.AssignTarget() | cst.AnnAssign() | cst.AugAssign() | cst.For() | cst.CompFor() | cst.NamedExpr():
            yield from _targets(node.target)
        case cst.AsName() if not isinstance(file.parent(node), cst.ImportAlias):
            yield from _targets(node.name)
        case cst.MatchAs(name=cst.Name(value=name)) | cst.MatchStar(name=cst.Name(value=name)):
            yield name


def _targets(node: cst.CSTNode) -> Iterator[str]:
    match node:
        case cst.Name(value=name):
            yield name
        case cst.Tuple() | cst.List():
            for element in node.elements:
                yield from _targets(element.value)
        case cst.StarredElement() | cst.NamedExpr():
            yield from _targets(node.value)


def _used(file: SourceFile, node: cst.CSTNode) -> Iterator[str]:
    """The names that a node uses or, in a string such as an annotation or an entry of `__all__`, mentions."""
    if isinstance(node, cst.SimpleString) and _MENTION.fullmatch(node.value):
        yield from re.findall(r"\w+", node.value)
    elif isinstance(node, cst.Name) and not _is_part(file, node):
        yield node.value


def _is_part(file: SourceFile, name: cst.Name) -> bool:
    """True of an attribute, a keyword, and of whatever stands in an import."""
    node: cst.CSTNode = name
    around = file.parent(node)
    while isinstance(around, cst.Attribute):
        if around.attr is node:
            return True
        node, around = around, file.parent(around)
    if isinstance(around, cst.Arg):
        return around.keyword is node
    if isinstance(around, cst.AsName):
        around = file.parent(around)
    return isinstance(around, (cst.ImportAlias, cst.ImportFrom))


_MENTION = re.compile(r"""[A-Za-z]?(?:'{1,3}|"{1,3})[\w.,| \[\]]+(?:'{1,3}|"{1,3})""")
