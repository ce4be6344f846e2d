"""The command line: words and options. What the commands do is in `lossl.commands`, which is imported only to do it.

Exit status: 0 nothing found (or all repaired), 1 findings, 2 wrong usage, wrong configuration or a failure of lossl.
"""

from __future__ import annotations

import gc
import importlib
import os
import sys
from collections.abc import Callable, Sequence
from typing import Any, NoReturn, TypeVar

import click

from lossl import __version__
from lossl.config import OUTPUT_FORMATS
from lossl.errors import LosslError, UsageError

FAILED, INTERRUPTED = 2, 130
ALLOCATED = 100_000
"""New objects between two looks for garbage: trees and values are many and hold no cycles, so there is hardly any."""

F = TypeVar("F", bound=Callable[..., Any])


def main(args: Sequence[str] | None = None) -> NoReturn:
    """Run `lossl` with these arguments (those of the process if None) and exit."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    gc.set_threshold(ALLOCATED)
    try:
        status = app.main(args, prog_name="lossl", standalone_mode=False)
    except click.ClickException as error:
        error.show()
        status = FAILED
    except LosslError as error:
        click.echo(f"lossl: {error}", err=True)
        status = FAILED
    except click.Abort:
        status = INTERRUPTED
    except Exception:
        # Python itself would exit with 1, which says that the checked code is wrong.
        sys.excepthook(*sys.exc_info())
        click.echo("lossl: this is a bug in lossl; please report it with the lines above", err=True)
        status = FAILED
    sys.exit(status)


class _Group(click.Group):
    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        name = args[0]
        if self.get_command(ctx, name) is None and (name == "-" or os.path.exists(name)):
            raise UsageError(f"there is no command `{name}`; did you mean `lossl check {name}`?")
        return super().resolve_command(ctx, args)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(self.commands)


def _split(_ctx: click.Context, _param: click.Parameter, value: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(item.strip() for each in value for item in each.split(",") if item.strip())


def _rules(name: str, text: str) -> Callable[[F], F]:
    return click.option(name, multiple=True, metavar="RULES", callback=_split, help=text)


def _together(*options: Callable[[F], F]) -> Callable[[F], F]:
    def decorate(command: F) -> F:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


_COLOR = click.option(
    "--color", type=click.Choice(["auto", "always", "never"]), default="auto", help="Use colour or not."
)
_FORM = click.option("--output-format", type=click.Choice(["text", "json"]), default="text", help="How to show it.")
_SHOWING = _together(
    click.option("-o", "--output-file", metavar="FILE", help="Write the report to this file."),
    _COLOR,
    click.option("-q", "--quiet", is_flag=True, help="Leave the summary out."),
    click.option("-v", "--verbose", is_flag=True, help="Say more on standard error."),
)
_ONCE = ("fix", "diff", "add_ignore", "write_baseline", "output_file", "show_settings")
"""What is done once, not again and again."""
_CONFIGURING = _together(
    click.option("--config", metavar="FILE", help="Read this configuration file, not the closest one."),
    click.option("--isolated", is_flag=True, help="Read no configuration file."),
    click.option("--force-exclude", is_flag=True, help="Leave out what is excluded even if it is given."),
    click.option("-j", "--jobs", type=click.IntRange(1), metavar="N", help="Processes.  [default: one for each core]"),
    click.option("--no-cache", is_flag=True, help="Neither use nor keep results of earlier runs."),
)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="lossl", message="%(prog)s %(version)s")
def app() -> None:
    """Find training code whose model output is not what its loss expects.

    Start with `lossl check`; `lossl explain NAME` says what a finding means.
    """


@app.command()
@click.argument("paths", nargs=-1)
@click.option("--fix", is_flag=True, help="Repair what can be repaired safely.")
@click.option("--unsafe-fixes/--no-unsafe-fixes", default=None, help="Let --fix and --diff use unsafe fixes as well.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
@click.option("--add-ignore", is_flag=True, help="Write an ignore comment for each finding.")
@click.option("--watch", is_flag=True, help="Check again whenever a file changes.")
@click.option("--show-settings", is_flag=True, help="Show the settings in force, and check nothing.")
@_rules("--select", "Report these only: names, codes, prefixes of codes, or ALL.")
@_rules("--extend-select", "Report these as well.")
@_rules("--ignore", "Do not report these.")
@click.option("--output-format", type=click.Choice(OUTPUT_FORMATS), help="How to show findings.  [default: full]")
@click.option("--statistics", is_flag=True, help="Show how often each rule spoke instead of the findings.")
@_SHOWING
@click.option("--baseline", metavar="FILE", help="Do not report what this file holds.")
@click.option("--write-baseline", metavar="FILE", help="Write what is found to this file, and report nothing.")
@click.option("-e", "--exit-zero", is_flag=True, help="Exit with 0 even if something was found.")
@click.option("--exit-non-zero-on-fix", is_flag=True, help="Exit with 1 if something was repaired.")
@_CONFIGURING
@click.option("--stdin-filename", metavar="FILE", help="What the source that `-` reads is called.")
def check(paths: tuple[str, ...], watch: bool, **options: Any) -> int:
    """Check files and folders.

    Without any, the current folder; `-` reads standard input.

    Exits with 0 if nothing was found or all of it was repaired, with 1 if something was found, and with 2 if the
    arguments, the configuration or lossl itself are at fault.
    """
    from lossl import commands

    if options["add_ignore"] and options["fix"]:
        raise UsageError("--fix and --add-ignore exclude each other: fix first, then ignore what is left")
    if watch:
        if any(options[name] for name in _ONCE) or "-" in paths:
            raise UsageError("--watch only reports: it goes with nothing that writes, and not with standard input")
        return commands.check_again(paths or (".",), commands.Options(**options))
    return commands.check(paths or (".",), commands.Options(**options))


@app.command()
@click.argument("places", metavar="[PATH[:LINE]]...", nargs=-1)
@click.option("--only", type=click.Choice(["right", "wrong", "unknown"]), multiple=True, help="Show these only.")
@_FORM
@_SHOWING
@_CONFIGURING
def trace(places: tuple[str, ...], only: tuple[str, ...], **options: Any) -> int:
    """Show what is known of every loss call, and why.

    With a line, only the loss calls on that line, those that a call on that line leads to, also in other files, and
    those that are reached by a value from that line.
    """
    from lossl import commands

    return commands.trace(places or (".",), only, commands.Options(**options))


@app.command()
@click.argument("name", metavar="[NAME|CODE]", required=False)
@click.option("--symptom", metavar="TEXT", help="Show the rules that explain what you see: `stuck at 0.693`.")
@_FORM
@_COLOR
def explain(name: str | None, symptom: str | None, output_format: str, color: str) -> None:
    """Show the page of a rule, or the rules that explain a symptom.

    A page says what the rule finds, why that is bad, and what to use instead. A symptom is whatever you see: a figure
    at which the loss settles, `loss is negative`, `predicts only one class`, the text of a warning.
    """
    from lossl import manual

    if (name is None) == (symptom is None):
        raise UsageError("say either a rule or, with --symptom, what you see; `lossl rules` lists the rules")
    if symptom is not None:
        manual.diagnose(symptom, output_format, color)
    elif name is not None:
        manual.explain(name, output_format, color)


@app.command()
@click.option("--table", is_flag=True, help="Show which rule speaks of what: needs against what is found.")
@_FORM
@_COLOR
def rules(table: bool, output_format: str, color: str) -> None:
    """List all rules."""
    from lossl import manual

    if table:
        manual.table(output_format, color)
    else:
        manual.rules(output_format, color)


@app.command()
@click.option("--config", metavar="FILE", help="Read this configuration file, not the closest one.")
@click.option("--isolated", is_flag=True, help="Read no configuration file.")
def clean(config: str | None, isolated: bool) -> None:
    """Remove the results of earlier runs.

    They lie in the folder `.lossl_cache`, unless `cache-dir` or `LOSSL_CACHE_DIR` name another.
    """
    from lossl import commands

    commands.clean(commands.Options(config=config, isolated=isolated))


@app.command()
def server() -> None:
    """Run the language server for editors."""
    try:
        language_server: Any = importlib.import_module("lossl.server")
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise UsageError('the language server needs pygls: pip install "lossl[server]"') from None
    language_server.main()
