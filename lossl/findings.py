"""Breaches worded by their rules, as diagnostics: what is said, where, how sure, and once."""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from lossl.diagnostic import Diagnostic, Fix, Location, Severity, Step
from lossl.edits.splice import loses_comment
from lossl.errors import Failure
from lossl.interpret.verdicts import Judgement
from lossl.meaning.losscall import Breach, LossCall
from lossl.meaning.need import NeedKind
from lossl.meaning.trail import Place
from lossl.meaning.trail import Step as Station
from lossl.meaning.value import Certainty
from lossl.registry import rule_for, rules_on_calls
from lossl.rule import Finding, Rule


class Worded(NamedTuple):
    """A finding, and the condition under which it holds as a text; nothing if it always does."""

    found: Diagnostic
    when: str = ""

    @property
    def said(self) -> tuple[object, ...]:
        """What it says, and where, whatever the condition."""
        return (self.found.location, self.found.rule, self.found.message)


def once(worded: Sequence[Worded]) -> Iterator[Diagnostic]:
    """What says the same at one place, as one finding for each origin: for all the conditions under which it holds."""
    certain = next((each.found for each in worded if not each.when), None)
    if certain is not None:
        yield certain
        return
    origins: dict[object, list[Worded]] = {}
    for each in worded:
        origins.setdefault(tuple(step.location for step in each.found.trail[:1]), []).append(each)
    for same in origins.values():
        found, conditions = same[0].found, list(dict.fromkeys(f"`{each.when}`" for each in same))
        rest = ", and in other cases" if len(conditions) > 2 else ""
        yield replace(found, message=f"{found.message} when {' or '.join(conditions[:2])}{rest}")


def of_breaches(judgement: Judgement, silent: frozenset[str], failures: list[Failure]) -> Iterator[Worded]:
    """What the one rule for each objection says; there may be no such rule, or it has nothing to say."""
    for breach in judgement.breaches:
        rule = rule_for(breach.need.kind, breach.objection)
        if rule is not None and rule.name not in silent:
            yield from _worded(rule, breach, breach.call, failures)


def of_call(judgement: Judgement, failures: list[Failure]) -> Iterator[Worded]:
    """What the rules say that look at every loss call."""
    if judgement.call.need.kind.of_prediction:
        for rule in rules_on_calls():
            yield from _worded(rule, judgement.call, judgement.call, failures)


def _worded(rule: Rule, subject: Breach | LossCall, call: LossCall, failures: list[Failure]) -> tuple[Worded, ...]:
    try:
        finding = rule.check(subject)
        when = _when(subject) if isinstance(subject, Breach) else ""
        return () if finding is None else (Worded(_diagnostic(rule, subject, call, finding), when),)
    except Exception as error:
        # A rule may come from another package; its fault must not silence the others. It is shown as a failure.
        package = f" of {rule.package}" if rule.package else ""
        what = f"the rule {rule.name}{package} failed: {type(error).__name__}: {error}"
        failures.append(Failure(call.place.file.path, what, traceback.format_exc()))
        return ()


def _diagnostic(rule: Rule, subject: Breach | LossCall, call: LossCall, finding: Finding) -> Diagnostic:
    if not isinstance(finding, Finding):
        raise TypeError(f"it gives {finding!r}, which is no Finding")
    if not isinstance(finding.message, str):
        raise TypeError(f"its message is {finding.message!r}, which is no text")
    breach = subject if isinstance(subject, Breach) else None
    return Diagnostic(
        rule=rule.name,
        code=rule.code,
        severity=_severity(finding.severity or rule.severity, breach),
        message=finding.message,
        location=location(finding.at or (call.argument.place if breach is not None else call.place)),
        trail=trail(breach.steps) if breach is not None else (),
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
    return repr(breach.condition) if breach.certainty is Certainty.MAYBE else ""


def location(place: Place) -> Location:
    """Where a node stands, as plain data."""
    found: Location = place.file.location(place.node)
    return found


def trail(steps: Iterable[Station]) -> tuple[Step, ...]:
    """The stations of a value, as plain data."""
    return tuple(Step(location(step.place), step.text) for step in steps)
