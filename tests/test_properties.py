"""What holds of fixes in any program: it parses, the finding is gone, nothing else changed, the loss is right.

`LOSSL_PROGRAMS=5000 python -m pytest tests/test_properties.py` tries that many programs, other ones every time.
"""

from __future__ import annotations

import ast
import json
import os
import sys
import tempfile
import types
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, event, given, settings

from lossl import check as checking
from lossl.config import Config
from lossl.diagnostic import Edit, Fix, Report
from lossl.fix import fix_until_stable, fixed_files
from lossl.source.file import SourceFile
from lossl.source.notebook import Notebook, source_file
from tests.keras_programs import keras_programs
from tests.programs import Program, programs

torch = pytest.importorskip("torch")

BY_HAND = int(os.environ.get("LOSSL_PROGRAMS", "0"))
settings.register_profile(
    "lossl",
    max_examples=BY_HAND or 120,
    derandomize=not BY_HAND,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
PROFILE = settings.get_profile("lossl")
OTHER_INTENT = {"classes": "do not exclude each other", "binary": "exactly one class", "divergence": "two outcomes"}
"""What the reason of a fix says that assumes other labels than the program has."""


class Folder:
    """A program on the disk, checked with some files taken from memory."""

    def __init__(self, program: Program, path: str) -> None:
        self.path, self.program = os.path.realpath(path), program
        for name, data in program.files.items():
            Path(self.path, name).write_bytes(data)

    def check(self, changed: dict[str, bytes] | None = None) -> Report:
        return checking.check([self.path], Config(root=self.path), changed or {})

    def files(self) -> dict[str, SourceFile]:
        paths = [os.path.join(self.path, name) for name in self.program.files]
        return {path: source_file(path, Path(path).read_bytes()) for path in paths}


@pytest.fixture
def quiet() -> Iterator[None]:
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


@PROFILE
@given(programs())
@pytest.mark.usefixtures("quiet")
def test_every_fix_repairs_and_changes_nothing_else(program: Program) -> None:
    with tempfile.TemporaryDirectory() as path:
        folder = Folder(program, path)
        before, report = folder.files(), folder.check()
        assert not report.failures
        found = [d for d in report.diagnostics if d.rule == program.case.rule]
        event(f"found {bool(found)}")
        assume(found)
        seen = run(program, {name: file.data for name, file in before.items()})
        for finding in report.diagnostics:
            for fix in finding.fixes:
                after = {**before, **fixed_files([fix], before)}
                parses(before, after)
                same_outside(before, after, fix)
                comments_stay(program, before, after, fix)
                imports_fit(before, after)
                again = folder.check({name: file.data for name, file in after.items()})
                better(report, again, fix)
                if finding.rule == program.case.rule:
                    right(program, after, fix, seen)


@PROFILE
@given(keras_programs())
def test_every_fix_of_keras_repairs_and_changes_nothing_else(program: Program) -> None:
    with tempfile.TemporaryDirectory() as path:
        folder = Folder(program, path)
        before, report = folder.files(), folder.check()
        assert not report.failures
        event(f"found {any(d.rule == program.case.rule for d in report.diagnostics)}")
        for fix in (fix for finding in report.diagnostics for fix in finding.fixes):
            after = {**before, **fixed_files([fix], before)}
            parses(before, after)
            same_outside(before, after, fix)
            comments_stay(program, before, after, fix)
            imports_fit(before, after)
            better(report, folder.check({name: file.data for name, file in after.items()}), fix)
        repair = fix_until_stable(folder.check, unsafe=True)
        assert all("would then be found" in failure.what for failure in repair.failures)
        assert repair.failures or not [d for d in repair.report.diagnostics if d.fixes]
        assert folder.check() == repair.report


@PROFILE
@given(programs())
@pytest.mark.usefixtures("quiet")
def test_repairing_comes_to_an_end(program: Program) -> None:
    with tempfile.TemporaryDirectory() as path:
        folder = Folder(program, path)
        first = folder.check()
        assume(any(finding.fixes for finding in first.diagnostics))
        repair = fix_until_stable(folder.check, unsafe=True)
        assert all("would then be found" in failure.what for failure in repair.failures)
        assert repair.failures or not [d for d in repair.report.diagnostics if d.fixes]
        assert folder.check() == repair.report
        assert not fix_until_stable(folder.check, unsafe=True).applied
        assert {finding.rule for finding in repair.report.diagnostics} <= {d.rule for d in first.diagnostics}
        parses(repair.before, repair.after)


def parses(before: dict[str, SourceFile], after: dict[str, SourceFile]) -> None:
    for path, file in after.items():
        assert file.tree
        assert len(file.broken) == len(before[path].broken)
        compile(ast.parse(code(file)), path, "exec")


def better(before: Report, after: Report, fix: Fix) -> None:
    """One finding less, and no new one, unless the fix says that somebody reads what it changes.

    A threshold that takes logits for probabilities did so before: it is found once the loss says what they are.
    """
    counts = [Counter(d.rule for d in report.diagnostics) for report in (before, after)]
    assert counts[0] - counts[1], fix.title
    new = {rule for rule in counts[1] - counts[0] if rule != "threshold-on-logits"}
    assert "in line" in (fix.reason or "") or "in cell" in (fix.reason or "") or not new, fix.title
    assert not after.failures


def same_outside(before: dict[str, SourceFile], after: dict[str, SourceFile], fix: Fix) -> None:
    """What no edit of the fix or of an import covers is there byte for byte, in the same order."""
    for path, old in before.items():
        new = after[path]
        if isinstance(old, Notebook):
            assert isinstance(new, Notebook)
            same_notebook(old, new)
        edits = [edit for edit in fix.edits if edit.location.path == path]
        for cell in old.cells:
            kept = rest(old, cell, [edit for edit in edits if edit.location.cell == cell])
            pieces, text, at = [piece for piece in kept if piece], new.part(cell), 0
            for piece in pieces:
                without_imports = piece if piece in text[at:] else ""
                at = text.find(without_imports, at) + len(without_imports)
                assert without_imports or "import" in piece, piece


def rest(file: SourceFile, cell: int | None, edits: list[Edit]) -> list[str]:
    """The pieces of a text between the edits, found without the code under test."""
    text = file.part(cell)
    starts = [0]
    for mark in ("\r\n", "\n", "\r"):
        if mark in text:
            break
    for index, character in enumerate(text):
        if character == "\n" or (character == "\r" and text[index + 1 : index + 2] != "\n"):
            starts.append(index + 1)
    spans = sorted(
        (starts[a.line - 1] + a.column - 1, starts[b.line - 1] + b.column - 1)
        for a, b in ((edit.location.range.start, edit.location.range.end) for edit in edits)
    )
    ends = [0, *(end for _, end in spans)]
    return [text[end:start] for end, (start, _) in zip(ends, [*spans, (len(text), len(text))], strict=True)]


def same_notebook(old: Notebook, new: Notebook) -> None:
    first, second = (json.loads(file.data) for file in (old, new))
    for one, other in zip(first.pop("cells"), second.pop("cells"), strict=True):
        one.pop("source"), other.pop("source")
        assert one == other
    assert first == second


def comments_stay(program: Program, before: dict[str, SourceFile], after: dict[str, SourceFile], fix: Fix) -> None:
    old, new = ("".join(code(file) for file in files.values()) for files in (before, after))
    lost = [comment for comment in program.comments if comment in old and comment not in new]
    assert not lost or "comment" in (fix.reason or ""), lost


def imports_fit(before: dict[str, SourceFile], after: dict[str, SourceFile]) -> None:
    """What is imported and not used was not used before either, or has a comment that is kept."""
    for path, file in after.items():
        old, new = unused(code(before[path])), unused(code(file))
        assert not [name for name, line in new.items() if name not in old and "#" not in line], code(file)


def unused(text: str) -> dict[str, str]:
    """The imported names that nothing uses, each with the lines of its import and the one above."""
    tree = ast.parse(text)
    used = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    imports = [node for node in ast.walk(tree) if isinstance(node, (ast.Import, ast.ImportFrom))]
    names = [(alias.asname or alias.name.partition(".")[0], node) for node in imports for alias in node.names]
    lines = text.splitlines()
    return {name: "".join(lines[max(n.lineno - 2, 0) : n.end_lineno]) for name, n in names if name not in used}


def right(program: Program, after: dict[str, SourceFile], fix: Fix, seen: Any) -> None:
    """The loss is the textbook's; if the fix is safe, everybody else sees what they saw."""
    if OTHER_INTENT[program.case.meant] in (fix.reason or ""):
        return
    loss, expected, now = run(program, {path: file.data for path, file in after.items()}) or (None, None, None)
    assert loss == pytest.approx(expected, rel=1e-3, abs=1e-4), f"{fix.title}: {loss}, {expected}"
    if fix.safe and seen is not None:
        assert now == seen[2], f"{fix.title}: {now}, {seen[2]}"


def run(program: Program, files: dict[str, bytes]) -> tuple[float, float, list[Any]] | None:
    """The loss, what it should be by a float64 reference, and what the other readers saw; None if it stops."""
    texts = {os.path.basename(path): code(source_file(path, data)) for path, data in files.items()}
    logits: list[Any] = []
    forward = torch.nn.Linear.forward

    def recorded(self: Any, x: Any) -> Any:
        logits.append(forward(self, x))
        return logits[-1]

    torch.nn.Linear.forward = recorded
    torch.manual_seed(0)
    try:
        if "parts.py" in texts:
            parts = sys.modules["parts"] = types.ModuleType("parts")
            exec(texts["parts.py"], parts.__dict__)
        space: dict[str, Any] = {"__name__": "__main__"}
        exec(texts[program.main], space)
    except (RuntimeError, ValueError):
        return None
    finally:
        torch.nn.Linear.forward = forward
        sys.modules.pop("parts", None)
    return float(space["loss"].detach()), reference(program, logits[-1], space["y"]), rounded(space["SEEN"])


def reference(program: Program, logits: Any, target: Any) -> float:
    functional = torch.nn.functional
    options = eval(f"dict({program.options})", {"torch": torch})
    logits = logits.detach().double()
    if program.case.meant == "classes":
        return float(functional.cross_entropy(logits, target, **options))
    if program.case.meant == "binary":
        return float(functional.binary_cross_entropy_with_logits(logits, target.double(), **options))
    return float(functional.kl_div(functional.log_softmax(logits, 1), target.double(), **options))


def rounded(seen: Any) -> Any:
    if isinstance(seen, list):
        return [rounded(each) for each in seen]
    return round(seen, 3) if isinstance(seen, float) else seen


def code(file: SourceFile) -> str:
    return "\n".join(file.code_in(cell) for cell in file.cells)
