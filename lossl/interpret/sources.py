"""What the interpreter needs to know of files: the code in them, and where imports lead."""

from __future__ import annotations

from typing import Any, Protocol


class Source(Protocol):
    """What the interpreter needs of a source file."""

    path: str
    interactive: bool
    """True if the value of an expression that is a statement of its own may be shown."""

    @property
    def tree(self) -> Any:
        """The module as a LibCST tree."""

    @property
    def text(self) -> str:
        """The code."""


class Modules(Protocol):
    """Where imports lead."""

    def locate(self, name: str, importer: Source) -> Source | None:
        """The project file of an absolute module name as `importer` would find it, or None."""

    def name_of(self, source: Source) -> str:
        """The dotted name of a project file."""

    def in_package(self, source: Source) -> bool:
        """True if the file is part of a package, so that anybody may import it."""

    def users(self, source: Source) -> frozenset[str] | None:
        """The files of the project that import the file, directly or not, checked or not; None if nobody can tell."""

    def is_package(self, name: str, importer: Source) -> bool:
        """True if the name is a folder of the project, with or without `__init__.py`."""
