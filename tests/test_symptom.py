"""From what people see to the rules that explain it: the pages tell of it, and questions in all words find it."""

from __future__ import annotations

import math
import re

import pytest

from lossl.registry import all_rules
from lossl.report import View
from lossl.report.symptoms import as_text
from lossl.rule import Rule
from lossl.symptom import diagnose, symptoms

KNOWN = symptoms(all_rules())


def dropped(classes: int) -> float:
    """The least cross-entropy of scores of which half are dropped: that of a guess where the right one is."""
    others = range(classes)
    return sum(math.comb(classes - 1, k) * math.log1p(k) for k in others) / 2**classes


COUNTS = (2, 3, 4, 5, 6, 7, 8, 9, 10, 20, 50, 100, 1000)
FIGURES = {
    *(math.log(count) for count in COUNTS),
    *(math.log1p((count - 1) / math.e) for count in COUNTS),
    *(math.e / (math.e + count - 1) for count in COUNTS),
    *(math.log(samples) for samples in (16, 32, 64, 128, 256)),
    (math.log1p(1 / math.e) + math.log(2)) / 2,
    math.log1p(math.exp(-0.5)) / 2 + math.log1p(math.exp(0.5)) / 2,
    (math.log(1.5) + math.log(3)) / 2,
    math.log(2),
    0.5 * math.log(2),
    *(dropped(classes) for classes in (2, 10, 100)),
}
"""Losses that can be computed: of a guess, of two activations and of their mean, of fresh models, of scores of which
dropout takes half. What softmax twice gives at most."""
MEASURED = {"16.118", "15.942", "7.971", "8.059", "0.731"}
"""Losses of Keras, which clips at 1e-7 in float32, and the sigmoid of 1."""
each_rule = pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)


def rules(question: str) -> list[str]:
    """The names of the rules that explain what somebody sees, best first."""
    return list(dict.fromkeys(symptom.rule.name for symptom in diagnose(question, KNOWN).symptoms))


@each_rule
def test_every_page_tells_of_symptoms(rule: Rule) -> None:
    """Each item of the section is one, and nothing else stands there."""
    items = [line for line in rule.section("Symptoms").splitlines() if not line.startswith("  ")]
    found = symptoms([rule])
    assert len(found) == len(items) > 0
    for symptom in found:
        assert symptom.why
        assert not symptom.why.endswith(".")
        assert "**" not in symptom.seen + symptom.why


def test_figures_are_right() -> None:
    """Every figure with three decimals is one that can be computed, or was measured."""
    for symptom in KNOWN:
        for figure in re.findall(r"\b\d+\.\d{3}\b", symptom.seen):
            assert figure in MEASURED or any(f"{known:.3f}" == figure for known in FIGURES), (symptom.seen, figure)


@pytest.mark.parametrize("symptom", KNOWN, ids=lambda symptom: f"{symptom.rule.name}: {symptom.seen[:40]}")
def test_its_own_words_find_it(symptom: object) -> None:
    assert symptom in diagnose(symptom.seen, KNOWN).symptoms  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("question", "expected"),
    [
        ("stuck at 0.693", {"double-sigmoid", "from-logits-after-activation", "squashed-logits"}),
        ("loss 0,69", {"double-sigmoid"}),
        ("loss does not go below 0.313", {"double-sigmoid", "double-softmax"}),
        ("plateaus around 1.46", {"double-softmax", "sigmoid-for-exclusive-classes"}),
        ("val_loss: 2.3026", {"double-softmax", "squashed-logits"}),
        ("stuck at ln 10", {"double-softmax", "squashed-logits"}),
        ("10 classes, loss never gets under 1.461", {"double-softmax"}),
        ("3.65", {"double-softmax"}),
        ("loss is negative", {"nll-without-log-softmax", "kl-div-without-log"}),
        ("why is my los negtive", {"nll-without-log-softmax"}),
        ("loss decreases below zero", {"nll-without-log-softmax", "kl-div-without-log"}),
        ("loss = -1500", {"nll-without-log-softmax", "kl-div-without-log"}),
        ("loss in the thousands", {"nll-without-log-softmax"}),
        ("the loss explodes", {"nll-without-log-softmax", "kl-div-without-log"}),
        ("nan", {"nll-without-log-softmax", "logits-into-categorical-crossentropy"}),
        ("all one class", {"double-sigmoid", "squashed-logits"}),
        ("it predicts only one class", {"double-sigmoid", "squashed-logits", "log-probabilities-into-bce"}),
        ("always predicts class 0", {"double-sigmoid"}),
        ("accuracy does not move", {"double-softmax", "logits-into-bce"}),
        ("accuracy isn't improving", {"double-softmax", "logits-into-bce"}),
        ("accuracy stuck at 50%", {"squashed-logits", "softmax-on-one-unit"}),
        ("loss is 0", {"sigmoid-for-exclusive-classes", "softmax-on-one-unit"}),
        ("IndexError: Target 1 is out of bounds.", {"softmax-on-one-unit"}),
        ("loss: 16.1", {"logits-into-bce", "log-probabilities-into-bce"}),
        ("all elements of input should be between 0 and 1", {"logits-into-bce"}),
        ("argument was produced by a Sigmoid activation", {"from-logits-after-activation"}),
    ],
)
def test_questions(question: str, expected: set[str]) -> None:
    assert expected <= set(rules(question))


@pytest.mark.parametrize(
    ("question", "unexpected"),
    [
        ("stuck at 0.693", {"nll-without-log-softmax", "kl-div-without-log"}),
        ("loss is negative", {"double-sigmoid", "double-softmax"}),
        ("accuracy stuck at 0.503", {"double-sigmoid"}),
        ("loss does not go below 0.693", {"nll-without-log-softmax"}),
    ],
)
def test_what_does_not_fit_is_left_out(question: str, unexpected: set[str]) -> None:
    assert not unexpected & set(rules(question))


def test_the_best_comes_first() -> None:
    assert rules("loss starts at 0.724")[0] == "double-sigmoid"
    assert rules("loss stuck at 0.693")[0] == "double-sigmoid"


def test_a_figure_nobody_knows() -> None:
    answer = diagnose("loss stuck at 0.42", KNOWN)
    assert answer.strange == ("0.42",)
    assert answer.symptoms
    assert as_text("0.42", answer, KNOWN, View("/")).startswith("No rule knows the figure 0.42.")


def test_nothing_fits() -> None:
    answer = diagnose("purple elephants", KNOWN)
    assert not answer.symptoms
    shown = as_text("purple elephants", answer, KNOWN, View("/"))
    assert shown.startswith("No rule explains `purple elephants`. These symptoms are known:\n")
    assert all(symptom.seen.split(",")[0][:60] in shown for symptom in KNOWN)
    assert not any(symptom.why[:40] in shown for symptom in KNOWN if len(symptom.why) > 40)
