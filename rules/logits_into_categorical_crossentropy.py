"""Logits are passed to a categorical cross-entropy that takes probabilities.

## What it does

Finds raw scores, usually of a last `Dense` layer without activation, that reach Keras' `categorical_crossentropy` or
`sparse_categorical_crossentropy` without `from_logits=True`: as a string, a function or a class, in
`compile(loss=...)` or called directly, and in `keras.ops` and `keras.backend`. Log-probabilities (`log_softmax`) that
reach them are found as well, and both in other losses that take a distribution, such as `kl_divergence`. These losses
want one probability for each class, summing to one, and take the logarithm themselves.

## Why is this bad?

Keras raises nothing. It divides the scores of a sample by their sum, clips the result to the range from 1e-7 to
1 - 1e-7, and takes the logarithm. Of scores of either sign that makes nonsense:

| scores, the first class is right | cross-entropy | what Keras computes |
|---|---|---|
| 2, -1, 0.5 | 0.24 | 0: clipped, nothing more to learn |
| -2, -1, 0.5 | 2.77 | 0.22: the sum is negative, so the lowest score looks most probable |
| -4, 3, 2 | 7.31 | 16.12: clipped, and there it stays |

Where a value is clipped there is no gradient. On TensorFlow the loss for integer labels clips before it divides, which
loses every negative score.

This is the most harmful of all confusions of logits and probabilities in Keras: a linear head trained so on the digits
data reached an accuracy of 0.14 (SGD) or 0.45 (Adam) on TensorFlow and 0.14 or 0.17 on PyTorch, where 0.95 is possible.

Log-probabilities fare no better. They are all negative, so dividing by their sum turns them upside down: the less
likely the model thinks a class is, the smaller the loss. On TensorFlow with integer labels they are all clipped to
the same number, and every sample costs ln C.

## Symptoms

- **loss stuck at 16.118**: a sample that is clipped on the wrong side; a mean over a batch lies below
- **loss jumps up and down, accuracy does not move**: the sum that scores are divided by changes its sign
- **accuracy goes down while the loss goes down**: where the sum is negative, the lowest score looks most probable
- **loss stuck at 0.693, 1.099, 1.609, 2.303, 4.605 or 6.908**: log-probabilities and integer labels on TensorFlow:
  every sample costs ln C for 2, 3, 5, 10, 100 or 1000 classes
- **loss is nan**: all scores of a sample are 0, and so is their sum
- **loss is 0, accuracy does not move**: a single unit, divided by itself

## Example

```python
import keras

model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(10)])
model.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
```

## Use instead

```python
import keras

model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(16, activation="relu"), keras.layers.Dense(10)])
model.compile(optimizer="adam", loss=keras.losses.SparseCategoricalCrossentropy(from_logits=True))
```

The other way is to end the model in `Dense(10, activation="softmax")` and to keep the loss; `predict()` then returns
probabilities.

## Fix safety

Setting `from_logits=True` is safe if every use of that loss is fed with logits: no other reader of the output sees
anything else than before. It is right after `log_softmax` too, because a softmax leaves such scores as they are.
Applying the softmax in the call of the loss is safe if that call only ever gets logits.

Neither touches what the model puts out. If you print its output as probabilities, that was wrong before and still is.
A softmax in place of `log_softmax` does, so it is safe only if nothing else reads the output. After a `log_sigmoid`
only you know whether the classes exclude each other, so there it is unsafe.

A single unit has no classes to choose from: a softmax of it is always 1, with and without `from_logits`. There the fix
is the binary loss.

To choose: `from_logits=True` is the stable way, because softmax and logarithm are taken in one step. A softmax in the
call changes nothing but that call, for the price of rounding. A softmax at the end of the model would be a third way,
which changes what `predict()` gives.

## References

- [Keras: probabilistic losses](https://keras.io/api/losses/probabilistic_losses/)
- [keras-team/keras-hub#1008](https://github.com/keras-team/keras-hub/pull/1008), which made this mistake an error for
  its own models
"""

from __future__ import annotations

from lossl.edits import (
    activation_name,
    both,
    exchange_activation,
    exchange_loss,
    fed,
    framework,
    input_state,
    loss_name,
    removal_risk,
    replace_choice,
    set_option,
    sharing_risk,
    twin,
    wrap_argument,
)
from lossl.rule import Breach, Finding, Fix, Meaning, NeedKind, Severity, offer, rule

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
    "keras.backend.categorical_focal_crossentropy": "",
    "keras.backend.sparse_categorical_crossentropy": "",
}
"""Losses with an option `from_logits`, and the class that replaces a string or an uncalled reference."""
FOR_ONE_UNIT = {
    "keras.losses.categorical_crossentropy": "keras.losses.binary_crossentropy",
    "keras.losses.CategoricalCrossentropy": "keras.losses.BinaryCrossentropy",
    "keras.losses.sparse_categorical_crossentropy": "keras.losses.binary_crossentropy",
    "keras.losses.SparseCategoricalCrossentropy": "keras.losses.BinaryCrossentropy",
}
BINARY = "keras.losses.BinaryCrossentropy"
SOFTMAX = {"keras": "keras.activations.softmax", "optax": "jax.nn.softmax"}
TO_SOFTMAX = dict.fromkeys(("log_softmax", "log_sigmoid", "logsigmoid"), "softmax")
EXCLUSIVE = "only right if exactly one class is true of each sample"
CLIPPED = (
    "the scores are clipped to the range 0 to 1 silently, and there the gradient is zero; a network for ten classes "
    "stays near an accuracy of 0.14 with SGD"
)
UPSIDE_DOWN = (
    "log-probabilities are all negative: divided by their sum, the least likely class looks most likely; where they "
    "are only clipped (integer labels on TensorFlow), every sample costs the same"
)
NO_CLASSES = "a single class always gets probability 1, so the loss is 0 whatever the model puts out"
OTHERWISE = "the loss is computed from numbers that are no probabilities, so it means nothing"


@rule(
    code="LSL105",
    name="logits-into-categorical-crossentropy",
    needs=(NeedKind.DISTRIBUTION,),
    found=(Meaning.LOGITS, Meaning.LOG_DISTRIBUTION, Meaning.LOG_PROBABILITY),
    severity=Severity.ERROR,
    since="0.1.0",
)
def check(breach: Breach) -> Finding:
    """Word the missing softmax; offer to declare the logits, or to apply softmax to them."""
    message = f"{loss_name(breach)} takes a distribution over the classes, but {input_state(breach)}"
    return Finding(message, _consequence(breach), _declare(breach) + _wrap(breach) + _exchange(breach))


def _consequence(breach: Breach) -> str:
    if breach.call.choice.loss not in WITH_FLAG:
        return OTHERWISE
    if breach.found.units == 1:
        return NO_CLASSES
    return CLIPPED if breach.found.meaning is Meaning.LOGITS else UPSIDE_DOWN


def _declare(breach: Breach) -> tuple[Fix, ...]:
    known = breach.call.choice.loss in WITH_FLAG and breach.found.meaning is not Meaning.LOG_PROBABILITY
    if not known or fed(breach) - {breach.found.meaning, None}:
        return ()
    if breach.found.units == 1:
        return _for_one_unit(breach)
    return offer(
        "Set from_logits=True", set_option(breach, "from_logits", "True", WITH_FLAG), risk=sharing_risk(breach)
    )


def _for_one_unit(breach: Breach) -> tuple[Fix, ...]:
    if breach.found.meaning is not Meaning.LOGITS or breach.call.option("ignore_class"):
        return ()
    if breach.call.choice.form in ("class", "function"):
        title, edits = twin(breach, FOR_ONE_UNIT), exchange_loss(breach, FOR_ONE_UNIT)
        edits = both(edits, set_option(breach, "from_logits", "True"))
    else:
        title, edits = "BinaryCrossentropy", replace_choice(breach, BINARY, "from_logits=True")
    return offer(f"Use {title} with from_logits=True", edits, risk=sharing_risk(breach))


def _wrap(breach: Breach) -> tuple[Fix, ...]:
    given = fed(breach, everywhere=False)
    softmax = SOFTMAX.get(framework(breach))
    if softmax is None or breach.found.units == 1 or breach.call.option("axis") or given - {Meaning.LOGITS, None}:
        return ()
    risk = "some callers may pass probabilities already" if None in given else None
    return offer("Apply softmax in the call", wrap_argument(breach, softmax), risk=risk)


def _exchange(breach: Breach) -> tuple[Fix, ...]:
    """Softmax in place of `log_softmax` or `log_sigmoid`; there is none in place of what gives logits."""
    if breach.found.units == 1:
        return ()
    title = f"Replace the {activation_name(breach)} by softmax"
    intent = EXCLUSIVE if breach.found.meaning is Meaning.LOG_PROBABILITY else None
    risk = "; ".join(filter(None, (intent, removal_risk(breach)))) or None
    return offer(title, exchange_activation(breach, TO_SOFTMAX), risk=risk)
