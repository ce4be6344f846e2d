"""Records what JAX computes, for `tests.proof`: without compilation, and underneath the tracers of `jax.grad`."""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any
from unittest import mock

import numpy as np

from tests.reference import Array, CrossEntropy, Divergence, Reference, one_hot

if TYPE_CHECKING:
    from tests.proof import Recorder

ACTIVATIONS = ("sigmoid", "softmax", "log_sigmoid", "log_softmax", "relu", "softplus")
MODULES = ("jax.nn", "flax.linen")
"""Where programs take activations from."""
LOSSES = (
    "sigmoid_binary_cross_entropy",
    "softmax_cross_entropy",
    "softmax_cross_entropy_with_integer_labels",
    "kl_divergence",
)


@contextlib.contextmanager
def watched_jax(recorder: Recorder) -> Iterator[None]:
    """Records activations and the losses of optax."""
    jax, optax = importlib.import_module("jax"), importlib.import_module("optax")
    modules = [importlib.import_module(name) for name in MODULES if importlib.util.find_spec(name.partition(".")[0])]
    functions = [(module, name) for module in modules for name in ACTIVATIONS if hasattr(module, name)]
    functions += [(jax.numpy, name) for name in ("log", "exp")]
    losses = [(module, name) for module in (optax, optax.losses) for name in LOSSES]
    with contextlib.ExitStack() as stack:
        stack.enter_context(jax.disable_jit())
        for module, name in functions:
            new = noted(recorder, name, getattr(module, name))
            stack.enter_context(mock.patch.object(module, name, new))
        for module, name in losses:
            new = watched(recorder, name, getattr(module, name))
            stack.enter_context(mock.patch.object(module, name, new))
        yield


def concrete(value: Any) -> Array | None:
    """The numbers of an array, also underneath tracers; None if there are none."""
    while (inside := next((name for name in ("primal", "val") if hasattr(value, name)), None)) is not None:
        value = getattr(value, inside)
    return np.asarray(value, dtype=np.float64) if type(value).__name__ == "ArrayImpl" else None


def noted(recorder: Recorder, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, its outputs recorded as those of the activation of that name."""

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        output = function(*args, **kwargs)
        recorder.activation(name, concrete(args[0]) if args else None, concrete(output))
        return output

    return wrapped


def watched(recorder: Recorder, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The loss, its values recorded; predictions come first."""

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        given = [*args, *kwargs.values()]
        prediction, target = concrete(given[0]), concrete(given[1])
        output = function(*args, **kwargs)
        if prediction is not None and target is not None:
            recorder.loss(f"optax.{name}", lambda: concrete(output), prediction, reference(name, target, prediction))
        return output

    return wrapped


def reference(name: str, target: Array, prediction: Array) -> Reference:
    """The textbook's version of a loss of optax."""
    if name == "kl_divergence":
        return Divergence(target, "classes")
    if name.startswith("sigmoid"):
        return CrossEntropy(target)
    if name.endswith("integer_labels"):
        target = one_hot(target, prediction.shape[-1])
    return CrossEntropy(target, -1)
