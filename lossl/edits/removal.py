"""Taking an activation away, by the form in which it is written."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from lossl.edits.spelling import spelled
from lossl.edits.splice import Edits, exchanged, unwrapped, without_item, without_statement
from lossl.meaning.trail import Form, Origin
from lossl.source.file import SourceFile
from lossl.source.names import dotted, resolve
from lossl.stubs.idioms import (
    ACTIVATION_LAYERS,
    ACTIVE_LAYERS,
    CHAINS,
    GROWING,
    IDENTITIES,
    OPTIONS,
    canonical,
    equivalents,
)

if TYPE_CHECKING:
    import libcst as cst
else:
    from lossl.source.lazy import cst


def removed(origin: Origin) -> Edits | None:
    """The edits that take the activation away, in the file of `origin.place`; None if it cannot be written."""
    remover = _REMOVERS.get(origin.form)
    return remover(origin.place.file, origin.place.node, origin) if remover is not None else None


def _call(file: SourceFile, node: cst.CSTNode, origin: Origin) -> Edits | None:
    """`F.softmax(x, dim=1)` or `self.act(x)`: the input takes the place of the call."""
    inner = _input(node) if isinstance(node, cst.Call) else None
    return _substituted(file, node, inner) if isinstance(node, cst.Call) and inner is not None else None


def _method(file: SourceFile, node: cst.CSTNode, origin: Origin) -> Edits | None:
    """`x.softmax(1)`: the receiver takes the place of the call, unless it is a class: `Tensor.softmax(x, 1)`."""
    match node:
        case cst.Call(func=cst.Attribute(value=receiver)):
            imported = resolve(file, receiver) is not None
            return _call(file, node, origin) if imported else _substituted(file, node, receiver)
    return None


def _element(file: SourceFile, node: cst.CSTNode, origin: Origin) -> Edits | None:
    """A layer of a chain goes where it is an element of one; anywhere else one that does nothing takes its place."""
    return _taken_out(file, node) or _identity(file, node, origin)


def _argument(file: SourceFile, node: cst.CSTNode, origin: Origin) -> Edits | None:
    """`Dense(1, activation="sigmoid")`: the argument goes; where it might not mean nothing then it becomes `None`.

    A layer that is nothing but this argument goes as a whole where it can.
    """
    arg = file.parent(node)
    call = file.parent(arg) if isinstance(arg, cst.Arg) else None
    if not isinstance(arg, cst.Arg) or not isinstance(call, cst.Call) or arg.star:
        return None
    layer = canonical(resolve(file, call.func) or "")
    nothing = ACTIVATION_LAYERS.get(layer.rpartition(".")[2])
    if nothing is not None:
        applied = file.parent(call)
        if isinstance(applied, cst.Call) and applied.func is call:
            return _call(file, applied, origin)
        return _taken_out(file, call) or (exchanged(file, node, f'"{nothing}"'),)
    plain = arg.keyword is not None and arg.keyword.value == "activation"
    if plain and _root(layer) == _root(origin.name) and layer.rpartition(".")[2] not in ACTIVE_LAYERS:
        return (without_item(file, call.args, arg),)
    return (exchanged(file, node, "None"),)


_REMOVERS: dict[Form, Callable[[SourceFile, cst.CSTNode, Origin], Edits | None]] = {
    Form.CALL: _call,
    Form.METHOD: _method,
    Form.ELEMENT: _element,
    Form.ARGUMENT: _argument,
}


def _input(call: cst.Call) -> cst.BaseExpression | None:
    """The argument that the activation acts on: the first, or the first keyword that is not an option."""
    if any(arg.keyword is not None and arg.keyword.value == "out" for arg in call.args):
        return None
    for arg in call.args:
        if arg.star:
            return None
        if arg.keyword is None or arg.keyword.value not in OPTIONS:
            return arg.value if not isinstance(arg.value, cst.GeneratorExp) else None
    return None


def _substituted(file: SourceFile, outer: cst.BaseExpression, inner: cst.BaseExpression) -> Edits:
    """`inner` for `outer`; a statement that would do nothing thereafter (`x`, `x = x`) goes as a whole."""
    match statement := file.parent(outer):
        case cst.Expr():
            return (without_statement(file, statement),)
        case cst.Assign(targets=[target]) if file.code(target.target) == file.code(inner) and "(" not in file.code(
            inner
        ):
            return (without_statement(file, statement),)
    return unwrapped(file, outer, inner)


def _taken_out(file: SourceFile, node: cst.CSTNode) -> Edits | None:
    """The edits that remove an element from what calls its elements in turn; None if it is no such element."""
    item = file.parent(node)
    holder = file.parent(item) if isinstance(item, (cst.Arg, cst.Element)) else None
    match item, holder:
        case cst.Arg(star=""), cst.Call():
            return _out_of_call(file, item, holder)
        case cst.Element(), cst.List():
            growing = _statement_of(file, holder) if len(holder.elements) == 1 else None
            return (without_statement(file, growing) if growing else without_item(file, holder.elements, item),)
        case cst.Element(), cst.Tuple(elements=[cst.Element(value=cst.SimpleString()), _]):
            return _pair_taken_out(file, holder)
    return None


def _pair_taken_out(file: SourceFile, pair: cst.Tuple) -> Edits | None:
    """As `_taken_out`, for `("name", layer)`, which may stand in a tuple as well."""
    item = file.parent(pair)
    holder = file.parent(item) if isinstance(item, cst.Element) else None
    if isinstance(item, cst.Element) and isinstance(holder, cst.Tuple):
        return (without_item(file, holder.elements, item, keep_comma=True),)
    return _taken_out(file, pair)


def _out_of_call(file: SourceFile, arg: cst.Arg, call: cst.Call) -> Edits | None:
    callee = (dotted(call.func) or "").rpartition(".")[2]
    if arg.keyword is None and callee in CHAINS:
        return (without_item(file, call.args, arg),)
    if arg.keyword is not None and callee == "OrderedDict":
        return (without_item(file, call.args, arg),)
    statement = file.parent(call)
    match call.func, statement:
        case cst.Attribute(value=receiver, attr=cst.Name(value=method)), cst.Expr() if method in GROWING:
            # What `self` is given under a name may be used by that name.
            return None if file.code(receiver) == "self" else (without_statement(file, statement),)
    return None


def _statement_of(file: SourceFile, layers: cst.List) -> cst.BaseSmallStatement | None:
    """The statement whose only point is to add this list to another: `x += [...]`, `x.extend([...])`."""
    arg = file.parent(layers)
    call = file.parent(arg) if isinstance(arg, cst.Arg) else None
    match arg, call:
        case cst.AugAssign(operator=cst.AddAssign()), _:
            return arg
        case _, cst.Call(func=cst.Attribute(attr=cst.Name(value="extend"))):
            statement = file.parent(call)
            return statement if isinstance(statement, cst.Expr) else None
    return None


def _identity(file: SourceFile, node: cst.CSTNode, origin: Origin) -> Edits | None:
    """The layer that does nothing instead of `node`, a constructor call, a class or a function."""
    name, arguments = IDENTITIES.get(_root(origin.name), ("", ""))
    if not name:
        return None
    is_class = not isinstance(node, cst.Call) and origin.name.rpartition(".")[2][:1].isupper()
    if is_class and arguments != "()":
        return None
    text, imports = spelled(file, equivalents(name))
    return (exchanged(file, node, text + ("" if is_class else arguments)), *imports)


def _root(name: str) -> str:
    return canonical(name).partition(".")[0]
