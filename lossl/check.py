"""The pipeline; start reading here.

Files are read into sources; sources are interpreted into values with the help of stubs; values meet the needs of
losses; where a need is broken a rule words a diagnostic with fixes; a report shows it.
"""

from __future__ import annotations

import os
import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from lossl.config import Config
from lossl.diagnostic import Diagnostic, Location, Outcome, Report, Severity, Step, Verdict
from lossl.errors import Failure
from lossl.interpret.program import interpret
from lossl.interpret.verdicts import Judgement, judge
from lossl.meaning.losscall import Breach, LossCall
from lossl.meaning.trail import Place
from lossl.meaning.trail import Step as Station
from lossl.meaning.value import Certainty
from lossl.rule import URL, Rule, all_rules, rule_for
from lossl.selection import UNREADABLE_FILE, Selection, selection
from lossl.source.discover import discover
from lossl.source.file import SourceFile, UnreadableFile
from lossl.source.limits import with_deep_stack
from lossl.source.project import Project
from lossl.stubs.load import built_in
from lossl.suppress import suppress


def check(paths: Sequence[str], config: Config, overlay: Mapping[str, bytes] | None = None) -> Report:
    """Check files and folders. `overlay` holds unsaved contents by absolute path. Raises LosslError for wrong usage."""
    selected = selection(config, all_rules())
    files, failures = discover(paths, config, overlay or ())
    project = Project(config.root, config.src, overlay, built_in().frameworks)
    sources = project.relevant(files)
    found = with_deep_stack(analyse, sources, project) if sources else Analysis()
    unreadable = [_unreadable(project.unreadable[path]) for path in files if path in project.unreadable]
    return _report(
        (*found.diagnostics, *unreadable),
        found.verdicts,
        (*failures, *project.failures, *found.failures),
        files=files,
        partial=any(os.path.isfile(path) for path in paths),
        sources=sources,
        project=project,
        selected=selected,
    )


@dataclass(frozen=True)
class Analysis:
    """What interpreting and judging gave, before ignore comments and selection."""

    diagnostics: tuple[Diagnostic, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    failures: tuple[Failure, ...] = ()


def analyse(sources: Sequence[SourceFile], project: Project) -> Analysis:
    """Interpret the sources, judge every loss call in them, let the rules word what is wrong."""
    machine = interpret(sources, built_in(), project)
    judgements = judge(machine.recorder, machine.encloses)
    given = {source.path for source in sources}
    diagnostics: dict[tuple[object, ...], Diagnostic] = {}
    failures = list(machine.failures)
    verdicts: dict[Place, Verdict] = {}
    for judgement in judgements:
        if judgement.call.place.file.path not in given:
            continue
        worded = [_worded(breach, failures) for breach in judgement.breaches]
        for diagnostic in worded:
            if diagnostic is not None:
                key = (diagnostic.location, diagnostic.rule, diagnostic.trail[:1])
                diagnostics.setdefault(key, diagnostic)
        verdict = _verdict(judgement, reported=any(worded))
        place = judgement.call.place
        if place not in verdicts or _RANK[verdict.outcome] > _RANK[verdicts[place].outcome]:
            verdicts[place] = verdict
    return Analysis(tuple(diagnostics.values()), tuple(verdicts.values()), tuple(failures))


_RANK = {Outcome.RIGHT: 0, Outcome.UNKNOWN: 1, Outcome.WRONG: 2}


def _worded(breach: Breach, failures: list[Failure]) -> Diagnostic | None:
    """What the one rule for this contradiction says; None if there is no such rule yet."""
    rule = rule_for(breach.need.kind, breach.found.meaning)
    if rule is None:
        return None
    try:
        finding = rule.check(breach)
    except Exception as error:
        # A rule may come from another package; its fault must not silence the others. It is shown as a failure.
        path = breach.call.place.file.path
        failures.append(Failure(path, f"the rule {rule.name} failed: {error}", traceback.format_exc()))
        return None
    return Diagnostic(
        rule=rule.name,
        code=rule.code,
        severity=_severity(rule, breach),
        message=finding.message + _when(breach),
        location=_location(breach.call.argument.place),
        trail=_trail(breach.steps),
        consequence=finding.consequence,
        fixes=finding.fixes,
        url=rule.url,
    )


def _severity(rule: Rule, breach: Breach) -> Severity:
    """What holds only under a condition is at most a warning."""
    certain = breach.certainty is Certainty.YES or rule.severity is Severity.INFO
    return rule.severity if certain else Severity.WARNING


def _when(breach: Breach) -> str:
    return f" when `{breach.condition!r}`" if breach.certainty is Certainty.MAYBE else ""


def _location(place: Place) -> Location:
    location: Location = place.file.location(place.node)
    return location


def _trail(steps: Iterable[Station]) -> tuple[Step, ...]:
    return tuple(Step(_location(step.place), step.text) for step in steps)


def _verdict(judgement: Judgement, *, reported: bool) -> Verdict:
    call = judgement.call
    outcome, reason = Outcome.UNKNOWN, judgement.reason
    if reported:
        outcome = Outcome.WRONG
    elif judgement.right:
        outcome, reason = Outcome.RIGHT, ""
    elif judgement.breaches:
        reason = f"it is {judgement.breaches[0].found.meaning.spoken}, and no rule speaks of that yet"
    return Verdict(
        location=_location(call.place),
        callee=call.callee,
        loss=call.loss,
        needs=call.need.kind.value,
        found=repr(call.argument.value),
        outcome=outcome,
        reason=reason,
        trail=_trail(_steps(call)),
    )


def _steps(call: LossCall) -> tuple[Station, ...]:
    trails = [binding.trail for binding in call.argument.value if binding.trail is not None]
    return trails[0].steps() if trails else ()


def _unreadable(error: UnreadableFile) -> Diagnostic:
    rule = UNREADABLE_FILE
    return Diagnostic(rule.name, rule.code, rule.severity, str(error), error.location, url=f"{URL}{rule.name}/")


def _report(
    diagnostics: Iterable[Diagnostic],
    verdicts: Iterable[Verdict],
    failures: Iterable[Failure],
    *,
    files: Sequence[str],
    partial: bool,
    sources: Sequence[SourceFile],
    project: Project,
    selected: Selection,
) -> Report:
    """Ignore comments and selection applied, everything in a stable order. `partial`: single files were given."""
    suppressed = suppress(diagnostics, {source.path: source.text for source in sources})
    judged = [verdict.location for verdict in verdicts]
    unused = [d for d in suppressed.unused if not partial or any(_overlap(d.location, at) for at in judged)]
    shown = [d for d in (*suppressed.kept, *unused) if selected.includes(d)]
    shown.sort(key=lambda diagnostic: diagnostic.sort_key)
    return Report(
        diagnostics=tuple(shown),
        verdicts=tuple(sorted(verdicts, key=lambda verdict: (verdict.location.path, verdict.location.range))),
        failures=tuple(sorted(failures, key=lambda failure: (failure.path, failure.what))),
        files=len(files),
        ignored=sum(map(selected.includes, suppressed.ignored)),
        sources=project.texts({at.path for d in shown for at in (d.location, *(step.location for step in d.trail))}),
    )


def _overlap(comment: Location, call: Location) -> bool:
    """True if an ignore comment stands in the lines of a loss call.

    If single files are checked, only such a comment is certainly unused: another may speak for a loss elsewhere.
    """
    lines = range(call.range.start.line - 1, call.range.end.line + 1)
    return comment.path == call.path and comment.range.start.line in lines
