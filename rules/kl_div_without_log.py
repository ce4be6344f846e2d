"""The input of the Kullback-Leibler divergence is not given as log-probabilities.

## What it does

Finds logits and probabilities that reach `torch.nn.KLDivLoss`, `torch.nn.functional.kl_div` or `optax.kl_divergence` as
their first argument. `kl_div(input, target)` wants the logarithm of what the model says as `input`, and plain
probabilities as `target` (logarithms there, too, if `log_target=True`).

The two arguments are often taken for alike, and both given as softmax. They may also have been swapped: the prediction
comes first here, and what it is compared with, such as a teacher's distribution, comes second. Keras has it the other
way round and takes plain probabilities for both, which is not reported.

## Why is this bad?

PyTorch and optax compute `target * (log(target) - input)` and believe that `input` is a logarithm. Given probabilities
`p` the loss is linear in `p`, not logarithmic. It falls below 0, which no divergence does, and that is the only sign of
it on the screen: no error and no warning is raised. At the start the gradient is C times too small for C classes. With
SGD a small network on the digits data reaches a test accuracy of 0.25 where 0.95 is possible, with Adam 0.89.

Given logits there is no lower bound at all: the scores grow until they overflow, and accuracy stays at chance level.

Two things that are right and easily suspected: the asymmetry (`log_softmax` of the student, `softmax` of the teacher)
is what the function wants, and so is a temperature, `log_softmax(out / T)`. One that is not: the default
`reduction="mean"` of PyTorch divides by the number of classes as well; the divergence is `reduction="batchmean"`.

## Symptoms

- **loss is negative**: no divergence is; with a softmax over 10 equal classes it starts at -2.40
- **loss falls without end, in the thousands below zero, explodes**: logits; nothing holds the scores back
- **loss is nan or inf**: logits, after the scores have overflowed
- **accuracy does not move, the student learns nothing from the teacher**: logits; or a softmax and SGD

## Example

```python
import torch
import torch.nn as nn
import torch.nn.functional as F

student, teacher = nn.Linear(8, 10), nn.Linear(8, 10)
x = torch.randn(32, 8)
target = F.softmax(teacher(x), dim=1).detach()
loss = F.kl_div(F.softmax(student(x), dim=1), target, reduction="batchmean")
```

## Use instead

```python
import torch
import torch.nn as nn
import torch.nn.functional as F

student, teacher = nn.Linear(8, 10), nn.Linear(8, 10)
x = torch.randn(32, 8)
target = F.softmax(teacher(x), dim=1).detach()
loss = F.kl_div(F.log_softmax(student(x), dim=1), target, reduction="batchmean")
```

## Fix safety

Replacing a softmax by `log_softmax` is safe if it stands in the call of the loss. Anywhere else somebody may need its
probabilities: a threshold, a printed confidence, or the target, if a teacher of the same class makes it. Whoever reads
the probabilities then has to take `exp`, and the fix is unsafe.

Applying `log` in the call of the loss leaves all other readers alone, but it is unsafe: in float32 a softmax is 0 for a
class whose score lies 104 below the largest, the loss is infinite there, and its gradient is not a number.

Applying `log_softmax` to logits in the call is unsafe, because this loss does not say which axis holds the classes.

For a sigmoid every alternative is unsafe: each output stands for two outcomes, and this loss counts one of them only.

To choose: `log_softmax` is the stable way, and who else reads the output has to take `exp`. `log` in the call is the
local way: nobody else notices, as long as no probability is rounded to 0.

## References

- [`torch.nn.KLDivLoss`](https://docs.pytorch.org/docs/stable/generated/torch.nn.KLDivLoss.html)
- [`torch.nn.functional.kl_div`](https://docs.pytorch.org/docs/stable/generated/torch.nn.functional.kl_div.html)
- [`optax.kl_divergence`](https://optax.readthedocs.io/en/latest/api/losses.html)
- Met in practice: [microsoft/ProDA#20](https://github.com/microsoft/ProDA/issues/20),
  [sebastian-hofstaetter/matchmaker#18](https://github.com/sebastian-hofstaetter/matchmaker/issues/18)
"""

from __future__ import annotations

from lossl.edits import (
    activation_name,
    exchange_activation,
    fed,
    framework,
    input_state,
    loss_name,
    removal_risk,
    remove_activation,
    wrap_argument,
)
from lossl.rule import Breach, Finding, Fix, Meaning, NeedKind, Severity, offer, rule

LOG = {
    "torch": {
        "softmax": "log_softmax",
        "Softmax": "LogSoftmax",
        "sigmoid": "torch.nn.functional.logsigmoid",
        "Sigmoid": "LogSigmoid",
    },
    "optax": {"softmax": "log_softmax", "sigmoid": "log_sigmoid"},
}
"""The logarithm of an activation, by its name; where there is no module, in that of the activation."""
NORMALIZE = {"torch": ("torch.nn.functional.log_softmax", "dim"), "optax": ("jax.nn.log_softmax", "axis")}
LOGARITHMS = {"torch": "torch.log", "optax": "jax.numpy.log"}
CONSEQUENCE = {
    Meaning.LOGITS: "nothing bounds the loss from below, so scores grow without end and nothing is learned",
    Meaning.DISTRIBUTION: "the loss is linear in p instead of logarithmic: it falls below 0, and at the start the "
    "gradient is as many times too small as there are classes",
    Meaning.PROBABILITY: "the loss falls below 0 and is least when every probability is 1",
}
UNDERFLOW = "the logarithm is -inf where the probability is 0"
ONE_OUTCOME = "each sigmoid stands for two outcomes, and this loss counts one of them only"


@rule(
    code="LSL107",
    name="kl-div-without-log",
    needs=(NeedKind.LOG_PROBABILITY,),
    found=(Meaning.LOGITS, Meaning.DISTRIBUTION, Meaning.PROBABILITY),
    severity=Severity.ERROR,
    since="0.1.0",
)
def check(breach: Breach) -> Finding:
    """Word the missing logarithm; offer to take it where the activation is, or in the call."""
    meaning = breach.found.meaning
    message = f"{loss_name(breach)} takes log-probabilities as its input, but {input_state(breach)}"
    fixes = _normalize(breach) if meaning is Meaning.LOGITS else _replace(breach) + _log(breach)
    return Finding(message, CONSEQUENCE[meaning], fixes)


def _normalize(breach: Breach) -> tuple[Fix, ...]:
    log_softmax, axis = NORMALIZE.get(framework(breach), ("", ""))
    if not log_softmax or not fed(breach, everywhere=False) <= {Meaning.LOGITS, Meaning.LOG_DISTRIBUTION, None}:
        return ()
    second = framework(breach) == "torch" and breach.origin is not None and "Conv" in breach.origin.name
    number, place = ("1", "second") if second else ("-1", "last")
    wrapped = wrap_argument(breach, log_softmax, f"{axis}={number}")
    return offer("Apply log_softmax in the call", wrapped, risk=f"only right if the {place} axis holds the classes")


def _replace(breach: Breach) -> tuple[Fix, ...]:
    activation, twins = activation_name(breach), LOG.get(framework(breach), {})
    if activation == "exp":
        return offer("Remove the exp", remove_activation(breach), risk=removal_risk(breach))
    log = twins.get(activation, "").rpartition(".")[2]
    risk = ONE_OUTCOME if activation == "sigmoid" else removal_risk(breach) or _target_risk(breach)
    return offer(f"Replace the {activation} by {log}", exchange_activation(breach, twins), risk=risk)


def _target_risk(breach: Breach) -> str | None:
    """A teacher of the same class makes the target with the same activation, unless that stands in the call."""
    inline = breach.origin is not None and breach.origin.place == breach.call.argument.place
    return None if inline else f"the target may come out of the same {activation_name(breach)}"


def _log(breach: Breach) -> tuple[Fix, ...]:
    activation, log = activation_name(breach), LOGARITHMS.get(framework(breach))
    if log is None or activation == "exp" or not fed(breach, everywhere=False) <= {breach.found.meaning, None}:
        return ()
    risk = ONE_OUTCOME if activation == "sigmoid" else UNDERFLOW
    return offer("Apply log in the call", wrap_argument(breach, log), risk=risk)
