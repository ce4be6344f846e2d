"""Losses of Keras and TensorFlow, each with its definition."""

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
)

SEQUENCE = np.random.default_rng(3).normal(0.0, 1.0, (1, 4, 3))
"""Scores of one sequence of four steps: batch, time, classes."""


def _focal(p: Array) -> Any:
    return focal(p, 2.0)


def _categorical_focal(p: Array) -> Any:
    return 0.25 * (ONE_HOT * (1 - p) ** 2.0 * -np.log(p)).sum(axis=-1)


def _generalized(p: Array) -> Any:
    return (1 - (ONE_HOT * p).sum(axis=-1) ** 0.5) / 0.5


def _divergence(p: Array) -> Any:
    return divergence(p).sum(axis=-1)


def _by_sample(definition: Any) -> Any:
    return lambda p: definition(p).mean(axis=-1)


def _mean(definition: Any) -> Any:
    return lambda p: definition(p).mean()


BOTH = (
    ("binary_crossentropy", "BinaryCrossentropy", MULTI_HOT, _by_sample(binary)),
    ("binary_focal_crossentropy", "BinaryFocalCrossentropy", MULTI_HOT, _by_sample(_focal)),
    ("categorical_crossentropy", "CategoricalCrossentropy", ONE_HOT, categorical),
    ("categorical_focal_crossentropy", "CategoricalFocalCrossentropy", ONE_HOT, _categorical_focal),
    ("sparse_categorical_crossentropy", "SparseCategoricalCrossentropy", LABELS, categorical),
)
"""Losses that are told by `from_logits` what they take."""


def cases() -> Iterator[Case]:
    """Every loss of the stubs of keras that needs something."""
    import keras
    from keras import losses, ops
    from keras._tf_keras.keras import backend

    def numbers(x: Any) -> Any:
        return keras.ops.convert_to_numpy(x)

    def of(loss: Any, target: Any, **options: Any) -> Any:
        truth = target.astype("float32") if target.dtype == np.float64 else target
        return lambda x: numbers(loss(truth, x.astype("float32"), **options))

    for told in (True, False):
        for function, cls, target, definition in BOTH:
            given = {"from_logits": told}
            yield Case(f"keras.losses.{function}", of(getattr(losses, function), target, **given), definition, given)
            yield Case(f"keras.losses.{cls}", of(getattr(losses, cls)(**given), target), _mean(definition), given)
            if "focal" not in function:
                elements = binary if function.startswith("binary") else definition
                yield Case(f"keras.ops.{function}", of(getattr(ops, function), target, **given), elements, given)
                old = of(getattr(backend, function), target, **given)
                yield Case(f"keras.backend.{function}", old, elements, given)
        old = of(backend.binary_focal_crossentropy, MULTI_HOT, from_logits=told)
        yield Case("keras.backend.binary_focal_crossentropy", old, _focal, {"from_logits": told})
        old = of(backend.categorical_focal_crossentropy, ONE_HOT, from_logits=told)
        yield Case("keras.backend.categorical_focal_crossentropy", old, _categorical_focal, {"from_logits": told})
    generalized = losses.categorical_generalized_cross_entropy
    yield Case("keras.losses.categorical_generalized_cross_entropy", of(generalized, LABELS, q=0.5), _generalized)
    made = of(losses.CategoricalGeneralizedCrossEntropy(q=0.5), LABELS)
    yield Case("keras.losses.CategoricalGeneralizedCrossEntropy", made, _mean(_generalized))
    yield Case("keras.losses.kl_divergence", of(losses.kl_divergence, SOFT), _divergence)
    yield Case("keras.losses.KLDivergence", of(losses.KLDivergence(), SOFT), _mean(_divergence))

    def last(p: Array) -> Any:
        return np.array([alignments(p[0], [0, 1], blank=2)])

    def first(p: Array) -> Any:
        return np.array([alignments(p[0], [1, 2], blank=0)])

    lengths = np.array([[4]]), np.array([[2]])
    labels = np.array([[1, 2]])
    yield Case("keras.losses.ctc", of(losses.ctc, labels), first, logits=SEQUENCE)
    yield Case("keras.losses.CTC", of(losses.CTC(), labels), lambda p: first(p)[0], logits=SEQUENCE)
    yield Case(
        "keras.ops.ctc_loss",
        of(lambda y, x: ops.ctc_loss(y, x, lengths[1][0], lengths[0][0]), labels),
        first,
        logits=SEQUENCE,
    )
    batch = of(lambda y, x: backend.ctc_batch_cost(y, x, *lengths), np.array([[0, 1]]))
    yield Case("keras.backend.ctc_batch_cost", batch, lambda p: last(p)[:, None], logits=SEQUENCE)


def tensorflow_cases() -> Iterator[Case]:
    """Every loss of the stubs of tensorflow that needs something, those of TensorFlow 1 too."""
    import tensorflow as tf

    def of(loss: Any, target: Any, **options: Any) -> Any:
        return lambda x: loss(labels=target, logits=tf.constant(x, tf.float64), **options).numpy()

    def weighted(p: Array) -> Any:
        return -(3.0 * MULTI_HOT * np.log(p) + (1 - MULTI_HOT) * np.log(1 - p))

    v1, v1_losses = tf.compat.v1.nn, tf.compat.v1.losses
    for home, nn in (("tensorflow.nn", tf.nn), ("tensorflow.compat.v1.nn", v1)):
        for name, target, definition in (
            ("sigmoid_cross_entropy_with_logits", MULTI_HOT, binary),
            ("softmax_cross_entropy_with_logits", ONE_HOT, categorical),
            ("sparse_softmax_cross_entropy_with_logits", LABELS, categorical),
        ):
            yield Case(f"{home}.{name}", of(getattr(nn, name), target), definition)
        positive = of(nn.weighted_cross_entropy_with_logits, MULTI_HOT, pos_weight=3.0)
        yield Case(f"{home}.weighted_cross_entropy_with_logits", positive, weighted)
        old = of(v1.softmax_cross_entropy_with_logits_v2, ONE_HOT)
        yield Case(f"{home}.softmax_cross_entropy_with_logits_v2", old, categorical)
    for name, target, definition in (
        ("sigmoid_cross_entropy", MULTI_HOT, binary),
        ("softmax_cross_entropy", ONE_HOT, categorical),
        ("sparse_softmax_cross_entropy", LABELS, categorical),
    ):
        function = getattr(v1_losses, name)
        by_name = "multi_class_labels" if name == "sigmoid_cross_entropy" else "onehot_labels"
        if name.startswith("sparse"):
            by_name = "labels"
        run = _by_keyword(function, by_name, target)
        yield Case(f"tensorflow.compat.v1.losses.{name}", run, _mean(definition))
    yield Case(
        "tensorflow.compat.v1.losses.log_loss",
        lambda x: v1_losses.log_loss(MULTI_HOT, tf.constant(x, tf.float32), epsilon=0).numpy(),
        _mean(binary),
    )

    def steps(p: Array) -> Any:
        return np.array([alignments(p[0], [1, 2], blank=0)])

    labels, logits, times = np.array([[1, 2]]), np.array([2]), np.array([4])
    for home, ctc in (
        ("tensorflow.nn.ctc_loss", tf.nn.ctc_loss),
        ("tensorflow.compat.v1.nn.ctc_loss_v2", v1.ctc_loss_v2),
    ):
        yield Case(home, _ctc(ctc, labels, logits, times), steps, logits=SEQUENCE)

    def by_last(p: Array) -> Any:
        return np.array([alignments(p[0], [0, 1], blank=2)])

    sparse = tf.SparseTensor([[0, 0], [0, 1]], np.array([0, 1], np.int32), [1, 2])
    yield Case(
        "tensorflow.compat.v1.nn.ctc_loss",
        lambda x: v1.ctc_loss(sparse, tf.constant(x, tf.float32), [4], time_major=False).numpy(),
        by_last,
        logits=SEQUENCE,
    )


def _by_keyword(function: Any, name: str, target: Any) -> Any:
    return lambda x: function(logits=x, **{name: target}).numpy()


def _ctc(function: Any, labels: Any, label_length: Any, logit_length: Any) -> Any:
    def run(x: Array) -> Any:
        given = {"label_length": label_length, "logit_length": logit_length, "logits_time_major": False}
        return function(labels=labels, logits=x.astype("float32"), blank_index=0, **given).numpy()

    return run
