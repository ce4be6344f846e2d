"""The open documents as a check sees them: what the editor holds wins over what is on the disk."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from pygls.uris import from_fs_path, to_fs_path, uri_scheme
from pygls.workspace import TextDocument, Workspace

from lossl.source.file import SourceFile, UnreadableFile


@dataclass(frozen=True)
class Document:
    """An open document; `path` is where it lies, or where a new one would."""

    uri: str
    path: str
    text: str
    version: int | None

    @property
    def data(self) -> bytes:
        """What the file would hold if it were saved. A character that its encoding lacks becomes a single `?`."""
        data = self.text.encode("utf-8", "replace")
        try:
            encoding = SourceFile(self.path, data).encoding
        except UnreadableFile:
            return data
        return data if encoding == "utf-8" else self.text.encode(encoding, "replace")


@dataclass(frozen=True)
class Snapshot:
    """All open documents at one moment, by path."""

    documents: Mapping[str, Document] = field(default_factory=dict)

    @classmethod
    def of(cls, workspace: Workspace) -> Snapshot:
        """Those documents of the editor that are Python and have a place among files."""
        found: dict[str, Document] = {}
        for document in workspace.text_documents.values():
            path = path_of(document, workspace.root_path)
            if path is not None:
                found[path] = Document(document.uri, path, document.source, document.version)
        return cls(found)

    @cached_property
    def overlay(self) -> dict[str, bytes]:
        """What `lossl.check` takes instead of the files on the disk."""
        return {path: document.data for path, document in self.documents.items()}

    def find(self, uri: str) -> Document | None:
        """The document with this address, if it is open."""
        return next((each for each in self.documents.values() if each.uri == uri), None)

    def uri(self, path: str) -> str:
        """The address of a file, as the editor writes it if it is open."""
        return self.documents[path].uri if path in self.documents else from_fs_path(path)


def path_of(document: TextDocument, root: str | None) -> str | None:
    """The absolute path of a document; None if it is not Python, or neither a file nor about to become one."""
    scheme = uri_scheme(document.uri)
    if scheme not in ("file", "untitled"):
        return None
    path = to_fs_path(document.uri) if scheme == "file" else os.path.join(root or os.getcwd(), document.path)
    is_python = document.language_id == "python" or document.uri.endswith(".py")
    return os.path.abspath(path) if path and is_python else None
