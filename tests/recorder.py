"""What a running program did: which activations it ran, how far each loss was from its reference, what else it read.

A `Recorder` is handed to the watchers of each framework (`tests.proof_torch`, ...). They call `activation` for what an
activation gave, `loss` around a loss, and `read` for what somebody else made of an output.

The reference is what the program means: the activation applied exactly once. An input that consists of recorded outputs
of a sigmoid or softmax is taken as a probability, of their logarithms as such, any other as logits.

Once it is measured, a loss is taken away: what the program gets is 0, with a gradient of 0. So it never trains, and
what it prints or compares does not depend on its losses, only on what its models put out.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np

from tests.intent import WATCHED, Witness, class_axis
from tests.logarithm import Logarithms
from tests.reference import Array, Reference, Scale, to_logits

SCALES: dict[str, Scale] = {
    **dict.fromkeys(("sigmoid", "special_expit", "expit", "softmax"), "probability"),
    **dict.fromkeys(("logsigmoid", "log_sigmoid", "log_softmax"), "log"),
}
"""What functions give, by their names; underscores around them are left out."""
INVERSE: dict[str, tuple[Scale, Scale]] = {"log": ("probability", "log"), "exp": ("log", "probability")}
"""Functions that lead from one scale to another."""
Way = Literal["", "far", "once"]
"""How a program is run: as it stands; every activation given scores `FAR` times as far apart; none applied twice."""
FAR = 1000.0
ORDERS = ("argmax", "argmin", "argsort", "topk", "sort", "max", "min")
"""Functions that say which is the largest."""
OPERATORS = ("__gt__", "__ge__", "__lt__", "__le__")
"""As methods of tensors."""
COMPARES: dict[str, Callable[[Array, float], Array]] = {
    **dict.fromkeys(("gt", "greater"), np.greater),
    **dict.fromkeys(("lt", "less"), np.less),
    **dict.fromkeys(("ge", "greater_equal"), np.greater_equal),
    **dict.fromkeys(("le", "less_equal"), np.less_equal),
    "round": lambda values, _: np.round(values),
}
"""Functions that say which is larger than a number, or nearer to 1 than to 0."""
TOLERANCE = 0.01
"""Who compares with less asks whether a number is zero."""


@dataclass
class Recorder:
    """What has happened so far, to a program run this `way`."""

    way: Way = ""
    activated: list[tuple[Scale, Array]] = field(default_factory=list)
    dropped: list[Array] = field(default_factory=list)
    """What dropout gave, and what activations made of that."""
    calls: list[dict[str, Any]] = field(default_factory=list)
    readings: list[Any] = field(default_factory=list)
    comparisons: list[tuple[str, Scale, Array, float, Array]] = field(default_factory=list)
    predictions: list[Array] = field(default_factory=list)
    witness: Witness = field(default_factory=Witness)
    logarithms: Logarithms = field(default_factory=Logarithms)
    repeated: list[str] = field(default_factory=list)
    constant: list[str] = field(default_factory=list)
    distributions: list[dict[str, Any]] = field(default_factory=list)
    inside: bool = False
    """True while a loss or an activation runs: what it calls itself is no business of the program's."""

    def activate(self, name: str, function: Callable[..., Any], args: Sequence[Any], kwargs: dict[str, Any]) -> Any:
        """Runs a function of that name the way all are run, and records it if it is an activation."""
        plain = name.strip("_")
        if self.inside or plain not in {*SCALES, *INVERSE, *WATCHED}:
            return function(*args, **kwargs)
        if plain in SCALES and args and (values := numbers(args[0])) is not None:
            if self.scale(values) == "logits":
                args = (args[0] * FAR, *args[1:]) if self.way == "far" else args
            elif self.way == "once":
                return args[0]
            else:
                self.repeated.append(plain)
        self.inside = True
        try:
            output = function(*args, **kwargs)
        finally:
            self.inside = False
        self.activation(name, args[0] if args else kwargs.get("input"), output)
        return output

    def activation(self, name: str, given: Any, output: Any) -> None:
        """A function of that name gave this; what is no activation and what is only symbolic is passed over."""
        name = name.strip("_")
        if self.inside or name not in {*SCALES, *INVERSE, *WATCHED}:
            return
        scale, values = SCALES.get(name), numbers(output)
        self.logarithms.note(name, numbers(given), values)
        if values is not None and self.is_dropped(numbers(given)):
            self.dropped.append(values)
        if name in WATCHED:
            self.witness.note(name, numbers(given), values)
        if name in INVERSE and (before := numbers(given)) is not None:
            scale = INVERSE[name][1] if self.scale(before) == INVERSE[name][0] else None
            if scale == "probability" and values is not None and class_axis(values) is not None:
                self.witness.note("softmax", before, values)
        if "softmax" in name and values is not None and values.size > 1 and np.ptp(values) == 0:
            self.constant.append(name)
        if scale is not None and values is not None:
            self.activated.append((scale, values))

    def dropout(self, output: Any) -> None:
        """Dropout gave this."""
        values = numbers(output)
        if not self.inside and values is not None and not values.all():
            self.dropped.append(values)

    def is_dropped(self, values: Array | None) -> bool:
        """True of numbers some of which dropout may have set to zero: views and parts are recognized."""
        return values is not None and any(np.isin(values, dropped).all() for dropped in self.dropped)

    def read(self, name: str, given: Sequence[Any], output: Any) -> None:
        """A function of that name was given this, and gave that to somebody; what is no comparison is passed over."""
        if self.inside or name.strip("_") not in {*ORDERS, *COMPARES}:
            return
        self.compared(name.strip("_"), given, output)
        for part in output if isinstance(output, tuple) else (output,):
            values = numbers(part)
            if values is not None and (name.strip("_") in COMPARES or "int" in str(part.dtype)):
                self.readings.append([name, values.tolist()])

    def compared(self, name: str, given: Sequence[Any], output: Any) -> None:
        """Notes a comparison with a number."""
        values, answers = numbers(given[0]) if given else None, numbers(output)
        number = given[1] if len(given) > 1 else 0.5
        if name not in COMPARES or values is None or answers is None or not isinstance(number, (int, float)):
            return
        if 0 < number < TOLERANCE:
            return
        if name == "round" and (answers % 1).any():
            return
        self.comparisons.append((name, self.scale(values), values, number, answers))

    @property
    def thresholds(self) -> list[float]:
        """For each comparison of a probability, or of what a loss is given: the share of answers that are not its."""
        found = []
        for name, scale, values, number, answers in self.comparisons:
            if scale == "logits" and any(np.isin(values, prediction).all() for prediction in self.predictions):
                values, number = 1 / (1 + np.exp(-values)), number or 0.5
            elif scale != "probability":
                continue
            found.append(float(np.mean(COMPARES[name](values, number) != answers)))
        return found

    def loss(self, name: str, run: Callable[[Any], Any], prediction: Any, reference: Callable[[], Reference]) -> Any:
        """Runs a loss on its prediction and records it, unless that is symbolic. Returns 0, in the same shape."""
        values = numbers(prediction)
        if self.inside or values is None:
            return run(prediction)
        self.inside = True
        self.predictions.append(values)
        try:
            return self._measured(name, run, prediction, values, reference())
        finally:
            self.inside = False

    def _measured(self, name: str, run: Callable[[Any], Any], prediction: Any, values: Array, want: Reference) -> Any:
        call = record(name)
        call["dropped"] = self.is_dropped(values)
        self.calls.append(call)
        try:
            result = run(prediction)
        except (RuntimeError, ValueError) as refusal:
            call["raised"] = str(refusal)
            return nothing(prediction, prediction if getattr(want, "reduction", "none") == "none" else None)
        gradient, on_logits = slope(run, prediction)
        self.compare(call, numbers(result), values, want, gradient, on_logits)
        return nothing(prediction, result)

    def compare(
        self, call: dict[str, Any], got: Array | None, values: Array, want: Reference, slope: Array | None, free: bool
    ) -> None:
        """Writes into a record how far a loss and its gradient are from what is meant, and from what is written.

        If the prediction means another loss, the means of the two are compared, and no gradient. `free` is true if
        the gradient is already one with respect to the logits.
        """
        scale, meant = self.scale(values), self.witness.meant(values, want)
        call["scale"], call["sum_error"] = scale, sum_error(values, scale, want.axis)
        call["factor"] = factor(getattr(want, "weight", 1.0), getattr(want, "pos_weight", 1.0))
        call["defined"] = difference(got, want.definition.value(values, scale)) if hasattr(want, "definition") else None
        if slope is not None and not free:
            slope = to_logits(slope, values, scale, want.axis)
        call["value"], call["gradient"] = (None if each is None else each.tolist() for each in (got, slope))
        if self.way == "far" and (scores := self.witness.beneath(values)) is not None:
            values, scale = scores, "logits"
        call["written"] = call["error"] = difference(got, want.value(values, scale))
        gradient = want.gradient(values, scale)
        if meant is not None and got is not None:
            call["error"] = difference(
                np.asarray(np.mean(got)), np.asarray(np.mean(meant[1].value(meant[0], "logits")))
            )
        elif slope is not None and gradient is not None:
            call["gradient_error"] = difference(slope, gradient)

    def scale(self, values: Array) -> Scale:
        """What every element is if an activation gave it: views and parts are recognized, arithmetic is not."""
        return next((scale for scale, outputs in self.activated if np.isin(values, outputs).all()), "logits")


def record(loss: str) -> dict[str, Any]:
    """What is written down of a loss call, nothing known yet; see `tests.proof`."""
    keys = ("error", "written", "gradient_error", "sum_error", "defined", "factor", "scale", "value", "gradient")
    return {"loss": loss, **dict.fromkeys((*keys, "raised"))}


def factor(weight: Any, pos_weight: Any) -> float | None:
    """What a loss is multiplied by as a whole: a weight that is the same everywhere, and the only one; else None."""
    weights = np.asarray(weight, dtype=np.float64)
    return float(weights.flat[0]) if np.ptp(weights) == 0 and np.all(np.asarray(pos_weight) == 1) else None


def sum_error(values: Array, scale: Scale, axis: int | None) -> float | None:
    """How far the probabilities of the classes are from a sum of one; None if these are none."""
    if scale == "logits" or axis is None:
        return None
    return difference(sums := (np.exp(values) if scale == "log" else values).sum(axis=axis), np.ones_like(sums))


def numbers(value: Any) -> Array | None:
    """The numbers of a tensor of any framework, also underneath the tracers of JAX; None if it is only symbolic."""
    if getattr(getattr(value, "device", None), "type", "") == "meta" or type(value).__name__ == "KerasTensor":
        return None
    while (inside := next((name for name in ("primal", "val") if hasattr(value, name)), None)) is not None:
        value = getattr(value, inside)
    if hasattr(value, "value") and type(value).__name__ == "Variable":
        value = value.value
    if hasattr(value, "detach"):
        value = value.detach().cpu()
        value = value.float() if "bfloat16" in str(value.dtype) else value
    if hasattr(value, "numpy"):
        value = value.numpy()
    if type(value).__name__ == "ArrayImpl" or isinstance(value, (np.ndarray, np.generic, float, list)):
        return np.asarray(value, dtype=np.float64)
    return None


def difference(got: Array | None, want: Array) -> float | None:
    """The largest difference, relative to the largest value; infinite if a number is none."""
    if got is None or got.shape != want.shape:
        return None
    scale = float(np.max(np.abs(want), initial=0.0)) or 1.0
    found = float(np.max(np.abs(got - want), initial=0.0)) / scale
    return found if np.isfinite(found) else 1e9


def kind(value: Any) -> str:
    """The package a tensor belongs to."""
    package = type(value).__module__.partition(".")[0]
    return {"jaxlib": "jax", "tensorflow": "tensorflow", "torch": "torch"}.get(package, package)


def slope(run: Callable[[Any], Any], prediction: Any) -> tuple[Array | None, bool]:
    """The gradient of the sum of a loss with respect to its prediction, and whether that means the logits under it."""
    package = kind(prediction)
    if package == "torch":
        return _torch_slope(run, prediction), False
    if package == "tensorflow":
        return _tensorflow_slope(run, prediction)
    if package == "jax":
        import jax

        concrete = jax.numpy.asarray(numbers(prediction), dtype=jax.numpy.float32)
        return numbers(jax.grad(lambda p: run(p).sum())(concrete)), False
    return None, False


def _torch_slope(run: Callable[[Any], Any], prediction: Any) -> Array | None:
    """None if PyTorch has none: 2.13 cannot go back through `nll_loss` of images whose classes were the last axis."""
    import torch

    with torch.enable_grad():
        half = prediction.dtype in (torch.float16, torch.bfloat16)
        leaf = (prediction.detach().float() if half else prediction.detach()).requires_grad_()
        result = run(leaf)
        if not result.requires_grad:
            return None
        try:
            return numbers(torch.autograd.grad(result.sum(), leaf)[0])
        except RuntimeError as failure:
            if "must be contiguous" in str(failure):
                return None
            raise


def _tensorflow_slope(run: Callable[[Any], Any], prediction: Any) -> tuple[Array | None, bool]:
    """Keras remembers the logits under an activation; a loss that goes back to them has its gradient there."""
    import tensorflow as tf

    logits = getattr(prediction, "_keras_logits", None)
    with tf.GradientTape(persistent=True) as tape:
        leaf = tf.identity(prediction)
        tape.watch(leaf)
        if logits is not None:
            logits = tf.identity(logits)
            tape.watch(logits)
            leaf._keras_logits = logits
        result = tf.reduce_sum(run(leaf))
    beneath = None if logits is None else tape.gradient(result, logits)
    return numbers(tape.gradient(result, leaf) if beneath is None else beneath), beneath is not None


def nothing(prediction: Any, like: Any = None) -> Any:
    """Zero in the shape of `like`, or as a scalar, whose gradient with respect to the prediction is zero."""
    package = kind(prediction if like is None else like)
    if package == "torch":
        import torch

        total = (torch.nan_to_num(prediction) * 0).sum()
        return total if like is None else torch.zeros_like(like) + total
    if package == "tensorflow":
        import tensorflow as tf

        total = tf.reduce_sum(prediction * 0)
        return total if like is None else tf.zeros_like(like) + tf.cast(total, like.dtype)
    if package in ("jax", "flax"):
        import jax.numpy as jnp

        total = (jnp.nan_to_num(prediction) * 0).sum()
        return total if like is None else jnp.zeros_like(like) + total
    return prediction * 0
