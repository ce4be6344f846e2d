"""Something else than log-probabilities is passed to the negative log-likelihood loss.

## What it does

Finds logits and probabilities that reach `torch.nn.NLLLoss`, `torch.nn.functional.nll_loss`, `torch.nn.CTCLoss` or
`torch.nn.functional.ctc_loss`. These losses want the output of `log_softmax`.

In spite of its name `NLLLoss` takes no logarithm: it picks the entry of the right class, as it is, and changes its
sign. `CrossEntropyLoss` is `log_softmax` and `NLLLoss` in one, and takes logits.

## Why is this bad?

| given | what is minimised | test accuracy, Adam | test accuracy, SGD |
|---|---|---|---|
| log-probabilities | `-log p`, 0 to infinity | 0.95 | 0.95 |
| softmax | `-p`, -1 to 0 | 0.89 | 0.25 |
| sigmoid | `-p`, -1 to 0 | below 0.2 | below 0.4 |
| logits | minus the score, without lower bound | 0.10 | 0.09 |

(A small network on the digits data, 10 classes, 20 epochs.)

With logits nothing holds the scores back: they grow until they overflow, the loss falls and falls, and the model learns
nothing. With a softmax the gradient is C times too small for C classes at the start, and vanishes where the model is
confidently wrong. With a sigmoid every class is free to go to 1, and does. What people see on the screen is a loss
below zero, which a negative log-likelihood cannot be; no error and no warning is raised.

Some focal losses write `F.nll_loss(p, y, reduction="none")` on purpose, to pick `-p` of the right class. That cannot be
told from the mistake; `p.gather(1, y[:, None])` says what is meant and is not reported. A library that takes the
logarithm itself before it calls `NLLLoss`, as skorch does, is not meant either.

## Symptoms

- **loss is negative**: no negative log-likelihood is; the loss is the score or the probability with its sign changed
- **loss goes to -1**: a softmax or a sigmoid; it cannot go lower
- **loss falls without end, in the thousands below zero, explodes**: logits; nothing holds the scores back
- **loss is nan or inf**: logits, after the scores have overflowed
- **accuracy does not move**: with logits and with a sigmoid it stays at chance level, with a softmax and SGD close to
  it

## Example

```python
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 10), nn.Softmax(dim=1))
criterion = nn.NLLLoss()

x, y = torch.randn(32, 8), torch.randint(0, 10, (32,))
loss = criterion(model(x), y)
```

## Use instead

```python
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 10), nn.LogSoftmax(dim=1))
criterion = nn.NLLLoss()

x, y = torch.randn(32, 8), torch.randint(0, 10, (32,))
loss = criterion(model(x), y)
probability = torch.exp(model(x))
```

## Fix safety

For logits, taking `CrossEntropyLoss` is safe if every use of that loss is fed with logits or with log-probabilities,
which it does not mind. Applying `log_softmax` in the call of the loss is safe if that call only ever gets these.
Neither touches what the model puts out.

Replacing a softmax by `log_softmax` is safe if this loss is the only reader of its output, or if the others only look
for the largest class. Otherwise whoever reads the probabilities has to take `exp` afterwards. The same holds for
removing the softmax and taking `CrossEntropyLoss`. With `reduction="none"` both are unsafe, because `-p` may be what is
meant.

Applying `log` in the call of the loss leaves all other readers alone, but it is unsafe: in float32 a softmax is 0 for a
class whose score lies 104 below the largest, the loss is infinite there, and its gradient is not a number.

A sigmoid judges each class on its own. To make the classes compete is unsafe, because only you know whether they do.

To choose: `CrossEntropyLoss` on logits and `log_softmax` before `NLLLoss` compute the same, equally stable. The first
leaves the model alone, or leaves it logits; the second makes it put out log-probabilities, which others can read by
`exp`. Only `log` in the call keeps the probabilities, for the price of the 0 in float32.

## References

- [`torch.nn.NLLLoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.NLLLoss.html)
- [`torch.nn.CTCLoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.CTCLoss.html)
- Met in practice: [clvrai/ACGAN-PyTorch#4](https://github.com/clvrai/ACGAN-PyTorch/pull/4),
  [AnubhavGupta3377/Text-Classification-Models-Pytorch#9](https://github.com/AnubhavGupta3377/Text-Classification-Models-Pytorch/issues/9),
  [locuslab/e2e-model-learning#11](https://github.com/locuslab/e2e-model-learning/issues/11)
"""

from __future__ import annotations

from lossl.edits import (
    activation_name,
    assuming,
    exchange_activation,
    exchange_loss,
    exchange_with_loss,
    fed,
    input_state,
    loss_name,
    removal_risk,
    remove_activation,
    sharing_risk,
    twin,
    wrap_argument,
)
from lossl.rule import Breach, Finding, Fix, Meaning, NeedKind, Severity, offer, rule

LOG = {"softmax": "log_softmax", "Softmax": "LogSoftmax"}
OF_CLASSES = {"sigmoid": "log_softmax", "Sigmoid": "LogSoftmax"}
FOR_LOGITS = {
    "torch.nn.NLLLoss": "torch.nn.CrossEntropyLoss",
    "torch.nn.functional.nll_loss": "torch.nn.functional.cross_entropy",
}
CONSEQUENCE = {
    Meaning.LOGITS: "nothing bounds the loss from below, so scores grow without end and nothing is learned",
    Meaning.DISTRIBUTION: "the loss is -p instead of -log p: it lies between -1 and 0, and at the start the gradient "
    "is as many times too small as there are classes; with SGD such a classifier hardly learns",
    Meaning.PROBABILITY: "the loss is least when every class gets probability 1, so classes are not told apart",
}
SEQUENCES = "the loss is no likelihood: it falls below 0, and the gradient vanishes for classes that seem improbable"
EXCLUSIVE = "only right if the classes exclude each other"
BATCH = "the softmax runs over the first axis, which is the batch unless there is none; then it has to stay so"
REMOVABLE = ("softmax", "softmax2d", "sigmoid")
"""What can be left out before a cross-entropy; other operations that give probabilities do more than that."""
CHOSEN = "without a reduction -p of the right class may be just what is meant"
UNDERFLOW = "the logarithm of a softmax is -inf where the softmax is 0"


@rule(
    code="LSL106",
    name="nll-without-log-softmax",
    needs=(NeedKind.LOG_DISTRIBUTION,),
    found=(Meaning.LOGITS, Meaning.DISTRIBUTION, Meaning.PROBABILITY),
    severity=Severity.ERROR,
    since="0.1.0",
)
def check(breach: Breach) -> Finding:
    """Word the missing logarithm; offer to take it, or the loss that takes it itself."""
    message = f"{loss_name(breach)} takes log-probabilities, but {input_state(breach)}"
    return Finding(message, _consequence(breach), FIXES[breach.found.meaning](breach))


def _of_sequences(breach: Breach) -> bool:
    return "ctc" in breach.call.loss.lower()


def _consequence(breach: Breach) -> str:
    sums_up = breach.found.meaning is Meaning.DISTRIBUTION and _of_sequences(breach)
    return SEQUENCES if sums_up else CONSEQUENCE[breach.found.meaning]


def _axis(breach: Breach) -> str:
    """The class axis of these losses, as an argument of `log_softmax`."""
    return "dim=-1" if _of_sequences(breach) else "dim=1"


def _for_logits(breach: Breach) -> tuple[Fix, ...]:
    fits = {Meaning.LOGITS, Meaning.LOG_DISTRIBUTION, None}
    exchange: tuple[Fix, ...] = ()
    if fed(breach) <= fits:
        exchanged = exchange_loss(breach, FOR_LOGITS)
        exchange = offer(f"Use {twin(breach, FOR_LOGITS)}", exchanged, risk=sharing_risk(breach))
    given = fed(breach, everywhere=False)
    if not given <= fits:
        return exchange
    risk = "some callers may pass log-probabilities already" if None in given else None
    wrapped = wrap_argument(breach, "torch.nn.functional.log_softmax", _axis(breach))
    return exchange + offer("Apply log_softmax in the call", wrapped, risk=risk)


def _for_distribution(breach: Breach) -> tuple[Fix, ...]:
    if activation_name(breach) == "exp":
        return offer("Remove the exp", remove_activation(breach), risk=removal_risk(breach))
    risk = CHOSEN if _unreduced(breach) else removal_risk(breach)
    batch = BATCH if breach.found.axis == 0 else None
    # A softmax over the batch is to run over the classes as well.
    replaced = exchange_activation(breach, LOG, _axis(breach) if batch else None)
    replace = offer("Replace the softmax by log_softmax", replaced, risk=batch or risk)
    return replace + _remove(breach, risk) + (() if batch else _log(breach))


def _unreduced(breach: Breach) -> bool:
    """True if the call says `reduction="none"`, as those do who only want to pick one class."""
    option = breach.call.option("reduction")
    return option is not None and "none" in option.file.code(option.node)


def _for_probability(breach: Breach) -> tuple[Fix, ...]:
    if breach.found.units == 1:
        return ()  # log_softmax over one class is always 0
    replaced = exchange_activation(breach, OF_CLASSES, _axis(breach))
    replace = offer("Replace the sigmoid by log_softmax", replaced, risk=assuming(breach, EXCLUSIVE))
    return replace + _remove(breach, assuming(breach, EXCLUSIVE))


FIXES = {
    Meaning.LOGITS: _for_logits,
    Meaning.DISTRIBUTION: _for_distribution,
    Meaning.PROBABILITY: _for_probability,
}


def _remove(breach: Breach, risk: str | None) -> tuple[Fix, ...]:
    activation = activation_name(breach)
    edits = exchange_with_loss(breach, FOR_LOGITS) if activation in REMOVABLE else None
    return offer(f"Remove the {activation} and use {twin(breach, FOR_LOGITS)}", edits, risk=risk)


def _log(breach: Breach) -> tuple[Fix, ...]:
    if not fed(breach, everywhere=False) <= {Meaning.DISTRIBUTION, None}:
        return ()
    return offer("Apply log in the call", wrap_argument(breach, "torch.log"), risk=UNDERFLOW)
