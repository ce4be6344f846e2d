"""One group of files that import each other: interpreted, judged, worded. Plain data comes out, whoever asks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from lossl.diagnostic import Diagnostic, Outcome, Severity, Verdict
from lossl.errors import Failure
from lossl.findings import Worded, location, of_breaches, of_call, once, trail
from lossl.interpret.program import go_on, interpret
from lossl.interpret.verdicts import Judgement, judge
from lossl.meaning.losscall import Formula, Unjudged
from lossl.meaning.trail import Place
from lossl.meaning.trail import Step as Station
from lossl.meaning.value import Value
from lossl.selection import UNREADABLE_FILE
from lossl.source.file import UnreadableFile
from lossl.source.limits import with_deep_stack
from lossl.source.project import Project
from lossl.stubs.load import Library


@dataclass(frozen=True)
class Analysis:
    """What interpreting and judging gave, before ignore comments and selection."""

    diagnostics: tuple[Diagnostic, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    failures: tuple[Failure, ...] = ()
    evaluated: tuple[str, ...] = ()
    """The files in which something was looked for."""


@dataclass(frozen=True)
class Wanted:
    """What is wanted of an analysis beside its findings, and what is not."""

    tracing: bool = False
    """Let verdicts say through which calls their losses are reached."""
    silent: frozenset[str] = frozenset()
    """Names of rules whose findings nobody is shown; they are worded only where an ignore comment may speak of them."""

    def __iter__(self) -> Iterator[str]:
        """The same as texts, as part of what is asked of the cache."""
        return iter((*([":tracing"] if self.tracing else ()), *(f":without {name}" for name in sorted(self.silent))))


def analyse(project: Project, library: Library, paths: Sequence[str], wanted: Wanted) -> Analysis:
    """Interpret these files, judge every loss call in them, let the rules word what is wrong."""
    while True:
        try:
            return with_deep_stack(_analyse, project, library, paths, wanted)
        except UnreadableFile as error:  # it parses, but where its nodes stand cannot be told
            if not project.give_up(error):
                raise


def _analyse(project: Project, library: Library, paths: Sequence[str], wanted: Wanted) -> Analysis:
    leads = project.leads(paths)
    machine = interpret(project.read(leads), library, project, leads=leads)
    judgements = judge(machine.recorder, machine.encloses)
    if any(judgement.breaches for judgement in judgements):
        # Whether a fix is safe depends on all who read the value, also on those that lead to no loss.
        go_on(machine, project.read(paths))
        judgements = judge(machine.recorder, machine.encloses)
    # What is wrong with an activation can be said there and at the losses behind it, which know more: they come first.
    judgements.sort(key=lambda judgement: not judgement.call.need.kind.of_prediction)
    said: dict[tuple[object, ...], list[Worded]] = {}
    failures = list(machine.failures)
    verdicts: dict[Place, Verdict] = {}
    silent = frozenset() if any(map(project.may_ignore, project.paths_read())) else wanted.silent
    for judgement in judgements:
        worded = list(of_breaches(judgement, silent, failures))
        for each in (*worded, *of_call(judgement, failures)):
            said.setdefault(each.said, []).append(each)
        if not judgement.call.need.kind.of_prediction:
            continue
        verdict = _verdict(judgement, reported=any(each.found.severity is not Severity.INFO for each in worded))
        place = judgement.call.place
        if place not in verdicts or RANK[verdict.outcome] > RANK[verdicts[place].outcome]:
            verdicts[place] = verdict
    for formula in machine.recorder.written.values():
        verdicts.setdefault(formula.place, _written(formula))
    for call in machine.recorder.unjudged.values():
        verdicts.setdefault(call.place, _unjudged(call))
    if wanted.tracing:
        verdicts = {
            place: _reached(verdict, machine.recorder.sites.get(place, ())) for place, verdict in verdicts.items()
        }
    unreadable = [_unreadable(error) for error in (*project.unreadable.values(), *project.broken)]
    failures += project.failures
    diagnostics = (*chain.from_iterable(map(once, said.values())), *unreadable)
    return Analysis(diagnostics, tuple(verdicts.values()), tuple(failures))


RANK = {Outcome.RIGHT: 0, Outcome.UNKNOWN: 1, Outcome.WRONG: 2}
"""Of two outcomes at one place the higher one counts."""


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
        location=location(call.place),
        callee=call.callee,
        loss=call.loss,
        needs=call.need.kind.value,
        found=repr(call.argument.value),
        outcome=outcome,
        reason=reason,
        trail=trail(_steps(call.argument.value)),
    )


def _reached(verdict: Verdict, sites: Iterable[Place]) -> Verdict:
    return replace(
        verdict, through=tuple(sorted(set(map(location, sites)), key=lambda at: (at.path, at.cell or 0, at.range)))
    )


def _written(formula: Formula) -> Verdict:
    """A loss written by hand around what it has to be given: anything else is no formula of a loss."""
    needs, name = "probabilities or their logarithms, as it is written", "written by hand"
    steps = trail(_steps(formula.found))
    return Verdict(location(formula.place), formula.text, name, needs, repr(formula.found), Outcome.RIGHT, trail=steps)


def _unjudged(call: Unjudged) -> Verdict:
    """What training minimises and nobody knows."""
    needs = "not known"
    return Verdict(location(call.place), call.callee, call.callee, needs, "", Outcome.UNKNOWN, call.reason)


def _steps(value: Value) -> tuple[Station, ...]:
    trails = [binding.trail for binding in value if binding.trail is not None]
    return trails[0].steps() if trails else ()


def _unreadable(error: UnreadableFile) -> Diagnostic:
    rule = UNREADABLE_FILE
    return Diagnostic(rule.name, rule.code, rule.severity, str(error), error.location, url=rule.url)
