"""What training minimises: losses written by hand, and losses that nobody knows, which are counted as such.

Silence must never be read as approval: a call whose result is minimised is a loss, whatever it is called.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

from lossl.interpret.containers import content
from lossl.interpret.library import Invocation, evaluate_word, parameter_word, short, word
from lossl.interpret.machine import Machine
from lossl.meaning.losscall import Formula, Unjudged
from lossl.meaning.meaning import Meaning
from lossl.meaning.signature import Parameter, Spec
from lossl.meaning.thing import Constant, Sequence, Tensor, Unknown
from lossl.meaning.trail import Form, Origin, Place
from lossl.meaning.value import Value, one

MOST_STEPS = 24
"""Operations between a loss and what is minimised."""
OF_LOSS = "of a loss"
"""The symbol of what an unknown call makes of a loss begins so: the loss itself is known."""
BY_HAND = (
    "the loss is computed by hand, and lossl does not know what the formula needs; if it is a function, "
    "`[tool.lossl.losses]` can say it"
)
_LOGS = frozenset({Meaning.LOG_PROBABILITY, Meaning.LOG_DISTRIBUTION})
_SUMMED = _LOGS | {Meaning.PROBABILITY, Meaning.DISTRIBUTION}
"""What is multiplied with a target and summed: a cross-entropy, or the overlap of Dice."""
_TARGETS = frozenset({Meaning.ONE_HOT, Meaning.BINARY_LABELS})


@parameter_word("Minimized")
def _minimized(machine: Machine, call: Invocation, parameter: Parameter) -> None:
    note_minimized(machine, call.bound.actuals[parameter.name].value, call.arguments.place)


@word("Squared")
def _squared(machine: Machine, call: Invocation, spec: Spec) -> Value:
    """Nothing known, but that a loss made of it takes anything; `Squared["exponent"]`: if that is 2."""
    held = call.value(machine, spec.arguments[0]) if spec.arguments else None
    loss = next((found for a in call.bound.actuals.values() if (found := loss_in(a.value)) is not None), None)
    if loss is not None:
        return one(loss)
    squared = not spec.arguments or (held is not None and held.only in (Constant(2), Constant(2.0)))
    symbol = ("call", call.routine.name, id(call.arguments.place.node))
    return one(
        Unknown(
            f"what `{short(call.routine.name)}` gives can mean anything, as far as stubs say",
            symbol,
            squared=squared,
        )
    )


@word("Minimizes")
def _minimizes(machine: Machine, call: Invocation, spec: Spec) -> Value | None:
    """What the inner word gives is minimised; of several things the first."""
    value = evaluate_word(machine, call, spec.arguments[0])
    if value is not None:
        held = content(machine, value.only)
        first = held.items[0] if isinstance(held, Sequence) and held.items else value
        note_minimized(machine, first, call.arguments.place, by_hand=False)
    return value


def note_minimized(machine: Machine, value: Value, place: Place, *, by_hand: bool = True) -> None:
    """Training minimises a value: the loss it comes from is remembered if nobody else does.

    Unless `by_hand`, a formula of which nothing is known is no loss: derivatives are taken of much else.
    """
    for binding in value.where(machine.path):
        thing = binding.thing
        if isinstance(thing, Tensor) and thing.origin is not None:
            formula = machine.recorder.formulas.get(thing.origin.place)
            if formula is not None:
                machine.recorder.written.setdefault(formula.place, formula)
        elif isinstance(thing, Unknown) and not thing.squared and not _is_of_loss(thing.symbol):
            found = _call_behind(machine, thing.symbol)
            if found is not None:
                note_unjudged(machine, found, machine.recorder.reasons.get(id(found.node), thing.reason))
            elif by_hand and not machine.frame.has_loss:
                note_unjudged(machine, place, BY_HAND)


def note_unjudged(machine: Machine, place: Place, reason: str) -> None:
    """Remember that a loss is called here of which nothing is known."""
    machine.note_reached(place)
    text = machine.callee_text(place)
    machine.recorder.unjudged.setdefault(place, Unjudged(place, text, reason))


def formula(machine: Machine, place: Place, sides: Iterable[tuple[Value, Value]]) -> Value | None:
    """The loss that this product is, if it is minimised; `sides` are the factors, either way round."""
    for prediction, target in sides:
        found = prediction.only
        if isinstance(found, Tensor) and _is_right(found, _SUMMED) and _is_target(target):
            return _written(machine, place, prediction)
    return None


def likelihood(machine: Machine, place: Place, value: Value) -> Value | None:
    """The loss that the negative of a log-probability is."""
    found = value.only
    return _written(machine, place, value) if isinstance(found, Tensor) and _is_right(found, _LOGS) else None


def _is_right(found: Tensor, meanings: frozenset[Meaning]) -> bool:
    """True if nothing is to be said against it: it is not over the batch, nor was it activated twice."""
    again = found.origin is not None and found.origin.again
    return found.meaning in meanings and found.axis != 0 and not again


def _written(machine: Machine, place: Place, value: Value) -> Value:
    machine.note_reached(place)
    machine.recorder.formulas.setdefault(place, Formula(place, machine.text(place.node), value))
    return one(Tensor(Meaning.LOSS, origin=Origin(place, Form.OPERATOR, "formula", place, None, machine.frame.code)))


def _is_target(value: Value) -> bool:
    """True of labels, and of what nobody knows: the data."""
    return all(
        (isinstance(thing, Tensor) and thing.meaning in _TARGETS) or (isinstance(thing, Unknown) and not thing.number)
        for thing in (binding.thing for binding in value)
    )


def loss_in(value: Value) -> Tensor | None:
    """The loss that is in a value, if one is."""
    return next((t for b in value if isinstance(t := b.thing, Tensor) and t.meaning is Meaning.LOSS), None)


def _is_of_loss(symbol: Hashable) -> bool:
    while isinstance(symbol, tuple) and symbol:
        if symbol[0] == OF_LOSS:
            return True
        symbol = symbol[1] if len(symbol) > 1 else None
    return False


def note_source(machine: Machine, node: Any, operands: Iterable[Value]) -> None:
    """What is made here of something unknown comes from that: a mean of what `criterion` gives."""
    symbols = [b.thing.symbol for value in operands for b in value if isinstance(b.thing, Unknown)]
    known = tuple(symbol for symbol in symbols if symbol is not None)
    if known:
        machine.recorder.sources[id(node)] = known


def _is_call(symbol: Hashable) -> bool:
    return isinstance(symbol, tuple) and symbol[0] == "call"


def _call_behind(machine: Machine, symbol: Hashable) -> Place | None:
    """The unknown call that a value comes from, `criterion(output, target)`: the outermost, with several arguments.

    One with a single argument is a loss only if nothing is done with what it gives: else it may be a model.
    """
    waiting, alone = [symbol], True
    single: Place | None = None
    for _ in range(MOST_STEPS):
        if not waiting:
            break
        symbol = waiting.pop(0)
        if not isinstance(symbol, tuple) or len(symbol) < 2:
            continue
        inner, last = symbol[1], symbol[-1]
        if isinstance(inner, str) or symbol[0] == "operation":
            waiting += machine.recorder.sources.get(last, ()) if isinstance(last, int) else ()
            alone = False
            continue
        if symbol[0] == "call" and isinstance(inner, tuple) and inner[0] == "attr" and _is_call(inner[1]):
            alone = False  # `model(x).sum()`
        place = machine.place_of(last) if symbol[0] == "call" else None
        given = len(getattr(place.node, "args", ())) if place is not None else 0
        if given > 1:
            return place
        single = single or (place if given and alone else None)
        waiting.append(inner)
    return single
