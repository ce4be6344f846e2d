"""Sigmoid or softmax is applied to what went through it already.

## What it does

Finds a sigmoid of a sigmoid's output and a softmax of a softmax's output, over the same axis, if the two are written in
different places: the model ends in one, and whoever calls the model, typically to predict, applies it again. No loss
has to be involved. The same goes for `logsigmoid` and `log_softmax` of what is activated already.

Two calls in one function are left alone, because somebody sees both; so are softmaxes over axes that differ, are not
known or are counted from different ends, and what arithmetic was done on in between, such as a sharper temperature.

## Why is this bad?

The sigmoid of a number between 0 and 1 lies between 0.5 and 0.731. Compared with 0.5 every sample is positive: a
network that tells one digit from the nine others had an F1 score of 0.191 instead of 0.911.

The softmax of a distribution is nearly uniform: of 10 classes none gets more than 0.232 or less than 0.085. The largest
stays the largest, so `argmax` and accuracy do not show it, but confidences, thresholds, averages over models and the
logarithms that a loss takes are those of a model that knows nothing.

## Symptoms

- **every sample is predicted positive, predicts only one class**: 0.5 is the least that the second sigmoid gives
- **recall is 1, precision is the share of the positives**: the same
- **probability lies between 0.5 and 0.731**: what the second sigmoid gives
- **confidence does not exceed 0.731, 0.576, 0.475, 0.232 or 0.027**: softmax twice, 2, 3, 4, 10 or 100 classes
- **probabilities are nearly uniform although accuracy is good**: softmax twice keeps the order only

## Example

```python
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 1), nn.Sigmoid())
criterion = nn.BCELoss()


def predict(x):
    return torch.sigmoid(model(x)) > 0.5


loss = criterion(model(torch.randn(32, 8)), torch.rand(32, 1).round())
```

## Use instead

```python
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 1), nn.Sigmoid())
criterion = nn.BCELoss()


def predict(x):
    return model(x) > 0.5


loss = criterion(model(torch.randn(32, 8)), torch.rand(32, 1).round())
```

## Fix safety

Removing the second activation is unsafe: whoever reads it sees other numbers, which is the point of it, but a threshold
may have been chosen for the present ones.

There is no fix if the first one is itself too much, because the model is trained with a loss that applies it inside,
such as `BCEWithLogitsLoss`: then the rule for that loss offers to remove the first, and the second becomes right. Nor
is there one for a logarithm, which cannot be left out.

To choose: the other way is to leave the second activation and to take the first one out of the model, with the loss for
logits. It is the stable one for training, and changes what everybody else reads; so it is not offered here.

## References

- [`torch.nn.Sigmoid`](https://docs.pytorch.org/docs/stable/generated/torch.nn.Sigmoid.html)
- [TensorFlow 2 quickstart](https://www.tensorflow.org/tutorials/quickstart/beginner), where a softmax is put behind a
  model that ends in logits
"""

from __future__ import annotations

import math

from lossl.edits import activation_name, input_state, part_of_model, remove_second, written_apart
from lossl.rule import Breach, Finding, Fix, Meaning, NeedKind, Severity, offer, rule

SAME = {"sigmoid": Meaning.PROBABILITY, "softmax": Meaning.DISTRIBUTION}
"""What comes out of the activation that is not to be repeated."""
FIRST = {"sigmoid": ("sigmoid", "sigmoid_"), "softmax": ("softmax", "softmax2d")}
"""The activations themselves; what else gives a probability, such as a hard sigmoid, may mean to be put through one."""
OTHERS = "whoever reads it sees other numbers"


@rule(
    code="LSL403",
    name="activated-twice",
    needs=(NeedKind.ACTIVATION,),
    found=(Meaning.PROBABILITY, Meaning.DISTRIBUTION),
    severity=Severity.INFO,
    since="0.1.0",
)
def check(breach: Breach) -> Finding | None:
    """Word the second activation, if it repeats the first one from elsewhere; offer to remove it."""
    link = breach.need.link or ""
    if SAME.get(link) is not breach.found.meaning or activation_name(breach) not in FIRST[link]:
        return None
    if not written_apart(breach) or not _same_axis(breach):
        return None
    again = f"{link} is applied again" if _plain(breach) else f"{_second(breach)} applies {link} again"
    at = breach.call.makes.place if breach.call.makes is not None and part_of_model(breach) else None
    return Finding(f"{again}: {_state(breach)}", _consequence(breach), _remove(breach), at=at)


def _same_axis(breach: Breach) -> bool:
    """True of two sigmoids, and of two softmaxes over an axis that is written in the same way."""
    axis = breach.need.axis
    return breach.found.axis == axis and (axis is not None or breach.need.link == "sigmoid")


def _state(breach: Breach) -> str:
    """What it is applied to, which a layer of a model does not name."""
    if part_of_model(breach) or breach.call.argument.place == breach.call.place:
        return f"what comes before is already {breach.found.meaning.spoken}"
    return input_state(breach, already=True)


def _second(breach: Breach) -> str:
    return breach.call.loss.rsplit(".", 1)[-1]


def _plain(breach: Breach) -> bool:
    """True if the second activation is the first one once more, without a logarithm."""
    return "log" not in _second(breach).lower()


def _consequence(breach: Breach) -> str:
    if breach.need.link == "sigmoid":
        what = "the sigmoid of a number between 0 and 1 lies between 0.5 and 0.731"
        return f"{what}: compared with 0.5 everything is positive" if _plain(breach) else what
    classes = breach.found.units or 10
    highest = math.e / (math.e + classes - 1)
    return (
        f"the softmax of a distribution is nearly uniform: of {classes} classes none gets more than {highest:.3f}, "
        "however sure the model is"
    )


def _remove(breach: Breach) -> tuple[Fix, ...]:
    inside = any(loss.need.contradicts(breach.found.meaning) for loss in breach.losses)
    if inside or not _plain(breach):
        return ()
    return offer(f"Remove the second {breach.need.link}", remove_second(breach), risk=OTHERS)
