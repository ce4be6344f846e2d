"""Another loss, or another option of it, where the loss was chosen."""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING

from lossl.edits.activation import remove_activation
from lossl.edits.risk import both, sole_source
from lossl.edits.spelling import import_also, spelled, tidied
from lossl.edits.splice import Edits, exchanged, replaced, with_item, without_item
from lossl.meaning.losscall import Breach, LossCall
from lossl.source.file import SourceFile
from lossl.source.names import Imported, binding, dotted, names, resolve
from lossl.stubs.idioms import canonical, equivalents

if TYPE_CHECKING:
    import libcst as cst
else:
    from lossl.source.lazy import cst

NONE: Mapping[str, str] = MappingProxyType({})


def exchange_loss(breach: Breach | LossCall, twins: Mapping[str, str]) -> Edits | None:
    """Use another loss: `twins` holds the qualified name of the new one by that of the chosen one. Arguments stay."""
    choice = breach.call.choice
    file, node = choice.place.file, choice.place.node
    if choice.loss not in twins:
        return None
    old, new = choice.loss, twins[choice.loss]
    if choice.form == "string":
        return _renamed_string(file, node, new)
    callee = node.func if isinstance(node, cst.Call) and choice.form != "reference" else node
    return tidied(file, _renamed(file, callee, old, new)) if _is_named(file, callee, old) else None


def set_option(breach: Breach | LossCall, name: str, text: str, classes: Mapping[str, str] = NONE) -> Edits | None:
    """Give the loss the option `name` with the value `text`, instead of the value it has or as a new keyword.

    A string or an uncalled reference has no place for options: `classes` holds, by the qualified name of the loss, that
    of the class to be called in its place: `"binary_crossentropy"` becomes `BinaryCrossentropy(from_logits=True)`.
    """
    choice = breach.call.choice
    file, call = choice.place.file, choice.place.node
    if choice.form not in ("class", "function") and classes.get(choice.loss):
        return replace_choice(breach, classes[choice.loss], f"{name}={text}")
    arg = _option(breach, name)
    if arg is not None:
        start, end = file.whole_span(arg.value)
        return (replaced(file, start, end, text),)
    if not isinstance(call, cst.Call) or choice.form == "reference":
        return None
    if any(arg.star == "**" or isinstance(arg.value, cst.GeneratorExp) for arg in call.args):
        return None
    return with_item(file, call.args, file.span(call)[1] - 1, f"{name}={text}")


def drop_option(breach: Breach | LossCall, name: str) -> Edits | None:
    """Take away the option `name`; None if it was not given, or if arguments behind it depend on its position."""
    arg = _option(breach, name)
    if arg is None:
        return None
    file = breach.call.choice.place.file
    call = file.parent(arg)
    behind = call.args[list(call.args).index(arg) + 1 :]
    if arg.keyword is None and any(other.keyword is None and other.star != "**" for other in behind):
        return None
    return tidied(file, (without_item(file, call.args, arg),))


def replace_choice(breach: Breach | LossCall, qualified: str, arguments: str) -> Edits | None:
    """Write a call of `qualified` with `arguments` where the loss was chosen by a string or handed over uncalled.

    `"binary_crossentropy"` becomes `tf.keras.losses.BinaryCrossentropy(from_logits=True)`.
    """
    choice = breach.call.choice
    file, node = choice.place.file, choice.place.node
    named = isinstance(node, cst.SimpleString) if choice.form == "string" else _is_named(file, node, choice.loss)
    if choice.form not in ("string", "reference") or not named:
        return None
    text, imports = spelled(file, equivalents(qualified))
    start, end = file.whole_span(node)
    return tidied(file, (replaced(file, start, end, f"{text}({arguments})"), *imports))


def exchange_with_loss(breach: Breach, twins: Mapping[str, str]) -> Edits | None:
    """Remove the activation and use a loss that takes what went into it, by `twins` as in `exchange_loss`.

    None if something else than this activation reaches the loss object, which would then be changed for that as well.
    """
    return both(remove_activation(breach), exchange_loss(breach, twins)) if sole_source(breach) else None


def name_argument(breach: Breach, name: str) -> Edits | None:
    """Give what is judged under another keyword: `Categorical(p)` becomes `Categorical(probs=p)`.

    None if arguments behind it depend on its position, or if `None` was written to skip a parameter before it.
    """
    place = breach.call.argument.place
    file, arg = place.file, place.file.parent(place.node)
    call = file.parent(arg) if isinstance(arg, cst.Arg) else None
    if not isinstance(arg, cst.Arg) or not isinstance(call, cst.Call) or arg.star:
        return None
    if arg.keyword is not None:
        return (exchanged(file, arg.keyword, name),)
    index = list(call.args).index(arg)
    if any(other.keyword is None and other.star != "**" for other in call.args[index + 1 :]):
        return None
    if any(file.code(other.value) == "None" for other in call.args[:index]):
        return None
    start = file.whole_span(place.node)[0]
    return (replaced(file, start, start, f"{name}="),)


def rename_option(breach: Breach | LossCall, name: str, new: str) -> Edits | None:
    """Give the value of the option `name` as the keyword `new`; None if arguments behind it depend on its position."""
    arg = _option(breach, name)
    if arg is None:
        return None
    file = breach.call.choice.place.file
    if arg.keyword is not None:
        return (exchanged(file, arg.keyword, new),)
    call = file.parent(arg)
    behind = call.args[list(call.args).index(arg) + 1 :]
    if arg.star or any(other.keyword is None and other.star != "**" for other in behind):
        return None
    start = file.whole_span(arg.value)[0]
    return (replaced(file, start, start, f"{new}="),)


def _option(breach: Breach | LossCall, name: str) -> cst.Arg | None:
    """The argument that gives the loss an option, if it was written where the loss was chosen."""
    place = breach.call.option(name)
    if place is not None and place.file is breach.call.choice.place.file and isinstance(place.node, cst.Arg):
        return place.node
    call = breach.call.choice.place.node
    given = call.args if isinstance(call, cst.Call) else ()
    return next((arg for arg in given if arg.keyword is not None and arg.keyword.value == name), None)


def _renamed_string(file: SourceFile, node: cst.CSTNode, new: str) -> Edits | None:
    """The name in a string exchanged, in the string's own quotes and way of writing: `snake_case` or `CamelCase`."""
    if not isinstance(node, cst.SimpleString):
        return None
    name = new.rpartition(".")[2]
    if node.raw_value.islower():
        name = re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
    return (exchanged(file, node, f"{node.prefix}{node.quote}{name}{node.quote}"),) if name != node.raw_value else None


def _is_named(file: SourceFile, callee: cst.CSTNode, loss: str) -> bool:
    """True if `callee` is the loss by an import, not a variable of the user's that may hold more than the loss."""
    qualified, last = resolve(file, callee), loss.rpartition(".")[2]
    if qualified is None:
        return dotted(callee) == last and binding(file, "*") is not None
    same_package = canonical(qualified).partition(".")[0] == canonical(loss).partition(".")[0]
    return same_package or qualified.rpartition(".")[2] == last


def _renamed(file: SourceFile, callee: cst.CSTNode, old: str, new: str) -> Edits:
    """Another name for the callee, in the user's spelling if old and new live in the same module."""
    module, (new_module, _, new_last) = old.rpartition(".")[0], new.rpartition(".")
    qualified = canonical(resolve(file, callee) or "")
    if canonical(module) == canonical(new_module):
        if qualified == canonical(old) and isinstance(callee, cst.Attribute):
            return (exchanged(file, callee.attr, new_last),)
        imported = binding(file, callee.value) if isinstance(callee, cst.Name) else None
        if qualified == canonical(old) and imported is not None and names(file).free(new_last):
            return (exchanged(file, callee, new_last), *_reimported(file, callee, imported, new_last))
    text, imports = spelled(file, equivalents(new))
    return (exchanged(file, callee, text), *imports)


def _reimported(file: SourceFile, callee: cst.CSTNode, imported: Imported, name: str) -> Edits:
    """`name` in the import of the old name, and instead of it if nothing but `callee` uses that."""
    only_use = all(use is callee for use in names(file).uses[imported.local])
    if only_use and imported.alias is not None:
        return (exchanged(file, imported.alias, name),)
    return import_also(file, imported.statement, name)
