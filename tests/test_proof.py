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
UNRECOGNIZED = {
    "logits-into-bce/clean/complement": "1 - p is arithmetic on a probability",
    "logits-into-bce/clean/product_of_probabilities": "p * q is arithmetic on probabilities",
    "nll-without-log-softmax/clean/ensemble": "a weighted mean is arithmetic on distributions",
    "nll-without-log-softmax/clean/library_takes_the_log": "p + eps is arithmetic on a distribution",
}
"""Clean programs whose meaning the harness cannot see."""


def programs(kind: str) -> list[Any]:
    """Every program of one kind, as a parameter."""
    found = [(rule, case) for rule in PROVABLE for case in cases(ROOT / rule / kind)]
    names = [(case.root, f"{rule}/{kind}/{case.name}") for rule, case in found]
    return [pytest.param(root, id=name) for root, name in names if name not in UNRECOGNIZED]


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
    return {name for name in ("torch", "keras", "tensorflow") if f"import {name}" in text or f"from {name}" in text} | {
        backend(text)
    }


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
