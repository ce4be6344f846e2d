"""Which fixtures are run on what, and what came out: programs that share a backend share a process, see `tests.proof`.

Each runs on what it needs. Those that need nothing but Keras run on its PyTorch backend; of those that prove a fix, one
runs on the other backends as well.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from tests.fixture import ROOT, cases, slug
from tests.judgement import judgement
from tests.proof import KERAS, backends, imported

ELSEWHERE = {
    "metric-on-logits": "`tests/test_metrics.py` runs its fixtures",
    "swapped-arguments": "the reference takes prediction and target as they are given",
}
"""Rules whose fixtures are not run here, and why."""
RULES = [path.name for path in sorted(ROOT.iterdir()) if (path / "flagged").is_dir() and path.name not in ELSEWHERE]


class Program(NamedTuple):
    """A fixture: its rule, its folder (`flagged`, `clean` or `fixed`), its name, its path."""

    rule: str
    kind: str
    case: str
    root: Path

    @property
    def name(self) -> str:
        """How tests and tables call it."""
        return f"{self.rule}/{self.kind}/{self.case}"

    @property
    def files(self) -> list[Path]:
        """The file, or all of them if it is a folder."""
        return sorted(self.root.rglob("*.py")) if self.root.is_dir() else [self.root]

    @property
    def text(self) -> str:
        """The text of all files."""
        return "\n".join(path.read_text("utf-8") for path in self.files)

    def missing(self, backend: str) -> list[str]:
        """The packages it needs on a backend that are not installed."""
        own = {path.relative_to(self.root.parent).parts[-1].removesuffix(".py") for path in self.files}
        own |= {path.name for path in self.root.rglob("*") if path.is_dir()}
        needed = {backend, *imported(self.text)} - own - sys.stdlib_module_names
        return sorted(name for name in needed if not find_spec(name))


class Change(NamedTuple):
    """A fix of a flagged program, and what it makes of it; `safe` if all fixes of that title are."""

    flagged: Program
    title: str
    safe: bool
    fixed: Program


@cache
def programs(kind: str) -> tuple[Program, ...]:
    """Every program of one kind."""
    return tuple(Program(rule, kind, case.name, case.root) for rule in RULES for case in cases(ROOT / rule / kind))


@cache
def changes() -> tuple[Change, ...]:
    """Every fix of a program, with the program before and after it."""
    fixed = {(program.rule, program.case): program for program in programs("fixed")}
    return tuple(
        Change(flagged, title, safe, fixed[flagged.rule, f"{flagged.case}.{slug(title)}"])
        for flagged in programs("flagged")
        for title, safe in titles(flagged)
    )


def titles(flagged: Program) -> Iterator[tuple[str, bool]]:
    """The fixes of a program, and whether they are safe, as fixes.tsv has them."""
    rows = fix_rows(flagged.rule)
    for title in dict.fromkeys(title for case, title, _ in rows if case == flagged.case):
        yield title, all(row[2] == "safe" for row in rows if row[:2] == [flagged.case, title])


@cache
def fix_rows(rule: str) -> list[list[str]]:
    """What fixes.tsv says of a rule's fixtures: the case, the title, whether it is safe."""
    return [line.split("\t") for line in (ROOT / rule / "fixes.tsv").read_text("utf-8").splitlines()[1:]]


@cache
def runs() -> dict[str, tuple[Program, ...]]:
    """What runs on which backend."""
    chosen: dict[str, dict[Program, None]] = {backend: {} for backend in KERAS}
    for program in (program for kind in ("flagged", "clean", "fixed") for program in programs(kind)):
        suitable = backends(program.text)
        chosen[suitable[0]][program] = None
    for change in examples():
        for backend in KERAS:
            chosen[backend].update(dict.fromkeys((change.flagged, change.fixed)))
    return {backend: tuple(programs) for backend, programs in chosen.items()}


@cache
def examples() -> tuple[Change, ...]:
    """For each fix of a loss of Keras the shortest program that needs nothing but Keras, and can be run here."""
    shortest: dict[tuple[str, str], Change] = {}
    for change in (change for change in changes() if not change.flagged.missing("keras")):
        best = shortest.get((change.flagged.rule, change.title))
        if len(backends(change.flagged.text)) > 1 and (not best or len(change.flagged.text) < len(best.flagged.text)):
            shortest[change.flagged.rule, change.title] = change
    return tuple(shortest.values())


@cache
def started() -> dict[str, subprocess.Popen[str]]:
    """One process for each backend, all at the same time."""
    processes = {}
    for backend, programs in runs().items():
        able = [program for program in programs if not program.missing(backend)]
        ways = {program: dict.fromkeys(("", judgement(program.rule).way)) for program in able}
        settings = {"KERAS_BACKEND": backend, "TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": ""}
        settings["XLA_FLAGS"] = "--xla_backend_optimization_level=0"
        processes[backend] = subprocess.Popen(
            [
                sys.executable,
                "-m",
                "tests.proof",
                *(f"{way}:{program.root}" for program in able for way in ways[program]),
            ],
            cwd=ROOT.parent,
            env={**os.environ, **settings},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
    return processes


@cache
def results(backend: str) -> dict[str, Any]:
    """What every program did that runs on this backend, by path and way."""
    out, err = started()[backend].communicate()
    assert started()[backend].returncode == 0, err
    parsed: dict[str, Any] = json.loads(out.splitlines()[-1])
    return parsed


def seen(program: Program, backend: str) -> dict[str, Any] | None:
    """What a program did, and under the name of the other way in which it is run what it did then; None if nothing."""
    found, way = results(backend).get(f":{program.root}"), judgement(program.rule).way
    return found and ({**found, way: results(backend)[f"{way}:{program.root}"]} if way else found)


def proof(program: Program, backend: str) -> dict[str, Any]:
    """What a program did; skips the test if something it needs is not installed."""
    if missing := program.missing(backend):
        pytest.skip(f"{missing[0]} is not installed")
    found = seen(program, backend)
    assert found is not None
    return found
