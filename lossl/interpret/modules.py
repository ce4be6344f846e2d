"""Imports: which module a name stands for, its members, and evaluating a project module once."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

from lossl.interpret import standard
from lossl.interpret.containers import content, environment
from lossl.interpret.declared import declare
from lossl.interpret.frame import Frame
from lossl.interpret.library import attribute_word
from lossl.interpret.machine import Machine, attributes, executes
from lossl.interpret.sources import Source
from lossl.meaning.condition import ALWAYS
from lossl.meaning.signature import Routine, Spec, StubClass, StubModule
from lossl.meaning.thing import Constant, Mapping, Module, Sequence
from lossl.meaning.value import Binding, Value, one, unknown


def scope_of(source: Source) -> Hashable:
    """The name space of a module."""
    return ("module", source.path)


def load(machine: Machine, source: Source) -> None:
    """Evaluate a project module, once, outside of every branch and call."""
    if source.path in machine.loaded:
        return
    scope = scope_of(source)
    machine.loaded[source.path] = scope
    name = machine.modules.name_of(source)
    machine.state.set((scope, "__name__"), one(Constant("__main__")))
    machine.state.set((scope, "__file__"), unknown("it is the path of the file"))
    frame = Frame(machine.context(scope), source, name, (scope,), closes=True)

    def body() -> None:
        machine.path = ALWAYS
        machine.frames.append(frame)
        machine.execute(source.tree.body)

    machine.guarded(source, body)


def find_module(machine: Machine, name: str) -> Value:
    """The module of an absolute name: of the project, of a stub, of the standard library, or unknown."""
    source = machine.modules.locate(name, machine.frame.source)
    if source is not None:
        load(machine, source)
        return one(Module(name, source))
    stub = machine.library.module(name)
    if stub is not None:
        path = machine.frame.source.path
        machine.imported[path] = machine.imported.get(path, frozenset()) | {name.partition(".")[0]}
        return one(Module(stub.name))
    if standard.is_module(name) or machine.modules.is_package(name, machine.frame.source):
        return one(Module(name))
    return unknown(f"lossl has no stub of the module `{name}`: what comes from it can be anything", ("module", name))


@attributes(Module)
def _of_module(machine: Machine, binding: Binding, name: str) -> Value | None:
    assert isinstance(binding.thing, Module)
    if name == "__dict__":
        return one(binding.thing)  # indexed by a name it is the same
    return _member(machine, binding.thing, name)


def named(machine: Machine, module: Module, name: Value, written: Any) -> Value:
    """What a module holds under a name that is a value: `getattr(module, name)`, `module.__dict__[name]`.

    The stub of a module may say under `__getattr__` what a name is that nobody knows before the program runs.
    """
    if isinstance(name.only, Constant) and isinstance(name.only.value, str):
        return machine.attribute(one(module), name.only.value)
    stub = machine.library.module(module.name) if module.file is None else None
    anything = machine.library.member(stub, "__getattr__") if stub is not None else None
    found = _stub_member(machine, anything) if anything is not None else None
    reason = f"`{machine.text(written)}` chooses it at run time"
    return found if found is not None else unknown(reason, ("call", "getattr", id(written)))


def _member(machine: Machine, module: Module, name: str) -> Value | None:
    """A name in a module: what its code assigned, a submodule, or what its stub says."""
    if module.file is not None:
        held = machine.state.get((scope_of(module.file), name))
        if held is not None:
            declare(machine, f"{module.name}.{name}", held)
            return held
    else:
        stub = machine.library.module(module.name)
        member = machine.library.member(stub, name) if stub is not None else None
        found = _stub_member(machine, member)
        if found is not None:
            return found
        if stub is None and f"{module.name}.{name}" == "os.environ":
            return environment(machine)
        if stub is None and standard.knows(f"{module.name}.{name}"):
            return one(Routine(f"{standard.PREFIX}{module.name}.{name}"))
    below = f"{module.name}.{name}"
    source = machine.modules.locate(below, machine.frame.source)
    if source is not None:
        load(machine, source)
        return one(Module(below, source))
    if machine.modules.is_package(below, machine.frame.source):
        return one(Module(below))
    if module.file is not None:
        return unknown(f"the module `{module.name}` does not define `{name}` as far as lossl sees", ("module", below))
    if machine.library.module(module.name) is None:
        return unknown(f"lossl does not evaluate `{below}` of Python's library", ("module", below))
    return unknown(f"lossl's stubs do not say what `{below}` is", ("module", below))


def _stub_member(machine: Machine, member: object) -> Value | None:
    if isinstance(member, StubModule):
        return one(Module(member.name))
    if isinstance(member, (Routine, StubClass)):
        return one(member)
    if isinstance(member, Spec):
        return attribute_word(machine, member, None)
    if isinstance(member, dict):
        return one(Mapping(tuple((key, one(Constant(value))) for key, value in member.items())))
    return None


@executes("Import")
def _import(machine: Machine, node: Any) -> None:
    for alias in node.names:
        name = dotted(alias.name)
        module = find_module(machine, name)
        if alias.asname is not None:
            machine.assign(alias.asname.name, module)
            continue
        first = name.partition(".")[0]
        machine.set_name(first, find_module(machine, first) if first != name else module)


@executes("ImportFrom")
def _import_from(machine: Machine, node: Any) -> None:
    name = _absolute(machine, node)
    if name == "__future__":
        return
    module = find_module(machine, name)
    if type(node.names).__name__ == "ImportStar":
        _import_star(machine, module)
        return
    for alias in node.names:
        member = alias.name.value
        value = machine.attribute(module, member)
        machine.set_name(alias.asname.name.value if alias.asname is not None else member, value)


def _import_star(machine: Machine, module: Value) -> None:
    only = module.only
    if not isinstance(only, Module):
        return
    if only.file is not None:
        listed = _listed(machine, scope_of(only.file))
        for name, value in machine.names(scope_of(only.file)):
            if name in listed if listed is not None else not name.startswith("_"):
                machine.set_name(name, value)
        return
    stub = machine.library.module(only.name)
    for name in stub.members if stub is not None else ():
        found = _stub_member(machine, machine.library.member(stub, name)) if stub is not None else None
        if found is not None and not name.startswith("_"):
            machine.set_name(name, found)


def _listed(machine: Machine, scope: Hashable) -> frozenset[object] | None:
    """The names in `__all__`, None if there is none or it is not known."""
    held = machine.state.get((scope, "__all__"))
    names = content(machine, held.only) if held is not None else None
    if not isinstance(names, Sequence) or not names.exact:
        return None
    return frozenset(item.only.value for item in names.items if isinstance(item.only, Constant))


def _absolute(machine: Machine, node: Any) -> str:
    """The absolute name of the module in `from ... import`."""
    base = dotted(node.module) if node.module is not None else ""
    level = len(node.relative)
    if not level:
        return base
    frame = machine.frame
    parts = frame.module.split(".")
    is_init = frame.source.path.endswith("__init__.py")
    keep = len(parts) - level + (1 if is_init else 0)
    return ".".join([*parts[: max(keep, 0)], *([base] if base else [])])


def dotted(node: Any) -> str:
    """`a.b.c` of a chain of attributes on a name."""
    if type(node).__name__ == "Attribute":
        return f"{dotted(node.value)}.{node.attr.value}"
    return str(node.value)
