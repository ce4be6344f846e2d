"""The logarithm of a sigmoid, or of 1 minus a sigmoid, is taken in two steps.

## What it does

Finds `torch.log(torch.sigmoid(x))` and `torch.log(1 - torch.sigmoid(x))`, and the same in TensorFlow, Keras and JAX, in
two statements, through a model that ends in a sigmoid, or in a function that is handed its output: mostly a binary
cross-entropy or the loss of a GAN written by hand. A sigmoid that is clamped, or that something is added to before, is
left alone.

## Why is this bad?

It is right on paper. In float32 the sigmoid of 16.64 is exactly 1, so that `log(1 - sigmoid(x))` is minus infinity
from there on, and its gradient is not a number. This is not far: a discriminator that is sure of itself gets there.
On the other side there is more room: a sigmoid is 0 from -88.7, and the logarithm minus infinity. In float16 the
sigmoid of 8.32 is already 1.

Adding a tiny number helps less than it seems: 1e-8 added to a number near 1 changes nothing in float32.

`logsigmoid(x)` is the logarithm of a sigmoid, `logsigmoid(-x)` that of 1 minus a sigmoid, exact for every `x`.

## Symptoms

- **loss is nan or inf after some epochs**: a logit passed 16.64
- **nan in half precision, fine in float32**: 8.32 is enough there
- **GAN loss is nan**: the discriminator is sure of itself
- **nan gradients, all weights nan**: the derivative of the logarithm at 0

## Example

```python
import torch
import torch.nn as nn

model = nn.Linear(8, 1)
x, y = torch.randn(32, 8), torch.rand(32, 1).round()
loss = -(y * torch.log(torch.sigmoid(model(x)))).mean()
```

## Use instead

```python
import torch
import torch.nn as nn
import torch.nn.functional as F

model = nn.Linear(8, 1)
x, y = torch.randn(32, 8), torch.rand(32, 1).round()
loss = -(y * F.logsigmoid(model(x))).mean()
```

## Fix safety

Taking the logarithm of the sigmoid in one is safe if nobody else reads the sigmoid; it computes the same, and is finite
where that is not. If code outside the checked files may read it, the fix is unsafe. If somebody certainly does, as in
a binary cross-entropy by hand, there is no fix: use one of the losses for logits.

For 1 minus a sigmoid it is offered where all of it stands in one expression. For a logarithm in a function that is
handed the sigmoid there is none: others may hand it something else.

To choose: a tiny number added to the sigmoid, or a clamp, would be local and keep the probabilities for others; it ends
the infinite loss, but a score far beyond it gets hardly any gradient. `logsigmoid` has no limit, and whoever needs
probabilities takes the sigmoid of the score.

## References

- [`torch.nn.functional.logsigmoid`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.logsigmoid.html)
- [`torch.nn.BCEWithLogitsLoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html), which
  is the whole binary cross-entropy, exact
- [`jax.nn.log_sigmoid`](https://docs.jax.dev/en/latest/_autosummary/jax.nn.log_sigmoid.html)
"""

from __future__ import annotations

from lossl.edits import activation_name, input_name, logarithm_of, only_reader, take_logarithm
from lossl.rule import Breach, Finding, Fix, Meaning, NeedKind, Severity, offer, rule

LOG = {
    "torch": {"sigmoid": "torch.nn.functional.logsigmoid", "Sigmoid": "LogSigmoid"},
    "tensorflow": {"sigmoid": "tensorflow.math.log_sigmoid"},
    "keras": {"sigmoid": "log_sigmoid"},
    "jax": {"sigmoid": "log_sigmoid", "expit": "jax.nn.log_sigmoid"},
}
"""The logarithm of a sigmoid, by the package of the sigmoid; where there is no module, in that of the sigmoid."""
CONSEQUENCES = {
    "activation": "in float32 it is minus infinity from a logit of -88.7, and then loss and gradient are lost",
    "complement": "in float32 it is minus infinity from a logit of 16.64, and then loss and gradient are lost",
}


@rule(
    code="LSL202",
    name="log-of-sigmoid",
    needs=(NeedKind.LOGARITHM,),
    found=(Meaning.PROBABILITY,),
    severity=Severity.INFO,
    since="0.1.0",
)
def check(breach: Breach) -> Finding | None:
    """Word the two steps, if nothing is done between them; offer the one."""
    taken = logarithm_of(breach)
    if activation_name(breach) != "sigmoid" or not taken:
        return None
    of = "a sigmoid" if taken == "activation" else "1 minus a sigmoid"
    message = f"the logarithm is taken of {of}, {input_name(breach)}, instead of logsigmoid in one"
    return Finding(message, CONSEQUENCES[taken], _in_one(breach))


def _in_one(breach: Breach) -> tuple[Fix, ...]:
    name = breach.origin.name if breach.origin is not None else ""
    if name.startswith("keras.backend."):
        return ()
    edits = take_logarithm(breach, LOG.get(name.partition(".")[0], {}))
    return offer("Take the logarithm of the sigmoid in one", edits, risk=only_reader(breach))
