"""Findings as the protocol writes them: diagnostics, and what is shown when the mouse rests on one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from typing import Any

from lsprotocol import types

from lossl.diagnostic import Diagnostic, Fix, Severity
from lossl.errors import EditError
from lossl.registry import all_rules
from lossl.selection import BUILT_IN, find
from lossl.server.places import Places

SEVERITIES = {
    Severity.ERROR: types.DiagnosticSeverity.Error,
    Severity.WARNING: types.DiagnosticSeverity.Warning,
    Severity.INFO: types.DiagnosticSeverity.Information,
}


def findings(places: Places) -> list[Diagnostic]:
    """What was found in the document."""
    checked = places.checked
    return [found for found in checked.report.diagnostics if found.location.path == checked.document.path]


def diagnostic(found: Diagnostic, places: Places) -> types.Diagnostic:
    """A finding. Its way from the activation on is related information, or part of the message if it cannot be."""
    client = places.client
    return types.Diagnostic(
        range=places.range(found.location),
        severity=SEVERITIES[found.severity],
        code=found.code,
        code_description=types.CodeDescription(found.url) if found.url and client.code_description else None,
        source="lossl",
        message=_message(found, told=client.related_information),
        related_information=list(_related(found, places)) if client.related_information else None,
        data={"rule": found.rule, "fixes": list(_fixes(found.fixes, places))} if client.data else None,
    )


def hover(found: Iterable[Diagnostic], places: Places) -> types.Hover | None:
    """What the rules of these findings are about and what it does to training; None if there are none."""
    pages = [_page(each, places.client.markdown) for each in found]
    if not pages:
        return None
    kind = types.MarkupKind.Markdown if places.client.markdown else types.MarkupKind.PlainText
    return types.Hover(types.MarkupContent(kind, "\n\n".join(dict.fromkeys(pages))))


def _message(found: Diagnostic, *, told: bool) -> str:
    message = f"{found.rule}: {found.message}"
    if told:
        return message
    steps = [
        f"{os.path.basename(step.location.path)}:{step.location.range.start.line}: {step.message}"
        for step in found.trail
    ]
    return "\n".join([message, *steps])


def _related(found: Diagnostic, places: Places) -> Iterator[types.DiagnosticRelatedInformation]:
    for step in found.trail:
        try:
            location = places.location(step.location)
        except EditError:
            # The file is different by now, and so is the place; the next check will know it.
            continue
        yield types.DiagnosticRelatedInformation(location, step.message)


def _fixes(fixes: Iterable[Fix], places: Places) -> Iterator[dict[str, Any]]:
    """The fixes as plain data, for editors and scripts that show them in their own way."""
    for fix in fixes:
        try:
            edits = [
                {
                    "uri": places.checked.snapshot.uri(edit.location.path),
                    "range": _plain(places.range(edit.location)),
                    "newText": edit.text,
                }
                for edit in fix.edits
            ]
        except EditError:
            continue
        yield {"title": fix.title, "safe": fix.safe, "reason": fix.reason, "edits": edits}


def _plain(given: types.Range) -> dict[str, dict[str, int]]:
    start, end = given.start, given.end
    return {
        "start": {"line": start.line, "character": start.character},
        "end": {"line": end.line, "character": end.character},
    }


def _page(found: Diagnostic, markdown: bool) -> str:
    title = find(found.rule, (*all_rules(), *BUILT_IN)).page.strip().splitlines()[0]
    name = f"**{found.rule}** ({found.code})" if markdown else f"{found.rule} ({found.code})"
    address = f"<{found.url}>" if markdown else found.url
    return "\n\n".join([f"{name}: {title}", *filter(None, [found.consequence, found.url and address])])
