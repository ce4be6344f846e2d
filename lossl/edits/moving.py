"""An activation taken away from before a loss and applied where somebody else reads what it gave."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lossl.edits.removal import removed
from lossl.edits.risk import minds
from lossl.edits.spelling import spelled, tidied
from lossl.edits.splice import Edits, replaced
from lossl.meaning.losscall import Breach
from lossl.meaning.trail import Origin, Place
from lossl.meaning.value import Certainty
from lossl.source.file import SourceFile
from lossl.stubs.idioms import AXES, FUNCTIONS, equivalents

if TYPE_CHECKING:
    import libcst as cst
else:
    from lossl.source.lazy import cst

ELEMENTARY = frozenset({"sigmoid", "log_sigmoid", "logsigmoid", "relu", "tanh"})
OVER_CLASSES = frozenset({"softmax", "log_softmax"})
"""Functions that need no options, and those that need their axis."""


def move_activation(breach: Breach) -> Edits | None:
    """Take the activation away and apply it for all others who read what it gave, so that they see what they saw.

    In all files. None if nobody else minds, if one of them cannot be helped, or if the activation has other options.
    Nor is it moved to somebody who applies it himself: without the first one he does what he means.
    """
    origin = breach.origin
    minding = [reader for reader in breach.readers if minds(breach, reader)]
    operands = list(dict.fromkeys(reader.operand for reader in minding if reader.operand is not None))
    if origin is None or not minding or any(reader.operand is None or reader.again for reader in minding):
        return None
    function, options = _function(breach, origin)
    taken_away = removed(origin) if breach.certainty is Certainty.YES and not origin.ranged else None
    if not function or taken_away is None:
        return None
    edits = taken_away
    for operand in operands:
        applied = _applied(operand, function, options)
        if applied is None or _inside(operand, origin.place):
            return None
        edits += applied
    for file in dict.fromkeys((origin.place.file, *(operand.file for operand in operands))):
        edits = tidied(file, edits)
    return tuple(dict.fromkeys(edits))


def _function(breach: Breach, origin: Origin) -> tuple[str, str]:
    """The qualified name of the function that does what the activation did, and its options as text; empty if none."""
    function = FUNCTIONS.get(origin.name, origin.name)
    framework, _, last = function.partition(".")[0], *function.rpartition(".")[1:]
    if framework not in AXES or _given(origin) - {"dim", "axis", "inplace"}:
        return "", ""
    if last in ELEMENTARY:
        return function, ""
    if last in OVER_CLASSES and breach.found.axis is not None:
        return function, f", {AXES[framework]}={breach.found.axis}"
    return "", ""


def _given(origin: Origin) -> set[str]:
    """The names of the arguments given to the activation, or to what makes it; of its input there is none."""
    call = origin.made.node if origin.made is not None else origin.place.node
    args = call.args if isinstance(call, cst.Call) else ()
    if any(arg.star or (arg.keyword is None and number > 1) for number, arg in enumerate(args)):
        return {"others"}
    return {arg.keyword.value for arg in args if arg.keyword is not None} - {"input", "x"}


def _applied(operand: Place, function: str, options: str) -> Edits | None:
    """`p` becomes `torch.sigmoid(p)`."""
    file, node = operand.file, operand.node
    around = file.parent(node) if isinstance(file, SourceFile) else None
    starred = isinstance(around, cst.Arg) and around.star
    named = isinstance(around, cst.FormattedStringExpression) and around.equal is not None
    if around is None or starred or named or isinstance(node, (cst.GeneratorExp, cst.StarredElement)):
        return None
    callee, imports = spelled(file, equivalents(function))
    start, end = file.whole_span(node)
    return (replaced(file, start, start, f"{callee}("), replaced(file, end, end, f"{options})"), *imports)


def _inside(operand: Place, place: Place) -> bool:
    """True if the expression stands within what is taken away, or is it."""
    node = operand.node
    while node is not None and node is not place.node:
        node = operand.file.parent(node)
    return node is not None
