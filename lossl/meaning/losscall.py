"""What the interpreter found where something needs a value: the loss call, its argument, the breach of a need."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lossl.meaning.condition import ALWAYS, Condition
from lossl.meaning.need import Need, Objection
from lossl.meaning.thing import Tensor
from lossl.meaning.trail import Origin, Place, Step
from lossl.meaning.value import Binding, Certainty, Value


@dataclass(frozen=True)
class Choice:
    """Where the user chose the loss, which is where it can be exchanged.

    `place` is the constructor call (`nn.BCELoss()`) if `form` is `class`, the call itself if it is `function`, the
    string if it is `string`, the reference if a function or class is handed over uncalled (`reference`).
    """

    place: Place
    form: str
    loss: str


@dataclass(frozen=True)
class Argument:
    """The prediction argument: the parameter's name, the expression as a place, what it holds."""

    name: str
    place: Place
    value: Value


@dataclass(frozen=True)
class LossCall:
    """One call of a loss, or of something else with a need (see `need`): then `loss` is what that is.

    `callee` is the loss as the user wrote it at the call, `loss` its qualified name; `options` are the arguments
    given explicitly, to the constructor or the call, other than prediction and target, with the place of the whole
    argument; `scope` is the function the call stands in; `wired` is true if no call is written: `compile(loss=...)`;
    `beside` is the target of a prediction, the prediction of a target, or the number a value is compared with; `within`
    are the contexts it happens in, such as `autocast`; `makes` is where what an activation makes comes from;
    `environment` are the variables that the file sets; `numbers` are the options that are one number, or a tensor full
    of one, with that number if it is known.
    """

    place: Place
    callee: str
    loss: str
    choice: Choice
    argument: Argument
    need: Need
    options: tuple[tuple[str, Place], ...] = ()
    condition: Condition = ALWAYS
    scope: Any = None
    wired: bool = False
    beside: Argument | None = None
    within: frozenset[str] = frozenset()
    makes: Origin | None = None
    environment: tuple[tuple[str, str], ...] = ()
    numbers: tuple[tuple[str, float | None], ...] = ()

    @property
    def call(self) -> LossCall:
        """The call itself: what is said and changed about a loss may begin with the call or with a breach of it."""
        return self

    def option(self, name: str) -> Place | None:
        """The place of an option that was given explicitly, or None."""
        return dict(self.options).get(name)


@dataclass(frozen=True)
class Formula:
    """The heart of a loss that is written by hand, `target * log_softmax(x)`: `found` is the side of the prediction."""

    place: Place
    text: str
    found: Value


@dataclass(frozen=True)
class Unjudged:
    """A call whose result is minimised although nobody knows which loss it is, and why not."""

    place: Place
    callee: str
    reason: str


@dataclass(frozen=True)
class Reader:
    """Somebody who reads a value: `what` says who, `minds` whether it would notice the activation's absence.

    `operand` is the expression whose value is certainly what the activation gave, and which nobody reads who does not
    expect that; None if there is no such expression. `again` is true of one that applies the same activation once more.
    """

    place: Place
    what: str
    minds: bool
    operand: Place | None = None
    again: bool = False


@dataclass(frozen=True)
class Breach:
    """A need that is not met, because of `objection`: the meaning that was found, or a flaw of the right one.

    `readers` are all who read the activated value except this loss; `sharers` are the other calls of the same loss
    object; `enclosed` is true if nobody outside the checked files can be such a reader; `losses` are the losses whose
    prediction comes out of the same activation or layer, if this is the breach of something that is no loss.
    """

    call: LossCall
    binding: Binding
    found: Tensor
    objection: Objection
    certainty: Certainty
    condition: Condition = ALWAYS
    readers: tuple[Reader, ...] = ()
    sharers: tuple[LossCall, ...] = ()
    enclosed: bool = False
    losses: tuple[LossCall, ...] = ()

    @property
    def origin(self) -> Origin | None:
        """What gave the value its meaning, if it is known."""
        return self.found.origin

    @property
    def need(self) -> Need:
        """What the loss expects."""
        return self.call.need

    @property
    def steps(self) -> tuple[Step, ...]:
        """From the activation to the loss, oldest first."""
        return self.binding.trail.steps() if self.binding.trail is not None else ()
