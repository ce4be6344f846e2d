"""Watches what Keras computes on any of its backends, for `tests.proof`."""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import numpy as np

from tests.intent import WATCHED
from tests.recorder import INVERSE, Recorder, numbers
from tests.reference import CrossEntropy, one_hot

LOSSES = ("binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy")
"""Functions of a backend; all losses of Keras that are made of cross-entropies lead to them."""
DIGITS = 4
"""To which metrics are compared."""


@contextlib.contextmanager
def watched(recorder: Recorder) -> Iterator[None]:
    """Records what Keras computes, step by step in Python instead of compiled."""
    keras = importlib.import_module("keras")
    nn, numpy = (getattr(importlib.import_module("keras.src.backend"), name) for name in ("nn", "numpy"))
    with contextlib.ExitStack() as stack:
        for name in LOSSES:
            stack.enter_context(mock.patch.object(nn, name, loss(recorder, name, getattr(nn, name))))
        for module, names in ((nn, (*WATCHED, "log_sigmoid", "log_softmax")), (numpy, tuple(INVERSE))):
            for name in names:
                new = noted(recorder, name, getattr(module, name))
                stack.enter_context(mock.patch.object(module, name, new))
        layer = keras.layers.Dropout
        stack.enter_context(mock.patch.object(layer, "call", dropping(recorder, layer.call)))
        stack.enter_context(mock.patch.object(keras.Model, "fit", fitted(recorder, keras.Model.fit)))
        yield


def loss(recorder: Recorder, name: str, original: Callable[..., Any]) -> Callable[..., Any]:
    """The loss of that name, its values recorded."""

    def wrapped(target: Any, output: Any, *args: Any, **kwargs: Any) -> Any:
        def run(prediction: Any) -> Any:
            return original(target, prediction, *args, **kwargs)

        return recorder.loss(f"keras.{name}", run, output, lambda: reference(name, target, output))

    return wrapped


def reference(name: str, target: Any, output: Any) -> CrossEntropy:
    """The textbook's version of a loss; the class axis is the last."""
    values = numbers(target)
    assert values is not None
    if name.startswith("sparse"):
        values = one_hot(values.reshape(output.shape[:-1]), output.shape[-1])
    return CrossEntropy(values, None if name.startswith("binary") else -1)


def noted(recorder: Recorder, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, its outputs recorded as those of the activation of that name."""

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        return recorder.activate(name, function, args, kwargs)

    return wrapped


def dropping(recorder: Recorder, call: Callable[..., Any]) -> Callable[..., Any]:
    """The method `call` of dropout; what it gives is recorded."""

    def wrapped(self: Any, inputs: Any, training: bool = False) -> Any:
        output = call(self, inputs, training=training)
        if training:
            recorder.dropout(output)
        return output

    return wrapped


def fitted(recorder: Recorder, fit: Callable[..., Any]) -> Callable[..., Any]:
    """The method `fit` of a model; what its metrics say of the outputs is recorded."""

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        output = fit(*args, **kwargs)
        told = {key: np.round(values, DIGITS).tolist() for key, values in output.history.items()}
        recorder.readings.append(["fit", {key: told[key] for key in told if not key.endswith("loss")}])
        return output

    return wrapped
