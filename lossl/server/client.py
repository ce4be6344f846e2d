"""What an editor can do, as it said when it connected."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lsprotocol import types
from pygls.capabilities import get_capability
from pygls.workspace import PositionCodec


@dataclass(frozen=True)
class Client:
    """`units` counts characters as the editor does; the others say which parts of the protocol it understands."""

    units: PositionCodec = field(default_factory=PositionCodec)
    related_information: bool = False
    code_description: bool = False
    data: bool = False
    document_changes: bool = False
    resolves_edits: bool = False
    markdown: bool = False
    watches_files: bool = False
    pulls: bool = False
    """It asks for diagnostics itself, and can be told to ask again; otherwise they are sent unasked."""

    @classmethod
    def of(cls, capabilities: types.ClientCapabilities, units: PositionCodec) -> Client:
        """What the capabilities say; what they do not mention, the editor cannot do."""

        def has(name: str) -> Any:
            return get_capability(capabilities, name, None)

        diagnostics, action = "text_document.publish_diagnostics", "text_document.code_action"
        resolved = has(f"{action}.resolve_support")
        return cls(
            units,
            related_information=bool(has(f"{diagnostics}.related_information")),
            code_description=bool(has(f"{diagnostics}.code_description_support")),
            data=bool(has(f"{diagnostics}.data_support")),
            # Whoever can create files in an edit can apply edits of documents with versions as well.
            document_changes=bool(
                has("workspace.workspace_edit.document_changes") or has("workspace.workspace_edit.resource_operations")
            ),
            resolves_edits=bool(has(f"{action}.data_support") and resolved and "edit" in resolved.properties),
            markdown=types.MarkupKind.Markdown in (has("text_document.hover.content_format") or ()),
            watches_files=bool(has("workspace.did_change_watched_files.dynamic_registration")),
            pulls=has("text_document.diagnostic") is not None and bool(has("workspace.diagnostics.refresh_support")),
        )
