"""The output of a sigmoid is passed to a binary cross-entropy that takes probabilities.

## What it does

Finds outputs of a sigmoid that reach `torch.nn.BCELoss` or `torch.nn.functional.binary_cross_entropy`. That is right,
and it is not reported unless it is asked for; but `BCEWithLogitsLoss` computes the same from the scores before the
sigmoid, and computes it better.

In Keras nothing is said: a sigmoid and `binary_crossentropy` are the usual way there, and on TensorFlow Keras goes back
to the scores itself.

## Why is this bad?

A sigmoid in float32 is exactly 1 from a score of 16.64 on. The loss then sees the logarithm of 0, which `BCELoss` cuts
off at -100, and there is no gradient any more: a sample of class 0 that the model is very sure of costs 100, whatever
it does, and nothing corrects it. For class 1 the gradient is gone below a score of -88.7. In half precision this
begins much earlier, at 8.3 in float16 and 6.25 in bfloat16, and under autocast PyTorch refuses `BCELoss` on a GPU.

`BCEWithLogitsLoss` takes sigmoid and logarithm in one step and has none of this.

## Symptoms

- **loss jumps to 100 for single samples**: the logarithm of 0 is cut off at -100
- **loss suddenly jumps, single samples never become right**: the sigmoid is exactly 1 or 0 and has no gradient
- **torch.nn.functional.binary_cross_entropy and torch.nn.BCELoss are unsafe to autocast**: what PyTorch says in mixed
  precision

## Example

```python
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 1), nn.Sigmoid())
criterion = nn.BCELoss()

x, y = torch.randn(32, 8), torch.rand(32, 1).round()
loss = criterion(model(x), y)
```

## Use instead

```python
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 1))
criterion = nn.BCEWithLogitsLoss()

x, y = torch.randn(32, 8), torch.rand(32, 1).round()
loss = criterion(model(x), y)
probability = torch.sigmoid(model(x))
```

## Fix safety

Removing the sigmoid and taking the loss for logits is safe if this loss is the only reader of what the sigmoid gives.
If something else reads the probabilities (a threshold, a printed confidence, code outside the checked files), that
reader needs a sigmoid of its own afterwards, and the fix is unsafe. It is not offered where the loss is given anything
but this one sigmoid.

To choose: there is nothing to change but loss and model together, which makes the model put out logits. To leave all as
it is, is the local way: right for scores that stay small, and without gradient beyond.

## References

- [`torch.nn.BCEWithLogitsLoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html)
- [`torch.nn.BCELoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.BCELoss.html)
"""

from __future__ import annotations

from lossl.edits import (
    BCE_FOR_LOGITS,
    activation_name,
    exchange_with_loss,
    framework,
    input_state,
    loss_name,
    removal_risk,
    twin,
)
from lossl.rule import Breach, Finding, Fix, Meaning, NeedKind, Severity, offer, rule

FRAGILE = (
    "in float32 the sigmoid is exactly 1 from a score of 16.6 on: such a sample of class 0 costs 100 and has no "
    "gradient; the loss that takes scores has no such limit"
)


@rule(
    code="LSL203",
    name="sigmoid-before-bce",
    needs=(NeedKind.PROBABILITY,),
    found=(Meaning.PROBABILITY,),
    severity=Severity.INFO,
    since="0.1.0",
)
def check(breach: Breach) -> Finding | None:
    """Word what is fragile; offer the loss that takes the scores. Nothing is said of other probabilities."""
    if framework(breach) != "torch" or activation_name(breach) != "sigmoid":
        return None
    message = f"{loss_name(breach)} takes the logarithm of a rounded number: {input_state(breach)} out of a sigmoid"
    return Finding(message, FRAGILE, _with_logits(breach))


def _with_logits(breach: Breach) -> tuple[Fix, ...]:
    edits = exchange_with_loss(breach, BCE_FOR_LOGITS)
    title, risk = f"Use {twin(breach, BCE_FOR_LOGITS)}, without the sigmoid", removal_risk(breach, with_loss=True)
    return offer(title, edits, risk=risk)
