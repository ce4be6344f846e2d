"""What a value has to be where it is used, and what contradicts that. Knows no rule: rules word contradictions.

Most needs are those of losses. Others read a value as well: a threshold, a metric, a logarithm, an activation, a
distribution object. What they object to is judged in the same way; they just are no losses, and not counted as such.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from lossl.meaning.meaning import Meaning

if TYPE_CHECKING:
    from lossl.meaning.thing import Tensor


class NeedKind(Enum):
    """What a value has to be, and who says so."""

    SIGMOID_LOGITS = "logits, because it applies sigmoid itself"
    SOFTMAX_LOGITS = "logits, because it applies softmax itself"
    DECLARED_LOGITS = "logits, as it is told"
    PROBABILITY = "probabilities"
    DISTRIBUTION = "a distribution over the classes"
    LOG_DISTRIBUTION = "a log-distribution over the classes"
    LOG_PROBABILITY = "log-probabilities"

    TARGET = "a target"
    PROBABILITY_TARGET = "probabilities as the target"
    LOG_TARGET = "log-probabilities as the target"

    ACTIVATION = "not activated, because it is activated here"
    LOGARITHM = "anything but an activation whose logarithm can be had directly"
    THRESHOLD = "probabilities, because it is compared with a number between 0 and 1"
    METRIC = "probabilities, because it is measured as such"
    METRIC_LOGITS = "logits, as the metric is told"
    LOGITS_PARAMETER = "logits, because the argument is named so"
    PROBABILITY_PARAMETER = "probabilities, because the argument is named so"

    def __repr__(self) -> str:
        return self.name.lower().replace("_", "-")

    @property
    def of_prediction(self) -> bool:
        """True for what losses need of their prediction: the calls that are counted."""
        return self in _OF_PREDICTIONS


class Flaw(Enum):
    """What can be wrong with a value although its meaning is the right one."""

    ONE_UNIT = "of a single unit"
    OVER_BATCH = "over the batch"
    NO_AXIS = "over an axis that is not named"
    UNDER_AUTOCAST = "computed in half precision"
    AVERAGED_OVER_CLASSES = "averaged over the classes"
    DROPPED_OUT = "partly set to zero at random"

    def __repr__(self) -> str:
        return self.name.lower().replace("_", "-")

    @property
    def spoken(self) -> str:
        """As a message says it."""
        return self.value


Objection = Meaning | Flaw
"""What a need objects to: a meaning that contradicts it, or a flaw of the right one."""


@dataclass(frozen=True)
class Need:
    """A need: its kind, the link the loss applies itself, the argument that decided it, and the axis it works on.

    `flag` is the parameter that decided what is needed, or `autocast` if half precision is refused.
    """

    kind: NeedKind
    link: str | None = None
    flag: str | None = None
    axis: int | None = None

    def __repr__(self) -> str:
        return repr(self.kind)

    def accepts(self, found: Meaning) -> bool:
        """True if `found` is what is needed."""
        return found in _ACCEPTED[self.kind]

    def contradicts(self, found: Meaning) -> bool:
        """True if `found` certainly is not what is needed; neither accepted nor contradicted is unknown."""
        return found in _CONTRADICTED[self.kind]

    def tolerates(self, found: Meaning) -> bool:
        """True if what went into the activation would do just as well: the loss applies it itself, without harm."""
        return self.kind is NeedKind.SOFTMAX_LOGITS and found is Meaning.LOG_DISTRIBUTION

    def objection(self, found: Tensor, within: Collection[str] = ()) -> Objection | None:
        """What is to be said against a value used `within` some contexts: a flaw, its meaning, or nothing.

        Not every objection is a contradiction: of some the rules merely remark that there is something better.
        """
        flaw = self._flaw(found, within)
        if flaw is not None:
            return flaw
        remarked = found.meaning in _REMARKED.get(self.kind, ())
        return found.meaning if remarked or self.contradicts(found.meaning) else None

    def _flaw(self, found: Tensor, within: Collection[str]) -> Flaw | None:
        if found.units == 1 and self._sums_over(found):
            return Flaw.ONE_UNIT
        if self.contradicts(found.meaning):
            return None
        if found.axis == 0 and found.meaning in _OVER_CLASSES | _LOGS and self.kind in _BATCHED:
            return Flaw.OVER_BATCH
        if found.dropped is not None and self.kind.of_prediction and self.accepts(found.meaning):
            return Flaw.DROPPED_OUT
        if self.flag == "autocast" and "autocast" in within:
            return Flaw.UNDER_AUTOCAST
        if self.flag == "reduction":
            return Flaw.AVERAGED_OVER_CLASSES
        return Flaw.NO_AXIS if self.flag == "no axis" else None

    def _sums_over(self, found: Tensor) -> bool:
        """True if all that there is along an axis is made to sum to one, here or before."""
        if found.meaning in _OVER_CLASSES:
            return self.kind.of_prediction
        if found.meaning is not Meaning.LOGITS or self.link != "softmax":
            return False
        return self.kind is not NeedKind.ACTIVATION or (self.axis is not None and self.axis == found.axis)


_OF_PREDICTIONS = frozenset(
    {
        NeedKind.SIGMOID_LOGITS,
        NeedKind.SOFTMAX_LOGITS,
        NeedKind.DECLARED_LOGITS,
        NeedKind.PROBABILITY,
        NeedKind.DISTRIBUTION,
        NeedKind.LOG_DISTRIBUTION,
        NeedKind.LOG_PROBABILITY,
    }
)
_ACTIVATED = frozenset({Meaning.PROBABILITY, Meaning.DISTRIBUTION})
_LOGS = frozenset({Meaning.LOG_PROBABILITY, Meaning.LOG_DISTRIBUTION})
_SQUASHED = frozenset({Meaning.NONNEGATIVE, Meaning.BOUNDED})
_HARD = frozenset({Meaning.CLASS_INDICES, Meaning.ONE_HOT})
_OVER_CLASSES = frozenset({Meaning.DISTRIBUTION, Meaning.LOG_DISTRIBUTION})
_BATCHED = frozenset({NeedKind.SOFTMAX_LOGITS, NeedKind.DISTRIBUTION, NeedKind.LOG_DISTRIBUTION})
"""Needs of losses for which the classes lie on another axis than the first."""

_ACCEPTED: dict[NeedKind, frozenset[Meaning]] = {
    NeedKind.SIGMOID_LOGITS: frozenset({Meaning.LOGITS}),
    # log_softmax is idempotent: redundant before such a loss, never wrong.
    NeedKind.SOFTMAX_LOGITS: frozenset({Meaning.LOGITS, Meaning.LOG_DISTRIBUTION}),
    NeedKind.DECLARED_LOGITS: frozenset({Meaning.LOGITS}),
    NeedKind.PROBABILITY: frozenset({Meaning.PROBABILITY, Meaning.BINARY_LABELS, Meaning.ONE_HOT}),
    NeedKind.DISTRIBUTION: frozenset({Meaning.DISTRIBUTION, Meaning.ONE_HOT}),
    NeedKind.LOG_DISTRIBUTION: frozenset({Meaning.LOG_DISTRIBUTION}),
    NeedKind.LOG_PROBABILITY: frozenset({Meaning.LOG_DISTRIBUTION, Meaning.LOG_PROBABILITY}),
    NeedKind.TARGET: _ACTIVATED | _HARD | {Meaning.BINARY_LABELS},
    NeedKind.PROBABILITY_TARGET: _ACTIVATED | {Meaning.ONE_HOT},
    NeedKind.LOG_TARGET: _LOGS,
    NeedKind.ACTIVATION: frozenset({Meaning.LOGITS}),
    NeedKind.LOGARITHM: frozenset(),
    NeedKind.THRESHOLD: _ACTIVATED,
    NeedKind.METRIC: _ACTIVATED,
    NeedKind.METRIC_LOGITS: frozenset({Meaning.LOGITS}),
    NeedKind.LOGITS_PARAMETER: frozenset({Meaning.LOGITS}) | _LOGS,
    NeedKind.PROBABILITY_PARAMETER: _ACTIVATED,
}
_CONTRADICTED: dict[NeedKind, frozenset[Meaning]] = {
    # What tanh or an LSTM puts out is a fenced-in logit, poor but not wrong: it is left unknown.
    NeedKind.SIGMOID_LOGITS: _ACTIVATED | _LOGS | {Meaning.NONNEGATIVE},
    NeedKind.SOFTMAX_LOGITS: _ACTIVATED | {Meaning.NONNEGATIVE},
    NeedKind.DECLARED_LOGITS: _ACTIVATED | {Meaning.NONNEGATIVE},
    NeedKind.PROBABILITY: frozenset({Meaning.LOGITS, Meaning.DISTRIBUTION}) | _LOGS | _SQUASHED,
    NeedKind.DISTRIBUTION: frozenset({Meaning.LOGITS, Meaning.PROBABILITY}) | _LOGS | _SQUASHED,
    NeedKind.LOG_DISTRIBUTION: frozenset({Meaning.LOGITS}) | _ACTIVATED | _SQUASHED,
    NeedKind.LOG_PROBABILITY: frozenset({Meaning.LOGITS}) | _ACTIVATED | _SQUASHED,
    NeedKind.TARGET: frozenset({Meaning.LOGITS}),
    NeedKind.PROBABILITY_TARGET: frozenset({Meaning.LOGITS}) | _LOGS,
    NeedKind.LOG_TARGET: frozenset({Meaning.LOGITS}) | _ACTIVATED,
    NeedKind.ACTIVATION: frozenset(),
    NeedKind.LOGARITHM: frozenset(),
    NeedKind.THRESHOLD: frozenset({Meaning.LOGITS}),
    NeedKind.METRIC: frozenset({Meaning.LOGITS}) | _LOGS,
    NeedKind.METRIC_LOGITS: _ACTIVATED,
    NeedKind.LOGITS_PARAMETER: _ACTIVATED,
    NeedKind.PROBABILITY_PARAMETER: frozenset({Meaning.LOGITS}) | _LOGS,
}
_REMARKED: dict[NeedKind, frozenset[Meaning]] = {
    NeedKind.SOFTMAX_LOGITS: frozenset({Meaning.LOG_DISTRIBUTION}),
    NeedKind.PROBABILITY: frozenset({Meaning.PROBABILITY}),
    NeedKind.TARGET: _ACTIVATED | _LOGS,
    NeedKind.ACTIVATION: _ACTIVATED,
    NeedKind.LOGARITHM: _ACTIVATED,
}
"""What is no contradiction, but worth a rule's remark: it can be had better, or is often a mistake."""
