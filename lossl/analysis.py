"""One group of files that import each other: interpreted, judged, worded. Plain data comes out, whoever asks."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from lossl.diagnostic import Diagnostic, Fix, Location, Outcome, Severity, Step, Verdict
from lossl.edits.splice import loses_comment
from lossl.errors import Failure
from lossl.interpret.program import go_on, interpret
from lossl.interpret.verdicts import Judgement, judge
from lossl.meaning.losscall import Breach, Formula, LossCall, Unjudged
from lossl.meaning.need import NeedKind
from lossl.meaning.trail import Place
from lossl.meaning.trail import Step as Station
from lossl.meaning.value import Certainty, Value
from lossl.registry import rule_for, rules_on_calls
from lossl.rule import Finding, Rule
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
    diagnostics: dict[tuple[object, ...], Diagnostic] = {}
    failures = list(machine.failures)
    verdicts: dict[Place, Verdict] = {}
    silent = frozenset() if any(map(project.may_ignore, project.paths_read())) else wanted.silent
    for judgement in judgements:
        worded = list(_of_breaches(judgement, silent, failures))
        for diagnostic in (*worded, *_of_call(judgement, failures)):
            diagnostics.setdefault((diagnostic.location, diagnostic.rule, diagnostic.message), diagnostic)
        if not judgement.call.need.kind.of_prediction:
            continue
        verdict = _verdict(judgement, reported=any(found.severity is not Severity.INFO for found in worded))
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
    return Analysis((*diagnostics.values(), *unreadable), tuple(verdicts.values()), tuple(failures))


RANK = {Outcome.RIGHT: 0, Outcome.UNKNOWN: 1, Outcome.WRONG: 2}
"""Of two outcomes at one place the higher one counts."""


def _of_breaches(judgement: Judgement, silent: frozenset[str], failures: list[Failure]) -> Iterator[Diagnostic]:
    """What the one rule for each objection says; there may be no such rule, or it has nothing to say."""
    for breach in judgement.breaches:
        rule = rule_for(breach.need.kind, breach.objection)
        if rule is not None and rule.name not in silent:
            yield from _worded(rule, breach, breach.call, failures)


def _of_call(judgement: Judgement, failures: list[Failure]) -> Iterator[Diagnostic]:
    """What the rules say that look at every loss call."""
    if judgement.call.need.kind.of_prediction:
        for rule in rules_on_calls():
            yield from _worded(rule, judgement.call, judgement.call, failures)


def _worded(rule: Rule, subject: Breach | LossCall, call: LossCall, failures: list[Failure]) -> tuple[Diagnostic, ...]:
    try:
        finding = rule.check(subject)
        return () if finding is None else (_diagnostic(rule, subject, call, finding),)
    except Exception as error:
        # A rule may come from another package; its fault must not silence the others. It is shown as a failure.
        package = f" of {rule.package}" if rule.package else ""
        what = f"the rule {rule.name}{package} failed: {type(error).__name__}: {error}"
        failures.append(Failure(call.place.file.path, what, traceback.format_exc()))
        return ()


def _diagnostic(rule: Rule, subject: Breach | LossCall, call: LossCall, finding: Finding) -> Diagnostic:
    if not isinstance(finding, Finding):
        raise TypeError(f"it gives {finding!r}, which is no Finding")
    breach = subject if isinstance(subject, Breach) else None
    return Diagnostic(
        rule=rule.name,
        code=rule.code,
        severity=_severity(finding.severity or rule.severity, breach),
        message=finding.message + (_when(breach) if breach is not None else ""),
        location=_location(finding.at or (call.argument.place if breach is not None else call.place)),
        trail=_trail(breach.steps) if breach is not None else (),
        consequence=finding.consequence,
        fixes=tuple(_keeping_comments(fix, breach, call) for fix in finding.fixes),
        url=rule.url,
        arrival=_arrival(call),
    )


def _arrival(call: LossCall) -> str:
    """What happens to a value where it is not the prediction of a loss."""
    kind = call.need.kind
    if kind is NeedKind.ACTIVATION:
        return f"{call.need.link} is applied here"
    if kind is NeedKind.THRESHOLD:
        return "is rounded here" if call.beside is None else "is compared here"
    return ARRIVALS.get(kind, "")


ARRIVALS = {
    NeedKind.TARGET: "is the target here",
    NeedKind.PROBABILITY_TARGET: "is the target here",
    NeedKind.LOG_TARGET: "is the target here",
    NeedKind.LOGARITHM: "its logarithm is taken here",
    NeedKind.METRIC: "is measured here",
    NeedKind.METRIC_LOGITS: "is measured here",
    NeedKind.LOGITS_PARAMETER: "is taken for logits here",
    NeedKind.PROBABILITY_PARAMETER: "is taken for probabilities here",
}


def _keeping_comments(fix: Fix, breach: Breach | None, call: LossCall) -> Fix:
    """A fix that deletes a comment is never safe, whatever its rule says."""
    origin = breach.origin if breach is not None else None
    files = {place.file for place in (call.place, call.choice.place, *((origin.place,) if origin else ()))}
    if any(loses_comment(fix.edits, file) for file in files):
        reason = "; ".join(filter(None, (fix.reason, "it deletes a comment")))
        return replace(fix, safe=False, reason=reason)
    return fix


def _severity(severity: Severity, breach: Breach | None) -> Severity:
    """What holds only under a condition is at most a warning."""
    certain = breach is None or breach.certainty is Certainty.YES or severity is Severity.INFO
    return severity if certain else Severity.WARNING


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
        trail=_trail(_steps(call.argument.value)),
    )


def _reached(verdict: Verdict, sites: Iterable[Place]) -> Verdict:
    return replace(
        verdict, through=tuple(sorted(set(map(_location, sites)), key=lambda at: (at.path, at.cell or 0, at.range)))
    )


def _written(formula: Formula) -> Verdict:
    """A loss written by hand around what it has to be given: anything else is no formula of a loss."""
    needs, name = "probabilities or their logarithms, as it is written", "written by hand"
    steps = _trail(_steps(formula.found))
    return Verdict(_location(formula.place), formula.text, name, needs, repr(formula.found), Outcome.RIGHT, trail=steps)


def _unjudged(call: Unjudged) -> Verdict:
    """What training minimises and nobody knows."""
    needs = "not known"
    return Verdict(_location(call.place), call.callee, call.callee, needs, "", Outcome.UNKNOWN, call.reason)


def _steps(value: Value) -> tuple[Station, ...]:
    trails = [binding.trail for binding in value if binding.trail is not None]
    return trails[0].steps() if trails else ()


def _unreadable(error: UnreadableFile) -> Diagnostic:
    rule = UNREADABLE_FILE
    return Diagnostic(rule.name, rule.code, rule.severity, str(error), error.location, url=rule.url)
