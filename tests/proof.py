"""Runs fixtures and compares what they compute with a float64 reference: `python -m tests.proof [WAY:]PROGRAM...`.

A program needs no preparation. What its activations give and what its losses take and give is recorded while it runs,
see `tests.recorder`: in PyTorch by a function mode, in the others by wrapping a few functions, uncompiled. Keras runs
on the backend that the environment variable KERAS_BACKEND names; see `backends` for what suits a program.

A program can be run in other ways than as it stands, see `Way` in `tests.recorder`. Prints one JSON object: for each
program

- "calls": its loss calls. Errors are relative, None if there is none to give: "error" of the value from what the
  program means, "written" from what the loss gives for the numbers it got if it does not look behind them,
  "gradient_error" of the gradient with respect to the logits, "sum_error" of the sum of the probabilities it got over
  the classes from 1, "defined" from the definition that bears the loss's name. "value" and "gradient" are what the loss
  gave, "scale" what it got, "raised" what it refused;
- "logarithms": the error of every logarithm of a sigmoid or softmax, in one step or in two;
- "distributions": errors of distribution objects, see `tests.proof_distributions`;
- "repeated": the activations that were applied to the output of an activation;
- "constant": the softmaxes that gave the same number for everything; "activated": how many activations there were;
- "readings": what others read of its outputs: what it prints and compares, what metrics say;
- "thresholds": where an output is compared with a number or rounded, the share of answers that are not those of the
  probability that it stands for;
- "warned": whether a loss of Keras warned that it does not take what it got for logits;
- "guessed": whether PyTorch warned that it had to guess an axis;
- "crash": the exception that ended it, or null.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import random
import re
import runpy
import sys
import traceback
import warnings
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, cast
from unittest import mock

import numpy as np

from tests import proof_distributions, proof_jax, proof_keras, proof_tensorflow, proof_torch
from tests.recorder import Recorder, Way

KERAS = ("torch", "jax", "tensorflow")
"""The backends of Keras."""


def imported(text: str) -> set[str]:
    """The top-level packages that a program imports."""
    return set(re.findall(r"^\s*(?:import|from)\s+(\w+)", text, re.M))


def backends(text: str) -> tuple[str, ...]:
    """What a program can be run on; Keras runs on all it knows, unless the program itself needs one of them."""
    names = imported(text)
    for backend, packages in (
        ("tensorflow", {"tensorflow"}),
        ("torch", {"torch"}),
        ("jax", {"jax", "flax", "optax", "haiku", "equinox"}),
    ):
        if names & packages:
            return (backend,)
    return KERAS if "keras" in names else ("torch",)


@contextlib.contextmanager
def importable(folder: Path) -> Iterator[None]:
    """The modules of a folder can be imported for a while, and are forgotten then: others have the same names."""
    with mock.patch.object(sys, "path", [str(folder), *sys.path]):
        before = set(sys.modules)
        try:
            yield
        finally:
            for name in set(sys.modules) - before:
                if str(folder) in (getattr(sys.modules[name], "__file__", None) or ""):
                    del sys.modules[name]


def watch(recorder: Recorder, text: str, stack: contextlib.ExitStack) -> None:
    """Watches the backend of Keras, or the one that the program needs, and Keras if the program uses it."""
    suitable = backends(text)
    backend = os.environ.get("KERAS_BACKEND", suitable[0]) if len(suitable) > 1 else suitable[0]
    watcher = {"torch": proof_torch, "jax": proof_jax, "tensorflow": proof_tensorflow}[backend]
    stack.enter_context(watcher.watched(recorder))
    if "tensorflow_probability" in text:
        stack.enter_context(proof_distributions.watched(recorder, "tensorflow_probability.python.distributions"))
    if "keras" in text:
        stack.enter_context(proof_keras.watched(recorder))


def seed() -> None:
    """The same random numbers for every program that does not choose its own."""
    random.seed(0)
    np.random.seed(0)
    if torch := sys.modules.get("torch"):
        torch.manual_seed(0)
    if tensorflow := sys.modules.get("tensorflow"):
        tensorflow.random.set_seed(0)


def printed(text: str) -> list[str]:
    """What a program printed; a zero has no sign, an object no address."""
    return re.sub(r"-(0\.?0*\b)|0x[0-9a-f]+", r"\1", text).splitlines()


def run(path: str, way: Way = "") -> dict[str, Any]:
    """Runs one program, a folder by its `train.py`; what was recorded, and the exception that ended it if one did."""
    root = Path(path)
    script = root / "train.py" if root.is_dir() else root
    text = "\n".join(file.read_text("utf-8") for file in ([*root.rglob("*.py")] if root.is_dir() else [root]))
    recorder, crash, output = Recorder(way), None, io.StringIO()
    with contextlib.ExitStack() as stack:
        stack.enter_context(contextlib.redirect_stdout(output))
        stack.enter_context(mock.patch.object(sys, "argv", [path]))
        caught = stack.enter_context(warnings.catch_warnings(record=True))
        warnings.simplefilter("always")
        if root.is_dir():
            stack.enter_context(importable(root))
        watch(recorder, text, stack)
        seed()
        try:
            runpy.run_path(str(script), run_name="__main__")
        except Exception:  # whatever a program raises is its result
            crash = traceback.format_exc(limit=-2)
    said = " ".join(str(warning.message) for warning in caught)
    readings = [*recorder.readings, *(["print", line] for line in printed(output.getvalue()))]
    kept = ("calls", "thresholds", "distributions", "repeated", "constant")
    found = {"readings": readings, "crash": crash, **{name: getattr(recorder, name) for name in kept}}
    found |= {"logarithms": recorder.logarithms.errors, "activated": len(recorder.activated)}
    warned, guessed = "does not represent logits" in said, "Implicit dimension choice" in said
    return {**found, "warned": warned, "guessed": guessed}


def main(paths: Sequence[str]) -> None:
    """Runs every program and prints what was found. Keras does without TensorFlow unless that is its backend."""
    if os.environ.get("KERAS_BACKEND", "tensorflow") != "tensorflow":
        sys.modules["tensorflow"] = None  # type: ignore[assignment]
    split = [(path, *path.rpartition(":")[::2]) for path in paths]
    print(json.dumps({name: run(path, cast(Way, way)) for name, way, path in split}))


if __name__ == "__main__":
    main(sys.argv[1:])
