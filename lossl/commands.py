"""What the commands do: options to a configuration, a report to text and an exit status.

The checker and its repairs are imported only by the commands that need them.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, NamedTuple

from lossl import baseline
from lossl.config import Config, load
from lossl.diagnostic import Fix, Location, Report, Verdict
from lossl.errors import Failure, LosslError, UsageError
from lossl.report import View, render, terminal
from lossl.report.paths import shorten
from lossl.report.summary import count
from lossl.selection import Choice, choose, selectable
from lossl.source.file import SourceFile

if TYPE_CHECKING:
    from lossl.fix import Repair

NOTHING, FOUND, FAILED = 0, 1, 2
STDIN = "<stdin>"


@dataclass(frozen=True)
class Options:
    """What the command line says; names and meanings are those of its options."""

    fix: bool = False
    add_ignore: bool = False
    show_settings: bool = False
    unsafe_fixes: bool | None = None
    diff: bool = False
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    output_format: str | None = None
    statistics: bool = False
    output_file: str | None = None
    color: str = "auto"
    quiet: bool = False
    verbose: bool = False
    baseline: str | None = None
    write_baseline: str | None = None
    exit_zero: bool = False
    exit_non_zero_on_fix: bool = False
    config: str | None = None
    isolated: bool = False
    force_exclude: bool = False
    jobs: int | None = None
    no_cache: bool = False
    stdin_filename: str | None = None


def check(paths: tuple[str, ...], options: Options) -> int:
    """`lossl check`; gives the exit status. Raises LosslError."""
    from lossl import check as checking
    from lossl.ignoring import with_ignores

    config = _selected(_configured(options), options)
    if options.show_settings:
        from lossl.report import settings

        terminal.write(settings.render(config, choose(selectable(), Choice.of(config))), sys.stdout)
        return NOTHING
    given, overlay = _sources(paths, options.stdin_filename)
    known = baseline.read(options.baseline) if options.baseline else None

    def run(changed: Mapping[str, bytes]) -> Report:
        report = checking.check(given, config, {**overlay, **changed}, jobs=_jobs(options), cached=not options.no_cache)
        if known is not None and options.baseline:
            report = baseline.new_ones(report, known, options.baseline)
        report = _repairable_in(report, overlay) if overlay else report
        return with_ignores(report) if options.add_ignore else report

    if options.write_baseline:
        return _write_baseline(run({}), options.write_baseline, options)
    if options.fix or options.diff or options.add_ignore:
        return _repair(run, overlay, config, options)
    report = run({})
    _show(report, _form(config, options), options, unsafe=config.unsafe_fixes)
    return _status(report, options)


def check_again(paths: tuple[str, ...], options: Options) -> int:
    """`lossl check --watch`; ends when the user interrupts it. Raises LosslError for what it cannot begin with."""
    from lossl.watch import watch

    root = _configured(options).root

    def again() -> None:
        terminal.clear(sys.stdout)
        try:
            check(paths, options)
        except LosslError as error:  # a configuration is wrong while it is written
            terminal.note(f"lossl: {error}")
        terminal.note("Watching for changes; Ctrl-C ends it")

    watch((root, *paths), again)
    return NOTHING


def _write_baseline(report: Report, path: str, options: Options) -> int:
    written = baseline.write(path, report)
    terminal.note(f"wrote {count(written, 'finding')} to {path}")
    _failures(report.failures, options)
    return FAILED if report.failures else NOTHING


def _jobs(options: Options) -> int:
    return options.jobs or os.cpu_count() or 1


def trace(places: tuple[str, ...], only: tuple[str, ...], options: Options) -> int:
    """`lossl trace`; gives the exit status. Raises LosslError."""
    from lossl import check as checking

    wanted = {place: _place(place) for place in places}
    config = _configured(options)
    report = checking.check(
        [asked.path for asked in wanted.values()],
        config,
        jobs=_jobs(options),
        cached=not options.no_cache,
        tracing=any(asked.line for asked in wanted.values()),
    )
    for place, asked in wanted.items():
        if asked.line and not any(_asked(verdict, asked) for verdict in report.verdicts):
            terminal.note(f"{place}: no loss call is known here")

    def shows(verdict: Verdict) -> bool:
        named = any(_asked(verdict, asked) for asked in wanted.values())
        return named and (not only or verdict.outcome.value in only)

    _show(report, "trace" if options.output_format == "text" else "trace-json", options, shows=shows)
    return FAILED if report.failures else NOTHING


def clean(options: Options) -> None:
    """`lossl clean`. Raises LosslError for a wrong configuration."""
    from lossl import cache

    folder = cache.folder_of(_configured(options))
    terminal.note(f"removed {folder}" if cache.clean(folder) else f"there is no cache at {folder}")


def _configured(options: Options) -> Config:
    config = load(file=options.config, isolated=options.isolated)
    if options.verbose:
        terminal.note(f"configuration: {config.file or 'none'}")
    return replace(
        config,
        force_exclude=config.force_exclude or options.force_exclude,
        unsafe_fixes=config.unsafe_fixes if options.unsafe_fixes is None else options.unsafe_fixes,
    )


def _selected(config: Config, options: Options) -> Config:
    """The configuration with the rules of the command line, which is one more layer over the file."""
    layer = Choice(options.select or None, options.extend_select, options.ignore)
    if layer == Choice():
        return config
    names = choose(selectable(), Choice.of(config), layer)
    return replace(config, select=tuple(sorted(names)), extend_select=(), ignore=())


def _sources(paths: tuple[str, ...], name: str | None) -> tuple[tuple[str, ...], dict[str, bytes]]:
    """The paths to check, and what standard input holds, by absolute path."""
    if paths == ("-",):
        path = os.path.abspath(name or STDIN)
        return (path,), {path: sys.stdin.buffer.read()}
    if "-" in paths:
        raise UsageError("`-` cannot be checked together with other paths")
    if name is not None:
        raise UsageError("--stdin-filename needs `-`, which reads standard input")
    return paths, {}


def _repairable_in(report: Report, overlay: Mapping[str, bytes]) -> Report:
    """The report without the fixes that change other files than those of `overlay`."""

    def stays(fix: Fix) -> bool:
        return all(edit.location.path in overlay for edit in fix.edits)

    kept = (replace(found, fixes=tuple(filter(stays, found.fixes))) for found in report.diagnostics)
    return replace(report, diagnostics=tuple(kept))


def _repair(
    run: Callable[[Mapping[str, bytes]], Report], overlay: Mapping[str, bytes], config: Config, options: Options
) -> int:
    """Repair what can be repaired, or show it; then report what is left."""
    from lossl.fix import fix_until_stable
    from lossl.source.notebook import read as read_source
    from lossl.source.notebook import source_file

    def read(path: str) -> SourceFile:
        return source_file(path, overlay[path]) if path in overlay else read_source(path)

    found = run({})
    dry = options.diff or bool(overlay)
    repair = fix_until_stable(run, unsafe=config.unsafe_fixes, dry=dry, read=read)
    left = replace(repair.report, failures=repair.report.failures + repair.failures)
    fixed = len(found.diagnostics) - len(left.diagnostics)
    changed = f"{count(fixed, 'finding')} in {count(len(repair.after), 'file')}"
    done = ("ignore", "Ignored") if options.add_ignore else ("fix", "Fixed")
    if options.diff:
        view = terminal.view(sys.stdout, color=options.color)
        terminal.write(_difference(repair, view), sys.stdout)
        _failures(left.failures, options)
        terminal.write(f"Would {done[0]} {changed}, and leave {len(left.diagnostics)}\n", sys.stderr)
        return _status(replace(found, failures=left.failures), options)
    for path, data in overlay.items():
        terminal.write_bytes(repair.after[path].data if path in repair.after else data)
    _show(left, _form(config, options), options, unsafe=config.unsafe_fixes, aside=bool(overlay))
    if fixed:
        terminal.write(f"{done[1]} {changed}\n", sys.stderr)
    return FOUND if fixed and options.exit_non_zero_on_fix else _status(left, options)


def _difference(repair: Repair, view: View) -> str:
    from lossl.fix import difference

    before, after = repair.before, repair.after
    return "".join(difference(before[path], after[path], shorten(path, view.below)) for path in sorted(after))


def _form(config: Config, options: Options) -> str:
    return "statistics" if options.statistics else options.output_format or config.output_format


def _show(report: Report, form: str, options: Options, *, aside: bool = False, **how: Any) -> None:
    """Write the report where it belongs: to a file, to standard error if `aside`, or to standard output."""
    stream = None if options.output_file else sys.stderr if aside else sys.stdout
    view = terminal.view(stream, color=options.color, quiet=options.quiet, **how)
    text = render(report, form, view)
    if stream is not None:
        terminal.write(text, stream)
    elif options.output_file is not None:
        _save(text, options.output_file)
    if not report.files:
        terminal.note("no Python files were found")
    elif options.verbose:
        terminal.note(f"checked {count(report.files, 'file')}")
    _failures(report.failures, options)


def _save(text: str, path: str) -> None:
    try:
        with open(path, "w", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(text)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}") from None


def _failures(failures: Sequence[Failure], options: Options) -> None:
    for failure in failures:
        where = f"{shorten(failure.path, os.getcwd())}: " if failure.path else ""
        terminal.note(f"{where}{failure.what}")
        if options.verbose and failure.detail:
            terminal.write(failure.detail.rstrip() + "\n", sys.stderr)


def _status(report: Report, options: Options) -> int:
    if report.failures:
        return FAILED
    return FOUND if report.diagnostics and not options.exit_zero else NOTHING


class _Place(NamedTuple):
    """A line of a file, or of a notebook's cell if `cell` (from 1) is not 0; all of the path if `line` is 0."""

    path: str
    cell: int
    line: int

    def covers(self, place: Location) -> bool:
        """True if the place begins, ends or goes on in this line."""
        if place.path != os.path.abspath(self.path) or self.cell not in (0, (place.cell or 0) + 1):
            return False
        return place.range.start.line <= self.line <= place.range.end.line


def _place(text: str) -> _Place:
    """`PATH`, `PATH:LINE`, or `PATH:cell NUMBER:LINE` as reports write it."""
    found = re.fullmatch(r"(.+?)(?::cell (\d+))?:(\d+)", text)
    if found is None or os.path.exists(text):
        return _Place(text, 0, 0)
    return _Place(found[1], int(found[2] or 0), int(found[3]))


def _asked(verdict: Verdict, asked: _Place) -> bool:
    """True if the loss call, a call that leads to it, or a station of its trail is on that line; for line 0, if it is
    anywhere below the path.
    """
    path = os.path.abspath(asked.path)
    if not asked.line:
        return verdict.location.path == path or verdict.location.path.startswith(path.rstrip(os.sep) + os.sep)
    return any(map(asked.covers, (verdict.location, *verdict.through, *(step.location for step in verdict.trail))))
