"""Judges what was recorded: is each loss given what it needs? Words nothing: that is the rules' part."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from lossl.interpret.losses import Event, Recorder
from lossl.meaning.condition import Condition
from lossl.meaning.losscall import Breach, LossCall, Reader
from lossl.meaning.thing import Constant, Tensor, Unknown
from lossl.meaning.trail import Form, Origin, Place
from lossl.meaning.value import Binding, Certainty


@dataclass(frozen=True)
class Judgement:
    """What is known of one evaluation of a loss call: breaches, or right, or unknown with a reason."""

    call: LossCall
    breaches: tuple[Breach, ...] = ()
    right: bool = False
    reason: str = ""


def judge(recorder: Recorder, encloses: Callable[[Place, LossCall], bool]) -> list[Judgement]:
    """Every recorded loss call, judged. `encloses` tells whether all readers of an activation can be seen."""
    calls = [event.call for event in recorder.events]
    return [_judged(event, recorder, calls, encloses) for event in recorder.events]


def _judged(
    event: Event, recorder: Recorder, calls: list[LossCall], encloses: Callable[[Place, LossCall], bool]
) -> Judgement:
    call = event.call
    if event.undecided:
        return Judgement(call, reason=f"whether `{event.undecided}` is set is not known")
    bindings = _possible(call)
    wrong = [b for b in bindings if isinstance(b.thing, Tensor) and call.need.contradicts(b.thing.meaning)]
    if not wrong:
        reason = next((reason for b in bindings if (reason := _doubt(b, call))), "")
        return Judgement(call, right=bool(bindings) and not reason, reason=reason or "nothing reaches it")
    certainty = Certainty.YES if len(wrong) == len(bindings) else Certainty.MAYBE
    breaches = []
    for binding in wrong:
        condition = Condition(binding.condition.tests - call.condition.tests)
        if certainty is Certainty.MAYBE and not _sayable(condition):
            continue
        breaches.append(_breach(binding, call, certainty, condition, recorder, calls, encloses))
    return Judgement(call, tuple(breaches), reason="" if breaches else _split(wrong))


def _possible(call: LossCall) -> list[Binding]:
    """What the argument may be when the loss is called. None is no prediction; losses belong to training."""
    bindings = [b for b in call.argument.value.where(call.condition) if b.thing != Constant(None)]
    training = [b for b in bindings if any(test.mode and test.holds for test in b.condition.tests)]
    if training:
        return [b for b in bindings if not any(test.mode and not test.holds for test in b.condition.tests)]
    return bindings


def _doubt(binding: Binding, call: LossCall) -> str:
    thing = binding.thing
    if isinstance(thing, Tensor):
        if call.need.accepts(thing.meaning):
            return ""
        return f"whether {thing.meaning.spoken} is right here depends on more than lossl knows"
    return thing.reason if isinstance(thing, Unknown) else f"it is {thing!r}"


def _sayable(condition: Condition) -> bool:
    """True if a person decides the condition and it is short enough to be said."""
    return 0 < len(condition.tests) <= 2 and all(test.chosen and not test.mode for test in condition.tests)


def _split(wrong: list[Binding]) -> str:
    thing = wrong[0].thing
    assert isinstance(thing, Tensor)
    return f"it is {thing.meaning.spoken} on some paths only"


def _breach(
    binding: Binding,
    call: LossCall,
    certainty: Certainty,
    condition: Condition,
    recorder: Recorder,
    calls: list[LossCall],
    encloses: Callable[[Place, LossCall], bool],
) -> Breach:
    found = binding.thing
    assert isinstance(found, Tensor)
    origin = found.origin
    readers = tuple(recorder.readers(origin)) if origin is not None else ()
    if origin is not None and origin.form is Form.CALL and recorder.shared(origin.place):
        readers += (Reader(origin.place, "goes through other layers as well", minds=True),)
    readers += tuple(_content(other) for other in calls if origin is not None and _suits(other, origin))
    sharers = tuple(other for other in calls if other.choice.place == call.choice.place and other is not call)
    enclosed = origin is not None and encloses(origin.place, call)
    return Breach(call, binding, found, certainty, condition, readers, sharers, enclosed)


def _suits(call: LossCall, origin: Origin) -> bool:
    """True if another loss is given what this activation made, and needs it as it is."""
    given = [b.thing for b in call.argument.value if isinstance(b.thing, Tensor) and b.thing.origin is not None]
    return any(t.origin.place == origin.place and not call.need.contradicts(t.meaning) for t in given if t.origin)


def _content(call: LossCall) -> Reader:
    return Reader(call.place, "goes into another loss as well", minds=True)
