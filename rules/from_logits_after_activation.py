"""The loss is told `from_logits=True`, but the output already went through sigmoid or softmax.

## What it does

Finds losses with `from_logits=True` (`keras.losses.BinaryCrossentropy`, `CategoricalCrossentropy`,
`SparseCategoricalCrossentropy`, their functions, `keras.ops` and `keras.backend` counterparts) whose input is the
output of a sigmoid or softmax: in `compile(loss=...)`, or where the loss is called directly.

It also speaks of a loss of which your configuration says `input = "logits"`, without saying which activation the loss
applies itself.

`from_logits=True` says "the last layer has no activation, apply it for me". A model that ends in
`Dense(1, activation="sigmoid")` wants the default, `from_logits=False`.

## Why is this bad?

What happens depends on the backend, so the same file trains well on one machine and badly on another:

| Keras | effect |
|---|---|
| Keras 3 on JAX or PyTorch | the activation is applied twice, without any warning |
| Keras 3 on TensorFlow, TF 2.5 and later | the loss finds the layer's logits, uses them and prints a warning |
| the same after `Reshape` or `Flatten`, or under `mixed_float16` | applied twice, without any warning |
| the same after `tf.nn.softmax`, outside of `fit` and `tf.function` | applied twice, without any warning |
| TF 2.0 to 2.3, standalone Keras 2.2 | applied twice, without any warning |

lossl knows the backend if the file sets `os.environ["KERAS_BACKEND"]`, or imports Keras as `tensorflow.keras` or
`tf_keras`. Where TensorFlow repairs the loss this is reported as a warning, everywhere else as an error.

With a doubled sigmoid the loss of one element stays between 0.313 and 0.693 for `y = 1` and between 0.693 and 1.313
for `y = 0`, instead of falling to 0. With a doubled softmax over C classes it cannot fall below ln(1 + (C - 1) / e):
1.46 for 10 classes, 3.62 for 100, 5.91 for 1000; and at the start the gradient is C times too small. Trained with SGD
on the digits data, the same network reaches an accuracy of 0.47 on the PyTorch backend and 0.95 on TensorFlow.

Where TensorFlow recovers the logits it takes those of the last activation whatever that was: after a softmax,
`BinaryCrossentropy(from_logits=True)` trains a sigmoid on the softmax's scores.

The opposite is not a bug: sigmoid followed by the default `binary_crossentropy` is what that loss is for. It is fragile
at most beyond logits of about 16, where Keras clips the probability and the gradient stops.

## Symptoms

- **loss does not go below 0.313, stuck at 0.503 or 0.693**: a doubled sigmoid, for `y = 1`, for balanced targets, for
  `y = 0`
- **loss does not go below 0.551, 1.461, 3.622 or 5.909**: a doubled softmax over 3, 10, 100 or 1000 classes
- **loss stuck at 2.303**: ten classes and a doubled softmax (ln 10); the gradient is 10 times too small to leave it
- **UserWarning: received `from_logits=True`, but the `output` argument was produced by a Softmax activation and thus
  does not represent logits. Was this intended?**: TensorFlow found the logits and used them; other backends do not
- **training and validation loss differ**: with a dropout after the activation, TensorFlow finds the logits in
  evaluation only
- **trains well on TensorFlow, badly on JAX or PyTorch**: TensorFlow repairs the loss, the others do not
- **accuracy does not move**: with SGD the weak gradient of the doubled activation gets nowhere

## Example

```python
import keras

model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile(optimizer="adam", loss=keras.losses.BinaryCrossentropy(from_logits=True))
```

## Use instead

```python
import keras

model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(1, activation="sigmoid")])
model.compile(optimizer="adam", loss=keras.losses.BinaryCrossentropy())
```

## Fix safety

Dropping `from_logits=True` changes nothing but the loss, so it is safe if every use of that loss is fed by the
activation it applies itself: a sigmoid for the binary losses, a softmax for the categorical ones.

Removing the activation is the numerically better choice, but `predict()` then returns logits; it is safe only if
nothing else reads the output of the model.

If the activation does not belong to the loss (a softmax and `BinaryCrossentropy`, a sigmoid and
`CategoricalCrossentropy`), only you know which of the two was meant, and every alternative is unsafe.

To choose: dropping `from_logits=True` is the local way: `predict()` goes on giving probabilities, and saved models stay
what they are. Removing the activation is the stable way: the loss goes on computing from the scores themselves, on
every backend, and who calls `predict()` has to activate what it gives.

## References

- [Keras: probabilistic losses](https://keras.io/api/losses/probabilistic_losses/)
- [keras-team/keras#15271](https://github.com/keras-team/keras/issues/15271): the same model and loss, two results
"""

from __future__ import annotations

import math

from lossl.edits import (
    activation_name,
    assuming,
    both,
    drop_option,
    exchange_loss,
    fed,
    framework,
    imported_name,
    input_name,
    loss_name,
    removal_risk,
    remove_activation,
    sharing_risk,
    twin,
)
from lossl.rule import Breach, Finding, Fix, Meaning, NeedKind, Severity, offer, rule

FITS = {"sigmoid": Meaning.PROBABILITY, "softmax": Meaning.DISTRIBUTION}
BINARY, CATEGORICAL = "keras.losses.BinaryCrossentropy", "keras.losses.CategoricalCrossentropy"
OTHER_LINK = {
    BINARY: CATEGORICAL,
    CATEGORICAL: BINARY,
    "keras.losses.binary_crossentropy": "keras.losses.categorical_crossentropy",
    "keras.losses.categorical_crossentropy": "keras.losses.binary_crossentropy",
}
LINKS = {meaning: link for link, meaning in FITS.items()}
ASSUMES = {
    "sigmoid": "only right if the classes do not exclude each other",
    "softmax": "only right if exactly one class is true of each sample",
}
VARIABLE = "KERAS_BACKEND"
"""Of the environment: it names the backend, if it is set before Keras is imported."""
NAMES = {"jax": "JAX", "torch": "PyTorch"}
OF_TENSORFLOW = ("tensorflow.", "tf_keras.")
"""How the names of losses begin that run on TensorFlow, unless the variable says otherwise."""
UNKNOWN = (
    "; on the JAX and PyTorch backends it is applied silently, on TensorFlow Keras goes back to the logits and warns, "
    "unless a reshape or dropout lies between"
)
REPAIRED = (
    "on TensorFlow Keras goes back to the logits and warns, so the loss comes out right here; after a reshape or "
    "dropout, in mixed precision, and on any other backend the activation is applied twice, silently"
)
OTHER = ", which the model goes on applying when it predicts"
HIDDEN = "; TensorFlow cannot go back to the logits and does not warn, because something lies between"
EAGER = (
    "; Keras on TensorFlow goes back to the logits inside `fit` and `tf.function` only, so the same code has two losses"
)


@rule(
    code="LSL102",
    name="from-logits-after-activation",
    needs=(NeedKind.DECLARED_LOGITS,),
    found=(Meaning.PROBABILITY, Meaning.DISTRIBUTION),
    severity=Severity.ERROR,
    since="0.1.0",
)
def check(breach: Breach) -> Finding:
    """Word the flag that does not fit; offer to drop it, or to remove the activation."""
    loss = loss_name(breach, *([f"{breach.need.flag}=True"] if breach.need.flag else []))
    message = f"{loss} takes logits, but {input_name(breach)} is already {breach.found.meaning.spoken}"
    severity = Severity.WARNING if _repaired(breach) else None
    return Finding(message, _consequence(breach), _drop(breach) + _remove(breach), severity=severity)


def _backend(breach: Breach) -> str:
    """The backend that Keras runs on: what the file sets, or what it imports Keras from; empty if neither tells."""
    chosen = dict(breach.call.environment).get(VARIABLE, "")
    name = imported_name(breach)
    if name.startswith("tf_keras.") or (not chosen and name.startswith(OF_TENSORFLOW)):
        return "tensorflow"
    return chosen


def _repaired(breach: Breach) -> bool:
    """True if Keras finds the logits under the activation and applies the same activation to them."""
    return _recovers(breach) and FITS.get(breach.need.link or "") is breach.found.meaning


def _recovers(breach: Breach) -> bool:
    """True if Keras finds the logits under the activation, whatever that was: nothing lies between."""
    return _backend(breach) == "tensorflow" and _is_direct(breach) and not _is_eager(breach)


def _is_direct(breach: Breach) -> bool:
    return breach.origin is not None and breach.origin.direct


def _is_eager(breach: Breach) -> bool:
    """True if the loss is called in the open on what TensorFlow's own function gives, which only a graph remembers."""
    named = breach.origin is not None and breach.origin.name.startswith("tensorflow.")
    return named and not breach.call.wired


def _consequence(breach: Breach) -> str:
    if breach.need.link is None:
        return "it applies an activation itself, so this one comes twice: the loss stays in a fence, far above 0"
    if _repaired(breach):
        return REPAIRED
    if _recovers(breach):
        return (
            f"on TensorFlow Keras trains a {breach.need.link} on what lies under the {activation_name(breach)}{OTHER}"
        )
    backends = _remark(breach) if framework(breach) == "keras" else ""
    if breach.need.link == "softmax":
        classes = breach.found.units or 10
        floor = math.log1p((classes - 1) / math.e)
        return f"with a second softmax the loss cannot fall below {floor:.2f} for {classes} classes{backends}"
    return f"with a second sigmoid the loss cannot fall below 0.313 for y=1 or 0.693 for y=0{backends}"


def _remark(breach: Breach) -> str:
    """What the backend has to do with it."""
    backend = _backend(breach)
    if backend == "tensorflow":
        return EAGER if _is_direct(breach) else HIDDEN
    return f"; {NAMES[backend]} does so without a warning" if backend in NAMES else UNKNOWN


def _drop(breach: Breach) -> tuple[Fix, ...]:
    flag = breach.need.flag
    if flag is None or fed(breach) - {breach.found.meaning, None}:
        return ()
    dropped = drop_option(breach, flag)
    if FITS.get(breach.need.link or "") is breach.found.meaning:
        return offer(f"Drop {flag}", dropped, risk=sharing_risk(breach))
    if breach.found.units == 1:
        return ()
    activation, edits = LINKS[breach.found.meaning], both(exchange_loss(breach, OTHER_LINK), dropped)
    return offer(f"Use {twin(breach, OTHER_LINK)} on the {activation}", edits, risk=ASSUMES[activation])


def _remove(breach: Breach) -> tuple[Fix, ...]:
    activation, link = activation_name(breach), breach.need.link
    if activation == "exp":
        return ()  # beneath lies the logarithm of a probability, which is no logit either
    if link is None:
        return offer(f"Remove the {activation}", remove_activation(breach), risk=removal_risk(breach))
    if activation != link and breach.found.meaning is FITS.get(link):
        return ()  # one class of a softmax is not the sigmoid of that class's logit
    risk = removal_risk(breach) if activation == link else assuming(breach, ASSUMES.get(link, ""))
    return offer(f"Remove the {activation}", remove_activation(breach), risk=risk)
