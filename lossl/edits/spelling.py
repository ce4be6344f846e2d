"""How a file writes qualified names: which of its imports fit, what has to be imported, what no longer."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

from lossl.diagnostic import Edit
from lossl.edits.splice import (
    Edits,
    exchanged,
    lost_comments,
    offsets,
    replaced,
    with_item,
    without_item,
    without_statement,
)
from lossl.source.file import SourceFile
from lossl.source.names import Imported, Names, module_of, names
from lossl.stubs.idioms import IMPORTS

if TYPE_CHECKING:
    import libcst as cst
else:
    from lossl.source.lazy import cst


def spelled(file: SourceFile, alternatives: tuple[str, ...]) -> tuple[str, Edits]:
    """How to write one of these equivalent qualified names in the file, and the edits that import it if need be."""
    known = names(file)
    usable = [i for i in known.imports if i.always and i.local not in known.bound]
    fitting = [text for name in alternatives for i in usable if (text := _through(i, name, known))]
    if fitting:
        return min(fitting, key=lambda text: text.count(".")), ()
    for name in alternatives:
        module, _, last = name.rpartition(".")
        for found in usable:
            if module_of(found.statement) == module and found.alias is not None and known.free(last):
                return last, import_also(file, found.statement, last)
    roots = {found.target.partition(".")[0] for found in known.imports}
    name = next((name for name in alternatives if name.partition(".")[0] in roots), alternatives[0])
    return _newly_imported(file, name, known)


def import_also(file: SourceFile, statement: cst.Import | cst.ImportFrom, name: str) -> Edits:
    """`from m import a` becomes `from m import a, name`. No edit for a star."""
    if isinstance(statement.names, cst.ImportStar):
        return ()
    close = file.span(statement)[1]
    if isinstance(statement, cst.ImportFrom) and statement.rpar is not None:
        close = file.span(statement.rpar)[0]
    return with_item(file, statement.names, close, name)


def unused_imports(file: SourceFile, edits: Edits) -> Edits:
    """The edits that remove the imports whose last use these edits remove.

    A package's `__init__.py` keeps all its imports; so does a line with a comment, and one that is edited already.
    """
    touched = [offsets(file, edit) for edit in edits if edit.location.path == file.path]
    gone = _gone(file, edits)
    found = {id(imported.statement): edit for imported in gone if (edit := _without(file, imported, gone))}
    return tuple(
        edit
        for edit, (start, end) in ((edit, offsets(file, edit)) for edit in found.values())
        if not lost_comments(file, edit) and not any(first <= end and start <= last for first, last in touched)
    )


def tidied(file: SourceFile, edits: Edits) -> Edits:
    """The edits and those of `unused_imports`; what is newly imported takes the place of what is no longer needed."""
    gone = _gone(file, edits)
    for imported in gone:
        if imported.alias is not None and _all_gone(imported.statement, gone):
            mine = (edit.location.path == file.path for edit in edits)
            edits = tuple(
                _instead(file, imported.statement, imported.alias, edit) if own else edit
                for own, edit in zip(mine, edits, strict=True)
            )
    return (*edits, *unused_imports(file, edits))


def _instead(file: SourceFile, statement: cst.CSTNode, alias: cst.CSTNode, edit: Edit) -> Edit:
    """An edit that adds an import to a statement or behind it, turned into one that puts it in its place."""
    place, (start, end) = offsets(file, edit), file.span(statement)
    if place == (end, end) and (added := re.fullmatch(r", (\w+)", edit.text)):
        return exchanged(file, alias, added[1])
    if place[0] == place[1] == file.lines.end(file.position(end).line) and edit.text.startswith("\n"):
        return replaced(file, start, end, edit.text.removeprefix("\n"))
    return edit


def _gone(file: SourceFile, edits: Edits) -> list[Imported]:
    """The imports at the top of a module whose uses all lie in what the edits remove."""
    mine = [edit for edit in edits if edit.location.path == file.path]
    removed = [offsets(file, edit) for edit in mine]
    kept = {word for edit in mine for word in re.findall(r"\w+", edit.text)}
    if os.path.basename(file.path) == "__init__.py":
        return []
    return [i for i in names(file).imports if i.local not in kept and _loses_last_use(file, i, removed)]


def _through(found: Imported, name: str, known: Names) -> str | None:
    """How to write `name` by way of one import, or None."""
    if found.local == "*":
        module, _, last = name.rpartition(".")
        return last if module == found.target and last not in known.bound else None
    if name == found.target:
        return found.local
    return found.local + name[len(found.target) :] if name.startswith(found.target + ".") else None


def _newly_imported(file: SourceFile, name: str, known: Names) -> tuple[str, Edits]:
    for module, statement, local in IMPORTS:
        if name.startswith(module + ".") and known.free(local):
            return local + name[len(module) :], (_new_line(file, statement),)
    root = name.partition(".")[0]
    return name, (_new_line(file, f"import {root}"),)


def _new_line(file: SourceFile, statement: str) -> Edit:
    """An import behind the first row of imports, else behind the docstring, else before the first statement."""
    body = list(file.tree.body)
    last = None
    for line in body:
        if _is_import(line):
            last = line
        elif last is not None:
            break
    if last is not None:
        end = file.lines.end(file.position(file.span(last)[1]).line)
        return replaced(file, end, end, "\n" + statement)
    if body and file.tree.get_docstring(clean=False) is not None:
        end = file.lines.end(file.position(file.span(body[0])[1]).line)
        return replaced(file, end, end, "\n\n" + statement)
    start = file.lines.start(_top(file, body[0])) if body else len(file.text)
    return replaced(file, start, start, statement + "\n\n")


def _top(file: SourceFile, statement: cst.CSTNode) -> int:
    """The line of a statement, or of the comment above it, unless that comment opens the file."""
    first = line = file.position(file.span(statement)[0]).line
    while line > 1 and file.lines[line - 1].lstrip().startswith("#"):
        line -= 1
    return line if line > 1 else first


def _is_import(line: cst.CSTNode) -> bool:
    if isinstance(line, cst.Try):
        return all(_is_import(inner) for inner in line.body.body)
    small = line.body if isinstance(line, cst.SimpleStatementLine) else ()
    return bool(small) and all(isinstance(statement, (cst.Import, cst.ImportFrom)) for statement in small)


def _loses_last_use(file: SourceFile, found: Imported, removed: list[tuple[int, int]]) -> bool:
    known = names(file)
    uses = [file.span(use) for use in known.uses.get(found.local, ())]
    if not uses or not found.always or found.local in known.bound:
        return False
    if sum(found.local == other.local for other in known.imports) > 1:
        return False
    return all(any(start <= use[0] and use[1] <= end for start, end in removed) for use in uses)


def _without(file: SourceFile, found: Imported, gone: list[Imported]) -> Edit | None:
    """The statement without one name, or no statement if all its names are `gone`; None if neither can be had."""
    statement = found.statement
    line = file.parent(statement)
    if isinstance(statement.names, cst.ImportStar) or found.alias is None or line not in file.tree.body:
        return None
    if _all_gone(statement, gone):
        return without_statement(file, statement)
    in_one_line = "\n" not in file.code(statement)
    bracketed = isinstance(statement, cst.ImportFrom) and statement.lpar is not None
    return without_item(file, statement.names, found.alias) if in_one_line or bracketed else None


def _all_gone(statement: cst.Import | cst.ImportFrom, gone: list[Imported]) -> bool:
    aliases = () if isinstance(statement.names, cst.ImportStar) else statement.names
    return all(any(alias is other.alias for other in gone) for alias in aliases)
