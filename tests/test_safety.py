"""Whether a fix is safe: who else reads what an activation gives, in the project and out of sight."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lossl.check import check
from lossl.config import Config
from lossl.diagnostic import Fix
from lossl.fix import fixed_files
from lossl.source.file import SourceFile

MODEL = """\
import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.head = nn.Linear(4, 1)

    def forward(self, x):
        return torch.sigmoid(self.head(x))
"""
TRAIN = """\
import torch
from torch import nn
from model import Net

net = Net()
loss = nn.BCEWithLogitsLoss()(net(torch.rand(2, 4)), torch.ones(2, 1))
"""
SCRIPT = MODEL + TRAIN.replace("from model import Net\n", "")
UNSEEN = "code outside the checked files may read the probability"


def fixes(folder: Path, *paths: str, **files: str) -> dict[str, Fix]:
    """The fixes of the one finding in the files, by their titles; the names of the files say `_` for a dot."""
    for name, text in files.items():
        path = folder / name.replace("_", ".")
        path.write_text(text, "utf-8")
    report = check([str(folder / path) for path in paths or ("",)], Config(root=str(folder)))
    found = [finding for finding in report.diagnostics if finding.rule == "double-sigmoid"]
    assert len({finding.location for finding in found}) == 1
    return {fix.title: fix for fix in found[0].fixes}


def risk(folder: Path, *paths: str, **files: str) -> str | None:
    """Why removing the sigmoid is unsafe."""
    return fixes(folder, *paths, **files)["Remove the sigmoid"].reason


# who may import the file


def test_a_script_is_its_own_reader(tmp_path: Path) -> None:
    assert risk(tmp_path, train_py=SCRIPT) is None


def test_a_model_in_another_file_is_safe_if_all_who_import_it_are_checked(tmp_path: Path) -> None:
    assert risk(tmp_path, model_py=MODEL, train_py=TRAIN) is None


def test_a_file_checked_alone_does_not_see_who_imports_it(tmp_path: Path) -> None:
    serve = "from train import net\nprint(net(x) > 0.5)\n"
    assert risk(tmp_path, "train.py", train_py=SCRIPT, serve_py=serve) == UNSEEN
    assert risk(tmp_path, "train.py", train_py=SCRIPT, serve_py="from trainer import net\n") is None


def test_importers_that_are_not_checked_count_through_others(tmp_path: Path) -> None:
    middle = "from train import net\n"
    assert (
        risk(tmp_path, "train.py", "middle.py", train_py=SCRIPT, middle_py=middle, serve_py="import middle\n") == UNSEEN
    )


@pytest.mark.parametrize(
    "text",
    [
        "import importlib\nnet = importlib.import_module('train').net\n",
        "try:\n    from . import (train,\n        other)\nexcept ImportError:\n    import train as t\n",
        "from train import *\n",
    ],
)
def test_every_way_to_import_counts(tmp_path: Path, text: str) -> None:
    assert risk(tmp_path, "train.py", train_py=SCRIPT, serve_py=text) == UNSEEN


def test_a_notebook_imports_as_well(tmp_path: Path) -> None:
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": ["import numpy\n", "from train import net\n"]}
    book = json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 4}, indent=1)
    assert risk(tmp_path, "train.py", train_py=SCRIPT, serve_ipynb=book) == UNSEEN


def test_a_file_of_a_package_may_be_imported_by_anybody(tmp_path: Path) -> None:
    (tmp_path / "__init__.py").write_text("")
    assert risk(tmp_path, train_py=SCRIPT) == UNSEEN


def test_a_sibling_called_like_a_framework_is_no_reader(tmp_path: Path) -> None:
    assert risk(tmp_path, "torch.py", torch_py=SCRIPT, other_py="import torch\n") is None


def test_environments_and_hidden_folders_are_no_part_of_the_project(tmp_path: Path) -> None:
    for folder in (".hidden", "env", "node_modules"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "other.py").write_text("from train import net\n")
    (tmp_path / "env" / "pyvenv.cfg").write_text("")
    assert risk(tmp_path, train_py=SCRIPT) is None


# who else reads


@pytest.mark.parametrize(
    ("reader", "why"),
    [
        ("print(net(x).argmax(1), net(x).shape, net)", None),
        ("print(net(x).argsort(0), net(x).topk(1)[1])", None),
        ("print(net(x) > 0.5)", "is compared"),
        ("print(net(x).round())", "is read by"),
        ("text = f'{net(x)}'", "is written into a string"),
        ("print(net(x).mean(1))", "is read by"),
        ("for row in net(x): pass", "is taken apart"),
        ("first, second = net(x)", "is taken apart"),
        ("unknown.attribute = net(x)", "is stored in something that lossl does not know"),
        ("net(x).no_such_method()", "is read by"),
        ("torch.save(net(x), 'p.pt')", "may be read by whoever uses what save writes"),
        ("torch.save(net.state_dict(), 'w.pt')", None),
        ("torch.save(net, 'net.pt')", "may be read by whoever uses what save writes"),
        ("torch.save({'net': net}, 'net.pt')", "may be read by whoever uses what save writes"),
        ("torch.jit.save(torch.jit.script(net), 'net.pt')", "may be read by whoever uses what save writes"),
        ("torch.onnx.export(net, x, 'net.onnx')", "may be read by a call that lossl does not know"),
        ("import tools; tools.evaluate(net)", "may be read by a call that lossl does not know"),
        ("import tools; tools.evaluate([net])", "may be read by a call that lossl does not know"),
        ("import tools; tools.evaluate(net.forward)", "may be read by a call that lossl does not know"),
        ("import tools; tools.evaluate(lambda v: net(v))", "to callers that lossl does not see"),
        ("import tools; tools.evaluate(Net)", "may be read by a call that lossl does not know"),
        ("import tools; tools.evaluate(net.parameters())", None),
    ],
)
def test_who_minds(tmp_path: Path, reader: str, why: str | None) -> None:
    found = risk(tmp_path, train_py=f"{SCRIPT}x = torch.rand(2, 4)\n{reader}\n")
    assert (found is None) if why is None else (found is not None and why in found), found


def test_a_notebook_shows_the_value_of_an_expression(tmp_path: Path) -> None:
    def book(*cells: str) -> str:
        listed = [{"cell_type": "code", "metadata": {}, "outputs": [], "source": cell} for cell in cells]
        return json.dumps({"cells": listed, "metadata": {}, "nbformat": 4, "nbformat_minor": 4})

    assert (
        risk(tmp_path, train_ipynb=book(SCRIPT, "net(torch.rand(2, 4))"))
        == "in cell 2, line 1 the probability is shown"
    )
    assert risk(tmp_path, train_ipynb=book(SCRIPT, "net(torch.rand(2, 4)).argmax(1)")) is None


def test_what_was_not_evaluated_may_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lossl.interpret.calls.MOST_CALLS_DEEP", 2)
    deep = "def a(p): return b(p)\ndef b(p): return c(p)\ndef c(p): return p > 0.5\na(1)\n"
    assert risk(tmp_path, train_py=SCRIPT + deep) == UNSEEN


# readers by order, and those who get an activation of their own


def outcome(folder: Path, activation: str, reader: str) -> dict[str, str | None]:
    """Why each fix is unsafe, of an activation before `cross_entropy` whose output somebody else reads."""
    text = f"import torch\nx, y = torch.rand(2, 4), torch.tensor([0, 1])\np = {activation}\n"
    text += f"loss = torch.nn.functional.cross_entropy(p, y)\n{reader}\n"
    (folder / "train.py").write_text(text)
    (finding,) = check([str(folder)], Config(root=str(folder))).diagnostics
    return {fix.title: fix.reason for fix in finding.fixes}


def test_the_order_of_classes_is_that_of_their_scores(tmp_path: Path) -> None:
    assert outcome(tmp_path, "torch.softmax(x, 1)", "print(p.argmax(1), p.topk(1)[1])")["Remove the softmax"] is None


def test_the_order_of_samples_is_not(tmp_path: Path) -> None:
    why = outcome(tmp_path, "torch.softmax(x, 1)", "print(p.argmax(0))")["Remove the softmax"]
    assert why == "in line 5 the distribution is read by argmax"


def test_what_relu_made_equal_has_another_order_without_it(tmp_path: Path) -> None:
    found = outcome(tmp_path, "torch.relu(x)", "print(p.argmax(1))")
    assert found["Remove the relu"] == "in line 5 the output of the relu is read by argmax"
    assert found["Move the relu to its other readers"] is None


MOVES = [
    ("print(p > 0.5)", "print(torch.sigmoid(p) > 0.5)"),
    ("print(0.5 < p)", "print(0.5 < torch.sigmoid(p))"),
    ("print(p.detach().cpu().numpy()[0])", "print(torch.sigmoid(p).detach().cpu().numpy()[0])"),
    ("print(f'{p.mean():.3f}')", "print(f'{torch.sigmoid(p).mean():.3f}')"),
    ("print(p[:, 0] + 1, -p, 1 - p)", "print(torch.sigmoid(p)[:, 0] + 1, -torch.sigmoid(p), 1 - torch.sigmoid(p))"),
    ("import tools; tools.log(p, y)", "import tools; tools.log(torch.sigmoid(p), y)"),
    ("print(p.argmax(1)); print(p.round())", "print(p.argmax(1)); print(torch.sigmoid(p).round())"),
    ("q = p\nif y.sum() > 1: print(q.round())", "q = p\nif y.sum() > 1: print(torch.sigmoid(q).round())"),
    ("def f(a): return a > 0.5\nprint(f(p))", "def f(a): return torch.sigmoid(a) > 0.5\nprint(f(p))"),
]
NOT_MOVED = [
    "print(*[p])",
    "print(f'{p=}')",
    "def f(a): return a > 0.5\nprint(f(p), f(y))",
    "q = p if x.sum() > 1 else y\nprint(q > 0.5)",
    "for row in p: print(row)",
    "q = p.squeeze()\nprint(q > 0.5)\nloss = torch.nn.functional.binary_cross_entropy_with_logits(q, y)",
    "first, second = p",
]
SIGMOID = "import torch\nx, y = torch.rand(2, 2), torch.ones(2, 2)\np = torch.sigmoid(x)\n"
SIGMOID += "loss = torch.nn.functional.binary_cross_entropy_with_logits(p, y)\n"


def moved(folder: Path, reader: str) -> str | None:
    """The program after the sigmoid was moved to a reader; None if that is not offered."""
    path = folder / "train.py"
    path.write_text(f"{SIGMOID}{reader}\n")
    report = check([str(folder)], Config(root=str(folder)))
    fixes = [fix for fix in report.diagnostics[0].fixes if fix.title.startswith("Move the sigmoid")]
    if not fixes:
        return None
    assert fixes[0].safe
    file = SourceFile(str(path), path.read_bytes())
    return fixed_files(fixes, {file.path: file})[file.path].text


@pytest.mark.parametrize(("before", "after"), MOVES)
def test_readers_get_the_activation(tmp_path: Path, before: str, after: str) -> None:
    expected = f"{SIGMOID}{after}\n".replace("p = torch.sigmoid(x)", "p = x")
    assert moved(tmp_path, before) == expected


@pytest.mark.parametrize("reader", NOT_MOVED)
def test_who_cannot_be_helped_keeps_the_activation(tmp_path: Path, reader: str) -> None:
    assert moved(tmp_path, reader) is None


def test_readers_in_another_file_than_an_import_that_goes(tmp_path: Path) -> None:
    model = MODEL.replace("import torch\n", "import torch\nfrom torch import sigmoid\n").replace(
        "torch.sigmoid", "sigmoid"
    )
    reader = "\n" * 20 + "print(net(torch.rand(2, 4)) > 0.5)\n"
    found = fixes(tmp_path, model_py=model, train_py=TRAIN + reader)["Move the sigmoid to its other readers"]
    assert found.safe
    assert {Path(edit.location.path).name for edit in found.edits} == {"model.py", "train.py"}
