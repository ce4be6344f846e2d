"""What a fix would do to others: what reaches the same loss, who reads the same value, and why it is unsafe."""

from __future__ import annotations

from pathlib import PurePath

from lossl.edits.splice import Edits
from lossl.edits.wording import activation_name
from lossl.meaning.losscall import Breach, Reader
from lossl.meaning.meaning import Meaning
from lossl.meaning.value import Certainty

INCREASING = frozenset(
    {"sigmoid", "logsigmoid", "log_sigmoid", "softmax", "log_softmax", "softmax2d", "tanh", "softplus", "exp", "log"}
)
"""Activations that keep the order of numbers, and tell apart what was apart."""


def both(first: Edits | None, second: Edits | None) -> Edits | None:
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


def removal_risk(breach: Breach, *, with_loss: bool = False) -> str | None:
    """Why taking the activation away is unsafe: somebody else reads what it gives, or may do so; None if it is safe.

    `with_loss` is true if the loss is exchanged as well, in all its calls: they are no such readers then.
    """
    if breach.certainty is Certainty.MAYBE:
        return f"somebody may have chosen it: it is applied only if `{breach.condition!r}`"
    found = breach.found.meaning.value.replace("_", "-")
    changed = {call.place for call in (breach.call, *breach.sharers)} if with_loss else set()
    for reader in breach.readers:
        if reader.place not in changed and minds(breach, reader):
            return f"in {_where(breach, reader)} the {found} {reader.what}"
    return None if breach.enclosed else f"code outside the checked files may read the {found}"


def _where(breach: Breach, reader: Reader) -> str:
    """The line of a reader, with its cell in a notebook, and with its file if that is not the one with the loss."""
    place = reader.place.file.location(reader.place.node)
    cell = "" if place.cell is None else f"cell {place.cell + 1}, "
    file = "" if reader.place.file is breach.call.place.file else f" of {PurePath(place.path).name}"
    return f"{cell}line {place.range.start.line}{file}"


def assuming(breach: Breach, reason: str) -> str:
    """Why a change of what the activation gives is unsafe: what it assumes, and who else reads that."""
    return "; ".join(filter(None, (reason, removal_risk(breach))))


def only_reader(breach: Breach) -> str | None:
    """Why a change of what the activation gives is unsafe if nobody else in sight reads it; None if it is safe."""
    found = breach.found.meaning.value.replace("_", "-")
    return None if breach.enclosed else f"code outside the checked files may read the {found}"


def minds(breach: Breach, reader: Reader) -> bool:
    """True if the reader would notice the activation's absence; where that makes numbers equal, also by their order."""
    return reader.minds or activation_name(breach) not in INCREASING


def sharing_risk(breach: Breach) -> str | None:
    """Why taking another loss is unsafe: other calls may be given something else; None if it is safe."""
    return "what it is given elsewhere is not known" if None in fed(breach) else None
