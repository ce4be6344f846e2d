"""A distribution is passed to a loss that applies softmax itself.

## What it does

Finds outputs of a softmax that reach `torch.nn.CrossEntropyLoss`, `torch.nn.functional.cross_entropy`,
`tf.nn.softmax_cross_entropy_with_logits`, `tf.nn.sparse_softmax_cross_entropy_with_logits`, the softmax losses of
`tf.compat.v1.losses`, `tf.nn.ctc_loss`, `keras.losses.CTC`, `optax.softmax_cross_entropy` and its relatives, or a loss
of your own that is built on one of them.

These losses want the raw scores of the last linear layer, one for each class. They apply the softmax inside, together
with the logarithm, because that is where float arithmetic stays exact. In PyTorch the name does not say so, and other
libraries have a cross-entropy that takes probabilities; that is where the mistake comes from.

## Why is this bad?

The second softmax sees numbers between 0 and 1 that sum to one, so what it gives is nearly uniform: no class of C can
get more than e / (e + C - 1). The loss stays inside a fence, however good the model is:

| classes | lowest loss | highest loss | loss of a guess, ln C |
|---|---|---|---|
| 2 | 0.313 | 1.313 | 0.693 |
| 3 | 0.551 | 1.551 | 1.099 |
| 10 | 1.461 | 2.461 | 2.303 |
| 100 | 3.622 | 4.622 | 4.605 |
| 1000 | 5.909 | 6.909 | 6.908 |

What people see on the screen is a loss that settles at such a value. No error and no warning is raised.

The gradient is exactly C times too small at the start, and 90 times (10 classes) to 1145 times (1000 classes) where
the model is confidently wrong by 5. Adam divides this out on an easy task and hides it: a small network on the digits
data reaches a test accuracy of 0.93 where 0.95 is possible. With SGD the same network reaches 0.27.

`log_softmax` before these losses is not a bug: the softmax of a log-distribution is that distribution again. Nor is a
softmax that only an `argmax`, a metric or `predict` reads.

## Symptoms

- **loss does not go below 0.313, 0.551, 0.744, 0.905, 1.044, 1.165, 1.274, 1.372 or 1.461**: 2, 3, 4, 5, 6, 7, 8, 9 or
  10 classes
- **loss does not go below 2.078, 2.946, 3.622 or 5.909**: 20, 50, 100 or 1000 classes
- **loss stuck at 0.693, 1.099, 1.386, 1.609, 2.303, 2.996, 4.605 or 6.908**: ln C for 2, 3, 4, 5, 10, 20, 100 or 1000
  classes, the loss of a guess; the gradient is C times too small to leave it
- **accuracy does not move**: with SGD; with Adam it only moves late
- **probabilities are nearly uniform**: if the prediction is made by one more softmax

## Example

```python
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 10), nn.Softmax(dim=1))
criterion = nn.CrossEntropyLoss()

x, y = torch.randn(32, 8), torch.randint(0, 10, (32,))
loss = criterion(model(x), y)
```

## Use instead

```python
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 10))
criterion = nn.CrossEntropyLoss()

x, y = torch.randn(32, 8), torch.randint(0, 10, (32,))
loss = criterion(model(x), y)
probability = torch.softmax(model(x), dim=1)
```

## Fix safety

Removing the softmax is safe if this loss is the only reader of its output, or if the others only look for the largest
class. If something else reads the probabilities (a threshold, a printed confidence), that reader needs a softmax of its
own. Where all of them are known, another fix gives it to them, and everybody sees what they saw. Both are unsafe if
code outside the checked files may read the probabilities, or somebody who uses a model that is saved, exported, or
handed to code that lossl does not know.

Replacing the softmax by `log_softmax` and the loss by `NLLLoss` computes the same loss. It is always unsafe, because
`NLLLoss` takes class indices only: with soft labels it raises an error. It is not offered where `label_smoothing` is
given, because `NLLLoss` has no such option, nor where the loss is given anything but this one softmax.

To choose: without the softmax the model puts out logits, and everybody who wants probabilities has to take the softmax,
but soft labels and `label_smoothing` go on working. With `log_softmax` and `NLLLoss` the output stays normalized, as
logarithms. Both compute in one step, so neither is less stable.

## References

- [`torch.nn.CrossEntropyLoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html)
- [`tf.nn.softmax_cross_entropy_with_logits`](https://www.tensorflow.org/api_docs/python/tf/nn/softmax_cross_entropy_with_logits)
- [`optax.softmax_cross_entropy`](https://optax.readthedocs.io/en/latest/api/losses.html)
- Met in practice: [tflearn/tflearn#562](https://github.com/tflearn/tflearn/pull/562),
  [gitabcworld/MatchingNetworks#5](https://github.com/gitabcworld/MatchingNetworks/issues/5),
  [nfmcclure/tensorflow_cookbook#86](https://github.com/nfmcclure/tensorflow_cookbook/issues/86),
  [bowang-lab/Transformer-GCN-QA#32](https://github.com/bowang-lab/Transformer-GCN-QA/pull/32)
"""

from __future__ import annotations

import math

from lossl.edits import (
    activation_name,
    both,
    exchange_activation,
    exchange_loss,
    input_state,
    loss_name,
    move_activation,
    only_reader,
    removal_risk,
    remove_activation,
    sole_source,
    twin,
)
from lossl.rule import Breach, Finding, Fix, Meaning, NeedKind, Severity, offer, rule

LOG = {"softmax": "log_softmax", "Softmax": "LogSoftmax"}
FOR_LOGS = {
    "torch.nn.CrossEntropyLoss": "torch.nn.NLLLoss",
    "torch.nn.functional.cross_entropy": "torch.nn.functional.nll_loss",
}
REMOVABLE = ("softmax", "softmax2d", "exp")
"""What can be left out before this loss; other operations that give a distribution do more than that."""
INDICES = "only right if the targets are class indices, not soft labels"


@rule(
    code="LSL104",
    name="double-softmax",
    needs=(NeedKind.SOFTMAX_LOGITS,),
    found=(Meaning.DISTRIBUTION,),
    severity=Severity.ERROR,
    since="0.1.0",
)
def check(breach: Breach) -> Finding:
    """Word the second softmax; offer to remove the first, or to take its logarithm and the loss for that."""
    message = f"{loss_name(breach)} applies softmax itself, but {input_state(breach, already=True)}"
    return Finding(message, _consequence(breach), _remove(breach) + _exchange(breach))


def _consequence(breach: Breach) -> str:
    classes = breach.found.units or 10
    uniform = "softmax of numbers between 0 and 1 is nearly uniform"
    if "ctc" in breach.call.loss.lower():
        return (
            f"{uniform}: of {classes} classes none can get more than {math.e / (math.e + classes - 1):.2f} at any step"
        )
    floor = math.log1p((classes - 1) / math.e)
    return (
        f"{uniform}, so the loss cannot fall below {floor:.2f} for {classes} classes; the gradient is {classes} times "
        "too small at the start, and with SGD such a classifier hardly learns"
    )


def _remove(breach: Breach) -> tuple[Fix, ...]:
    activation = activation_name(breach)
    if activation not in REMOVABLE:
        return ()
    return (
        *offer(f"Move the {activation} to its other readers", move_activation(breach), risk=only_reader(breach)),
        *offer(f"Remove the {activation}", remove_activation(breach), risk=removal_risk(breach)),
    )


def _exchange(breach: Breach) -> tuple[Fix, ...]:
    batch = breach.found.axis == 0  # the class axis of this loss is another one
    if batch or breach.call.option("label_smoothing") or not sole_source(breach):
        return ()
    edits = both(exchange_activation(breach, LOG), exchange_loss(breach, FOR_LOGS))
    title = f"Replace the softmax by log_softmax and use {twin(breach, FOR_LOGS)}"
    return offer(title, edits, risk=removal_risk(breach) or INDICES)
