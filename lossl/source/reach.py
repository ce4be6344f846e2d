"""Which functions can lead to a loss, as far as names tell: only these have to be evaluated where nothing calls them.

Whatever is in doubt leads to one. What is evaluated nonetheless, because something evaluated calls it, is no concern
of this.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from lossl.source.spaces import LOSS, MODULE, Mentions

Means = Callable[[str, str, str], "str | None"]
"""The project file that a module (as written) or its member means to an importing file, or None."""


def reaching(files: Mapping[str, Mentions | None], means: Means) -> dict[str, frozenset[str] | None]:
    """For each file that leads to a loss its functions that do, None for all; `files` import each other.

    Functions that use what is judged besides losses count as well.
    """
    graph = _Graph(files, means)
    hot = graph.closure()
    result: dict[str, frozenset[str] | None] = {}
    for path, found in sorted(files.items()):
        if found is None:
            result[path] = None
            continue
        leading = {name for name in found.functions if _of(path, f".f:{name}") in hot}
        if leading or found.uses:
            result[path] = frozenset(leading | {MODULE} | found.writers | found.uses)
    return result


class _Graph:
    def __init__(self, files: Mapping[str, Mentions | None], means: Means) -> None:
        self.files, self.means = files, means
        self.arrows: dict[str, set[str]] = {}
        for path, found in files.items():
            if found is not None:
                self.add(path, found)

    def add(self, path: str, found: Mentions) -> None:
        """The arrows of one file. Nobody puts a loss into a library."""
        meant = {(node, member): self.means(module, member, path) for node, module, member in found.imports}
        foreign = {node for (node, _), target in meant.items() if target is None}
        foreign |= {f"ret {node}" for node in foreign}
        for source, target in found.arrows:
            if source == LOSS or target not in foreign:
                self.arrow(_of(path, source), _of(path, target))
        for source, target in found.values:
            if source == LOSS or target not in foreign:
                self.hand(_of(path, source), _of(path, target))
        for (node, member), file in meant.items():
            self.link(path, node, member, file)

    def link(self, path: str, node: str, member: str, file: str | None) -> None:
        """What an import binds is what it means; what is registered there is found there. Unread files are in doubt."""
        if file is None or file == path:
            return
        read = self.files.get(file)
        if read is None:
            self.hand(LOSS, _of(path, node))
        elif member == "*":
            for name in self.names(file, set()):
                self.both(f"{path}.n:{name}", f"{file}.n:{name}")
        elif member:
            self.both(_of(path, node), f"{file}.n:{member}")

    def names(self, file: str, seen: set[str]) -> set[str]:
        """The names of a module, those that it takes over from others with a star as well."""
        found = self.files.get(file)
        if found is None or file in seen:
            return set()
        seen.add(file)
        names = set(found.names)
        for _, module, member in found.imports:
            target = self.means(module, member, file) if member == "*" else None
            names |= self.names(target, seen) if target is not None else set()
        return names

    def both(self, first: str, second: str) -> None:
        self.hand(first, second)
        self.hand(second, first)

    def hand(self, source: str, target: str) -> None:
        """What the one holds the other holds; what only a caller gives a function stays apart until it is stored."""
        if not source.startswith("args:"):
            self.arrow(source, _given(target) if target.startswith("args:") else target)
        self.arrow(_given(source), _given(target) if _is_local(target) else target)
        self.arrow(_called(source), _called(target))

    def arrow(self, source: str, target: str) -> None:
        self.arrows.setdefault(source, set()).add(target)

    def closure(self) -> set[str]:
        """Everything that leads to a loss."""
        found, waiting = {LOSS}, [LOSS]
        while waiting:
            for target in self.arrows.get(waiting.pop(), ()):
                if target not in found:
                    found.add(target)
                    waiting.append(target)
        return found


def _of(path: str, node: str) -> str:
    """The node among those of all files."""
    if node.startswith("ret "):
        return "ret " + _of(path, node[4:])
    return f"{path}{node}" if node.startswith(".") else node


def _given(node: str) -> str:
    return f"given {node}"


def _is_local(node: str) -> bool:
    return "@" in node or node.startswith("args:")


def _called(node: str) -> str:
    return node if node == LOSS or node.startswith("ret ret ") else f"ret {node}"
