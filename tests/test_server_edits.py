"""What the language server makes of findings, without a conversation: edits, ignore comments, failures."""

from __future__ import annotations

from pathlib import Path

import pytest
from lsprotocol import types

from lossl.check import check
from lossl.config import Config
from lossl.diagnostic import Diagnostic
from lossl.edits.patch import apply
from lossl.fix import fixed_files
from lossl.ignoring import ignore
from lossl.server import checker
from lossl.server.checker import check_document
from lossl.server.client import Client
from lossl.server.documents import Document, Snapshot
from lossl.server.places import Places
from lossl.source.file import SourceFile
from tests.editor import edited
from tests.fixture import ROOT, Case, cases

SCRIPT = """\
import torch
from torch import nn

model = nn.Linear(7, 1)
criterion = nn.BCEWithLogitsLoss()
x, y = torch.randn(3, 7), torch.ones(3, 1)
prob = torch.sigmoid(model(x))
loss = criterion(prob, y)
"""
FLAGGED = [case for folder in sorted(ROOT.glob("*/flagged")) for case in cases(folder)]


@pytest.mark.parametrize("case", FLAGGED, ids=lambda case: f"{case.root.parent.parent.name}-{case.name}")
def test_every_edit_does_what_the_fix_does(case: Case) -> None:
    """In every fixture, as in the command line, with the same imports cleaned up."""
    sources = case.sources
    documents = {path: Document(Path(path).as_uri(), path, data.decode(), 1) for path, data in sources.items()}
    client = Client(document_changes=True)
    for path in sources:
        found = check_document(documents[path], Snapshot(documents))
        places = Places(found, client)
        for fix in (fix for diagnostic in found.report.diagnostics for fix in diagnostic.fixes):
            files = {path: SourceFile(path, data) for path, data in sources.items()}
            expected = {Path(path).as_uri(): file.text for path, file in fixed_files([fix], files).items()}
            changed = {}
            for change in places.edit(fix.edits).document_changes or ():
                assert isinstance(change, types.TextDocumentEdit)
                text = next(each.text for each in documents.values() if each.uri == change.text_document.uri)
                edits = [each for each in change.edits if isinstance(each, types.TextEdit)]
                changed[change.text_document.uri] = edited(text, edits, "utf-16")
            assert changed == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("loss = criterion(prob, y)", "loss = criterion(prob, y)  # lossl: ignore[double-sigmoid]"),
        ("loss = criterion(prob, y)  ", "loss = criterion(prob, y)  # lossl: ignore[double-sigmoid]"),
        ("loss = criterion(prob, y)  # why", "loss = criterion(prob, y)  # why  # lossl: ignore[double-sigmoid]"),
        (
            "loss = criterion(prob, y)  # lossl: ignore[LSL102] why",
            "loss = criterion(prob, y)  # lossl: ignore[LSL102, double-sigmoid] why",
        ),
        (
            "loss = criterion(\n    prob,\n    y,\n)",
            "loss = criterion(\n    prob,  # lossl: ignore[double-sigmoid]\n    y,\n)",
        ),
        (
            "loss = criterion(prob, \\\n    y)",
            "loss = criterion(prob, \\\n    y)  # lossl: ignore[double-sigmoid]",
        ),
        (
            'loss = criterion(prob, y), """\n\n# no"""',
            'loss = criterion(prob, y), """\n\n# no"""  # lossl: ignore[double-sigmoid]',
        ),
    ],
    ids=["bare", "blanks", "beside another", "one rule more", "brackets", "backslash", "string"],
)
def test_an_ignore_comment_goes_where_it_is_heard(line: str, expected: str, tmp_path: Path) -> None:
    text = SCRIPT.replace("loss = criterion(prob, y)", line)
    (found,) = reported(tmp_path / "train.py", text)
    edit = ignore(found, text)
    assert edit is not None
    changed = apply(text, [edit])
    assert changed == SCRIPT.replace("loss = criterion(prob, y)", expected)
    assert not reported(tmp_path / "train.py", changed)


def test_a_fault_of_lossl_is_a_failure(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr(checker, "check", fail)
    (failure,) = check_document(
        Document((tmp_path / "train.py").as_uri(), str(tmp_path / "train.py"), SCRIPT, 1), Snapshot()
    ).report.failures
    assert failure.what == "lossl failed: RuntimeError: broken"
    assert "Traceback" in failure.detail


def reported(path: Path, text: str) -> tuple[Diagnostic, ...]:
    """What is wrong in a text; that a comment ignores nothing yet is not."""
    config = Config(root=str(path.parent), ignore=("unused-ignore",))
    return check([str(path)], config, {str(path): text.encode()}).diagnostics
