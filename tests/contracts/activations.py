"""Activations of the frameworks, and how to tell whether numbers are what a stub says of them.

Only what is a matter of range and sum is tried. That an affine layer gives logits is its formula.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from lossl.meaning.signature import Routine, Signature, StubClass
from lossl.stubs.load import built_in
from tests.contracts.case import Array, selected
from tests.stubs import entries, exists, real

INPUT: Array = np.concatenate([np.linspace(-30, 30, 61), np.random.default_rng(1).normal(0, 2, 11)]).reshape(3, 4, 6)
"""Three axes, values from far below zero to far above."""
EDGE = 1e-6
MODULES = {
    "torch": ("torch", "torch.special", "torch.nn", "torch.nn.functional"),
    "keras": ("keras.activations", "keras.ops", "keras.backend", "keras.layers"),
    "tensorflow": ("tensorflow.math", "tensorflow.nn", "tensorflow.linalg", "tensorflow.compat.v1.nn"),
    "jax": ("jax.nn", "jax.lax", "jax.numpy", "jax.scipy.special"),
}
LAYERS = ("torch.nn.", "keras.layers.")
UNTRIED = {
    "torch.nn.functional.pdist": "takes no third axis",
    "keras.activations.sparsemax": "Keras 3.15 computes another function where scores are low; by definition it is one",
    "keras.ops.sparsemax": "as above",
}


def _sums(values: Array, axis: int | None) -> bool:
    return axis is not None and bool(np.allclose(values.sum(axis=axis), 1, atol=1e-5))


def holds(meaning: str, values: Array, axis: int | None) -> bool:
    """True if the values are what a word of the vocabulary says; `axis` is that of the classes."""
    low, high = float(values.min()), float(values.max())
    unit = low >= -EDGE and high <= 1 + EDGE
    return {
        "Probability": unit and low < 0.1 and high > 0.9,
        "Distribution": unit and _sums(values, axis),
        "LogProbability": high <= EDGE and low < -1,
        "LogDistribution": high <= EDGE and _sums(np.exp(values), axis),
        "NonNegative": low >= -EDGE and high > 1,
        "Bounded": -1 - EDGE <= low < -EDGE and high <= 1 + EDGE,
    }[meaning]


MEANINGS = ("Probability", "Distribution", "LogProbability", "LogDistribution", "NonNegative", "Bounded")


@dataclass(frozen=True)
class Trial:
    """One way to call an activation with nothing but numbers: what it is said to give, and over which classes."""

    name: str
    meaning: str
    run: Callable[[], Any]
    axis: int | None

    def holds(self) -> bool:
        """True if it gives that."""
        found = self.run()
        values = found if isinstance(found, np.ndarray) else np.asarray(found)
        return holds(self.meaning, values.astype(np.float64), self.axis)

    def __repr__(self) -> str:
        return f"{self.name} is no {self.meaning}" + (f" over {self.axis}" if self.axis is not None else "")


def trials(library: str) -> Iterator[Trial]:
    """Every activation of a library; those over classes with every axis, and with the one they have by default."""
    for module in MODULES[library]:
        for entry in entries(module):
            found = entry.member
            if not exists(entry.name) or entry.name in UNTRIED:
                continue
            if isinstance(found, StubClass) and entry.name.startswith(LAYERS):
                yield from _of_layer(entry.name, found)
            elif isinstance(found, Routine) and entry.owner is None:
                yield from _of_function(entry.name, found)
            elif isinstance(found, Routine) and entry.owner is not None and "Numbers" in entry.owner.bases:
                yield from _of_method(entry.name, found)


def _of_function(name: str, found: Routine) -> Iterator[Trial]:
    signature = selected(found, {})
    for meaning, given, axis in _calls(signature, signature, tensors=1):
        yield Trial(name, meaning, partial(lambda given: real(name)(_tensor(name), **given), given), axis)


def _of_method(name: str, found: Routine) -> Iterator[Trial]:
    signature, method = selected(found, {}), name.rsplit(".", 1)[-1]
    for meaning, given, axis in _calls(signature, signature, tensors=1):
        yield Trial(name, meaning, partial(lambda given: getattr(_tensor(name), method)(**given), given), axis)


def _of_layer(name: str, cls: StubClass) -> Iterator[Trial]:
    """A layer that can be made of nothing but its axis."""
    made = built_in().method(cls, "__init__")
    called = built_in().method(cls, "forward") or built_in().method(cls, "call")
    if isinstance(made, Routine) and isinstance(called, Routine):
        constructor = made.signatures[0]
        if sum(p.required and p.kind == "positional" and p.name != "dim" for p in constructor.parameters) > 1:
            return
        signature = selected(called, {p.name: p.default for p in constructor.parameters if not p.required})
        for meaning, given, axis in _calls(signature, constructor, tensors=2):
            yield Trial(name, meaning, partial(lambda given: real(name)(**given)(_tensor(name)), given), axis)


def _calls(
    signature: Signature | None, options: Signature | None, *, tensors: int
) -> Iterator[tuple[str, dict[str, int], int | None]]:
    """The meaning, the arguments and the class axis of each way to call it, if it takes one tensor and an axis."""
    spec = signature.returns if signature is not None else None
    if signature is None or options is None or spec is None or spec.word not in MEANINGS:
        return
    axis = spec.arguments[0] if spec.arguments else None
    named = next((p for p in options.parameters if p.name == axis), None)
    required = [p for p in signature.parameters if p.required and p.kind == "positional" and p is not named]
    if len(required) != tensors:
        return
    if named is None:
        yield spec.word, {}, axis if isinstance(axis, int) else None
        return
    if not named.required and isinstance(named.default, int):
        yield spec.word, {}, named.default
    yield from ((spec.word, {named.name: i}, i) for i in (0, 1, -1))


def _tensor(name: str) -> Any:
    """The input as the library of that name has it."""
    library = name.partition(".")[0]
    if library == "torch":
        import torch

        return torch.tensor(INPUT)
    if library == "tensorflow":
        import tensorflow

        return tensorflow.constant(INPUT)
    if library == "keras":
        import keras

        return keras.ops.convert_to_tensor(INPUT.astype(np.float32))
    return INPUT
