"""A binary cross-entropy is given one number as its weight, the same for positives and negatives.

## What it does

Finds binary cross-entropies of PyTorch (`BCEWithLogitsLoss`, `BCELoss`, their functions, `SoftBCEWithLogitsLoss` of
segmentation_models_pytorch) whose `weight` is one number above 1: `torch.tensor(9)`, a list of one element, a tensor
full of one number. What makes positives count more is `pos_weight`; the first argument of these classes is
`weight`.

Left alone are a weight for each class or sample, a loss that has a `pos_weight` besides, numbers of 1 and below, with
which people weigh one loss against another, and numbers of which nothing is known where a function is called with
them: they may belong to that sample.

## Why is this bad?

`weight` multiplies the loss of every element, `pos_weight` that of the positives only. One number for all multiplies
the loss and its gradient as a whole. Adam divides the gradient by its own size, so nothing is left of it. With SGD it
is a larger learning rate. Nothing is balanced in either case.

A small network was to find one digit among ten, under noise, with 9.4 negatives for each positive:

| | recall with Adam | with SGD |
|---|---|---|
| no weight | 0.23 | 0.22 |
| `weight=9.4` | 0.23 | 0.36 |
| `pos_weight=9.4` | 0.63 | 0.52 |

## Symptoms

- **recall is low although the positives are weighted**: they count no more than the negatives
- **the loss is larger with the weight, the predictions are the same**: with Adam
- **predicts only one class, never positive, with imbalanced classes**: as without a weight

## Example

```python
import torch
import torch.nn as nn

model = nn.Linear(8, 1)
criterion = nn.BCEWithLogitsLoss(torch.tensor([9.0]))

x, y = torch.randn(32, 8), torch.randint(0, 2, (32, 1)).float()
loss = criterion(model(x), y)
```

## Use instead

```python
import torch
import torch.nn as nn

model = nn.Linear(8, 1)
criterion = nn.BCEWithLogitsLoss(pos_weight=torch.tensor([9.0]))

x, y = torch.randn(32, 8), torch.randint(0, 2, (32, 1)).float()
loss = criterion(model(x), y)
```

## Fix safety

Giving the number as `pos_weight` is unsafe: it changes what is trained, which is its point, and assumes that the number
is meant for the positives. `BCELoss` has no such option: take `BCEWithLogitsLoss` without the sigmoid, or make a weight
of the targets in each step, `1 + (w - 1) * y`.

Dropping the weight is unsafe as well: with SGD the learning rate may have been chosen for the larger loss.

To choose: `pos_weight` if positives are too rare. If all that was wanted is to weigh this loss against another one, a
factor in front of it says so: `9 * loss`.

## References

- [`torch.nn.BCEWithLogitsLoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html)
- Met in practice: [yewsiang/ConceptBottleneck](https://github.com/yewsiang/ConceptBottleneck), `CUB/train.py`; whether
  it should be the other one was asked in
  [mmpretrain#434](https://github.com/open-mmlab/mmpretrain/issues/434)
"""

from __future__ import annotations

from lossl.edits import drop_option, rename_option
from lossl.rule import Finding, Fix, LossCall, Severity, offer, rule

FOR_POSITIVES = frozenset(
    {
        "torch.nn.BCEWithLogitsLoss",
        "torch.nn.functional.binary_cross_entropy_with_logits",
        "segmentation_models_pytorch.losses.SoftBCEWithLogitsLoss",
    }
)
"""Losses that have another option, `pos_weight`, for the positives alone."""
LOSSES = FOR_POSITIVES | {"torch.nn.BCELoss", "torch.nn.functional.binary_cross_entropy"}
NOTHING = "the loss and its gradient are multiplied as a whole, and nothing is balanced: with Adam it has no effect"
MEANT = "only right if it is the positives that should count more"
SCALE = "the loss becomes smaller, and the learning rate may have been chosen for what it was"


@rule(code="LSL303", name="uniform-weight", on=LossCall, severity=Severity.WARNING, since="0.1.0")
def check(call: LossCall) -> Finding | None:
    """Word the weight that weighs nothing; offer it as the weight of the positives, or to leave it out."""
    place, numbers = call.option("weight"), dict(call.numbers)
    if call.loss not in LOSSES or place is None or "weight" not in numbers or call.option("pos_weight") is not None:
        return None
    number = numbers["weight"]
    if not _weighs(call, number):
        return None
    name = call.loss.rpartition(".")[2]
    amount = "one number" if number is None else f"{number:g}"
    message = f"the `weight` of {name} is {amount} for every element, positive or negative"
    return Finding(message, NOTHING, _fixes(call), at=place)


def _weighs(call: LossCall, number: float | None) -> bool:
    """True if it may be meant to weigh positives: a small factor, or one that belongs to a sample, may not."""
    return call.choice.form == "class" if number is None else number > 1


def _fixes(call: LossCall) -> tuple[Fix, ...]:
    drop = offer("Drop weight", drop_option(call, "weight"), risk=SCALE)
    if call.loss not in FOR_POSITIVES:
        return drop
    return offer("Call it pos_weight", rename_option(call, "weight", "pos_weight"), risk=MEANT) + drop
