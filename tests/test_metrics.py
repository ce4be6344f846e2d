"""Metrics of Keras against what the stubs and the fixes of `metric-on-logits` say of them.

A metric told of logits gives for logits what it gives for their probabilities, and one that is not told does not.
"""

from __future__ import annotations

import runpy
from pathlib import Path
from typing import Any

import pytest

from tests.fixture import ROOT, cases

keras = pytest.importorskip("keras")
np = pytest.importorskip("numpy")
M = keras.metrics
FIXTURES = ROOT / "metric-on-logits"
THRESHOLD = ("BinaryAccuracy", "BinaryIoU")
THRESHOLDS = ("Precision", "Recall", "TruePositives", "TrueNegatives", "FalsePositives", "FalseNegatives")
FLAGGED = ("AUC", "BinaryCrossentropy")
GENERATOR = np.random.default_rng(0)
LOGITS = GENERATOR.normal(0.3, 0.5, (2000, 1)).astype("float32")


def sigmoid(logits: Any) -> Any:
    """What makes probabilities of logits."""
    return (1 / (1 + np.exp(-logits))).astype("float32")


PROBABILITIES = sigmoid(LOGITS)
TARGETS = (GENERATOR.random((2000, 1)) < PROBABILITIES).astype("float32")


def value(metric: Any, given: Any, targets: Any = TARGETS) -> float:
    """What a metric says of predictions."""
    metric.update_state(targets, given)
    return float(np.mean(np.asarray(metric.result())))


OPTIONS = [
    *((name, {"threshold": 0.0}) for name in THRESHOLD),
    *((name, {"thresholds": 0.0}) for name in THRESHOLDS),
    *((name, {"from_logits": True}) for name in FLAGGED),
]


@pytest.mark.parametrize(("name", "options"), OPTIONS, ids=[name for name, _ in OPTIONS])
def test_reads_logits_by_its_option(name: str, options: dict[str, Any]) -> None:
    metric = getattr(M, name)
    right = value(metric(), PROBABILITIES)
    assert value(metric(**options), LOGITS) == pytest.approx(right, rel=5e-3)
    assert value(metric(), LOGITS) != pytest.approx(right, rel=5e-3)


@pytest.mark.parametrize(
    "name", ["PrecisionAtRecall", "RecallAtPrecision", "SensitivityAtSpecificity", "SpecificityAtSensitivity"]
)
def test_reads_probabilities_only(name: str) -> None:
    metric, logits = getattr(M, name), 5 * LOGITS - 5
    targets = (GENERATOR.random(logits.shape) < sigmoid(logits)).astype("float32")
    assert value(metric(0.7), logits, targets) != pytest.approx(value(metric(0.7), sigmoid(logits), targets), rel=2e-2)


@pytest.mark.parametrize("name", ["CategoricalCrossentropy", "SparseCategoricalCrossentropy"])
def test_crossentropy_of_classes(name: str) -> None:
    metric, logits = getattr(M, name), GENERATOR.normal(0, 2, (50, 3)).astype("float32")
    distribution = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    targets = GENERATOR.integers(0, 3, 50)
    given = np.eye(3)[targets] if name.startswith("Categorical") else targets
    right = value(metric(), distribution, given)
    assert value(metric(from_logits=True), logits, given) == pytest.approx(right, rel=1e-4)
    assert value(metric(), logits, given) != pytest.approx(right, rel=1e-2)


def test_reads_the_order_only() -> None:
    logits, targets = GENERATOR.normal(0, 2, (50, 3)).astype("float32"), np.eye(3)[GENERATOR.integers(0, 3, 50)]
    distribution = np.exp(logits) / np.exp(logits).sum(1, keepdims=True)
    for metric in (
        M.CategoricalAccuracy,
        M.F1Score,
        lambda: M.Precision(top_k=1),
        lambda: M.TopKCategoricalAccuracy(2),
    ):
        assert value(metric(), logits, targets) == pytest.approx(value(metric(), distribution, targets))


@pytest.mark.parametrize("units", [1, 3])
def test_what_accuracy_stands_for(units: int) -> None:
    """With one unit it is compared with 0.5, otherwise the largest score counts."""
    model = keras.Sequential([keras.layers.Dense(units)])
    model.compile(loss="mse", metrics=["accuracy", M.BinaryAccuracy(name="threshold")])
    model.build((None, 4))
    x, y = GENERATOR.normal(0, 4, (64, 4)).astype("float32"), np.eye(3)[GENERATOR.integers(0, 3, 64)][:, :units]
    found = model.evaluate(x, y, verbose=0, return_dict=True)
    assert (found["accuracy"] == pytest.approx(found["threshold"])) is (units == 1)


@pytest.mark.parametrize(
    "case",
    [case for kind in ("flagged", "clean", "fixed") for case in cases(FIXTURES / kind)],
    ids=lambda case: f"{case.root.parent.name}/{case.name}",
)
def test_fixtures_run(case: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    root: Path = case.root
    text = "\n".join(path.read_text("utf-8") for path in case.files)
    for package in ("torch", "tensorflow", "sklearn", "scipy"):
        if f"import {package}" in text or f"from {package}" in text:
            pytest.importorskip(package)
    if root.is_dir():
        monkeypatch.syspath_prepend(str(root))
    main = str(root / "train.py" if root.is_dir() else root)
    if root.parent.name == "flagged" and "sklearn" in text:
        pytest.importorskip("torch").manual_seed(0)  # scores that lie between 0 and 1 by chance are not refused
        with pytest.raises(ValueError, match="y_prob contains values"):
            runpy.run_path(main, run_name="__main__")
    else:
        runpy.run_path(main, run_name="__main__")
