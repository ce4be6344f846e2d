"""Which files import which, as far as a look at the bytes tells: what has to be evaluated, and what together."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

_FROM = rb"from[ \t]+(\.*)[ \t]*([\w.]*)[ \t]+import[ \t]+([^#\n]*)"
_IMPORT = re.compile(rb"^[ \t]*(?:" + _FROM + rb"|import[ \t]+([^#\n]*))", re.M)

Resolve = Callable[[str, str], "str | None"]
"""The file that an absolute module name means to an importing file, or None."""


def imported_names(data: bytes, module: str) -> set[str]:
    """The absolute names of the modules that import statements may mean; `module` is the file's own dotted name."""
    found = set()
    for dots, base, members, plain in _IMPORT.findall(data):
        if plain:
            found |= {name.split()[0] for name in plain.decode("ascii", "ignore").split(",") if name.split()}
            continue
        parts = module.split(".")[: -len(dots)] if dots else []
        start = ".".join([*parts, base.decode("ascii", "ignore")] if base else parts)
        found.add(start)
        for name in re.findall(r"\w+", members.decode("ascii", "ignore")):
            found.add(f"{start}.{name}" if start else name)
    return found


def importers(contents: Mapping[str, bytes], names: Mapping[str, str], resolve: Resolve) -> dict[str, set[str]]:
    """Who imports each file, by path. `names` are the dotted names of the files in `contents`."""
    found: dict[str, set[str]] = {}
    for path, data in contents.items():
        for name in imported_names(data, names[path]):
            target = resolve(name, path)
            if target is not None and target != path:
                found.setdefault(target, set()).add(path)
    return found


def reached_from(wanted: set[str], arrows: Mapping[str, set[str]]) -> set[str]:
    """The wanted ones and all that arrows lead to from them."""
    found = set(wanted)
    waiting = list(wanted)
    while waiting:
        new = arrows.get(waiting.pop(), set()) - found
        found |= new
        waiting += new
    return found


def components(nodes: set[str], arrows: Mapping[str, set[str]]) -> list[list[str]]:
    """The nodes in groups between which no arrow leads; each group and the list of groups sorted."""
    parent = {node: node for node in nodes}

    def root(node: str) -> str:
        while parent[node] != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    for target in nodes:
        for source in arrows.get(target, set()) & nodes:
            parent[root(source)] = root(target)
    groups: dict[str, list[str]] = {}
    for node in sorted(nodes):
        groups.setdefault(root(node), []).append(node)
    return sorted(groups.values())
