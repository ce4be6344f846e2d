"""A softmax is not told over which axis it runs.

## What it does

Finds `torch.nn.Softmax()`, `torch.nn.LogSoftmax()`, `torch.nn.functional.softmax(x)` and `log_softmax(x)` without
`dim`, where it is known what goes in: logits, or the output of another activation. It is not reported unless it is
asked for.

In Keras, TensorFlow and JAX a softmax without an axis runs over the last one; nothing is said there.

## Why is this bad?

PyTorch chooses the axis by the number of axes: the first one for one or three, the second one for two or four. So a
model that is right for a batch of vectors runs over the batch as soon as it is given a batch of sequences. PyTorch
warns of this with `Implicit dimension choice for softmax has been deprecated`.

## Symptoms

- **Implicit dimension choice for softmax has been deprecated. Change the call to include dim=X as an argument.**: what
  PyTorch says of it, once
- **right for a batch of vectors, wrong for sequences**: with three axes it runs over the first

## Example

```python
import torch
import torch.nn as nn
import torch.nn.functional as F

model = nn.Linear(8, 10)
x, y = torch.randn(32, 8), torch.randint(0, 10, (32,))
loss = F.nll_loss(F.log_softmax(model(x)), y)
```

## Use instead

```python
import torch
import torch.nn as nn
import torch.nn.functional as F

model = nn.Linear(8, 10)
x, y = torch.randn(32, 8), torch.randint(0, 10, (32,))
loss = F.nll_loss(F.log_softmax(model(x), dim=1), y)
```

## Fix safety

The fix names the axis along which the units of the layer before lie: the last one after `nn.Linear`, the second after a
convolution. For two axes, and for the four of `nn.Conv2d`, that is what PyTorch chooses itself. It is unsafe because
for three axes, and for four after `nn.Linear`, PyTorch chooses another one. Where the layer is not known no fix is
offered, nor where it has a single unit: over that axis every output would be 1, so another one is meant.

To choose: nothing but the axis can be changed. If the output has three axes, find out first which one is meant.

## References

- [`torch.nn.functional.softmax`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.softmax.html)
- [pytorch/pytorch#37399](https://github.com/pytorch/pytorch/issues/37399)
"""

from __future__ import annotations

from dataclasses import replace

from lossl.edits import activation_name, exchange_activation, framework
from lossl.rule import Breach, Finding, Fix, Flaw, NeedKind, Severity, offer, rule

CHOSEN = "PyTorch takes the first axis of one or three and the second of two or four, and warns"
OTHER = {
    -1: "for more than two axes PyTorch has chosen another one",
    1: "for three axes PyTorch has chosen another one",
}
"""Why it is unsafe to name the axis of the units: the last one, or that of the channels."""


@rule(
    code="LSL207",
    name="softmax-without-dim",
    needs=(NeedKind.ACTIVATION,),
    found=(Flaw.NO_AXIS,),
    severity=Severity.INFO,
    since="0.1.0",
)
def check(breach: Breach) -> Finding | None:
    """Word the missing axis; offer that of the layer's units."""
    made = breach.call.makes
    if made is None or framework(breach) != "torch":
        return None
    activated = replace(breach, found=replace(breach.found, origin=made))
    message = f"{activation_name(activated)} is not told over which axis it runs"
    return Finding(message, CHOSEN, _with_axis(activated), at=made.place)


def _with_axis(breach: Breach) -> tuple[Fix, ...]:
    axis, name = breach.found.axis, breach.origin.name.rpartition(".")[2] if breach.origin is not None else ""
    if axis not in OTHER or breach.found.units == 1:
        return ()
    edits = exchange_activation(breach, {name: name}, f"dim={axis}")
    return offer(f"Let it run over dim={axis}", edits, risk=OTHER[axis])
