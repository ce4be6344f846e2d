"""Findings that were there before: written down once, so that only new ones are reported.

A finding is known again by its file, code and message, not by its line: code may move.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from dataclasses import replace

from lossl.diagnostic import Diagnostic, Report
from lossl.errors import UsageError

VERSION = 1
Known = Counter[tuple[str, str, str]]


def read(path: str) -> Known:
    """How often each finding is known. Raises UsageError if the file cannot be read or is none of ours."""
    try:
        with open(path, encoding="utf-8") as stream:
            document = json.load(stream)
        if document["version"] != VERSION:
            raise UsageError(f"{path}: is a baseline of another version of lossl; write it anew with --write-baseline")
        entries = document["findings"]
        return Counter({(each["path"], each["code"], each["message"]): int(each["count"]) for each in entries})
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror}; --write-baseline writes it") from None
    except (ValueError, TypeError, KeyError):
        raise UsageError(f"{path}: is not a baseline; --write-baseline writes one") from None


def write(path: str, report: Report) -> int:
    """Write down everything that was found; gives how many findings that are. Raises UsageError."""
    found = Counter(_key(diagnostic, path) for diagnostic in report.diagnostics)
    entries = [
        {"path": file, "code": code, "message": message, "count": found[file, code, message]}
        for file, code, message in sorted(found)
    ]
    try:
        with open(path, "w", encoding="utf-8", newline="\n") as stream:
            stream.write(json.dumps({"version": VERSION, "findings": entries}, indent=2) + "\n")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written: {error.strerror}") from None
    return found.total()


def new_ones(report: Report, known: Known, path: str) -> Report:
    """The report without what is in the baseline at `path`; of more of the same, the last ones are new."""
    left, new = known.copy(), []
    for diagnostic in report.diagnostics:
        key = _key(diagnostic, path)
        if left[key]:
            left[key] -= 1
        else:
            new.append(diagnostic)
    return replace(report, diagnostics=tuple(new), known=len(report.diagnostics) - len(new))


def _key(found: Diagnostic, path: str) -> tuple[str, str, str]:
    """File (as seen from the baseline), code and message."""
    folder = os.path.dirname(os.path.abspath(path))
    return os.path.relpath(found.location.path, folder).replace(os.sep, "/"), found.code, found.message
