"""The output of a sigmoid is passed to a categorical cross-entropy.

## What it does

Finds outputs of a sigmoid that reach a loss for classes of which exactly one is right: `torch.nn.CrossEntropyLoss`,
`torch.nn.functional.cross_entropy`, `tf.nn.softmax_cross_entropy_with_logits`, Keras' `categorical_crossentropy` and
`sparse_categorical_crossentropy`.

A sigmoid judges each class on its own, whatever the others get. A categorical cross-entropy compares the classes with
each other: it wants a softmax, or it applies one itself. Either the sigmoid or the loss is the wrong one.

## Why is this bad?

In PyTorch, and in `tf.nn`, the loss applies a softmax to numbers that lie between 0 and 1. As with a doubled softmax,
the most confident output of all cannot bring the loss of C classes below ln(1 + (C - 1) / e):

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

Only you know whether the classes exclude each other, so the alternatives are unsafe: without the sigmoid exactly one
class is right; the binary loss judges each class on its own and wants a target for each.

There are two cases that leave no choice. Labels that are class indices by the loss's own contract (the "sparse" losses)
exclude each other, so removing the sigmoid is safe there if nothing else reads its output. And over a single unit only
the binary loss makes sense; taking it is safe if every use of the loss is fed by the sigmoid.

## References

- [`torch.nn.CrossEntropyLoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.CrossEntropyLoss.html)
- [Keras: probabilistic losses](https://keras.io/api/losses/probabilistic_losses/)
- [keras-team/keras#15271](https://github.com/keras-team/keras/issues/15271): how TensorFlow's Keras goes back to the
  scores under an activation
"""

from __future__ import annotations

import math

from lossl.edits import exchange_loss, remove_activation, replace_choice, set_option
from lossl.rule import Breach, Edit, Finding, Fix, Meaning, NeedKind, Severity, offer, rule
from lossl.wording import activation_name, both, fed, input_name, loss_name, removal_risk, sharing_risk, twin

ON_LOGITS = {
    "torch.nn.CrossEntropyLoss": "torch.nn.BCEWithLogitsLoss",
    "torch.nn.functional.cross_entropy": "torch.nn.functional.binary_cross_entropy_with_logits",
    "tensorflow.nn.softmax_cross_entropy_with_logits": "tensorflow.nn.sigmoid_cross_entropy_with_logits",
}
"""The binary loss that takes the place of one that applies softmax itself."""
ON_PROBABILITIES = {
    "keras.losses.categorical_crossentropy": "keras.losses.binary_crossentropy",
    "keras.losses.CategoricalCrossentropy": "keras.losses.BinaryCrossentropy",
    "keras.losses.sparse_categorical_crossentropy": "keras.losses.binary_crossentropy",
    "keras.losses.SparseCategoricalCrossentropy": "keras.losses.BinaryCrossentropy",
}
"""The binary loss that takes the place of one that takes a distribution."""
WITH_FLAG = {
    "keras.losses.categorical_crossentropy": "keras.losses.CategoricalCrossentropy",
    "keras.losses.CategoricalCrossentropy": "keras.losses.CategoricalCrossentropy",
    "keras.losses.sparse_categorical_crossentropy": "keras.losses.SparseCategoricalCrossentropy",
    "keras.losses.SparseCategoricalCrossentropy": "keras.losses.SparseCategoricalCrossentropy",
    "keras.losses.categorical_focal_crossentropy": "keras.losses.CategoricalFocalCrossentropy",
    "keras.losses.CategoricalFocalCrossentropy": "keras.losses.CategoricalFocalCrossentropy",
    "keras.ops.categorical_crossentropy": "",
    "keras.ops.sparse_categorical_crossentropy": "",
    "keras.backend.categorical_crossentropy": "",
    "keras.backend.sparse_categorical_crossentropy": "",
}
"""Losses with an option `from_logits`, and the class that replaces a string or an uncalled reference."""
ANY_SHAPE = frozenset({"reduction", "name", "dtype"})
"""Options that mean the same to a binary loss."""
EXCLUSIVE = "only right if exactly one class is true of each sample"
INDEPENDENT = "only right if the classes do not exclude each other, with a target of 0 or 1 for each"
ONE_CLASS = "over a single class the loss is 0 whatever the model puts out"
BY_THEIR_SUM = (
    "each class is judged on its own, so the outputs do not sum to one: Keras divides them by their sum, except on "
    "TensorFlow, where it trains a softmax that the model does not apply"
)
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
    loss, given, spoken = loss_name(breach), input_name(breach), breach.found.meaning.spoken
    if breach.need.kind is NeedKind.SOFTMAX_LOGITS:
        message = f"{loss} applies softmax itself, but {given} is already {spoken}"
    else:
        alone = " for each class on its own" if "sigmoid" in activation_name(breach) else ""
        message = f"{loss} takes a distribution over the classes, but {given} is {spoken}{alone}"
    return Finding(message, _consequence(breach), _remove(breach) + _exchange(breach))


def _consequence(breach: Breach) -> str:
    if breach.found.units == 1:
        return ONE_CLASS
    if breach.need.kind is NeedKind.DISTRIBUTION:
        known = breach.call.choice.loss in WITH_FLAG and "sigmoid" in activation_name(breach)
        return BY_THEIR_SUM if known else NO_SUM
    classes = breach.found.units or 10
    floor = math.log1p((classes - 1) / math.e)
    return (
        f"softmax of numbers between 0 and 1 leaves the classes close together: the loss cannot fall below {floor:.2f} "
        f"for {classes} classes, and the gradient is 4 times too small at the start, more where the model is wrong"
    )


def _remove(breach: Breach) -> tuple[Fix, ...]:
    """No sigmoid, and logits declared where they have to be; safe where the labels are class indices anyway."""
    activation, edits = activation_name(breach), remove_activation(breach)
    title, risk = f"Remove the {activation}", removal_risk(breach)
    if breach.found.units == 1:
        return ()
    if breach.need.kind is NeedKind.DISTRIBUTION:
        if breach.call.choice.loss not in WITH_FLAG or fed(breach) - {breach.found.meaning, None}:
            return ()
        title, edits = f"{title} and set from_logits=True", both(edits, _with_flag(breach))
        risk = risk or sharing_risk(breach)
    certain = "sigmoid" in activation and _of_indices(breach)
    return offer(title, edits, risk=risk if certain else EXCLUSIVE)


def _exchange(breach: Breach) -> tuple[Fix, ...]:
    """A binary loss, if the options given to the loss mean the same to it; it has no use for class indices."""
    loss, activation = breach.call.choice.loss, activation_name(breach)
    given = {name for name, _ in breach.call.options}
    if given - ANY_SHAPE or "sigmoid" not in activation or fed(breach) - {breach.found.meaning, None}:
        return ()
    if _of_indices(breach) and breach.found.units != 1:
        return ()
    if loss in ON_PROBABILITIES:
        edits, risk = exchange_loss(breach, ON_PROBABILITIES), sharing_risk(breach)
        return offer(f"Use {twin(breach, ON_PROBABILITIES)}", edits, risk=_intent(breach) or risk)
    edits = both(remove_activation(breach), exchange_loss(breach, ON_LOGITS))
    risk = removal_risk(breach) or sharing_risk(breach)
    return offer(f"Remove the {activation} and use {twin(breach, ON_LOGITS)}", edits, risk=_intent(breach) or risk)


def _of_indices(breach: Breach) -> bool:
    """True if the loss takes no other labels than class indices."""
    return "sparse" in breach.call.choice.loss.lower()


def _intent(breach: Breach) -> str | None:
    """What the binary loss assumes; of a single unit it assumes nothing."""
    return None if breach.found.units == 1 else INDEPENDENT


def _with_flag(breach: Breach) -> tuple[Edit, ...] | None:
    choice = breach.call.choice
    if choice.form in ("class", "function"):
        return set_option(breach, "from_logits", "True")
    qualified = WITH_FLAG[choice.loss]
    return replace_choice(breach, qualified, "from_logits=True") if qualified else None
