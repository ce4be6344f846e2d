"""Probabilities are given to a distribution object as its logits.

## What it does

Finds outputs of a sigmoid or softmax that are handed to a distribution object under the name `logits`:
`torch.distributions.Categorical(logits=p)`, `Bernoulli(logits=p)`, `OneHotCategorical`, `Multinomial`, `Binomial` and
their relatives. In TensorFlow Probability and distrax the logits come first, so there `Categorical(p)` is the same
mistake; in PyTorch the first parameter is the probabilities.

Log-probabilities are logits, and right.

## Why is this bad?

The object applies its own softmax or sigmoid to numbers between 0 and 1. However sure the model is, no choice of two
gets more than 0.731, none of ten more than 0.232; a Bernoulli lies between 0.5 and 0.731. A policy that samples from
it goes on choosing almost at random, its entropy stays close to the highest there is, and the gradient of its
log-probabilities is that of a doubled softmax. No error and no warning is raised.

## Symptoms

- **entropy of the policy stays high, the agent acts almost at random**: no choice gets more than 0.731 of two
- **probability does not exceed 0.731**: of two choices, or of a Bernoulli, which does not fall below 0.5 either
- **sampled actions are nearly uniform although the network is sure**: softmax of numbers between 0 and 1

## Example

```python
import torch
import torch.nn as nn
from torch.distributions import Categorical

policy = nn.Sequential(nn.Linear(4, 2), nn.Softmax(dim=-1))
states = torch.randn(8, 4)
action = Categorical(logits=policy(states)).sample()
```

## Use instead

```python
import torch
import torch.nn as nn
from torch.distributions import Categorical

policy = nn.Sequential(nn.Linear(4, 2), nn.Softmax(dim=-1))
states = torch.randn(8, 4)
action = Categorical(probs=policy(states)).sample()
```

## Fix safety

The fix hands the value over under the name `probs`. It is safe if nothing but probabilities gets there. It is not
offered where arguments behind it are given by position.

To choose: the other way is to take the activation out of the model and to go on handing over logits. It is the stable
one, because log-probabilities are then computed from the scores, while a distribution of PyTorch cuts off probabilities
near 0 and 1. It is not offered: everybody else who reads the output would have to activate it.

## References

- [`torch.distributions.Categorical`](https://docs.pytorch.org/docs/stable/distributions.html#categorical)
- [`tfp.distributions.Categorical`](https://www.tensorflow.org/probability/api_docs/python/tfp/distributions/Categorical)
- Met in practice: [rlworkgroup/garage#1357](https://github.com/rlworkgroup/garage/issues/1357)
"""

from __future__ import annotations

from lossl.edits import fed, input_state, loss_name, name_argument
from lossl.rule import Breach, Finding, Meaning, NeedKind, Severity, offer, rule

FLAT = (
    "softmax or sigmoid is applied again: of two choices none gets more than 0.73, so what is sampled stays close to "
    "random however sure the model is"
)
NOT_KNOWN = "what it is given in other cases is not known"


@rule(
    code="LSL113",
    name="probabilities-as-logits",
    needs=(NeedKind.LOGITS_PARAMETER,),
    found=(Meaning.PROBABILITY, Meaning.DISTRIBUTION),
    severity=Severity.ERROR,
    since="0.1.0",
)
def check(breach: Breach) -> Finding:
    """Word the name that does not fit; offer the one that does."""
    given = fed(breach, everywhere=False)
    edits = name_argument(breach, "probs") if given <= {Meaning.PROBABILITY, Meaning.DISTRIBUTION, None} else None
    fixes = offer("Hand it over as probs", edits, risk=NOT_KNOWN if None in given else None)
    return Finding(f"{loss_name(breach)} takes it for logits, but {input_state(breach)}", FLAT, fixes)
