"""The target of the Kullback-Leibler divergence is not what `log_target` says.

## What it does

Finds `torch.nn.KLDivLoss` and `torch.nn.functional.kl_div` whose target holds logits, or log-probabilities although
`log_target` is not set, or probabilities although it is.

The first argument is always a logarithm. The second is plain probabilities, unless `log_target=True` says that it is
a logarithm, too. That they differ by default is what people do not expect.

## Why is this bad?

Without `log_target` PyTorch takes the logarithm of the target. Logarithms of probabilities are negative, and theirs are
not numbers: the loss is nan from the first step. Logits are no better: one that is negative is enough. If none is, they
count as probabilities that may sum to anything.

With `log_target=True` the exponential of the target is the weight. Given probabilities all weights lie between 1 and
2.72, so the student is trained to be nearly uniform, however sure the teacher is: of ten classes the one to which the
teacher gives 0.91 gets 0.21. The loss does not approach 0. For a uniform target over 10 classes, met exactly, it is
26.55.

## Symptoms

- **loss is nan from the first step**: the logarithm of a negative target
- **loss does not go to zero**: probabilities with `log_target=True`
- **the student's predictions are nearly uniform, it learns nothing from the teacher**: probabilities with
  `log_target=True`

## Example

```python
import torch
import torch.nn as nn
import torch.nn.functional as F

student, teacher = nn.Linear(8, 10), nn.Linear(8, 10)
x = torch.randn(32, 8)
target = F.log_softmax(teacher(x), dim=1).detach()
loss = F.kl_div(F.log_softmax(student(x), dim=1), target, reduction="batchmean")
```

## Use instead

```python
import torch
import torch.nn as nn
import torch.nn.functional as F

student, teacher = nn.Linear(8, 10), nn.Linear(8, 10)
x = torch.randn(32, 8)
target = F.log_softmax(teacher(x), dim=1).detach()
loss = F.kl_div(F.log_softmax(student(x), dim=1), target, reduction="batchmean", log_target=True)
```

## Fix safety

Setting `log_target` as the target is computes the divergence; it is safe if the loss is called in this place only, and
with this target. Where the same loss object is called elsewhere, it may be given another target there.

Applying softmax or log_softmax to logits in the call is unsafe, because the loss does not say which axis holds the
classes.

To choose: `log_target=True` is the stable way, because nothing is rounded that was a logarithm before. The other way is
`exp` of the target, which leaves the loss object alone for those who share it, and is not offered.

## References

- [`torch.nn.KLDivLoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.KLDivLoss.html)
- [`torch.nn.functional.kl_div`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.kl_div.html)
"""

from __future__ import annotations

from lossl.edits import input_state, loss_name, set_option, wrap_argument
from lossl.rule import Breach, Finding, Fix, Meaning, NeedKind, Severity, offer, rule

NOT_A_NUMBER = "the logarithm of a negative target is not a number, and so is the loss"
CONSEQUENCES = {
    NeedKind.PROBABILITY_TARGET: NOT_A_NUMBER,
    NeedKind.LOG_TARGET: "the exponential of the target is the weight, so the model is trained to be nearly uniform",
}
SHARED = "the same loss is called elsewhere, perhaps with another kind of target"
AXIS = "only right if the last axis holds the classes"


@rule(
    code="LSL115",
    name="kl-div-target",
    needs=(NeedKind.PROBABILITY_TARGET, NeedKind.LOG_TARGET),
    found=(
        Meaning.LOGITS,
        Meaning.DISTRIBUTION,
        Meaning.PROBABILITY,
        Meaning.LOG_DISTRIBUTION,
        Meaning.LOG_PROBABILITY,
    ),
    severity=Severity.ERROR,
    since="0.1.0",
)
def check(breach: Breach) -> Finding:
    """Word the target that is not what the loss was told; offer to tell it, or to make the target so."""
    kind = breach.need.kind
    logs = kind is NeedKind.LOG_TARGET
    wanted = "log-probabilities" if logs else "probabilities"
    told = "" if logs else ", unless log_target=True"
    message = f"{loss_name(breach)} takes {wanted} as its target{told}, but {input_state(breach)}"
    fixes = _normalize(breach, logs) if breach.found.meaning is Meaning.LOGITS else _tell(breach, logs)
    return Finding(message, CONSEQUENCES[kind], fixes)


def _tell(breach: Breach, logs: bool) -> tuple[Fix, ...]:
    text = "False" if logs else "True"
    elsewhere = any(call.place != breach.call.place for call in breach.sharers)
    edits = set_option(breach, "log_target", text)
    return offer(f"Set log_target={text}", edits, risk=SHARED if elsewhere else None)


def _normalize(breach: Breach, logs: bool) -> tuple[Fix, ...]:
    name = "log_softmax" if logs else "softmax"
    return offer(f"Apply {name} to the target", wrap_argument(breach, f"torch.{name}", "dim=-1"), risk=AXIS)
