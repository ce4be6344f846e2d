"""The disk as the checked project lies on it: what was asked of it is remembered, so that a result can be used again.

Folders are listed once instead of asking for each file; only Python files, notebooks and folders are seen.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Collection, Iterable, Mapping

SUFFIXES = (".py", ".ipynb")
Evidence = dict[str, dict[str, "str | None"]]
"""What a result depends on, `files` and `folders` by path with a digest of what is in them, None if there is none."""


class Disk:
    """Files and folders, each read once; `overlay` holds unsaved contents by absolute path."""

    def __init__(self, overlay: Mapping[str, bytes] | None = None) -> None:
        self.overlay = dict(overlay or {})
        self.errors: dict[str, str] = {}
        self._contents: dict[str, bytes | None] = {}
        self._listings: dict[str, dict[str, bool] | None] = {}
        self._digests: dict[tuple[str, str], str | None] = {}
        self._asked: set[str] = set()

    def read(self, path: str) -> bytes | None:
        """The bytes of a file; None if it cannot be read, why is then in `errors`."""
        self._asked.add(path)
        if path not in self._contents:
            self._contents[path] = self.overlay.get(path)
            if path not in self.overlay:
                try:
                    with open(path, "rb") as stream:
                        self._contents[path] = stream.read()
                except OSError as error:
                    self.errors[path] = error.strerror or str(error)
        return self._contents[path]

    def ask(self, paths: Iterable[str]) -> None:
        """Note that what follows depends on these files, which were read before."""
        self._asked.update(paths)

    def is_file(self, path: str) -> bool:
        """True of a Python file or notebook, saved or not."""
        folder, name = os.path.split(path)
        listing = self._listing(folder)
        return path in self.overlay or (listing is not None and listing.get(name) is False)

    def is_folder(self, path: str) -> bool:
        """True of a folder."""
        return self._listing(path) is not None

    def is_package(self, folder: str) -> bool:
        """True of a folder with an `__init__.py`."""
        return self.is_file(os.path.join(folder, "__init__.py"))

    def note_folders(self, folders: Iterable[str]) -> None:
        """Somebody else has searched these folders."""
        for folder in folders:
            self._listing(folder)

    def begin(self) -> None:
        """Forget which files were asked for."""
        self._asked = set()

    def evidence(self) -> Evidence:
        """The files asked for since `begin`, and all folders so far."""
        files = {path: self._digest_of_file(path) for path in sorted(self._asked)}
        folders = [path for path, listing in sorted(self._listings.items()) if listing is not None]
        return {"files": files, "folders": {path: self._digest_of_folder(path) for path in folders}}

    def holds(self, evidence: Evidence) -> bool:
        """True if everything is as it was."""
        self.ask(evidence["files"])
        return all(self._digest_of_folder(path) == digest for path, digest in evidence["folders"].items()) and all(
            self._digest_of_file(path) == digest for path, digest in evidence["files"].items()
        )

    def _listing(self, folder: str) -> dict[str, bool] | None:
        """What lies in a folder, with whether it is a folder; None if there is no such folder."""
        if folder not in self._listings:
            parent, name = os.path.split(folder)
            above = self._listings.get(parent)
            # What is not in a folder that was listed need not be looked for.
            gone = name != "" and not name.startswith(".") and above is not None and not above.get(name)
            self._listings[folder] = None if gone else _listed(folder)
            if self._listings[folder] is None and parent != folder:
                self._listing(parent)
        return self._listings[folder]

    def _digest_of_file(self, path: str) -> str | None:
        key = ("file", path)
        if key not in self._digests:
            data = self.read(path)
            self._digests[key] = digest(data) if data is not None else None
        return self._digests[key]

    def _digest_of_folder(self, path: str) -> str | None:
        key = ("folder", path)
        if key not in self._digests:
            listing = self._listing(path)
            names = sorted(f"{name}{os.sep if inner else ''}" for name, inner in (listing or {}).items())
            self._digests[key] = digest("\n".join(names).encode("utf-8", "surrogateescape")) if names else None
        return self._digests[key]


def digest(data: bytes) -> str:
    """What tells contents apart."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()


def digest_of(parts: Collection[str]) -> str:
    """What tells sequences of texts apart."""
    return digest("\0".join(parts).encode("utf-8", "surrogateescape"))


def _listed(folder: str) -> dict[str, bool] | None:
    try:
        with os.scandir(folder) as entries:
            found = ((entry.name, entry.is_dir()) for entry in entries if not entry.name.startswith("."))
            return {n: inner for n, inner in found if (inner and n != "__pycache__") or n.endswith(SUFFIXES)}
    except OSError:
        return None
