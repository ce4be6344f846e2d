"""The output of a softmax is passed to a binary cross-entropy.

## What it does

Finds outputs of a softmax that reach a loss which judges each class on its own: `torch.nn.BCELoss`,
`torch.nn.functional.binary_cross_entropy`, Keras' `binary_crossentropy` and `BinaryCrossentropy`. A single column of a
softmax, as in `torch.softmax(x, dim=1)[:, 1]`, is a probability like any other and is not reported; nor are two classes
in PyTorch, where the loss is the cross-entropy.

A softmax makes the classes compete for a sum of one. A binary cross-entropy asks of each class whether it is true,
whatever the others are. One of the two is usually not what was meant.

## Why is this bad?

It depends on the labels, which is why this is a warning.

**Several labels can be true at once.** Then the model cannot say so. If two labels are true, each of them can get 0.5
at most and costs at least 0.693; if three are, 0.333 and 1.099; and a sample without any label costs more
than 1 over all its classes, because the probabilities have to go somewhere.

**Exactly one label is true.** Then it is a valid loss, as is often said: it is smallest for the right probabilities,
and for two classes it equals the cross-entropy, gradient included. For C classes its gradient is C - 1 times weaker
at the start, so a learning rate that suits the cross-entropy is too small. A small network on the digits data reached
0.96 with Adam, like the cross-entropy, but 0.68 instead of 0.95 with SGD; in Keras 0.93 and 0.73.

**Keras on TensorFlow** (2.4 and later) does something else again: it finds the scores under the softmax and trains a
sigmoid on each of them, while the model goes on applying a softmax when it predicts. The probabilities of `predict()`
are not the trained ones, and the loss differs from that on JAX and PyTorch for the same numbers. This happens without
`from_logits`, for two classes too, and Keras does not mention it.

A single unit has nothing to compete with; its softmax is always 1. That is reported as `softmax-on-one-unit`.

## Symptoms

- **loss stuck at 0.693 or 1.099 for each label that is true**: two or three labels at once share a sum of one
- **predicts only one label, never several**: the classes compete for a sum of one
- **learns slowly with SGD**: the gradient is C - 1 times weaker than that of the categorical cross-entropy

## Example

```python
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 5), nn.Softmax(dim=1))
criterion = nn.BCELoss()

x, labels = torch.randn(32, 8), torch.rand(32, 5).round()
loss = criterion(model(x), labels)
```

## Use instead

```python
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 5))
criterion = nn.BCEWithLogitsLoss()

x, labels = torch.randn(32, 8), torch.rand(32, 5).round()
loss = criterion(model(x), labels)
probability = torch.sigmoid(model(x))
```

If exactly one class is true of each sample, take `CrossEntropyLoss` on the same scores, or in Keras
`categorical_crossentropy` on the softmax.

## Fix safety

Only you know whether the classes exclude each other, so both alternatives are unsafe: the categorical loss needs
exactly one true class for each sample; with a sigmoid in place of the softmax, each class is judged on its own.

To choose: the categorical loss takes logits and is the stable way, with a model that puts out logits from then on. A
sigmoid in place of the softmax keeps the loss and its targets, and the output stays a probability, but of each class on
its own.

## References

- [`torch.nn.BCELoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.BCELoss.html)
- [Keras: probabilistic losses](https://keras.io/api/losses/probabilistic_losses/)
- [keras-team/keras#15271](https://github.com/keras-team/keras/issues/15271): how TensorFlow's Keras goes back to the
  scores under an activation
- [keras-team/keras#3396](https://github.com/keras-team/keras/issues/3396), in which Keras' author calls the binary
  cross-entropy of several exclusive classes valid
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
    remove_activation,
    twin,
)
from lossl.rule import Breach, Finding, Fix, Meaning, NeedKind, Severity, offer, rule

FOR_EXCLUSIVE_CLASSES = {
    "torch.nn.BCELoss": "torch.nn.CrossEntropyLoss",
    "torch.nn.functional.binary_cross_entropy": "torch.nn.functional.cross_entropy",
    "keras.losses.binary_crossentropy": "keras.losses.categorical_crossentropy",
    "keras.losses.BinaryCrossentropy": "keras.losses.CategoricalCrossentropy",
}
TO_SIGMOID = {"softmax": "sigmoid", "Softmax": "Sigmoid", "Softmax2d": "Sigmoid"}
LAYER_TO_SIGMOID = {"Softmax": "keras.layers.Activation"}
"""Keras has a layer for softmax, but none for sigmoid."""
ANY_SHAPE = frozenset({"reduction", "name", "dtype", "label_smoothing"})
"""Options that mean the same to a categorical loss."""
EXCLUSIVE = "only right if exactly one class is true of each sample"
INDEPENDENT = "only right if the classes do not exclude each other"
TWO_CLASSES = (
    "if exactly one of the two classes is true this equals the cross-entropy; if both can be true, each gets 0.5 at "
    "most and costs at least 0.69"
)
COMPETING = "where two classes are true, each gets 0.5 at most"
COSTS = (
    " and costs at least 0.69; if exactly one is true, the gradient is {} weaker at the start than the cross-entropy's"
)
BACKENDS = (
    "; on TensorFlow Keras trains a sigmoid on the scores under the softmax, which is not what the model predicts"
)


@rule(
    code="LSL109",
    name="softmax-for-independent-labels",
    needs=(NeedKind.PROBABILITY,),
    found=(Meaning.DISTRIBUTION,),
    severity=Severity.WARNING,
    since="0.1.0",
)
def check(breach: Breach) -> Finding | None:
    """Word the activation that does not belong to the loss; offer the loss that does, for either intent."""
    if breach.found.units == 2 and framework(breach) == "torch":
        return None
    message = f"{loss_name(breach)} judges each class on its own, but {input_state(breach)} over the classes"
    return Finding(message, _consequence(breach), _exchange_loss(breach) + _exchange_activation(breach))


def _consequence(breach: Breach) -> str:
    classes = breach.found.units
    if "crossentropy" not in breach.call.loss.lower().replace("_", "") and framework(breach) != "torch":
        return COMPETING
    backends = BACKENDS if framework(breach) == "keras" else ""
    weaker = f"{classes - 1} times" if classes else "as many times as there are other classes"
    return (TWO_CLASSES if classes == 2 else COMPETING + COSTS.format(weaker)) + backends


def _exchange_loss(breach: Breach) -> tuple[Fix, ...]:
    """The categorical loss on the softmax, or on its logits where it applies softmax itself."""
    given = {name for name, _ in breach.call.options}
    if given - ANY_SHAPE or fed(breach) - {breach.found.meaning, None}:
        return ()
    exchanged, loss = exchange_loss(breach, FOR_EXCLUSIVE_CLASSES), twin(breach, FOR_EXCLUSIVE_CLASSES)
    if framework(breach) == "keras":
        return offer(f"Use {loss}", exchanged, risk=EXCLUSIVE)
    edits = both(remove_activation(breach), exchanged)
    return offer(f"Remove the {activation_name(breach)} and use {loss}", edits, risk=assuming(breach, EXCLUSIVE))


def _exchange_activation(breach: Breach) -> tuple[Fix, ...]:
    edits = exchange_activation(breach, TO_SIGMOID, "")
    if breach.origin is not None and breach.origin.name.startswith("keras.layers."):
        edits = exchange_activation(breach, LAYER_TO_SIGMOID, '"sigmoid"')
    return offer(f"Replace the {activation_name(breach)} by sigmoid", edits, risk=assuming(breach, INDEPENDENT))
