"""Loops: unrolled if their elements are known, otherwise run until nothing they read changes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from lossl.interpret.conditions import test
from lossl.interpret.containers import element_of
from lossl.interpret.iterate import iterated
from lossl.interpret.machine import MOST_ROUNDS, MOST_UNROLLED, MOST_UNROLLED_TOGETHER, Machine, executes
from lossl.meaning.condition import ALWAYS, Test
from lossl.meaning.state import AccessPath, Layer
from lossl.meaning.thing import Constant, Unknown, derived
from lossl.meaning.value import Value
from lossl.meaning.widen import widen


@executes("For")
def _for(machine: Machine, node: Any) -> None:
    sequence = iterated(machine, machine.evaluate(node.iter))
    times, before = len(sequence.items), machine.unrolled
    if sequence.exact and times <= MOST_UNROLLED and times * before <= MOST_UNROLLED_TOGETHER:
        machine.unrolled = before * max(times, 1)
        ended = _one_by_one(machine, node, sequence.items)
        machine.unrolled = before
        if ended:
            return
    elif sequence.items:
        for item in sequence.head if sequence.middle is not None else ():
            machine.assign(node.target, item)
            _one_round(machine, node.body)
        element = _another(sequence.middle if sequence.middle is not None else element_of(sequence), node)
        _rounds(machine, node.body, lambda: machine.assign(node.target, element))
        for item in sequence.tail:
            machine.assign(node.target, item)
            _one_round(machine, node.body)
    if node.orelse is not None:
        machine.execute([node.orelse.body])


def _one_by_one(machine: Machine, node: Any, items: tuple[Value, ...]) -> bool:
    """Run a loop's body for every element; True if the loop is certainly left before its end."""
    frame = machine.frame
    outer, frame.broken, rounds = frame.broken, False, frame.rounds
    loop, frame.loop = frame.loop, 0
    numbered = not all(isinstance(item.only, Constant) for item in items)
    left = ""
    for index, item in enumerate(items):
        frame.rounds = (*rounds, index) if numbered else rounds
        perhaps = frame.broken
        if perhaps:
            machine.state.push()
        machine.assign(node.target, item)
        left = _one_round(machine, node.body)
        if perhaps:
            machine.state.write_maybe(machine.state.pop())
            left, frame.alive = left if frame.alive else "break", True
        if left == "break" or not frame.alive:
            break
    frame.broken, frame.rounds, frame.loop = outer, rounds, loop
    return left == "break" or not frame.alive


@executes("While")
def _while(machine: Machine, node: Any) -> None:
    outcome = test(machine, node.test)
    if outcome.certain is not False:
        _rounds(machine, node.body, lambda: None, endless=_always(node.test))
    if node.orelse is not None:
        machine.execute([node.orelse.body])


def _always(test: Any) -> bool:
    """True of `while True` and `while 1`, which only `break` ends."""
    return getattr(test, "value", None) in ("True", "1")


def _one_round(machine: Machine, body: Any) -> str:
    """Run a loop's body once; the way in which it was left."""
    frame, before = machine.frame, machine.path
    machine.execute([body])
    machine.path, left = before, frame.left_by
    if left in ("loop", "break"):
        frame.alive, frame.left_by = True, ""
    return left


def _rounds(machine: Machine, body: Any, prepare: Callable[[], None], *, endless: bool = False) -> None:
    """Run a loop's body until nothing changes. A loop is taken to run at least once: training loops do."""
    frame = machine.frame
    layer: Layer = {}
    alive, left_by = True, ""
    outer = frame.loop, frame.breaks
    for _ in range(MOST_ROUNDS):
        machine.state.enter()
        frame.loop, frame.breaks = machine.state.depth, []
        prepare()
        _one_round(machine, body)
        layer, reads = machine.state.leave()
        alive, left_by = frame.alive, frame.left_by
        frame.alive, frame.left_by = True, ""
        changed = _feed_back(machine, layer)
        if changed.isdisjoint(reads) or (not alive and left_by == "return"):
            break  # another round would begin with what this one began with
    breaks = frame.breaks
    frame.loop, frame.breaks = outer
    if not (endless and breaks):
        machine.state.write(layer)
    elif len(breaks) > 1:
        machine.state.meet([(left, ALWAYS) for left in breaks])
    else:
        machine.state.write(breaks[0])
    for left in () if endless else breaks:
        machine.state.write_maybe(left)
    if not alive and left_by != "loop":
        frame.alive, frame.left_by = False, left_by


def _another(element: Value, node: Any) -> Value:
    """An element of the data: what nobody knows of it is something else in every round."""
    bindings = []
    for binding in element:
        thing = binding.thing
        if isinstance(thing, Unknown) and not (isinstance(thing.symbol, tuple) and thing.symbol[0] == "iter"):
            thing = replace(thing, symbol=derived("iter", thing.symbol) or ("iter", id(node)))
        bindings.append(replace(binding, thing=thing))
    return Value(tuple(bindings))


def _lasting(test: Test) -> bool:
    """True if a test has the same outcome in every round: a person decides it."""
    return test.chosen or test.mode


def _feed_back(machine: Machine, layer: Layer) -> set[AccessPath]:
    """Let the next round begin with what this one left, widened; the paths that now hold something new."""
    changed = set()
    for path, value in layer.items():
        before = machine.state.get(path)
        value = value.whenever(_lasting)  # the next element of the data is another one
        wide = value if before is None else widen(before, value)
        if before is None or wide != before:
            machine.state.set(path, wide)
            changed.add(path)
    return changed
