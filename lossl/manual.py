"""The commands that show what lossl knows, whatever is checked: pages of rules, symptoms, lists."""

from __future__ import annotations

import sys

from lossl.registry import all_rules, registry
from lossl.report import pages, terminal
from lossl.selection import find, selectable


def explain(name: str, form: str, color: str) -> None:
    """`lossl explain`. Raises UsageError if there is no such rule."""
    _note_broken()
    rule = find(name, selectable())
    view = terminal.view(sys.stdout, color=color)
    terminal.write(pages.explain_json(rule) if form == "json" else pages.explain(rule, view), sys.stdout)


def diagnose(text: str, form: str, color: str) -> None:
    """`lossl explain --symptom`."""
    from lossl import symptom
    from lossl.report import symptoms

    known = symptom.symptoms(all_rules())
    answer = symptom.diagnose(text, known)
    if form == "json":
        shown = symptoms.as_json(text, answer)
    else:
        shown = symptoms.as_text(text, answer, known, terminal.view(sys.stdout, color=color))
    terminal.write(shown, sys.stdout)


def rules(form: str, color: str) -> None:
    """`lossl rules`."""
    _note_broken()
    found = selectable()
    view = terminal.view(sys.stdout, color=color)
    terminal.write(pages.catalogue_json(found) if form == "json" else pages.catalogue(found, view), sys.stdout)


def table(form: str, color: str) -> None:
    """`lossl rules --table`."""
    from lossl.matrix import matrix
    from lossl.report.matrix import as_json, as_text

    _note_broken()
    cells = matrix(all_rules())
    view = terminal.view(sys.stdout, color=color)
    terminal.write(as_json(cells) if form == "json" else as_text(cells, view), sys.stdout)


def _note_broken() -> None:
    """Say which packages of rules could not be had."""
    for failure in registry().failures:
        terminal.note(failure.what)
