"""Watches distribution objects, for `tests.proof`: whether they are those that what they are made of means.

What comes out of an activation is a probability, the logarithm of one is that, anything else is a score. A distribution
should have these probabilities, and its log-probability of a sample and its entropy should be those of the definition.
"""

from __future__ import annotations

import contextlib
import importlib
import inspect
from collections.abc import Callable, Iterator
from typing import Any
from unittest import mock

import numpy as np

from tests.recorder import Recorder, difference, numbers
from tests.reference import Array, log_probability

BINARY = ("Bernoulli", "RelaxedBernoulli")
WRONG = 1e-3
"""How far probabilities are from those that are meant if the distribution is another one."""
EXCLUSIVE = ("Categorical", "OneHotCategorical", "RelaxedOneHotCategorical")


@contextlib.contextmanager
def watched(recorder: Recorder, module: str) -> Iterator[None]:
    """Records every distribution of a module that is made of probabilities or logits."""
    package = importlib.import_module(module)
    with contextlib.ExitStack() as stack:
        for name in (*BINARY, *EXCLUSIVE):
            kind = getattr(package, name)
            stack.enter_context(mock.patch.object(kind, "__init__", made(recorder, name, kind.__init__)))
        yield


def made(recorder: Recorder, name: str, original: Callable[..., None]) -> Callable[..., None]:
    """The constructor of a distribution; the object is compared with what it was made of."""
    signature = inspect.signature(original)

    def wrapped(self: Any, *args: Any, **kwargs: Any) -> None:
        if recorder.inside:
            return original(self, *args, **kwargs)
        given = signature.bind(self, *args, **kwargs).arguments
        values = numbers(next(given[key] for key in ("probs", "logits") if given.get(key) is not None))
        found: dict[str, Any] = {"distribution": f"{package(self)}.{name}", "raised": None}
        if values is not None:
            recorder.distributions.append(found)
        recorder.inside = True
        try:
            original(self, *args, **kwargs)
            if values is not None:
                found.update(errors(self, name, meant(recorder, name, values)))
                recorder.activated.append(("probability", np.asarray(numbers(probabilities(self)))))
        except ValueError as refusal:
            found["raised"] = str(refusal)
            raise
        finally:
            recorder.inside = False
        return None

    return wrapped


def package(distribution: Any) -> str:
    """The package that a distribution comes from."""
    return type(distribution).__module__.partition(".")[0]


def meant(recorder: Recorder, name: str, values: Array) -> Array:
    """The probabilities that a distribution of that name should have, as logarithms in float64."""
    log_p = log_probability(values, recorder.scale(values), None if name in BINARY else -1)
    return log_p if name in BINARY else log_p - np.logaddexp.reduce(log_p, axis=-1, keepdims=True)


def probabilities(distribution: Any) -> Any:
    """The probabilities that a distribution has."""
    return distribution.probs_parameter() if hasattr(distribution, "probs_parameter") else distribution.probs


def errors(distribution: Any, name: str, log_p: Array) -> dict[str, float | None]:
    """How far its probabilities, the log-probability of a sample and the entropy are from those that are meant.

    If the probabilities are wrong, nothing more is asked: what is negative cannot be sampled from.
    """
    wrong = difference(numbers(probabilities(distribution)), np.exp(log_p))
    found = {"probabilities": wrong}
    if name.startswith("Relaxed") or wrong is None or wrong > WRONG:
        return found
    sample = distribution.sample()
    with np.errstate(divide="ignore"):
        log_not_p = np.log1p(-np.exp(log_p))
    said, chosen = numbers(distribution.log_prob(sample)), numbers(sample)
    assert chosen is not None
    if name in BINARY:
        defined = np.where(chosen > 0, log_p, log_not_p)
        entropy = -np.exp(log_p) * log_p - (1 - np.exp(log_p)) * log_not_p
    else:
        picked = chosen if name.startswith("OneHot") else np.eye(log_p.shape[-1])[chosen.astype(int)]
        defined, entropy = (picked * log_p).sum(-1), -(np.exp(log_p) * log_p).sum(-1)
    found["log_probability"] = difference(said, defined)
    found["entropy"] = difference(numbers(distribution.entropy()), entropy)
    return found
