"""The output of a sigmoid is passed to a categorical cross-entropy.

## What it does

Finds outputs of a sigmoid that reach a loss for classes of which exactly one is right: `torch.nn.CrossEntropyLoss`,
`torch.nn.functional.cross_entropy`, `tf.nn.softmax_cross_entropy_with_logits`, `optax.softmax_cross_entropy`, Keras'
`categorical_crossentropy` and `sparse_categorical_crossentropy`.

A sigmoid judges each class on its own, whatever the others get. A categorical cross-entropy compares the classes with
each other: it wants a softmax, or it applies one itself. Either the sigmoid or the loss is the wrong one.

## Why is this bad?

In PyTorch, in `tf.nn` and in optax, the loss applies a softmax to numbers that lie between 0 and 1. As with a doubled
softmax, the most confident output of all cannot bring the loss of C classes below ln(1 + (C - 1) / e):

| classes | 2 | 10 | 100 | 1000 |
|---|---|---|---|---|
| lowest loss | 0.313 | 1.461 | 3.622 | 5.909 |
| loss of guessing | 0.693 | 2.303 | 4.605 | 6.908 |

Gradients shrink by what the sigmoid lets through. With ten classes, the gradient on the score of the right class is too
small by this factor, the other scores being 0:

| score of the right class | 0 | -2 | -5 |
|---|---|---|---|
| factor | 4 | 10 | 161 |

A small network on the digits data reaches a test accuracy of 0.93 (Adam) or 0.84 (SGD) instead of 0.95. Nothing is
raised and nothing is printed.

Keras is milder, but does not do the same everywhere. On JAX and PyTorch it divides the outputs by their sum, which
makes a usable loss. On TensorFlow it finds the scores under the sigmoid and trains a softmax on them, while the model
goes on applying a sigmoid: the most likely class is the right one, but what `predict()` returns are not the
probabilities that were trained, and they do not sum to one. The accuracy was 0.93 to 0.95 on the same data.

One unit is the worst case: over a single class every loss of this kind is 0, so the model learns nothing. What was
meant there is the binary cross-entropy.

## Symptoms

- **loss does not go below 0.313, 0.551, 0.905, 1.461, 3.622 or 5.909**: 2, 3, 5, 10, 100 or 1000 classes, in PyTorch,
  `tf.nn` and optax
- **loss is 0 from the start, accuracy does not move**: a single unit; there is no gradient
- **probabilities do not sum to one**: each class has a sigmoid of its own

## Example

```python
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 10), nn.Sigmoid())
criterion = nn.CrossEntropyLoss()

x, y = torch.randn(32, 8), torch.randint(0, 10, (32,))
loss = criterion(model(x), y)
```

## Use instead

```python
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 10))
criterion = nn.CrossEntropyLoss()

x, y = torch.randn(32, 8), torch.randint(0, 10, (32,))
loss = criterion(model(x), y)
probability = torch.softmax(model(x), dim=1)
```

If several classes can be true of one sample, keep the scores without an activation as well, but take
`BCEWithLogitsLoss` with a target of 0.0 or 1.0 for each class.

## Fix safety

Only you know whether the classes exclude each other, so the alternatives are unsafe: without the sigmoid, or with a
softmax in its place where the loss takes probabilities, exactly one class is right; the binary loss judges each class
on its own and wants a target for each.

There are two cases that leave no choice. Labels that are class indices by the loss's own contract (the "sparse" losses)
exclude each other, so giving up the sigmoid is safe there if nothing else reads its output. And over a single unit only
the binary loss makes sense; taking it is safe if every use of the loss is fed by the sigmoid.

To choose: giving up the sigmoid, or a softmax in its place, changes the model: what it puts out means something else
for everybody, and no two classes can be true at once. Another loss leaves the model alone and asks for other targets.
Where both are possible, the loss that takes logits is the stable one.

## References

- [`torch.nn.CrossEntropyLoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html)
- [`optax.softmax_cross_entropy`](https://optax.readthedocs.io/en/latest/api/losses.html)
- [Keras: probabilistic losses](https://keras.io/api/losses/probabilistic_losses/)
- [keras-team/keras#15271](https://github.com/keras-team/keras/issues/15271): how TensorFlow's Keras goes back to the
  scores under an activation
"""

from __future__ import annotations

import math

from lossl.edits import (
    activation_name,
    assuming,
    both,
    exchange_activation,
    exchange_loss,
    fed,
    input_state,
    loss_name,
    removal_risk,
    remove_activation,
    sharing_risk,
    twin,
)
from lossl.rule import Breach, Finding, Fix, Meaning, NeedKind, Severity, offer, rule

ON_LOGITS = {
    "torch.nn.CrossEntropyLoss": "torch.nn.BCEWithLogitsLoss",
    "torch.nn.functional.cross_entropy": "torch.nn.functional.binary_cross_entropy_with_logits",
    "tensorflow.nn.softmax_cross_entropy_with_logits": "tensorflow.nn.sigmoid_cross_entropy_with_logits",
    "optax.losses.softmax_cross_entropy": "optax.losses.sigmoid_binary_cross_entropy",
}
"""The binary loss that takes the place of one that applies softmax itself."""
ON_PROBABILITIES = {
    "keras.losses.categorical_crossentropy": "keras.losses.binary_crossentropy",
    "keras.losses.CategoricalCrossentropy": "keras.losses.BinaryCrossentropy",
    "keras.losses.sparse_categorical_crossentropy": "keras.losses.binary_crossentropy",
    "keras.losses.SparseCategoricalCrossentropy": "keras.losses.BinaryCrossentropy",
}
"""The binary loss that takes the place of one that takes a distribution."""
TO_SOFTMAX = dict.fromkeys(("sigmoid", "hard_sigmoid"), "softmax")
ANY_SHAPE = frozenset({"reduction", "name", "dtype"})
"""Options that mean the same to a binary loss."""
EXCLUSIVE = "only right if exactly one class is true of each sample"
INDEPENDENT = "only right if the classes do not exclude each other, with a target of 0 or 1 for each"
ONE_CLASS = "over a single class the loss is 0 whatever the model puts out"
BY_THEIR_SUM = (
    "each class is judged on its own, so the outputs do not sum to one: Keras divides them by their sum, except on "
    "TensorFlow, where it trains a softmax that the model does not apply"
)
CLOSE = "softmax of numbers between 0 and 1 leaves the classes close together"
NO_SUM = "its numbers do not sum to one over the classes, which the loss takes for granted"


@rule(
    code="LSL108",
    name="sigmoid-for-exclusive-classes",
    needs=(NeedKind.SOFTMAX_LOGITS, NeedKind.DISTRIBUTION),
    found=(Meaning.PROBABILITY,),
    severity=Severity.ERROR,
    since="0.1.0",
)
def check(breach: Breach) -> Finding:
    """Word the activation that does not belong to the loss; offer to keep the loss, or to take the binary one."""
    if breach.need.kind is NeedKind.SOFTMAX_LOGITS:
        message = f"{loss_name(breach)} applies softmax itself, but {input_state(breach, already=True)}"
    else:
        alone = " for each class on its own" if _by_sigmoid(breach) else ""
        message = f"{loss_name(breach)} takes a distribution over the classes, but {input_state(breach)}{alone}"
    return Finding(message, _consequence(breach), _keep_loss(breach) + _exchange_loss(breach))


def _consequence(breach: Breach) -> str:
    if breach.found.units == 1:
        return ONE_CLASS
    if breach.need.kind is NeedKind.DISTRIBUTION:
        return BY_THEIR_SUM if _by_sigmoid(breach) and "crossentropy" in breach.call.loss.lower() else NO_SUM
    classes = breach.found.units or 10
    floor = math.log1p((classes - 1) / math.e)
    if "crossentropy" not in breach.call.loss.lower().replace("_", ""):
        return CLOSE
    return (
        f"{CLOSE}: the loss cannot fall below {floor:.2f} for {classes} classes, and the gradient is 4 times too small "
        "at the start, more where the model is wrong"
    )


def _keep_loss(breach: Breach) -> tuple[Fix, ...]:
    """The input that the loss takes; safe where the labels can be nothing but class indices."""
    activation, certain = activation_name(breach), _by_sigmoid(breach) and _of_indices(breach)
    risk = removal_risk(breach) if certain else assuming(breach, EXCLUSIVE)
    if breach.found.units == 1 or activation == "exp":
        return ()  # beneath an exp lies the logarithm of a probability, which is no logit either
    if breach.need.kind is NeedKind.SOFTMAX_LOGITS:
        return offer(f"Remove the {activation}", remove_activation(breach), risk=risk)
    return offer(f"Replace the {activation} by softmax", exchange_activation(breach, TO_SOFTMAX), risk=risk)


def _exchange_loss(breach: Breach) -> tuple[Fix, ...]:
    """A binary loss, if the options given to the loss mean the same to it; it has no use for class indices."""
    loss, one_unit = breach.call.choice.loss, breach.found.units == 1
    given = {name for name, _ in breach.call.options}
    if given - ANY_SHAPE or not _by_sigmoid(breach) or fed(breach) - {breach.found.meaning, None}:
        return ()
    if _of_indices(breach) and not one_unit:
        return ()
    if loss in ON_PROBABILITIES:
        risk = sharing_risk(breach) if one_unit else INDEPENDENT
        return offer(f"Use {twin(breach, ON_PROBABILITIES)}", exchange_loss(breach, ON_PROBABILITIES), risk=risk)
    edits = both(remove_activation(breach), exchange_loss(breach, ON_LOGITS))
    risk = removal_risk(breach) or sharing_risk(breach) if one_unit else assuming(breach, INDEPENDENT)
    return offer(f"Remove the {activation_name(breach)} and use {twin(breach, ON_LOGITS)}", edits, risk=risk)


def _by_sigmoid(breach: Breach) -> bool:
    """True if it is a sigmoid's output, not a part of a softmax's."""
    return "sigmoid" in activation_name(breach)


def _of_indices(breach: Breach) -> bool:
    """True if the loss takes no other labels than class indices."""
    loss = breach.call.choice.loss.lower()
    return "sparse" in loss or "integer_labels" in loss
