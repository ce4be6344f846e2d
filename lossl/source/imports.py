"""Which files import which, as far as a look at the bytes tells: what has to be evaluated, and what together."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping

_FROM = rb"from[ \t]+(\.*)[ \t]*([\w.]*)[ \t]+import[ \t]+(\([^)]*\)|[^#\n]*)"
_IMPORT = re.compile(rb"^[ \t]*(?:" + _FROM + rb"|import[ \t]+([^#\n]*))", re.M)

Resolve = Callable[[str, str], "str | None"]
"""The file that an absolute module name means to an importing file, or None."""
Arrows = dict[str, dict[str, set[str]]]
"""Who imports a file, and which names from it; `*` is all of them, no name is the module as a whole."""


def imports_in(data: bytes, module: str) -> Iterator[tuple[str, list[str]]]:
    """The modules that import statements name, absolute, and the names taken from them.

    `module` is the file's own dotted name, from which relative imports are counted.
    """
    for dots, base, members, plain in _IMPORT.findall(data):
        if plain:
            yield from ((name.split()[0], []) for name in plain.decode("ascii", "ignore").split(",") if name.split())
            continue
        start = absolute((dots + base).decode("ascii", "ignore"), module)
        names = re.sub(r"#.*|\bas\s+\w+", "", members.decode("ascii", "ignore"))
        yield start, re.findall(r"\w+|\*", names)


def absolute(name: str, module: str) -> str:
    """The absolute name of what `from name import` means in a module; its leading dots count from there."""
    base = name.lstrip(".")
    dots = len(name) - len(base)
    parts = module.split(".")[:-dots] if dots else []
    return ".".join([*parts, base] if base else parts)


def importers(contents: Mapping[str, bytes], names: Mapping[str, str], resolve: Resolve) -> Arrows:
    """Who imports each file. `names` are the dotted names of the files in `contents`."""
    found: Arrows = {}
    for path, data in contents.items():
        for module, members in imports_in(data, names[path]):
            target = resolve(module, path) if module else None
            if target is not None and target != path:
                found.setdefault(target, {}).setdefault(path, set()).update(members)
            for member in members:
                below = resolve(f"{module}.{member}" if module else member, path)
                if below is not None and below != path:
                    found.setdefault(below, {}).setdefault(path, set()).add(member)
    return found


def drivers(wanted: set[str], arrows: Arrows) -> set[str]:
    """The files that import a wanted one, directly or not.

    A package's `__init__.py` only passes on: who imports the package counts if he takes a name that leads to a wanted
    file, otherwise every user of a large library would.
    """
    found: set[str] = set()
    passed: dict[str, set[str]] = {}
    waiting = sorted(wanted)
    while waiting:
        path = waiting.pop()
        exports = passed.get(path, {"*"})
        for importer, taken in arrows.get(path, {}).items():
            if "*" not in exports and "*" not in taken and not taken & exports:
                continue
            if importer.endswith("__init__.py") and importer not in wanted:
                known = passed.setdefault(importer, set())
                if not taken <= known:
                    known |= taken
                    waiting.append(importer)
            elif importer not in found and importer not in wanted:
                found.add(importer)
                waiting.append(importer)
    return found


def components(nodes: set[str], arrows: Arrows) -> list[list[str]]:
    """The nodes in groups between which no arrow leads; each group and the list of groups sorted."""
    parent = {node: node for node in nodes}

    def root(node: str) -> str:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for target in nodes:
        for source in arrows.get(target, {}).keys() & nodes:
            parent[root(source)] = root(target)
    groups: dict[str, list[str]] = {}
    for node in sorted(nodes):
        groups.setdefault(root(node), []).append(node)
    return sorted(groups.values())
