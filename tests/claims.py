"""What the pages of the rules on reading outputs claim, as in `tests/test_figures.py`, which tries them."""

from __future__ import annotations

import math
from typing import Any

import torch

from tests import figures

given = None
trained = "trained"


def sigmoid(x: float) -> float:
    """In float64."""
    return float(torch.sigmoid(torch.tensor(x, dtype=torch.float64)))


def saturated(dtype: torch.dtype = torch.float32) -> float:
    """The least logit whose sigmoid is 1."""
    x = torch.arange(0, 120, 0.01).to(dtype)
    return float(x[torch.sigmoid(x) == 1].min())


def vanished() -> float:
    """The largest logit whose sigmoid is 0 in float32."""
    x = -torch.arange(0, 120, 0.01)
    return float(x[torch.sigmoid(x) == 0].max())


def log_softmax(gap: float) -> float:
    """The loss of a class that lies so far below another."""
    return float(-torch.log_softmax(torch.tensor([gap, 0.0]), dim=0)[1])


def met_with_log_target(classes: int) -> float:
    """The divergence from a uniform target that is taken for its logarithm, by a model that meets it."""
    p = torch.full((1, classes), 1 / classes, dtype=torch.float64)
    return float(torch.nn.functional.kl_div(p.log(), p, reduction="batchmean", log_target=True))


CLAIMS: list[tuple[str, str, tuple[Any, ...]]] = [
    ("threshold-on-logits", "compared with a number between 0.01 and 1", (given,) * 2),
    ("threshold-on-logits", "(`out > 0.5`, `out.ge(0.5)`, `tf.greater(out, 0.5)`)", (given,) * 3),
    ("threshold-on-logits", "The sigmoid of 0 is 0.5, so the threshold of logits is 0", (given, sigmoid(0), given)),
    (
        "threshold-on-logits",
        "A threshold of 0.5 asks for a probability of 0.62: everything between 0.50 and 0.62 counts",
        (given, sigmoid(0.5), sigmoid(0), sigmoid(0.5)),
    ),
    ("threshold-on-logits", "F1 was 0.883 instead of 0.898 (Adam) and 0.865 instead of 0.890 (SGD)", (trained,) * 4),
    ("threshold-on-logits", "accuracy of 0.016 instead of 0.981", (trained,) * 2),
    ("threshold-on-logits", "`out > 0` decides exactly as `torch.sigmoid(out) > 0.5` does", (given, sigmoid(0))),
    ("threshold-on-logits", "with 0 instead of 0.5", (given, given)),
]
CLAIMS += [
    ("log-of-softmax", "score lies 104 below the largest, and the", (figures.underflow(),)),
    ("log-of-softmax", "In float16 it happens from a distance of 17.3", (figures.underflow(torch.float16),)),
    ("log-of-softmax", "at a distance of 200 its loss is 200", (given, log_softmax(200))),
    ("log-of-softmax", "score lies 104 below the largest, and then", (figures.underflow(),)),
    ("log-of-sigmoid", "the sigmoid of 16.64 is exactly 1", (saturated(), given)),
    ("log-of-sigmoid", "0 from -88.7, and the logarithm", (given, vanished())),
    ("log-of-sigmoid", "In float16 the sigmoid of 8.32 is already 1", (saturated(torch.float16), given)),
    ("log-of-sigmoid", "1e-8 added to a number near 1 changes nothing", (given, given)),
    ("log-of-sigmoid", "from a logit of -88.7, and then", (vanished(),)),
    ("log-of-sigmoid", "from a logit of 16.64, and then", (saturated(),)),
]
CLAIMS += [
    ("dropout-on-output", "| rate | one unit | 2 classes | 10 classes | 100 classes |", (given,) * 3),
    *(
        (
            "dropout-on-output",
            f"| {rate} | {' | '.join(floors)} |",
            (given, figures.dropped(1, rate), *(figures.dropped(classes, rate) for classes in (2, 10, 100))),
        )
        for rate, floors in (
            (0.5, ("0.347", "0.173", "0.831", "1.959")),
            (0.2, ("0.139", "0.028", "0.185", "0.603")),
        )
    ),
    ("dropout-on-output", "with a rate of 0.5, was right as often as without (0.96)", (given, trained)),
    ("dropout-on-output", "fell from 0.90 to 0.78", (trained,) * 2),
    ("dropout-on-output", "rose from 0.18 to 0.31", (trained,) * 2),
    ("dropout-on-output", "a loss of 1.02 instead of 0.14, an accuracy of 0.57 instead of 0.97", (trained,) * 4),
    ("dropout-on-output", "for which Keras counts 16.1", (figures.clipped(1),)),
    (
        "dropout-on-output",
        "With a rate of 0.5 that is a loss of 8.06 for a perfect model, of 3.22 with 0.2",
        (given, 0.5 * figures.clipped(1), 0.2 * figures.clipped(1), given),
    ),
    ("dropout-on-output", "an F1 score of 0.39 instead of 0.80", (trained, trained)),
    ("uniform-weight", "with 9.4 negatives for each positive", (given,)),
    ("uniform-weight", "| no weight | 0.23 | 0.22 |", (trained,) * 2),
    ("uniform-weight", "| `weight=9.4` | 0.23 | 0.36 |", (given, *(trained,) * 2)),
    ("uniform-weight", "| `pos_weight=9.4` | 0.63 | 0.52 |", (given, *(trained,) * 2)),
    ("kl-div-mean", "with 10 classes, reached a test accuracy of 0.67 instead of 0.95", (given, trained, trained)),
    ("kl-div-target", "all weights lie between 1 and 2.72", (given, math.e)),
    ("kl-div-target", "teacher gives 0.91 gets 0.21", (given, trained)),
    ("kl-div-target", "over 10 classes, met exactly, it is 26.55", (given, met_with_log_target(10))),
]
CLAIMS += [
    (
        "activated-twice",
        "sigmoid of a number between 0 and 1 lies between 0.5 and 0.731.",
        (given, given, sigmoid(0), sigmoid(1)),
    ),
    ("activated-twice", "Compared with 0.5 every sample is positive", (given,)),
    ("activated-twice", "F1 score of 0.191 instead of 0.911", (trained,) * 2),
    (
        "activated-twice",
        "of 10 classes none gets more than 0.232 or less than 0.085",
        (given, math.e / (math.e + 9), 1 / (math.e + 9)),
    ),
    ("activated-twice", "between 0 and 1 lies between 0.5 and 0.731", (given, given, sigmoid(0), sigmoid(1))),
    ("activated-twice", "compared with 0.5 everything is positive", (given,)),
]
CLAIMS += [
    ("metric-on-logits", "with a threshold of 0.5. So", (given,)),
    ("metric-on-logits", "trained for 20 epochs", (given,)),
    ("metric-on-logits", "| `AUC` | 0.848, 0.841 | 0.984, 0.981 |", (trained,) * 4),
    ("metric-on-logits", '| `AUC(curve="PR")` | 0.753, 0.730 | 0.907, 0.892 |', (trained,) * 4),
    ("metric-on-logits", "| `Recall` | 0.650, 0.596 | 0.700, 0.692 |", (trained,) * 4),
    ("metric-on-logits", "| `PrecisionAtRecall(0.9)` | 0, 0 | 0.706, 0.679 |", (given, *(trained,) * 4)),
    ("metric-on-logits", "| `BinaryCrossentropy` | 0.488, 0.525 | 0.090, 0.106 |", (trained,) * 4),
    ("metric-on-logits", "A threshold of 0.5 asks logits for a probability of 0.62", (given, sigmoid(0.5))),
    ("metric-on-logits", "hardly differs (0.983 instead of 0.984)", (trained,) * 2),
    ("metric-on-logits", "shows 0.682 instead of 0.090", (trained,) * 2),
    ("metric-on-logits", "a threshold of 0.5 asks logits for a probability of 0.62", (given, sigmoid(0.5))),
]
CLAIMS += [
    (
        "swapped-arguments",
        "an accuracy of 0.096 instead of 0.958, an F1 score of 0.176 instead of 0.756",
        (trained,) * 4,
    ),
    ("swapped-arguments", "PyTorch stops it at -100 and Keras at -16.1", (given, math.log(figures.CLIP))),
    ("swapped-arguments", "an absolute error, 100 or 16.1 times as large", (given, -math.log(figures.CLIP))),
]
