"""A probability is passed to a loss that applies sigmoid itself.

## What it does

Finds outputs of a sigmoid or softmax that reach `torch.nn.BCEWithLogitsLoss`,
`torch.nn.functional.binary_cross_entropy_with_logits`, `tf.nn.sigmoid_cross_entropy_with_logits`,
`optax.sigmoid_binary_cross_entropy`, or a loss of your own that is built on one of them.

A loss "with logits" does not want a sigmoid before it. It wants the raw scores of the last linear layer and applies
the sigmoid inside, together with the logarithm, because that is where float arithmetic stays exact.

## Why is this bad?

The second sigmoid sees numbers between 0 and 1, so what it gives lies between 0.5 and 0.731. Whatever the model does,
the loss of one element stays inside a fence:

| target | one sigmoid | two sigmoids |
|---|---|---|
| `y = 1` | 0 to infinity | 0.313 to 0.693 |
| `y = 0` | 0 to infinity | 0.693 to 1.313 |

It is often said that a doubled sigmoid drives the loss to 0. It does the opposite: the loss cannot come near 0, and on
the screen it settles at a value like 0.69 and looks as if training had converged. No error and no warning is raised.

Gradients shrink, and most where they are needed most. For `y = 1` the gradient is too small by this factor:

| logit | 5 | 0 | -1 | -2 | -5 | -10 |
|---|---|---|---|---|---|---|
| factor | 3.7 | 5.3 | 8.6 | 18 | 300 | 44,000 |

On a balanced, easy task this may stay hidden. Many labels or rare positives show it: a small network on the digits
data with ten yes-or-no outputs reaches a test accuracy of 0.13 (Adam) or 0.11 (SGD) where 0.95 is possible, and with
10 % positives the F1 score falls from 0.91 to 0.

After a softmax the fence is the same. Adam still gets through on that task (0.93), SGD does not (0.11).

## Symptoms

- **loss stuck at 0.693**: `y = 0` cannot cost less (ln 2); a task with rare positives, or with few of many labels true,
  ends there
- **loss stuck at 0.503**: half of the targets are 1, and the model is certain and right about all of them
- **loss does not go below 0.313**: `y = 1` cannot cost less
- **loss starts at 0.724**: a fresh model with balanced targets; with one sigmoid it would be 0.693
- **predicts only one class, F1 is 0**: the gradient is too weak to find rare positives; and if the prediction is made
  by one more sigmoid, nothing ever falls below 0.5, so everything is positive
- **accuracy does not move**: with SGD, or with many labels
- **probabilities between 0.5 and 0.731**: the sigmoid of a sigmoid

## Example

```python
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 1), nn.Sigmoid())
criterion = nn.BCEWithLogitsLoss()

x, y = torch.randn(32, 8), torch.rand(32, 1).round()
loss = criterion(model(x), y)
```

## Use instead

```python
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 1))
criterion = nn.BCEWithLogitsLoss()

x, y = torch.randn(32, 8), torch.rand(32, 1).round()
loss = criterion(model(x), y)
probability = torch.sigmoid(model(x))
```

## Fix safety

Removing the sigmoid is safe if this loss is the only reader of its output. If something else reads the probabilities (a
threshold, a printed number, another loss), that reader needs a sigmoid of its own. Where all of them are known, another
fix gives it to them, and everybody sees what they saw. Both are unsafe if code outside the checked files may read the
probabilities, or somebody who uses a model that is saved, exported, or handed to code that lossl does not know.

Taking the loss for probabilities instead is safe if every use of that loss object is fed with probabilities. It is not
offered where `pos_weight` is given, because `BCELoss` has no such option. Two things to know before you choose it: in
float32 `BCELoss` loses its gradient for logits beyond about 17 with `y = 0`, and it refuses to run under CUDA autocast.

After a softmax only you know whether the classes exclude each other, so both alternatives are unsafe: without the
softmax each class is judged on its own; `CrossEntropyLoss` on the logits suits classes of which exactly one is right.
It is not offered where `weight` or `pos_weight` is given: its `weight` is one of classes.

To choose: removing the sigmoid changes the model and is the stable way, because the loss takes sigmoid and logarithm in
one step; from then on the model puts out logits. Taking the loss for probabilities changes one line beside the model,
and everybody else sees what they saw; its price is the precision at both ends.

## References

- [`torch.nn.BCEWithLogitsLoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html)
- [`tf.nn.sigmoid_cross_entropy_with_logits`](https://www.tensorflow.org/api_docs/python/tf/nn/sigmoid_cross_entropy_with_logits)
- [`optax.sigmoid_binary_cross_entropy`](https://optax.readthedocs.io/en/latest/api/losses.html)
- Met in practice: [yudi-mars/daisyRec#15](https://github.com/yudi-mars/daisyRec/pull/15),
  [NVIDIA-Merlin/models#1175](https://github.com/NVIDIA-Merlin/models/pull/1175)
"""

from __future__ import annotations

from lossl.edits import (
    activation_name,
    assuming,
    both,
    exchange_loss,
    fed,
    input_name,
    loss_name,
    move_activation,
    only_reader,
    removal_risk,
    remove_activation,
    sharing_risk,
    twin,
)
from lossl.rule import Breach, Finding, Fix, Meaning, NeedKind, Severity, offer, rule

FENCE = (
    "sigmoid of a number between 0 and 1 lies between 0.5 and 0.731, so the loss cannot fall below 0.313 for y=1 or "
    "0.693 for y=0; "
)
CONSEQUENCE = {
    Meaning.PROBABILITY: FENCE + "the gradient is 5 times too small at a logit of 0, 300 times where it is wrong by 5",
    Meaning.DISTRIBUTION: FENCE + "with SGD such a classifier hardly leaves chance level",
}
FOR_PROBABILITIES = {
    "torch.nn.BCEWithLogitsLoss": "torch.nn.BCELoss",
    "torch.nn.functional.binary_cross_entropy_with_logits": "torch.nn.functional.binary_cross_entropy",
}
FOR_EXCLUSIVE_CLASSES = {
    "torch.nn.BCEWithLogitsLoss": "torch.nn.CrossEntropyLoss",
    "torch.nn.functional.binary_cross_entropy_with_logits": "torch.nn.functional.cross_entropy",
}
INTENT = "only right if the classes do not exclude each other"
EXCLUSIVE = "only right if exactly one class is true of each sample"


@rule(
    code="LSL101",
    name="double-sigmoid",
    needs=(NeedKind.SIGMOID_LOGITS,),
    found=(Meaning.PROBABILITY, Meaning.DISTRIBUTION),
    severity=Severity.ERROR,
    since="0.1.0",
)
def check(breach: Breach) -> Finding:
    """Word the second sigmoid; offer to remove the activation, or to take the loss that fits it."""
    already = f"{input_name(breach)} is already {breach.found.meaning.spoken}"
    message = f"{loss_name(breach)} applies sigmoid itself, but {already}"
    return Finding(message, CONSEQUENCE[breach.found.meaning], _remove(breach) + _exchange(breach))


def _remove(breach: Breach) -> tuple[Fix, ...]:
    activation = activation_name(breach)
    if activation == "exp":
        return ()  # beneath lies the logarithm of a probability, which is no logit either
    if "softmax" not in activation:
        return (
            *offer(f"Move the {activation} to its other readers", move_activation(breach), risk=only_reader(breach)),
            *offer(f"Remove the {activation}", remove_activation(breach), risk=removal_risk(breach)),
        )
    if breach.found.meaning is Meaning.DISTRIBUTION:
        return offer(f"Remove the {activation}", remove_activation(breach), risk=assuming(breach, INTENT))
    return ()  # one class of a softmax is not the sigmoid of that class's logit


def _exchange(breach: Breach) -> tuple[Fix, ...]:
    if breach.call.option("pos_weight") or fed(breach) - {breach.found.meaning, None}:
        return ()
    if breach.found.meaning is Meaning.DISTRIBUTION:
        if breach.call.option("weight"):
            return ()  # of each element here, of each class there
        title = f"Remove the {activation_name(breach)} and use {twin(breach, FOR_EXCLUSIVE_CLASSES)}"
        edits = both(remove_activation(breach), exchange_loss(breach, FOR_EXCLUSIVE_CLASSES))
        return offer(title, edits, risk=assuming(breach, EXCLUSIVE))
    title = f"Use {twin(breach, FOR_PROBABILITIES)}"
    return offer(title, exchange_loss(breach, FOR_PROBABILITIES), risk=sharing_risk(breach))
