"""A softmax runs over the batch instead of the classes.

## What it does

Finds a softmax or log_softmax over axis 0 whose output reaches a loss that looks for the classes along another axis:
`torch.nn.NLLLoss`, `torch.nn.CrossEntropyLoss`, `torch.nn.CTCLoss`, their functions, and the categorical losses of
Keras.

For a single sample without a batch axis, axis 0 is the axis of the classes, and right. So nothing is said if the
scores were reshaped before the softmax, as in `log_softmax(x.view(-1), dim=0)`, or if its output is reshaped before the
loss, as in `loss(p[None], y)`, nor in JAX, where functions are written for one sample and mapped over the batch.

A softmax over axis 0 that reaches `NLLLoss` without the logarithm is reported as `nll-without-log-softmax`, and as
`double-softmax` before `CrossEntropyLoss`.

## Why is this bad?

The samples of a batch compete with each other, the classes of a sample do not. What a sample gets depends on the others
that happen to be in its batch, so the same sample gets other numbers when it is evaluated, and a batch of one gives 1
for every class. Nothing stops the model from giving every class of a sample a large share.

A small network on the digits data reaches an accuracy of 0.88 with Adam and 0.77 with SGD where 0.95 is possible. The
loss of a guess is the logarithm of the batch size, not of the number of classes: 3.466 for 32 samples. No error and no
warning is raised.

## Symptoms

- **loss is 0 for a batch of one, exactly zero for a single sample**: with one sample there is nothing to compete with
- **loss starts at 2.773, 3.466, 4.159, 4.852 or 5.545**: ln N for a batch of 16, 32, 64, 128 or 256 samples, not ln C
- **loss depends on the batch size, predictions change with the batch**: a sample competes with its neighbours
- **probabilities of one sample do not sum to one**: those of one class over the batch do

## Example

```python
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 10), nn.LogSoftmax(dim=0))
criterion = nn.NLLLoss()

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

## Fix safety

The fix lets the softmax run over the axis along which the loss looks for the classes. It is unsafe, because it assumes
that there is a batch axis, and because everybody else who reads the output sees other numbers.

To choose: there is no loss for a distribution over the batch, so nothing but the axis can be changed.

## References

- [`torch.nn.LogSoftmax`](https://docs.pytorch.org/docs/stable/generated/torch.nn.LogSoftmax.html)
- [`torch.nn.NLLLoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.NLLLoss.html)
- Met in practice: [MicrosoftDocs/pytorchfundamentals#21](https://github.com/MicrosoftDocs/pytorchfundamentals/issues/21)
"""

from __future__ import annotations

from lossl.edits import activation_name, exchange_activation, framework, input_name, input_state, loss_name
from lossl.rule import Breach, Finding, Fix, Flaw, Meaning, NeedKind, Severity, offer, rule

AXES = {"torch": "dim=1", "keras": "axis=-1"}
"""Where losses look for the classes, as an argument of a softmax."""
COMPETING = (
    "the samples of a batch compete with each other, the classes of a sample do not: what a sample gets depends on its "
    "neighbours, and a batch of one gives 1 for every class"
)
ASSUMED = "only right if the first axis is the batch"


@rule(
    code="LSL206",
    name="softmax-over-batch",
    needs=(NeedKind.SOFTMAX_LOGITS, NeedKind.DISTRIBUTION, NeedKind.LOG_DISTRIBUTION),
    found=(Flaw.OVER_BATCH,),
    severity=Severity.WARNING,
    since="0.1.0",
)
def check(breach: Breach) -> Finding | None:
    """Word the axis; offer that of the classes. Nothing is said of what may be a single sample."""
    if breach.origin is None or breach.origin.blind or framework(breach) not in AXES:
        return None
    state = input_state(breach)
    if breach.found.meaning is Meaning.LOG_PROBABILITY:  # rows chosen by a mask
        state = f"{input_name(breach)} is a part of {Meaning.LOG_DISTRIBUTION.spoken}"
    message = f"{loss_name(breach)} needs it over the classes, but {state} over the first axis, the batch"
    return Finding(message, COMPETING, _over_the_classes(breach))


def _over_the_classes(breach: Breach) -> tuple[Fix, ...]:
    last = breach.origin.name.rpartition(".")[2] if breach.origin is not None else ""
    if activation_name(breach) not in ("softmax", "log_softmax"):
        return ()
    axis = "dim=-1" if "ctc" in breach.call.loss.lower() else AXES[framework(breach)]
    edits = exchange_activation(breach, {last: last}, axis)
    return offer(f"Let the {activation_name(breach)} run over the classes", edits, risk=ASSUMED)
