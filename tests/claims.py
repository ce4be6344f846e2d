"""What the pages of the rules on reading outputs claim, as in `tests/test_figures.py`, which tries them."""

from __future__ import annotations

from typing import Any

import torch

given = None
trained = "trained"


def sigmoid(x: float) -> float:
    """In float64."""
    return float(torch.sigmoid(torch.tensor(x, dtype=torch.float64)))


CLAIMS: list[tuple[str, str, tuple[Any, ...]]] = [
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
