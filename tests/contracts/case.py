"""A loss of a library beside its textbook definition, and what happens to it on each scale of predictions."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from lossl.meaning.meaning import Meaning
from lossl.meaning.need import Need, NeedKind
from lossl.meaning.signature import Routine, Signature, StubClass
from lossl.stubs.load import built_in

Array = NDArray[np.float64]
METHODS = ("forward", "call", "__call__")

LOGITS: Array = np.random.default_rng(7).normal(0.0, 2.0, (6, 3))
"""Scores of six samples and three classes, none so far out that precision matters."""
SAME, OTHER = 1e-4, 1e-3
"""How far apart two losses may be that are one, and have to be that are two: relative, in float32."""


@dataclass(frozen=True)
class Case:
    """One loss: `run` asks the library, `definition` is what it is of probabilities, in float64.

    `options` are those that select an overload of the stub; `logits` has its classes on `axis`.
    """

    name: str
    run: Callable[[Array], Any]
    definition: Callable[[Array], Any]
    options: Mapping[str, Any] = field(default_factory=dict)
    logits: Array = field(default_factory=lambda: LOGITS)
    axis: int = -1


def sigmoid(z: Array) -> Array:
    """Of each score on its own."""
    return np.asarray(1 / (1 + np.exp(-z)))


def softmax(z: Array, axis: int) -> Array:
    """Over the classes."""
    shifted = np.exp(z - z.max(axis=axis, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=axis, keepdims=True))


def on_scale(meaning: Meaning, case: Case) -> Array:
    """The scores of a case as numbers of this meaning."""
    makers = {
        Meaning.LOGITS: lambda z: z,
        Meaning.PROBABILITY: sigmoid,
        Meaning.DISTRIBUTION: lambda z: softmax(z, case.axis),
        Meaning.LOG_PROBABILITY: lambda z: np.log(sigmoid(z)),
        Meaning.LOG_DISTRIBUTION: lambda z: np.log(softmax(z, case.axis)),
        Meaning.NONNEGATIVE: lambda z: np.maximum(z, 0),
        Meaning.BOUNDED: np.tanh,
    }
    return np.asarray(makers[meaning](case.logits))


SCALES = (
    Meaning.LOGITS,
    Meaning.PROBABILITY,
    Meaning.DISTRIBUTION,
    Meaning.LOG_PROBABILITY,
    Meaning.LOG_DISTRIBUTION,
    Meaning.NONNEGATIVE,
    Meaning.BOUNDED,
)
_SIGMOID = {NeedKind.SIGMOID_LOGITS, NeedKind.PROBABILITY}


def meant(need: Need, found: Meaning, case: Case) -> Array:
    """The probabilities that a prediction stands for, according to what the loss needs."""
    by_link = need.link == "sigmoid" or need.kind in _SIGMOID or found is Meaning.LOG_PROBABILITY
    return sigmoid(case.logits) if by_link else softmax(case.logits, case.axis)


def routine(name: str) -> Routine:
    """The routine of a stub that a case is about: the function, or what calling an object of the class calls."""
    found = built_in().find(name)
    if isinstance(found, StubClass):
        return called(found) or Routine(name)
    assert isinstance(found, Routine), name
    return found


def called(cls: StubClass) -> Routine | None:
    """The method by which a class is a loss, if it is one."""
    methods = (built_in().method(cls, key) for key in METHODS)
    return next((m for m in methods if isinstance(m, Routine) and needed(m)), None)


def needed(found: Routine) -> list[Signature]:
    """The overloads of a routine that need something."""
    return [s for s in found.signatures if need_in(s) is not None]


def need_in(signature: Signature) -> Need | None:
    """What one overload needs, if it is that of a loss."""
    needs = [p.spec.arguments[0] for p in signature.parameters if p.spec is not None and p.spec.word == "Needs"]
    if not needs:
        return None
    kind = NeedKind[re.sub("(?<=[a-z])(?=[A-Z])", "_", needs[0].word).upper()]
    return Need(kind, needs[0].arguments[1] if kind is NeedKind.DECLARED_LOGITS else None)


def claimed(case: Case) -> Need:
    """What the overload needs that the options of a case select, as a call would."""
    signature = selected(routine(case.name), {**_defaults(case.name), **case.options})
    need = need_in(signature) if signature is not None else None
    assert need is not None, f"the stub says nothing of {case.name} with {case.options}"
    return need


def selected(found: Routine, options: Mapping[str, Any]) -> Signature | None:
    """The overload that a call with these options selects, all others left as they are by default."""
    for signature in found.signatures:
        given = {**{p.name: p.default for p in signature.parameters if not p.required}, **options}
        if all(given.get(name) in values for name, values in signature.literals):
            return signature
    return None


def _defaults(name: str) -> dict[str, Any]:
    found = built_in().find(name)
    made = built_in().method(found, "__init__") if isinstance(found, StubClass) else None
    if not isinstance(made, Routine):
        return {}
    return {p.name: p.default for p in made.signatures[0].parameters if not p.required}


def agrees(case: Case, prediction: Array, probabilities: Array, tolerance: float) -> bool:
    """True if the library's loss of a prediction is the definition's of the probabilities it stands for."""
    wanted = np.asarray(case.definition(probabilities), dtype=np.float64)
    with np.errstate(all="ignore"):
        found = np.asarray(case.run(prediction), dtype=np.float64)
    return found.shape == wanted.shape and bool(np.allclose(found, wanted, rtol=tolerance, atol=tolerance))


def refuses(case: Case, prediction: Array) -> bool:
    """True if the library raises when it is given this prediction."""
    try:
        case.run(prediction)
    except Exception:  # whatever it raises, it computes no loss
        return True
    return False
