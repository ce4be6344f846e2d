"""A binary cross-entropy of probabilities is computed in mixed precision.

## What it does

Finds `torch.nn.BCELoss` and `torch.nn.functional.binary_cross_entropy` inside `torch.autocast("cuda")`,
`torch.amp.autocast("cuda")` or `torch.cuda.amp.autocast()`, wherever the loss is written: in the `with` block, or in a
function that is called in it.

Nothing is said if autocast may be off (`enabled=args.amp`), if it is switched off around the loss, as in
`with torch.autocast("cuda", enabled=False)`, or on a CPU, where PyTorch computes this loss in float32.

## Why is this bad?

On a GPU PyTorch raises `RuntimeError: torch.nn.functional.binary_cross_entropy and torch.nn.BCELoss are unsafe to
autocast`. It refuses because half precision cannot hold probabilities close to 1: a sigmoid in float16 is exactly 1
from a score of 8.3 on. The logarithm of the rest is then that of 0.

The same script runs as long as no GPU is there, because autocast does nothing then.

## Symptoms

- **torch.nn.functional.binary_cross_entropy and torch.nn.BCELoss are unsafe to autocast**: the error on a GPU
- **RuntimeError on the GPU only, runs on the CPU**: without a GPU autocast does nothing

## Example

```python
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 1), nn.Sigmoid()).cuda()
criterion = nn.BCELoss()

x, y = torch.randn(32, 8, device="cuda"), torch.rand(32, 1, device="cuda").round()
with torch.autocast("cuda"):
    loss = criterion(model(x), y)
```

## Use instead

```python
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 1)).cuda()
criterion = nn.BCEWithLogitsLoss()

x, y = torch.randn(32, 8, device="cuda"), torch.rand(32, 1, device="cuda").round()
with torch.autocast("cuda"):
    loss = criterion(model(x), y)
probability = torch.sigmoid(model(x))
```

## Fix safety

Removing the sigmoid and taking the loss for logits is safe if this loss is the only reader of what the sigmoid gives.
Otherwise the other readers need a sigmoid of their own. No fix is offered if the loss is given anything but one
sigmoid: then the loss has to leave the `with` block, or autocast has to be switched off around it and the input
converted by `.float()`.

To choose: the loss for logits is the stable way and runs in half precision as well; the model puts out logits from then
on. To switch autocast off around the loss is the local way and leaves the model alone, but the sigmoid has to be
computed in float32 too, or its rounding stays.

## References

- [Automatic mixed precision: prefer binary_cross_entropy_with_logits](https://docs.pytorch.org/docs/stable/amp.html#prefer-binary-cross-entropy-with-logits-over-binary-cross-entropy)
- Met in practice: [Megvii-BaseDetection/YOLOX#336](https://github.com/Megvii-BaseDetection/YOLOX/issues/336)
"""

from __future__ import annotations

from lossl.edits import BCE_FOR_LOGITS, activation_name, exchange_with_loss, loss_name, removal_risk, twin
from lossl.rule import Breach, Finding, Fix, Flaw, NeedKind, Severity, offer, rule

REFUSED = "on a GPU it stops with a RuntimeError: half precision cannot hold probabilities close to 1"


@rule(
    code="LSL204",
    name="bce-under-autocast",
    needs=(NeedKind.PROBABILITY,),
    found=(Flaw.UNDER_AUTOCAST,),
    severity=Severity.ERROR,
    since="0.1.0",
)
def check(breach: Breach) -> Finding:
    """Word what is refused; offer the loss that takes the scores."""
    return Finding(f"{loss_name(breach)} is refused under autocast", REFUSED, _with_logits(breach))


def _with_logits(breach: Breach) -> tuple[Fix, ...]:
    edits = exchange_with_loss(breach, BCE_FOR_LOGITS) if activation_name(breach) == "sigmoid" else None
    title, risk = f"Use {twin(breach, BCE_FOR_LOGITS)}, without the sigmoid", removal_risk(breach, with_loss=True)
    return offer(title, edits, risk=risk)
