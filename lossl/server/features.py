"""The conversation with an editor: what it asks is answered, what was found is told without being asked."""

from __future__ import annotations

import asyncio
import traceback
from typing import Any

from lsprotocol import types
from pygls.exceptions import JsonRpcMethodNotFound
from pygls.lsp.server import LanguageServer

from lossl import __version__
from lossl.diagnostic import Diagnostic
from lossl.server import actions, diagnostics
from lossl.server.checker import Checked, Checker
from lossl.server.client import Client
from lossl.server.documents import Snapshot
from lossl.server.places import Places

DEBOUNCE = 0.05
"""Seconds without a change after which the document that changed is checked."""
SETTLED = 0.5
"""Seconds without a change after which the other open documents are checked too."""

WATCHED = ("**/*.py", "**/pyproject.toml", "**/lossl.toml", "**/.lossl.toml")


class Server(LanguageServer):
    """One connection with one editor. Everything here runs on the event loop; checks do not."""

    def __init__(self) -> None:
        # Whole texts, because pygls takes form feeds and other separators for line ends when it applies ranges.
        super().__init__("lossl", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
        self.client = Client()
        self.checker = Checker(lambda: Snapshot.of(self.workspace))
        self._telling: asyncio.Task[None] | None = None
        self._complaints: dict[str, frozenset[str]] = {}

    async def places(self, uri: str) -> Places | None:
        """What is found in a document as it is now, in the places of this editor; None if it is not open."""
        checked = await self.checker.checked(uri)
        if checked is None:
            return None
        self._complain(checked)
        return Places(checked, self.client)

    def changed(self, first: str | None = None, delay: float = 0.0) -> None:
        """Check all open documents anew, `first` first, unless something changes again before `delay` is over."""
        self.checker.forget()
        if self._telling is not None:
            self._telling.cancel()
        self._telling = asyncio.create_task(self._tell_findings(first, delay))
        self._telling.add_done_callback(self._finished)

    def closed(self, uri: str) -> None:
        """The document is gone from the editor, and its findings with it."""
        self._complaints.pop(uri, None)
        if not self.client.pulls:
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, []))

    def report_server_error(self, error: Exception, source: Any) -> None:
        """Show and log a fault of the server; a request that no server has to know is none."""
        if not isinstance(error, JsonRpcMethodNotFound):
            detail = "".join(traceback.format_exception(error)) + str(getattr(error, "data", None) or "")
            self._tell(f"lossl failed: {error}", detail)

    async def _tell_findings(self, first: str | None, delay: float) -> None:
        await asyncio.sleep(delay)
        if first is not None:
            await self._publish(first)
        others = {document.uri for document in Snapshot.of(self.workspace).documents.values()} - {first}
        if others and delay:
            await asyncio.sleep(SETTLED)
        if others and self.client.pulls:
            # It asks by itself for the document that changed, but perhaps not for those that import it.
            self.workspace_diagnostic_refresh(None)
        for uri in sorted(others):
            await self._publish(uri)

    async def _publish(self, uri: str) -> None:
        places = None if self.client.pulls else await self.places(uri)
        if places is not None:
            found = [diagnostics.diagnostic(each, places) for each in diagnostics.findings(places)]
            version = places.checked.document.version
            self.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))

    def _finished(self, task: asyncio.Task[None]) -> None:
        error = None if task.cancelled() else task.exception()
        if isinstance(error, Exception):
            self.report_server_error(error, type(error))

    def _complain(self, checked: Checked) -> None:
        """Tell what went wrong in a check, but not again with every keystroke."""
        failures = {
            f"{failure.path}: {failure.what}".removeprefix(": "): failure.detail for failure in checked.report.failures
        }
        if checked.error:
            failures[checked.error] = ""
        known = frozenset[str]().union(*self._complaints.values())
        self._complaints[checked.document.uri] = frozenset(failures)
        for text, detail in failures.items():
            if text not in known:
                self._tell(text, detail)

    def _tell(self, text: str, detail: str = "") -> None:
        error = types.MessageType.Error
        self.window_log_message(types.LogMessageParams(error, "\n".join(filter(None, [text, detail]))))
        self.window_show_message(types.ShowMessageParams(error, text if text.startswith("lossl") else f"lossl: {text}"))


server = Server()


@server.feature(types.INITIALIZE)
def initialize(ls: Server, params: types.InitializeParams) -> None:
    """Learn what the editor can do; offer diagnostics for pulling only if they will not be pushed as well."""
    ls.client = Client.of(params.capabilities, ls.workspace.position_codec)
    if ls.client.pulls:
        options = types.DiagnosticOptions(inter_file_dependencies=True, workspace_diagnostics=False)
        ls.feature(types.TEXT_DOCUMENT_DIAGNOSTIC, options)(pull)


@server.feature(types.INITIALIZED)
def initialized(ls: Server, params: types.InitializedParams) -> None:
    """Ask to be told when files change that are not open."""
    if ls.client.watches_files:
        watchers = [types.FileSystemWatcher(pattern) for pattern in WATCHED]
        options = types.DidChangeWatchedFilesRegistrationOptions(watchers)
        registration = types.Registration("lossl-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
        ls.client_register_capability(types.RegistrationParams([registration]))


@server.feature(types.TEXT_DOCUMENT_DID_OPEN)
def did_open(ls: Server, params: types.DidOpenTextDocumentParams) -> None:
    """Check it, and the others, which may import it."""
    ls.changed(params.text_document.uri, DEBOUNCE)


@server.feature(types.TEXT_DOCUMENT_DID_CHANGE)
def did_change(ls: Server, params: types.DidChangeTextDocumentParams) -> None:
    """Check it when the typing pauses."""
    ls.changed(params.text_document.uri, DEBOUNCE)


@server.feature(types.TEXT_DOCUMENT_DID_SAVE)
def did_save(ls: Server, params: types.DidSaveTextDocumentParams) -> None:
    """Check it at once; saving may have changed more than this file."""
    ls.changed(params.text_document.uri)


@server.feature(types.TEXT_DOCUMENT_DID_CLOSE)
def did_close(ls: Server, params: types.DidCloseTextDocumentParams) -> None:
    """Forget it; from now on the others see what is on the disk."""
    ls.closed(params.text_document.uri)
    ls.changed()


@server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)
def did_change_watched_files(ls: Server, params: types.DidChangeWatchedFilesParams) -> None:
    """A file on the disk or a configuration changed."""
    ls.changed()


async def pull(ls: Server, params: types.DocumentDiagnosticParams) -> types.RelatedFullDocumentDiagnosticReport:
    """The findings of a document."""
    places = await ls.places(params.text_document.uri)
    found = [] if places is None else [diagnostics.diagnostic(each, places) for each in diagnostics.findings(places)]
    return types.RelatedFullDocumentDiagnosticReport(found)


@server.feature(types.TEXT_DOCUMENT_HOVER)
async def hover(ls: Server, params: types.HoverParams) -> types.Hover | None:
    """What the finding at this place means."""
    places = await ls.places(params.text_document.uri)
    if places is None:
        return None
    return diagnostics.hover(_meant(places, types.Range(params.position, params.position)), places)


@server.feature(
    types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=actions.KINDS, resolve_provider=True)
)
async def code_action(ls: Server, params: types.CodeActionParams) -> list[types.CodeAction]:
    """What can be done about the findings here, and about all of the document."""
    places = await ls.places(params.text_document.uri)
    if places is None:
        return []
    offered: list[types.CodeAction] = []
    only = params.context.only
    if actions.wanted(types.CodeActionKind.QuickFix, only):
        offered += actions.quick_fixes(_meant(places, params.range, *_named(params.context)), places)
    # To repair all takes several checks: only if it is asked for, or if only its name is needed for now.
    if actions.wanted(actions.FIX_ALL, only) and (only or ls.client.resolves_edits):
        resolved = not ls.client.resolves_edits
        action = await ls.checker.aside(lambda: actions.fix_all(places, resolved=resolved))
        if action is not None:
            action.data = {"uri": params.text_document.uri}
            offered.append(action)
    return offered


@server.feature(types.CODE_ACTION_RESOLVE)
async def resolve(ls: Server, action: types.CodeAction) -> types.CodeAction:
    """The edit of an action that was offered without one."""
    if action.kind == actions.FIX_ALL and isinstance(action.data, dict):
        places = await ls.places(str(action.data.get("uri")))
        if places is not None:
            repair = await ls.checker.aside(lambda: actions.fix_all(places, resolved=True))
            action.edit = repair.edit if repair is not None else types.WorkspaceEdit()
    return action


def _named(context: types.CodeActionContext) -> list[types.Range]:
    """The ranges of our diagnostics that the editor has in mind; it may mean a whole line and send only the cursor."""
    return [each.range for each in context.diagnostics if each.source == "lossl"]


def _meant(places: Places, *ranges: types.Range) -> list[Diagnostic]:
    """The findings that meet one of these ranges of the document."""
    asked = [places.here(each) for each in ranges]
    return [
        found
        for found in diagnostics.findings(places)
        if any(found.location.range.start <= each.end and each.start <= found.location.range.end for each in asked)
    ]
