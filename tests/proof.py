"""Runs fixtures and compares every loss they compute with a float64 reference. A script: `proof.py PROGRAM...`.

A program needs no preparation. What its activations give and what its losses take and give is recorded while it runs:
in PyTorch by a function mode, in Keras and TensorFlow by wrapping a few functions. Only calls on eager tensors are
seen, so Keras is run on the PyTorch backend unless the program needs TensorFlow: see `backend`.

The reference is what the program means: the activation applied exactly once. An input that consists of recorded outputs
of a sigmoid or softmax is taken as a probability, any other as logits, and the cross-entropy is computed from it in
float64. Loss and, in PyTorch, gradient with respect to the logits are compared.

Prints one JSON object: for each program the list of its loss calls as `{"loss", "error", "gradient_error", "raised"}`
(errors are relative, None if there is none to give), and `"crash"` with the exception that ended it, or null.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
import io
import json
import re
import runpy
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def backend(text: str) -> str:
    """What a program has to be run on: `tensorflow` if it uses more of it than Keras, else `torch`."""
    return "tensorflow" if re.search(r"\btf\.(?!keras\b)", text) else "torch"


@dataclass
class Recorder:
    """What has happened so far: the outputs of activations, and how far each loss was from its reference."""

    activated: list[Array] = field(default_factory=list)
    calls: list[dict[str, Any]] = field(default_factory=list)

    def activation(self, output: Any) -> None:
        """An activation gave this; symbolic values are passed over."""
        if (values := numbers(output)) is not None:
            self.activated.append(values)

    def loss(self, name: str, run: Callable[[], Any], prediction: Any, reference: CrossEntropy) -> Any:
        """Runs a loss and records how far its value is from the reference."""
        values = numbers(prediction)
        try:
            result = run()
        except (RuntimeError, ValueError) as refusal:
            self.calls.append({"loss": name, "error": None, "gradient_error": None, "raised": str(refusal)})
            raise
        if values is not None:
            error = difference(numbers(result), reference.value(values, self.is_activated(values)))
            self.calls.append({"loss": name, "error": error, "gradient_error": None, "raised": None})
        return result

    def is_activated(self, values: Array) -> bool:
        """True if every element is one that an activation gave: views and parts are recognized, arithmetic is not."""
        return any(np.isin(values, outputs).all() for outputs in self.activated)


def numbers(value: Any) -> Array | None:
    """The numbers of a tensor of any framework, None if it is only symbolic."""
    if getattr(getattr(value, "device", None), "type", "") == "meta" or type(value).__name__ == "KerasTensor":
        return None
    if hasattr(value, "detach"):
        value = value.detach().cpu()
    if hasattr(value, "numpy"):
        value = value.numpy()
    return np.asarray(value, dtype=np.float64) if isinstance(value, (np.ndarray, np.generic, float, list)) else None


def difference(got: Array | None, want: Array) -> float | None:
    """The largest difference, relative to the largest value."""
    if got is None or got.shape != want.shape:
        return None
    scale = float(np.max(np.abs(want), initial=0.0)) or 1.0
    return float(np.max(np.abs(got - want), initial=0.0)) / scale


@dataclass(frozen=True)
class CrossEntropy:
    """The loss as the textbook has it; binary if there is no class `axis`. `target` has the shape of the prediction."""

    target: Array
    axis: int | None = None
    reduction: str = "none"
    weight: Any = 1.0
    pos_weight: Any = 1.0

    def value(self, prediction: Array, activated: bool) -> Array:
        """The loss of logits, or of probabilities if they are `activated`."""
        with np.errstate(divide="ignore"):
            if self.axis is None:
                log_p = np.log(prediction) if activated else -np.logaddexp(0, -prediction)
                log_not_p = np.log1p(-prediction) if activated else -np.logaddexp(0, prediction)
                elements = -self.weight * (self.pos_weight * self.target * log_p + (1 - self.target) * log_not_p)
            else:
                scores = np.log(prediction) if activated else prediction
                log_p = scores - np.logaddexp.reduce(scores, axis=self.axis, keepdims=True)
                elements = -(self.target * log_p).sum(axis=self.axis)
        return np.asarray({"mean": elements.mean(), "sum": elements.sum(), "none": elements}[self.reduction])

    def gradient(self, prediction: Array, activated: bool) -> Array:
        """The gradient of the sum of the loss with respect to the logits."""
        if self.axis is None:
            p = prediction if activated else 1 / (1 + np.exp(-prediction))
            slope = self.weight * ((1 - self.target) * p - self.pos_weight * self.target * (1 - p))
        else:
            p = prediction if activated else np.exp(prediction)
            slope = p / p.sum(axis=self.axis, keepdims=True) * self.target.sum(self.axis, keepdims=True) - self.target
        elements = prediction.size / (1 if self.axis is None else prediction.shape[self.axis])
        return np.asarray(slope / (elements if self.reduction == "mean" else 1))

    def through_activation(self, gradient: Array, p: Array) -> Array:
        """The gradient with respect to the logits, from that with respect to the probabilities `p`."""
        if self.axis is None:
            return gradient * p * (1 - p)
        return np.asarray(p * (gradient - (gradient * p).sum(axis=self.axis, keepdims=True)))


def one_hot(indices: Array, classes: int, axis: int = -1) -> Array:
    """Class indices as distributions over a new axis."""
    return np.moveaxis(np.eye(classes)[indices.astype(int)], -1, axis)


@contextlib.contextmanager
def watched_torch(recorder: Recorder) -> Iterator[None]:
    """Records what PyTorch computes."""
    from torch.overrides import TorchFunctionMode

    class Watch(TorchFunctionMode):
        def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            kwargs = kwargs or {}
            name = func.__name__
            if name in ("binary_cross_entropy", "binary_cross_entropy_with_logits", "cross_entropy"):
                return torch_loss(recorder, name, func, args, kwargs)
            output = func(*args, **kwargs)
            if name.strip("_") in ("sigmoid", "special_expit", "expit", "softmax"):
                recorder.activation(output)
            return output

    with Watch():
        yield


def torch_loss(recorder: Recorder, name: str, func: Any, args: Any, kwargs: Any) -> Any:
    """Runs a loss of `torch.nn.functional` and records it with its gradient."""
    given = inspect.signature(func).bind(*args, **kwargs).arguments
    prediction, target = given["input"], numbers(given["target"])
    assert target is not None
    axis = None if name.startswith("binary") else min(1, prediction.ndim - 1)
    if axis is not None and target.ndim < prediction.ndim:
        target = one_hot(target, prediction.shape[axis], axis)
    factors = {key: numbers(given[key]) for key in ("weight", "pos_weight") if given.get(key) is not None}
    reference = CrossEntropy(target, axis, given.get("reduction", "mean"), **factors)
    result = recorder.loss(name, lambda: func(*args, **kwargs), prediction, reference)
    if prediction.requires_grad:
        recorder.calls[-1]["gradient_error"] = gradient_error(recorder, result, prediction, reference)
    return result


def gradient_error(recorder: Recorder, result: Any, prediction: Any, reference: CrossEntropy) -> float | None:
    """How far the gradient with respect to the logits is from the reference."""
    import torch

    (gradient,) = torch.autograd.grad(result.sum(), prediction, retain_graph=True)
    got, values = numbers(gradient), numbers(prediction)
    assert got is not None
    assert values is not None
    activated = recorder.is_activated(values)
    got = reference.through_activation(got, values) if activated else got
    return difference(got, reference.gradient(values, activated))


@contextlib.contextmanager
def watched_keras(recorder: Recorder) -> Iterator[None]:
    """Records what Keras computes, on any backend."""
    nn = importlib.import_module("keras.src.backend").nn

    def watched(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(target: Any, output: Any, *args: Any, **kwargs: Any) -> Any:
            def run() -> Any:
                return original(target, output, *args, **kwargs)

            reference = keras_reference(name, target, output)
            return recorder.loss(f"keras.{name}", run, output, reference) if reference else run()

        return wrapped

    with contextlib.ExitStack() as stack:
        for name in ("binary_crossentropy", "categorical_crossentropy", "sparse_categorical_crossentropy"):
            stack.enter_context(replaced(nn, name, watched(name, getattr(nn, name))))
        for name in ("sigmoid", "softmax"):
            stack.enter_context(replaced(nn, name, noted(recorder, getattr(nn, name))))
        yield


def keras_reference(name: str, target: Any, output: Any) -> CrossEntropy | None:
    """The textbook's version of a Keras loss, None for symbolic values; the class axis is the last."""
    values = numbers(target)
    if values is None or numbers(output) is None:
        return None
    if name.startswith("sparse"):
        values = one_hot(values.reshape(output.shape[:-1]), output.shape[-1])
    return CrossEntropy(values, None if name.startswith("binary") else -1)


@contextlib.contextmanager
def watched_tensorflow(recorder: Recorder) -> Iterator[None]:
    """Records what TensorFlow computes."""
    tf = importlib.import_module("tensorflow")
    original = tf.nn.sigmoid_cross_entropy_with_logits

    def sigmoid_loss(labels: Any = None, logits: Any = None, name: str | None = None) -> Any:
        def run() -> Any:
            return original(labels=labels, logits=logits, name=name)

        values = numbers(labels)
        return run() if values is None else recorder.loss("tf.nn.sigmoid", run, logits, CrossEntropy(values))

    with contextlib.ExitStack() as stack:
        stack.enter_context(replaced(tf.nn, "sigmoid_cross_entropy_with_logits", sigmoid_loss))
        for module, name in ((tf, "sigmoid"), (tf.math, "sigmoid"), (tf.nn, "sigmoid"), (tf.nn, "softmax")):
            stack.enter_context(replaced(module, name, noted(recorder, getattr(module, name))))
        yield


def noted(recorder: Recorder, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, its outputs recorded as those of an activation."""

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        output = function(*args, **kwargs)
        recorder.activation(output)
        return output

    return wrapped


@contextlib.contextmanager
def replaced(module: Any, name: str, value: Any) -> Iterator[None]:
    """`module.name` is `value` for a while."""
    original = getattr(module, name)
    setattr(module, name, value)
    try:
        yield
    finally:
        setattr(module, name, original)


def run(path: str) -> dict[str, Any]:
    """Runs one program, a folder by its `train.py`; what was recorded, and the exception that ended it if one did."""
    root = Path(path)
    script = root / "train.py" if root.is_dir() else root
    text = "\n".join(file.read_text("utf-8") for file in ([*root.rglob("*.py")] if root.is_dir() else [root]))
    recorder, crash = Recorder(), None
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.redirect_stdout(io.StringIO()))
        stack.enter_context(replaced(sys, "argv", [path]))
        if "torch" in text:
            stack.enter_context(watched_torch(recorder))
        if "keras" in text:
            stack.enter_context(watched_keras(recorder))
        if backend(text) == "tensorflow":
            stack.enter_context(watched_tensorflow(recorder))
        try:
            runpy.run_path(str(script), run_name="__main__")
        except Exception:  # whatever a program raises is its result
            crash = traceback.format_exc(limit=-2)
    return {"calls": recorder.calls, "crash": crash}


def main(paths: Sequence[str]) -> None:
    """Runs every program and prints what was found."""
    print(json.dumps({path: run(path) for path in paths}))


if __name__ == "__main__":
    main(sys.argv[1:])
