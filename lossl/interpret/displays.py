"""Displays and comprehensions: tuples, lists, sets and dicts as they are written."""

from __future__ import annotations

from typing import Any

from lossl.interpret.conditions import test
from lossl.interpret.containers import content, joined_sequences, make_box, put
from lossl.interpret.iterate import iterated
from lossl.interpret.machine import MOST_UNROLLED, Machine, evaluates
from lossl.meaning.thing import (
    Constant,
    Mapping,
    Sequence,
)
from lossl.meaning.value import Value, joined, one, unknown


@evaluates("Tuple")
def _tuple(machine: Machine, node: Any) -> Value:
    return one(elements(machine, node))


@evaluates("List", "Set")
def _list(machine: Machine, node: Any) -> Value:
    return make_box(machine, node, type(node).__name__.lower(), elements(machine, node))


def elements(machine: Machine, node: Any) -> Sequence:
    """The elements of a display, stars spread out."""
    sequence = Sequence()
    for element in node.elements:
        value = machine.evaluate(element.value)
        starred = type(element).__name__ == "StarredElement"
        sequence = joined_sequences(sequence, iterated(machine, value) if starred else Sequence((value,)))
    return sequence


@evaluates("Dict")
def _dict(machine: Machine, node: Any) -> Value:
    mapping = Mapping()
    for element in node.elements:
        value = machine.evaluate(element.value)
        if type(element).__name__ == "StarredDictElement":
            held = content(machine, value.only)
            for key, inner in held.items if isinstance(held, Mapping) else ():
                mapping = put(mapping, key, inner)
            if not isinstance(held, Mapping):
                mapping = Mapping(mapping.items, unknown("it may come from `**`", ("spread", id(element))))
            continue
        key = machine.evaluate(element.key).only
        if isinstance(key, Constant):
            mapping = put(mapping, key.value, value)
        else:
            mapping = Mapping(mapping.items, value if mapping.rest is None else mapping.rest.join(value))
    return make_box(machine, node, "dict", mapping)


@evaluates("ListComp", "SetComp", "GeneratorExp")
def _comprehension(machine: Machine, node: Any) -> Value:
    found: list[Value] = []
    exact = _comprehend(machine, node.for_in, lambda: found.append(machine.evaluate(node.elt)))
    if exact:
        sequence = Sequence(tuple(found))
    else:
        any_of = joined(found)
        sequence = Sequence((), any_of if any_of.bindings else unknown("nothing is known of its elements"))
    return make_box(machine, node, "list", sequence)


@evaluates("DictComp")
def _dict_comprehension(machine: Machine, node: Any) -> Value:
    mapping = Mapping()

    def entry() -> None:
        nonlocal mapping
        key, value = machine.evaluate(node.key).only, machine.evaluate(node.value)
        if isinstance(key, Constant):
            mapping = put(mapping, key.value, value)
        else:
            mapping = Mapping(mapping.items, value if mapping.rest is None else mapping.rest.join(value))

    _comprehend(machine, node.for_in, entry)
    return make_box(machine, node, "dict", mapping)


def _comprehend(machine: Machine, clause: Any, body: Any) -> bool:
    """Run the body for every element; True if each element was known and none was filtered by an unknown test."""
    sequence = iterated(machine, machine.evaluate(clause.iter))
    frame = machine.frame
    scope = machine.context("comprehension", frame.context, frame.rounds, id(clause))
    known = sequence.exact and len(sequence.items) <= MOST_UNROLLED
    items = sequence.items if known else tuple(sequence.items[:MOST_UNROLLED])
    before, rounds = frame.scopes, frame.rounds
    frame.scopes = (scope, *frame.scopes)
    frame.comprehending += 1
    for index, value in enumerate(items):
        frame.rounds = (*rounds, index)
        machine.assign(clause.target, value)
        outcomes = [test(machine, condition.test) for condition in clause.ifs]
        if any(outcome.certain is False for outcome in outcomes):
            continue
        known = known and all(outcome.certain for outcome in outcomes)
        if clause.inner_for_in is not None:
            known = _comprehend(machine, clause.inner_for_in, body) and known
        else:
            body()
    frame.scopes, frame.rounds = before, rounds
    frame.comprehending -= 1
    return known
