"""Watches what TensorFlow computes outside Keras, for `tests.proof`: eagerly, and in the graphs of TensorFlow 1.

A graph holds no numbers. What its activations and losses are is noted while it is built, and what they were is fetched
whenever a session runs; a loss is then recorded if all it needs was fed.
"""

from __future__ import annotations

import contextlib
import importlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from unittest import mock

import numpy as np

from tests.intent import WATCHED
from tests.proof_keras import noted
from tests.recorder import COMPARES, INVERSE, OPERATORS, ORDERS, SCALES, Recorder, nothing, numbers, record
from tests.reference import CrossEntropy, one_hot

LOSSES = {
    "sigmoid_cross_entropy_with_logits": "logits",
    "softmax_cross_entropy_with_logits": "logits",
    "softmax_cross_entropy_with_logits_v2": "logits",
    "sparse_softmax_cross_entropy_with_logits": "logits",
}
LOSSES_OF_1 = {
    "sigmoid_cross_entropy": "logits",
    "softmax_cross_entropy": "logits",
    "sparse_softmax_cross_entropy": "logits",
    "log_loss": "predictions",
}
"""Losses and the names of their predictions: those of `tf.nn`, which are the same to TensorFlow 1, and its own."""
TARGETS = ("labels", "multi_class_labels", "onehot_labels")


@dataclass
class Graphs:
    """What was built into graphs: activations as (name, input, output), losses as (name, prediction, ...)."""

    activations: list[tuple[str, Any, Any]] = field(default_factory=list)
    losses: list[tuple[str, Any, Any, Any, Any, dict[str, Any]]] = field(default_factory=list)


@contextlib.contextmanager
def watched(recorder: Recorder) -> Iterator[None]:
    """Records what TensorFlow computes; functions are not compiled."""
    tf = importlib.import_module("tensorflow")
    v1, graphs = tf.compat.v1, Graphs()
    places = [(tf.nn, "tensorflow.nn", LOSSES), (v1.nn, "tensorflow.compat.v1.nn", LOSSES)]
    places.append((v1.losses, "tensorflow.compat.v1.losses", LOSSES_OF_1))
    eagerly = tf.config.functions_run_eagerly()
    with contextlib.ExitStack() as stack:
        stack.callback(tf.config.run_functions_eagerly, eagerly)
        tf.config.run_functions_eagerly(True)
        for module, package, losses in places:
            for name in (name for name in losses if hasattr(module, name)):
                new = loss(recorder, graphs, f"{package}.{name}", losses[name], getattr(module, name))
                stack.enter_context(mock.patch.object(module, name, new))
        for module in (tf, tf.math, tf.nn, v1, v1.math, v1.nn):
            for name in (name for name in {*SCALES, *INVERSE, *WATCHED} if hasattr(module, name)):
                new = graphed(graphs, name, noted(recorder, name, getattr(module, name)))
                stack.enter_context(mock.patch.object(module, name, new))
        for name in OPERATORS:
            stack.enter_context(mock.patch.object(tf.Tensor, name, compared(recorder, name, getattr(tf.Tensor, name))))
        for module in (tf, tf.math, importlib.import_module("tensorflow.compat.v1"), v1.math):
            for name in (name for name in {*ORDERS, *COMPARES} if hasattr(module, name)):
                stack.enter_context(mock.patch.object(module, name, compared(recorder, name, getattr(module, name))))
        run = session_run(recorder, graphs, v1.Session.run)
        stack.enter_context(mock.patch.object(v1.Session, "run", run))
        yield


def compared(recorder: Recorder, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function, its outputs recorded as what somebody reads."""

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        output = function(*args, **kwargs)
        recorder.read(name, args, output)
        return output

    return wrapped


def loss(recorder: Recorder, graphs: Graphs, name: str, taken: str, original: Callable[..., Any]) -> Callable[..., Any]:
    """The loss of that name, its values recorded now or, in a graph, when a session runs."""
    import inspect

    signature = inspect.signature(original)

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        given = signature.bind(*args, **kwargs).arguments
        prediction = given.pop(taken)
        target = next(given[name] for name in TARGETS if name in given)

        def run(prediction: Any) -> Any:
            return original(**{taken: prediction}, **given)

        if recorder.inside or symbolic(prediction):
            return built(graphs, name, run, prediction, target, given)
        return recorder.loss(name, run, prediction, lambda: reference(name, target, prediction.shape[-1], given))

    return wrapped


def symbolic(value: Any) -> bool:
    """True if this stands in a graph."""
    return hasattr(value, "graph") and not hasattr(value, "numpy")


def built(graphs: Graphs, name: str, run: Callable[[Any], Any], prediction: Any, target: Any, given: Any) -> Any:
    """A loss as a node of a graph, and the same with its value taken away."""
    result = run(prediction)
    if not symbolic(prediction) or any(result is known[3] for known in graphs.losses):
        return result
    tf = importlib.import_module("tensorflow")
    gradient = tf.compat.v1.gradients(tf.reduce_sum(result), prediction)[0]
    graphs.losses.append((name, prediction, target, result, gradient, given))
    return nothing(prediction, result)


def graphed(graphs: Graphs, name: str, function: Callable[..., Any]) -> Callable[..., Any]:
    """The function; what it builds into a graph is kept."""

    def wrapped(*args: Any, **kwargs: Any) -> Any:
        output = function(*args, **kwargs)
        if args and symbolic(output):
            graphs.activations.append((name, args[0], output))
        return output

    return wrapped


def session_run(recorder: Recorder, graphs: Graphs, original: Callable[..., Any]) -> Callable[..., Any]:
    """Runs a session, and the losses built into its graph as far as their inputs are fed."""

    def wrapped(session: Any, fetches: Any, feed_dict: Any = None, **options: Any) -> Any:
        activations = [entry for entry in graphs.activations if entry[2].graph is session.graph]
        for entry in (entry for entry in graphs.losses if entry[1].graph is session.graph):
            with contextlib.suppress(Exception):  # a placeholder it needs is not fed, or nothing is initialized yet
                observe(recorder, entry, activations, lambda nodes: original(session, nodes, feed_dict))
        return original(session, fetches, feed_dict, **options)

    return wrapped


def observe(recorder: Recorder, entry: Any, activations: list[Any], fetch: Callable[[Any], Any]) -> None:
    """Records a loss of a graph with the activations before it. Raises what the session raises.

    All is fetched at once: with other fetches, other operations are fused, and the numbers are not quite the same.
    """
    name, prediction, target, result, gradient, given = entry
    pairs = [pair for pair in activations if pair[2] is not result]
    targets = [target] if symbolic(target) else []
    values, seen = fetch([[prediction, targets, result, gradient], [(given, output) for _, given, output in pairs]])
    for (activation, _, _), (given_values, output) in zip(pairs, seen, strict=True):
        recorder.activation(activation, np.asarray(given_values), np.asarray(output))
    wanted = reference(name, values[1][0] if values[1] else target, prediction.shape[-1], given)
    call = record(name)
    recorder.calls.append(call)
    got, slope, given_prediction = (numbers(np.asarray(value)) for value in (values[2], values[3], values[0]))
    assert given_prediction is not None
    recorder.compare(call, got, given_prediction, wanted, slope, False)


def reference(name: str, labels: Any, classes: int, options: dict[str, Any]) -> CrossEntropy:
    """The textbook's version of a loss; those of TensorFlow 1 are averaged."""
    target, own = numbers(labels), "compat.v1.losses" in name
    name = name.rpartition(".")[2]
    assert target is not None
    if name.startswith("sparse"):
        target = one_hot(target, classes)
    binary = name.startswith(("sigmoid", "log_loss"))
    return CrossEntropy(target, None if binary else options.get("axis") or -1, "mean" if own else "none")
