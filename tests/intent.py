"""What a program means whose activation does not belong to its loss: a sigmoid before a categorical loss and the like.

The loss is taken for a statement of what the classes are, except after a softmax, which says that they exclude each
other, and over a single class, which is or is not. What lies under the activation are the scores.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from tests.reference import Array, CrossEntropy, Reference

CUT_OFF = ("relu", "softplus")
WATCHED = ("sigmoid", "softmax", *CUT_OFF)
"""Functions whose outputs a loss may not want."""


@dataclass
class Witness:
    """The inputs and outputs of watched functions, by their names."""

    seen: list[tuple[str, Array, Array]] = field(default_factory=list)

    def note(self, name: str, given: Array | None, output: Array | None) -> None:
        """A watched function was called; what is only symbolic is passed over."""
        if given is not None and output is not None:
            self.seen.append((name, given, output))

    def meant(self, prediction: Array, reference: Reference) -> tuple[Array, Reference] | None:
        """The scores under the activation and the loss that belongs to them; None if the activation belongs to it."""
        if isinstance(reference, CrossEntropy) and reference.axis is not None and prediction.shape[reference.axis] == 1:
            return prediction, replace(reference, axis=None)
        name, given, output = next((call for call in self.seen if np.isin(prediction, call[2]).all()), ("", *NOTHING))
        if name in CUT_OFF:
            return looked_up(prediction, output, given), reference
        if name == "sigmoid" and isinstance(reference, CrossEntropy) and reference.axis is not None:
            return np.log(prediction) - np.log1p(-prediction), reference
        if name == "softmax" and isinstance(reference, CrossEntropy) and reference.axis is None:
            axis = class_axis(prediction)
            return None if axis is None else (np.log(prediction), replace(reference, axis=axis))
        return None

    def beneath(self, values: Array) -> Array | None:
        """What a sigmoid or softmax was given where it gave these values; None if no one call gave all of them."""
        calls = ((given, output) for name, given, output in self.seen if name not in CUT_OFF)
        return next((given.reshape(values.shape) for given, output in calls if same_numbers(values, output)), None)


def same_numbers(values: Array, others: Array) -> bool:
    """True of equally many numbers that are the same in order, up to a clamp that only touches the ends."""
    return values.size == others.size and bool(np.allclose(values.ravel(), others.ravel(), rtol=0, atol=1e-5))


NOTHING: tuple[Any, Any] = (np.zeros(0), np.zeros(0))


def class_axis(values: Array) -> int | None:
    """The axis over which a distribution sums to one; None if it is none, or a part of one."""
    return next((i for i in range(values.ndim) if np.allclose(values.sum(axis=i), 1, atol=1e-5)), None)


def looked_up(values: Array, output: Array, given: Array) -> Array:
    """What a function was given where it gave `values`; any of the places where it gave the same."""
    order = np.argsort(output, axis=None)
    found = np.searchsorted(output.ravel()[order], values.ravel())
    return given.ravel()[order][found].reshape(values.shape)
