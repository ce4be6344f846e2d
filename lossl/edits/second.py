"""An activation of what is activated already: whether two places did it, and the value without the second."""

from __future__ import annotations

from lossl.edits.removal import removed
from lossl.edits.spelling import tidied
from lossl.edits.splice import Edits
from lossl.meaning.losscall import Breach
from lossl.meaning.trail import Form

_PARTS = (Form.ELEMENT, Form.ARGUMENT)


def written_apart(breach: Breach) -> bool:
    """True if the second activation stands in another function than the first, or one is a part of a model.

    Whoever wrote the one need not have seen the other. Two calls in one function are somebody's formula, and one place
    that is passed twice is a loop.
    """
    first, second = breach.origin, breach.call.makes
    if first is None or second is None or first.place == second.place:
        return False
    if Form.OPERATOR in (first.form, second.form):
        return False
    return first.scope is not second.scope or first.form in _PARTS or second.form in _PARTS


def part_of_model(breach: Breach) -> bool:
    """True if the second activation is not called where it acts: an element or an option of a model."""
    return breach.call.makes is not None and breach.call.makes.form in _PARTS


def remove_second(breach: Breach) -> Edits | None:
    """Take away the activation that is applied to the activated value."""
    second = breach.call.makes
    edits = removed(second) if second is not None else None
    return tidied(second.place.file, edits) if second is not None and edits is not None else None
