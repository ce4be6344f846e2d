"""Code actions: every fix of a finding, ignoring it, and repairing the whole document."""

from __future__ import annotations

import difflib
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lsprotocol import types

from lossl.check import check
from lossl.config import load
from lossl.diagnostic import Diagnostic, Edit, Fix, Location, Range, Report
from lossl.errors import EditError
from lossl.fix import fix_until_stable
from lossl.ignoring import ignore
from lossl.selection import BUILT_IN
from lossl.server.diagnostics import diagnostic, findings
from lossl.server.places import Places
from lossl.source.file import SourceFile
from lossl.source.lines import Lines
from lossl.source.notebook import read as read_source
from lossl.source.notebook import source_file

FIX_ALL = "source.fixAll.lossl"
KINDS: tuple[types.CodeActionKind | str, ...] = (types.CodeActionKind.QuickFix, FIX_ALL)


def wanted(kind: str, only: Sequence[str] | None) -> bool:
    """True if the editor asks for this kind of action: by its name, by a kind above it, or by asking for all."""
    return not only or any(kind == each or kind.startswith(f"{each}.") or not each for each in only)


def quick_fixes(found: Sequence[Diagnostic], places: Places) -> list[types.CodeAction]:
    """For each finding one action per fix that can still be applied, then one that ignores it."""
    return [action for each in found for action in (*_fixes(each, places), *_ignore(each, places))]


def fix_all(places: Places, *, resolved: bool) -> types.CodeAction | None:
    """Repair the document; None if there is nothing to repair. The edit is in it only if `resolved`.

    Of each finding the first fix is taken that is safe and changes this document alone: it may be about to be saved.
    """
    path = places.checked.document.path
    if not any(_suitable(found, path) for found in findings(places)):
        return None
    edits = places.edit(_repair(places)) if resolved else None
    return types.CodeAction("lossl: Make all safe fixes in this file", FIX_ALL, edit=edits)


def _fixes(found: Diagnostic, places: Places) -> Iterator[types.CodeAction]:
    for number, fix in enumerate(found.fixes):
        try:
            edit = places.edit(fix.edits)
        except EditError:
            continue
        preferred = True if number == 0 and fix.safe else None
        yield _quick_fix(_title(fix, found), found, edit, places, preferred)


def _ignore(found: Diagnostic, places: Places) -> Iterator[types.CodeAction]:
    if found.rule in {each.name for each in BUILT_IN}:
        return
    edit = ignore(found, places.checked.document.text)
    if edit is not None:
        yield _quick_fix(f"Ignore {found.rule} on this line", found, places.edit([edit]), places)


def _quick_fix(
    title: str, found: Diagnostic, edit: types.WorkspaceEdit, places: Places, preferred: bool | None = None
) -> types.CodeAction:
    shown = diagnostic(found, places)
    return types.CodeAction(title, types.CodeActionKind.QuickFix, [shown], is_preferred=preferred, edit=edit)


def _title(fix: Fix, found: Diagnostic) -> str:
    """The title of a fix, with the other files that it changes and the reason for which it is unsafe."""
    paths = {edit.location.path for edit in fix.edits} - {found.location.path}
    where = f" in {', '.join(sorted(map(os.path.basename, paths)))}" if paths else ""
    return f"{fix.title}{where}" + ("" if fix.safe else f" (unsafe: {fix.reason})")


def _suitable(found: Diagnostic, path: str) -> tuple[Fix, ...]:
    """The fixes of a finding that are safe and change only this file."""
    return tuple(fix for fix in found.fixes if fix.safe and {edit.location.path for edit in fix.edits} == {path})


def _repair(places: Places) -> tuple[Edit, ...]:
    """What `lossl check --fix` would change in this file."""
    document, overlay = places.checked.document, places.checked.snapshot.overlay
    config = replace(load(cwd=os.path.dirname(document.path)), force_exclude=True)

    def run(changed: dict[str, bytes]) -> Report:
        report = check([document.path], config, {**overlay, **changed})
        kept = (replace(found, fixes=_suitable(found, document.path)) for found in report.diagnostics)
        return replace(report, diagnostics=tuple(kept))

    def read(path: str) -> SourceFile:
        return source_file(path, overlay[path]) if path in overlay else read_source(path)

    repair = fix_until_stable(run, dry=True, read=read)
    if document.path not in repair.after:
        return ()
    before, after = repair.before[document.path], repair.after[document.path]
    return tuple(_difference(document.path, before.text, after.text))


def _difference(path: str, old: str, new: str) -> Iterator[Edit]:
    """The edits that make the one text of the other, line by line."""
    before, after = Lines(old), Lines(new)
    matcher = difflib.SequenceMatcher(None, _split(old, before), _split(new, after), autojunk=False)
    for kind, first, last, new_first, new_last in matcher.get_opcodes():
        if kind != "equal":
            place = Range(before.position(before.start(first + 1)), before.position(before.start(last + 1)))
            yield Edit(Location(path, None, place), new[after.start(new_first + 1) : after.start(new_last + 1)])


def _split(text: str, lines: Lines) -> list[str]:
    return [text[lines.start(number) : lines.start(number + 1)] for number in range(1, len(lines) + 1)]
