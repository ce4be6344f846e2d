"""Losses of optax, each with its definition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from tests.contracts.case import Array, Case
from tests.contracts.definitions import (
    LABELS,
    MULTI_HOT,
    ONE_HOT,
    SOFT,
    alignments,
    binary,
    categorical,
    divergence,
    focal,
    overlap,
)
from tests.contracts.keras_losses import SEQUENCE


def cases() -> Iterator[Case]:
    """Every loss of the stubs of optax that needs something."""
    import jax.numpy as jnp
    from optax import losses

    def of(loss: Any, target: Any, **options: Any) -> Any:
        return lambda x: np.asarray(loss(jnp.asarray(x), jnp.asarray(target), **options))

    def poly(p: Array) -> Any:
        return categorical(p) + 2.0 * (1 - (ONE_HOT * p).sum(axis=-1))

    def kl(p: Array) -> Any:
        return divergence(p).sum(axis=-1)

    yield Case("optax.losses.sigmoid_binary_cross_entropy", of(losses.sigmoid_binary_cross_entropy, MULTI_HOT), binary)
    focused = of(losses.sigmoid_focal_loss, MULTI_HOT, alpha=0.25, gamma=2.0)
    yield Case("optax.losses.sigmoid_focal_loss", focused, lambda p: focal(p, 2.0, 0.25))
    yield Case("optax.losses.softmax_cross_entropy", of(losses.softmax_cross_entropy, ONE_HOT), categorical)
    yield Case("optax.losses.safe_softmax_cross_entropy", of(losses.safe_softmax_cross_entropy, ONE_HOT), categorical)
    by_label = of(losses.softmax_cross_entropy_with_integer_labels, LABELS)
    yield Case("optax.losses.softmax_cross_entropy_with_integer_labels", by_label, categorical)
    yield Case("optax.losses.poly_loss_cross_entropy", of(losses.poly_loss_cross_entropy, ONE_HOT), poly)
    yield Case("optax.losses.kl_divergence", of(losses.kl_divergence, SOFT), kl)
    yield Case("optax.losses.convex_kl_divergence", of(losses.convex_kl_divergence, SOFT), _convex)
    yield Case("optax.losses.generalized_kl_divergence", of(losses.generalized_kl_divergence, SOFT), _convex)
    log_targets = of(losses.kl_divergence_with_log_targets, np.log(SOFT))
    yield Case("optax.losses.kl_divergence_with_log_targets", log_targets, kl)
    yield from _overlaps(of, losses)

    def steps(p: Array) -> Any:
        return np.array([alignments(p[0], [1, 2], blank=0)])

    no_padding, labels = jnp.zeros((1, 4)), jnp.array([[1, 2]])

    def run(x: Array) -> Any:
        return np.asarray(losses.ctc_loss(jnp.asarray(x), no_padding, labels, jnp.zeros((1, 2))))

    def with_probabilities(x: Array) -> Any:
        found = losses.ctc_loss_with_forward_probs(jnp.asarray(x), no_padding, labels, jnp.zeros((1, 2)))
        return np.asarray(found[0])

    yield Case("optax.losses.ctc_loss", run, steps, logits=SEQUENCE)
    yield Case("optax.losses.ctc_loss_with_forward_probs", with_probabilities, steps, logits=SEQUENCE)


def _convex(p: Array) -> Any:
    return (divergence(p) + p - SOFT).sum(axis=-1)


def _overlaps(of: Any, losses: Any) -> Iterator[Case]:
    def dice(p: Array) -> Any:
        return 1 - overlap(p, MULTI_HOT, (-1,), smooth=2.0)

    yield Case("optax.losses.binary_dice_loss", of(losses.binary_dice_loss, MULTI_HOT), dice)
    for told in (True, False):
        for name in ("dice_loss", "multiclass_generalized_dice_loss"):
            function = getattr(losses, name)
            definition = of(function, ONE_HOT, apply_softmax=False)
            run = of(function, ONE_HOT, apply_softmax=told)
            yield Case(f"optax.losses.{name}", run, definition, {"apply_softmax": told})
