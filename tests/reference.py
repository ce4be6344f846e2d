"""Losses as the textbook has them, in float64, of predictions on any scale; what `tests.proof` compares with."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any, Literal, Protocol

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Scale = Literal["logits", "probability", "log"]
"""What a prediction is: raw scores, what an activation made of them, or the logarithm of that."""


class Reference(Protocol):
    """A loss, its target known."""

    @property
    def axis(self) -> int | None:
        """The class axis, None if there is none."""
        ...

    def value(self, prediction: Array, scale: Scale) -> Array:
        """The loss of a prediction."""
        ...

    def gradient(self, prediction: Array, scale: Scale) -> Array | None:
        """The gradient of the sum of the loss with respect to the logits; None if it is not known."""
        ...


def log_probability(prediction: Array, scale: Scale, axis: int | None) -> Array:
    """The logarithm of what a prediction says: of a sigmoid, or of a softmax over the class `axis`."""
    with np.errstate(divide="ignore"):
        if scale == "logits" and axis is None:
            return -np.logaddexp(0, -prediction)
        scores = np.log(prediction) if scale == "probability" else prediction
        if scale == "logits":
            scores = scores - np.logaddexp.reduce(scores, axis=axis, keepdims=True)
        return np.asarray(scores)


def to_logits(gradient: Array, prediction: Array, scale: Scale, axis: int | None) -> Array:
    """The gradient with respect to the logits, from that with respect to a prediction on any scale."""
    if scale == "logits":
        return gradient
    p = np.exp(log_probability(prediction, scale, axis))
    of_log = gradient * p if scale == "probability" else gradient
    through = of_log * (1 - p) if axis is None else of_log - p * of_log.sum(axis=axis, keepdims=True)
    return np.asarray(through)


@dataclass(frozen=True)
class CrossEntropy:
    """Binary if there is no class `axis`. `target` has the shape of the prediction, class weights multiplied in."""

    target: Array
    axis: int | None = None
    reduction: str = "none"
    weight: Any = 1.0
    pos_weight: Any = 1.0

    def value(self, prediction: Array, scale: Scale) -> Array:
        """The loss of a prediction."""
        log_p = log_probability(prediction, scale, self.axis)
        if self.axis is None:
            with np.errstate(divide="ignore"):
                log_not_p = log_probability(-prediction, scale, None) if scale == "logits" else np.log1p(-np.exp(log_p))
            elements = -self.weight * (self.pos_weight * self.target * log_p + (1 - self.target) * log_not_p)
        else:
            log_p = log_p - np.logaddexp.reduce(log_p, axis=self.axis, keepdims=True)
            elements = -(self.target * log_p).sum(axis=self.axis)
        return np.asarray(elements if self.reduction == "none" else elements.sum() / self._divisor(elements))

    def gradient(self, prediction: Array, scale: Scale) -> Array:
        """The gradient of the sum of the loss with respect to the logits."""
        p = np.exp(log_probability(prediction, scale, self.axis))
        if self.axis is None:
            slope = self.weight * ((1 - self.target) * p - self.pos_weight * self.target * (1 - p))
        else:
            slope = p / p.sum(axis=self.axis, keepdims=True) * self.target.sum(self.axis, keepdims=True) - self.target
        return np.asarray(slope / self._divisor(prediction))

    def _divisor(self, elements: Array) -> float:
        """What a mean divides by: the number of elements, or the weight of all targets."""
        if self.reduction != "mean":
            return 1.0
        return float(elements.size if self.axis is None else self.target.sum())


@dataclass(frozen=True)
class Divergence:
    """How far the prediction is from `target` after Kullback and Leibler; `target` sums to 1 over the classes."""

    target: Array
    reduction: str = "mean"

    @property
    def definition(self) -> Divergence:
        """What is called the divergence: the mean of all elements is not, that over the batch is."""
        return replace(self, reduction="batchmean") if self.reduction == "mean" else self

    @property
    def axis(self) -> int | None:
        """The class axis; None if there is none and each element stands for itself."""
        return next((i for i in range(self.target.ndim) if np.allclose(self.target.sum(axis=i), 1, atol=1e-4)), None)

    def value(self, prediction: Array, scale: Scale) -> Array:
        """The divergence of a prediction."""
        log_target = np.log(np.where(self.target > 0, self.target, 1))
        elements = self.target * (log_target - log_probability(prediction, scale, self.axis))
        if self.reduction in ("none", "classes"):
            return np.asarray(elements if self.reduction == "none" else elements.sum(axis=-1))
        return np.asarray(elements.sum() / self._divisor())

    def gradient(self, prediction: Array, scale: Scale) -> Array:
        """The gradient of the sum of the divergence with respect to the logits."""
        p = np.exp(log_probability(prediction, scale, self.axis))
        if self.axis is None:
            return np.asarray(-self.target * (1 - p) / self._divisor())
        return np.asarray((p * self.target.sum(self.axis, keepdims=True) - self.target) / self._divisor())

    def _divisor(self) -> float:
        return float({"mean": self.target.size, "batchmean": len(self.target)}.get(self.reduction, 1))


def one_hot(indices: Array, classes: int, axis: int = -1) -> Array:
    """Class indices as distributions over a new axis; nothing where an index is negative.

    A single class has labels that say yes or no, as they are.
    """
    if classes == 1:
        return np.expand_dims(indices, axis)
    chosen = np.eye(classes)[np.maximum(indices, 0).astype(int)] * (indices >= 0)[..., None]
    return np.moveaxis(chosen, -1, axis)


def as_probabilities(target: Array, told_logs: bool) -> Array:
    """What a target means by its looks: probabilities, their logarithms, or else scores over the last axis."""

    def sums(values: Array) -> bool:
        return any(np.allclose(values.sum(axis=i), 1, atol=1e-4) for i in range(values.ndim))

    if target.min() >= 0 and target.max() <= 1 and not (told_logs and target.max() == 0):
        return target
    if target.max() <= 0 and (told_logs or sums(np.exp(target))):
        return np.exp(target)
    return np.exp(log_probability(target, "logits", -1))
