"""Dropout is applied to the output of the model, between its last layer and the loss.

## What it does

Finds losses whose prediction went through a dropout after the last layer: on the logits, before or without an
activation, or on the probabilities behind it. Dropout between layers is what it was made for, and left alone; so is one
whose rate is 0 or that is told not to train, and one behind a `log_softmax`, which merely leaves out samples.

## Why is this bad?

Dropout sets numbers to zero in the hope that later layers learn to do without them. Behind the last layer there is none
that could. A logit of 0 is a score like any other: where the right class loses its score the loss is that of a guess,
however good the model is. So it has a floor:

| rate | one unit | 2 classes | 10 classes | 100 classes |
|---|---|---|---|---|
| 0.5 | 0.347 | 0.173 | 0.831 | 1.959 |
| 0.2 | 0.139 | 0.028 | 0.185 | 0.603 |

The model hedges, and its probabilities stay too low. A small network on the digits data, with a rate of 0.5, was right
as often as without (0.96), but its confidence fell from 0.90 to 0.78, and the cross-entropy of the test data rose from
0.18 to 0.31. What is printed while it trains is worse than what it learned: a loss of 1.02 instead of 0.14, an accuracy
of 0.57 instead of 0.97.

Behind a sigmoid or softmax it costs more. What is kept is divided by the share that is kept, which gives numbers above
1: PyTorch's `BCELoss` stops there, Keras cuts them off. What is dropped is a probability of 0 for what is right, for
which Keras counts 16.1. With a rate of 0.5 that is a loss of 8.06 for a perfect model, of 3.22 with 0.2, without a
gradient wherever it was cut off. Trained so by SGD, a network that tells one digit from the nine others had an F1 score
of 0.39 instead of 0.80.

## Symptoms

- **training loss stays above the validation loss, training accuracy is far below the validation accuracy**: dropout is
  off when the model predicts
- **loss does not go below 0.347, 0.173, 0.831 or 1.959**: a rate of 0.5 on the logits; one unit, 2, 10 or 100 classes
- **loss is stuck at 8.06 or at 3.22**: Keras, a rate of 0.5 or 0.2 behind the softmax
- **probabilities are too low, confidence is low although accuracy is good**: the model hedges
- **RuntimeError: all elements of input should be between 0 and 1**: PyTorch, behind a sigmoid

## Example

```python
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 10), nn.Dropout(0.5))
criterion = nn.CrossEntropyLoss()

x, y = torch.randn(32, 8), torch.randint(0, 10, (32,))
loss = criterion(model(x), y)
```

## Use instead

```python
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Dropout(0.5), nn.Linear(16, 10))
criterion = nn.CrossEntropyLoss()

x, y = torch.randn(32, 8), torch.randint(0, 10, (32,))
loss = criterion(model(x), y)
```

## Fix safety

Removing the dropout is unsafe: it kept the model from overfitting, in its way, and may have been meant for the input of
the last layer.

To choose: put it before the last layer if the model overfits, and leave it out otherwise. No other loss would help.

## References

- [Srivastava et al., 2014](https://jmlr.org/papers/v15/srivastava14a.html): dropout of the units of hidden layers and
  of the input
- [`torch.nn.Dropout`](https://docs.pytorch.org/docs/stable/generated/torch.nn.Dropout.html)
"""

from __future__ import annotations

from lossl.edits import input_name, loss_name, remove_dropout
from lossl.rule import Breach, Finding, Fix, Flaw, Meaning, NeedKind, Severity, offer, rule

ON_SCORES = (
    "a score of 0 is a score like any other: where the right one is dropped the loss is that of a guess, so it does "
    "not approach 0, and the probabilities stay too low"
)
ON_PROBABILITIES = (
    "what is dropped is a probability of 0, also of what is right, and what is kept may be larger than 1: no model "
    "brings the loss near 0"
)
LOGS = (Meaning.LOG_PROBABILITY, Meaning.LOG_DISTRIBUTION)
MEANT = "the model may overfit without it, and it may have been meant for the input of the last layer"


@rule(
    code="LSL116",
    name="dropout-on-output",
    needs=tuple(kind for kind in NeedKind if kind.of_prediction),
    found=(Flaw.DROPPED_OUT,),
    severity=Severity.WARNING,
    since="0.1.0",
)
def check(breach: Breach) -> Finding | None:
    """Word the dropout behind the last layer; offer to leave it out."""
    after = _activated_first(breach)
    if after and breach.found.meaning in LOGS:
        return None  # a logarithm of 0 is a loss of 0: samples are left out, and the others count more
    message = f"{loss_name(breach)} is given {input_name(breach)}, of which dropout sets a part to zero"
    return Finding(message, ON_PROBABILITIES if after else ON_SCORES, _remove(breach))


def _activated_first(breach: Breach) -> bool:
    """True if dropout acts on what an activation made, not on the scores that went into it."""
    places = [step.place for step in breach.steps]
    made, dropped = breach.origin, breach.found.dropped
    if breach.found.meaning is Meaning.LOGITS or made is None or dropped is None:
        return False
    return made.place in places and dropped.place in places[places.index(made.place) :]


def _remove(breach: Breach) -> tuple[Fix, ...]:
    dropped = breach.found.dropped
    if dropped is None or dropped.name.startswith("haiku."):
        return ()  # there the numbers are not the first argument
    return offer("Remove the dropout", remove_dropout(breach), risk=MEANT)
