"""Every stub is compared with the library it describes, if that is installed: its names and their parameters."""

from __future__ import annotations

import importlib
import warnings
from collections.abc import Iterable
from fnmatch import fnmatchcase
from importlib.util import find_spec

import pytest

from lossl.meaning.signature import Parameter, Signature
from tests.deviations import ABSENT, DIFFERENT
from tests.stubs import Entry, compared, differences, entries, exists, formals, modules

DECLARED = [*ABSENT.items(), *DIFFERENT.items()]


def installed(name: str) -> bool:
    """True if the library that a name belongs to is there and can be imported."""
    library = name.partition(".")[0]
    if find_spec(library) is None:
        return False
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            importlib.import_module(library)
    except Exception as error:  # a library that is there and does not start is none
        warnings.warn(f"{library} cannot be imported: {error}", stacklevel=2)
        return False
    return True


LIBRARIES = sorted({module.partition(".")[0] for module in modules()})
INSTALLED = frozenset(library for library in LIBRARIES if installed(library))


def declared(name: str, table: dict[str, tuple[str, ...]]) -> bool:
    """True if a table has the name."""
    return any(fnmatchcase(name, pattern) for patterns in table.values() for pattern in patterns)


def described(library: str) -> Iterable[Entry]:
    """Everything that the stubs of a library say; nothing of modules that the installed version does not have."""
    present = [module for module in modules() if module.partition(".")[0] == library and exists(module)]
    for module in present:  # all of them are imported by now: some add methods to the classes of others
        yield from entries(module)


@pytest.fixture(params=LIBRARIES)
def library(request: pytest.FixtureRequest) -> str:
    name = str(request.param)
    if name not in INSTALLED:
        pytest.skip(f"{name} is not installed")
    return name


def test_names_exist(library: str) -> None:
    found = [module for module in modules() if module.partition(".")[0] == library]
    names = [*found, *(entry.name for entry in described(library))]
    missing = {name for name in names if not exists(name) and not declared(name, ABSENT)}
    assert missing == set(), f"not in the installed {library}, not in tests/deviations.py"


def test_parameters_agree(library: str) -> None:
    differing = {}
    for entry in described(library):
        if exists(entry.name) and not declared(entry.name, DIFFERENT):
            differences = compared(entry)
            if differences:
                differing[entry.name] = differences
    assert differing == {}, f"not as in the installed {library}, not in tests/deviations.py"


def test_deviations_are_needed(library: str) -> None:
    found = list(described(library))
    absent = {entry.name for entry in found if not exists(entry.name)} | {m for m in modules() if not exists(m)}
    different = {entry.name for entry in found if exists(entry.name) and compared(entry)}
    for table, names in ((ABSENT, absent), (DIFFERENT, different)):
        patterns = [p for group in table.values() for p in group if p.partition(".")[0] == library]
        idle = [p for p in patterns if not any(fnmatchcase(name, p) for name in names)]
        assert idle == [], "the library has these as the stub has them"


def test_a_difference_is_found() -> None:
    """The comparison itself: a parameter too many, one too few, another default, another order."""

    def library(a, b=1, *, c=True): ...  # type: ignore[no-untyped-def]

    def found(*parameters: Parameter) -> list[str]:
        return differences(Signature(parameters, None), formals(library) or [])

    a, b = Parameter("a"), Parameter("b", default=1, required=False)
    c = Parameter("c", default=True, required=False, kind="keyword")
    assert found(a, b, c) == []
    assert found(a, c) == ["-b=1"]
    assert found(a, b, c, Parameter("d")) == ["+d"]
    assert found(a, Parameter("b", default=True, required=False), c) == ["b=True, not b=1"]
    assert found(a, b, Parameter("c", default=True, required=False)) == ["c=True, not *, c=True"]
    assert found(b, a, c) == ["in the order b, a"]
    assert found(a, Parameter("options", kind="double_star")) == []
