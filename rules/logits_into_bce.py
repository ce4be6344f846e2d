"""Logits are passed to a binary cross-entropy that takes probabilities.

## What it does

Finds raw scores, usually of a last linear layer without activation, that reach `torch.nn.BCELoss`,
`torch.nn.functional.binary_cross_entropy`, or Keras' `binary_crossentropy` and `BinaryCrossentropy` without
`from_logits=True`. These losses take the logarithm of what they get and expect numbers between 0 and 1.

## Why is this bad?

PyTorch says so only when the data force it to: `BCELoss` raises `RuntimeError: all elements of input should be between
0 and 1` as soon as one score leaves that range, which may be in the first batch or hours later. Scores that happen to
lie inside are taken for probabilities, and the model is trained on the wrong loss.

Keras is silent. It clips the scores to the range from 1e-7 to 1 - 1e-7, so every negative score becomes probability 0
and every score above 1 becomes probability 1. Where a score is clipped there is no gradient, and a sample that is
clipped on the wrong side costs about 16 for good. Such a binary classifier on the digits data stayed at an accuracy of
0.50 with SGD and reached 0.73 to 0.82 with Adam. This is the most harmful of all confusions of logits and
probabilities in Keras.

A sigmoid followed by `binary_crossentropy` or `BCELoss`, on the other hand, is not a bug. It is fragile at most: in
float32 the gradient is lost beyond logits of about 16, which the losses that take logits do not suffer from.

## Symptoms

- **RuntimeError: all elements of input should be between 0 and 1**: what PyTorch says of the first score outside
- **CUDA error: device-side assert triggered, Assertion `input_val >= zero && input_val <= one` failed**: the same on
  a GPU
- **loss stuck at 16.118 or 15.942**: Keras, a sample clipped on the wrong side, for `y = 1` and for `y = 0`
- **loss stuck at 7.971**: Keras, half of the samples are clipped on the wrong side
- **accuracy does not move**: in Keras there is no gradient where a score is clipped
- **predicts only one class**: in Keras all scores may be clipped on the same side

## Example

```python
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 1))
criterion = nn.BCELoss()

x, y = torch.randn(32, 8), torch.rand(32, 1).round()
loss = criterion(model(x), y)
```

## Use instead

```python
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 1))
criterion = nn.BCEWithLogitsLoss()

x, y = torch.randn(32, 8), torch.rand(32, 1).round()
loss = criterion(model(x), y)
probability = torch.sigmoid(model(x))
```

## Fix safety

Taking the loss for logits (`BCEWithLogitsLoss`, or `from_logits=True` in Keras) is safe if every use of that loss is
fed with logits: no other reader of the output sees anything else than before. Applying the sigmoid in the call of the
loss is safe if that call only ever gets logits.

Neither touches what the model puts out. If you compare its output with 0.5 or print it as a probability, that was wrong
before and still is.

To choose: the loss for logits is the stable way, with a gradient for every score, and it runs in mixed precision. A
sigmoid in the call keeps the loss that is there, which may be somebody's own or be shared; it is right, but it takes
the logarithm of a rounded number.

## References

- [`torch.nn.BCELoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.BCELoss.html)
- [Keras: probabilistic losses](https://keras.io/api/losses/probabilistic_losses/)
- [keras-team/keras-hub#1008](https://github.com/keras-team/keras-hub/pull/1008), which made this mistake an error for
  its own models
"""

from __future__ import annotations

from lossl.edits import (
    BCE_FOR_LOGITS,
    exchange_loss,
    fed,
    framework,
    input_name,
    loss_name,
    set_option,
    sharing_risk,
    twin,
    wrap_argument,
)
from lossl.rule import Breach, Finding, Fix, Meaning, NeedKind, Severity, offer, rule

WITH_FLAG = {
    "keras.losses.binary_crossentropy": "keras.losses.BinaryCrossentropy",
    "keras.losses.BinaryCrossentropy": "keras.losses.BinaryCrossentropy",
    "keras.losses.binary_focal_crossentropy": "keras.losses.BinaryFocalCrossentropy",
    "keras.losses.BinaryFocalCrossentropy": "keras.losses.BinaryFocalCrossentropy",
    "keras.backend.binary_crossentropy": "",
    "keras.ops.binary_crossentropy": "",
}
"""Losses with an option `from_logits`, and the class that replaces a string or an uncalled reference."""
SIGMOIDS = {"torch": "torch.sigmoid", "keras": "keras.activations.sigmoid"}
CONSEQUENCES = {
    "torch": "it stops with a RuntimeError as soon as one value leaves the range 0 to 1; until then scores are taken "
    "for probabilities and the model is trained on the wrong loss",
    "keras": "values outside the range 0 to 1 are clipped silently: below 0 counts as probability 0, above 1 as 1, "
    "and there the gradient is zero; accuracy stays near 0.50 with SGD",
}
OTHERWISE = "the logarithm is taken of numbers that are no probabilities, so the loss means nothing"


@rule(
    code="LSL103",
    name="logits-into-bce",
    needs=(NeedKind.PROBABILITY,),
    found=(Meaning.LOGITS,),
    severity=Severity.ERROR,
    since="0.1.0",
)
def check(breach: Breach) -> Finding:
    """Word the missing sigmoid; offer the loss that takes logits, or the sigmoid in the call."""
    message = f"{loss_name(breach)} takes probabilities, but {input_name(breach)} holds {breach.found.meaning.spoken}"
    return Finding(message, CONSEQUENCES.get(framework(breach), OTHERWISE), _exchange(breach) + _wrap(breach))


def _exchange(breach: Breach) -> tuple[Fix, ...]:
    loss, risk = breach.call.choice.loss, sharing_risk(breach)
    if fed(breach) - {breach.found.meaning, None}:
        return ()
    if loss in BCE_FOR_LOGITS:
        return offer(f"Use {twin(breach, BCE_FOR_LOGITS)}", exchange_loss(breach, BCE_FOR_LOGITS), risk=risk)
    return (
        offer("Set from_logits=True", set_option(breach, "from_logits", "True", WITH_FLAG), risk=risk)
        if loss in WITH_FLAG
        else ()
    )


def _wrap(breach: Breach) -> tuple[Fix, ...]:
    sigmoid, given = SIGMOIDS.get(framework(breach)), fed(breach, everywhere=False)
    if sigmoid is None or breach.call.wired or given - {breach.found.meaning, None}:
        return ()
    risk = "some callers may pass probabilities already" if None in given else None
    return offer("Apply sigmoid in the call", wrap_argument(breach, sigmoid), risk=risk)
