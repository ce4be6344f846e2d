"""Edits on what stands beside a value: the number it is compared with, the target of a prediction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lossl.edits.splice import Edits, exchanged
from lossl.meaning.losscall import Breach
from lossl.meaning.part import is_data

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


def given_data(breach: Breach) -> bool:
    """True if what stands beside, the prediction of a target, certainly is no output of a model."""
    return breach.call.beside is not None and is_data(breach.call.beside.value)


def exchange_arguments(breach: Breach) -> Edits | None:
    """Prediction and target in each other's place; None if they are not both written in the call."""
    here, beside = breach.call.argument.place, breach.call.beside
    if beside is None or breach.call.wired or here.file is not beside.place.file:
        return None
    nodes = (here.node, beside.place.node)
    args = [here.file.parent(node) for node in nodes]
    if not all(isinstance(arg, cst.Arg) and not arg.star for arg in args) or len({id(arg) for arg in args}) < 2:
        return None
    if here.file.parent(args[0]) is not here.file.parent(args[1]):
        return None
    texts = [here.file.code(node) for node in nodes]
    return (exchanged(here.file, nodes[0], texts[1]), exchanged(here.file, nodes[1], texts[0]))
