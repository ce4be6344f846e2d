"""Log-probabilities are passed to a binary cross-entropy.

## What it does

Finds outputs of a logsigmoid or `log_softmax` that reach a binary cross-entropy: `torch.nn.BCEWithLogitsLoss`,
`torch.nn.BCELoss`, their functions, `tf.nn.sigmoid_cross_entropy_with_logits`, `optax.sigmoid_binary_cross_entropy`,
Keras' `binary_crossentropy` and `BinaryCrossentropy` without `from_logits=True`. Some of these take logits, some take
probabilities, none takes logarithms of probabilities.

## Why is this bad?

It depends on the loss. `BCELoss` raises `RuntimeError: all elements of input should be between 0 and 1` at the first
batch. The others are silent.

Keras clips what it gets to the range from 1e-7 to 1 - 1e-7. All log-probabilities are at most 0, so all become 1e-7:
the loss is 16.1 for `y = 1` and 0 for `y = 0` whatever the model says, there is no gradient, and nothing is learned.

A loss with logits applies a sigmoid to log p, which is p / (1 + p) and never more than 0.5:

| target | loss of one element as it should be | with log p in place of logits |
|---|---|---|
| `y = 1` | 0 to infinity | 0.693 to infinity |
| `y = 0` | 0 to infinity | 0 to 0.693 |

So the loss looks as if training had converged near 0.69, `sigmoid(output) > 0.5` is never true, and false alarms are
hardly unlearned. For `y = 0` the gradient is too small by this factor:

| logit | -2 | 0 | 2 | 5 | 10 |
|---|---|---|---|---|---|
| factor | 1.3 | 3.0 | 16 | 300 | 44,000 |

`log_softmax` belongs to `NLLLoss`; `CrossEntropyLoss` does not mind it, either.

## Symptoms

- **RuntimeError: all elements of input should be between 0 and 1**: `BCELoss`, at the first batch
- **loss does not go below 0.693**: a loss that takes logits; `y = 1` cannot cost less (ln 2)
- **loss starts at 0.752**: the same with a fresh model and balanced targets; it should be 0.693
- **loss stuck at 16.118 or 8.059**: Keras: each `y = 1` costs 16.118 whatever the model says; 8.059 if half of them are
- **predicts only one class, never positive**: `sigmoid(output)` is at most 0.5
- **accuracy does not move**: in Keras there is no gradient at all

## Example

```python
import torch
import torch.nn as nn
import torch.nn.functional as F

model = nn.Linear(8, 1)
criterion = nn.BCEWithLogitsLoss()

x, y = torch.randn(32, 8), torch.rand(32, 1).round()
loss = criterion(F.logsigmoid(model(x)), y)
```

## Use instead

```python
import torch
import torch.nn as nn

model = nn.Linear(8, 1)
criterion = nn.BCEWithLogitsLoss()

x, y = torch.randn(32, 8), torch.rand(32, 1).round()
loss = criterion(model(x), y)
```

## Fix safety

Where the loss takes logits, removing the logsigmoid is safe if this loss is the only reader of its output.

Where it takes probabilities, replacing the logsigmoid by a sigmoid is safe on the same condition. Applying `exp` in the
call of the loss is safe if that call only ever gets the output of a logsigmoid: no other reader sees anything else.

After `log_softmax` only you know whether the classes exclude each other, so every alternative is unsafe: a categorical
cross-entropy suits classes of which exactly one is right; without the softmax, or with a sigmoid in its place, each
class is judged on its own.

To choose: removing the logarithm together with the activation leaves logits, which is the stable way if the loss takes
them. `exp` in the call changes nothing but that call: the model goes on putting out logarithms, and the loss takes the
logarithm of a rounded number.

## References

- [`torch.nn.BCEWithLogitsLoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html)
- [`torch.nn.BCELoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.BCELoss.html)
- [`torch.nn.LogSigmoid`](https://docs.pytorch.org/docs/stable/generated/torch.nn.LogSigmoid.html)
- [Keras: probabilistic losses](https://keras.io/api/losses/probabilistic_losses/)
"""

from __future__ import annotations

from lossl.edits import (
    activation_name,
    assuming,
    both,
    exchange_activation,
    exchange_loss,
    fed,
    framework,
    input_state,
    loss_name,
    removal_risk,
    remove_activation,
    sharing_risk,
    sole_source,
    twin,
    wrap_argument,
)
from lossl.rule import Breach, Edit, Finding, Fix, Meaning, NeedKind, Severity, offer, rule

SIGMOID = {"logsigmoid": "torch.sigmoid", "LogSigmoid": "Sigmoid", "log_sigmoid": "sigmoid"}
OF_EACH_CLASS = {"log_softmax": "sigmoid", "LogSoftmax": "Sigmoid"}
SOFTMAX = {"log_softmax": "softmax"}
FOR_PROBABILITIES = {
    "torch.nn.BCEWithLogitsLoss": "torch.nn.BCELoss",
    "torch.nn.functional.binary_cross_entropy_with_logits": "torch.nn.functional.binary_cross_entropy",
}
FOR_EXCLUSIVE_CLASSES = {
    "torch.nn.BCEWithLogitsLoss": "torch.nn.CrossEntropyLoss",
    "torch.nn.BCELoss": "torch.nn.CrossEntropyLoss",
    "torch.nn.functional.binary_cross_entropy_with_logits": "torch.nn.functional.cross_entropy",
    "torch.nn.functional.binary_cross_entropy": "torch.nn.functional.cross_entropy",
    "tensorflow.nn.sigmoid_cross_entropy_with_logits": "tensorflow.nn.softmax_cross_entropy_with_logits",
    "optax.losses.sigmoid_binary_cross_entropy": "optax.losses.softmax_cross_entropy",
}
"""Losses that do not mind `log_softmax`."""
FOR_DISTRIBUTIONS = {
    "keras.losses.BinaryCrossentropy": "keras.losses.CategoricalCrossentropy",
    "keras.losses.binary_crossentropy": "keras.losses.categorical_crossentropy",
}
WEIGHTS = ("weight", "pos_weight")
"""Options that a categorical cross-entropy lacks or understands in another way."""
EXPONENTIALS = {"torch": "torch.exp", "keras": "keras.ops.exp"}
EACH, EXCLUSIVE = (
    "only right if the classes do not exclude each other",
    "only right if exactly one class is true of each sample",
)
HALF = (
    "sigmoid of log p is p / (1 + p), at most 0.5: the loss cannot fall below 0.693 for y=1, and for y=0 the gradient "
    "nearly vanishes where the model is confidently wrong"
)
CONSEQUENCE = {
    "torch": "log-probabilities are not between 0 and 1, so it stops with a RuntimeError at the first batch",
    "keras": "log-probabilities are clipped to probability 0.0000001: the loss is the same whatever the model says, "
    "and the gradient is 0",
}
OTHERWISE = "the loss is computed from numbers that are no probabilities, so it means nothing"


@rule(
    code="LSL112",
    name="log-probabilities-into-bce",
    needs=(NeedKind.SIGMOID_LOGITS, NeedKind.PROBABILITY),
    found=(Meaning.LOG_PROBABILITY, Meaning.LOG_DISTRIBUTION),
    severity=Severity.ERROR,
    since="0.1.0",
)
def check(breach: Breach) -> Finding:
    """Word the logarithm too many; offer to undo it, or another loss for classes that exclude each other."""
    takes = "logits" if _takes_logits(breach) else "probabilities"
    message = f"{loss_name(breach)} takes {takes}, but {input_state(breach, already=True)}"
    consequence = HALF if _takes_logits(breach) else CONSEQUENCE.get(framework(breach), OTHERWISE)
    if breach.found.meaning is Meaning.LOG_DISTRIBUTION:
        return Finding(message, consequence, _each_class(breach) + _exclusive(breach))
    return Finding(message, consequence, _undo(breach) + _exp(breach))


def _takes_logits(breach: Breach) -> bool:
    return breach.need.kind is NeedKind.SIGMOID_LOGITS


def _undo(breach: Breach) -> tuple[Fix, ...]:
    """Without the logarithm of a sigmoid."""
    activation, removed = activation_name(breach), remove_activation(breach)
    if activation == "log" and _takes_logits(breach):
        return _probabilities(breach, removed)
    if activation == "log" or _takes_logits(breach):
        return offer(f"Remove the {activation}", removed, risk=removal_risk(breach))
    edits = exchange_activation(breach, SIGMOID)
    return offer(f"Replace the {activation} by sigmoid", edits, risk=removal_risk(breach))


def _probabilities(breach: Breach, removed: tuple[Edit, ...] | None) -> tuple[Fix, ...]:
    """The logarithm removed from a sigmoid, and the loss that wants just that."""
    if breach.call.option("pos_weight") or not sole_source(breach):
        return ()
    edits = both(removed, exchange_loss(breach, FOR_PROBABILITIES))
    risk = removal_risk(breach) or sharing_risk(breach)
    return offer(f"Remove the log and use {twin(breach, FOR_PROBABILITIES)}", edits, risk=risk)


def _exp(breach: Breach) -> tuple[Fix, ...]:
    given, exp = fed(breach, everywhere=False), EXPONENTIALS.get(framework(breach))
    if _takes_logits(breach) or activation_name(breach) == "log" or exp is None:
        return ()
    if not given <= {Meaning.LOG_PROBABILITY, None}:
        return ()
    risk = "some callers may pass probabilities already" if None in given else None
    return offer("Apply exp in the call", wrap_argument(breach, exp), risk=risk)


def _each_class(breach: Breach) -> tuple[Fix, ...]:
    if activation_name(breach) != "log_softmax":
        return ()
    if _takes_logits(breach):
        return offer("Remove the log_softmax", remove_activation(breach), risk=assuming(breach, EACH))
    edits = exchange_activation(breach, OF_EACH_CLASS, "")
    return offer("Replace the log_softmax by sigmoid", edits, risk=assuming(breach, EACH))


def _exclusive(breach: Breach) -> tuple[Fix, ...]:
    if any(breach.call.option(name) for name in WEIGHTS) or fed(breach) - {Meaning.LOG_DISTRIBUTION, None}:
        return ()
    if breach.call.choice.loss in FOR_EXCLUSIVE_CLASSES:
        title = f"Use {twin(breach, FOR_EXCLUSIVE_CLASSES)}"
        return offer(title, exchange_loss(breach, FOR_EXCLUSIVE_CLASSES), risk=EXCLUSIVE)
    if not sole_source(breach):
        return ()
    title = f"Use softmax and {twin(breach, FOR_DISTRIBUTIONS)}"
    edits = both(exchange_activation(breach, SOFTMAX), exchange_loss(breach, FOR_DISTRIBUTIONS))
    return offer(title, edits, risk=assuming(breach, EXCLUSIVE))
