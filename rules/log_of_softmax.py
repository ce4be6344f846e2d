"""The logarithm of a softmax is taken in two steps.

## What it does

Finds `torch.log(F.softmax(x, dim=1))`, `tf.math.log(tf.nn.softmax(x))`, `jnp.log(jax.nn.softmax(x))` and the same in
two statements, through a model that ends in a softmax, or in a function that is handed its output. A softmax that is
clamped, or that something is added to before, is left alone.

## Why is this bad?

It is right on paper. In float32 a softmax is exactly 0 for a class whose score lies 104 below the largest, and the
logarithm of that is minus infinity: the loss is infinite, its gradient is not a number, and one step of the optimizer
later all weights are. In float16 it happens from a distance of 17.3.

`log_softmax` subtracts instead of dividing and never meets the 0: at a distance of 200 its loss is 200. It costs less,
too.

## Symptoms

- **loss is nan or inf after some epochs**: a score came to lie 104 below another
- **loss is nan in half precision, fine in float32**: 17.3 is enough there
- **nan gradients, all weights nan**: the derivative of the logarithm at 0

## Example

```python
import torch
import torch.nn as nn
import torch.nn.functional as F

model = nn.Linear(8, 10)
x, y = torch.randn(32, 8), torch.randint(0, 10, (32,))
loss = F.nll_loss(torch.log(F.softmax(model(x), dim=1)), y)
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

Taking `log_softmax` instead of both is safe if nobody else reads the softmax; it computes the same, and is finite where
that is not. If code outside the checked files may read it, the fix is unsafe. If somebody certainly does (an entropy, a
printed confidence), that reader needs the softmax, and there is no fix. Nor is there one for a logarithm in a function
that is handed the softmax: others may hand it something else.

To choose: a tiny number added to the softmax, or a clamp, would be local and keep the probabilities for others; it ends
the infinite loss, but a class far below that number gets hardly any gradient. `log_softmax` needs the model or the
function to put out logarithms and has no limit.

## References

- [`torch.nn.functional.log_softmax`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.log_softmax.html),
  which says so: doing the two operations separately is slower and numerically unstable
- [`jax.nn.log_softmax`](https://docs.jax.dev/en/latest/_autosummary/jax.nn.log_softmax.html)
"""

from __future__ import annotations

from lossl.edits import activation_name, input_name, logarithm_of, only_reader, take_logarithm
from lossl.rule import Breach, Finding, Meaning, NeedKind, Severity, offer, rule

LOG = {"softmax": "log_softmax", "Softmax": "LogSoftmax"}
CONSEQUENCE = (
    "in float32 it is minus infinity for a class whose score lies 104 below the largest, and then loss and gradient "
    "are lost"
)


@rule(
    code="LSL201",
    name="log-of-softmax",
    needs=(NeedKind.LOGARITHM,),
    found=(Meaning.DISTRIBUTION,),
    severity=Severity.INFO,
    since="0.1.0",
)
def check(breach: Breach) -> Finding | None:
    """Word the two steps, if nothing is done between them; offer the one."""
    if activation_name(breach) != "softmax" or logarithm_of(breach) != "activation":
        return None
    message = f"the logarithm is taken of a softmax, {input_name(breach)}, instead of log_softmax in one"
    return Finding(
        message, CONSEQUENCE, offer("Take log_softmax", take_logarithm(breach, LOG), risk=only_reader(breach))
    )
