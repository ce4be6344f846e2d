"""A loss is summed over the batch.

## What it does

Finds losses that are given `reduction="sum"`.

## Why is this bad?

The gradient grows with the size of the batch, so a learning rate that was found with one size does not suit another.

## Symptoms

- **loss is in the thousands, and grows with the batch size**: it is a sum, not a mean

## Example

```python
import torch
import torch.nn as nn

loss = nn.CrossEntropyLoss(reduction="sum")(nn.Linear(8, 10)(torch.randn(32, 8)), torch.randint(0, 10, (32,)))
```

## Use instead

```python
import torch
import torch.nn as nn

loss = nn.CrossEntropyLoss()(nn.Linear(8, 10)(torch.randn(32, 8)), torch.randint(0, 10, (32,)))
```

## Fix safety

Taking the mean is unsafe: it changes the scale of the gradient, and with it the learning rate that suits.

## References

- [`torch.nn.CrossEntropyLoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html)
"""

from __future__ import annotations

from lossl.edits import drop_option, loss_name
from lossl.rule import Finding, LossCall, Severity, offer, rule


@rule(
    code="ACM101",
    name="summed-loss",
    on=LossCall,
    severity=Severity.WARNING,
    since="1.0",
    url="https://rules.acme.example/summed-loss",
)
def check(call: LossCall) -> Finding | None:
    """Word the sum; offer to leave it out."""
    option = call.option("reduction")
    if option is None or "sum" not in option.file.code(option.node):
        return None
    consequence = "the gradient grows with the size of the batch"
    fixes = offer("Drop reduction", drop_option(call, "reduction"), risk="it changes the learning rate that suits")
    return Finding(f"{loss_name(call)} is summed over the batch", consequence, fixes)
