"""Statements: branches part and meet, loops run until nothing changes, functions and classes come to be."""

from __future__ import annotations

from typing import Any

from lossl.interpret.arguments import Arguments
from lossl.interpret.branches import tried
from lossl.interpret.containers import element_of, joined_sequences, remove
from lossl.interpret.flow import read
from lossl.interpret.iterate import index_of, iterated, take_out
from lossl.interpret.machine import Machine, executes
from lossl.interpret.operators import binary
from lossl.interpret.standard import SUPPRESSES
from lossl.meaning.condition import Condition
from lossl.meaning.thing import Box, Constant, Instance, Sequence, Unknown, derived
from lossl.meaning.value import NOTHING, Value, one


@executes("SimpleStatementLine", "IndentedBlock", "SimpleStatementSuite")
def _block(machine: Machine, node: Any) -> None:
    machine.execute(node.body)


@executes("Expr")
def _expression(machine: Machine, node: Any) -> None:
    value = machine.evaluate(node.value)
    if machine.frame.source.interactive and machine.frame.code is None:
        read(machine, value, machine.place(node), "is shown", operand=machine.place(node.value))


@executes("Assign")
def _assign(machine: Machine, node: Any) -> None:
    value = machine.evaluate(node.value)
    for target in node.targets:
        machine.assign(target.target, value)


@executes("AnnAssign")
def _annotated(machine: Machine, node: Any) -> None:
    if node.value is not None:
        machine.assign(node.target, machine.evaluate(node.value))
    fields = _fields(machine)
    if fields is not None and type(node.target).__name__ == "Name" and node.target.value not in fields:
        fields.append(node.target.value)


def _fields(machine: Machine) -> list[str] | None:
    """The fields of the dataclass whose body is being evaluated, or None."""
    owner = machine.frame.owner
    in_body = owner is not None and machine.frame.scopes[0] == owner.identity
    return machine.fields.get(owner.identity) if owner is not None and in_body else None


@executes("AugAssign")
def _augmented(machine: Machine, node: Any) -> None:
    name = type(node.operator).__name__.removesuffix("Assign")
    left, right = machine.evaluate(node.target), machine.evaluate(node.value)
    if name == "Add" and isinstance(left.only, Box):
        machine.call(machine.attribute(left, "extend"), Arguments.of(machine.place(node), right))
        return
    if name == "BitOr" and isinstance(left.only, Box) and left.only.kind == "dict":
        machine.call(machine.attribute(left, "update"), Arguments.of(machine.place(node), right))
        return
    if name == "Add" and isinstance(left.only, Sequence):
        machine.assign(node.target, one(joined_sequences(left.only, iterated(machine, right))))
        return
    machine.assign(node.target, binary(name, left, right, ("operation", id(node))))


@executes("Return")
def _return(machine: Machine, node: Any) -> None:
    value = machine.evaluate(node.value) if node.value is not None else one(Constant(None))
    frame = machine.frame
    reached = Condition(machine.path.tests - frame.entry.tests)
    frame.returns.append(value.under(reached))
    frame.alive, frame.left_by = False, "return"


@executes("Raise")
def _raise(machine: Machine, node: Any) -> None:
    machine.frame.alive, machine.frame.left_by = False, "raise"


@executes("Break", "Continue")
def _leave_loop(machine: Machine, node: Any) -> None:
    frame, breaks = machine.frame, type(node).__name__ == "Break"
    frame.alive, frame.left_by = False, "break" if breaks else "loop"
    frame.broken = frame.broken or breaks
    if breaks and frame.loop:
        frame.breaks.append(machine.state.written(frame.loop))


@executes("Global", "Nonlocal")
def _outer(machine: Machine, node: Any) -> None:
    frame = machine.frame
    for item in node.names:
        name = item.name.value
        if type(node).__name__ == "Global":
            frame.outer_names[name] = frame.scopes[-1]
            continue
        for scope in frame.scopes[1:-1]:
            if machine.state.get((scope, name)) is not None:
                frame.outer_names[name] = scope
                break


@executes("Del")
def _delete(machine: Machine, node: Any) -> None:
    kind = type(node.target).__name__
    targets = [element.value for element in node.target.elements] if kind == "Tuple" else [node.target]
    for target in targets:
        if type(target).__name__ == "Subscript":
            owner, index = machine.evaluate(target.value).only, index_of(machine, target)
            remove(machine, owner, index)
            if isinstance(owner, Instance):
                take_out(machine, owner, index)
        elif type(target).__name__ == "Attribute":
            machine.assign(target, NOTHING)


@executes("Pass", "Assert", "TypeAlias")
def _nothing(machine: Machine, node: Any) -> None:
    if type(node).__name__ == "Assert":
        machine.evaluate(node.test)


@executes("With")
def _with(machine: Machine, node: Any) -> None:
    outside, suppressed = machine.inside, False
    for item in node.items:
        manager = machine.evaluate(item.item)
        suppressed = suppressed or (isinstance(manager.only, Unknown) and manager.only.symbol == SUPPRESSES)
        entered = _entered(machine, manager, item)
        if item.asname is not None:
            machine.assign(item.asname.name, entered)
    if suppressed:
        machine.state.write_maybe(tried(machine, node.body))
    else:
        machine.execute([node.body])
    machine.inside = outside


def _entered(machine: Machine, manager: Value, item: Any) -> Value:
    only = manager.only
    if isinstance(only, Instance):
        enter = machine.find_attribute(manager, "__enter__")
        if enter is not None:
            return machine.call(enter, Arguments(machine.place(item.item)))
    if isinstance(only, Sequence):  # a generator that was made a context
        return element_of(only)
    if isinstance(only, Unknown):
        return one(Unknown(only.reason, derived("with", only.symbol, id(item))))
    return manager
