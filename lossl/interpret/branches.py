"""Where paths part and meet: `if`, `match`, `try`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lossl.interpret.conditions import matches, test
from lossl.interpret.containers import content, item
from lossl.interpret.machine import Machine, executes
from lossl.meaning.condition import ALWAYS, Condition
from lossl.meaning.state import Layer
from lossl.meaning.thing import Constant, Mapping, Sequence
from lossl.meaning.value import Value, one, unknown


def branch(machine: Machine, condition: Condition, action: Callable[[], None]) -> tuple[Layer, bool, str]:
    """What an action writes under a condition, whether it goes on, and how it left if it does not."""
    frame, before = machine.frame, machine.path
    machine.path = before & condition
    machine.state.push()
    action()
    layer = machine.state.pop()
    machine.path = before
    alive, left_by = frame.alive, frame.left_by
    frame.alive, frame.left_by = True, ""
    return layer, alive, left_by


def part(machine: Machine, branches: list[tuple[Condition, Callable[[], None]]]) -> None:
    """One of the branches happens; afterwards all that go on have met."""
    frame = machine.frame
    possible = [(c, action) for c, action in branches if not machine.path.excludes(c)]
    results = [(*branch(machine, condition, action), condition) for condition, action in possible]
    going = [(layer, condition) for layer, alive, _, condition in results if alive]
    gone = [(layer, left_by, condition) for layer, alive, left_by, condition in results if not alive]
    for layer, left_by, condition in gone:
        if left_by != "raise":
            if left_by == "break" and frame.loop:
                continue  # the loop remembers it
            kept = layer if left_by in ("loop", "break") else {p: v for p, v in layer.items() if p[0] != frame.context}
            machine.state.write_maybe(kept, condition)
    if not going and results:
        frame.alive = False
        lefts = {left_by for _, left_by, _ in gone}
        frame.left_by = next(way for way in ("loop", "break", "return", "raise") if way in lefts)
    elif len(going) == 1:
        machine.state.write(going[0][0])
        if any(left_by != "raise" for _, left_by, _ in gone):
            machine.path = machine.path & going[0][1]
    else:
        machine.state.meet(going)


@executes("If")
def _if(machine: Machine, node: Any) -> None:
    outcome = test(machine, node.test)
    otherwise = _else(machine, node)
    if outcome.certain is True:
        machine.execute([node.body])
    elif outcome.certain is False:
        otherwise()
    else:
        body = [node.body]
        part(machine, [(outcome.when_true, lambda: machine.execute(body)), (outcome.when_false, otherwise)])


def _else(machine: Machine, node: Any) -> Callable[[], None]:
    if node.orelse is None:
        return lambda: None
    if type(node.orelse).__name__ == "Else":
        return lambda: machine.execute([node.orelse.body])
    return lambda: machine.execute([node.orelse])


@executes("Try", "TryStar")
def _try(machine: Machine, node: Any) -> None:
    frame = machine.frame
    first = len(frame.returns)
    partly = tried(machine, node.body)
    alive, left_by = frame.alive, frame.left_by
    frame.alive, frame.left_by = True, ""
    for handler in node.handlers:
        _handle(machine, handler, partly, body_left=not alive)
        alive = alive or frame.alive
        frame.alive = True
    frame.alive, frame.left_by = alive, "" if alive else left_by
    if node.orelse is not None and alive:
        machine.execute([node.orelse.body])
    if node.finalbody is not None:
        frame.alive = True
        last = len(frame.returns)
        machine.execute([node.finalbody.body])
        if not frame.alive and frame.left_by == "return":
            del frame.returns[first:last]  # it overrules what was to be returned
        frame.alive = frame.alive and alive


def tried(machine: Machine, body: Any) -> Layer:
    """Run a body that an exception may leave anywhere; what its names may hold where one does."""
    state = machine.state
    partly: Layer = {}
    state.push()
    for statement in body.body:
        for path, value in state.written(state.depth).items():
            partly[path] = partly[path].join(value) if path in partly else value
        machine.execute([statement])
    layer = state.pop()
    for path in layer:
        before = state.get(path)
        if before is not None:
            partly[path] = before.join(partly[path]) if path in partly else before
    state.write(layer)
    return partly


def _handle(machine: Machine, handler: Any, partly: Layer, *, body_left: bool) -> None:
    """An exception may have happened anywhere in the body: the handler's writes may hold, besides the body's."""
    frame, before = machine.frame, machine.path
    machine.state.push()
    machine.state.write(partly)
    if handler.name is not None:
        machine.assign(handler.name.name, unknown("it is an exception"))
    machine.execute([handler.body])
    layer = machine.state.pop()
    machine.path = before
    if frame.alive:
        machine.state.write_maybe(layer)
    elif body_left:
        machine.state.write_maybe({p: v for p, v in layer.items() if p[0] != frame.context})


@executes("Match")
def _match(machine: Machine, node: Any) -> None:
    subject = machine.evaluate(node.subject)
    rest: list[tuple[Condition, Callable[[], None]]] = []
    before = ALWAYS
    for case in node.cases:
        outcome = matches(machine, subject, case, node.subject)
        if outcome.certain is False:
            continue
        condition = before & outcome.when_true
        rest.append((condition, lambda case=case: _case(machine, case, subject)))  # type: ignore[misc]
        if outcome.certain is True:
            break
        before = before & outcome.when_false
    else:
        rest.append((before, lambda: None))
    if len(rest) == 1:
        rest[0][1]()
    else:
        part(machine, rest)


def _case(machine: Machine, case: Any, subject: Value) -> None:
    _capture(machine, case.pattern, subject)
    machine.execute([case.body])


def _capture(machine: Machine, pattern: Any, subject: Value) -> None:
    """Bind the names in a pattern: element by element, key by key, otherwise to something unknown."""
    kind, held = type(pattern).__name__, content(machine, subject.only)
    if kind in ("MatchAs", "MatchStar") and pattern.name is not None:
        machine.assign(pattern.name, subject)
    if getattr(pattern, "pattern", None) is not None:
        _capture(machine, pattern.pattern, subject)
    inner = (*getattr(pattern, "patterns", ()), *getattr(pattern, "elements", ()), *getattr(pattern, "kwds", ()))
    starred = any(type(part).__name__ == "MatchStar" for part in inner)
    exact = isinstance(held, Sequence) and held.exact and len(held.items) == len(inner) and not starred
    for index, part in enumerate(inner):
        value = subject if kind == "MatchOr" else unknown("it is a part of what was matched")
        key = machine.evaluate(part.key) if kind == "MatchMapping" else one(Constant(index))
        if (exact and kind in ("MatchList", "MatchTuple")) or (kind == "MatchMapping" and isinstance(held, Mapping)):
            value = item(machine, held, key) or value
        _capture(machine, getattr(part, "value", None) or getattr(part, "pattern", part), value)
