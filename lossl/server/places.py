"""Places and edits as the protocol writes them: lines from 0, columns in the units of the editor."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from lsprotocol import types

from lossl.diagnostic import Edit, Location, Position, Range
from lossl.errors import EditError
from lossl.server.checker import Checked
from lossl.server.client import Client
from lossl.source.file import SourceFile, UnreadableFile
from lossl.source.lines import NEWLINE, Lines


class Places:
    """Translates between the places of a check and those of the editor."""

    def __init__(self, checked: Checked, client: Client) -> None:
        self.checked = checked
        self.client = client
        self._lines = lru_cache(maxsize=None)(lambda path: Lines(self._text(path)))

    def location(self, location: Location) -> types.Location:
        """A place in any file. Raises EditError as `range` does."""
        return types.Location(self.checked.snapshot.uri(location.path), self.range(location))

    def range(self, location: Location) -> types.Range:
        """A range in the editor's units. Raises EditError if the file changed or cannot be read any more."""
        lines = self._lines(location.path)
        return types.Range(self._there(lines, location.range.start), self._there(lines, location.range.end))

    def here(self, given: types.Range) -> Range:
        """A range of the document in code points; what lies behind a line or the text ends with it."""
        lines = self._lines(self.checked.document.path)
        return Range(self._here(lines, given.start), self._here(lines, given.end))

    def edit(self, edits: Iterable[Edit]) -> types.WorkspaceEdit:
        """The edits as one change of all the files they are in. Raises EditError as `range` does."""
        changes: dict[str, list[types.TextEdit]] = {}
        for edit in sorted(dict.fromkeys(edits), key=lambda edit: edit.location):
            changes.setdefault(edit.location.path, []).append(self._edit(edit))
        snapshot = self.checked.snapshot
        if not self.client.document_changes:
            return types.WorkspaceEdit(changes={snapshot.uri(path): mine for path, mine in changes.items()})
        versions = {path: document.version for path, document in snapshot.documents.items()}
        return types.WorkspaceEdit(
            document_changes=[
                types.TextDocumentEdit(
                    types.OptionalVersionedTextDocumentIdentifier(uri=snapshot.uri(path), version=versions.get(path)),
                    mine,
                )
                for path, mine in changes.items()
            ]
        )

    def _edit(self, edit: Edit) -> types.TextEdit:
        newline = self._lines(edit.location.path).newline(edit.location.range.start.line)
        return types.TextEdit(self.range(edit.location), NEWLINE.sub(newline, edit.text))

    def _text(self, path: str) -> str:
        """The text in the editor, or on the disk as it was when it was checked."""
        document = self.checked.snapshot.documents.get(path)
        if document is not None:
            return document.text
        try:
            text = SourceFile.read(path).text
        except (OSError, UnreadableFile) as error:
            raise EditError(f"{path} can no longer be read: {error}") from None
        if self.checked.report.sources.get(path, text) != text:
            raise EditError(f"{path} changed since it was checked")
        return text

    def _there(self, lines: Lines, position: Position) -> types.Position:
        before = lines[position.line][: position.column - 1]
        return types.Position(position.line - 1, self.client.units.client_num_units(before))

    def _here(self, lines: Lines, position: types.Position) -> Position:
        if position.line >= len(lines):
            return lines.position(lines.end(len(lines)))
        text, units = lines[position.line + 1], 0
        for column, character in enumerate(text, 1):
            if units >= position.character:
                return Position(position.line + 1, column)
            units += self.client.units.client_num_units(character)
        return Position(position.line + 1, len(text) + 1)
