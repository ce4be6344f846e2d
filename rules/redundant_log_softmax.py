"""A log-distribution is passed to a loss that applies log_softmax itself.

## What it does

Finds outputs of a log_softmax, or logarithms of a softmax, that reach `torch.nn.CrossEntropyLoss`,
`torch.nn.functional.cross_entropy`, `tf.nn.softmax_cross_entropy_with_logits`, `optax.softmax_cross_entropy` and
their relatives. It is not reported unless it is asked for, because it is no mistake.

## Why is this bad?

It is not: the log_softmax of a log-distribution is that distribution again, so loss and gradient stay what they are.
But the code says something else than it does. A reader may take the loss for one that wants log-probabilities and
leave the log_softmax out elsewhere, or take the loss for `NLLLoss`; and the exponentials are computed twice.

The logarithm of a softmax is worse than a log_softmax: in float32 it is -inf for a class whose score lies 104 below the
largest.

## Symptoms

- **loss is as it should be**: nothing is seen, the second log_softmax changes nothing

## Example

```python
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 10), nn.LogSoftmax(dim=1))
criterion = nn.CrossEntropyLoss()

x, y = torch.randn(32, 8), torch.randint(0, 10, (32,))
loss = criterion(model(x), y)
```

## Use instead

```python
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 10), nn.LogSoftmax(dim=1))
criterion = nn.NLLLoss()

x, y = torch.randn(32, 8), torch.randint(0, 10, (32,))
loss = criterion(model(x), y)
```

Or leave the log_softmax out and keep the loss.

## Fix safety

Removing the log_softmax is safe if this loss is the only reader of its output, or if the others only look for the
largest class. Somebody who takes `exp` of the output needs it.

Taking `NLLLoss` computes the same loss and leaves all other readers alone. It is unsafe, because `NLLLoss` takes class
indices only: with soft labels it raises an error. It is not offered where `label_smoothing` is given.

To choose: without `log_softmax` the model puts out logits, and soft labels and `label_smoothing` stay possible.
`NLLLoss` keeps what the model puts out and saves the second pass. Neither is more stable than the other.

## References

- [`torch.nn.CrossEntropyLoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html)
- [`torch.nn.NLLLoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.NLLLoss.html)
"""

from __future__ import annotations

from lossl.edits import (
    activation_name,
    exchange_loss,
    fed,
    input_state,
    loss_name,
    removal_risk,
    remove_activation,
    twin,
)
from lossl.rule import Breach, Finding, Fix, Meaning, NeedKind, Severity, offer, rule

FOR_LOGS = {
    "torch.nn.CrossEntropyLoss": "torch.nn.NLLLoss",
    "torch.nn.functional.cross_entropy": "torch.nn.functional.nll_loss",
}
CLASS_AXES = (None, 1, -1)
"""Over another axis than that of the classes it would change the loss."""
SAME = "loss and gradient stay what they are; whoever reads the code may think that the loss wants log-probabilities"
INDICES = "only right if the targets are class indices, not soft labels"


@rule(
    code="LSL205",
    name="redundant-log-softmax",
    needs=(NeedKind.SOFTMAX_LOGITS,),
    found=(Meaning.LOG_DISTRIBUTION,),
    severity=Severity.INFO,
    since="0.1.0",
)
def check(breach: Breach) -> Finding | None:
    """Word what is done twice; offer to leave the first out, or the loss that does not do it."""
    if breach.found.axis not in CLASS_AXES:
        return None
    message = f"{loss_name(breach)} applies log_softmax itself, and {input_state(breach, already=True)}"
    return Finding(message, SAME, _remove(breach) + _exchange(breach))


def _remove(breach: Breach) -> tuple[Fix, ...]:
    if activation_name(breach) != "log_softmax":
        return ()  # without the logarithm a softmax would be left
    return offer("Remove the log_softmax", remove_activation(breach), risk=removal_risk(breach))


def _exchange(breach: Breach) -> tuple[Fix, ...]:
    if breach.call.option("label_smoothing") or fed(breach) != {Meaning.LOG_DISTRIBUTION}:
        return ()
    return offer(f"Use {twin(breach, FOR_LOGS)}", exchange_loss(breach, FOR_LOGS), risk=INDICES)
