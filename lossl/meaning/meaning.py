"""What the numbers of a tensor stand for, and how elementary operations change it. Knows no framework."""

from __future__ import annotations

from enum import Enum


class Meaning(Enum):
    """What numbers stand for. Absence of knowledge is not a meaning: see `thing.Unknown`."""

    LOGITS = "logits"
    PROBABILITY = "probability"
    DISTRIBUTION = "distribution"
    LOG_PROBABILITY = "log_probability"
    LOG_DISTRIBUTION = "log_distribution"
    NONNEGATIVE = "nonnegative"
    BOUNDED = "bounded"
    CLASS_INDICES = "class_indices"
    ONE_HOT = "one_hot"
    BINARY_LABELS = "binary_labels"
    LOSS = "loss"

    def __repr__(self) -> str:
        return self.value

    @property
    def spoken(self) -> str:
        """With its article, as a message says it: `a distribution`, `logits`."""
        return _SPOKEN[self]


_SPOKEN = {
    Meaning.LOGITS: "logits",
    Meaning.PROBABILITY: "a probability",
    Meaning.DISTRIBUTION: "a distribution",
    Meaning.LOG_PROBABILITY: "a log-probability",
    Meaning.LOG_DISTRIBUTION: "a log-distribution",
    Meaning.NONNEGATIVE: "cut off below zero",
    Meaning.BOUNDED: "squashed into a bounded range",
    Meaning.CLASS_INDICES: "class indices",
    Meaning.ONE_HOT: "one-hot vectors",
    Meaning.BINARY_LABELS: "binary labels",
    Meaning.LOSS: "a loss",
}

ACTIVATED = frozenset({Meaning.PROBABILITY, Meaning.DISTRIBUTION, Meaning.LOG_PROBABILITY, Meaning.LOG_DISTRIBUTION})
"""What an activation makes that some loss wants, each in a range of its own."""

# What an elementary operation makes of a meaning (measured on the frameworks in float64); absent pairs are unknown.
LOG = {
    Meaning.PROBABILITY: Meaning.LOG_PROBABILITY,
    Meaning.DISTRIBUTION: Meaning.LOG_DISTRIBUTION,
    Meaning.NONNEGATIVE: Meaning.LOGITS,
}
EXP = {
    Meaning.LOG_PROBABILITY: Meaning.PROBABILITY,
    Meaning.LOG_DISTRIBUTION: Meaning.DISTRIBUTION,
    Meaning.LOGITS: Meaning.NONNEGATIVE,
}
COMPLEMENT = {
    Meaning.PROBABILITY: Meaning.PROBABILITY,
    Meaning.DISTRIBUTION: Meaning.PROBABILITY,
    Meaning.LOGITS: Meaning.LOGITS,
    Meaning.BINARY_LABELS: Meaning.BINARY_LABELS,
}
# One class taken out of a distribution, or classes merged: still in [0, 1], no longer summing to one.
PART_OF_CLASSES: dict[Meaning, Meaning | None] = {
    Meaning.DISTRIBUTION: Meaning.PROBABILITY,
    Meaning.LOG_DISTRIBUTION: Meaning.LOG_PROBABILITY,
    Meaning.ONE_HOT: Meaning.BINARY_LABELS,
    # A mean of what was cut off below zero is a deliberate head (SqueezeNet ends so), not a mistake.
    Meaning.NONNEGATIVE: None,
}
