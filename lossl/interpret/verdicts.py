"""Judges what was recorded: is each loss, and all else with a need, given that? Words nothing: rules do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from lossl.interpret.losses import Event, Recorder
from lossl.meaning.condition import Condition
from lossl.meaning.losscall import Breach, LossCall, Reader
from lossl.meaning.meaning import Meaning
from lossl.meaning.need import Need, Objection
from lossl.meaning.part import same_output
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


def judge(recorder: Recorder, encloses: Callable[[Place], bool]) -> list[Judgement]:
    """Every recorded loss call, judged. `encloses` tells whether all readers of an activation can be seen."""
    calls = [event.call for event in recorder.events]
    return [_judged(event, recorder, calls, encloses) for event in recorder.events]


def _judged(event: Event, recorder: Recorder, calls: list[LossCall], encloses: Callable[[Place], bool]) -> Judgement:
    call = event.call
    if event.undecided:
        return Judgement(call, reason=f"`{event.undecided}` decides what it needs, and lossl does not know its value")
    bindings = _possible(call)
    objected = [(b, found) for b in bindings if (found := _objection(b, call)) is not None]
    reason = next((reason for b in bindings if (reason := _doubt(b, call, recorder))), "")
    right = bool(bindings) and not reason
    if not objected:
        return Judgement(call, right=right, reason=reason or "nothing but None reaches it")
    breaches = []
    for binding, objection in objected:
        alike = [other for _, other in objected if _same_fault(call.need, other, objection)]
        apart = recorder.picked_apart(binding, call)
        certainty = Certainty.YES if len(alike) == len(bindings) and not apart else Certainty.MAYBE
        condition = Condition(binding.condition.tests - call.condition.tests | apart)
        # A table of losses is an offer: what goes with one option and not with another is left to who chooses both.
        if certainty is Certainty.MAYBE and (not _sayable(condition) or (apart and condition.tests > apart)):
            continue
        breaches.append(_breach(binding, objection, call, certainty, condition, recorder, calls, encloses))
    return Judgement(call, tuple(breaches), right, "" if breaches else _split(objected[0][0]))


def _objection(binding: Binding, call: LossCall) -> Objection | None:
    thing = binding.thing
    return call.need.objection(thing, call.within) if isinstance(thing, Tensor) else None


def _same_fault(need: Need, one: Objection, other: Objection) -> bool:
    """True if both contradict, or both are the same flaw or remark: a remark on what is right makes nothing wrong."""
    if one == other:
        return True
    return all(isinstance(each, Meaning) and need.contradicts(each) for each in (one, other))


def _possible(call: LossCall) -> list[Binding]:
    """What the argument may be when the loss is called. None is no prediction; losses belong to training."""
    bindings = [b for b in call.argument.value.where(call.condition) if b.thing != Constant(None)]
    training = [b for b in bindings if any(test.mode and test.holds for test in b.condition.tests)]
    if training:
        return [b for b in bindings if not any(test.mode and not test.holds for test in b.condition.tests)]
    return bindings


def _doubt(binding: Binding, call: LossCall, recorder: Recorder) -> str:
    thing = binding.thing
    if isinstance(thing, Tensor):
        if call.need.accepts(thing.meaning):
            return ""
        if thing.meaning is Meaning.LOSS:
            return "it is a loss itself, or made of one"
        return f"whether {thing.meaning.spoken} is right here depends on more than lossl knows"
    if not isinstance(thing, Unknown):
        return f"it is {thing!r}, which lossl knows no meaning of"
    lost = recorder.operations.get(thing.symbol)
    return f"`{lost}` is arithmetic that takes its meaning away" if lost is not None else thing.reason


def _sayable(condition: Condition) -> bool:
    """True if a person decides the condition and it is short enough to be said."""
    return 0 < len(condition.tests) <= 2 and all(test.chosen and not test.mode for test in condition.tests)


def _split(wrong: Binding) -> str:
    thing = wrong.thing
    assert isinstance(thing, Tensor)
    return f"it is {thing.meaning.spoken} on some paths only"


def _breach(
    binding: Binding,
    objection: Objection,
    call: LossCall,
    certainty: Certainty,
    condition: Condition,
    recorder: Recorder,
    calls: list[LossCall],
    encloses: Callable[[Place], bool],
) -> Breach:
    found = binding.thing
    assert isinstance(found, Tensor)
    origin = found.origin
    readers = tuple(recorder.readers(origin)) if origin is not None else ()
    if origin is not None and origin.form is Form.CALL and recorder.shared(origin.place):
        readers += (Reader(origin.place, "goes through other layers as well", minds=True),)
    same = [other for other in calls if origin is not None and other is not call and _given(other, origin)]
    readers += tuple(_content(other, origin, calls) for other in same if origin is not None and _suits(other, found))
    readers = tuple(_apart(reader, same, found) for reader in readers)
    sharers = tuple(other for other in calls if other is not call and _shares(other, call))
    enclosed = origin is not None and encloses(origin.place)
    losses = () if call.need.kind.of_prediction else tuple(other for other in calls if _measures(other, found))
    return Breach(call, binding, found, objection, certainty, condition, readers, sharers, enclosed, losses)


def _shares(other: LossCall, call: LossCall) -> bool:
    return other.need.kind.of_prediction and other.choice.place == call.choice.place


def _given(call: LossCall, origin: Origin) -> list[Tensor]:
    """What a loss is given that comes out of this activation or layer."""
    if not call.need.kind.of_prediction:
        return []
    return [tensor for tensor in _tensors(call) if tensor.origin is not None and tensor.origin.place == origin.place]


def _measures(call: LossCall, found: Tensor) -> bool:
    """True if a loss is given the output in question, here or elsewhere."""
    return call.need.kind.of_prediction and any(same_output(tensor, found) for tensor in _tensors(call))


def _suits(call: LossCall, found: Tensor) -> bool:
    """True if another loss is given what this activation made, and needs it as it is."""
    given = {tensor.meaning for tensor in _given(call, found.origin)} if found.origin is not None else set()
    indifferent = {meaning for meaning in given if meaning is found.meaning and call.need.tolerates(meaning)}
    return not all(call.need.contradicts(meaning) for meaning in given - indifferent)


def _content(call: LossCall, origin: Origin, calls: list[LossCall]) -> Reader:
    """A loss that needs what this activation makes; its argument is the operand if it is always just that."""
    here = [other for other in calls if other.argument.place == call.argument.place]
    direct = not call.wired and all(
        isinstance(thing := binding.thing, Tensor)
        and thing.origin is not None
        and (thing.origin.place, thing.taken) == (origin.place, None)
        and not other.need.contradicts(thing.meaning)
        for other in here
        for binding in other.argument.value
    )
    return Reader(call.place, "goes into another loss as well", True, call.argument.place if direct else None)


def _apart(reader: Reader, losses: list[LossCall], found: Tensor) -> Reader:
    """The reader without its operand if what a loss is given that contradicts it was taken from there as well."""
    given = [t for loss in losses for t in _tensors(loss) if loss.need.contradicts(t.meaning)]
    return replace(reader, operand=None) if reader.operand in {t.taken for t in (found, *given)} else reader


def _tensors(call: LossCall) -> list[Tensor]:
    return [binding.thing for binding in call.argument.value if isinstance(binding.thing, Tensor)]
