"""The language server: what it tells an editor, and what comes of the edits it offers."""

from __future__ import annotations

import subprocess
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from lsprotocol import types

from tests.editor import ENVIRONMENT, LOSSL, Editor, capabilities

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
async def window(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Editor]:
    """Three editors: they count in UTF-16, UTF-8 and UTF-32, and the last one knows no related information."""
    async with Editor.connected(capabilities(request.param), tmp_path_factory.mktemp("root")) as connected:
        yield connected


@pytest_asyncio.fixture(loop_scope="module")
async def editor(window: Editor) -> AsyncIterator[Editor]:
    """One of them without open documents."""
    yield window
    for uri in list(window.texts):
        await window.close(uri)


@pytest_asyncio.fixture(loop_scope="module")
async def puller(tmp_path: Path) -> AsyncIterator[Editor]:
    """An editor that asks for diagnostics."""
    async with Editor.connected(capabilities("visual-studio-code", pulls=True), tmp_path) as connected:
        yield connected


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """Where a training script lies, or would lie."""
    return tmp_path / "train.py"


async def test_a_finding_is_shown_with_its_way(editor: Editor, script: Path) -> None:
    (found,) = await editor.open(script, SCRIPT)
    assert editor.text(script, found.range) == "prob"
    assert (found.source, found.code, found.severity) == ("lossl", "LSL101", types.DiagnosticSeverity.Error)
    assert found.message.startswith("double-sigmoid: `criterion` (BCEWithLogitsLoss) applies sigmoid itself")
    if editor.diagnostics.related_information:
        (step,) = found.related_information or ()
        assert (step.message, step.location.uri) == ("becomes a probability", script.as_uri())
        assert editor.text(script, step.location.range) == "torch.sigmoid(model(x))"
    else:
        assert found.message.endswith("\ntrain.py:7: becomes a probability")


async def test_a_finding_has_an_address_and_its_fixes_as_data(editor: Editor, script: Path) -> None:
    (found,) = await editor.open(script, SCRIPT)
    address = types.CodeDescription("https://lossl.dev/rules/double-sigmoid/")
    assert found.code_description == (address if editor.diagnostics.code_description_support else None)
    if editor.diagnostics.data_support:
        assert found.data is not None
        fixes = [(fix["title"], fix["safe"], len(fix["edits"])) for fix in found.data["fixes"]]
        assert fixes == [("Remove the sigmoid", True, 2), ("Use BCELoss", True, 1)]


async def test_findings_follow_the_text_and_go_with_the_document(editor: Editor, script: Path) -> None:
    assert len(await editor.open(script, SCRIPT)) == 1
    assert not await editor.change(script, CLEAN)
    (found,) = await editor.change(script, "# one line more\n" + SCRIPT)
    assert found.range.start.line == 8
    assert not await editor.close(script)


async def test_only_the_last_of_several_changes_counts(editor: Editor, script: Path) -> None:
    await editor.open(script, SCRIPT)
    for text in (CLEAN, SCRIPT, "import\n", CLEAN):
        editor.type(script, text)
    assert not await editor.published(script.as_uri())


async def test_a_file_that_is_no_python_yet_is_said_to_be_so(editor: Editor, script: Path) -> None:
    (found,) = await editor.open(script, SCRIPT + "loss.backward(\n")
    assert found.code == "LSL900"
    assert [action.title for action in await editor.actions(script, found)] == []


async def test_an_unsaved_buffer_is_what_other_documents_import(editor: Editor, tmp_path: Path) -> None:
    net, train = tmp_path / "net.py", tmp_path / "train.py"
    net.write_text(NET)
    train.write_text(TRAIN)
    (found,) = await editor.open(train, TRAIN)
    if editor.diagnostics.related_information:
        assert [Path(step.location.uri).name for step in found.related_information or ()] == ["net.py", "train.py"]
    await editor.open(net, NET)
    editor.type(net, NET.replace("torch.sigmoid(self.layer(x))", "self.layer(x)"))
    await editor.until(train, findings=0)
    await editor.close(net)
    await editor.until(train, findings=1)


@pytest.mark.parametrize("mark", ["π", "🜲", "e\u0301"], ids=["bmp", "astral", "combining"])
async def test_columns_are_counted_as_the_editor_does(editor: Editor, script: Path, mark: str) -> None:
    text = SCRIPT.replace("loss = criterion", f'title = "{mark * 3}"; loss = criterion')
    (found,) = await editor.open(script, text)
    assert editor.text(script, found.range) == "prob"
    for action in await editor.actions(script, found):
        if action.kind == "quickfix":
            assert mark * 3 in editor.applied(action.edit)[script.as_uri()]
    assert await editor.hover(script, found.range.start) is not None
    assert await editor.hover(script, types.Position(found.range.start.line, 2)) is None


async def test_line_ends_and_form_feeds_do_not_shift_places(editor: Editor, script: Path) -> None:
    text = ("\f\n# \u2028 \x1c\n" + SCRIPT).replace("\n", "\r\n")
    (found,) = await editor.open(script, text)
    assert editor.text(script, found.range) == "prob"
    (ignoring,) = [each for each in await editor.actions(script, found) if each.title.startswith("Ignore")]
    changed = editor.applied(ignoring.edit)[script.as_uri()]
    assert changed == text.replace("(prob, y)", "(prob, y)  # lossl: ignore[double-sigmoid]")
    assert not await editor.change(script, changed)


async def test_each_fix_is_an_action_and_the_safe_first_one_is_preferred(editor: Editor, script: Path) -> None:
    (found,) = await editor.open(script, SCRIPT)
    offered = await editor.actions(script, found)
    assert [(action.title, action.is_preferred) for action in offered if action.kind == "quickfix"] == [
        ("Remove the sigmoid", True),
        ("Use BCELoss", None),
        ("Ignore double-sigmoid on this line", None),
    ]
    assert all(action.diagnostics == (found,) for action in offered if action.kind == "quickfix")
    texts = [editor.applied(action.edit)[script.as_uri()] for action in offered[:3]]
    assert texts[0] == repaired(script, SCRIPT) == CLEAN
    assert texts[1] == SCRIPT.replace("BCEWithLogitsLoss", "BCELoss")
    for text in texts:
        assert not await editor.change(script, text)


async def test_a_fix_may_change_other_files(editor: Editor, tmp_path: Path) -> None:
    net, train = tmp_path / "net.py", tmp_path / "train.py"
    net.write_text(NET)
    (tmp_path / "serve.py").write_text("from net import Net\n")
    (found,) = await editor.open(train, TRAIN)
    removal = (await editor.actions(train, found))[0]
    assert removal.title.startswith("Remove the sigmoid in net.py (unsafe: ")
    assert removal.is_preferred is None
    text = NET.replace("import torch\n", "").replace("torch.sigmoid(self.layer(x))", "self.layer(x)")
    assert editor.applied(removal.edit) == {net.as_uri(): text}


async def test_actions_are_offered_where_the_editor_points(editor: Editor, script: Path) -> None:
    (found,) = await editor.open(script, SCRIPT)
    elsewhere = types.Range(types.Position(0, 0), types.Position(2, 0))
    assert not await editor.actions(script, elsewhere, ["quickfix"])
    assert len(await editor.actions(script, found.range, ["quickfix"])) == 3
    assert not await editor.actions(script, found, ["refactor", "source.organizeImports"])


@pytest.mark.parametrize("kind", ["source", "source.fixAll", "source.fixAll.lossl"])
async def test_all_safe_fixes_at_once(editor: Editor, script: Path, kind: str) -> None:
    text = SCRIPT + "logits = model(x)\nprint(prob)\nloss = nn.BCELoss()(logits, y)\n"
    await editor.open(script, text)
    (action,) = await editor.actions(script, types.Range(types.Position(0, 0), types.Position(0, 0)), [kind])
    assert (action.kind, action.is_preferred) == ("source.fixAll.lossl", None)
    if action.edit is None:
        action = await editor.client.code_action_resolve_async(action)
    changed = editor.applied(action.edit)[script.as_uri()]
    assert changed == repaired(script, text) != text
    assert "torch.sigmoid" in changed  # its other reader makes the removal unsafe


async def test_nothing_is_offered_where_nothing_can_be_fixed(editor: Editor, script: Path) -> None:
    await editor.open(script, CLEAN)
    everywhere = types.Range(types.Position(0, 0), types.Position(99, 0))
    assert not await editor.actions(script, everywhere)
    assert not await editor.actions(script, everywhere, ["source.fixAll"])


async def test_hovering_tells_what_it_means(editor: Editor, script: Path) -> None:
    (found,) = await editor.open(script, SCRIPT)
    shown = await editor.hover(script, found.range.start)
    assert shown is not None
    assert "double-sigmoid" in shown
    assert "so the loss cannot fall below 0.313" in shown
    assert "https://lossl.dev/rules/double-sigmoid/" in shown


async def test_the_closest_configuration_holds(editor: Editor, script: Path) -> None:
    (script.parent / "lossl.toml").write_text('ignore = ["double-sigmoid"]\n')
    assert not await editor.open(script, SCRIPT)
    (script.parent / "lossl.toml").write_text('exclude = ["train.py"]\n')
    assert not await editor.change(script, SCRIPT)
    (script.parent / "lossl.toml").unlink()
    assert len(await editor.change(script, SCRIPT)) == 1


async def test_a_broken_configuration_is_told_once_and_survived(editor: Editor, script: Path) -> None:
    (script.parent / "lossl.toml").write_text('slect = ["ALL"]\n')
    before = len(editor.client.messages)
    for text in (SCRIPT, CLEAN, SCRIPT):
        assert not await (editor.change if script.as_uri() in editor.texts else editor.open)(script, text)
    (message,) = editor.client.messages[before:]
    assert message.type == types.MessageType.Error
    assert "unknown key `slect`; did you mean `select`?" in message.message
    assert any("slect" in logged.message for logged in editor.client.log_messages)
    (script.parent / "lossl.toml").unlink()
    assert len(await editor.change(script, SCRIPT)) == 1


async def test_a_document_without_a_file_is_checked(editor: Editor) -> None:
    assert len(await editor.open("untitled:Untitled-1", SCRIPT)) == 1


async def test_an_old_encoding_is_honoured(editor: Editor, script: Path) -> None:
    text = SCRIPT.replace("loss = criterion", 'name = "größer als"; loss = criterion')
    (found,) = await editor.open(script, "# -*- coding: latin-1 -*-\n" + text)
    assert editor.text(script, found.range) == "prob"


async def test_a_file_that_changes_on_the_disk_is_noticed(puller: Editor, tmp_path: Path) -> None:
    net, train = tmp_path / "net.py", tmp_path / "train.py"
    net.write_text(NET)
    puller.show(train, TRAIN)
    assert len(await puller.pulled(train)) == 1
    (watching,) = puller.registered
    assert watching.method == types.WORKSPACE_DID_CHANGE_WATCHED_FILES
    net.write_text(NET.replace("torch.sigmoid(self.layer(x))", "self.layer(x)"))
    event = types.FileEvent(net.as_uri(), types.FileChangeType.Changed)
    puller.client.workspace_did_change_watched_files(types.DidChangeWatchedFilesParams([event]))
    assert not await puller.pulled(train)
    assert puller.client.diagnostic_refresh_count == 1


async def test_an_editor_may_ask_for_diagnostics(puller: Editor, script: Path) -> None:
    puller.show(script, SCRIPT)
    (found,) = await puller.pulled(script)
    assert found.code == "LSL101"
    puller.type(script, CLEAN)
    assert not await puller.pulled(script)
    assert not puller.client.diagnostics, "what is pulled is not pushed as well"


def repaired(path: Path, text: str) -> str:
    """What the command line makes of a text."""
    command = [*LOSSL, "check", "--fix", "--isolated", "-", "--stdin-filename", str(path)]
    done = subprocess.run(command, input=text.encode(), env=ENVIRONMENT, capture_output=True, check=False)
    return done.stdout.decode()
