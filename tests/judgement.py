"""What counts as damage in a program that was run by `tests.proof`, and what as none, by the rule it is a fixture of.

Most rules are about a loss that is another one than the program means. Of the others, each has a judgement that fits
what it says; `WAYS` tells in which other ways their programs are run, see `Way` in `tests.recorder`. What was found
then stands under the name of the way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import chain
from typing import Any, NamedTuple

import numpy as np

Found = dict[str, Any]

SAME = 2e-4
"""How far a loss and its gradient, computed in float32, may be from the float64 reference, relative to the largest."""
DIFFERENT = 1e-3
"""How far a flagged one has to be at least."""
INSIDE = ("cross_entropy", "softmax_cross_entropy", "sparse_softmax_cross_entropy")
"""How the names of losses begin that apply a softmax themselves."""


class Judgement(NamedTuple):
    """Whether a flagged program does what its rule says, and whether another one is free of it."""

    damaged: Callable[[Found], bool]
    sound: Callable[[Found], bool]
    way: str = ""


def right(call: dict[str, Any]) -> bool:
    """True if a loss and its gradient are those that the program means."""
    return not call["raised"] and call["error"] is not None and max(call["error"], call["gradient_error"] or 0) < SAME


def another_loss(found: Found) -> bool:
    """True if a program's loss is refused, is another one than it means, or is one that Keras had to repair.

    It is also damage if a loss is right only because it looks behind what the model puts out, at scores whose
    activation is not the one that it trains.
    """
    errors = [call[key] or 0.0 for call in found["calls"] for key in ("error", "written", "gradient_error")]
    return found["warned"] or any(call["raised"] for call in found["calls"]) or max(errors, default=0) > DIFFERENT


def all_right(found: Found) -> bool:
    """True if a program computes losses, and each of them is right."""
    return bool(found["calls"]) and all(map(right, found["calls"])) and not found["warned"]


def misread(found: Found) -> bool:
    """True if the losses are right, but answers to "larger than a half?" are not those of the probability."""
    return any(found["thresholds"]) and all_right(found)


def well_read(found: Found) -> bool:
    """True if the losses are right, and so is every answer."""
    return all_right(found) and not any(found["thresholds"])


def logarithm_lost(found: Found) -> bool:
    """True if logarithms are those of float64 as the program stands, and not of scores that lie far apart."""
    near, far = found["logarithms"], found["far"]["logarithms"]
    return bool(near) and max(near) < SAME and max(far) > DIFFERENT


def logarithm_kept(found: Found) -> bool:
    """True if logarithms are those of float64, also of scores that lie far apart; and so are the losses, if any."""
    near, far = found["logarithms"], found["far"]["logarithms"]
    return bool(near and far) and max(near + far) < SAME and all(map(right, found["calls"] + found["far"]["calls"]))


def loss_lost(found: Found) -> bool:
    """True if the losses are right as the program stands, and not for scores that lie far apart."""
    return all_right(found) and another_loss(found["far"])


def loss_kept(found: Found) -> bool:
    """True if the losses are right, also for scores that lie far apart."""
    return all_right(found) and all_right(found["far"])


def redundant(found: Found) -> bool:
    """True if the losses are right although one that applies a softmax is given logarithms of one."""
    return all_right(found) and any(map(_given_logs, found["calls"]))


def not_redundant(found: Found) -> bool:
    """True if the losses are right and none applies a softmax to logarithms of one."""
    return all_right(found) and not any(map(_given_logs, found["calls"]))


def _given_logs(call: dict[str, Any]) -> bool:
    return bool(call["scale"] == "log" and call["loss"].rpartition(".")[2].startswith(INSIDE))


def dropped(found: Found) -> bool:
    """True if a loss is given what dropout set to zero in places."""
    return any(call["dropped"] for call in found["calls"])


def whole(found: Found) -> bool:
    """True if the losses are right, and none is given what dropout set to zero in places."""
    return all_right(found) and not dropped(found)


def unbalanced(found: Found) -> bool:
    """True if the losses are right, and the weight of one multiplies all of it alike."""
    return all_right(found) and any((call["factor"] or 1) > 1 for call in found["calls"])


def balanced(found: Found) -> bool:
    """True if the losses are right, and no weight makes one of them larger as a whole."""
    return all_right(found) and not unbalanced(found)


def competing(found: Found) -> bool:
    """True if what a loss gets does not sum to one over the classes of a sample."""
    return any((call["sum_error"] or 0) > DIFFERENT for call in found["calls"])


def classes_compete(found: Found) -> bool:
    """True if the losses are right and what they get sums to one over the classes."""
    return all_right(found) and all(call["sum_error"] is not None for call in found["calls"]) and not competing(found)


def guessed(found: Found) -> bool:
    """True if PyTorch had to guess the axis of a softmax."""
    return bool(found["guessed"])


def told(found: Found) -> bool:
    """True if nothing is guessed, and what the losses get sums to one over the classes."""
    return not guessed(found) and classes_compete(found)


def not_the_divergence(found: Found) -> bool:
    """True if a loss is the mean that it says, and so not what is called the divergence."""
    return all_right(found) and any((call["defined"] or 0) > DIFFERENT for call in found["calls"])


def the_divergence(found: Found) -> bool:
    """True if every loss is right, and the divergence as it is defined."""
    return all_right(found) and all((call["defined"] or 0) < SAME for call in found["calls"])


def another_distribution(found: Found) -> bool:
    """True if a distribution refuses what it is made of, or has other probabilities than that means."""
    return any(each["raised"] or max(_errors(each)) > DIFFERENT for each in found["distributions"])


def as_meant(found: Found) -> bool:
    """True if probabilities, log-probabilities and entropies of all distributions are those of the definition."""
    each = found["distributions"]
    return bool(each) and not any(one["raised"] or max(_errors(one)) > SAME for one in each)


def _errors(distribution: dict[str, Any]) -> list[float]:
    keys = ("probabilities", "log_probability", "entropy")
    return [distribution[key] for key in keys if distribution.get(key) is not None] or [0.0]


def read_twice_activated(found: Found) -> bool:
    """True if something is activated that is activated already, and others or a loss read another value for it."""
    once, losses = found["once"], [[call["value"] for call in each["calls"]] for each in (found, found["once"])]
    return bool(found["repeated"]) and (found["readings"] != once["readings"] or losses[0] != losses[1])


def activated_once(found: Found) -> bool:
    """True if nothing is activated twice."""
    return not found["repeated"]


def constant(found: Found) -> bool:
    """True if a softmax gives the same for everything, or if a loss is another one than the program means."""
    return bool(found["constant"]) or another_loss(found)


def varying(found: Found) -> bool:
    """True if no softmax gives the same for everything, and every loss is right."""
    computed = bool(found["calls"] or found["activated"])
    return computed and not found["constant"] and all(map(right, found["calls"])) and not found["warned"]


def refused(found: Found) -> bool:
    """True if PyTorch refuses a loss in the mixed precision of a GPU."""
    return any("unsafe to autocast" in (call["raised"] or "") for call in found["calls"])


LOSS = Judgement(another_loss, all_right)
OTHERS = {
    "threshold-on-logits": Judgement(misread, well_read),
    "log-of-softmax": Judgement(logarithm_lost, logarithm_kept, "far"),
    "log-of-sigmoid": Judgement(logarithm_lost, logarithm_kept, "far"),
    "sigmoid-before-bce": Judgement(loss_lost, loss_kept, "far"),
    "bce-under-autocast": Judgement(refused, all_right),
    "softmax-on-one-unit": Judgement(constant, varying),
    "redundant-log-softmax": Judgement(redundant, not_redundant),
    "softmax-over-batch": Judgement(competing, classes_compete),
    "softmax-without-dim": Judgement(guessed, told),
    "dropout-on-output": Judgement(dropped, whole),
    "uniform-weight": Judgement(unbalanced, balanced),
    "kl-div-mean": Judgement(not_the_divergence, the_divergence),
    "probabilities-as-logits": Judgement(another_distribution, as_meant),
    "logits-as-probabilities": Judgement(another_distribution, as_meant),
    "activated-twice": Judgement(read_twice_activated, activated_once, "once"),
}
"""Rules that are not about the value of a loss for the numbers of a fixture."""
AGREEING = ("log-of-softmax", "log-of-sigmoid", "sigmoid-before-bce", "redundant-log-softmax")
"""Rules whose fixes change nothing that a program computes from ordinary numbers."""


def judgement(rule: str) -> Judgement:
    """What counts for fixtures of a rule."""
    return OTHERS.get(rule, LOSS)


def agree(one: Found, other: Found) -> bool:
    """True if two programs print the same numbers and compute the same losses with the same gradients, up to rounding.

    Both programs compute something.
    """
    first, second = (list(_numbers(found)) for found in (one, other))
    return len(first) == len(second) > 0 and bool(np.allclose(first, second, rtol=SAME, atol=1e-6))


def _numbers(found: Found) -> Iterator[float]:
    texts = [str(text) for name, text in found["readings"] if name == "print"]
    yield from (float(number) for text in texts for number in re.findall(r"-?\d+\.\d*(?:e[-+]\d+)?", text))
    for each in chain.from_iterable((call["value"], call["gradient"]) for call in found["calls"]):
        if each is not None:
            yield from np.asarray(each, dtype=np.float64).ravel().tolist()
