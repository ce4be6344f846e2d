"""The whole program: every module body, then everything that no evaluated call reached."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from typing import TYPE_CHECKING

from lossl.interpret import (  # noqa: F401  (they register what they evaluate)
    arithmetic,
    assign,
    branches,
    builtins,
    changes,
    definitions,
    displays,
    expressions,
    kinds,
    literals,
    loops,
    losses,
    making,
    metrics,
    minimized,
    records,
    statements,
    strings,
    structure,
    wiring,
    words,
)
from lossl.interpret.calls import TRANSPARENT, enter
from lossl.interpret.frame import Frame
from lossl.interpret.losses import Recorder
from lossl.interpret.machine import Machine
from lossl.interpret.modules import load, scope_of
from lossl.interpret.objects import class_attribute, lineage
from lossl.interpret.sources import Modules, Source
from lossl.meaning.thing import Class, Function, Instance
from lossl.meaning.trail import Place
from lossl.meaning.value import Value, one

if TYPE_CHECKING:
    from lossl.stubs.load import Library

MOST_FOR_AN_ENTRY = 3_000
"""Statements evaluated for a function that nothing calls: what it is given is unknown, so the rest says little."""
MOST_INSTANCES = 3
"""Objects of one class for which a method that nothing calls is evaluated."""
MOST_AGAIN = 30_000
"""Statements evaluated in one run for entries of functions that were entered before, for another class or object: where
forty classes inherit twenty methods, the fortieth shows little that the others did not.
"""


Leads = Mapping[str, "frozenset[str] | None"]
"""By path the functions that may lead to a loss, `name` or `Class.name`; None for all of them."""


def interpret(
    sources: Sequence[Source],
    library: Library,
    modules: Modules,
    *,
    leads: Leads | None = None,
    watching: Source | None = None,
) -> Machine:
    """Evaluate the sources and what they import; what happened at losses is in the machine's recorder.

    Of what nothing calls, only what `leads` names is evaluated. The values of all expressions of the file `watching`
    are kept.
    """
    machine = Machine(library, modules, Recorder())
    machine.watching = watching
    _evaluate(machine, sources, leads)
    return machine


def go_on(machine: Machine, sources: Sequence[Source]) -> None:
    """Evaluate whatever was left out so far in these sources."""
    _evaluate(machine, sources, None)


def _evaluate(machine: Machine, sources: Sequence[Source], leads: Leads | None) -> None:
    machine.entered = frozenset(source.path for source in sources)
    for source in sources:
        load(machine, source)
    named = leads if leads is not None else dict.fromkeys(machine.entered)
    while todo := [entry for entry in _entries(machine) if entry[0] not in machine.tried and _leads(entry[1], named)]:
        first = _unmentioned(machine)
        for key, function, cls in sorted(todo, key=lambda entry: entry[1].name not in first):
            machine.tried.add(key)  # a function may define another: until nothing new comes up
            if key in machine.reached:
                continue  # one of those before it has called it
            _enter_each(machine, function, _receivers(machine, cls, function))


def _enter_each(machine: Machine, function: Function, receivers: Iterable[Value | None]) -> None:
    """Enter a function for each of the receivers, as long as there is budget for entering it again."""
    for receiver in receivers:
        again = id(function.code) in machine.entered_codes
        if again and machine.spent_again > MOST_AGAIN:
            machine.exhausted = True
            return
        machine.entered_codes.add(id(function.code))
        entry = partial(_enter_perhaps, machine, function, receiver)
        spent = machine.guarded(function.scope.source, entry, MOST_FOR_AN_ENTRY)
        machine.spent_again += spent if again else 0


def _leads(function: Function, leads: Leads) -> bool:
    named = leads.get(function.scope.source.path, frozenset())
    return named is None or (f"{function.owner.name}.{function.name}" if function.owner else function.name) in named


def _unmentioned(machine: Machine) -> set[str]:
    """The names of functions that stand nowhere but where they are defined. Special methods are called by others.

    These functions come first: they may call the others with arguments that are known.
    """
    defined = Counter(function.name for function in machine.functions.values())
    sources = {function.scope.source.path: function.scope.source for function in machine.functions.values()}
    mentions: Counter[str] = Counter()
    for source in sources.values():
        mentions.update(_words(source))
    return {
        name
        for name, count in defined.items()
        if mentions[name] <= count and name not in TRANSPARENT and not name.startswith("__")
    }


@lru_cache(maxsize=1024)
def _words(source: Source) -> Counter[str]:
    return Counter(_WORD.findall(source.text))


_WORD = re.compile(r"[^\W\d]\w*")


def _entries(machine: Machine) -> Iterable[tuple[object, Function, Class | None]]:
    """Functions and methods not reached yet; of methods, once for each concrete class, with that class."""
    for function in list(machine.functions.values()):
        plain = (id(function.code), None)
        if function.owner is None and plain not in machine.reached:
            yield plain, function, None
    inherited = {base.thing for cls in machine.classes.values() for value in cls.bases for base in value}
    for cls in list(machine.classes.values()):
        if cls in inherited and cls.identity not in machine.instances:
            continue  # nothing makes one: its methods are evaluated for the classes that inherit them
        for name, function in _methods(machine, cls):
            key = (id(function.code), cls.identity)
            if key not in machine.reached and name != "__init__":
                yield key, function, cls


def _methods(machine: Machine, cls: Class) -> list[tuple[str, Function]]:
    found: dict[str, Function] = {}
    for owner in reversed(lineage(cls, machine)):
        if isinstance(owner, Class):
            for name, value in machine.names(owner.identity):
                only = value.only
                if isinstance(only, Function):
                    found[name] = only
    return list(found.items())


def _receivers(machine: Machine, cls: Class | None, function: Function) -> list[Value | None]:
    """The objects of the class that the program makes; if it makes none, one made with unknown arguments."""
    if cls is None or function.kind == "staticmethod":
        return [None]
    if function.kind == "classmethod":
        return [one(cls)]
    known = machine.instances.get(cls.identity, [])
    if not known:
        known = [_made(machine, cls)]
    return [one(instance) for instance in known[:MOST_INSTANCES]]


def _made(machine: Machine, cls: Class) -> Instance:
    instance = Instance(("self", cls.identity), cls)
    machine.note_instance(instance)
    init = class_attribute(machine, cls, "__init__")
    only = init.only if isinstance(init, Value) else None
    if isinstance(only, Function):
        machine.guarded(only.scope.source, partial(_enter, machine, only, one(instance)), MOST_FOR_AN_ENTRY)
    return instance


def _enter_perhaps(machine: Machine, function: Function, receiver: Value | None) -> None:
    """Nobody knows whether it is called: what it writes may hold, besides what held before."""
    machine.state.push()
    _enter(machine, function, receiver)
    machine.state.write_maybe(machine.state.pop())


def _enter(machine: Machine, function: Function, receiver: Value | None) -> None:
    scope = function.scope
    machine.frames.append(Frame(machine.context("entry"), scope.source, scope.module, (scope_of(scope.source),)))
    enter(machine, function, receiver, Place(scope.source, function.code))
    machine.frames.pop()
