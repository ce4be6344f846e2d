"""What rules say alike: how they name a loss, its input, an activation, and the loss of a fix."""

from __future__ import annotations

from collections.abc import Mapping

from lossl.meaning.losscall import Breach, LossCall
from lossl.meaning.meaning import Meaning
from lossl.source.names import resolve

LONGEST = 60
"""Longer pieces of code are not quoted, a count of characters."""


def short(text: str) -> bool:
    """True if a piece of code can be quoted within a sentence."""
    return len(text) <= LONGEST and "\n" not in text


def loss_name(breach: Breach | LossCall, *options: str) -> str:
    """The loss in the reader's own words, with its name and `options` unless they show: `criterion` (BCELoss)."""
    name = breach.call.loss.rsplit(".", 1)[-1]
    callee = breach.call.callee if short(breach.call.callee) else name
    details = ", ".join(detail for detail in (name, *options) if detail not in callee)
    return f"`{callee}` ({details})" if details else f"`{callee}`"


def input_name(breach: Breach) -> str:
    """What the loss is given, in the reader's own words."""
    if breach.call.wired:
        return "the output of the model"
    place = breach.call.argument.place
    text = place.file.code(place.node)
    return f"`{text}`" if short(text) else "its input"


def input_state(breach: Breach, *, already: bool = False) -> str:
    """What the loss is given and what that is: `out` holds logits, `p` is (already) a probability."""
    verb = "holds" if breach.found.meaning is Meaning.LOGITS else "is already" if already else "is"
    return f"{input_name(breach)} {verb} {breach.found.meaning.spoken}"


def activation_name(breach: Breach) -> str:
    """What gave the input its meaning, as people call it: `sigmoid`, `log_softmax`; empty if that is not known."""
    name = breach.origin.name.rsplit(".", 1)[-1].lower() if breach.origin else ""
    return {"expit": "sigmoid", "logsoftmax": "log_softmax"}.get(name, name)


def imported_name(breach: Breach | LossCall) -> str:
    """The qualified name of the loss as the file imports it where it was chosen; empty if it is not written there."""
    place = breach.call.choice.place
    node = getattr(place.node, "func", place.node)
    return resolve(place.file, node) or ""


def framework(breach: Breach | LossCall) -> str:
    """The package the loss belongs to: `torch`, `keras`."""
    return breach.call.loss.partition(".")[0]


def twin(breach: Breach | LossCall, twins: Mapping[str, str]) -> str:
    """The short name of the loss that `twins` holds for the chosen one; empty if it holds none."""
    return twins.get(breach.call.choice.loss, "").rsplit(".", 1)[-1]
