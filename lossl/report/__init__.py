"""A report to text, in the format the user asked for. Formats know neither rules nor the interpreter."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.text import Text

    from lossl.diagnostic import Report, Verdict


@dataclass(frozen=True)
class View:
    """How a report is shown.

    `below` is the absolute folder that paths are relative to if they lie in it, `width` is in terminal cells. `unsafe`
    tells that `--fix` would apply unsafe fixes as well, `quiet` leaves the summary out, `shows` picks the loss calls of
    a trace.
    """

    below: str
    width: int = 120
    color: bool = False
    unsafe: bool = False
    quiet: bool = False
    shows: Callable[[Verdict], bool] = lambda verdict: True


def render(report: Report, form: str, view: View) -> str:
    """The report in one of `lossl.config.OUTPUT_FORMATS`, or as `statistics` or `trace`; it ends with a newline."""
    # Each format has its own imports, and only one is needed.
    module: Any = importlib.import_module(_MODULES[form])
    rendered: str = module.render(report, view)
    return rendered


def to_string(lines: Sequence[Text], *, color: bool) -> str:
    """Lines with the escape sequences of 16 colours, or without any."""
    if not color:
        return "".join(f"{line.plain.rstrip()}\n" for line in lines)
    import io

    from rich.console import Console

    stream = io.StringIO()
    # The environment is looked at once, where the command line decides on colour.
    console = Console(file=stream, force_terminal=True, color_system="standard", legacy_windows=False, _environ={})
    for line in lines:
        line.rstrip()
        console.print(line, soft_wrap=True, highlight=False)
    return stream.getvalue()


_MODULES = {
    "full": "lossl.report.text",
    "concise": "lossl.report.concise",
    "json": "lossl.report.json",
    "sarif": "lossl.report.sarif",
    "github": "lossl.report.github",
    "gitlab": "lossl.report.gitlab",
    "jsonl": "lossl.report.jsonl",
    "junit": "lossl.report.junit",
    "statistics": "lossl.report.statistics",
    "trace": "lossl.report.trace",
    "trace-json": "lossl.report.tracejson",
}
