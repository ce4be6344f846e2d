"""The report as SARIF 2.1.0, which code scanning of GitHub and others, and viewers in editors, read."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import Any
from urllib.parse import quote

from lossl import __version__
from lossl.diagnostic import Diagnostic, Edit, Fix, Location, Range, Report, Severity, Step
from lossl.errors import Failure
from lossl.registry import all_rules
from lossl.report import View
from lossl.report.json import dump
from lossl.report.paths import shorten
from lossl.selection import BUILT_IN, Named

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
ROOT = "%SRCROOT%"
Object = dict[str, Any]


def render(report: Report, view: View) -> str:
    """One run: the rules that spoke, what they found with its way to the loss as a code flow, what failed."""
    codes = sorted({found.code for found in report.diagnostics})
    every: tuple[Named, ...] = (*all_rules(), *BUILT_IN)
    known = {rule.code: rule for rule in every}
    driver = {
        "name": "lossl",
        "version": __version__,
        "informationUri": "https://lossl.dev/",
        "rules": [_rule(code, known.get(code)) for code in codes],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {ROOT: {"uri": Path(view.below).as_uri() + "/"}},
        "invocations": [
            {
                "executionSuccessful": not report.failures,
                "toolExecutionNotifications": [_notification(failure, view.below) for failure in report.failures],
            }
        ],
        "results": [_result(found, codes.index(found.code), view.below) for found in report.diagnostics],
    }
    return dump({"$schema": SCHEMA, "version": "2.1.0", "runs": [run]})


def _rule(code: str, rule: Named | None) -> Object:
    if rule is None:
        return {"id": code}
    page = rule.page.strip()
    found: Object = {
        "id": code,
        "name": rule.name,
        "shortDescription": {"text": page.splitlines()[0]},
        "help": {"text": page, "markdown": page},
        "defaultConfiguration": {"level": LEVELS[rule.severity]},
    }
    return {**found, "helpUri": rule.url} if rule.url else found


def _result(found: Diagnostic, index: int, below: str) -> Object:
    result: Object = {
        "ruleId": found.code,
        "ruleIndex": index,
        "level": LEVELS[found.severity],
        "message": {"text": found.message + (f". {found.consequence}" if found.consequence else "")},
        "locations": [_location(found.location, below)],
        "partialFingerprints": {"lossl/v1": _fingerprint(found, below)},
    }
    if found.trail:
        result["codeFlows"] = [{"threadFlows": [{"locations": [_station(step, below) for step in found.trail]}]}]
    fixes = [_fix(fix, below) for fix in found.fixes if all(edit.location.cell is None for edit in fix.edits)]
    return {**result, "fixes": fixes} if fixes else result


def _fingerprint(found: Diagnostic, below: str) -> str:
    """What stays the same when lines move: code, file and message."""
    text = "\0".join((found.code, shorten(found.location.path, below), found.message))
    return hashlib.sha256(text.encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _location(location: Location, below: str, message: str = "") -> Object:
    """A place in a file; of a notebook's cell, in which lines count anew, the cell by name."""
    physical: Object = {"artifactLocation": _artifact(location.path, below)}
    found: Object = {"physicalLocation": physical}
    if location.cell is None:
        physical["region"] = _region(location.range)
    else:
        start = location.range.start
        name = f"cell {location.cell + 1}, line {start.line}, column {start.column}"
        found["logicalLocations"] = [{"name": name, "kind": "module"}]
    return {**found, "message": {"text": message}} if message else found


def _station(step: Step, below: str) -> Object:
    return {"location": _location(step.location, below, step.message)}


def _artifact(path: str, below: str) -> Object:
    short = shorten(path, below)
    if os.path.isabs(short):
        return {"uri": Path(path).as_uri()}
    return {"uri": quote(short), "uriBaseId": ROOT}


def _region(span: Range) -> Object:
    return {
        "startLine": span.start.line,
        "startColumn": span.start.column,
        "endLine": span.end.line,
        "endColumn": span.end.column,
    }


def _fix(fix: Fix, below: str) -> Object:
    by_file: dict[str, list[Edit]] = {}
    for edit in fix.edits:
        by_file.setdefault(edit.location.path, []).append(edit)
    changes = [
        {
            "artifactLocation": _artifact(path, below),
            "replacements": [
                {"deletedRegion": _region(edit.location.range), "insertedContent": {"text": edit.text}}
                for edit in sorted(edits, key=lambda edit: edit.location)
            ],
        }
        for path, edits in sorted(by_file.items())
    ]
    title = fix.title if fix.safe else f"{fix.title} (unsafe: {fix.reason})"
    return {"description": {"text": title}, "artifactChanges": changes}


def _notification(failure: Failure, below: str) -> Object:
    found: Object = {"level": "error", "message": {"text": failure.what}}
    if failure.path:
        found["locations"] = [{"physicalLocation": {"artifactLocation": _artifact(failure.path, below)}}]
    return found
