"""Logits or log-probabilities are given to a distribution object as its probabilities.

## What it does

Finds raw scores and outputs of a log_softmax that are handed to a distribution object as its probabilities:
`torch.distributions.Categorical(scores)`, whose first parameter is `probs`, `Bernoulli(probs=scores)`,
`OneHotCategorical`, `Multinomial`, `Binomial` and their relatives, also those of TensorFlow Probability and distrax
under the name `probs`.

Weights that need not sum to one are right, as the object divides by their sum: outputs of `exp` or `relu`, and numbers
written down, as in `Categorical(torch.tensor([3.0, 1.0]))`.

## Why is this bad?

PyTorch divides by the sum. Scores of both signs then give `ValueError: Expected parameter probs ... to satisfy the
constraint Simplex()`, which may happen in the first batch or hours later. Scores that are all positive pass, and the
probabilities are their shares of the sum instead of their softmax.

With log-probabilities nothing is raised at all: all are negative, so their shares are positive, and **the order is
reversed**. The log_softmax of the scores 2 and 1 stands for 0.731 and 0.269; `Categorical` makes 0.193 and 0.807 of it,
so the better choice is sampled less often.

TensorFlow Probability and distrax do not check at all unless they are told to.

## Symptoms

- **ValueError: Expected parameter probs of distribution Categorical to satisfy the constraint Simplex(), but found
  invalid values**: scores of both signs
- **ValueError: Expected parameter probs of distribution Bernoulli to satisfy the constraint Interval(lower_bound=0.0,
  upper_bound=1.0)**: a score outside of 0 and 1
- **the agent prefers the worse action, does the opposite of what it learned**: log-probabilities, their order reversed

## Example

```python
import torch
import torch.nn as nn
from torch.distributions import Categorical

policy = nn.Linear(4, 2)
states = torch.randn(8, 4)
action = Categorical(policy(states)).sample()
```

## Use instead

```python
import torch
import torch.nn as nn
from torch.distributions import Categorical

policy = nn.Linear(4, 2)
states = torch.randn(8, 4)
action = Categorical(logits=policy(states)).sample()
```

## Fix safety

The fix hands the value over under the name `logits`. It is safe if nothing but logits and log-probabilities over the
choices gets there. It is not offered where arguments behind it are given by position, nor for the logarithm of a
sigmoid, which is no logit.

To choose: the other way is a softmax or sigmoid in the model. It computes the same, a little less exactly near 0 and 1,
and everybody who reads the output sees probabilities. It is not offered, because handing logits over as such needs
nothing else to be changed.

## References

- [`torch.distributions.Categorical`](https://docs.pytorch.org/docs/stable/distributions.html#categorical)
- [`torch.distributions.Bernoulli`](https://docs.pytorch.org/docs/stable/distributions.html#bernoulli)
"""

from __future__ import annotations

from lossl.edits import activation_name, fed, framework, input_state, loss_name, name_argument
from lossl.rule import Breach, Finding, Meaning, NeedKind, Severity, offer, rule

CHECKED = (
    "scores of both signs stop with a ValueError; others are divided by their sum instead of going through a softmax"
)
UNCHECKED = "what is sampled has nothing to do with the scores, and nothing is checked unless it is asked for"
REVERSED = "log-probabilities are divided by their sum, which reverses their order: the best choice is sampled least"
NUMBERS = frozenset({"tensor", "floattensor", "array", "asarray", "constant", "convert_to_tensor"})
"""What is written down as numbers, `Categorical(torch.tensor([3.0, 1.0]))`, are weights."""
NOT_KNOWN = "what it is given in other cases is not known"


@rule(
    code="LSL114",
    name="logits-as-probabilities",
    needs=(NeedKind.PROBABILITY_PARAMETER,),
    found=(Meaning.LOGITS, Meaning.LOG_PROBABILITY, Meaning.LOG_DISTRIBUTION),
    severity=Severity.ERROR,
    since="0.1.0",
)
def check(breach: Breach) -> Finding | None:
    """Word the name that does not fit; offer the one that does. Weights written down as numbers are left alone."""
    if breach.found.meaning is Meaning.LOGITS and activation_name(breach) in NUMBERS:
        return None
    given = fed(breach, everywhere=False)
    edits = name_argument(breach, "logits") if given <= {Meaning.LOGITS, Meaning.LOG_DISTRIBUTION, None} else None
    fixes = offer("Hand it over as logits", edits, risk=NOT_KNOWN if None in given else None)
    message = f"{loss_name(breach)} takes it for probabilities, but {input_state(breach)}"
    return Finding(message, _consequence(breach), fixes)


def _consequence(breach: Breach) -> str:
    if breach.found.meaning is Meaning.LOG_DISTRIBUTION:
        return REVERSED
    return CHECKED if framework(breach) == "torch" else UNCHECKED
