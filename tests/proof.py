"""Runs fixtures and compares every loss they compute with a float64 reference: `python -m tests.proof PROGRAM...`.

A program needs no preparation. What its activations give and what its losses take and give is recorded while it runs:
in PyTorch by a function mode, in the others by wrapping a few functions. Only calls on eager tensors are
seen, so Keras is run on the PyTorch backend unless the program needs TensorFlow: see `backend`.

The reference is what the program means: the activation applied exactly once. An input that consists of recorded outputs
of a sigmoid or softmax is taken as a probability, of their logarithms as such, any other as logits, and the loss is
computed from it in float64. Loss and, in PyTorch, gradient with respect to the logits are compared.

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

from tests.intent import WATCHED, Witness
from tests.proof_jax import watched_jax
from tests.reference import Array, CrossEntropy, Divergence, Reference, Scale, log_probability, one_hot, to_logits

SCALES: dict[str, Scale] = {
    **dict.fromkeys(("sigmoid", "special_expit", "expit", "softmax"), "probability"),
    **dict.fromkeys(("logsigmoid", "log_sigmoid", "log_softmax"), "log"),
}
"""What functions give, by their names; a trailing underscore is left out."""
INVERSE: dict[str, tuple[Scale, Scale]] = {"log": ("probability", "log"), "exp": ("log", "probability")}
"""Functions that lead from one scale to another."""
TORCH_LOSSES = (
    "binary_cross_entropy",
    "binary_cross_entropy_with_logits",
    "cross_entropy",
    "nll_loss",
    "kl_div",
    "ctc_loss",
)


def backend(text: str) -> str:
    """What a program has to be run on: `tensorflow` if it uses more of it than Keras, else `torch`."""
    return "tensorflow" if re.search(r"\btf\.(?!keras\b)", text) else "torch"


@dataclass
class Recorder:
    """What has happened so far: the outputs of activations, and how far each loss was from its reference."""

    activated: list[tuple[Scale, Array]] = field(default_factory=list)
    calls: list[dict[str, Any]] = field(default_factory=list)
    witness: Witness = field(default_factory=Witness)

    def activation(self, name: str, given: Any, output: Any) -> None:
        """A function of that name gave this; what is no activation and what is only symbolic is passed over."""
        scale, values = SCALES.get(name.strip("_")), numbers(output)
        if name.strip("_") in WATCHED:
            self.witness.note(name.strip("_"), numbers(given), values)
        if name in INVERSE and (before := numbers(given)) is not None:
            scale = INVERSE[name][1] if self.scale(before) == INVERSE[name][0] else None
        if scale is not None and values is not None:
            self.activated.append((scale, values))

    def loss(self, name: str, run: Callable[[], Any], prediction: Any, reference: Reference) -> Any:
        """Runs a loss and records how far its value is from the reference."""
        values = numbers(prediction)
        try:
            result = run()
        except (RuntimeError, ValueError) as refusal:
            self.calls.append({"loss": name, "error": None, "gradient_error": None, "raised": str(refusal)})
            raise
        if values is not None:
            error = self.error(numbers(result), values, reference)
            self.calls.append({"loss": name, "error": error, "gradient_error": None, "raised": None})
        return result

    def error(self, got: Array | None, prediction: Array, reference: Reference) -> float | None:
        """How far a loss is from its reference; their means are compared if the prediction means another loss."""
        meant = self.witness.meant(prediction, reference)
        if meant is None or got is None:
            return difference(got, reference.value(prediction, self.scale(prediction)))
        want = meant[1].value(meant[0], "logits")
        return difference(np.asarray(np.mean(got)), np.asarray(np.mean(want)))

    def scale(self, values: Array) -> Scale:
        """What every element is if an activation gave it: views and parts are recognized, arithmetic is not."""
        return next((scale for scale, outputs in self.activated if np.isin(values, outputs).all()), "logits")


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


@contextlib.contextmanager
def watched_torch(recorder: Recorder) -> Iterator[None]:
    """Records what PyTorch computes."""
    from torch.overrides import TorchFunctionMode

    class Watch(TorchFunctionMode):
        def __torch_function__(self, func: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
            kwargs = kwargs or {}
            name = func.__name__
            if name in TORCH_LOSSES:
                return torch_loss(recorder, name, func, args, kwargs)
            output = func(*args, **kwargs)
            recorder.activation(name, args[0] if args else None, output)
            return output

    with Watch():
        yield


def torch_loss(recorder: Recorder, name: str, func: Any, args: Any, kwargs: Any) -> Any:
    """Runs a loss of `torch.nn.functional` and records it with its gradient."""
    given = inspect.signature(func).bind(*args, **kwargs).arguments
    prediction = given["log_probs" if name == "ctc_loss" else "input"]
    reference = torch_reference(name, prediction, given, func)
    result = recorder.loss(name, lambda: func(*args, **kwargs), prediction, reference)
    if prediction.requires_grad:
        recorder.calls[-1]["gradient_error"] = gradient_error(recorder, result, prediction, reference)
    return result


def torch_reference(name: str, prediction: Any, given: dict[str, Any], func: Any) -> Reference:
    """The textbook's version of a loss of PyTorch."""
    if name == "ctc_loss":
        return Sequences(func, {key: value for key, value in given.items() if key != "log_probs"})
    target, reduction = numbers(given["target"]), given.get("reduction", "mean")
    assert target is not None
    factors = {key: w for key in ("weight", "pos_weight") if (w := numbers(given.get(key))) is not None}
    if name == "kl_div":
        return Divergence(np.exp(target) if given.get("log_target") else target, reduction)
    if name.startswith("binary"):
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


def gradient_error(recorder: Recorder, result: Any, prediction: Any, reference: Reference) -> float | None:
    """How far the gradient with respect to the logits is from the reference."""
    import torch

    (gradient,) = torch.autograd.grad(result.sum(), prediction, retain_graph=True)
    got, values = numbers(gradient), numbers(prediction)
    assert got is not None
    assert values is not None
    scale = recorder.scale(values)
    want = reference.gradient(values, scale)
    return None if want is None else difference(to_logits(got, values, scale, reference.axis), want)


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
        for name in (*WATCHED, "log_sigmoid", "log_softmax"):
            stack.enter_context(replaced(nn, name, noted(recorder, name, getattr(nn, name))))
        numpy = importlib.import_module("keras.src.backend").numpy
        for name in INVERSE:
            stack.enter_context(replaced(numpy, name, noted(recorder, name, getattr(numpy, name))))
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

    def watched(name: str, original: Callable[..., Any]) -> Callable[..., Any]:
        def wrapped(labels: Any = None, logits: Any = None, **options: Any) -> Any:
            def run() -> Any:
                return original(labels=labels, logits=logits, **options)

            reference = tensorflow_reference(name, labels, logits, options)
            return recorder.loss(f"tf.nn.{name}", run, logits, reference) if reference else run()

        return wrapped

    losses = ("sigmoid", "softmax", "sparse_softmax")
    with contextlib.ExitStack() as stack:
        for name in (f"{link}_cross_entropy_with_logits" for link in losses):
            stack.enter_context(replaced(tf.nn, name, watched(name, getattr(tf.nn, name))))
        for module in (tf, tf.math, tf.nn):
            for name in (name for name in {*SCALES, *INVERSE, *WATCHED} if hasattr(module, name)):
                stack.enter_context(replaced(module, name, noted(recorder, name, getattr(module, name))))
        yield


def tensorflow_reference(name: str, labels: Any, logits: Any, options: dict[str, Any]) -> CrossEntropy | None:
    """The textbook's version of a loss of TensorFlow, None for symbolic values."""
    target = numbers(labels)
    if target is None or numbers(logits) is None:
        return None
    if name.startswith("sparse"):
        target = one_hot(target, logits.shape[-1])
    return CrossEntropy(target, None if name.startswith("sigmoid") else options.get("axis", -1))


def noted(recorder: Recorder, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, its outputs recorded as those of the activation of that name."""

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        output = function(*args, **kwargs)
        recorder.activation(name, args[0] if args else None, output)
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


@contextlib.contextmanager
def importable(folder: Path) -> Iterator[None]:
    """The modules of a folder can be imported for a while, and are forgotten then: others have the same names."""
    with replaced(sys, "path", [str(folder), *sys.path]):
        before = set(sys.modules)
        try:
            yield
        finally:
            for name in set(sys.modules) - before:
                if str(folder) in (getattr(sys.modules[name], "__file__", None) or ""):
                    del sys.modules[name]


def run(path: str) -> dict[str, Any]:
    """Runs one program, a folder by its `train.py`; what was recorded, and the exception that ended it if one did."""
    root = Path(path)
    script = root / "train.py" if root.is_dir() else root
    text = "\n".join(file.read_text("utf-8") for file in ([*root.rglob("*.py")] if root.is_dir() else [root]))
    recorder, crash = Recorder(), None
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.redirect_stdout(io.StringIO()))
        stack.enter_context(replaced(sys, "argv", [path]))
        if root.is_dir():
            stack.enter_context(importable(root))
        if "torch" in text:
            stack.enter_context(watched_torch(recorder))
        if "keras" in text:
            stack.enter_context(watched_keras(recorder))
        if "optax" in text:
            stack.enter_context(watched_jax(recorder))
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
