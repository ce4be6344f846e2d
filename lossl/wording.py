"""What rules say alike: how they name a loss, its input and an activation, and why a fix of theirs is unsafe."""

from __future__ import annotations

from collections.abc import Mapping

from lossl.diagnostic import Edit
from lossl.meaning.losscall import Breach
from lossl.meaning.meaning import Meaning
from lossl.meaning.value import Certainty

__all__ = [
    "activation_name",
    "both",
    "fed",
    "framework",
    "input_name",
    "input_state",
    "loss_name",
    "removal_risk",
    "sharing_risk",
    "short",
    "sole_source",
    "twin",
]

LONGEST = 60
"""Longer pieces of code are not quoted, a count of characters."""


def short(text: str) -> bool:
    """True if a piece of code can be quoted within a sentence."""
    return len(text) <= LONGEST and "\n" not in text


def loss_name(breach: Breach, *options: str) -> str:
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


def framework(breach: Breach) -> str:
    """The package the loss belongs to: `torch`, `keras`."""
    return breach.call.loss.partition(".")[0]


def twin(breach: Breach, twins: Mapping[str, str]) -> str:
    """The short name of the loss that `twins` holds for the chosen one; empty if it holds none."""
    return twins.get(breach.call.choice.loss, "").rsplit(".", 1)[-1]


def both(first: tuple[Edit, ...] | None, second: tuple[Edit, ...] | None) -> tuple[Edit, ...] | None:
    """The edits of two changes that belong together; None if one of them cannot be written."""
    return first + second if first and second else None


def fed(breach: Breach, *, everywhere: bool = True) -> frozenset[Meaning | None]:
    """What reaches this loss object in all its calls, or in this call by all ways; None is what is not known."""
    calls = [breach.call, *(call for call in breach.sharers if everywhere or call.place == breach.call.place)]
    return frozenset(getattr(binding.thing, "meaning", None) for call in calls for binding in call.argument.value)


def sole_source(breach: Breach) -> bool:
    """True if this activation gives this loss object all that reaches it, so that both can be changed together."""
    given = [binding.thing for call in (breach.call, *breach.sharers) for binding in call.argument.value]
    origins = [getattr(thing, "origin", None) for thing in given]
    return breach.origin is not None and all(o is not None and o.place == breach.origin.place for o in origins)


def removal_risk(breach: Breach) -> str | None:
    """Why taking the activation away is unsafe: somebody else reads what it gives, or may do so; None if it is safe."""
    if breach.certainty is Certainty.MAYBE:
        return f"`{breach.condition!r}` would do nothing any more"
    found = breach.found.meaning.value.replace("_", "-")
    for reader in breach.readers:
        if reader.minds:
            place = reader.place.file.location(reader.place.node)
            cell = "" if place.cell is None else f"cell {place.cell + 1}, "
            return f"in {cell}line {place.range.start.line} the {found} {reader.what}"
    return None if breach.enclosed else f"code outside the checked files may read the {found}"


def sharing_risk(breach: Breach) -> str | None:
    """Why taking another loss is unsafe: other calls may be given something else; None if it is safe."""
    return "what it is given elsewhere is not known" if None in fed(breach) else None
