"""The Kullback-Leibler divergence is averaged over the classes as well.

## What it does

Finds `torch.nn.KLDivLoss` and `torch.nn.functional.kl_div` with `reduction="mean"`, which is their default, given
log-probabilities.

## Why is this bad?

The divergence of two distributions is a sum over the classes; over a batch it is averaged. `reduction="batchmean"` is
that. `reduction="mean"` divides by the number of classes, too: for C classes the loss and its gradient are exactly C
times too small.

Adam does not mind. With SGD the learning rate is C times too small: a small network on the digits data, with 10
classes, reached a test accuracy of 0.67 instead of 0.95. Where the divergence is one of several losses, as in
distillation or in a variational autoencoder, its weight is C times smaller than what is written there, and changes with
the number of classes.

PyTorch has announced that `mean` will become what `batchmean` is. Code that says what it means keeps its results.

## Symptoms

- **UserWarning: reduction: 'mean' divides the total loss by both the batch size and the support size**: what PyTorch
  says, once
- **loss is tiny, distillation has no effect**: C times smaller than the other losses expect
- **learns slowly, accuracy does not move**: with SGD

## Example

```python
import torch
import torch.nn as nn
import torch.nn.functional as F

student, teacher = nn.Linear(8, 10), nn.Linear(8, 10)
x = torch.randn(32, 8)
target = F.softmax(teacher(x), dim=1).detach()
loss = F.kl_div(F.log_softmax(student(x), dim=1), target)
```

## Use instead

```python
import torch
import torch.nn as nn
import torch.nn.functional as F

student, teacher = nn.Linear(8, 10), nn.Linear(8, 10)
x = torch.randn(32, 8)
target = F.softmax(teacher(x), dim=1).detach()
loss = F.kl_div(F.log_softmax(student(x), dim=1), target, reduction="batchmean")
```

## Fix safety

Setting `reduction="batchmean"` is unsafe: the loss grows by the number of classes, and the learning rate or the weight
of this loss may have been chosen for what it was. It divides by the first axis only: if there is an axis of positions
beside batch and classes, such as the tokens of a text or the pixels of an image, the loss is a sum over these, too.

To choose: to keep the mean and to raise the learning rate, or the weight of this loss, has the same effect with SGD,
and leaves the reported loss as it was. `batchmean` is what papers mean, and does not depend on the number of classes.

## References

- [`torch.nn.KLDivLoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.KLDivLoss.html), which says so in a
  note
- Met in practice: [facebookresearch/deit#61](https://github.com/facebookresearch/deit/issues/61)
"""

from __future__ import annotations

from lossl.edits import loss_name, set_option
from lossl.rule import Breach, Finding, Flaw, NeedKind, Severity, offer, rule

OLD_OPTIONS = ("size_average", "reduce")
SCALE = "the loss grows by the number of classes, and the learning rate may have been chosen for it"


@rule(
    code="LSL302",
    name="kl-div-mean",
    needs=(NeedKind.LOG_PROBABILITY,),
    found=(Flaw.AVERAGED_OVER_CLASSES,),
    severity=Severity.INFO,
    since="0.1.0",
)
def check(breach: Breach) -> Finding | None:
    """Word the division by the classes; offer the reduction that is the divergence."""
    if any(breach.call.option(name) is not None for name in OLD_OPTIONS):
        return None
    classes = breach.found.units
    message = f'{loss_name(breach)} with reduction="mean" divides by the number of classes as well'
    times = f"{classes} times too small" if classes else "too small by as many times as there are classes"
    consequence = f"loss and gradient are {times}: beside other losses it hardly counts, and alone SGD hardly learns"
    edits = set_option(breach, "reduction", '"batchmean"')
    return Finding(message, consequence, offer('Set reduction="batchmean"', edits, risk=SCALE))
