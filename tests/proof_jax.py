"""Watches what JAX computes, for `tests.proof`: underneath the tracers of `jax.grad`.

What a program compiles is run as it stands, since there is no number to be seen in a compiled function. JAX itself goes
on compiling its own small functions: without that it is several times slower.
"""

from __future__ import annotations

import contextlib
import importlib
import importlib.util
import inspect
import sys
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

from tests.proof_keras import noted
from tests.proof_tensorflow import compared
from tests.recorder import OPERATORS, Recorder, numbers
from tests.reference import CrossEntropy, Divergence, Reference, one_hot

ACTIVATIONS = ("sigmoid", "softmax", "log_sigmoid", "log_softmax", "relu", "softplus")
MODULES = ("jax.nn", "flax.linen", "flax.nnx")
"""Where programs take activations from."""
COMPILERS = (("jax", "jit"), ("flax.nnx", "jit"), ("equinox", "filter_jit"), ("keras.src.backend.jax.trainer", "jit"))
LOSSES = (
    "sigmoid_binary_cross_entropy",
    "softmax_cross_entropy",
    "softmax_cross_entropy_with_integer_labels",
    "kl_divergence",
)


@contextlib.contextmanager
def watched(recorder: Recorder) -> Iterator[None]:
    """Records activations and the losses of optax."""
    jax = importlib.import_module("jax")
    modules = [importlib.import_module(name) for name in MODULES if importlib.util.find_spec(name.partition(".")[0])]
    functions = [(module, name) for module in modules for name in ACTIVATIONS if hasattr(module, name)]
    functions += [(jax.numpy, name) for name in ("log", "exp")] + [(jax.scipy.special, "expit")]
    with contextlib.ExitStack() as stack:
        for module, name in COMPILERS:
            if module in sys.modules or not module.startswith("keras"):
                stack.enter_context(mock.patch(f"{module}.{name}", uncompiled))
        for module, name in functions:
            new = noted(recorder, name, getattr(module, name))
            stack.enter_context(mock.patch.object(module, name, new))
        kinds = (type(jax.numpy.zeros(1)), jax.core.Tracer)
        for kind, name in ((kind, name) for kind in kinds for name in OPERATORS):
            new = compared(recorder, name, getattr(kind, name))
            stack.enter_context(mock.patch.object(kind, name, new))
        for name in ("argmax", "round"):
            new = compared(recorder, name, getattr(jax.numpy, name))
            stack.enter_context(mock.patch.object(jax.numpy, name, new))
        if importlib.util.find_spec("optax"):
            optax = importlib.import_module("optax")
            for module, name in ((module, name) for module in (optax, optax.losses) for name in LOSSES):
                stack.enter_context(mock.patch.object(module, name, loss(recorder, name, getattr(module, name))))
        yield


def uncompiled(function: Callable[..., Any] | None = None, **options: Any) -> Callable[..., Any]:
    """In place of `jax.jit`, also as a decorator with options: the function as it is."""
    return uncompiled if function is None else function


def loss(recorder: Recorder, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    """The loss of that name, its values recorded; the prediction is its first parameter, the target its second."""
    signature = inspect.signature(original)
    first, second = list(signature.parameters)[:2]

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        given = signature.bind(*args, **kwargs).arguments
        prediction = given.pop(first)

        def run(prediction: Any) -> Any:
            return original(**{first: prediction}, **given)

        return recorder.loss(f"optax.{name}", run, prediction, lambda: reference(name, given[second], prediction))

    return wrapped


def reference(name: str, labels: Any, prediction: Any) -> Reference:
    """The textbook's version of a loss of optax."""
    target = numbers(labels)
    assert target is not None
    if name == "kl_divergence":
        return Divergence(target, "classes")
    if name.startswith("sigmoid"):
        return CrossEntropy(target)
    if name.endswith("integer_labels"):
        target = one_hot(target, prediction.shape[-1])
    return CrossEntropy(target, -1)
