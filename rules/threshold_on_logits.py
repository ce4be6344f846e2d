"""Logits are compared with 0.5 or rounded as if they were probabilities.

## What it does

Finds logits that are compared with a number between 0.01 and 1 (`out > 0.5`, `out.ge(0.5)`, `tf.greater(out, 0.5)`) or
rounded to 0 or 1 (`torch.round`, `tf.round`, `keras.ops.round`), if what comes out of the same layer goes into a loss
that applies the sigmoid itself: `BCEWithLogitsLoss`, `binary_crossentropy` with `from_logits=True` and their relatives.
Such a loss says what the numbers are; its sigmoid stays inside of it.

Hidden features, scores of a regression and scores of classes that exclude each other are left alone, whatever they are
compared with.

## Why is this bad?

The sigmoid of 0 is 0.5, so the threshold of logits is 0. A threshold of 0.5 asks for a probability of 0.62: everything
between 0.50 and 0.62 counts as negative. Nothing fails, and accuracy, recall and F1 are lower than the model deserves.
For a small network that tells one digit from the nine others, F1 was 0.883 instead of 0.898 (Adam) and 0.865 instead
of 0.890 (SGD). The rarer the positives and the less sure the model, the more it loses.

Rounding is worse. Logits round to -4 or 7, hardly ever to the 0 or 1 of a label: the same network had an accuracy of
0.016 instead of 0.981.

Two things are no mistake. An `argmax` over classes does not mind whether a softmax was applied, and `out > 0` decides
exactly as `torch.sigmoid(out) > 0.5` does.

## Symptoms

- **recall is low, precision is high, F1 is lower than in the paper**: what lies between 0.50 and 0.62 is missed
- **accuracy is nearly 0 although the loss falls**: rounded logits are seldom 0 or 1
- **predictions are negative or larger than 1 after rounding**: logits round to any whole number
- **accuracy is lower than the loss promises**: a good loss and a wrong threshold

## Example

```python
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 1))
criterion = nn.BCEWithLogitsLoss()

x, y = torch.randn(32, 8), torch.rand(32, 1).round()
logits = model(x)
loss = criterion(logits, y)
accuracy = ((logits > 0.5) == y).float().mean()
```

## Use instead

```python
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 1))
criterion = nn.BCEWithLogitsLoss()

x, y = torch.randn(32, 8), torch.rand(32, 1).round()
logits = model(x)
loss = criterion(logits, y)
accuracy = ((logits > 0) == y).float().mean()
```

## Fix safety

Both fixes change which samples count as positive; that is their point. Training is not touched.

Rounding the sigmoid is safe: nobody means whole logits. Comparing with 0 instead of 0.5, or the sigmoid with the number
that stands there, is unsafe, because somebody may have chosen just this number for logits, by looking at their values.

To choose: comparing with 0 decides as the sigmoid compared with a half does, costs nothing and cannot be rounded. The
sigmoid keeps the number as it is written, which is easier to read and to tune. A sigmoid at the end of the model would
be a third way, for which the loss has to be changed as well.

## References

- [`torch.nn.BCEWithLogitsLoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html)
- Met in practice: [CompVis/adaptive-style-transfer](https://github.com/CompVis/adaptive-style-transfer/commit/f8e1c6af00),
  [facebookresearch/simmc](https://github.com/facebookresearch/simmc/commit/c682ac3759),
  [tensorflow/models#3269](https://github.com/tensorflow/models/issues/3269)
"""

from __future__ import annotations

import math
from dataclasses import replace

from lossl.edits import exchange_number, framework, input_name, loss_name, wrap_argument
from lossl.rule import Breach, Finding, Fix, Meaning, NeedKind, Severity, offer, rule

SIGMOIDS = {
    "torch": "torch.sigmoid",
    "tensorflow": "tensorflow.sigmoid",
    "keras": "keras.activations.sigmoid",
    "jax": "jax.nn.sigmoid",
    "optax": "jax.nn.sigmoid",
}
CHOSEN = "somebody may have chosen this number for logits"


@rule(
    code="LSL401",
    name="threshold-on-logits",
    needs=(NeedKind.THRESHOLD,),
    found=(Meaning.LOGITS,),
    severity=Severity.WARNING,
    since="0.1.0",
)
def check(breach: Breach) -> Finding | None:
    """Word the threshold if a loss says that these are logits; offer the threshold of logits, or the sigmoid."""
    loss = next((call for call in breach.losses if _sigmoid_inside(call.need.kind, call.need.link)), None)
    if loss is None or breach.call.option("decimals") is not None:
        return None
    said = replace(breach, call=loss)
    number = _number(breach)
    name = input_name(breach)
    done = f"{name} is rounded" if number is None else f"{name} is compared with {number:g}"
    message = f"{done} like a probability, but it holds logits: only {loss_name(said)} applies sigmoid to them"
    if number is None:
        return Finding(message, "logits round to any whole number, hardly ever to a label", _apply(breach, said, None))
    asked = 1 / (1 + math.exp(-number))
    consequence = f"this asks for a probability of {asked:.2f} instead of {number:g}"
    return Finding(message, consequence, _zero(breach, number) + _apply(breach, said, CHOSEN))


def _sigmoid_inside(kind: NeedKind, link: str | None) -> bool:
    return kind is NeedKind.SIGMOID_LOGITS or (kind is NeedKind.DECLARED_LOGITS and link == "sigmoid")


def _number(breach: Breach) -> float | None:
    """What the logits are compared with; None if they are rounded."""
    only = breach.call.beside.value.only if breach.call.beside is not None else None
    number = getattr(only, "value", getattr(only, "filled", None))
    return number if isinstance(number, float) else None


def _zero(breach: Breach, number: float) -> tuple[Fix, ...]:
    return offer("Compare with 0", exchange_number(breach, "0"), risk=CHOSEN) if number == 0.5 else ()


def _apply(breach: Breach, said: Breach, risk: str | None) -> tuple[Fix, ...]:
    sigmoid = SIGMOIDS.get(framework(breach)) or SIGMOIDS.get(framework(said))
    return offer("Apply sigmoid first", wrap_argument(breach, sigmoid), risk=risk) if sigmoid is not None else ()
