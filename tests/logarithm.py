"""Logarithms of sigmoids and softmaxes, taken in one step or in two, compared with those of float64."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from tests.reference import Array, log_probability

SMALL = 1e-3
"""A logarithm nearer to 0 may be rounded to it."""


@dataclass
class Logarithms:
    """`errors` says how far each logarithm was from that of float64, relative to the largest; infinite ones are 1e9."""

    errors: list[float] = field(default_factory=list)
    seen: list[tuple[str, Array, Array]] = field(default_factory=list)

    def note(self, name: str, given: Array | None, output: Array | None) -> None:
        """A function was given this and gave that; what is only symbolic is passed over."""
        if given is None or output is None:
            return
        if name in ("sigmoid", "special_expit", "expit", "softmax"):
            self.seen.append((name, given, output))
        elif name == "log":
            self._measure(output, self._of_activated(given))
        elif name in ("log_softmax", "logsigmoid", "log_sigmoid"):
            self._measure(output, log_of(name, given, np.exp(output)))

    def _measure(self, got: Array, want: Array | None) -> None:
        if want is not None:
            scale = max(float(np.max(np.abs(want), initial=0.0)), SMALL)
            error = float(np.max(np.abs(got - want), initial=0.0)) / scale
            self.errors.append(error if np.isfinite(error) else 1e9)

    def _of_activated(self, values: Array) -> Array | None:
        """The logarithm that is meant of an activation's output, or of 1 minus that of a sigmoid; None of others."""
        for name, given, output in self.seen:
            if values.shape == output.shape and np.allclose(values, output, rtol=0, atol=1e-7):
                return log_of(name, given, output)
            if (
                name != "softmax"
                and values.shape == output.shape
                and np.allclose(values, 1 - output, rtol=0, atol=1e-7)
            ):
                return log_of(name, -given, 1 - output)
        return None


def log_of(name: str, given: Array, output: Array) -> Array | None:
    """The logarithm of an activation of these scores; None of a softmax whose axis is not to be seen."""
    if "softmax" not in name:
        return log_probability(given, "logits", None)
    axes = (i for i in range(output.ndim) if np.allclose(output.sum(axis=i), 1, atol=1e-5))
    axis = next(axes, None)
    return None if axis is None else log_probability(given, "logits", axis)
