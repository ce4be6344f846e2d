"""The pipeline; start reading here.

Files are read into sources; sources are interpreted into values with the help of stubs; values meet the needs of
losses; where a need is broken a rule words a diagnostic with fixes; a report shows it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from lossl.analysis import RANK, Analysis, Wanted, analyse
from lossl.cache import Cache, about, folder_of
from lossl.config import Config
from lossl.diagnostic import Diagnostic, Location, Range, Report, Severity, Verdict
from lossl.errors import Failure
from lossl.kept import kept
from lossl.parallel import chunks, spread
from lossl.registry import all_rules, registry
from lossl.selection import Selection, selection
from lossl.source.discover import discover
from lossl.source.disk import Evidence, digest_of
from lossl.source.project import Project
from lossl.stubs.load import Library, known_to
from lossl.suppress import suppress


def check(
    paths: Sequence[str],
    config: Config,
    overlay: Mapping[str, bytes] | None = None,
    *,
    jobs: int = 1,
    cached: bool = False,
    tracing: bool = False,
) -> Report:
    """Check files and folders. `overlay` holds unsaved contents by absolute path; `jobs` processes may work.

    Results are kept between runs if `cached`, unless something is unsaved. If `tracing`, the report holds losses of
    other files as well that are reached from these. Raises LosslError for wrong usage.
    """
    selected = selection(config, all_rules())
    files, failures = discover(paths, config, overlay or ())
    library = known_to(config)
    project = Project(
        config.root, config.src, overlay, library.frameworks, library.stubbed, library.mentions, library.companions
    )
    keep = cached and not overlay
    cache = Cache(folder_of(config), about(config, all_rules())) if keep else Cache(None)
    silent = frozenset(rule.name for rule in all_rules() if rule.severity is Severity.INFO) - selected.names
    wanted = Wanted(tracing, silent)
    found = kept(cache, project, (*files, *wanted), partial(_found, cache, project, library, files, jobs, wanted))
    given = set(files)
    passed = {step.location.path for d in found.diagnostics for step in d.trail}
    return _report(
        [d for d in found.diagnostics if d.location.path in given],
        [v for v in found.verdicts if not given.isdisjoint((v.location.path, *(at.path for at in v.through)))],
        {*failures, *registry().failures, *project.failures, *found.failures},
        files=len(files),
        texts=project.texts(filter(project.may_ignore, passed.union(found.evaluated)), as_python=True),
        project=project,
        selected=selected,
        partial=any(os.path.isfile(path) for path in paths),
    )


def _found(
    cache: Cache, project: Project, library: Library, files: Sequence[str], jobs: int, wanted: Wanted
) -> tuple[Analysis, list[Evidence]]:
    """What interpreting and judging these files gives, and what it depends on."""
    groups = chunks(project.groups(files), project.size)
    sizes = [sum(map(project.size, group)) for group in groups]
    work = partial(_part, cache, project, library, digest_of(files), wanted)
    parts = spread(work, groups, sizes, jobs, _died)
    project.disk.ask(files)
    whole = Analysis(
        diagnostics=tuple(d for part, _ in parts for d in part.diagnostics),
        verdicts=tuple(v for part, _ in parts for v in part.verdicts),
        failures=tuple(failure for part, _ in parts for failure in part.failures),
        evaluated=tuple(path for group in groups for path in group),
    )
    return whole, [evidence for _, evidence in parts]


def _part(
    cache: Cache, project: Project, library: Library, given: str, wanted: Wanted, paths: Sequence[str]
) -> tuple[Analysis, Evidence]:
    """One part of the work; it is kept for itself, so that a change elsewhere does not touch it."""
    project.disk.begin()
    asked = (given, *paths, *wanted)
    found = kept(cache, project, asked, lambda: (analyse(project, library, paths, wanted), []))
    project.forget(paths)  # they are in no other part, and import nothing and nobody there
    return found, project.disk.evidence()


def _died(paths: Sequence[str], failure: Failure) -> tuple[Analysis, Evidence]:
    return Analysis(failures=tuple(Failure(path, failure.what) for path in paths)), {"files": {}, "folders": {}}


def _report(
    diagnostics: Sequence[Diagnostic],
    verdicts: Sequence[Verdict],
    failures: set[Failure],
    *,
    files: int,
    texts: Mapping[tuple[str, int | None], str],
    project: Project,
    selected: Selection,
    partial: bool,
) -> Report:
    """Ignore comments and selection applied, everything in a stable order. `partial`: single files were given."""
    worst = _worst(verdicts)
    suppressed = suppress(dict.fromkeys(diagnostics), texts)
    judged = [verdict.location for verdict in worst]
    unused = [d for d in suppressed.unused if not partial or any(_overlap(d.location, at) for at in judged)]
    shown = [d for d in (*suppressed.kept, *unused) if selected.includes(d)]
    shown.sort(key=lambda diagnostic: diagnostic.sort_key)
    places = {(at.path, at.cell) for d in shown for at in (d.location, *(step.location for step in d.trail))}
    quoted = {key: text for key, text in project.texts({path for path, _ in places}).items() if key in places}
    return Report(
        diagnostics=tuple(shown),
        verdicts=worst,
        failures=tuple(sorted(failures, key=lambda failure: (failure.path, failure.what))),
        files=files,
        ignored=sum(map(selected.includes, suppressed.ignored)),
        sources={path: text for (path, cell), text in quoted.items() if cell is None},
        cells={(path, cell): text for (path, cell), text in quoted.items() if cell is not None},
    )


def _worst(verdicts: Iterable[Verdict]) -> tuple[Verdict, ...]:
    """One verdict for each place, the worst, in the order of places: two groups may reach the same loss call."""
    found: dict[tuple[str, int, Range], Verdict] = {}
    for verdict in verdicts:
        at = verdict.location
        key = (at.path, -1 if at.cell is None else at.cell, at.range)
        if key not in found or RANK[verdict.outcome] > RANK[found[key].outcome]:
            found[key] = verdict
    return tuple(found[key] for key in sorted(found))


def _overlap(comment: Location, call: Location) -> bool:
    """True if an ignore comment stands in the lines of a loss call.

    If single files are checked, only such a comment is certainly unused: another may speak for a loss elsewhere.
    """
    lines = range(call.range.start.line - 1, call.range.end.line + 1)
    return (comment.path, comment.cell) == (call.path, call.cell) and comment.range.start.line in lines
