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
0.10 to 0.72. Without it Keras divides the outputs of a sample by their sum, and if all are cut off to zero the loss is
nan.

`NLLLoss` on such values has no lower bound at all behind a ReLU: the model makes it fall for ever by raising all
scores. `BCELoss` stops with an error as soon as one value leaves the range from 0 to 1.

## Symptoms

- **loss stuck at 0.693**: a ReLU before `BCEWithLogitsLoss`: `y = 0` cannot cost less (ln 2), nor can `y = 1` where it
  cuts off
- **loss stuck at 1.099, 1.386, 1.609, 2.303, 4.605 or 6.908**: ln C for 3, 4, 5, 10, 100 or 1000 classes: all scores
  are cut off to 0, and there is no gradient
- **never predicts some of the classes, predicts only one class**: a score that is cut off for all samples does not come
  back
- **predicts everything as positive**: the sigmoid of what a ReLU gives is never below 0.5
- **accuracy does not move, accuracy stuck at 0.5**: half of the classes may be dead
- **RuntimeError: all elements of input should be between 0 and 1**: `BCELoss` after a ReLU or a tanh
- **loss is nan**: Keras without `from_logits=True`: all outputs of a sample are 0, and so is their sum
- **loss is negative, falls without end, in the thousands below zero**: `NLLLoss` after a ReLU

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

Where the loss takes logits, removing the activation is safe if this loss is the only reader of its output; even an
`argmax` sees a difference where a ReLU made scores equal. Where the other readers are known, they can be given the
activation instead, so that they see what they saw. Where the loss takes probabilities or their logarithms, either the
activation is removed and the loss for logits taken, which needs that every use of that loss object is fed by the
activation, or the activation is replaced by the one that belongs to the loss. In a network that is built by a loop or
from blocks the same activation also acts between the layers; then the fixes are unsafe, because they would change it
there too.

Distances, cosines and recurrent layers are no activations that could be taken away: there is no fix for them.

To choose: without the activation the model puts out what it computes, of either sign, and the loss for logits is the
stable way. The activation that belongs to the loss in its place keeps the loss, for the price of rounding, and
everybody who reads the output sees probabilities.

## References

- [`torch.nn.CrossEntropyLoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html)
- Met in practice: [pytorch/tutorials#1526](https://github.com/pytorch/tutorials/issues/1526), a beginners' tutorial
  whose network ended in a ReLU
- [SqueezeNet](https://arxiv.org/abs/1602.07360), which pools after a ReLU on purpose
"""

from __future__ import annotations

from lossl.edits import (
    activation_name,
    both,
    exchange_activation,
    exchange_loss,
    fed,
    framework,
    input_name,
    loss_name,
    move_activation,
    only_reader,
    removal_risk,
    remove_activation,
    sharing_risk,
    twin,
)
from lossl.rule import Breach, Finding, Fix, Meaning, NeedKind, Severity, offer, rule

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
GIVES = {
    NeedKind.PROBABILITY: "sigmoid",
    NeedKind.DISTRIBUTION: "softmax",
    **dict.fromkeys((NeedKind.LOG_DISTRIBUTION, NeedKind.LOG_PROBABILITY), "log_softmax"),
}
"""The activation that gives what the loss takes."""
LAYERS = {"sigmoid": "Sigmoid", "softmax": "Softmax", "log_softmax": "LogSoftmax"}
AXIS = "only right if the classes lie on dimension 1"
NO_NEGATIVE = {
    "sigmoid": "no probability falls below 0.5, so every negative costs at least 0.693",
    "softmax": "a class can only be ruled out by raising all others",
    "": "a score below zero, which says no, cannot come up",
}
CUT_OFF = {
    "": ", and where relu cuts off there is no gradient",
    "sigmoid": ", and where relu cuts off there is no gradient: rare positives are not found at all",
    "softmax": ", and where relu cuts off there is no gradient: an accuracy of 0.51 instead of 0.95 on the digits data",
}
"""By the link that the loss applies; empty if nobody knows it."""
LINKS = {NeedKind.SIGMOID_LOGITS: "sigmoid", NeedKind.SOFTMAX_LOGITS: "softmax"}
OUT_OF_RANGE = {
    "torch": "it stops with a RuntimeError as soon as one value leaves the range 0 to 1",
    "keras": "values outside the range 0 to 1 are clipped silently, and there the gradient is zero",
}
OTHERWISE = "the loss is computed from numbers that are no probabilities, so it means nothing"
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
    return Finding(message, _consequence(breach), _remove(breach) + _exchange(breach))


def _consequence(breach: Breach) -> str:
    kind, never_negative = breach.need.kind, breach.found.meaning is Meaning.NONNEGATIVE
    if kind in LOGITS:
        link = LINKS.get(kind, breach.need.link or "")
        return NO_NEGATIVE[link] + (CUT_OFF[link] if "relu" in activation_name(breach) else "")
    if kind is NeedKind.PROBABILITY:
        return OUT_OF_RANGE.get(framework(breach), OTHERWISE)
    if kind is NeedKind.DISTRIBUTION:
        return DIVIDED if "crossentropy" in breach.call.loss.lower() else OTHERWISE
    return FALLING if never_negative else BELOW_ZERO


def _remove(breach: Breach) -> tuple[Fix, ...]:
    """No activation; and the loss that takes logits, if this one does not."""
    activation = activation_name(breach)
    if activation not in REMOVABLE:
        return ()
    title, removed, risk = f"Remove the {activation}", remove_activation(breach), _risk(breach)
    if breach.need.kind in LOGITS:
        moved = offer(f"Move the {activation} to its other readers", move_activation(breach), risk=only_reader(breach))
        return moved + offer(title, removed, risk=risk)
    if fed(breach) - {breach.found.meaning, None}:
        return ()
    edits, risk = both(removed, exchange_loss(breach, ON_LOGITS)), risk or sharing_risk(breach)
    return offer(f"{title} and use {twin(breach, ON_LOGITS)}", edits, risk=risk)


def _exchange(breach: Breach) -> tuple[Fix, ...]:
    """The activation that gives what the loss takes."""
    new = GIVES.get(breach.need.kind)
    if breach.origin is None or new is None or activation_name(breach) not in REMOVABLE:
        return ()
    package, _, present = breach.origin.name.rpartition(".")
    in_torch = package.startswith("torch")
    on_axis = AXIS if in_torch and breach.need.kind is NeedKind.LOG_PROBABILITY else None
    written, options = new, "dim=1" if in_torch and new == "log_softmax" else ""
    if package.startswith("tensorflow"):
        written = f"tensorflow.nn.{new}"
    elif package.startswith("keras.layers") and new == "sigmoid":
        written, options = "keras.layers.Activation", '"sigmoid"'
    elif present[0].isupper():
        written = LAYERS[new]
    edits = exchange_activation(breach, {present: written}, options)
    return offer(f"Replace the {activation_name(breach)} by {new}", edits, risk=_risk(breach) or on_axis)


def _risk(breach: Breach) -> str | None:
    """As `removal_risk`, in the reader's words: what is read is the output of an activation, not a probability."""
    risk, noun = removal_risk(breach), f"the output of the {activation_name(breach)}"
    return risk.replace(f"the {breach.found.meaning.value}", noun) if risk else None
