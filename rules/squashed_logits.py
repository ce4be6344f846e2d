"""A loss that needs logits or probabilities is given the output of a ReLU, a tanh or the like.

## What it does

Finds outputs that are cut off below zero (`relu`, `relu6`, `softplus`, `exp`, a distance) where a loss needs logits,
and those or outputs squeezed into a bounded range (`tanh`, `hardtanh`, an LSTM's, a cosine) where a loss needs
probabilities or log-probabilities. Usually the activation of the hidden layers was put behind the last layer as well.

Two things are left alone on purpose: a ReLU with pooling after it, which is how SqueezeNet ends, and a tanh, an LSTM or
a cosine before a loss that takes logits. Those are poor logits, but logits.

## Why is this bad?

A loss that takes logits reads their sign: a score below zero says no. Behind a ReLU nothing can say no.

With `BCEWithLogitsLoss` the probability never falls below 0.5, so every negative costs at least 0.693. With
`CrossEntropyLoss` a class can only be ruled out by raising all others. And where a ReLU cuts off there is no
gradient: a class whose score is below zero for all samples may never come back.

Test accuracy of a small network on the digits data, and F1 score with 10 % positives:

| before the loss | Adam | SGD |
|---|---|---|
| `CrossEntropyLoss` on logits | 0.95 | 0.95 |
| `CrossEntropyLoss` after ReLU | 0.51 | 0.51 |
| `BCEWithLogitsLoss` on logits (F1) | 0.91 | 0.89 |
| `BCEWithLogitsLoss` after ReLU (F1) | 0.00 | 0.30 |

In Keras, ReLU and `SparseCategoricalCrossentropy(from_logits=True)` reached 0.57 to 0.68 there, without `from_logits`
0.10 to 0.72. Without it a sample whose outputs are all cut off to zero makes the loss nan, because Keras divides them
by their sum.

`NLLLoss` on such values has no lower bound at all behind a ReLU: the model makes it fall for ever by raising all
scores. `BCELoss` stops with an error as soon as one value leaves the range from 0 to 1.

## Example

```python
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 10), nn.ReLU())
criterion = nn.CrossEntropyLoss()

x, y = torch.randn(32, 8), torch.randint(0, 10, (32,))
loss = criterion(model(x), y)
```

## Use instead

```python
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 10))
criterion = nn.CrossEntropyLoss()

x, y = torch.randn(32, 8), torch.randint(0, 10, (32,))
loss = criterion(model(x), y)
```

## Fix safety

Where the loss takes logits, removing the activation is safe if this loss is the only reader of its output. Where the
loss takes probabilities, the activation is removed and the loss for logits taken, which is safe under the same
condition if every use of that loss object is fed by the activation. In a network that is built by a loop or from
blocks, the same activation also acts between the layers; then the fix is unsafe, because it would remove it there
too.

Distances, cosines and recurrent layers are no activations that could be taken away: there is no fix for them.

## References

- [`torch.nn.CrossEntropyLoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html)
- Met in practice: [pytorch/tutorials#1526](https://github.com/pytorch/tutorials/issues/1526), a beginners' tutorial
  whose network ended in a ReLU
- [SqueezeNet](https://arxiv.org/abs/1602.07360), which pools after a ReLU on purpose
"""

from __future__ import annotations

from lossl.edits import exchange_loss, remove_activation, replace_choice, set_option
from lossl.rule import Breach, Edit, Finding, Fix, Meaning, NeedKind, Severity, offer, rule
from lossl.wording import (
    activation_name,
    both,
    fed,
    framework,
    input_name,
    loss_name,
    removal_risk,
    sharing_risk,
    twin,
)

LOGITS = (NeedKind.SIGMOID_LOGITS, NeedKind.SOFTMAX_LOGITS, NeedKind.DECLARED_LOGITS)
NEEDS = (
    *LOGITS,
    NeedKind.PROBABILITY,
    NeedKind.DISTRIBUTION,
    NeedKind.LOG_DISTRIBUTION,
    NeedKind.LOG_PROBABILITY,
)
ON_LOGITS = {
    "torch.nn.BCELoss": "torch.nn.BCEWithLogitsLoss",
    "torch.nn.functional.binary_cross_entropy": "torch.nn.functional.binary_cross_entropy_with_logits",
    "torch.nn.NLLLoss": "torch.nn.CrossEntropyLoss",
    "torch.nn.functional.nll_loss": "torch.nn.functional.cross_entropy",
}
WITH_FLAG = {
    "keras.losses.binary_crossentropy": "keras.losses.BinaryCrossentropy",
    "keras.losses.BinaryCrossentropy": "keras.losses.BinaryCrossentropy",
    "keras.losses.categorical_crossentropy": "keras.losses.CategoricalCrossentropy",
    "keras.losses.CategoricalCrossentropy": "keras.losses.CategoricalCrossentropy",
    "keras.losses.sparse_categorical_crossentropy": "keras.losses.SparseCategoricalCrossentropy",
    "keras.losses.SparseCategoricalCrossentropy": "keras.losses.SparseCategoricalCrossentropy",
    "keras.ops.binary_crossentropy": "",
    "keras.ops.categorical_crossentropy": "",
    "keras.ops.sparse_categorical_crossentropy": "",
    "keras.backend.binary_crossentropy": "",
    "keras.backend.categorical_crossentropy": "",
    "keras.backend.sparse_categorical_crossentropy": "",
}
"""Losses with an option `from_logits`, and the class that replaces a string or an uncalled reference."""
REMOVABLE = frozenset(
    {"relu", "relu_", "relu6", "softplus", "sparse_plus", "squareplus", "thresholdedrelu", "tanh", "tanh_", "softsign"}
    | {"hardtanh", "hardtanh_", "hard_tanh"}
)
"""Activations that act on each number on its own, so that what goes in can stand for what comes out."""
RANGES = {Meaning.NONNEGATIVE: "is never negative", Meaning.BOUNDED: "is squeezed into a bounded range"}
TAKEN = {
    NeedKind.PROBABILITY: "takes probabilities",
    NeedKind.DISTRIBUTION: "takes a distribution over the classes",
    NeedKind.LOG_DISTRIBUTION: "takes a log-distribution",
    NeedKind.LOG_PROBABILITY: "takes log-probabilities",
}
"""What the loss takes, if not logits."""
NO_NEGATIVE = {
    "sigmoid": "no probability falls below 0.5, so every negative costs at least 0.693",
    "softmax": "a class can only be ruled out by raising all others",
}
CUT_OFF = {
    "sigmoid": ", and where relu cuts off there is no gradient: rare positives are not found at all",
    "softmax": ", and where relu cuts off there is no gradient: an accuracy of 0.51 instead of 0.95 on the digits data",
}
"""By the link that the loss applies."""
STOPS = "it stops with a RuntimeError as soon as one value leaves the range 0 to 1"
CLIPPED = "values outside the range 0 to 1 are clipped silently, and there the gradient is zero"
DIVIDED = "the values are divided by their sum as if they were probabilities, and a sum of zero makes the loss nan"
FALLING = "log-probabilities are never above zero: this loss falls for ever as the values are raised"
BELOW_ZERO = "log-probabilities are never above zero: this loss falls below zero and means nothing"


@rule(
    code="LSL111",
    name="squashed-logits",
    needs=NEEDS,
    found=(Meaning.NONNEGATIVE, Meaning.BOUNDED),
    severity=Severity.WARNING,
    since="0.1.0",
)
def check(breach: Breach) -> Finding:
    """Word the activation that cuts off what the loss needs; offer to remove it."""
    takes = TAKEN.get(breach.need.kind, "takes logits of either sign")
    activation = activation_name(breach)
    after = f" after {activation}" if activation else ""
    message = f"{loss_name(breach)} {takes}, but {input_name(breach)} {RANGES[breach.found.meaning]}{after}"
    return Finding(message, _consequence(breach), _remove(breach))


def _consequence(breach: Breach) -> str:
    kind, never_negative = breach.need.kind, breach.found.meaning is Meaning.NONNEGATIVE
    if kind in LOGITS:
        link = "sigmoid" if kind is NeedKind.SIGMOID_LOGITS else breach.need.link or "softmax"
        return NO_NEGATIVE[link] + (CUT_OFF[link] if "relu" in activation_name(breach) else "")
    if kind is NeedKind.PROBABILITY:
        return STOPS if framework(breach) == "torch" else CLIPPED
    if kind is NeedKind.DISTRIBUTION:
        return DIVIDED if breach.call.choice.loss in WITH_FLAG else CLIPPED
    return FALLING if never_negative else BELOW_ZERO


def _remove(breach: Breach) -> tuple[Fix, ...]:
    """No activation; and the loss that takes logits, if this one does not."""
    activation, loss = activation_name(breach), breach.call.choice.loss
    if activation not in REMOVABLE:
        return ()
    title, removed, risk = f"Remove the {activation}", remove_activation(breach), _risk(breach, activation)
    if breach.need.kind in LOGITS:
        return offer(title, removed, risk=risk)
    if fed(breach) - {breach.found.meaning, None}:
        return ()
    risk = risk or sharing_risk(breach)
    if loss in WITH_FLAG:
        return offer(f"{title} and set from_logits=True", both(removed, _with_flag(breach)), risk=risk)
    exchanged = both(removed, exchange_loss(breach, ON_LOGITS))
    return offer(f"{title} and use {twin(breach, ON_LOGITS)}", exchanged, risk=risk)


def _risk(breach: Breach, activation: str) -> str | None:
    """As `removal_risk`, in the reader's words: what is read is the output of an activation, not a probability."""
    risk = removal_risk(breach)
    return risk.replace(f"the {breach.found.meaning.value}", f"the output of the {activation}") if risk else None


def _with_flag(breach: Breach) -> tuple[Edit, ...] | None:
    choice = breach.call.choice
    if choice.form in ("class", "function"):
        return set_option(breach, "from_logits", "True")
    qualified = WITH_FLAG[choice.loss]
    return replace_choice(breach, qualified, "from_logits=True") if qualified else None
