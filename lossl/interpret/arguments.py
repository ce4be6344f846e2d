"""Arguments of a call, and which parameter gets which. Knows neither functions nor stubs: both bind in the same way."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Protocol

from lossl.meaning.thing import Mapping, Sequence
from lossl.meaning.trail import Form, Place
from lossl.meaning.value import Value, joined, one, unknown


@dataclass(slots=True)
class Actual:
    """An argument: what it holds, its expression, and the whole argument with its keyword, where they are written."""

    value: Value
    place: Place | None = None
    whole: Place | None = None


@dataclass(slots=True)
class Arguments:
    """What a call hands over. `place` is the call; `rest` is what an unknown `*args`, `extra` what `**kwargs` may hold;
    `after` are the positional arguments known to follow an unknown stretch.

    `form` says how the callee is applied: called by name, as a method, as an element of a chain or as an option.
    `wiring` is set if no call is written and a framework will make it: the callee was named by a `string` or handed
    over by `reference`. `applied` is the call in which an element or an option acts.
    """

    place: Place
    positional: tuple[Actual, ...] = ()
    keywords: tuple[tuple[str, Actual], ...] = ()
    rest: Value | None = None
    extra: Value | None = None
    after: tuple[Value, ...] = ()
    form: Form = Form.CALL
    wiring: str = ""
    applied: Place | None = None

    def first(self) -> Actual | None:
        """The first argument, positional or not, or None."""
        if self.positional:
            return self.positional[0]
        return self.keywords[0][1] if self.keywords else None

    def all(self) -> list[Actual]:
        """Every argument that is written out."""
        return [*self.positional, *(actual for _, actual in self.keywords)]

    def prefixed(self, positional: Iterable[Value], keywords: Iterable[tuple[str, Value]] = ()) -> Arguments:
        """The same call with arguments given beforehand; a keyword given now wins."""
        now = dict(self.keywords)
        before = [(name, Actual(value)) for name, value in keywords if name not in now]
        return replace(
            self, positional=(*map(Actual, positional), *self.positional), keywords=(*before, *self.keywords)
        )

    @staticmethod
    def of(place: Place, *values: Value, form: Form = Form.CALL) -> Arguments:
        """A call that is written nowhere, such as one made by a framework."""
        return Arguments(place, tuple(Actual(value, place) for value in values), form=form)


class Named(Protocol):
    """A parameter as binding sees it: its name and kind (positional, keyword, star, double_star)."""

    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> str: ...


@dataclass(frozen=True)
class Formal:
    """A parameter of a function of the user's; those of stubs are `Parameter`s."""

    name: str
    kind: str = "positional"


@dataclass
class Bindings:
    """Which parameter got what. `unsure` is what one without an argument may still hold, None if it gets nothing."""

    actuals: dict[str, Actual] = field(default_factory=dict)
    unsure: Value | None = None

    def value(self, name: str) -> Value | None:
        """What the parameter was given, or None."""
        actual = self.actuals.get(name)
        return actual.value if actual is not None else None


def bind(formals: Iterable[Named], arguments: Arguments) -> Bindings:
    """Bind as Python does; what does not fit (a call that would raise) is left out."""
    bound = Bindings()
    positional = list(arguments.positional)
    keywords = dict(arguments.keywords)
    for formal in formals:
        if formal.kind == "positional" and positional:
            bound.actuals[formal.name] = positional.pop(0)
        elif formal.kind == "star":
            items = tuple(actual.value for actual in positional)
            bound.actuals[formal.name] = Actual(one(Sequence(items, arguments.rest, arguments.after)))
            positional = []
        elif formal.kind in ("positional", "keyword") and formal.name in keywords:
            bound.actuals[formal.name] = keywords.pop(formal.name)
        elif formal.kind == "positional" and arguments.rest is not None:
            bound.actuals[formal.name] = Actual(unknown_rest([arguments.rest, *arguments.after]))
        elif formal.kind == "double_star":
            left = tuple((name, actual.value) for name, actual in keywords.items())
            bound.actuals[formal.name] = Actual(one(Mapping(left, arguments.extra)))
    if arguments.extra is not None:
        bound.unsure = arguments.extra
    return bound


def unknown_rest(values: Iterable[Value]) -> Value:
    """What any element of an unknown stretch may hold."""
    found = joined(values)
    return found if found.bindings else unknown("it is an element of an unknown sequence")
