"""What a loss takes in, and which meanings contradict it. Knows no rule: rules word contradictions."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from lossl.meaning.meaning import Meaning


class NeedKind(Enum):
    """What the prediction argument of a loss has to be."""

    SIGMOID_LOGITS = "logits, because it applies sigmoid itself"
    SOFTMAX_LOGITS = "logits, because it applies softmax itself"
    DECLARED_LOGITS = "logits, because an argument says so"
    PROBABILITY = "probabilities"
    DISTRIBUTION = "a distribution over the classes"
    LOG_DISTRIBUTION = "a log-distribution over the classes"
    LOG_PROBABILITY = "log-probabilities"

    def __repr__(self) -> str:
        return self.name.lower().replace("_", "-")


@dataclass(frozen=True)
class Need:
    """A need of a loss: its kind, the link the loss applies itself, and the argument that decided it, if one did."""

    kind: NeedKind
    link: str | None = None
    flag: str | None = None

    def __repr__(self) -> str:
        return repr(self.kind)

    def accepts(self, found: Meaning) -> bool:
        """True if `found` is what the loss expects."""
        return found in _ACCEPTED[self.kind]

    def contradicts(self, found: Meaning) -> bool:
        """True if `found` certainly is not what the loss expects; neither accepted nor contradicted is unknown."""
        return found in _CONTRADICTED[self.kind]


_ACTIVATED = frozenset({Meaning.PROBABILITY, Meaning.DISTRIBUTION})
_LOGS = frozenset({Meaning.LOG_PROBABILITY, Meaning.LOG_DISTRIBUTION})
_SQUASHED = frozenset({Meaning.NONNEGATIVE, Meaning.BOUNDED})

_ACCEPTED: dict[NeedKind, frozenset[Meaning]] = {
    NeedKind.SIGMOID_LOGITS: frozenset({Meaning.LOGITS}),
    # log_softmax is idempotent: redundant before such a loss, never wrong.
    NeedKind.SOFTMAX_LOGITS: frozenset({Meaning.LOGITS, Meaning.LOG_DISTRIBUTION}),
    NeedKind.DECLARED_LOGITS: frozenset({Meaning.LOGITS}),
    NeedKind.PROBABILITY: frozenset({Meaning.PROBABILITY, Meaning.BINARY_LABELS, Meaning.ONE_HOT}),
    NeedKind.DISTRIBUTION: frozenset({Meaning.DISTRIBUTION, Meaning.ONE_HOT}),
    NeedKind.LOG_DISTRIBUTION: frozenset({Meaning.LOG_DISTRIBUTION}),
    NeedKind.LOG_PROBABILITY: frozenset({Meaning.LOG_DISTRIBUTION, Meaning.LOG_PROBABILITY}),
}
_CONTRADICTED: dict[NeedKind, frozenset[Meaning]] = {
    # What tanh or an LSTM puts out is a fenced-in logit, poor but not wrong: it is left unknown.
    NeedKind.SIGMOID_LOGITS: _ACTIVATED | _LOGS | {Meaning.NONNEGATIVE},
    NeedKind.SOFTMAX_LOGITS: _ACTIVATED | {Meaning.NONNEGATIVE},
    NeedKind.DECLARED_LOGITS: _ACTIVATED | {Meaning.NONNEGATIVE},
    NeedKind.PROBABILITY: frozenset({Meaning.LOGITS, Meaning.DISTRIBUTION}) | _LOGS | _SQUASHED,
    NeedKind.DISTRIBUTION: frozenset({Meaning.LOGITS, Meaning.PROBABILITY}) | _LOGS | _SQUASHED,
    NeedKind.LOG_DISTRIBUTION: frozenset({Meaning.LOGITS, Meaning.PROBABILITY, Meaning.DISTRIBUTION}) | _SQUASHED,
    NeedKind.LOG_PROBABILITY: frozenset({Meaning.LOGITS, Meaning.PROBABILITY, Meaning.DISTRIBUTION}) | _SQUASHED,
}
