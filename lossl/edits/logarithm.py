"""A logarithm of an activation: whether it is taken of just that, and the activation that has it in itself instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from lossl.edits.activation import activation_exchanged
from lossl.edits.splice import Edits, replaced, unwrapped
from lossl.meaning.losscall import Breach
from lossl.meaning.trail import Form, Place, Step
from lossl.source.file import SourceFile

if TYPE_CHECKING:
    import libcst as cst
else:
    from lossl.source.lazy import cst


def logarithm_of(breach: Breach, *, handed: bool = True) -> str:
    """`activation` if the logarithm is taken of what the activation gives, `complement` if of 1 minus that, else empty.

    What was clamped or added to is neither: somebody has thought of zero. `handed` says whether a parameter counts that
    is handed just that.
    """
    place = breach.call.argument.place
    steps = breach.steps if handed else None
    if _straight(breach, place, steps):
        return "" if breach.origin is not None and breach.origin.ranged else "activation"
    match place.node:
        case cst.BinaryOperation(operator=cst.Subtract(), left=cst.Integer() | cst.Float(), right=right):
            return "complement" if _straight(breach, Place(place.file, right), steps) else ""
    return ""


def take_logarithm(breach: Breach, twins: Mapping[str, str]) -> Edits | None:
    """The activation's twin with the logarithm in it, and no logarithm of it: `torch.log(F.softmax(x, 1))` becomes
    `F.log_softmax(x, 1)`. `twins` as for `exchange_activation`. None if somebody else reads what the activation gives.
    """
    origin, place = breach.origin, breach.call.argument.place
    exchanged, call = activation_exchanged(origin, twins) if origin is not None else None, breach.call.place.node
    mine = (breach.call.place, place)
    if origin is None or exchanged is None or not isinstance(call, cst.Call):
        return None
    if any(reader.minds and reader.place not in mine for reader in breach.readers):
        return None
    if logarithm_of(breach, handed=False) == "activation":
        return (*exchanged, *unwrapped(place.file, call, place.node))
    negated = _negated(origin.place.file, origin.place.node)
    inline = origin.form is Form.CALL and origin.place.node is getattr(place.node, "right", None)
    return (*exchanged, *negated, *unwrapped(place.file, call, origin.place.node)) if inline and negated else None


def _straight(breach: Breach, place: Place, handed: Sequence[Step] | None) -> bool:
    """True if an expression is the activation, a call that gives it, or a variable that holds nothing else.

    `handed` are the stations up to this function, None if what a parameter is handed does not count.
    """
    origin, file, node = breach.origin, place.file, place.node
    if origin is None:
        return False
    steps = breach.steps if handed is None else handed
    sources = [origin.place.node, origin.applied.node, *(step.place.node for step in steps)]
    if any(node is source for source in sources):
        return True
    values = _assigned(file, node) if isinstance(node, cst.Name) else []
    if values or not handed or not _is_parameter(file, node):
        return len(values) == 1 and any(values[0] is source for source in sources)
    given = handed[-1].place
    if not isinstance(given.file.parent(given.node), cst.Arg):
        return False
    return handed[-1].returned or _straight(breach, given, handed[:-1])


def _is_parameter(file: SourceFile, node: cst.CSTNode) -> bool:
    """True if the function around a name has a parameter of that name."""
    around = _function(file, node)
    if not isinstance(node, cst.Name) or not isinstance(around, cst.FunctionDef):
        return False
    parameters = (*around.params.posonly_params, *around.params.params, *around.params.kwonly_params)
    return any(parameter.name.value == node.value for parameter in parameters)


def _assigned(file: SourceFile, name: cst.Name) -> list[cst.CSTNode | None]:
    """All that the function around a name assigns to it; None stands for what is no plain assignment."""
    around = _function(file, name)
    targets = (node for node in file.walk() if isinstance(node, cst.Name) and node.value == name.value)
    return [_value(file, node) for node in targets if _is_bound(file, node) and _function(file, node) is around]


def _function(file: SourceFile, node: cst.CSTNode | None) -> cst.CSTNode | None:
    while node is not None and not isinstance(node, (cst.FunctionDef, cst.Lambda, cst.Module)):
        node = file.parent(node)
    return node


def _is_bound(file: SourceFile, node: cst.CSTNode) -> bool:
    parent = file.parent(node)
    while isinstance(parent, (cst.Element, cst.Tuple, cst.List)):
        parent = file.parent(parent)
    if isinstance(parent, (cst.AugAssign, cst.AnnAssign, cst.NamedExpr, cst.For)):
        return parent.target is node or isinstance(parent, cst.For)
    return isinstance(parent, cst.AssignTarget)


def _value(file: SourceFile, node: cst.CSTNode) -> cst.CSTNode | None:
    target = file.parent(node)
    assign = file.parent(target) if isinstance(target, cst.AssignTarget) else None
    return assign.value if isinstance(assign, cst.Assign) and len(assign.targets) == 1 else None


def _negated(file: SourceFile, call: cst.CSTNode) -> Edits:
    """A minus before the first argument of a call."""
    first = call.args[0] if isinstance(call, cst.Call) and call.args else None
    if first is None or first.star or first.keyword is not None:
        return ()
    start, end = file.whole_span(first.value)
    if isinstance(first.value, (cst.Name, cst.Attribute, cst.Call, cst.Subscript)) or first.value.lpar:
        return (replaced(file, start, start, "-"),)
    return replaced(file, start, start, "-("), replaced(file, end, end, ")")
