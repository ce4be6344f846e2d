"""The project: which files matter, which file an import means, each read once. The only reader of sources."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence

from lossl.errors import Failure
from lossl.source.disk import Disk
from lossl.source.file import SourceFile, UnreadableFile
from lossl.source.imports import absolute, components, drivers, importers
from lossl.source.mentions import mentioned
from lossl.source.neighbours import Neighbours, files_below
from lossl.source.notebook import SUFFIX, source_file
from lossl.source.reach import reaching

_LOSS = re.compile(
    rb"cross_?entropy|nll|kl_?div|bce|(?:with|from)_logits|log_loss|Loss\("
    rb"|log\((?:1\.?0? ?- ?)?[\w.]*(?:softmax|sigmoid)|(?:softmax|sigmoid)\([^\n]*?\)\.log\("
    rb"|(?-i:Categorical|Bernoulli|Multinomial|Binomial)\("
    rb"|\.(?:backward|minimize|gradient)\(|value_and_grad\(",
    re.I,
)
"""What a file says that chooses a loss, writes one by hand (the logarithm of an activation), minimises one that it may
not know, or makes a distribution. One that is handed its loss is evaluated through those who hand it.
"""


_IGNORE = re.compile(rb"lossl|noqa", re.I)


class Project:
    """Files by path and by module name. `overlay` holds unsaved contents by absolute path; they win over the disk.

    Import roots, in this order: where the importer's package begins, its own folder and those above it up to `root`,
    `root/src`, and `extra`. Names of `known` top-level modules, and `stubbed` modules, are left to the stubs. A file
    that says one of the words `mentions` matters; one that names nothing of `known` but `companions` does not.
    """

    def __init__(
        self,
        root: str,
        extra: Iterable[str] = (),
        overlay: Mapping[str, bytes] | None = None,
        known: Collection[str] = (),
        stubbed: Collection[str] = (),
        mentions: Collection[str] = (),
        companions: Collection[str] = (),
    ) -> None:
        self.root = os.path.abspath(root)
        self.extra = tuple(extra)
        self.known, self.stubbed = frozenset(known), frozenset(stubbed)
        self.overlay = dict(overlay or {})
        self.disk = Disk(overlay)
        self.unreadable: dict[str, UnreadableFile] = {}
        self.broken: list[UnreadableFile] = []
        self.failures: list[Failure] = []
        self._files: dict[str, SourceFile | None] = {}
        self._found: dict[tuple[str, str], str | None] = {}
        self._packages: dict[tuple[str, str], bool] = {}
        self._searched: dict[str, list[str]] = {}
        self._neighbours: dict[str, Neighbours | None] = {}
        self._frameworks = _any_of({*known, *(name.partition(".")[0] for name in stubbed)} - {*companions})
        self._given: frozenset[str] = frozenset()
        self._words = frozenset(mentions)
        self._mentions = _any_of(mentions) if mentions else None

    def groups(self, paths: Iterable[str]) -> list[list[str]]:
        """The files that have to be evaluated, those that import each other in one group.

        A file matters if its bytes name a framework and a loss, or if it imports such a file: it may hand it its model.
        What these import is read when it is needed.
        """
        paths = list(paths)
        self._given = frozenset(paths)
        contents = {path: data for path in paths if (data := self._code(path)) is not None}
        matter = {path for path, data in contents.items() if self._matters(data)}
        if not matter:
            return []
        arrows = importers(contents, {path: self._module_of(path) for path in contents}, self._path_of)
        matter |= drivers(matter, arrows)
        return components(matter, arrows)

    def leads(self, paths: Sequence[str]) -> dict[str, frozenset[str] | None]:
        """Those of the files (a group, or several) that lead to a loss, with their functions that do, None for all."""
        given = set(paths)

        def means(module: str, member: str, importer: str) -> str | None:
            found = self._meant(module, member, importer)
            return found if found in given or found not in self._given else None

        return reaching({path: mentioned(self._text(path), self._words) for path in paths}, means)

    def _meant(self, module: str, member: str, importer: str) -> str | None:
        name = absolute(module, self._module_of(importer))
        below = self._path_of(f"{name}.{member}" if name else member, importer) if member not in ("", "*") else None
        return below or (self._path_of(name, importer) if name else None)

    def _text(self, path: str) -> str:
        return (self._code(path) or b"").decode("utf-8", "replace")

    def _matters(self, data: bytes) -> bool:
        if self._mentions is not None and self._mentions.search(data):
            return True
        return bool(self._frameworks.search(data) and _LOSS.search(data))

    def size(self, path: str) -> int:
        """The bytes of a file, 0 if it cannot be read."""
        return len(self._bytes(path) or b"")

    def read(self, paths: Iterable[str]) -> list[SourceFile]:
        """Those of the files that can be parsed, in order."""
        return [source for path in paths if (source := self.file(path)) is not None]

    def file(self, path: str) -> SourceFile | None:
        """The parsed file, or None if it cannot be read; why is then in `unreadable` or `failures`."""
        self.disk.ask([path])
        if path not in self._files:
            self._files[path] = None
            data = self._bytes(path)
            source = source_file(path, data) if data is not None else None
            if source is not None:
                try:
                    source.tree  # noqa: B018
                    self._files[path] = source
                    self.broken += source.broken
                except UnreadableFile as error:
                    self.unreadable[path] = error
        return self._files[path]

    def give_up(self, error: UnreadableFile) -> bool:
        """Take a file for unreadable that was read before; False if it is taken for that already."""
        path = error.location.path
        if path in self.unreadable:
            return False
        self._files[path] = None
        self.unreadable[path] = error
        return True

    def paths_read(self) -> list[str]:
        """The files that were parsed, or could not be, and are not forgotten."""
        return list(self._files)

    def forget(self, paths: Iterable[str]) -> None:
        """Let go of the trees of files that nothing needs any more: they are most of what takes up memory."""
        for path in paths:
            self._files.pop(path, None)

    def may_ignore(self, path: str) -> bool:
        """True if the file says something that an ignore comment begins with."""
        return _IGNORE.search(self._bytes(path) or b"") is not None

    def texts(self, paths: Iterable[str], *, as_python: bool = False) -> dict[tuple[str, int | None], str]:
        """The text of these files, as far as it can be decoded, by path and None; of a notebook, by path and cell.

        `as_python` leaves out what only IPython reads.
        """
        found: dict[tuple[str, int | None], str] = {}
        for path in sorted(paths):
            data = self._bytes(path) or b""
            source = self._files.get(path) or source_file(path, data)
            text = source.code_in if as_python else source.part
            try:
                found |= {(path, cell): text(cell) for cell in source.cells}
            except UnreadableFile:
                found[path, None] = data.decode("utf-8", "replace")
        return found

    def locate(self, name: str, importer: object) -> SourceFile | None:
        """The project file of an absolute module name, as `importer` would find it, or None."""
        path = self._own(name, importer.path)  # type: ignore[attr-defined]
        return self.file(path) if path is not None else None

    def name_of(self, source: object) -> str:
        """The dotted name of a file, from where its package begins."""
        return self.name_of_path(source.path)  # type: ignore[attr-defined]

    def name_of_path(self, path: str) -> str:
        """The same for a file that was not read."""
        base = self._package_root(path, self.root)
        parts = os.path.splitext(os.path.relpath(path, base))[0].split(os.sep)
        return ".".join(parts[:-1] if parts[-1] == "__init__" and len(parts) > 1 else parts)

    def in_package(self, source: object) -> bool:
        """True if the file lies in a package, so that code out of sight may import it."""
        path: str = source.path  # type: ignore[attr-defined]
        return not path.endswith(SUFFIX) and self.disk.is_package(os.path.dirname(path))

    def users(self, source: object) -> frozenset[str] | None:
        """The files of the project that import a file, directly or not, checked or not; None if there is no telling."""
        path: str = source.path  # type: ignore[attr-defined]
        inside = path.startswith(os.path.join(self.root, ""))
        folder = self.root if inside else self._package_root(path, os.path.dirname(path))
        if folder not in self._neighbours:
            paths = files_below(folder)
            self.disk.note_folders({os.path.dirname(each) for each in paths or ()})
            contents = {each: self._glance(each) for each in (*paths, *self.overlay)} if paths is not None else None
            self._neighbours[folder] = Neighbours(contents, self._module_of, self._own) if contents else None
        neighbours = self._neighbours[folder]
        self.disk.ask(neighbours.contents if neighbours is not None else ())
        return neighbours.users(path) if neighbours is not None else None

    def is_package(self, name: str, importer: object) -> bool:
        """True if the name is a folder of the project."""
        if name.partition(".")[0] in self.known:
            return False
        path: str = importer.path  # type: ignore[attr-defined]
        key = (name, os.path.dirname(path))
        if key not in self._packages:
            relative = name.replace(".", os.sep)
            self._packages[key] = any(self.disk.is_folder(os.path.join(root, relative)) for root in self._roots(path))
        return self._packages[key]

    def _module_of(self, path: str) -> str:
        """The dotted name with which relative imports are counted."""
        name = self.name_of_path(path)
        return f"{name}.__init__" if os.path.basename(path) == "__init__.py" else name

    def _own(self, name: str, importer: str) -> str | None:
        """The project file of an absolute module name; none for what the stubs describe."""
        if name.partition(".")[0] in self.known or name in self.stubbed:
            return None
        return self._path_of(name, importer)

    def _path_of(self, name: str, importer: str) -> str | None:
        key = (name, os.path.dirname(importer))
        if key not in self._found:
            relative = name.replace(".", os.sep)
            candidates = (
                os.path.join(root, *tail)
                for root in self._roots(importer)
                if name.partition(".")[0] not in sys.stdlib_module_names or not self.disk.is_package(root)
                for tail in ((relative + ".py",), (relative, "__init__.py"))
            )
            self._found[key] = next(filter(self.disk.is_file, candidates), None)
        return self._found[key]

    def _roots(self, importer: str) -> list[str]:
        """The import roots, the same for all files of a folder; asked for at every import, found once."""
        folder = os.path.dirname(importer)
        if folder not in self._searched:
            self._searched[folder] = self._find_roots(importer)
        return self._searched[folder]

    def _find_roots(self, importer: str) -> list[str]:
        folder = os.path.dirname(importer)
        roots = [self._package_root(importer, self.root)]
        while folder.startswith(self.root) and len(folder) >= len(self.root):
            roots.append(folder)
            folder = os.path.dirname(folder)
        roots += [os.path.dirname(importer), os.path.join(self.root, "src"), *self.extra]
        return list(dict.fromkeys(roots))

    def _code(self, path: str) -> bytes | None:
        """The bytes of a Python file, or of the code in a notebook."""
        data = self._bytes(path)
        if data is None or not path.endswith(SUFFIX):
            return data
        try:
            source = source_file(path, data)
            return "\n".join(map(source.code_in, source.cells)).encode("utf-8", "replace")
        except UnreadableFile:
            return data

    def _glance(self, path: str) -> bytes:
        """The bytes of a file that is not checked; nothing if it cannot be read."""
        return self.disk.read(path) or b""

    def _bytes(self, path: str) -> bytes | None:
        data = self.disk.read(path)
        if data is None:
            failure = Failure(path, f"cannot be read: {self.disk.errors.get(path, 'it is gone')}")
            if failure not in self.failures:
                self.failures.append(failure)
        return data

    def _package_root(self, path: str, root: str) -> str:
        """The folder that holds the topmost package of a file: where no `__init__.py` is any more."""
        folder = os.path.dirname(path)
        start = folder
        while self.disk.is_package(folder):
            folder = os.path.dirname(folder)
        if folder == start and folder.startswith(root + os.sep):
            return root  # a folder without __init__.py is a namespace package below the root
        return folder


def _any_of(words: Collection[str]) -> re.Pattern[bytes]:
    return re.compile(rb"\b(" + b"|".join(sorted(re.escape(word.encode()) for word in words)) + rb")\b")
