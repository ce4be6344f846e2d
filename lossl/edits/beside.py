"""Edits on what stands beside a value: the number it is compared with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lossl.edits.splice import Edits, exchanged
from lossl.meaning.losscall import Breach

if TYPE_CHECKING:
    import libcst as cst
else:
    from lossl.source.lazy import cst


def exchange_number(breach: Breach, text: str) -> Edits | None:
    """Another number for the value to be compared with; None if that is not written right there."""
    beside = breach.call.beside
    if beside is None or not isinstance(beside.place.node, (cst.Float, cst.Integer)):
        return None
    return (exchanged(beside.place.file, beside.place.node, text),)
