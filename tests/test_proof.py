"""Fixtures are run: flagged programs do the damage that their rule speaks of, clean and fixed ones do not.

What counts as damage is said in `tests.judgement`, what is run where in `tests.evidence`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

from tests.evidence import RULES, Change, Program, changes, fix_rows, programs, proof, runs, seen
from tests.judgement import AGREEING, OTHERS, Found, agree, competing, judgement
from tests.offers import FRAMEWORKS, offered
from tests.proof import KERAS, backends, imported

READING = ("threshold-on-logits", "activated-twice")
"""Rules whose fixes change what others read; that is their point."""
READ_OTHERWISE = {
    "redundant-log-softmax/fixed/method.remove-the-log-softmax": "it prints the exponential of what was log_softmax",
    "sigmoid-before-bce/fixed/printed.use-bcewithlogitsloss-without-the-sigmoid": "it prints logits",
    "sigmoid-before-bce/fixed/written_down.use-bcewithlogitsloss-without-the-sigmoid": "it prints logits",
}
"""Programs that compute other numbers after a fix that changes no loss, and why."""
NO_LOSS = ("activated-twice", "log-of-sigmoid", "log-of-softmax", "threshold-on-logits")
"""Rules whose fixes change something else than a loss."""
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
    "threshold-on-logits/clean/regression": "its loss is not one of those that are recorded",
    "threshold-on-logits/flagged/nobody_calls_it": "nothing calls what compares",
    "threshold-on-logits/flagged/tensor_of_halves": "comparisons with tensors are not watched",
    "threshold-on-logits/flagged/two_methods": "it compares other outputs than the loss is given",
    "double-sigmoid/flagged/complement": "1 - p is arithmetic on a probability",
    "double-sigmoid/fixed/complement.use-binary-cross-entropy": "1 - p is arithmetic on a probability",
    "squashed-logits/flagged/clamp": "clamp(min=0) is no recorded activation",
    "squashed-logits/flagged/distance": "a distance is no activation of anything",
    "squashed-logits/clean/clipped": "clamp(relu(x)) is no recorded activation",
    "squashed-logits/clean/keras_capped_relu": "a relu that ends at 1 is no recorded activation",
    "squashed-logits/clean/normalized": "alpha / sum(alpha) is arithmetic",
    "squashed-logits/clean/rate": "1 - exp(-x) is arithmetic",
    "activated-twice/clean/applied_in_a_loop": "it is applied again on purpose",
    "activated-twice/clean/attention": "it is applied again on purpose",
    "activated-twice/clean/axis_not_known": "it is applied again over an axis that is not known",
    "activated-twice/clean/flax_gate": "gates of nothing but halves look as if the second came out of the first",
    "activated-twice/clean/other_axis": "it is applied again over another axis",
    "log-of-sigmoid/clean/added": "p + eps is arithmetic on a probability",
    "log-of-sigmoid/clean/clamped": "scores that lie far apart end at the clamp",
    "log-of-sigmoid/clean/clamped_inside": "scores that lie far apart end at the clamp",
    "log-of-sigmoid/clean/handed_over_clamped": "scores that lie far apart end at the clamp",
    "log-of-sigmoid/clean/mean": "a mean is arithmetic on probabilities",
    "log-of-sigmoid/clean/product": "p * q is arithmetic on probabilities",
    "log-of-sigmoid/clean/softmax_column": "1 - p is arithmetic on a part of a distribution",
    "log-of-softmax/clean/added": "p + eps is arithmetic on a distribution",
    "log-of-softmax/clean/clamped": "scores that lie far apart end at the clamp",
    "log-of-softmax/clean/mean_over_samples": "a mean is arithmetic on distributions",
    "log-of-softmax/clean/mixture": "a weighted mean is arithmetic on distributions",
    "log-of-softmax/clean/one_class": "a part of a distribution has no logarithm of its own",
    "log-of-softmax/clean/other_numbers": "no activation is involved",
    "logits-as-probabilities/clean/counts": "counts are shares by their sum, and no scores",
    "logits-as-probabilities/clean/normal": "it is a distribution without probabilities",
    "logits-as-probabilities/clean/positive_weights": "weights are shares by their sum, and no scores",
    "logits-into-bce/clean/products_of_what_nobody_knows": "nothing is called",
    "logits-into-bce/clean/deeplab_element": "what went through the sigmoid is resized, with numbers between",
    "double-softmax/clean/new_head": "nothing is called, as its weights would have to be loaded",
    "double-softmax/flagged/new_head": "nothing is called, as its weights would have to be loaded",
    "double-softmax/fixed/new_head.remove-the-softmax": "as above",
    "double-softmax/fixed/new_head.replace-the-softmax-by-log-softmax-and-use-nllloss": "as above",
    "double-softmax/flagged/fastai_learner": "it trains nothing: there is no data",
    "double-softmax/fixed/fastai_learner.remove-the-softmax": "as above",
    "double-softmax/flagged/skorch_classifier": "it trains nothing: there is no data",
    "double-softmax/fixed/skorch_classifier.remove-the-softmax": "as above",
    "double-softmax/flagged/ignite_trainer": "it trains nothing: there is no data",
    "double-softmax/fixed/ignite_trainer.remove-the-softmax": "as above",
    "double-softmax/fixed/ignite_trainer.replace-the-softmax-by-log-softmax-and-use-nllloss": "as above",
    "double-softmax/clean/fastai_learner": "it trains nothing: there is no data",
    "nll-without-log-softmax/clean/skorch_classifier": "it trains nothing: there is no data",
    "logits-as-probabilities/flagged/numpyro_model": "distributions of numpyro are not watched",
    "logits-as-probabilities/fixed/numpyro_model.hand-it-over-as-logits": "distributions of numpyro are not watched",
    "probabilities-as-logits/clean/another_categorical": "it is a class of the program's own",
    "redundant-log-softmax/clean/another_axis": "which axis an activation runs over is not recorded",
    "sigmoid-before-bce/clean/complement": "1 - p is arithmetic on a probability",
    "sigmoid-before-bce/clean/keras_string": "Keras cuts off as well what is far away; it is the usual way there",
    "sigmoid-before-bce/clean/one_column": "scores that lie far apart are rounded here as well",
    "sigmoid-before-bce/clean/product": "p * q is arithmetic on probabilities",
    "sigmoid-before-bce/clean/squared_error": "its loss is not one of those that are recorded",
    "dropout-on-output/clean/left_out_samples": "a dropped logarithm leaves out a sample; others count more",
    "dropout-on-output/clean/squared_error": "a squared error is no loss that is recorded",
    "uniform-weight/clean/label_decides": "one sample has one weight",
    "uniform-weight/clean/sample_by_sample": "one sample has one weight",
    "softmax-over-batch/clean/policy": "a logarithm by hand is no loss that is recorded",
    "softmax-over-batch/clean/stacked": "each sample is activated for itself",
    "softmax-without-dim/clean/layer": "a squared error is no loss that is recorded",
    "softmax-without-dim/clean/jax_function": "its loss takes logits, which do not sum to anything",
    "kl-div-target/fixed/two_calls.set-log-target-true": "the other call is given probabilities, as the risk says",
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
STOPS = {
    "logits-as-probabilities/flagged/numpyro_model": "numpyro refuses what is no probability",
    "nll-without-log-softmax/fixed/batch_axis.replace-the-softmax-by-log-softmax": "there is no batch, see its risk",
    "double-sigmoid/fixed/sampled.remove-the-sigmoid": "a distribution refuses what is no probability, see its risk",
    "double-softmax/fixed/policy.remove-the-softmax": "a distribution refuses what is no probability, see its risk",
}
"""Programs that raise something, and why."""
UNPROVED: dict[tuple[str, str, str], str] = {}
"""Fixes that are offered for losses of a framework and that no fixture proves: (rule, title, framework), and why."""


def everywhere(*kinds: str) -> list[Any]:
    """Every program of these kinds with every backend that it runs on, as parameters."""
    return [
        pytest.param(program, backend, id=f"{program.name}-{backend}")
        for backend, programs in runs().items()
        for program in programs
        if program.kind in kinds
    ]


def both(wanted: Callable[[Change], bool]) -> list[Any]:
    """Every such change with every backend that the program runs on before and after it, as parameters."""
    return [
        pytest.param(change, backend, id=f"{change.fixed.name}-{backend}")
        for change in changes()
        for backend, programs in runs().items()
        if wanted(change) and {change.flagged, change.fixed} <= set(programs)
    ]


def judged(program: Program) -> bool:
    """True if the harness can see what a program means."""
    return program.name not in UNRECOGNIZED and program.name not in OTHER_INTENT


@pytest.mark.parametrize(("program", "backend"), everywhere("flagged"))
def test_flagged_does_the_damage(program: Program, backend: str) -> None:
    found = proof(program, backend)
    assert (found["crash"] is not None) == (program.name in STOPS), found["crash"]
    assert not judged(program) or judgement(program.rule).damaged(found), found


@pytest.mark.parametrize(("program", "backend"), everywhere("clean", "fixed"))
def test_clean_does_what_it_means(program: Program, backend: str) -> None:
    found = proof(program, backend)
    assert (found["crash"] is not None) == (program.name in STOPS), found["crash"]
    assert not judged(program) or judgement(program.rule).sound(found), found


def comparable(change: Change) -> bool:
    """True of a safe fix of a program that is there to be read before it, too."""
    return change.safe and change.flagged.rule not in READING and change.flagged.name not in STOPS


@pytest.mark.parametrize(("change", "backend"), both(comparable))
def test_safe_fix_changes_nothing_else(change: Change, backend: str) -> None:
    """What others read of the outputs is the same before and after: see "readings" in `tests.proof`."""
    before, after = (proof(program, backend)["readings"] for program in (change.flagged, change.fixed))
    assert before == after if change.flagged.rule not in AGREEING else kinds(before) == kinds(after)


def kinds(readings: list[Any]) -> list[Any]:
    """What is read, without printed numbers, whose last digit may be another one: `agree` compares them."""
    return [reading for reading in readings if reading[0] != "print"]


@pytest.mark.parametrize(("change", "backend"), both(lambda change: change.flagged.rule in AGREEING))
def test_fix_changes_no_number(change: Change, backend: str) -> None:
    if {change.flagged.name, change.fixed.name} & set(READ_OTHERWISE):
        pytest.fail("a table names a program that agrees") if agrees(change, backend) else None
    else:
        assert agrees(change, backend)


def agrees(change: Change, backend: str) -> bool:
    """True if a program computes the same before and after a fix."""
    return agree(proof(change.flagged, backend), proof(change.fixed, backend))


@pytest.mark.parametrize(("change", "backend"), both(lambda change: change.flagged.rule == "activated-twice"))
def test_what_is_read_was_activated_once(change: Change, backend: str) -> None:
    """It is what the flagged program gives if its second activation is skipped while it runs."""
    assert proof(change.fixed, backend)["readings"] == proof(change.flagged, backend)["once"]["readings"]


@cache
def proved() -> frozenset[tuple[str, str, str]]:
    """(rule, title, framework) of every fix that a fixture proves; with Keras, the framework names the backend."""
    found: set[tuple[str, str, str]] = set()
    for backend, run in runs().items():
        for change in (change for change in changes() if change.flagged in run and change.fixed in run):
            before, after = (seen(each, backend) for each in (change.flagged, change.fixed))
            if before and after and judged(change.fixed) and shown(change.flagged.rule, before, after):
                names = frameworks(change.fixed, after, backend)
                found |= {(change.flagged.rule, change.title, framework) for framework in names}
    return frozenset(found)


def shown(rule: str, before: Found, after: Found) -> bool:
    """True if the damage is there before and gone afterwards; a guessed axis has to be the wrong one for that."""
    damaged, sound, _ = judgement(rule)
    wrong = competing(before) if rule == "softmax-without-dim" else True
    return damaged(before) and sound(after) and wrong


def frameworks(program: Program, found: Found, backend: str) -> set[str]:
    """The frameworks that the losses and distributions of a program belong to; if it is not about them, its own."""
    names = [call["loss"] for call in found["calls"]] + [each["distribution"] for each in found["distributions"]]
    names = [] if program.rule in NO_LOSS else names
    if not names and "compat.v1" in program.text:
        names = ["tensorflow.compat.v1"]
    elif not names:
        names = ["keras"] if "keras" in imported(program.text) and len(backends(program.text)) > 1 else [backend]
    return {framework(name, backend) for name in names}


def framework(name: str, backend: str) -> str:
    """The framework of a loss."""
    package, _, rest = name.partition(".")
    if package == "tensorflow":
        return "tensorflow 1" if rest.startswith("compat.v1") else package
    return f"keras on {backend}" if package == "keras" else "jax" if package == "optax" else package


@pytest.mark.skipif(not all(map(find_spec, FRAMEWORK_PACKAGES)), reason="not all frameworks are installed")
def test_every_fix_is_proved(tmp_path: Path) -> None:
    """For each framework for which it is offered, or it is known why not."""
    wanted = set()
    for name in FRAMEWORKS:
        for each in [f"{name} on {backend}" for backend in KERAS] if name == "keras" else [name]:
            wanted |= {(rule, title, each) for rule, title in offered(name, tmp_path)}
    anywhere = {(rule, title) for rule, title, _ in {*wanted, *proved(), *UNPROVED}}
    for rule in RULES:
        wanted |= {(rule, title, "any") for _, title, _ in fix_rows(rule) if (rule, title) not in anywhere}
    missing = sorted(wanted - proved())
    assert missing == sorted(UNPROVED), missing


def test_tables_name_what_is_there() -> None:
    names = {program.name for kind in ("flagged", "clean", "fixed") for program in programs(kind)}
    assert {*UNRECOGNIZED, *OTHER_INTENT, *READ_OTHERWISE, *STOPS} <= names
    assert {*READING, *OTHERS, *AGREEING} <= set(RULES)
