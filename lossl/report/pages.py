"""The pages of rules, one or as a list, for `lossl explain` and `lossl rules`: text and JSON."""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

from lossl.report import View
from lossl.report.json import dump
from lossl.selection import Named


def explain(rule: Named, view: View) -> str:
    """The page under its title; laid out if in colour, else as the Markdown it is."""
    title = f"# {rule.name} ({rule.code})"
    facts = f"Reported as {rule.severity.value}, since version {rule.since}{_origin(rule)}."
    where = f" This page on the web: {rule.url}" if rule.url else ""
    page = f"{title}\n\n{rule.page.strip()}\n\n{facts}{where}\n"
    return _laid_out(page, min(view.width, 100)) if view.color else page


def explain_json(rule: Named) -> str:
    """One object with the facts and the page."""
    return dump({**_facts(rule), "page": rule.page.strip(), "url": rule.url or None})


def catalogue(rules: Iterable[Named], view: View) -> str:
    """A line for each rule: code, severity, name, summary; cut at the width."""
    found = list(rules)
    wide = max(len(rule.name) for rule in found)
    lines = [f"{rule.code}  {rule.severity.value:<7}  {rule.name:<{wide}}  {_summary(rule)}" for rule in found]
    return "".join(f"{line if len(line) <= view.width else line[: view.width - 1] + '…'}\n" for line in lines)


def catalogue_json(rules: Iterable[Named]) -> str:
    """A list with an object for each rule."""
    return dump([_facts(rule) for rule in rules])


def _facts(rule: Named) -> dict[str, Any]:
    facts = {"name": rule.name, "code": rule.code, "severity": rule.severity.value, "since": rule.since}
    return {**facts, "summary": _summary(rule)}


def _origin(rule: Named) -> str:
    package = getattr(rule, "package", "")
    return f" of {package}" if package else ""


def _summary(rule: Named) -> str:
    return rule.page.strip().splitlines()[0]


def _laid_out(page: str, width: int) -> str:
    from rich.console import Console
    from rich.markdown import Markdown

    stream = io.StringIO()
    console = Console(
        file=stream, width=width, force_terminal=True, color_system="standard", legacy_windows=False, _environ={}
    )
    console.print(Markdown(page, hyperlinks=False))
    return "".join(f"{line.rstrip()}\n" for line in stream.getvalue().splitlines())
