"""The machine: the state of the run, the frame being evaluated, and the doors to every part of the interpreter.

Parts register what they evaluate (`@evaluates("Call")`, `@executes("If")`), so that no part needs to import another.
"""

from __future__ import annotations

import traceback
from collections.abc import Callable, Hashable, Iterable
from functools import partial
from typing import TYPE_CHECKING, Any

from lossl.errors import Failure
from lossl.interpret.arguments import Arguments
from lossl.interpret.frame import Frame, Memory
from lossl.interpret.sources import Modules, Source
from lossl.meaning.condition import ALWAYS, Condition
from lossl.meaning.state import State
from lossl.meaning.thing import Class, Function, Instance
from lossl.meaning.trail import Place
from lossl.meaning.value import NOTHING, Binding, Value, unknown

if TYPE_CHECKING:
    from lossl.interpret.losses import Recorder
    from lossl.meaning.declared import Declared
    from lossl.stubs.load import Library

MOST_EVALUATIONS = 10_000
"""Statements evaluated for one module body; a count, so that results never depend on time."""
MOST_FOR_ONE = 8
"""The share of a budget, one in so many, after which a function is not called again: what it does over and over (read
files, compare versions, look at signatures) would leave nothing for what comes after.
"""
MOST_CALLS_DEEP = 40
MOST_UNROLLED = 16
MOST_UNROLLED_TOGETHER = 64
"""Rounds of loops within loops that are evaluated one by one."""
MOST_ROUNDS = 4

Evaluate = Callable[["Machine", Any], Value]
Execute = Callable[["Machine", Any], None]
Door = Callable[["Machine", Any, Arguments], Value]
Lookup = Callable[["Machine", Binding, str], "Value | None"]
EXPRESSIONS: dict[str, Evaluate] = {}
STATEMENTS: dict[str, Execute] = {}
Assign = Callable[["Machine", Any, Value], None]
TARGETS: dict[str, Assign] = {}
CALLABLES: dict[type, Door] = {}
ATTRIBUTES: dict[type, Lookup] = {}


def setter_of(name: str) -> str:
    """Where a class keeps what runs when a property is assigned."""
    return f"{name}.setter"


def evaluates(*kinds: str) -> Callable[[Evaluate], Evaluate]:
    """Register the evaluation of expression nodes of these types."""

    def register(function: Evaluate) -> Evaluate:
        EXPRESSIONS.update(dict.fromkeys(kinds, function))
        return function

    return register


def assigns(*kinds: str) -> Callable[[Assign], Assign]:
    """Register the assignment to target nodes of these types."""

    def register(function: Assign) -> Assign:
        TARGETS.update(dict.fromkeys(kinds, function))
        return function

    return register


def calls(*kinds: type) -> Callable[[Door], Door]:
    """Register what calling things of these types gives."""

    def register(function: Door) -> Door:
        CALLABLES.update(dict.fromkeys(kinds, function))
        return function

    return register


def attributes(*kinds: type) -> Callable[[Lookup], Lookup]:
    """Register what the attributes of things of these types hold; None means there is no such attribute."""

    def register(function: Lookup) -> Lookup:
        ATTRIBUTES.update(dict.fromkeys(kinds, function))
        return function

    return register


def executes(*kinds: str) -> Callable[[Execute], Execute]:
    """Register the execution of statement nodes of these types."""

    def register(function: Execute) -> Execute:
        STATEMENTS.update(dict.fromkeys(kinds, function))
        return function

    return register


class Machine:
    """One run over a set of files that import each other."""

    def __init__(self, library: Library, modules: Modules, recorder: Recorder) -> None:
        self.library, self.modules, self.recorder = library, modules, recorder
        self.state = State()
        self.frames: list[Frame] = []
        self.path: Condition = ALWAYS
        self.evaluations = 0
        self.budget = MOST_EVALUATIONS
        self.spent_on: dict[int, int] = {}
        """Statements of each function evaluated within the budget, without those of what it calls."""
        self.spent_inside = 0
        """Statements of finished calls; what a call adds to it was not evaluated by its caller itself."""
        self.reached: set[Hashable] = set()
        self.functions: dict[int, Function] = {}
        self.classes: dict[Hashable, Class] = {}
        self.instances: dict[Hashable, list[Instance]] = {}
        self.fields: dict[Hashable, list[str]] = {}
        self.declared: dict[tuple[int, Hashable], Declared] = {}
        """What the user declared of code of the project: of a function, or of a method called through a class."""
        self.given: dict[tuple[Hashable, str], Place] = {}
        self.wholes: dict[Hashable, dict[str, Place]] = {}
        self.memories: dict[int, list[Memory]] = {}
        self.loaded: dict[str, Hashable] = {}
        self.texts: dict[int, str] = {}
        self.watched: dict[Any, Value] = {}
        self.watching: Source | None = None
        self.imported: dict[str, frozenset[str]] = {}
        self.assigned: dict[Hashable, dict[str, None]] = {}
        self.setters: set[str] = set()
        self.failures: list[Failure] = []
        self.entered: frozenset[str] = frozenset()
        """The files of which everything is evaluated, also what nothing calls."""
        self.tried: set[Hashable] = set()
        self.entered_codes: set[int] = set()
        """The functions that were entered because nothing calls them."""
        self.spent_again = 0
        """Statements evaluated for entering them again, for another class or object."""
        self.receivers: list[Hashable] = []
        """The objects of libraries being called, outermost first; None for a function."""
        self.exhausted = False
        """True if a budget ran out, so that something was not evaluated."""
        self.unrolled = 1
        self.inside: frozenset[str] = frozenset()
        """The contexts entered by `with`, by the names that stubs give them."""
        self._places: dict[int, Place] = {}
        self._here: Place | None = None
        self._contexts: dict[Hashable, int] = {}

    @property
    def frame(self) -> Frame:
        """The frame being evaluated."""
        return self.frames[-1]

    @property
    def spent(self) -> bool:
        """True if the budget ran out."""
        return self.evaluations > self.budget

    @property
    def here(self) -> Place:
        """The expression being evaluated, for things that happen without a call being written."""
        return self._here if self._here is not None else self.place(self.frame.source.tree)

    @here.setter
    def here(self, place: Place) -> None:
        self._here = place

    def frameworks(self) -> frozenset[str]:
        """The frameworks that the file being evaluated imports."""
        return self.imported.get(self.frame.source.path, frozenset())

    def guarded(self, source: Source, action: Callable[[], None], budget: int = MOST_EVALUATIONS) -> int:
        """Do a part of the work with a budget of its own; gives how much of it was spent.

        A fault of ours becomes a failure, and the rest goes on.
        """
        spent, self.evaluations = (self.evaluations, self.budget), 0
        self.budget = budget
        spent_on, self.spent_on, spent_inside = self.spent_on, {}, self.spent_inside
        depth, path, inside = len(self.frames), self.path, self.state.outside()
        try:
            action()
        except Exception as error:
            where = f"lossl failed here: {type(error).__name__}: {error}"
            self.failures.append(Failure(source.path, where, traceback.format_exc()))
            self.exhausted = True
        del self.frames[depth:]
        self.receivers.clear()
        self.path, self.unrolled = path, 1
        self.state.return_to(inside)
        used = self.evaluations
        self.evaluations, self.budget = spent
        self.spent_on, self.spent_inside = spent_on, spent_inside
        self.memories.clear()
        return used

    def encloses(self, origin: Place) -> bool:
        """True if every reader of an activation is in sight: whoever can import its file was evaluated as a whole."""
        if self.exhausted or self.modules.in_package(origin.file):
            return False
        users = self.modules.users(origin.file)
        return users is not None and users <= self.entered

    def note_reached(self, loss: Place) -> None:
        """Remember the calls through which a loss is reached at the moment."""
        sites = (frame.call for frame in self.frames if frame.call is not None)
        self.recorder.sites.setdefault(loss, {}).update(dict.fromkeys(sites))

    def context(self, *parts: Hashable) -> int:
        """A small number for a way of getting here: equal parts, equal number."""
        return self._contexts.setdefault(parts, len(self._contexts))

    def place(self, node: Any) -> Place:
        """A node of the file being evaluated, as a place."""
        place = self._places.get(id(node))
        if place is None:
            place = self._places[id(node)] = Place(self.frame.source, node)
        return place

    def place_of(self, number: Hashable) -> Place | None:
        """The node that a symbol names by its `id`, as a place; None if it was not evaluated."""
        return self._places.get(number) if isinstance(number, int) else None

    def identity(self, node: Any) -> tuple[Hashable, ...]:
        """What makes an object created at this node in this context and round of a loop itself."""
        return ("object", self.frame.context, self.frame.rounds, id(node))

    def evaluate(self, node: Any) -> Value:
        """What an expression may hold."""
        handler = EXPRESSIONS.get(type(node).__name__)
        value = (
            handler(self, node) if handler is not None else unknown(f"lossl does not evaluate a {type(node).__name__}")
        )
        if self.path.tests:
            value = value.where(self.path)
        if self.watching is not None and self.frame.source is self.watching:
            self.watched[node] = value
        return value

    def execute(self, statements: Iterable[Any]) -> None:
        """Run statements until one leaves the block."""
        for statement in statements:
            if not self.frame.alive:
                return
            self.evaluations += 1
            handler = STATEMENTS.get(type(statement).__name__)
            if handler is not None:
                handler(self, statement)

    def call(self, callee: Value, arguments: Arguments) -> Value:
        """What calling each of the things the callee may be gives."""
        result = NOTHING
        for binding in callee.where(self.path).usable():
            handler = CALLABLES.get(type(binding.thing))
            if handler is not None:
                value = self.under(binding.condition, partial(handler, self, binding.thing, arguments))
            else:
                value = unknown(f"{binding.thing!r} is called, which is no function")
            result = result.join(value.under(binding.condition))
        return result if result.bindings else unknown("nothing is called here")

    def under(self, condition: Condition, action: Callable[[], Value]) -> Value:
        """Do something that happens only under a condition; what it writes holds under it."""
        if condition.tests <= self.path.tests:
            return action()
        before, self.path = self.path, self.path & condition
        self.state.push()
        value = action()
        self.path = before
        self.state.write_maybe(self.state.pop(), condition)
        return value

    def attribute(self, value: Value, name: str) -> Value:
        """What an attribute of each of the things the value may be holds."""
        found = self.find_attribute(value, name)
        if found is not None:
            return found
        only = value.only
        symbol = ("attr", ("object",), only.identity, name) if isinstance(only, Instance) else None
        return unknown(f"`{name}` is no attribute of {value!r} as far as lossl sees", symbol)

    def find_attribute(self, value: Value, name: str) -> Value | None:
        """The same, but None if none of the things has such an attribute."""
        result = NOTHING
        for binding in value.usable():
            handler = ATTRIBUTES.get(type(binding.thing))
            found = handler(self, binding, name) if handler is not None else None
            if found is not None:
                result = result.join(found.under(binding.condition))
        return result if result.bindings else None

    def set_name(self, name: str, value: Value) -> None:
        """Assign a name in the innermost name space, or where `global` and `nonlocal` say."""
        frame = self.frame
        root = frame.outer_names.get(name, frame.scopes[0])
        self.state.set((root, name), value)
        if type(root) is tuple:  # a module or a class: its names can be asked for
            self.assigned.setdefault(root, {})[name] = None

    def names(self, root: Hashable) -> list[tuple[str, Value]]:
        """The names of a module or a class with what they hold, in the order of first assignment."""
        found = ((name, self.state.get((root, name))) for name in list(self.assigned.get(root, ())))
        return [(name, value) for name, value in found if value is not None]

    def assign(self, target: Any, value: Value) -> None:
        """Assign to a target: a name, an attribute, an element, a tuple of targets."""
        handler = TARGETS.get(type(target).__name__)
        if handler is not None:
            handler(self, target, value)

    def note_instance(self, instance: Instance) -> None:
        """Remember an object of the user's class: its methods may be entered later."""
        if isinstance(instance.cls, Class):
            known = self.instances.setdefault(instance.cls.identity, [])
            if instance not in known:
                known.append(instance)

    def callee_text(self, place: Place) -> str:
        """How the callee of a call is written."""
        node = place.node
        return self.text(node.func) if type(node).__name__ == "Call" else self.text(node)

    def text(self, node: Any) -> str:
        """An expression as it is written, on one line."""
        if id(node) not in self.texts:
            import libcst

            self.texts[id(node)] = " ".join(libcst.Module([]).code_for_node(node).split())
        return self.texts[id(node)]
