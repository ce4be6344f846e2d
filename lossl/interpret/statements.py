"""Statements: branches part and meet, loops run until nothing changes, functions and classes come to be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from lossl.interpret.arguments import Arguments
from lossl.interpret.calls import Scope
from lossl.interpret.conditions import matches, test
from lossl.interpret.containers import element_of
from lossl.interpret.iterate import iterated
from lossl.interpret.machine import MOST_ROUNDS, MOST_UNROLLED, MOST_UNROLLED_TOGETHER, Machine, executes
from lossl.interpret.operators import binary
from lossl.meaning.condition import ALWAYS, Condition
from lossl.meaning.signature import Routine
from lossl.meaning.state import AccessPath, Layer
from lossl.meaning.thing import Bound, Box, Class, Constant, Function, Instance, Partial, Unknown, derived
from lossl.meaning.value import Value, one, unknown
from lossl.meaning.widen import widen


@executes("SimpleStatementLine", "IndentedBlock", "SimpleStatementSuite")
def _block(machine: Machine, node: Any) -> None:
    machine.execute(node.body)


@executes("Expr")
def _expression(machine: Machine, node: Any) -> None:
    machine.evaluate(node.value)


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
    if fields is not None and type(node.target).__name__ == "Name":
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
    machine.assign(node.target, binary(name, left, right))


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
    machine.frame.alive, machine.frame.left_by = False, "loop"


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


@executes("Del", "Pass", "Assert", "TypeAlias")
def _nothing(machine: Machine, node: Any) -> None:
    if type(node).__name__ == "Assert":
        machine.evaluate(node.test)


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
            kept = layer if left_by == "loop" else {p: v for p, v in layer.items() if p[0] != frame.context}
            machine.state.write_maybe(kept, condition)
    if not going and results:
        frame.alive = False
        lefts = {left_by for _, left_by, _ in gone}
        frame.left_by = "raise" if lefts == {"raise"} else "loop" if "loop" in lefts else "return"
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


@executes("For")
def _for(machine: Machine, node: Any) -> None:
    sequence = iterated(machine, machine.evaluate(node.iter))
    times, before = len(sequence.items), machine.unrolled
    if sequence.exact and times <= MOST_UNROLLED and times * before <= MOST_UNROLLED_TOGETHER:
        machine.unrolled = before * max(times, 1)
        for item in sequence.items:
            machine.assign(node.target, item)
            _one_round(machine, node.body)
            if not machine.frame.alive:
                break
        machine.unrolled = before
        if not machine.frame.alive:
            return
    elif sequence.items:
        for item in sequence.head if sequence.middle is not None else ():
            machine.assign(node.target, item)
            _one_round(machine, node.body)
        element = sequence.middle if sequence.middle is not None else element_of(sequence)
        _rounds(machine, node.body, lambda: machine.assign(node.target, element))
        for item in sequence.tail:
            machine.assign(node.target, item)
            _one_round(machine, node.body)
    if node.orelse is not None:
        machine.execute([node.orelse.body])


@executes("While")
def _while(machine: Machine, node: Any) -> None:
    outcome = test(machine, node.test)
    if outcome.certain is False:
        return
    _rounds(machine, node.body, lambda: None)
    if node.orelse is not None:
        machine.execute([node.orelse.body])


def _one_round(machine: Machine, body: Any) -> None:
    frame, before = machine.frame, machine.path
    machine.execute([body])
    machine.path = before
    if frame.left_by == "loop":
        frame.alive, frame.left_by = True, ""


def _rounds(machine: Machine, body: Any, prepare: Callable[[], None]) -> None:
    """Run a loop's body until nothing changes. A loop is taken to run at least once: training loops do."""
    frame = machine.frame
    layer: Layer = {}
    alive, left_by = True, ""
    for _ in range(MOST_ROUNDS):
        machine.state.enter()
        prepare()
        _one_round(machine, body)
        layer, reads = machine.state.leave()
        alive, left_by = frame.alive, frame.left_by
        frame.alive, frame.left_by = True, ""
        changed = _feed_back(machine, layer)
        if changed.isdisjoint(reads) or (not alive and left_by == "return"):
            break  # another round would begin with what this one began with
    machine.state.write(layer)
    if not alive and left_by != "loop":
        frame.alive, frame.left_by = False, left_by


def _feed_back(machine: Machine, layer: Layer) -> set[AccessPath]:
    """Let the next round begin with what this one left, widened; the paths that now hold something new."""
    changed = set()
    for path, value in layer.items():
        before = machine.state.get(path)
        wide = value if before is None else widen(before, value)
        if before is None or wide != before:
            machine.state.set(path, wide)
            changed.add(path)
    return changed


@executes("Try", "TryStar")
def _try(machine: Machine, node: Any) -> None:
    frame = machine.frame
    machine.execute([node.body])
    alive, left_by = frame.alive, frame.left_by
    frame.alive, frame.left_by = True, ""
    for handler in node.handlers:
        _handle(machine, handler, body_left=not alive)
        alive = alive or frame.alive
        frame.alive = True
    frame.alive, frame.left_by = alive, "" if alive else left_by
    if node.orelse is not None and alive:
        machine.execute([node.orelse.body])
    if node.finalbody is not None:
        frame.alive = True
        machine.execute([node.finalbody.body])
        frame.alive = frame.alive and alive


def _handle(machine: Machine, handler: Any, *, body_left: bool) -> None:
    """An exception may have happened anywhere in the body: the handler's writes may hold, besides the body's."""
    frame, before = machine.frame, machine.path
    machine.state.push()
    if handler.name is not None:
        machine.assign(handler.name.name, unknown("it is an exception"))
    machine.execute([handler.body])
    layer = machine.state.pop()
    machine.path = before
    if frame.alive:
        machine.state.write_maybe(layer)
    elif body_left:
        machine.state.write_maybe({p: v for p, v in layer.items() if p[0] != frame.context})


@executes("With")
def _with(machine: Machine, node: Any) -> None:
    for item in node.items:
        manager = machine.evaluate(item.item)
        if item.asname is not None:
            machine.assign(item.asname.name, _entered(machine, manager, item))
    machine.execute([node.body])


def _entered(machine: Machine, manager: Value, item: Any) -> Value:
    only = manager.only
    if isinstance(only, Instance) and isinstance(only.cls, Class):
        enter = machine.find_attribute(manager, "__enter__")
        if enter is not None:
            return machine.call(enter, Arguments(machine.place(item.item)))
    if isinstance(only, Unknown):
        return one(Unknown(only.reason, derived("with", only.symbol, id(item))))
    return manager


@executes("Match")
def _match(machine: Machine, node: Any) -> None:
    subject = machine.evaluate(node.subject)
    rest: list[tuple[Condition, Callable[[], None]]] = []
    for case in node.cases:
        outcome = matches(machine, subject, case)
        if outcome.certain is False:
            continue
        rest.append((outcome.when_true, lambda case=case: _case(machine, case, subject)))  # type: ignore[misc]
        if outcome.certain is True:
            break
    else:
        rest.append((ALWAYS, lambda: None))
    if len(rest) == 1:
        rest[0][1]()
    else:
        part(machine, rest)


def _case(machine: Machine, case: Any, subject: Value) -> None:
    pattern = case.pattern
    if type(pattern).__name__ == "MatchAs" and pattern.name is not None:
        machine.assign(pattern.name, subject)
    machine.execute([case.body])


@executes("FunctionDef")
def _function(machine: Machine, node: Any) -> None:
    frame = machine.frame
    frame.closes = True
    in_class = frame.owner if frame.code is not None and type(frame.code).__name__ == "ClassDef" else None
    scopes = frame.scopes[1:] if in_class is not None else frame.scopes
    kind = "function"
    decorators = []
    for decorator in reversed(node.decorators):
        if _is_setter(decorator.decorator):
            return  # the getter of the property stays what the name stands for
        value = machine.evaluate(decorator.decorator)
        only = value.only
        if isinstance(only, Routine) and only.name in _KINDS:
            kind = _KINDS[only.name]
        else:
            decorators.append((value, decorator))
    function = Function(node.name.value, node, Scope(frame.source, frame.module, scopes), in_class, kind)
    machine.functions[id(node)] = function
    value = one(function)
    for decorate, decorator in decorators:
        value = _decorated(machine, decorate, value, machine.place(decorator.decorator))
    machine.set_name(node.name.value, value)


_KINDS = {
    "builtins.property": "property",
    "builtins.staticmethod": "staticmethod",
    "builtins.classmethod": "classmethod",
    "builtins.functools.cached_property": "property",
}


def _is_setter(node: Any) -> bool:
    return type(node).__name__ == "Attribute" and node.attr.value in ("setter", "deleter")


def _decorated(machine: Machine, decorator: Value, function: Value, place: Any) -> Value:
    """A decorated function. A decorator that lossl does not know is taken to keep the function: most do."""
    if isinstance(decorator.only, Unknown):
        return function
    result = machine.call(decorator, Arguments.of(place, function))
    kept = [b for b in result if isinstance(b.thing, (Function, Bound, Partial, Instance, Routine, Class))]
    return result if kept else function


@executes("ClassDef")
def _class(machine: Machine, node: Any) -> None:
    frame = machine.frame
    frame.closes = True
    identity = ("class", frame.context, id(node))
    bases = tuple(machine.evaluate(argument.value) for argument in node.bases if argument.star == "")
    cls = Class(node.name.value, node, identity, bases, frame.source)
    machine.classes[identity] = cls
    if _is_dataclass(machine, node):
        machine.fields[identity] = []
    inner = type(frame)(
        machine.context(frame.context, id(node)), frame.source, frame.module, (identity, *frame.scopes), node, cls
    )
    machine.frames.append(inner)
    machine.execute(node.body.body)
    machine.frames.pop()
    value: Value = one(cls)
    for decorator in reversed(node.decorators):
        decorate = machine.evaluate(decorator.decorator)
        if isinstance(decorate.only, (Function, Bound)):
            value = _decorated(machine, decorate, value, machine.place(decorator.decorator))
    machine.set_name(node.name.value, value)


def _is_dataclass(machine: Machine, node: Any) -> bool:
    for decorator in node.decorators:
        expression = decorator.decorator
        callee = expression.func if type(expression).__name__ == "Call" else expression
        only = machine.evaluate(callee).only
        if isinstance(only, Routine) and only.name == "builtins.dataclasses.dataclass":
            return True
    return False
