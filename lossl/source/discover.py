"""From paths to the Python files and notebooks they mean: walks folders, honours excludes. Reads no source."""

from __future__ import annotations

import os
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lossl.config import Config
from lossl.errors import Failure, UsageError

if TYPE_CHECKING:
    from pathspec import GitIgnoreSpec

SUFFIXES = (".py", ".ipynb")


def discover(
    paths: Sequence[str], config: Config, overlay: Collection[str] = ()
) -> tuple[tuple[str, ...], tuple[Failure, ...]]:
    """The absolute paths of all Python files and notebooks that `paths` mean, sorted, and what could not be searched.

    A file that is given is always taken, a folder is searched for what is neither excluded nor ignored by git; with
    `force_exclude`, excludes hold for what is given too. A file that several paths lead to is there once. `overlay` are
    absolute paths that need not exist. Raises UsageError if a path does not exist.
    """
    walk = _Walk(config)
    given = [os.path.abspath(path) for path in paths]
    for path in sorted(set(given)):
        if path not in overlay and not os.path.exists(path):
            raise UsageError(f"{paths[given.index(path)]}: there is no such file or folder")
        if config.force_exclude and _excluded_above(path, config):
            continue
        real = os.path.realpath(path)
        if os.path.isdir(path):
            (walk.folders if path == real else walk.links).append((path, real, _ignores_above(path, walk)))
        else:
            walk.take(path, real)
    walk.run()
    return tuple(sorted(walk.found.values())), tuple(sorted(walk.failures, key=lambda failure: failure.path))


@dataclass(frozen=True)
class _Ignores:
    """The .gitignore files that hold in a folder, the outermost first."""

    specs: tuple[tuple[str, GitIgnoreSpec], ...] = ()

    def and_of(self, folder: str, spec: GitIgnoreSpec | None) -> _Ignores:
        return self if spec is None else _Ignores((*self.specs, (folder, spec)))

    def hide(self, path: str, *, is_folder: bool) -> bool:
        for folder, spec in reversed(self.specs):
            relative = path[len(folder) :].lstrip(os.sep) + ("/" if is_folder else "")
            include: bool | None = spec.check_file(relative).include
            if include is not None:
                return include
        return False


@dataclass
class _Walk:
    """A walk under way. A folder is a triple: as shown, as it really is, what git ignores there."""

    config: Config
    folders: list[tuple[str, str, _Ignores]] = field(default_factory=list)
    links: list[tuple[str, str, _Ignores]] = field(default_factory=list)
    found: dict[str, str] = field(default_factory=dict)
    failures: list[Failure] = field(default_factory=list)
    seen: set[str] = field(default_factory=set)

    def run(self) -> None:
        """Empty `folders`, then `links`: what a link leads to is shown under its own path if that is walked too."""
        while self.folders or self.links:
            if not self.folders:
                self.folders.append(self.links.pop(0))
            shown, real, ignores = self.folders.pop()
            if real not in self.seen:
                self.seen.add(real)
                self._folder(shown, real, ignores)

    def take(self, shown: str, real: str) -> None:
        """Add a file; of several paths to it, its own is shown, else the first in order."""
        known = self.found.get(real, shown)
        self.found[real] = min(known, shown, key=lambda path: (path != real, path))

    def _folder(self, shown: str, real: str, ignores: _Ignores) -> None:
        entries = self._entries(shown)
        if self.config.respect_gitignore and any(entry.name == ".gitignore" for entry in entries):
            ignores = ignores.and_of(shown, self.gitignore(os.path.join(shown, ".gitignore")))
        for entry in entries:
            kind = _kind(entry)
            wanted = kind == "folder" or (kind == "file" and entry.name.endswith(SUFFIXES))
            if wanted and not self.config.excludes(entry.path):
                if ignores.hide(entry.path, is_folder=kind == "folder"):
                    continue
                self._entry(entry, kind, real, ignores)

    def _entry(self, entry: os.DirEntry[str], kind: str, real_folder: str, ignores: _Ignores) -> None:
        is_link = entry.is_symlink()
        real = os.path.realpath(entry.path) if is_link else os.path.join(real_folder, entry.name)
        is_loop = is_link and f"{real_folder}{os.sep}".startswith(real.rstrip(os.sep) + os.sep)
        if kind == "file":
            self.take(entry.path, real)
        elif not is_loop:
            (self.links if is_link else self.folders).append((entry.path, real, ignores))

    def _entries(self, folder: str) -> list[os.DirEntry[str]]:
        try:
            with os.scandir(folder) as entries:
                return sorted(entries, key=lambda entry: entry.name)
        except OSError as error:
            self.failures.append(Failure(folder, f"cannot be searched: {error.strerror}"))
            return []

    def gitignore(self, path: str) -> GitIgnoreSpec | None:
        """The patterns in a file; None if it cannot be read."""
        try:
            with open(path, encoding="utf-8", errors="surrogateescape") as stream:
                return _spec(stream.read().splitlines())
        except OSError as error:
            self.failures.append(Failure(path, f"cannot be read: {error.strerror}"))
            return None


def _spec(lines: Sequence[str]) -> GitIgnoreSpec:
    from pathspec import GitIgnoreSpec

    try:
        return GitIgnoreSpec.from_lines(lines)
    except ValueError:
        # Git skips a line that is no pattern; pathspec refuses the whole file.
        return _spec([]) if len(lines) <= 1 else _spec(lines[: len(lines) // 2]) + _spec(lines[len(lines) // 2 :])


def _kind(entry: os.DirEntry[str]) -> str:
    try:
        return "folder" if entry.is_dir() else "file" if entry.is_file() else "other"
    except OSError:
        return "other"


def _ignores_above(folder: str, walk: _Walk) -> _Ignores:
    """What the repository that `folder` lies in ignores from above; nothing if it ignores the folder itself."""
    above = list(_parents(folder))
    root = next((parent for parent in above if os.path.exists(os.path.join(parent, ".git"))), None)
    if root is None or not walk.config.respect_gitignore or os.path.exists(os.path.join(folder, ".git")):
        return _Ignores()
    ignores = _Ignores()
    for parent in reversed(above[: above.index(root) + 1]):
        path = os.path.join(parent, ".gitignore")
        if os.path.isfile(path):
            ignores = ignores.and_of(parent, walk.gitignore(path))
    return _Ignores() if ignores.hide(folder, is_folder=True) else ignores


def _excluded_above(path: str, config: Config) -> bool:
    """True if the path or a folder that it lies in, up to the root of the configuration, is excluded."""
    inside = [path, *(parent for parent in _parents(path) if parent.startswith(config.root.rstrip(os.sep) + os.sep))]
    return any(config.excludes(each) for each in inside)


def _parents(path: str) -> Iterator[str]:
    while path != (path := os.path.dirname(path)):
        yield path
