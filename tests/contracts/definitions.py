"""Losses of probabilities as the textbook has them, in float64, elementwise or for each sample."""

from __future__ import annotations

import numpy as np

from tests.contracts.case import Array

LABELS = np.array([0, 2, 1, 1, 0, 2])
"""The right class of each sample."""
ONE_HOT: Array = np.eye(3)[LABELS]
MULTI_HOT: Array = np.array([[0, 1, 1], [1, 0, 0], [0, 0, 0], [1, 1, 1], [0, 1, 0], [1, 0, 1]], dtype=np.float64)
SOFT: Array = 0.8 * ONE_HOT + 0.2 / 3
"""A target distribution without zeros."""


def binary(p: Array, target: Array = MULTI_HOT) -> Array:
    """Binary cross-entropy of each element."""
    return np.asarray(-(target * np.log(p) + (1 - target) * np.log(1 - p)))


def categorical(p: Array, target: Array = ONE_HOT, axis: int = -1) -> Array:
    """Cross-entropy of each sample."""
    return np.asarray(-(target * np.log(p)).sum(axis=axis))


def focal(p: Array, gamma: float, alpha: float | None = None, target: Array = MULTI_HOT) -> Array:
    """Binary focal loss of each element; alpha weighs the positives, 1 - alpha the negatives."""
    right = np.where(target == 1, p, 1 - p)
    weight = 1.0 if alpha is None else np.where(target == 1, alpha, 1 - alpha)
    return np.asarray(-weight * (1 - right) ** gamma * np.log(right))


def divergence(p: Array, target: Array = SOFT) -> Array:
    """Kullback-Leibler divergence, for each element, of a prediction from the target."""
    return np.asarray(target * (np.log(target) - np.log(p)))


def overlap(p: Array, target: Array, axes: tuple[int, ...] | None, smooth: float = 0.0) -> Array:
    """Dice coefficient over some axes."""
    both = (p * target).sum(axis=axes)
    return np.asarray((2 * both + smooth) / (p.sum(axis=axes) + target.sum(axis=axes) + smooth))


def alignments(p: Array, labels: list[int], blank: int) -> float:
    """CTC of one sequence by trying every path: the negative logarithm of the probability of all that give `labels`."""
    steps, classes = p.shape
    total = 0.0
    for path in np.ndindex(*(classes,) * steps):
        merged = [c for i, c in enumerate(path) if i == 0 or c != path[i - 1]]
        if [c for c in merged if c != blank] == labels:
            total += float(np.prod([p[i, c] for i, c in enumerate(path)]))
    return -float(np.log(total))
