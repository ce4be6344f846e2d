"""The figures on the rules' pages and in what they say of the damage are computed, in PyTorch.

A claim quotes a rule, word for word, and gives for each number in the quotation what it has to be: a value computed
here, to as many digits as are written, or `given` for what is no result. A figure that no claim quotes fails.
"""

from __future__ import annotations

import ast
import math
import re
from pathlib import Path
from typing import Any

import pytest

from lossl.registry import all_rules

torch = pytest.importorskip("torch")
F = torch.nn.functional
figures = pytest.importorskip("tests.figures")
claims = pytest.importorskip("tests.claims")

given = None
"""A number that is no result: an input, an exponent, a version, a count."""
trained = "trained"
"""An accuracy or F1 score after training on the digits data, measured apart: a network takes too long to train here."""
NUMBER = re.compile(r"(?<![\w.#/-])-?\d+(?:,\d{3})+(?!\w)|(?<![\w.#/])-?\d+(?:\.\d+)?(?:e-?\d+)?(?![\w]|\.\d)")
FIGURE = re.compile(r"(?<![\w.#/])(?:\d+\.\d+|\d{1,3}(?:,\d{3})+|\d{2,})(?![\w.]\d)(?!\w)")
"""What has to be claimed: decimals, and numbers of two digits or more."""
PROSE = ("What it does", "Why is this bad?", "Fix safety")
LN2, S1 = math.log(2), torch.sigmoid(figures.tensor(1.0)).item()
CLAIMS: list[tuple[str, str, tuple[Any, ...]]] = [
    ("double-sigmoid", "numbers between 0 and 1, so what it gives lies between 0.5 and 0.731", (given, given, 0.5, S1)),
    (
        "double-sigmoid",
        "| `y = 1` | 0 to infinity | 0.313 to 0.693 |",
        (given, given, figures.binary(1, 1), figures.binary(0, 1)),
    ),
    (
        "double-sigmoid",
        "| `y = 0` | 0 to infinity | 0.693 to 1.313 |",
        (given, given, figures.binary(0, 0), figures.binary(1, 0)),
    ),
    ("double-sigmoid", "it settles at a value like 0.69", (LN2,)),
    ("double-sigmoid", "| logit | 5 | 0 | -1 | -2 | -5 | -10 |", (given,) * 6),
    (
        "double-sigmoid",
        "| factor | 3.7 | 5.3 | 8.6 | 18 | 300 | 44,000 |",
        tuple(map(figures.doubled_sigmoid, (5, 0, -1, -2, -5, -10))),
    ),
    ("double-sigmoid", "accuracy of 0.13 (Adam) or 0.11 (SGD) where 0.95 is possible", (trained,) * 3),
    ("double-sigmoid", "10 % positives the F1 score falls from 0.91 to 0", (given, *(trained,) * 2)),
    ("double-sigmoid", "on that task (0.93), SGD does not (0.11)", (trained,) * 2),
    ("double-sigmoid", "beyond about 17 with `y = 0`", (figures.flat_from(0), given)),
    ("double-sigmoid", "between 0 and 1 lies between 0.5 and 0.731", (given, given, 0.5, S1)),
    ("double-sigmoid", "0.313 for y=1 or 0.693 for y=0", (figures.binary(1, 1), given, figures.binary(0, 0), given)),
    (
        "double-sigmoid",
        "5 times too small at a logit of 0, 300 times where it is wrong by 5",
        (figures.doubled_sigmoid(0), given, figures.doubled_sigmoid(-5), given),
    ),
    *(
        (
            "double-softmax",
            f"| {classes} | {low} | {high} | {guess} |",
            (given, figures.floor(classes), figures.ceiling(classes), math.log(classes)),
        )
        for classes, low, high, guess in (
            (2, "0.313", "1.313", "0.693"),
            (3, "0.551", "1.551", "1.099"),
            (10, "1.461", "2.461", "2.303"),
            (100, "3.622", "4.622", "4.605"),
            (1000, "5.909", "6.909", "6.908"),
        )
    ),
    (
        "double-softmax",
        "90 times (10 classes) to 1145 times (1000 classes) where the model is confidently wrong by 5",
        (figures.length(10, 5), given, figures.length(1000, 5), given, given),
    ),
    (
        "double-softmax",
        "accuracy of 0.93 where 0.95 is possible. With SGD the same network reaches 0.27",
        (trained,) * 3,
    ),
    ("from-logits-after-activation", "TF 2.5 and later", (given,)),
    ("from-logits-after-activation", "TF 2.0 to 2.3, standalone Keras 2.2", (given,) * 3),
    (
        "from-logits-after-activation",
        "0.313 and 0.693 for `y = 1` and between 0.693 and 1.313 for `y = 0`",
        (figures.binary(1, 1), figures.binary(0, 1), given, figures.binary(0, 0), figures.binary(1, 0), given),
    ),
    (
        "from-logits-after-activation",
        "1.46 for 10 classes, 3.62 for 100, 5.91 for 1000",
        (figures.floor(10), given, figures.floor(100), given, figures.floor(1000), given),
    ),
    ("from-logits-after-activation", "accuracy of 0.47 on the PyTorch backend and 0.95 on TensorFlow", (trained,) * 2),
    (
        "from-logits-after-activation",
        "beyond logits of about 16, where Keras clips",
        (math.log((1 - figures.CLIP) / figures.CLIP),),
    ),
    (
        "from-logits-after-activation",
        "0.313 for y=1 or 0.693 for y=0",
        (figures.binary(1, 1), given, figures.binary(0, 0), given),
    ),
    ("logits-into-bce", "costs about 16 for good", (figures.clipped(1),)),
    ("logits-into-bce", "costs about 16 for good", (figures.clipped(0),)),
    ("logits-into-bce", "accuracy of 0.50 with SGD and reached 0.73 to 0.82 with Adam", (trained,) * 3),
    ("logits-into-bce", "gradient is lost beyond logits of about 16", (math.log((1 - figures.CLIP) / figures.CLIP),)),
    ("logits-into-bce", "compare its output with 0.5", (given,)),
    ("logits-into-bce", "near 0.50 with SGD", (trained,)),
    (
        "log-probabilities-into-bce",
        "16.1 for `y = 1` and 0 for `y = 0` whatever",
        (figures.clipped(1), given, -math.log(1 - figures.CLIP), given),
    ),
    (
        "log-probabilities-into-bce",
        "p / (1 + p) and never more than 0.5",
        (given, torch.sigmoid(figures.tensor(0.0)).item()),
    ),
    (
        "log-probabilities-into-bce",
        "| `y = 1` | 0 to infinity | 0.693 to infinity |",
        (given, given, figures.binary(0, 1)),
    ),
    (
        "log-probabilities-into-bce",
        "| `y = 0` | 0 to infinity | 0 to 0.693 |",
        (given, given, given, figures.binary(0, 0)),
    ),
    ("log-probabilities-into-bce", "converged near 0.69, `sigmoid(output) > 0.5` is never", (LN2, given)),
    ("log-probabilities-into-bce", "| logit | -2 | 0 | 2 | 5 | 10 |", (given,) * 5),
    (
        "log-probabilities-into-bce",
        "| factor | 1.3 | 3.0 | 16 | 300 | 44,000 |",
        tuple(map(figures.log_sigmoid, (-2, 0, 2, 5, 10))),
    ),
    (
        "log-probabilities-into-bce",
        "p / (1 + p), at most 0.5: the loss cannot fall below 0.693 for y=1",
        (given, torch.sigmoid(figures.tensor(0.0)).item(), figures.binary(0, 1), given),
    ),
    ("log-probabilities-into-bce", "clipped to probability 0.0000001", (figures.CLIP,)),
    *(
        (
            "logits-into-categorical-crossentropy",
            f"| {', '.join(f'{score:g}' for score in scores)} | {right} | {wrong}",
            (given, given, given, figures.entropy(scores), figures.keras(scores)),
        )
        for scores, right, wrong in (
            ((2, -1, 0.5), "0.24", "0: clipped"),
            ((-2, -1, 0.5), "2.77", "0.22: the sum"),
            ((-4, 3, 2), "7.31", "16.12: clipped"),
        )
    ),
    (
        "logits-into-categorical-crossentropy",
        "0.14 (SGD) or 0.45 (Adam) on TensorFlow and 0.14 or 0.17 on PyTorch, where 0.95 is possible",
        (trained,) * 5,
    ),
    ("logits-into-categorical-crossentropy", "an accuracy of 0.14 with SGD", (trained,)),
    (
        "nll-without-log-softmax",
        "| log-probabilities | `-log p`, 0 to infinity | 0.95 | 0.95 |",
        (given, *(trained,) * 2),
    ),
    ("nll-without-log-softmax", "| softmax | `-p`, -1 to 0 | 0.89 | 0.25 |", (given, given, *(trained,) * 2)),
    ("nll-without-log-softmax", "| sigmoid | `-p`, -1 to 0 | below 0.2 | below 0.4 |", (given, given, *(trained,) * 2)),
    ("nll-without-log-softmax", "without lower bound | 0.10 | 0.09 |", (trained,) * 2),
    ("nll-without-log-softmax", "digits data, 10 classes, 20 epochs", (given,) * 2),
    ("nll-without-log-softmax", "lies 104 below the largest", (figures.underflow(),)),
    ("kl-div-without-log", "accuracy of 0.25 where 0.95 is possible, with Adam 0.89", (trained,) * 3),
    ("kl-div-without-log", "lies 104 below the largest", (figures.underflow(),)),
    ("sigmoid-for-exclusive-classes", "| classes | 2 | 10 | 100 | 1000 |", (given,) * 4),
    (
        "sigmoid-for-exclusive-classes",
        "| lowest loss | 0.313 | 1.461 | 3.622 | 5.909 |",
        tuple(map(figures.floor, (2, 10, 100, 1000))),
    ),
    (
        "sigmoid-for-exclusive-classes",
        "| loss of guessing | 0.693 | 2.303 | 4.605 | 6.908 |",
        tuple(map(math.log, (2, 10, 100, 1000))),
    ),
    ("sigmoid-for-exclusive-classes", "| score of the right class | 0 | -2 | -5 |", (given,) * 3),
    (
        "sigmoid-for-exclusive-classes",
        "| factor | 4 | 10 | 161 |",
        tuple(figures.doubled(torch.sigmoid, 10, right=right) for right in (0.0, -2.0, -5.0)),
    ),
    ("sigmoid-for-exclusive-classes", "accuracy of 0.93 (Adam) or 0.84 (SGD) instead of 0.95", (trained,) * 3),
    ("sigmoid-for-exclusive-classes", "The accuracy was 0.93 to 0.95 on the same data", (trained,) * 2),
    ("sigmoid-for-exclusive-classes", "the gradient is 4 times too small", (figures.doubled(torch.sigmoid, 10),)),
    (
        "softmax-for-independent-labels",
        "can get 0.5 at most and costs at least 0.693; if three are, 0.333 and 1.099",
        (1 / 2, -math.log(1 / 2), 1 / 3, -math.log(1 / 3)),
    ),
    (
        "softmax-for-independent-labels",
        "0.96 with Adam, like the cross-entropy, but 0.68 instead of 0.95",
        (trained,) * 3,
    ),
    ("softmax-for-independent-labels", "in Keras 0.93 and 0.73", (trained,) * 2),
    ("softmax-for-independent-labels", "(2.4 and later)", (given,)),
    ("softmax-for-independent-labels", "each gets 0.5 at most and costs at least 0.69", (1 / 2, -math.log(1 / 2))),
    ("softmax-for-independent-labels", "each gets 0.5 at most", (1 / 2,)),
    ("softmax-for-independent-labels", "and costs at least 0.69; if exactly", (-math.log(1 / 2),)),
    (
        "softmax-on-one-unit",
        "0 for a positive and 100 for a negative sample",
        (figures.certain(1), figures.certain(0)),
    ),
    ("softmax-on-one-unit", "stays at 7.971 if half", ((figures.clipped(0) - math.log(1 - figures.CLIP)) / 2,)),
    ("softmax-over-batch", "accuracy of 0.88 with Adam and 0.77 with SGD where 0.95 is", (trained,) * 3),
    ("softmax-over-batch", "3.466 for 32 samples", (math.log(32), given)),
    ("redundant-log-softmax", "lies 104 below the largest", (figures.underflow(),)),
    ("sigmoid-before-bce", "exactly 1 from a score of 16.64 on", (given, figures.flat_from(0))),
    ("sigmoid-before-bce", "cuts off at -100, and", (-figures.certain(0),)),
    ("sigmoid-before-bce", "is very sure of costs 100, whatever", (figures.certain(0),)),
    ("sigmoid-before-bce", "gone below a score of -88.7", (-figures.flat_from(1),)),
    (
        "sigmoid-before-bce",
        "at 8.3 in float16 and 6.25 in bfloat16",
        (figures.saturates(torch.float16), figures.saturates(torch.bfloat16)),
    ),
    ("sigmoid-before-bce", "exactly 1 from a score of 16.6 on", (given, figures.flat_from(0))),
    ("sigmoid-before-bce", "class 0 costs 100 and has no gradient", (given, figures.certain(0))),
    ("bce-under-autocast", "exactly 1 from a score of 8.3 on", (given, figures.saturates(torch.float16))),
    (
        "probabilities-as-logits",
        "more than 0.731, none of ten more than 0.232; a Bernoulli lies between 0.5 and 0.731",
        (math.exp(-figures.floor(2)), math.exp(-figures.floor(10)), 0.5, S1),
    ),
    ("probabilities-as-logits", "two choices none gets more than 0.73, so", (math.exp(-figures.floor(2)),)),
    (
        "logits-as-probabilities",
        "scores 2 and 1 stands for 0.731 and 0.269; `Categorical` makes 0.193 and 0.807",
        (given, given, *figures.softmax(figures.tensor(2, 1)).tolist(), *figures.shares(2, 1)),
    ),
    ("logits-as-probabilities", "`Categorical(torch.tensor([3.0, 1.0]))`", (given, given)),
    ("logits-as-probabilities", "`Categorical(torch.tensor([3.0, 1.0]))`, are weights", (given, given)),
    (
        "squashed-logits",
        "never falls below 0.5, so every negative costs at least 0.693",
        (torch.sigmoid(figures.tensor(0.0)).item(), figures.binary(0, 0)),
    ),
    ("squashed-logits", "F1 score with 10 % positives", (given,)),
    ("squashed-logits", "| `CrossEntropyLoss` on logits | 0.95 | 0.95 |", (trained,) * 2),
    ("squashed-logits", "| `CrossEntropyLoss` after ReLU | 0.51 | 0.51 |", (trained,) * 2),
    ("squashed-logits", "| `BCEWithLogitsLoss` on logits (F1) | 0.91 | 0.89 |", (trained,) * 2),
    ("squashed-logits", "| `BCEWithLogitsLoss` after ReLU (F1) | 0.00 | 0.30 |", (trained,) * 2),
    ("squashed-logits", "reached 0.57 to 0.68 there, without `from_logits` 0.10 to 0.72", (trained,) * 4),
    (
        "squashed-logits",
        "no probability falls below 0.5, so every negative costs at least 0.693",
        (torch.sigmoid(figures.tensor(0.0)).item(), figures.binary(0, 0)),
    ),
    ("squashed-logits", "an accuracy of 0.51 instead of 0.95", (trained,) * 2),
]
CLAIMS += claims.CLAIMS


def said(rule: str) -> str:
    """All that a rule says in prose: its page, without examples, symptoms and references, and its messages."""
    found = next(each for each in all_rules() if each.name == rule)
    path = Path(__file__).parent.parent / "rules" / f"{rule.replace('-', '_')}.py"
    tree = ast.parse(path.read_text("utf-8"))
    strings = [node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    spoken = [text for text in strings if " " in text and text != found.page and "##" not in text]
    return " ".join(" ".join([*(found.section(heading) for heading in PROSE), *spoken]).split())


@pytest.mark.parametrize(("rule", "text", "values"), CLAIMS, ids=lambda value: str(value)[:50])
def test_claim(rule: str, text: str, values: tuple[Any, ...]) -> None:
    """It is quoted truly, and each of its numbers is right to all digits that are written."""
    assert text in said(rule)
    numbers = NUMBER.findall(text)
    assert len(numbers) == len(values), numbers
    for number, value in zip(numbers, values, strict=True):
        if isinstance(value, (int, float)):
            assert rounds(value, number), (number, value)


def rounds(value: float, written: str) -> bool:
    """True if the value, rounded to the digits that are written, is what is written."""
    plain = written.replace(",", "")
    places = len(plain.partition(".")[2])
    zeros = len(plain) - len(plain.rstrip("0")) if places == 0 else 0
    unit = 10.0 ** (zeros if zeros > 1 else -places)
    return abs(value - float(plain)) <= unit * 0.5000001


@pytest.mark.parametrize("rule", [rule.name for rule in all_rules()])
def test_every_figure_is_claimed(rule: str) -> None:
    prose = said(rule)
    for text in sorted((text for name, text, _ in CLAIMS if name == rule), key=len, reverse=True):
        prose = prose.replace(text, " ")
    assert not FIGURE.findall(prose), [prose[max(0, m.start() - 40) : m.end() + 20] for m in FIGURE.finditer(prose)]


@pytest.mark.parametrize("classes", [2, 3, 5, 10, 100, 1000])
def test_c_times_weaker(classes: int) -> None:
    """At the start a second softmax, `-p` in place of `-log p` and a divergence linear in p: exactly C times."""
    assert figures.doubled(figures.softmax, classes) == pytest.approx(classes)
    z, target = figures.tensor(*[0.0] * classes), torch.tensor([0])
    good = figures.slope(F.nll_loss(torch.log_softmax(z, 0)[None], target), z)[0]
    assert float(good / figures.slope(F.nll_loss(figures.softmax(z)[None], target), z)[0]) == pytest.approx(classes)
    target = torch.eye(classes, dtype=torch.float64)[0]
    good = figures.slope(F.kl_div(torch.log_softmax(z, 0), target, reduction="sum"), z)[0]
    assert float(good / figures.slope(F.kl_div(figures.softmax(z), target, reduction="sum"), z)[0]) == pytest.approx(
        classes
    )


@pytest.mark.parametrize("classes", [2, 3, 5, 10, 100])
def test_softmax_and_bce_is_c_minus_1_times_weaker(classes: int) -> None:
    assert figures.independent(classes) == pytest.approx(classes - 1)


@pytest.mark.parametrize("classes", [2, 10, 100, 1000])
def test_fences(classes: int) -> None:
    """The floor is ln(1 + (C - 1) / e), and no class gets more than e / (e + C - 1)."""
    assert figures.floor(classes) == pytest.approx(math.log1p((classes - 1) / math.e))
    share = torch.softmax(torch.eye(classes, dtype=torch.float64)[0], dim=0).max()
    assert float(share) == pytest.approx(math.e / (math.e + classes - 1))


def test_float32_sigmoid_and_bce() -> None:
    """Wrong answers: no gradient from a logit of 16.64 for y=0, and the logarithm is clamped at -100."""
    assert figures.flat_from(0) == pytest.approx(16.64, abs=0.01)
    z = torch.tensor([16.7], requires_grad=True)
    loss = F.binary_cross_entropy(torch.sigmoid(z), torch.zeros(1))
    assert loss.item() == 100
    assert figures.slope(loss, z).item() == 0
    assert figures.slope(F.binary_cross_entropy_with_logits(z, torch.zeros(1)), z).item() == pytest.approx(1)
    assert figures.flat_from(1) == pytest.approx(88.7, abs=0.1)


def test_log_of_softmax_underflows() -> None:
    """In float32 its loss is infinite and its gradient not a number, where log_softmax has both."""
    z, target = torch.tensor([[0.0, 110.0]], requires_grad=True), torch.tensor([0])
    loss = F.nll_loss(torch.log(torch.softmax(z, dim=1)), target)
    assert math.isinf(loss.item())
    assert torch.isnan(figures.slope(loss, z)).any()
    assert F.nll_loss(torch.log_softmax(z, dim=1), target).item() == pytest.approx(110)


def test_single_unit() -> None:
    """Softmax over one class is 1, and a cross-entropy over it is 0 without a gradient."""
    z = figures.tensor(-3.0)
    assert figures.softmax(z).item() == 1
    assert float(figures.slope(F.cross_entropy(z[None], torch.tensor([0])), z)) == 0
    assert float(figures.slope(F.binary_cross_entropy(figures.softmax(z), torch.ones(1, dtype=torch.float64)), z)) == 0


def test_no_label_costs_more_than_one() -> None:
    """A sample without any label, all classes together, after softmax."""
    for classes in (2, 3, 10, 100):
        p = torch.full((classes,), 1 / classes, dtype=torch.float64)
        assert float(F.binary_cross_entropy(p, torch.zeros_like(p), reduction="sum")) > 1
