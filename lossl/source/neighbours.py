"""Who in a project imports a file, directly or not: also files that are not checked may use what it makes."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from lossl.source.imports import Resolve, importers

MOST_FILES = 4_000
MOST_FOLDERS = 4_000
"""A project with more than this is not searched; counts, so that results never depend on time."""
SUFFIXES = (".py", ".ipynb")
SKIPPED = frozenset({"__pycache__", "node_modules", "site-packages"})
_AT_RUN_TIME = re.compile(rb"\b(?:import_module|__import__|run_path|run_module)\b|%run\b")
"""What imports modules by names that are made up at run time."""


class Neighbours:
    """The Python files and notebooks in a folder, and which of them import which."""

    def __init__(self, contents: Mapping[str, bytes], name_of: Callable[[str], str], resolve: Resolve) -> None:
        self.contents = {path: _as_python(path, data) for path, data in contents.items()}
        self.arrows = importers(self.contents, {path: name_of(path) for path in contents}, resolve)
        self._importing = {path: data for path, data in self.contents.items() if _AT_RUN_TIME.search(data)}
        self._users: dict[str, frozenset[str]] = {}

    def users(self, path: str) -> frozenset[str]:
        """The files that import this one, or that import one that does; the file itself left out.

        A file that imports modules at run time counts where it says the name of this one.
        """
        if path not in self._users:  # asked for at every finding
            self._users[path] = frozenset(self._find_users(path))
        return self._users[path]

    def _find_users(self, path: str) -> set[str]:
        found: set[str] = set()
        waiting = [path]
        while waiting:
            current = waiting.pop()
            new = {*self.arrows.get(current, ()), *self._at_run_time(current)} - found - {path}
            found |= new
            waiting += sorted(new)
        return found

    def _at_run_time(self, path: str) -> Iterator[str]:
        name = os.path.splitext(os.path.basename(path))[0]
        if name == "__init__":
            name = os.path.basename(os.path.dirname(path))
        said = re.compile(rb"\b" + re.escape(os.fsencode(name)) + rb"\b")
        for other, data in self._importing.items():
            if other != path and said.search(data):
                yield other


def files_below(folder: str) -> tuple[str, ...] | None:
    """The Python files and notebooks in a folder, sorted, environments left out; None if there are too many."""
    found: list[str] = []
    for number, here in enumerate(_folders(folder)):
        if number == MOST_FOLDERS or len(found) > MOST_FILES:
            return None
        found += [entry.path for entry in _entries(here) if entry.name.endswith(SUFFIXES)]
    return tuple(sorted(found))


def _as_python(path: str, data: bytes) -> bytes:
    """What a look at import statements needs; a notebook's lines without parsing its JSON."""
    return data if path.endswith(".py") else data.replace(b'"', b" ").replace(b"\\n", b"\n")


def _folders(folder: str) -> Iterator[str]:
    waiting = [folder]
    while waiting:
        here = waiting.pop()
        yield here
        waiting += [entry.path for entry in _entries(here) if entry.is_dir(follow_symlinks=False) and _wanted(entry)]


def _wanted(entry: os.DirEntry[str]) -> bool:
    return not (
        entry.name.startswith(".") or entry.name in SKIPPED or os.path.exists(os.path.join(entry.path, "pyvenv.cfg"))
    )


def _entries(folder: str) -> Iterable[os.DirEntry[str]]:
    """What lies in a folder, sorted; nothing if it cannot be read, for then nobody imports from it."""
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        return ()
