"""An editor that does what it is told: the client's side of a conversation with the language server."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

from lsprotocol import types
from pytest_lsp import ClientServerConfig, LanguageClient, client_capabilities

LOSSL = [sys.executable, "-m", "lossl"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
"""With it, LOSSL is found from every folder, installed or not."""
CONFIG = ClientServerConfig(server_command=[*LOSSL, "server"], server_env=ENVIRONMENT)
PATIENCE = 20.0
"""Seconds to wait for the server before a test fails."""

CODECS = {"utf-8": ("utf-8", 1), "utf-16": ("utf-16-le", 2), "utf-32": ("utf-32-le", 4)}


@dataclass
class Editor:
    """One window with open documents, whose texts by address it keeps."""

    client: LanguageClient
    diagnostics: types.PublishDiagnosticsClientCapabilities
    units: str
    registered: list[types.Registration]
    texts: dict[str, str] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)

    @classmethod
    @asynccontextmanager
    async def connected(cls, capabilities: types.ClientCapabilities, root: Path) -> AsyncIterator[Editor]:
        """Start a server, say hello as an editor with these capabilities, and say goodbye in the end."""
        assert capabilities.text_document is not None
        assert capabilities.text_document.publish_diagnostics is not None
        client: Any = await CONFIG.start()
        registered: list[types.Registration] = []
        client.feature(types.CLIENT_REGISTER_CAPABILITY)(lambda params: registered.extend(params.registrations))
        folder = types.WorkspaceFolder(root.as_uri(), root.name)
        params = types.InitializeParams(capabilities=capabilities, root_uri=root.as_uri(), workspace_folders=[folder])
        result = await client.initialize_session(params)
        units = result.capabilities.position_encoding or types.PositionEncodingKind.Utf16
        units = types.PositionEncodingKind(units).value
        yield cls(client, capabilities.text_document.publish_diagnostics, units, registered)
        await client.shutdown_session()
        await client.stop()

    async def open(self, path: Path | str, text: str) -> Sequence[types.Diagnostic]:
        """Open a document and wait for what is found in it."""
        self.show(path, text)
        return await self.published(path.as_uri() if isinstance(path, Path) else path)

    def show(self, path: Path | str, text: str) -> None:
        """Open a document."""
        uri = path.as_uri() if isinstance(path, Path) else path
        self.texts[uri], self.versions[uri] = text, 1
        item = types.TextDocumentItem(uri, "python", 1, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(item))

    def type(self, path: Path | str, text: str) -> None:
        """Change the whole text of a document."""
        uri = path.as_uri() if isinstance(path, Path) else path
        self.texts[uri] = text
        self.versions[uri] += 1
        identifier = types.VersionedTextDocumentIdentifier(uri=uri, version=self.versions[uri])
        change = types.TextDocumentContentChangeWholeDocument(text)
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(identifier, [change]))

    async def change(self, path: Path | str, text: str) -> Sequence[types.Diagnostic]:
        """Change the whole text of a document and wait for what is found in it then."""
        self.type(path, text)
        return await self.published(path.as_uri() if isinstance(path, Path) else path)

    async def published(self, uri: str) -> Sequence[types.Diagnostic]:
        """The next diagnostics of the newest version of a document."""
        heard = self.client.wait_for_notification
        while True:
            params = await asyncio.wait_for(heard(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS), PATIENCE)
            if (params.uri, params.version) == (uri, self.versions.get(uri)):
                found: Sequence[types.Diagnostic] = params.diagnostics
                return found

    async def pulled(self, path: Path) -> Sequence[types.Diagnostic]:
        """What the server answers when it is asked for diagnostics."""
        params = types.DocumentDiagnosticParams(types.TextDocumentIdentifier(path.as_uri()))
        report = await asyncio.wait_for(self.client.text_document_diagnostic_async(params), PATIENCE)
        assert isinstance(report, types.RelatedFullDocumentDiagnosticReport)
        return report.items

    async def until(self, path: Path, *, findings: int) -> None:
        """Wait until so many findings are published, after others perhaps that were under way."""
        while len(await self.published(path.as_uri())) != findings:
            pass

    async def close(self, path: Path | str) -> Sequence[types.Diagnostic]:
        """Close a document and wait until its diagnostics go."""
        uri = path.as_uri() if isinstance(path, Path) else path
        del self.texts[uri], self.versions[uri]
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))
        return await self.published(uri)

    async def actions(
        self, path: Path, found: types.Diagnostic | types.Range, only: Sequence[str] | None = None
    ) -> Sequence[types.CodeAction]:
        """What can be done about a finding, or at a place."""
        at = found if isinstance(found, types.Range) else found.range
        context = types.CodeActionContext([] if isinstance(found, types.Range) else [found], only=only)
        identifier = types.TextDocumentIdentifier(path.as_uri())
        params = types.CodeActionParams(identifier, at, context)
        offered = await self.client.text_document_code_action_async(params)
        return [action for action in offered or () if isinstance(action, types.CodeAction)]

    async def hover(self, path: Path, position: types.Position) -> str | None:
        """What is shown when the mouse rests there."""
        params = types.HoverParams(types.TextDocumentIdentifier(path.as_uri()), position)
        shown = await self.client.text_document_hover_async(params)
        return shown.contents.value if shown and isinstance(shown.contents, types.MarkupContent) else None

    def text(self, path: Path, place: types.Range) -> str:
        """What stands at this place of an open document."""
        start, end = offsets(self.texts[path.as_uri()], place, self.units)
        return self.texts[path.as_uri()][start:end]

    def applied(self, edit: types.WorkspaceEdit | None) -> dict[str, str]:
        """The texts of all documents that an edit changes, as they are thereafter; those not open are on the disk."""
        assert edit is not None
        changes = dict(edit.changes or {})
        for change in edit.document_changes or ():
            assert isinstance(change, types.TextDocumentEdit)
            assert change.text_document.version == self.versions.get(change.text_document.uri)
            changes[change.text_document.uri] = [each for each in change.edits if isinstance(each, types.TextEdit)]
        return {uri: edited(self._now(uri), edits, self.units) for uri, edits in changes.items()}

    def _now(self, uri: str) -> str:
        path = Path(uri.removeprefix("file://"))
        return self.texts[uri] if uri in self.texts else path.read_bytes().decode()


def capabilities(editor: str, *, pulls: bool = False) -> types.ClientCapabilities:
    """What a real editor can do; with `pulls` it also asks for diagnostics, as newer ones do."""
    found = client_capabilities(editor)
    if pulls:
        assert found.text_document is not None
        assert found.workspace is not None
        found.text_document.diagnostic = types.DiagnosticClientCapabilities()
        found.workspace.diagnostics = types.DiagnosticWorkspaceClientCapabilities(refresh_support=True)
    return found


def offsets(text: str, place: types.Range, units: str) -> tuple[int, int]:
    """Where a range starts and ends in a text, in characters."""
    codec, width = CODECS[units]
    lines = text.replace("\r\n", "\n\0").replace("\r", "\n").split("\n")
    found = []
    for position in (place.start, place.end):
        line = lines[position.line].removeprefix("\0").encode(codec)
        before = sum(len(each) + 1 for each in lines[: position.line]) + lines[position.line].startswith("\0")
        found.append(before + len(line[: position.character * width].decode(codec)))
    return found[0], found[1]


def edited(text: str, edits: Sequence[types.TextEdit], units: str) -> str:
    """The text after edits that all refer to the text as it is."""
    placed = sorted((*offsets(text, edit.range, units), number) for number, edit in enumerate(edits))
    for (_, end, _), (start, _, _) in pairwise(placed):
        assert end <= start, "edits overlap"
    for start, end, number in reversed(placed):
        text = text[:start] + edits[number].new_text + text[end:]
    return text
