"""A softmax runs over a single unit, so that it gives the same for every input.

## What it does

Finds a softmax or log_softmax over an axis of length one, and losses that apply a softmax themselves
(`torch.nn.CrossEntropyLoss`, `tf.nn.softmax_cross_entropy_with_logits`, `optax.softmax_cross_entropy`, Keras'
categorical losses with `from_logits=True`) on the output of a layer with one unit. The length is known from the layer:
`nn.Linear(n, 1)`, `Dense(1)`, a convolution with one channel. If the softmax is what is wrong, the finding is shown
there, whatever becomes of its output.

A softmax divides each number by the sum of all of them. It takes two to compete: for one yes-or-no question the
activation is a sigmoid and the loss a binary cross-entropy; or there are two units, and a softmax over both.

A softmax over another axis is not meant: weights over the steps of a sequence (`softmax(scores, dim=1)` of scores with
one unit each), or over the places of an image. Nor is one whose input changed its shape after the layer, as in
`scorer(x).squeeze(-1)`, where the candidates of a multiple choice become the classes.

## Why is this bad?

The softmax of one number is 1 and its logarithm is 0. Neither has a gradient, so nothing before it learns.

| loss | what is seen |
|---|---|
| `CrossEntropyLoss` on one unit, targets of the same shape | loss and gradient are exactly 0, without a warning |
| `CrossEntropyLoss` or `NLLLoss`, class indices | `IndexError: Target 1 is out of bounds` at the first positive |
| `BCELoss` after the softmax | 0 for a positive and 100 for a negative sample, for good |
| Keras' `binary_crossentropy`, JAX and PyTorch | the loss stays at 7.971 if half of the samples are negative |
| Keras' `binary_crossentropy`, TensorFlow | the loss falls, but `predict()` gives 1 for every sample |
| Keras' `categorical_crossentropy` | loss 0 |
| mean squared error | the share of negative samples, for good |

Every sample is put into class 1, and the accuracy is the share of class 1. PyTorch says nothing. Keras 3 warns that
the softmax "will always return the value 1". On TensorFlow Keras finds the scores under the softmax and trains a
sigmoid on them, so a falling loss hides the mistake until somebody looks at the predictions.

## Symptoms

- **loss is 0, exactly zero from the start, nothing is learned**: a cross-entropy over one class is 0
- **IndexError: Target 1 is out of bounds**: class indices and a single unit
- **predicts only one class, always class 1, accuracy stuck at 0.5**: a softmax over a single unit is always 1
- **model.predict gives 1 for every sample, although the loss falls**: Keras on TensorFlow trains a sigmoid instead
- **loss stuck at 50**: PyTorch's `BCELoss`: each sample of class 0 costs 100, each of class 1 nothing
- **loss stuck at 7.971**: Keras' binary cross-entropy, on JAX and PyTorch: half of the samples cost 15.942
- **You are using a softmax over axis -1 of a tensor of shape (None, 1)**: what Keras 3 says of it

## Example

```python
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 1), nn.Softmax(dim=1))
criterion = nn.BCELoss()

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

Where the loss is a binary cross-entropy, the sigmoid is what belongs before it, or nothing if the loss applies the
sigmoid itself. That is safe if nothing else reads what the softmax gives.

Taking a binary cross-entropy in place of a categorical one is unsafe: the targets have to be 0 and 1, in PyTorch as
floats in the shape of the output. So is a sigmoid in place of a softmax whose loss is not known, because the weights
over another axis may have been meant: then the axis is what is wrong.

To choose: a sigmoid, or nothing, in place of the softmax changes the model and keeps the loss. A binary loss in place
of the categorical one changes the targets as well; that for logits is the stable one. A second unit would be a third
way: two classes with a softmax are as good as one with a sigmoid.

## References

- [`torch.nn.CrossEntropyLoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html)
- [Keras: softmax](https://keras.io/api/layers/activations/)
- Met in practice: [keras-team/keras#10607](https://github.com/keras-team/keras/issues/10607),
  [keras-team/keras#17029](https://github.com/keras-team/keras/issues/17029)
"""

from __future__ import annotations

from dataclasses import replace

from lossl.edits import (
    activation_name,
    both,
    exchange_activation,
    exchange_loss,
    framework,
    input_name,
    loss_name,
    removal_risk,
    remove_activation,
    twin,
)
from lossl.rule import Breach, Edit, Finding, Fix, Flaw, Meaning, NeedKind, Severity, offer, rule

TO_SIGMOID = {"softmax": "sigmoid", "Softmax": "Sigmoid", "Softmax2d": "Sigmoid"}
FOR_TWO = {
    "torch.nn.CrossEntropyLoss": "torch.nn.BCEWithLogitsLoss",
    "torch.nn.NLLLoss": "torch.nn.BCEWithLogitsLoss",
    "torch.nn.functional.cross_entropy": "torch.nn.functional.binary_cross_entropy_with_logits",
    "torch.nn.functional.nll_loss": "torch.nn.functional.binary_cross_entropy_with_logits",
    "keras.losses.CategoricalCrossentropy": "keras.losses.BinaryCrossentropy",
    "keras.losses.SparseCategoricalCrossentropy": "keras.losses.BinaryCrossentropy",
    "keras.losses.categorical_crossentropy": "keras.losses.binary_crossentropy",
    "keras.losses.sparse_categorical_crossentropy": "keras.losses.binary_crossentropy",
    "tensorflow.nn.softmax_cross_entropy_with_logits": "tensorflow.nn.sigmoid_cross_entropy_with_logits",
    "optax.softmax_cross_entropy": "optax.sigmoid_binary_cross_entropy",
}
"""The loss for one yes-or-no question, by that for classes which exclude each other."""
REMOVABLE = ("softmax", "softmax2d", "log_softmax")
"""What can be left out; a logarithm would leave the softmax behind."""
COMMON = frozenset({"reduction", "name", "from_logits", "dtype"})
"""Options that mean the same to both."""
MESSAGE = "softmax over a single unit gives the same for every input"
ALONE = "it is 1, its logarithm 0, and has no gradient: what lies before it learns nothing"
CONSTANT = "it is 1, its logarithm 0: the loss has no gradient and every sample is put into class 1"
UNWRAPPED = (
    "it is 1, so every sample is put into class 1; on TensorFlow the loss falls all the same, because Keras trains a "
    "sigmoid that the model does not apply"
)
ZERO = "the softmax of one score is 1: the loss is 0 and has no gradient, whatever the score"
LABELS = "only right if the targets are 0 and 1"
FLOATS = "only right if the targets are 0 and 1, as floats in the shape of the output"
WEIGHTS = "weights over another axis may be meant, or a probability"


@rule(
    code="LSL110",
    name="softmax-on-one-unit",
    needs=(
        NeedKind.SIGMOID_LOGITS,
        NeedKind.SOFTMAX_LOGITS,
        NeedKind.DECLARED_LOGITS,
        NeedKind.PROBABILITY,
        NeedKind.DISTRIBUTION,
        NeedKind.LOG_DISTRIBUTION,
        NeedKind.LOG_PROBABILITY,
        NeedKind.ACTIVATION,
    ),
    found=(Flaw.ONE_UNIT,),
    severity=Severity.ERROR,
    since="0.1.0",
)
def check(breach: Breach) -> Finding:
    """Word the softmax that has nothing to compare; offer the sigmoid, and the loss that goes with it."""
    made = breach.call.makes
    if made is not None:
        activated = replace(breach, found=replace(breach.found, origin=made))
        return Finding(MESSAGE, ALONE, _to_sigmoid(activated, WEIGHTS), at=made.place)
    if breach.found.meaning is Meaning.LOGITS:
        message = f"{loss_name(breach)} applies softmax over the classes, but {input_name(breach)} has a single unit"
        return Finding(message, ZERO, _other_loss(breach))
    unwrapped = framework(breach) == "keras" and breach.need.kind is NeedKind.PROBABILITY
    at = breach.steps[0].place if breach.steps else None
    return Finding(MESSAGE, UNWRAPPED if unwrapped else CONSTANT, _at_the_loss(breach), at=at)


def _at_the_loss(breach: Breach) -> tuple[Fix, ...]:
    if breach.need.kind is NeedKind.PROBABILITY:
        return _to_sigmoid(breach, removal_risk(breach))
    removed = remove_activation(breach) if activation_name(breach) in REMOVABLE else None
    if breach.need.link == "sigmoid" or breach.need.kind is NeedKind.SIGMOID_LOGITS:
        return offer(f"Remove the {activation_name(breach)}", removed, risk=removal_risk(breach))
    if not _exchangeable(breach):
        return ()
    loss = twin(breach, FOR_TWO)
    if breach.need.kind is NeedKind.DISTRIBUTION:
        edits = both(_sigmoid(breach), exchange_loss(breach, FOR_TWO))
        return offer(f"Replace the softmax by sigmoid and use {loss}", edits, risk=_labels(breach))
    edits = both(removed, exchange_loss(breach, FOR_TWO))
    return offer(f"Use {loss}, without the {activation_name(breach)}", edits, risk=_labels(breach))


def _other_loss(breach: Breach) -> tuple[Fix, ...]:
    if not _exchangeable(breach):
        return ()
    return offer(f"Use {twin(breach, FOR_TWO)}", exchange_loss(breach, FOR_TWO), risk=_labels(breach))


def _exchangeable(breach: Breach) -> bool:
    """True if there is a loss for one question that knows all the options given."""
    return breach.call.choice.loss in FOR_TWO and {name for name, _ in breach.call.options} <= COMMON


def _labels(breach: Breach) -> str:
    return FLOATS if framework(breach) == "torch" else LABELS


def _to_sigmoid(breach: Breach, risk: str | None) -> tuple[Fix, ...]:
    return offer("Replace the softmax by sigmoid", _sigmoid(breach), risk=risk)


def _sigmoid(breach: Breach) -> tuple[Edit, ...] | None:
    name = breach.origin.name if breach.origin is not None else ""
    if name.startswith("keras.layers."):
        # Keras has a layer for softmax, but none for sigmoid.
        return exchange_activation(breach, {"Softmax": "keras.layers.Activation"}, '"sigmoid"')
    return exchange_activation(breach, {"softmax": "expit"} if ".special." in name else TO_SIGMOID, "")
