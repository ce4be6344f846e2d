"""The report as workflow commands of GitHub Actions, which show each finding beside the code of a pull request."""

from __future__ import annotations

from lossl.diagnostic import Diagnostic, Report, Severity
from lossl.report import View
from lossl.report.paths import place, printable, shorten

LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: Report, view: View) -> str:
    """A command for each finding, on a line of its own, then one for each failure."""
    lines = [_command(found, view.below) for found in report.diagnostics]
    for failure in report.failures:
        where = f",file={_property(shorten(failure.path, view.below))}" if failure.path else ""
        lines.append(f"::error title=lossl{where}::{_data(failure.what)}")
    return "".join(f"{line}\n" for line in lines)


def _command(found: Diagnostic, below: str) -> str:
    location = found.location
    properties = [f"title=lossl ({found.code})", f"file={_property(shorten(location.path, below))}"]
    if location.cell is None:  # lines of a cell are not those of the notebook's file
        start, end = location.range.start, location.range.end
        properties += [f"line={start.line}", f"endLine={end.line}"]
        if start.line == end.line:  # GitHub takes columns within one line only
            properties += [f"col={start.column}", f"endColumn={end.column}"]
    text = f"{place(location, below)}: {found.rule}: {printable(found.message)}"
    text += f"\n{printable(found.consequence)}" if found.consequence else ""
    return f"::{LEVELS[found.severity]} {','.join(properties)}::{_data(text)}"


def _data(text: str) -> str:
    """Text as the value of a command, which ends with its line."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
