"""The command line: options to a configuration, a report to text and an exit status. Knows nothing of how to check.

Exit status: 0 nothing found (or all repaired), 1 findings, 2 wrong usage, wrong configuration or a failure of lossl.
"""

from __future__ import annotations

import os
import shutil
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from lossl import __version__
from lossl.config import OUTPUT_FORMATS, Config, load
from lossl.errors import LosslError, UsageError

if TYPE_CHECKING:
    from lossl.diagnostic import Report
    from lossl.report import View

FOUND, FAILED, INTERRUPTED = 1, 2, 130
FALLBACK_WIDTH = 120
"""Of output that goes to no terminal, in cells."""

F = TypeVar("F", bound=Callable[..., Any])


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run `lossl` with these arguments (those of the process if None) and exit."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        status = app.main(args, prog_name="lossl", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = FAILED
    except LosslError as error:
        _note(str(error))
        status = FAILED
    except click.Abort:
        status = INTERRUPTED
    except Exception:
        # A traceback of its own would exit with 1, which says that the checked code is wrong.
        traceback.print_exc()
        _note("this is a bug in lossl; please report it with the lines above")
        status = FAILED
    sys.exit(status)


class _Group(click.Group):
    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        name = args[0]
        if self.get_command(ctx, name) is None and (name == "-" or os.path.exists(name)):
            raise UsageError(f"there is no command `{name}`; did you mean `lossl check {name}`?")
        return super().resolve_command(ctx, args)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, "--version", prog_name="lossl", message="%(prog)s %(version)s")
def app() -> None:
    """Find training code whose model output is not what its loss expects.

    Start with `lossl check`; `lossl explain NAME` says what a finding means.
    """


def _split(_ctx: click.Context, _param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(item.strip() for each in value for item in each.split(",") if item.strip())


def _options(*options: Callable[[F], F]) -> Callable[[F], F]:
    def decorate(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


_SELECTING = _options(
    *(
        click.option(name, multiple=True, metavar="RULES", callback=_split, help=text)
        for name, text in (
            ("--select", "Report these rules only: names, codes, prefixes of codes, or ALL."),
            ("--extend-select", "Report these rules as well."),
            ("--ignore", "Do not report these rules."),
        )
    )
)
_CONFIGURING = _options(
    click.option("--config", "config_file", metavar="FILE", help="Read this configuration file, not the closest."),
    click.option("--isolated", is_flag=True, help="Read no configuration file."),
    click.option("--force-exclude", is_flag=True, help="Leave out what is excluded even if it is given."),
    click.option("--no-cache", is_flag=True, help="Do not use the cache; without effect as long as there is none."),
)
_SHOWING = _options(
    click.option("-o", "--output-file", type=click.Path(dir_okay=False), help="Write the report to this file."),
    click.option("--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="When to use colour."),
    click.option("-q", "--quiet", is_flag=True, help="Leave the summary out."),
    click.option("-v", "--verbose", is_flag=True, help="Say more on standard error."),
)


@app.command()
@click.argument("paths", nargs=-1)
@click.option("--fix", is_flag=True, help="Repair what can be repaired safely.")
@click.option("--unsafe-fixes/--no-unsafe-fixes", default=None, help="Let --fix and --diff use unsafe fixes too.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@_SELECTING
@click.option("--output-format", type=click.Choice(OUTPUT_FORMATS), help="How to show findings.  [default: full]")
@click.option("--statistics", is_flag=True, help="Show how often each rule spoke instead of the findings.")
@_SHOWING
@click.option("-e", "--exit-zero", is_flag=True, help="Exit with 0 even if something was found.")
@click.option("--exit-non-zero-on-fix", is_flag=True, help="Exit with 1 if something was repaired.")
@_CONFIGURING
@click.option("--stdin-filename", metavar="FILE", help="The name of what `-` reads.")
def check(paths: tuple[str, ...], **options: Any) -> int:
    """Check files and folders (default: the current folder); `-` reads standard input.

    Exits with 0 if nothing was found or all of it was repaired, with 1 if something was found, and with 2 if the
    arguments, the configuration or lossl itself are at fault.
    """
    from lossl.run import check

    return check(paths or (".",), options)


@app.command()
@click.argument("paths", metavar="[PATH[:LINE]]...", nargs=-1)
@click.option("--only", type=click.Choice(["right", "wrong", "unknown"]), multiple=True, help="Show these only.")
@click.option("--output-format", type=click.Choice(["text", "json"]), default="text", help="How to show them.")
@_SHOWING
@_CONFIGURING
def trace(paths: tuple[str, ...], **options: Any) -> int:
    """Show what is known of every loss call, and why.

    With a line, only the loss calls on that line and those that a value from that line reaches.
    """
    return 0
