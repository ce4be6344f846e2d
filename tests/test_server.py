"""The language server: what it tells an editor, and what comes of the edits it offers."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_lsp
from lsprotocol import types
from pytest_lsp import LanguageClient

from lossl.check import check
from lossl.config import Config
from lossl.diagnostic import Diagnostic, Report
from lossl.fix import fixed_files
from lossl.server import analysis as analysing
from lossl.server.analysis import analyse
from lossl.server.client import Client
from lossl.server.documents import Document, Snapshot
from lossl.server.ignoring import ignore
from lossl.server.places import Places
from lossl.source.file import SourceFile
from tests.editor import CONFIG, PATIENCE, Editor, capabilities, edited
from tests.fixture import ROOT, cases

pytestmark = pytest.mark.asyncio(loop_scope="module")

SCRIPT = """\
import torch
from torch import nn

model = nn.Linear(7, 1)
criterion = nn.BCEWithLogitsLoss()
x, y = torch.randn(3, 7), torch.ones(3, 1)
prob = torch.sigmoid(model(x))
loss = criterion(prob, y)
"""
CLEAN = SCRIPT.replace("torch.sigmoid(model(x))", "model(x)")
NET = """\
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.layer = nn.Linear(7, 1)

    def forward(self, x):
        return torch.sigmoid(self.layer(x))
"""
TRAIN = """\
from torch import nn
from net import Net

model = Net()
criterion = nn.BCEWithLogitsLoss()


def step(x, y):
    out = model(x)
    return criterion(out, y)
"""


@pytest_asyncio.fixture(scope="module", loop_scope="module", params=["visual-studio-code", "neovim", "emacs"])
async def editor(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Editor]:
    """Three editors: they count in UTF-16, UTF-8 and UTF-32, and the last one knows no related information."""
    client = await CONFIG.start()
    assert isinstance(client, LanguageClient)
    yield await Editor.connect(client, capabilities(request.param), tmp_path_factory.mktemp("root"))
    await client.shutdown_session()
    await client.stop()


@pytest_asyncio.fixture(loop_scope="module")
async def puller(tmp_path: Path) -> AsyncIterator[Editor]:
    """An editor that asks for diagnostics."""
    client = await CONFIG.start()
    assert isinstance(client, LanguageClient)
    yield await Editor.connect(client, capabilities("visual-studio-code", pulls=True), tmp_path)
    await client.shutdown_session()
    await client.stop()


async def test_a_finding_is_shown_with_its_way_and_its_page(editor: Editor, tmp_path: Path) -> None:
    (found,) = await editor.open(tmp_path / "train.py", SCRIPT)
    assert editor.text(tmp_path / "train.py", found.range) == "prob"
    assert (found.source, found.code, found.severity) == ("lossl", "LSL101", types.DiagnosticSeverity.Error)
    assert found.message.startswith("double-sigmoid: `criterion` (BCEWithLogitsLoss) applies sigmoid itself")
    if editor.related:
        (step,) = found.related_information or ()
        assert step.message == "becomes a probability"
        assert editor.text(tmp_path / "train.py", step.location.range) == "torch.sigmoid(model(x))"
    else:
        assert found.message.endswith("\ntrain.py:7: becomes a probability")


async def test_a_finding_has_an_address_and_its_fixes_as_data(editor: Editor, tmp_path: Path) -> None:
    (found,) = await editor.open(tmp_path / "train.py", SCRIPT)
    diagnostics = editor.capabilities.text_document.publish_diagnostics
    if diagnostics.code_description_support:
        assert found.code_description == types.CodeDescription("https://lossl.dev/rules/double-sigmoid/")
    if diagnostics.data_support:
        fixes = [(fix["title"], fix["safe"], len(fix["edits"])) for fix in found.data["fixes"]]
        assert fixes == [("Remove the sigmoid", True, 2), ("Use BCELoss", True, 1)]
