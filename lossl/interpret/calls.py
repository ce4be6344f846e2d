"""Calls of the user's functions and classes: binding, depth, memory, what comes back."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from lossl.interpret import standard
from lossl.interpret.arguments import Actual, Arguments, Bindings, Formal, bind
from lossl.interpret.containers import make_box
from lossl.interpret.containers import method as container_method
from lossl.interpret.declared import entry_of, stand_in
from lossl.interpret.flow import hand_on, read, with_station
from lossl.interpret.frame import Frame, Memory
from lossl.interpret.library import construct, invoke, short
from lossl.interpret.machine import MOST_CALLS_DEEP, MOST_FOR_ONE, Machine, calls
from lossl.interpret.minimized import OF_LOSS, loss_in
from lossl.interpret.objects import CONTAINER, bound, class_attribute
from lossl.interpret.records import fill_fields, generated, member_of
from lossl.interpret.sources import Source
from lossl.interpret.strings import constant_method
from lossl.meaning.condition import Condition
from lossl.meaning.signature import Routine, StubClass
from lossl.meaning.thing import Bound, Class, Constant, Function, Instance, Mapping, Partial, Sequence, Unknown, derived
from lossl.meaning.trail import RETURNED, Place
from lossl.meaning.value import Value, joined, one, unknown

MOST_MEMORIES = 6
MOST_RECURSIVE = 2
"""Evaluations of one function within each other, beyond the first."""


class Scope(NamedTuple):
    """Where a function was defined: its file, its module's name, and the name spaces it sees, innermost first."""

    source: Source
    module: str
    scopes: tuple[Any, ...]
    rounds: tuple[int, ...] = ()

    def defaults(self, code: Any) -> Any:
        """The name space in which the defaults of a function defined here lie."""
        return ("defaults", id(code), self.scopes, self.rounds)


def defined(machine: Machine, code: Any, scopes: tuple[Any, ...]) -> Scope:
    """Where a function is being defined; its defaults are evaluated now, once."""
    frame = machine.frame
    given = [p for p in formals(code.params) if p.default is not None]
    scope = Scope(frame.source, frame.module, scopes, frame.rounds if given else ())
    for parameter in given:
        machine.state.set((scope.defaults(code), parameter.formal.name), machine.evaluate(parameter.default))
    return scope


class FormalParameter(NamedTuple):
    """A parameter of a function of the user's, with its default expression."""

    formal: Formal
    default: Any
    node: Any


@lru_cache(maxsize=4096)
def formals(parameters: Any) -> tuple[FormalParameter, ...]:
    """The parameters of a function or lambda, in order."""
    found = [_formal(p, "positional") for p in (*parameters.posonly_params, *parameters.params)]
    if type(parameters.star_arg).__name__ == "Param":
        found.append(_formal(parameters.star_arg, "star"))
    found += [_formal(p, "keyword") for p in parameters.kwonly_params]
    if parameters.star_kwarg is not None:
        found.append(_formal(parameters.star_kwarg, "double_star"))
    return tuple(found)


def _formal(parameter: Any, kind: str) -> FormalParameter:
    return FormalParameter(Formal(parameter.name.value, kind), parameter.default, parameter)


@calls(Function)
def call_function(machine: Machine, function: Function, arguments: Arguments) -> Value:
    """What a function of the user's gives: what was declared of it, or what evaluating it shows."""
    if machine.declared:
        routine = stand_in(machine, function, arguments, [p.formal for p in formals(function.code.params)])
        if routine is not None:
            return _call_routine(machine, routine, arguments)
    return evaluate_function(machine, function, arguments)


def evaluate_function(machine: Machine, function: Function, arguments: Arguments) -> Value:
    """Evaluate a function of the user's with these arguments."""
    code = function.code
    refusal = _refusal(machine, function)
    if refusal:  # it counts as never called: it will be entered for its own sake, if it leads to a loss
        machine.exhausted = True
        return unknown(refusal)
    machine.reached.add((id(code), _receiver_class(function, arguments)))
    if sum(frame.code is code for frame in machine.frames) > MOST_RECURSIVE:
        return unknown(f"`{function.name}` calls itself")
    context = machine.context(
        machine.frame.context, machine.frame.rounds, id(arguments.place.node), id(code), arguments.form, machine.inside
    )
    given = bind([p.formal for p in formals(code.params)], arguments)
    values = (*(actual.value for actual in given.actuals.values()), given.unsure)
    key = (tuple(given.actuals), values)
    for memory in machine.memories.get(context, ()):
        if memory.values == key and memory.path == machine.path and machine.state.unchanged(memory.reads):
            machine.state.write(memory.wrote)
            machine.frame.has_loss |= memory.has_loss
            return memory.result
    return _evaluate(machine, function, context, given, key, arguments)


def _refusal(machine: Machine, function: Function) -> str:
    """Why lossl does not evaluate another call; nothing if it does."""
    if machine.spent:
        return "lossl gave up: the program is too large for its budget"
    if len(machine.frames) > MOST_CALLS_DEEP:
        return f"the call of `{function.name}` is too deep for lossl"
    if machine.spent_on.get(id(function.code), 0) > machine.budget // MOST_FOR_ONE:
        return f"lossl gave up on `{function.name}`: it is called too often for its budget"
    return ""


def _receiver_class(function: Function, arguments: Arguments) -> Any:
    if function.owner is None or not arguments.positional:
        return None
    only = arguments.positional[0].value.only
    return only.cls.identity if isinstance(only, Instance) and isinstance(only.cls, Class) else None


def _evaluate(
    machine: Machine, function: Function, context: int, given: Bindings, key: Any, arguments: Arguments
) -> Value:
    scope: Scope = function.scope
    code, before = function.code, machine.path
    receiver = arguments.positional[0].value if function.owner is not None and arguments.positional else None
    frame = Frame(
        context, scope.source, scope.module, (context, *scope.scopes), code, function.owner, receiver, machine.path
    )
    frame.call = arguments.place if arguments.place.node is not code else None
    machine.state.enter()
    machine.frames.append(frame)
    spent, inside = machine.evaluations, machine.spent_inside
    _set_parameters(machine, function, given)
    result = _run(machine, code)
    machine.frames.pop()
    _note_spent(machine, code, machine.evaluations - spent, inside)
    machine.frame.has_loss |= frame.has_loss
    machine.path = before
    wrote, reads = machine.state.leave()
    if not frame.closes:
        wrote = {path: value for path, value in wrote.items() if path[0] != context}
    machine.state.write(wrote)
    if arguments.wiring != "output":
        result = with_station(machine, result, arguments.place, f"{RETURNED} `{_spoken(function)}`")
    memories = machine.memories.setdefault(context, [])
    memories.insert(0, Memory(key, reads, wrote, result, before, frame.has_loss))
    del memories[MOST_MEMORIES:]
    return result


def _note_spent(machine: Machine, code: Any, spent: int, inside: int) -> None:
    """Of what was spent on a call, all but what the calls within it took is the function's own."""
    own = spent - (machine.spent_inside - inside)
    machine.spent_inside = inside + spent
    machine.spent_on[id(code)] = machine.spent_on.get(id(code), 0) + own


def _spoken(function: Function) -> str:
    """What a reader calls it: the class for a method that is called through the object."""
    return function.owner.name if function.owner is not None and function.name in TRANSPARENT else function.name


TRANSPARENT = frozenset({"__call__", "forward", "call", "__init__"})
"""Methods that a reader calls by the object's own name."""


def _set_parameters(machine: Machine, function: Function, given: Bindings) -> None:
    frame = machine.frame
    for position, parameter in enumerate(formals(function.code.params)):
        name = parameter.formal.name
        actual = given.actuals.get(name)
        if actual is not None:
            value = actual.value
            if parameter.formal.kind == "double_star" and isinstance(value.only, Mapping):
                value = make_box(machine, parameter.node, "dict", value.only)
            if not (position == 0 and function.owner is not None):
                value = with_station(machine, value, actual.place, f"goes into `{_spoken(function)}` as `{name}`")
        elif given.unsure is not None:
            value = given.unsure
        elif parameter.default is not None:
            held = machine.state.get((function.scope.defaults(function.code), name))
            value = held if held is not None else machine.evaluate(parameter.default)
        else:
            value = unknown(f"`{function.name}` is called without `{name}`", ("param", id(function.code), name))
        machine.state.set((frame.context, name), value)


def _run(machine: Machine, code: Any) -> Value:
    """The body of a function or lambda; the value of all its returns."""
    frame = machine.frame
    if type(code).__name__ == "Lambda":
        return machine.evaluate(code.body)
    machine.execute(code.body.body)
    result = joined(frame.returns)
    if frame.yields:
        return one(Sequence((), joined(frame.yields)))
    if frame.alive:
        reached = Condition(machine.path.tests - frame.entry.tests)
        result = result.join(one(Constant(None)).under(reached))
    return result


@calls(Bound)
def _call_bound(machine: Machine, method: Bound, arguments: Arguments) -> Value:
    function = method.function
    if isinstance(function, Function):
        return machine.call(one(function), arguments.prefixed([method.receiver]))
    if function.name.startswith(CONTAINER):
        return _container(machine, method, arguments)
    if function.name.startswith(standard.PREFIX):
        return standard.call(
            machine, function.name.removeprefix(standard.PREFIX), arguments.prefixed([method.receiver])
        )
    return invoke(machine, function, method.receiver, arguments)


def _container(machine: Machine, method: Bound, arguments: Arguments) -> Value:
    only, name = method.receiver.only, short(method.function.name)
    if isinstance(only, Constant):
        return constant_method(machine, only, name, arguments)
    return container_method(machine, only, name, arguments)  # type: ignore[arg-type]


@calls(Routine)
def _call_routine(machine: Machine, routine: Routine, arguments: Arguments) -> Value:
    if routine.name.startswith(standard.PREFIX):
        return standard.call(machine, routine.name.removeprefix(standard.PREFIX), arguments)
    if routine.kind == "method" and arguments.positional:
        receiver = arguments.positional[0].value
        return invoke(machine, routine, receiver, replace(arguments, positional=arguments.positional[1:]))
    return invoke(machine, routine, None, arguments)


@calls(Partial)
def _call_partial(machine: Machine, partial: Partial, arguments: Arguments) -> Value:
    return machine.call(partial.callee, arguments.prefixed(partial.positional, partial.keywords))


@calls(Class)
def instantiate(machine: Machine, cls: Class, arguments: Arguments) -> Value:
    """A new object of the user's class, `__init__` evaluated."""
    member = member_of(machine, cls, arguments)
    if member is not None:
        return member
    identity = (*machine.identity(arguments.place.node), cls.identity)
    instance = Instance(identity, cls, arguments.place)
    machine.note_instance(instance)
    value = one(instance)
    fields = generated(machine, cls)
    init = class_attribute(machine, cls, "__init__") if fields is None else None
    if isinstance(init, Value):
        machine.call(bound(machine, init, value), arguments)
    elif fields is not None:
        fill_fields(machine, instance, fields, arguments)
    return value


@calls(StubClass)
def _instantiate_stub(machine: Machine, cls: StubClass, arguments: Arguments) -> Value:
    new = machine.library.method(cls, "__new__")
    if isinstance(new, Routine):
        return invoke(machine, new, one(cls), arguments)
    instance = Instance((*machine.identity(arguments.place.node), cls.name), cls, arguments.place)
    init = machine.library.method(cls, "__init__")
    if isinstance(init, Routine):
        construct(machine, init, one(instance), arguments)
    return one(instance)


@calls(Instance)
def _call_instance(machine: Machine, instance: Instance, arguments: Arguments) -> Value:
    found = class_attribute(machine, instance.cls, "__call__")
    if machine.declared and isinstance(instance.cls, Class) and _is_strange(found):
        entry = entry_of(machine, instance.cls)
        found = one(entry) if entry is not None else found
    if not isinstance(found, Value):
        return unknown(f"{instance!r} cannot be called as far as lossl knows")
    return machine.call(bound(machine, found, one(instance)), arguments)


def _is_strange(found: object) -> bool:
    """True of what comes out of a base class that lossl does not know."""
    return not isinstance(found, Value) or isinstance(found.only, Unknown)


@calls(Unknown)
def _call_unknown(machine: Machine, thing: Unknown, arguments: Arguments) -> Value:
    """Nobody knows what it does with its arguments: it reads them."""
    for actual in arguments.all():
        what = "goes into a call that lossl does not know"
        read(machine, actual.value, arguments.place, what, operand=actual.place)
        hand_on(machine, actual.value, arguments.place, "may be read by a call that lossl does not know")
    machine.recorder.reasons[id(arguments.place.node)] = thing.reason
    if any(loss_in(actual.value) is not None for actual in arguments.all()):
        return one(Unknown(thing.reason, (OF_LOSS, id(arguments.place.node))))
    symbol = derived("call", thing.symbol, id(arguments.place.node))
    return one(Unknown(thing.reason, symbol, squared=thing.squared))


def enter(machine: Machine, function: Function, receiver: Value | None, place: Place) -> None:
    """Evaluate a function that nothing was seen to call, with unknown arguments."""
    positional = []
    called = f"{function.owner.name}.{function.name}" if function.owner is not None else function.name
    for index, parameter in enumerate(formals(function.code.params)):
        name = parameter.formal.name
        if index == 0 and receiver is not None:
            positional.append(Actual(receiver))
        elif parameter.formal.kind == "positional":
            reason = f"nothing that lossl sees calls `{called}`, so its parameter `{name}` can be anything"
            positional.append(Actual(unknown(reason, ("param", id(function.code), name))))
    rest = unknown(f"nothing that lossl sees calls `{called}`, so its arguments can be anything")
    result = evaluate_function(machine, function, Arguments(place, tuple(positional), rest=rest, extra=rest))
    read(machine, result, place, f"is returned by `{function.name}` to callers that lossl does not see")
