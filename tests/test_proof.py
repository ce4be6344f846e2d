"""Fixtures are run: flagged programs compute another loss than they mean, clean and fixed ones exactly that."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.fixture import ROOT, cases
from tests.proof import backend

SAME = 2e-4
DIFFERENT = 1e-3
PROVABLE = (
    "double-sigmoid",
    "from-logits-after-activation",
    "logits-into-bce",
    "double-softmax",
    "nll-without-log-softmax",
    "kl-div-without-log",
    "log-probabilities-into-bce",
    "logits-into-categorical-crossentropy",
    "sigmoid-for-exclusive-classes",
    "softmax-for-independent-labels",
    "squashed-logits",
)
KNOWN = ("torch", "keras", "tensorflow", "jax", "optax", "flax", "haiku", "equinox")
"""What a program may import; if it is not there, nothing is proved."""
UNRECOGNIZED = {
    "logits-into-bce/clean/complement": "1 - p is arithmetic on a probability",
    "logits-into-bce/clean/product_of_probabilities": "p * q is arithmetic on probabilities",
    "nll-without-log-softmax/clean/ensemble": "a weighted mean is arithmetic on distributions",
    "nll-without-log-softmax/clean/library_takes_the_log": "p + eps is arithmetic on a distribution",
    "logits-into-categorical-crossentropy/flagged/one_unit": "over one class every loss is 0",
    "logits-into-categorical-crossentropy/clean/average_of_softmaxes": "a mean is arithmetic on distributions",
    "logits-into-categorical-crossentropy/clean/normalized_by_hand": "exp(x) / sum(exp(x)) is arithmetic",
    "sigmoid-for-exclusive-classes/clean/both_classes_of_one_unit": "1 - p is arithmetic on a probability",
    "softmax-for-independent-labels/flagged/keras_two_units": "with two classes only TensorFlow computes another loss",
    "softmax-for-independent-labels/clean/mixture": "a weighted mean is arithmetic on probabilities",
    "softmax-for-independent-labels/clean/some_of_the_classes": "1 - p is arithmetic on a probability",
    "squashed-logits/flagged/clamp": "clamp(min=0) is no recorded activation",
    "squashed-logits/flagged/distance": "a distance is no activation of anything",
    "squashed-logits/clean/clipped": "clamp(relu(x)) is no recorded activation",
    "squashed-logits/clean/keras_capped_relu": "a relu that ends at 1 is no recorded activation",
    "squashed-logits/clean/normalized": "alpha / sum(alpha) is arithmetic",
    "squashed-logits/clean/rate": "1 - exp(-x) is arithmetic",
}
"""Programs whose meaning the harness cannot see."""
OTHER_INTENT = {
    "sigmoid-for-exclusive-classes/fixed/functional.remove-the-sigmoid-and-use-binary-cross-entropy-with-logits",
    "sigmoid-for-exclusive-classes/fixed/multi_hot.remove-the-sigmoid",
    "sigmoid-for-exclusive-classes/fixed/sequential.remove-the-sigmoid-and-use-bcewithlogitsloss",
    "softmax-for-independent-labels/fixed/sequential.remove-the-softmax-and-use-crossentropyloss",
    "softmax-for-independent-labels/fixed/two_files.remove-the-softmax-and-use-crossentropyloss",
}
"""Fixes for labels of the other kind than those of the program: class indices, or a label for each class."""


def programs(kind: str) -> list[Any]:
    """Every program of one kind, as a parameter."""
    found = [(rule, case) for rule in PROVABLE for case in cases(ROOT / rule / kind)]
    names = [(case.root, f"{rule}/{kind}/{case.name}") for rule, case in found]
    return [pytest.param(root, id=name) for root, name in names if name not in {*UNRECOGNIZED, *OTHER_INTENT}]


def source(root: Path) -> str:
    """The text of a program, of all its files if it is a folder."""
    files = sorted(root.rglob("*.py")) if root.is_dir() else [root]
    return "\n".join(path.read_text("utf-8") for path in files)


@cache
def results(runner: str) -> dict[str, Any]:
    """What every program that belongs to this backend did, by path; one process for all."""
    every = [param.values[0] for kind in ("flagged", "clean", "fixed") for param in programs(kind)]
    paths = [str(root) for root in every if backend(source(root)) == runner and runnable(root)]
    environment = {**os.environ, "KERAS_BACKEND": runner, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
    command = [sys.executable, "-m", "tests.proof", *paths]
    done = subprocess.run(command, cwd=ROOT.parent, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    parsed: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return parsed


def frameworks(root: Path) -> set[str]:
    """The frameworks a program imports or runs on."""
    text = source(root)
    return {name for name in KNOWN if f"import {name}" in text or f"from {name}" in text} | {backend(text)}


def runnable(root: Path) -> bool:
    """True if all it needs is installed."""
    return all(find_spec(name) for name in frameworks(root))


def proof(root: Path) -> dict[str, Any]:
    """What a program did; skips the test if its framework is not installed."""
    for name in frameworks(root):
        if not find_spec(name):
            pytest.skip(f"{name} is not installed")
    found: dict[str, Any] = results(backend(source(root)))[str(root)]
    assert found["calls"], found["crash"] or "no loss was computed"
    return found


@pytest.mark.parametrize("root", programs("flagged"))
def test_flagged_computes_another_loss(root: Path) -> None:
    """Its loss is refused, or is not the one it means."""
    found = proof(root)
    if not any(call["raised"] for call in found["calls"]):
        errors = [call[key] or 0.0 for call in found["calls"] for key in ("error", "gradient_error")]
        assert found["crash"] is None
        assert max(errors) > DIFFERENT, found


@pytest.mark.parametrize("root", programs("clean") + programs("fixed"))
def test_clean_computes_the_loss_it_means(root: Path) -> None:
    """Value and gradient of every loss call."""
    found = proof(root)
    assert found["crash"] is None
    for call in found["calls"]:
        assert call["error"] is not None
        assert call["error"] < SAME, call
        assert (call["gradient_error"] or 0) < SAME, call
