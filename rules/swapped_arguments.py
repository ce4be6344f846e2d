"""A loss is given its prediction and its target in each other's place.

## What it does

Finds calls of a loss in which the target is what a layer or an activation of the model put out, while the prediction
certainly is not: labels (`argmax`, `one_hot`), a tensor of zeros or ones, an element of what a loop takes out of a
loader.

PyTorch and optax take the prediction first, Keras and scikit-learn the target; `tf.nn` wants names. Losses that do not
mind, such as the squared error, are left alone, and so is a target that another model put out.

## Why is this bad?

A loss is not symmetric. A binary cross-entropy with logits is linear in its target, so with the logits there it has no
minimum: each step makes the scores of the positives larger, nothing ever makes one smaller, and the loss falls below 0
without end. A small network that tells one digit from the nine others then calls everything positive: an accuracy of
0.096 instead of 0.958, an F1 score of 0.176 instead of 0.756.

A binary cross-entropy of probabilities takes the logarithm of the labels. PyTorch stops it at -100 and Keras at -16.1,
which makes it an absolute error, 100 or 16.1 times as large: it trains, without the cross-entropy's slope for what is
badly wrong. In a GAN the labels are the same everywhere, and the discriminator sees a constant slope.

Class indices in the place of logits mostly fail: `CrossEntropyLoss` has no use for integers.

## Symptoms

- **loss is negative and falls without end**: logits stand in the place of the target
- **predicts only one class**: nothing pushes a score down
- **the binary cross-entropy starts at 50, or at 8**: the logarithm of labels is cut off at -100, or at -16.1
- **"log_softmax_lastdim_kernel_impl" not implemented for 'Long'**: class indices stand in the place of logits

## Example

```python
import tensorflow as tf

cross_entropy = tf.keras.losses.BinaryCrossentropy(from_logits=True)
discriminator = tf.keras.Sequential([tf.keras.layers.Dense(16, activation="relu"), tf.keras.layers.Dense(1)])


def discriminator_loss(real, fake):
    real, fake = discriminator(real), discriminator(fake)
    return cross_entropy(tf.ones_like(real), real) + cross_entropy(fake, tf.zeros_like(fake))


discriminator_loss(tf.random.normal((8, 4)), tf.random.normal((8, 4)))
```

## Use instead

```python
import tensorflow as tf

cross_entropy = tf.keras.losses.BinaryCrossentropy(from_logits=True)
discriminator = tf.keras.Sequential([tf.keras.layers.Dense(16, activation="relu"), tf.keras.layers.Dense(1)])


def discriminator_loss(real, fake):
    real, fake = discriminator(real), discriminator(fake)
    return cross_entropy(tf.ones_like(real), real) + cross_entropy(tf.zeros_like(fake), fake)


discriminator_loss(tf.random.normal((8, 4)), tf.random.normal((8, 4)))
```

## Fix safety

Exchanging the two is safe: nothing else changes. It is not offered if they are not both written in the call.

To choose: no other loss and no other model would help, so there is nothing to choose from; whoever prefers names writes
`input=` and `target=`.

## References

- [`torch.nn.BCEWithLogitsLoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.BCEWithLogitsLoss.html):
  prediction, target
- [`keras.losses.BinaryCrossentropy`](https://keras.io/api/losses/probabilistic_losses/): target, prediction
"""

from __future__ import annotations

from lossl.edits import exchange_arguments, given_data, input_name, loss_name
from lossl.rule import Breach, Finding, Meaning, NeedKind, Severity, offer, rule

UNBOUNDED = "the loss is linear in its target: it falls without end, and no score is ever made smaller"
CUT_OFF = "the logarithm is taken of the labels, where it is cut off, and not of the output"


@rule(
    code="LSL301",
    name="swapped-arguments",
    needs=(NeedKind.TARGET,),
    found=(
        Meaning.LOGITS,
        Meaning.PROBABILITY,
        Meaning.DISTRIBUTION,
        Meaning.LOG_PROBABILITY,
        Meaning.LOG_DISTRIBUTION,
    ),
    severity=Severity.WARNING,
    since="0.1.0",
)
def check(breach: Breach) -> Finding | None:
    """Word the exchange if what stands in the place of the prediction cannot be one; offer to exchange them back."""
    beside = breach.call.beside
    if beside is None or breach.call.wired or not given_data(breach):
        return None
    place = beside.place
    message = (
        f"{loss_name(breach)} takes {input_name(breach)} for the target and `{place.file.code(place.node)}` for the "
        f"prediction, but the output of the model is {input_name(breach)}"
    )
    consequence = UNBOUNDED if breach.found.meaning is Meaning.LOGITS else CUT_OFF
    return Finding(message, consequence, offer("Exchange prediction and target", exchange_arguments(breach)))
