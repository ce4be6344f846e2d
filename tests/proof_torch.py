"""Watches what PyTorch computes, for `tests.proof`."""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from tests import graphics, proof_distributions
from tests.recorder import Recorder, numbers
from tests.reference import (
    Array,
    CrossEntropy,
    Divergence,
    Reference,
    Scale,
    as_probabilities,
    log_probability,
    one_hot,
)

LOSSES = {
    "binary_cross_entropy": "input",
    "binary_cross_entropy_with_logits": "input",
    "cross_entropy": "input",
    "nll_loss": "input",
    "kl_div": "input",
    "ctc_loss": "log_probs",
    "multilabel_soft_margin_loss": "input",
}
"""Functions of `torch.nn.functional`, to which its modules lead, and the names of their predictions."""


@contextlib.contextmanager
def watched(recorder: Recorder) -> Iterator[None]:
    """Records what PyTorch computes."""
    from torch.overrides import TorchFunctionMode

    class Watch(TorchFunctionMode):
        def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            kwargs, name = kwargs or {}, getattr(func, "__name__", "")
            if name in LOSSES and not recorder.inside:
                return loss(recorder, name, func, args, kwargs)
            output = recorder.activate(name, func, args, kwargs)
            if "dropout" in name:
                recorder.dropout(output)
            recorder.read(name, args, output)
            return output

    with contextlib.ExitStack() as stack:
        stack.enter_context(proof_distributions.watched(recorder, "torch.distributions"))
        stack.enter_context(graphics.replaced())
        stack.enter_context(Watch())
        yield


def loss(recorder: Recorder, name: str, func: Any, args: Any, kwargs: Any) -> Any:
    """Runs a loss and records it."""
    given = inspect.signature(func).bind(*args, **kwargs).arguments
    prediction = given.pop(LOSSES[name])

    def run(prediction: Any) -> Any:
        graphics.ask(func, {LOSSES[name]: prediction, **given})
        return func(**{LOSSES[name]: prediction}, **given)

    return recorder.loss(f"torch.{name}", run, prediction, lambda: reference(name, prediction, given, func))


def reference(name: str, prediction: Any, given: dict[str, Any], func: Any) -> Reference:
    """The textbook's version of a loss of PyTorch."""
    if name == "ctc_loss":
        return Sequences(func, given)
    target, reduction = numbers(given["target"]), given.get("reduction", "mean")
    assert target is not None
    factors = {key: w for key in ("weight", "pos_weight") if (w := numbers(given.get(key))) is not None}
    if name == "kl_div":
        return Divergence(as_probabilities(target, given.get("log_target", False)), reduction)
    if name.startswith(("binary", "multilabel")):
        return CrossEntropy(target, None, reduction, **factors)
    axis, smoothing = min(1, prediction.ndim - 1), given.get("label_smoothing", 0.0)
    classes = prediction.shape[axis]
    if target.ndim < prediction.ndim:
        target = one_hot(np.where(target == given.get("ignore_index", -100), -1, target), classes, axis)
    weight = np.reshape(factors.get("weight", np.ones(classes)), [-1 if i == axis else 1 for i in range(target.ndim)])
    return CrossEntropy((target * (1 - smoothing) + smoothing / classes) * weight, axis, reduction)


@dataclass(frozen=True)
class Sequences:
    """The loss of connectionist temporal classification, computed in float64 from what the prediction means."""

    function: Callable[..., Any]
    given: dict[str, Any]
    axis: int = -1

    def value(self, prediction: Array, scale: Scale) -> Array:
        """The loss of a prediction; its classes lie on the last axis."""
        import torch

        log_p = torch.from_numpy(log_probability(prediction, scale, self.axis))
        return np.asarray(self.function(log_p, **self.given), dtype=np.float64)

    def gradient(self, prediction: Array, scale: Scale) -> None:
        """Not known."""
