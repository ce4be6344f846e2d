"""The report as JSON, for other programs: one object, version 1. Fields may be added, none will change or go."""

from __future__ import annotations

import json
from typing import Any

from lossl.diagnostic import Diagnostic, Fix, Location, Outcome, Position, Report, Step
from lossl.errors import Failure
from lossl.report import View
from lossl.report.paths import shorten

VERSION = 1


def render(report: Report, view: View) -> str:
    """`{"version", "diagnostics", "failures", "summary"}`; lines and columns count from 1, cells from 0."""
    return dump(
        {
            "version": VERSION,
            "diagnostics": [diagnostic(found, view.below) for found in report.diagnostics],
            "failures": [failure(each, view.below) for each in report.failures],
            "summary": totals(report),
        }
    )


def dump(document: Any) -> str:
    """Indented and in ASCII, which every stream can carry."""
    return json.dumps(document, indent=2) + "\n"


def totals(report: Report) -> dict[str, int]:
    """How many files were checked, and how many loss calls there are by outcome."""
    outcomes = {outcome.value: report.count(outcome) for outcome in Outcome}
    return {"files": report.files, "loss_calls": len(report.verdicts), **outcomes}


def failure(failed: Failure, below: str) -> dict[str, str]:
    """What lossl could not do."""
    return {"path": shorten(failed.path, below), "message": failed.what, "detail": failed.detail}


def place(location: Location, below: str) -> dict[str, Any]:
    """`path`, `cell` and `range` of a location."""
    span = {"start": _position(location.range.start), "end": _position(location.range.end)}
    return {"path": shorten(location.path, below), "cell": location.cell, "range": span}


def step(station: Step, below: str) -> dict[str, Any]:
    """One station of a trail."""
    return {**place(station.location, below), "message": station.message}


def diagnostic(found: Diagnostic, below: str) -> dict[str, Any]:
    """One finding."""
    return {
        "rule": found.rule,
        "code": found.code,
        "severity": found.severity.value,
        "message": found.message,
        **place(found.location, below),
        "trail": [step(each, below) for each in found.trail],
        "fixes": [_fix(each, below) for each in found.fixes],
        "url": found.url,
    }


def _fix(fix: Fix, below: str) -> dict[str, Any]:
    edits = [{**place(edit.location, below), "text": edit.text} for edit in fix.edits]
    return {"title": fix.title, "safe": fix.safe, "reason": fix.reason, "edits": edits}


def _position(position: Position) -> dict[str, int]:
    return {"line": position.line, "column": position.column}
