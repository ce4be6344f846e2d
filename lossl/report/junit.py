"""The report as JUnit XML, which most systems that run tests can show: a suite for each file, a failed case for each
finding."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

from lossl.diagnostic import Diagnostic, Report
from lossl.report import View
from lossl.report.paths import place, printable, shorten

_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What XML cannot carry."""


def render(report: Report, view: View) -> str:
    """Files without findings are not listed; if there are none at all, one case has passed."""
    root = ET.Element("testsuites", name="lossl")
    for path in dict.fromkeys(found.location.path for found in report.diagnostics):
        here = [found for found in report.diagnostics if found.location.path == path]
        suite = _suite(root, shorten(path, view.below), len(here), failures=len(here))
        for found in here:
            _failed(suite, found, view.below)
    for failure in report.failures:
        suite = _suite(root, shorten(failure.path, view.below) or "lossl", 1, errors=1)
        case = ET.SubElement(suite, "testcase", name="lossl", classname=suite.get("name", ""))
        ET.SubElement(case, "error", message=_clean(failure.what)).text = _clean(failure.detail or failure.what)
    if not len(root):
        ET.SubElement(_suite(root, "lossl", 1), "testcase", name="lossl", classname="lossl")
    ET.indent(root)
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _suite(root: ET.Element, name: str, tests: int, *, failures: int = 0, errors: int = 0) -> ET.Element:
    counts = {"tests": str(tests), "failures": str(failures), "errors": str(errors)}
    return ET.SubElement(root, "testsuite", {"name": _clean(name), "package": "lossl", **counts})


def _failed(suite: ET.Element, found: Diagnostic, below: str) -> None:
    location = found.location
    where = {"file": suite.get("name", ""), "line": str(location.range.start.line)} if location.cell is None else {}
    name = f"{found.code} {found.rule}"
    case = ET.SubElement(suite, "testcase", {"name": name, "classname": suite.get("name", ""), **where})
    failure = ET.SubElement(case, "failure", message=_clean(printable(found.message)), type=found.severity.value)
    lines = [f"{place(location, below)}: {printable(found.message)}", printable(found.consequence)]
    failure.text = _clean("\n".join(line for line in lines if line))


def _clean(text: str) -> str:
    return _FORBIDDEN.sub("?", text)
