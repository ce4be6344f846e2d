"""Fixtures are run: flagged programs compute another loss than they mean, clean and fixed ones exactly that.

Each runs on what it needs. Those that need nothing but Keras run on its PyTorch backend; of those that prove a fix, one
runs on the other backends as well. Programs that share a backend share a process, see `tests.proof`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.fixture import ROOT, cases, slug
from tests.offers import FRAMEWORKS, offered
from tests.proof import KERAS, backends, imported

SAME = 2e-4
"""How far a loss and its gradient, computed in float32, may be from the float64 reference, relative to the largest."""
DIFFERENT = 1e-3
"""How far a flagged one has to be at least."""
READING = ("threshold-on-logits",)
"""Rules whose loss is right; what is wrong is how its input is read elsewhere."""
NOT_ABOUT_A_LOSS = {
    "kl-div-mean": "the loss is the mean that it says, which is not the divergence",
    "kl-div-target": "the target is wrong, and the reference takes it as it is given",
    "log-of-sigmoid": "the loss is right, until float32 ends",
    "log-of-softmax": "the loss is right, until float32 ends",
    "softmax-over-batch": "which axis an activation runs over is not recorded",
    "bce-under-autocast": "it needs a GPU",
    "sigmoid-before-bce": "the loss is right, until float32 ends",
    "redundant-log-softmax": "the loss is right",
    "softmax-without-dim": "the loss may be right",
    "probabilities-as-logits": "a distribution object is no loss",
    "logits-as-probabilities": "a distribution object is no loss",
    "activated-twice": "what is activated again is read, the loss may be right",
    "swapped-arguments": "the reference takes prediction and target as they are given",
    "metric-on-logits": "a metric is no loss; `tests/test_metrics.py` runs its fixtures",
}
"""Rules whose finding is not the value of a loss for its input, and what it is; their fixtures are not run."""
FRAMEWORK_PACKAGES = ("torch", "keras", "tensorflow", "jax", "optax", "flax", "haiku", "equinox")
"""What has to be there before it can be said that a fix is not proved."""
UNRECOGNIZED = {
    "double-sigmoid/clean/changed_in_place": "nothing is called",
    "logits-into-bce/clean/complement": "1 - p is arithmetic on a probability",
    "logits-into-bce/clean/product_of_probabilities": "p * q is arithmetic on probabilities",
    "nll-without-log-softmax/clean/ensemble": "a weighted mean is arithmetic on distributions",
    "nll-without-log-softmax/clean/library_takes_the_log": "p + eps is arithmetic on a distribution",
    "logits-into-categorical-crossentropy/clean/average_of_softmaxes": "a mean is arithmetic on distributions",
    "logits-into-categorical-crossentropy/clean/normalized_by_hand": "exp(x) / sum(exp(x)) is arithmetic",
    "sigmoid-for-exclusive-classes/clean/both_classes_of_one_unit": "1 - p is arithmetic on a probability",
    "softmax-for-independent-labels/flagged/keras_two_units": "with two classes only TensorFlow computes another loss",
    "softmax-for-independent-labels/clean/mixture": "a weighted mean is arithmetic on probabilities",
    "softmax-for-independent-labels/clean/some_of_the_classes": "1 - p is arithmetic on a probability",
    "softmax-on-one-unit/flagged/layer_attribute": "a squared error is no loss that is recorded",
    "softmax-on-one-unit/clean/spatial_softmax": "a squared error is no loss that is recorded",
    "softmax-on-one-unit/fixed/layer_attribute.replace-the-softmax-by-sigmoid": "as in flagged",
    "threshold-on-logits/flagged/flax_evaluation": "operators of JAX are not watched",
    "threshold-on-logits/clean/regression": "its loss is not one of those that are recorded",
    "threshold-on-logits/flagged/other_number": "its loss is not one of those that are recorded",
    "threshold-on-logits/fixed/other_number.apply-sigmoid-first": "its loss is not one of those that are recorded",
    "threshold-on-logits/flagged/nobody_calls_it": "nothing calls what compares",
    "threshold-on-logits/flagged/tensor_of_halves": "comparisons with tensors are not watched",
    "threshold-on-logits/flagged/two_functions": "it compares other outputs than the loss is given",
    "threshold-on-logits/flagged/two_methods": "it compares other outputs than the loss is given",
    "squashed-logits/flagged/clamp": "clamp(min=0) is no recorded activation",
    "squashed-logits/flagged/distance": "a distance is no activation of anything",
    "squashed-logits/clean/clipped": "clamp(relu(x)) is no recorded activation",
    "squashed-logits/clean/keras_capped_relu": "a relu that ends at 1 is no recorded activation",
    "squashed-logits/clean/normalized": "alpha / sum(alpha) is arithmetic",
    "squashed-logits/clean/rate": "1 - exp(-x) is arithmetic",
}
"""Programs whose meaning the harness cannot see."""
OTHER_INTENT = {
    "nll-without-log-softmax/fixed/batch_axis.replace-the-softmax-by-log-softmax",
    "sigmoid-for-exclusive-classes/fixed/functional.remove-the-sigmoid-and-use-binary-cross-entropy-with-logits",
    "sigmoid-for-exclusive-classes/fixed/multi_hot.remove-the-sigmoid",
    "sigmoid-for-exclusive-classes/fixed/multi_hot_function.remove-the-sigmoid",
    "sigmoid-for-exclusive-classes/fixed/sequential.remove-the-sigmoid-and-use-bcewithlogitsloss",
    "softmax-on-one-unit/fixed/log_softmax.use-binary-cross-entropy-with-logits-without-the-log-softmax",
    "softmax-on-one-unit/fixed/segmentation.use-bcewithlogitsloss",
    "softmax-for-independent-labels/fixed/sequential.remove-the-softmax-and-use-crossentropyloss",
    "softmax-for-independent-labels/fixed/two_files.remove-the-softmax-and-use-crossentropyloss",
}
"""Fixes for labels of the other kind than those of the program: class indices, or a label for each class; or for
a batch where there is none."""
UNPROVED: dict[tuple[str, str, str], str] = {}
"""Fixes that are offered for losses of a framework and that no fixture proves: (rule, title, framework), and why."""


class Program(NamedTuple):
    """A fixture: its rule, its folder (`flagged`, `clean` or `fixed`), its name, its path."""

    rule: str
    kind: str
    case: str
    root: Path

    @property
    def name(self) -> str:
        """How tests and tables call it."""
        return f"{self.rule}/{self.kind}/{self.case}"

    @property
    def files(self) -> list[Path]:
        """The file, or all of them if it is a folder."""
        return sorted(self.root.rglob("*.py")) if self.root.is_dir() else [self.root]

    @property
    def text(self) -> str:
        """The text of all files."""
        return "\n".join(path.read_text("utf-8") for path in self.files)

    def missing(self, backend: str) -> list[str]:
        """The packages it needs on a backend that are not installed."""
        own = {path.relative_to(self.root.parent).parts[-1].removesuffix(".py") for path in self.files}
        own |= {path.name for path in self.root.rglob("*") if path.is_dir()}
        needed = {backend, *imported(self.text)} - own - sys.stdlib_module_names
        return sorted(name for name in needed if not find_spec(name))


class Change(NamedTuple):
    """A fix of a flagged program, and what it makes of it; `safe` if all fixes of that title are."""

    flagged: Program
    title: str
    safe: bool
    fixed: Program


RULES = [
    path.name for path in sorted(ROOT.iterdir()) if (path / "flagged").is_dir() and path.name not in NOT_ABOUT_A_LOSS
]


@cache
def programs(kind: str) -> tuple[Program, ...]:
    """Every program of one kind that can be judged."""
    found = [Program(rule, kind, case.name, case.root) for rule in RULES for case in cases(ROOT / rule / kind)]
    return tuple(program for program in found if program.name not in {*UNRECOGNIZED, *OTHER_INTENT})


@cache
def changes() -> tuple[Change, ...]:
    """Every fix of a program that can be judged before and after it."""
    fixed = {(program.rule, program.case): program for program in programs("fixed")}
    return tuple(
        Change(flagged, title, safe, fixed[flagged.rule, name])
        for flagged in programs("flagged")
        for title, safe in titles(flagged)
        if (flagged.rule, name := f"{flagged.case}.{slug(title)}") in fixed
    )


def titles(flagged: Program) -> Iterator[tuple[str, bool]]:
    """The fixes of a program, and whether they are safe, as fixes.tsv has them."""
    rows = [line.split("\t") for line in (ROOT / flagged.rule / "fixes.tsv").read_text("utf-8").splitlines()[1:]]
    for title in dict.fromkeys(title for case, title, _ in rows if case == flagged.case):
        yield title, all(row[2] == "safe" for row in rows if row[:2] == [flagged.case, title])


@cache
def runs() -> dict[str, tuple[Program, ...]]:
    """What runs on which backend."""
    chosen: dict[str, dict[Program, None]] = {backend: {} for backend in KERAS}
    for program in (program for kind in ("flagged", "clean", "fixed") for program in programs(kind)):
        suitable = backends(program.text)
        chosen[suitable[0]][program] = None
    for change in examples():
        for backend in KERAS:
            chosen[backend].update(dict.fromkeys((change.flagged, change.fixed)))
    return {backend: tuple(programs) for backend, programs in chosen.items()}


@cache
def examples() -> tuple[Change, ...]:
    """For each fix of a loss of Keras the shortest program that needs nothing but Keras."""
    shortest: dict[tuple[str, str], Change] = {}
    for change in changes():
        best = shortest.get((change.flagged.rule, change.title))
        if len(backends(change.flagged.text)) > 1 and (not best or len(change.flagged.text) < len(best.flagged.text)):
            shortest[change.flagged.rule, change.title] = change
    return tuple(shortest.values())


@cache
def started() -> dict[str, subprocess.Popen[str]]:
    """One process for each backend, all at the same time."""
    processes = {}
    for backend, programs in runs().items():
        paths = [str(program.root) for program in programs if not program.missing(backend)]
        settings = {"KERAS_BACKEND": backend, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
        settings["XLA_FLAGS"] = "--xla_backend_optimization_level=0"
        processes[backend] = subprocess.Popen(
            [sys.executable, "-m", "tests.proof", *paths],
            cwd=ROOT.parent,
            env={**os.environ, **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    return processes


@cache
def results(backend: str) -> dict[str, Any]:
    """What every program did that runs on this backend, by path."""
    out, err = started()[backend].communicate()
    assert started()[backend].returncode == 0, err
    parsed: dict[str, Any] = json.loads(out.splitlines()[-1])
    return parsed


def proof(program: Program, backend: str) -> dict[str, Any]:
    """What a program did; skips the test if something it needs is not installed."""
    if missing := program.missing(backend):
        pytest.skip(f"{missing[0]} is not installed")
    found: dict[str, Any] = results(backend)[str(program.root)]
    return found


def damaged(program: Program, found: dict[str, Any]) -> bool:
    """True if a program's loss is refused, is another one than it means, or is one that Keras had to repair.

    It is also damage if a loss is right only because it looks behind what the model puts out, at scores whose
    activation is not the one that it trains. If the rule is about readers, it is they who see something else.
    """
    if program.rule in READING:
        return any(found["thresholds"]) and sound(program, {**found, "thresholds": []})
    errors = [call[key] or 0.0 for call in found["calls"] for key in ("error", "written", "gradient_error")]
    return found["warned"] or any(call["raised"] for call in found["calls"]) or max(errors, default=0) > DIFFERENT


def sound(program: Program, found: dict[str, Any]) -> bool:
    """True if every loss of a program is right and, if its rule is about readers, if they see what is meant."""
    reads = any(found["thresholds"]) if program.rule in READING else False
    return bool(found["calls"]) and all(map(right, found["calls"])) and not found["warned"] and not reads


def right(call: dict[str, Any]) -> bool:
    """True if a loss and its gradient are those that the program means."""
    return not call["raised"] and call["error"] is not None and max(call["error"], call["gradient_error"] or 0) < SAME


def everywhere(*kinds: str) -> list[Any]:
    """Every program of these kinds with every backend that it runs on, as parameters."""
    return [
        pytest.param(program, backend, id=f"{program.name}-{backend}")
        for backend, programs in runs().items()
        for program in programs
        if program.kind in kinds
    ]


@pytest.mark.parametrize(("program", "backend"), everywhere("flagged"))
def test_flagged_computes_another_loss(program: Program, backend: str) -> None:
    found = proof(program, backend)
    assert found["crash"] is None
    assert damaged(program, found), found["calls"] or "no loss was computed"


@pytest.mark.parametrize(("program", "backend"), everywhere("clean", "fixed"))
def test_clean_computes_the_loss_it_means(program: Program, backend: str) -> None:
    found = proof(program, backend)
    assert found["crash"] is None
    assert found["calls"], "no loss was computed"
    assert sound(program, found), found


SAFE = [
    pytest.param(change, backend, id=f"{change.fixed.name}-{backend}")
    for change in changes()
    for backend, programs in runs().items()
    if change.safe and change.flagged.rule not in READING and {change.flagged, change.fixed} <= set(programs)
]


@pytest.mark.parametrize(("change", "backend"), SAFE)
def test_safe_fix_changes_nothing_else(change: Change, backend: str) -> None:
    """What others read of the outputs is the same before and after: see "readings" in `tests.proof`."""
    assert proof(change.flagged, backend)["readings"] == proof(change.fixed, backend)["readings"]


@cache
def proved() -> frozenset[tuple[str, str, str]]:
    """(rule, title, framework) of every fix that a fixture proves; with Keras, the framework names the backend."""
    found = set()
    for backend, programs in runs().items():
        for change in (change for change in changes() if change.flagged in programs and change.fixed in programs):
            before, after = (results(backend).get(str(each.root)) for each in (change.flagged, change.fixed))
            if before and after and damaged(change.flagged, before) and sound(change.fixed, after):
                found |= {(change.flagged.rule, change.title, framework(call, backend)) for call in after["calls"]}
    return frozenset(found)


def framework(call: dict[str, Any], backend: str) -> str:
    """The framework that a loss belongs to."""
    package, _, rest = call["loss"].partition(".")
    if package == "tensorflow":
        return "tensorflow 1" if rest.startswith("compat.v1") else package
    return f"keras on {backend}" if package == "keras" else package


@pytest.mark.skipif(not all(map(find_spec, FRAMEWORK_PACKAGES)), reason="not all frameworks are installed")
def test_every_fix_is_proved(tmp_path: Path) -> None:
    """For each framework for which it is offered, or it is known why not."""
    wanted = set()
    for name in FRAMEWORKS:
        for each in [f"{name} on {backend}" for backend in KERAS] if name == "keras" else [name]:
            wanted |= {(rule, title, each) for rule, title in offered(name, tmp_path) if rule not in NOT_ABOUT_A_LOSS}
    anywhere = {(rule, title) for rule, title, _ in {*wanted, *proved(), *UNPROVED}}
    for rule in RULES:
        rows = [line.split("\t") for line in (ROOT / rule / "fixes.tsv").read_text("utf-8").splitlines()[1:]]
        wanted |= {(rule, title, "any") for _, title, _ in rows if (rule, title) not in anywhere}
    assert sorted(wanted - proved()) == sorted(UNPROVED)


def test_tables_name_what_is_there() -> None:
    names = {
        f"{rule}/{kind}/{case.name}"
        for rule in RULES
        for kind in ("flagged", "clean", "fixed")
        for case in cases(ROOT / rule / kind)
    }
    assert {*UNRECOGNIZED, *OTHER_INTENT} <= names
    assert set(READING) <= set(RULES)
    assert all((ROOT / rule).is_dir() for rule in NOT_ABOUT_A_LOSS)
