"""What the interpreter is known to get wrong, kept honest: rows that should hold and do not.

`tests/test_fixtures.py` asserts the plain rows of `fixtures/interpreter/`. A row that should hold but does not is
written with a second `#`, below a line that says what is found instead, and behind the plain rows of its line of code:

    alias = out
    out.sigmoid_()
    print(alias)
    # weak: logits
    ##    ^^^^^ = probability

`# weak: unknown` stands for any unknown value, whatever the reason. The test fails if something else is found, and if
what should hold does hold: then the line goes, and one `#` with it.
"""

from __future__ import annotations

import ast
import json
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from lossl.source.notebook import read
from lossl.trace import values
from tests.fixture import ROOT, cases, is_row, notebooks, read_rows

_INSTEAD = re.compile(r"\s*# weak: (?P<text>.+)$")
_SHOULD = re.compile(r"\s*##\s*(?P<carets>\^+) = (?P<text>.+)$")
CASES = [*cases(ROOT / "interpreter"), *notebooks(ROOT / "interpreter")]
FILES = [path for case in CASES for path in case.files if path.suffix == ".py"]
NOTEBOOKS = [path for case in CASES for path in case.files if path.suffix == ".ipynb"]


@dataclass(frozen=True)
class Weak:
    """A known fault at columns `start` to `end` (exclusive, from 1) of a line (from 1)."""

    path: Path
    line: int
    start: int
    end: int
    should: str
    instead: str

    def __str__(self) -> str:
        folder = ROOT / "interpreter"
        return f"{self.path.relative_to(folder).with_suffix('').as_posix()}:{self.line}:{self.start}"


def read_weak(path: Path) -> list[Weak]:
    """The known faults of one file. Raises ValueError where a note lacks its row, or a row its note."""
    found = []
    above, instead = 0, ""
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        note, should = _INSTEAD.match(line), _SHOULD.match(line)
        if bool(should) != bool(instead) or (note and not above):
            raise ValueError(f"{path}:{number}: a note and its row belong together")
        if should:
            start, end = should.start("carets") + 1, should.end("carets") + 1
            found.append(Weak(path, above, start, end, should["text"], instead))
        elif not note and not is_row(line):
            above = number
        instead = note["text"] if note else ""
    return found


@cache
def found_in(path: Path) -> dict[tuple[int, int, int], str]:
    """What every expression that ends on the line where it begins may hold, by line and columns."""
    return {
        (at.range.start.line, at.range.start.column, at.range.end.column): value
        for at, value in values(str(path)).items()
        if at.range.start.line == at.range.end.line
    }


def agrees(text: str, value: str) -> bool:
    """True if a value is what a row says; `unknown` alone leaves the reason open."""
    return value == text or (text == "unknown" and re.fullmatch(r"unknown \([^|]*\)", value) is not None)


@pytest.mark.parametrize("weak", [weak for path in FILES for weak in read_weak(path)], ids=str)
def test_known_fault(weak: Weak) -> None:
    value = found_in(weak.path).get((weak.line, weak.start, weak.end), "nothing is evaluated here")
    assert not agrees(weak.should, value), "cured: make it a plain row"
    assert agrees(weak.instead, value)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT / "interpreter").as_posix())
def test_file(path: Path) -> None:
    """It is Python, and each of its rows stands under the line of code that it concerns."""
    text = path.read_text("utf-8")
    ast.parse(text)
    lines = text.splitlines()
    assert not [row for row in read_rows(str(path), text) if lines[row.line - 1].lstrip().startswith("#")]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.relative_to(ROOT / "interpreter").as_posix())
def test_notebook(path: Path) -> None:
    """It is a notebook of Python, and each of its rows stands under the line of code that it concerns."""
    source = read(str(path))
    assert json.loads(source.data)["nbformat"] == 4
    for cell in source.cells:
        lines = source.part(cell).splitlines()
        assert not [row for row in read_rows("", source.part(cell)) if lines[row.line - 1].lstrip().startswith("#")]


def test_there_are_rows() -> None:
    """Every case asserts something, so that an empty folder does not pass for a good one."""
    found = {
        case.name: len(case.rows) + sum(len(read_weak(path)) for path in case.files if path.suffix == ".py")
        for case in CASES
    }
    assert found
    assert all(found.values()), found
