"""No activation or another one in place of that which gave a value its meaning, or one more in the call of the loss."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING

from lossl.edits.removal import removed
from lossl.edits.spelling import import_also, spelled, tidied
from lossl.edits.splice import Edits, exchanged, replaced
from lossl.meaning.losscall import Breach
from lossl.meaning.trail import Form, Origin, Place
from lossl.source.file import SourceFile
from lossl.source.names import binding, names, resolve
from lossl.stubs.idioms import ACTIVATION_LAYERS, OPTIONS, canonical, equivalents

if TYPE_CHECKING:
    import libcst as cst
else:
    from lossl.source.lazy import cst


def remove_activation(breach: Breach) -> Edits | None:
    """Take away the activation that gave the value its meaning.

    None if it cannot be written, or if what happens to the value on its way would be wrong without the activation.
    """
    origin = breach.origin
    if origin is None or origin.ranged:
        return None
    edits = removed(origin)
    return tidied(origin.place.file, edits) if edits is not None else None


def remove_dropout(breach: Breach) -> Edits | None:
    """Take away what sets some of the numbers to zero; None if it cannot be written, or if nothing does."""
    dropped = breach.found.dropped
    edits = removed(dropped) if dropped is not None else None
    return tidied(dropped.place.file, edits) if dropped is not None and edits is not None else None


def exchange_activation(breach: Breach, twins: Mapping[str, str], options: str | None = None) -> Edits | None:
    """Use another activation: `twins` holds the new name by the short name of the present one.

    A new name without dots lives in the same module. `options` are the arguments of the new activation other than its
    input, as text; None keeps those of the present one. None if there is no twin, if it cannot be written, or if what
    happens to the value on its way suits the present activation only.
    """
    origin = breach.origin
    return activation_exchanged(origin, twins, options) if origin is not None and not origin.ranged else None


def activation_exchanged(origin: Origin, twins: Mapping[str, str], options: str | None = None) -> Edits | None:
    """As `exchange_activation`, whatever happens to the value on its way."""
    module, _, name = origin.name.rpartition(".")
    new = twins.get(name)
    if new is None or origin.form not in _EXCHANGERS:
        return None
    qualified = new if "." in new else f"{module}.{new}"
    file = origin.place.file
    edits = _EXCHANGERS[origin.form](file, origin.place.node, origin, qualified, options)
    return tidied(file, edits) if edits is not None else None


def wrap_argument(breach: Breach, qualified: str, options: str = "") -> Edits | None:
    """Hand the prediction through a function in the call: `loss(out, y)` becomes `loss(torch.sigmoid(out), y)`.

    So for whatever else reads a value: `out > 0.5` becomes `torch.sigmoid(out) > 0.5`. `options` are further arguments
    of that function, as text.
    """
    place = breach.call.argument.place
    file, node = place.file, place.node
    parent = file.parent(node)
    holders = (cst.Arg, cst.Attribute, cst.Comparison, cst.ComparisonTarget)
    if breach.call.wired or isinstance(node, cst.GeneratorExp) or not isinstance(parent, holders):
        return None
    if isinstance(parent, cst.Arg) and parent.star:
        return None
    callee, imports = spelled(file, equivalents(qualified))
    rest = f", {options}" if options else ""
    start, end = file.whole_span(node)
    if node.lpar and not rest and not isinstance(node, (cst.Tuple, cst.Yield)):
        return (replaced(file, start, start, callee), *imports)
    return (replaced(file, start, start, f"{callee}("), replaced(file, end, end, f"{rest})"), *imports)


def _call(file: SourceFile, node: cst.CSTNode, origin: Origin, new: str, options: str | None) -> Edits | None:
    """`F.softmax(x, dim=1)`; of a layer object, `self.act(x)`, what creates it is exchanged, wherever that stands."""
    if not isinstance(node, cst.Call):
        return None
    if isinstance(node.func, cst.Call):
        return _element(file, node.func, origin, new, options)
    if origin.made is not None:
        return _sole_object(origin.made, file, node.func, new, options)
    if resolve(file, node.func) is None:
        return None
    rest = _with_input_only(file, node, options) if options is not None else ()
    return (*_renamed(file, node.func, new), *rest) if rest is not None else None


def _method(file: SourceFile, node: cst.CSTNode, origin: Origin, new: str, options: str | None) -> Edits | None:
    """`x.softmax(1)` becomes `x.log_softmax(1)`, or `F.logsigmoid(x)` if tensors have no such method."""
    match node:
        case cst.Call(func=cst.Attribute(value=receiver, attr=attr)) if resolve(file, receiver) is None:
            module, _, name = new.rpartition(".")
            start, end = file.span(attr)[1], file.span(node)[1]
            if module == origin.name.rpartition(".")[0]:
                rest = (replaced(file, start, end, f"({options})"),) if options is not None else ()
                return exchanged(file, attr, name), *rest
            text, imports = spelled(file, equivalents(new))
            first, last = file.whole_span(receiver)
            arguments = f", {options}" if options else ""
            return replaced(file, first, first, f"{text}("), replaced(file, last, end, f"{arguments})"), *imports
    return None


def _element(file: SourceFile, node: cst.CSTNode, origin: Origin, new: str, options: str | None) -> Edits | None:
    """An element of a chain of layers: what creates it, or a class or function handed over uncalled.

    Of a layer that is nothing but an activation given by name, `Activation("softmax")`, that name is exchanged.
    """
    if isinstance(node, cst.Call):
        layer = canonical(resolve(file, node.func) or "").rpartition(".")[2]
        if layer in ACTIVATION_LAYERS and node.args and not node.args[0].star:
            return _argument(file, node.args[0].value, origin, new, options)
        return _constructor(file, node, new, options)
    return _renamed(file, node, new) if resolve(file, node) is not None else None


def _argument(file: SourceFile, node: cst.CSTNode, origin: Origin, new: str, options: str | None) -> Edits | None:
    """`Dense(3, activation="softmax")`, or a function in place of the string."""
    if isinstance(node, cst.SimpleString):
        name = new.rpartition(".")[2]
        return (exchanged(file, node, f"{node.prefix}{node.quote}{name}{node.quote}"),)
    return _renamed(file, node, new) if resolve(file, node) is not None else None


_EXCHANGERS: dict[Form, Callable[[SourceFile, cst.CSTNode, Origin, str, str | None], Edits | None]] = {
    Form.CALL: _call,
    Form.METHOD: _method,
    Form.ELEMENT: _element,
    Form.ARGUMENT: _argument,
}


def _sole_object(made: Place, file: SourceFile, callee: cst.CSTNode, new: str, options: str | None) -> Edits | None:
    """The constructor call exchanged, if it gives its object the name `callee` and nothing else uses that name."""
    assign = made.file.parent(made.node)
    if made.file is not file or not isinstance(assign, cst.Assign) or len(assign.targets) != 1:
        return None
    name = file.code(callee)
    uses = [node for node in file.walk() if isinstance(node, type(callee)) and file.code(node) == name]
    if file.code(assign.targets[0].target) != name or len(uses) != 2:
        return None
    return _constructor(file, made.node, new, options)


def _constructor(file: SourceFile, node: cst.CSTNode, new: str, options: str | None) -> Edits | None:
    if not isinstance(node, cst.Call) or resolve(file, node.func) is None:
        return None
    start, end = file.whole_span(node.func)[1], file.span(node)[1]
    rest = (replaced(file, start, end, f"({options})"),) if options is not None else ()
    return (*_renamed(file, node.func, new), *rest)


def _with_input_only(file: SourceFile, call: cst.Call, options: str) -> Edits | None:
    """The arguments behind the first become `options`; None if the first is not the input."""
    first = call.args[0] if call.args else None
    if first is None or first.star or (first.keyword is not None and first.keyword.value in OPTIONS):
        return None
    arguments = f", {options}" if options else ""
    return (replaced(file, file.whole_span(first.value)[1], file.span(call)[1], f"{arguments})"),)


def _renamed(file: SourceFile, node: cst.CSTNode, new: str) -> Edits:
    """Another name for `node`, imported as that was if both come from the same module; none if it has that name.

    A library may define a name elsewhere than where programs take it from.
    """
    module, _, last = new.rpartition(".")
    present = resolve(file, node) or ""
    if present.rpartition(".")[2] == last and present.partition(".")[0] == module.partition(".")[0]:
        return ()
    imported = binding(file, node.value) if isinstance(node, cst.Name) else None
    same_module = imported is not None and canonical(imported.target).rpartition(".")[0] == module
    if imported is None or imported.alias is None or not same_module or not names(file).free(last):
        text, imports = spelled(file, equivalents(new))
        return (exchanged(file, node, text), *imports)
    if names(file).uses[imported.local] == (node,):
        return exchanged(file, node, last), exchanged(file, imported.alias, last)
    return exchanged(file, node, last), *import_also(file, imported.statement, last)
