"""What users say of losses, activations and libraries: in tables of the configuration and in stubs of their own."""

from __future__ import annotations

from pathlib import Path

import pytest

from lossl.check import check
from lossl.config import load
from lossl.declared import GIVES, TAKES
from lossl.diagnostic import Outcome, Report
from lossl.errors import ConfigError
from lossl.meaning.need import NeedKind
from lossl.stubs import declared
from lossl.stubs.load import built_in, known_to
from lossl.stubs.vocabulary import WORDS
from lossl.tomllines import line_of

HEAD = """\
import torch
from torch import nn

model = nn.Linear(3, 4)
x, y = torch.randn(5, 3), torch.rand(5, 4)
"""


def checked(folder: Path, configuration: str, **files: str) -> Report:
    """The report on `train.py`, with these files beside it; dots in their names are folders."""
    (folder / "lossl.toml").write_text(configuration, "utf-8")
    for name, text in files.items():
        path = folder / (name.replace(".", "/") + ".py")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return check([str(folder / "train.py")], load(cwd=str(folder)))


def said(report: Report) -> list[tuple[str, int]]:
    """Which rule speaks in which line."""
    assert not report.failures
    return [(found.rule, found.location.range.start.line) for found in report.diagnostics]


@pytest.mark.parametrize(
    ("takes", "given", "rule"),
    [
        ("sigmoid-logits", "torch.sigmoid(model(x))", "double-sigmoid"),
        ("softmax-logits", "torch.softmax(model(x), 1)", "double-softmax"),
        ("logits", "torch.sigmoid(model(x))", "from-logits-after-activation"),
        ("logits", "torch.softmax(model(x), 1)", "from-logits-after-activation"),
        ("logits", "torch.relu(model(x))", "squashed-logits"),
        ("probabilities", "model(x)", "logits-into-bce"),
        ("distribution", "model(x)", "logits-into-categorical-crossentropy"),
        ("log-probabilities", "torch.softmax(model(x), 1)", "kl-div-without-log"),
        ("log-distribution", "model(x)", "nll-without-log-softmax"),
    ],
)
def test_a_loss_of_a_library(tmp_path: Path, takes: str, given: str, rule: str) -> None:
    """Neither the class nor the function can be seen; both are known by what the configuration says."""
    code = f"{HEAD}import acme\nfrom acme.losses import focal, Focal\n"
    code += f"Focal(gamma=2).to('cuda')({given}, y)\nfocal({given}, y)\nacme.losses.focal(input={given}, target=y)\n"
    settings = f'[losses]\n"acme.losses.Focal" = "{takes}"\n"acme.losses.focal" = {{ input = "{takes}" }}\n'
    assert said(checked(tmp_path, settings, train=code)) == [(rule, 8), (rule, 9), (rule, 10)]
    assert checked(tmp_path, "", train=code).diagnostics == ()


@pytest.mark.parametrize(
    ("call", "knows", "flagged"),
    [
        ("dice(y, p)", 'argument = "pred", position = 2', True),
        ("dice(true=y, pred=p)", 'argument = "pred", position = 2', True),
        ("dice(true=y, pred=p)", 'argument = "pred"', True),
        ("dice(y, p)", 'argument = "pred"', False),
        ("dice(p, y)", 'argument = "pred", position = 2', False),
        ("dice(p, y)", "position = 2", False),
    ],
)
def test_which_argument_is_meant(tmp_path: Path, call: str, knows: str, flagged: bool) -> None:
    code = f"{HEAD}from acme import dice\np = torch.sigmoid(model(x))\n{call}\n"
    settings = f'losses."acme.dice" = {{ input = "sigmoid-logits", {knows} }}'
    assert said(checked(tmp_path, settings, train=code)) == ([("double-sigmoid", 8)] if flagged else [])


def test_a_class_that_is_spelt_like_a_function(tmp_path: Path) -> None:
    code = f"{HEAD}from acme import focal\ncriterion = focal(2.0)\ncriterion(torch.sigmoid(model(x)), y)\n"
    settings = 'losses."acme.focal" = { input = "sigmoid-logits", kind = "class" }'
    assert said(checked(tmp_path, settings, train=code)) == [("double-sigmoid", 8)]


ACTIVATIONS = """
[activations]
"acme.acts.sparse_softmax" = "distribution"
"acme.acts.Gate" = { output = "probabilities" }
"acme.acts.Squash" = "bounded"
"acme.acts.rows" = { output = "distribution", axis = 0 }
"acme.acts.head" = "logits"
"""


@pytest.mark.parametrize(
    ("line", "rule"),
    [
        ("nn.CrossEntropyLoss()(sparse_softmax(model(x)), y)", "double-softmax"),
        ("nn.BCEWithLogitsLoss()(Gate(2)(model(x)), y)", "double-sigmoid"),
        ("nn.BCEWithLogitsLoss()(nn.Sequential(nn.Linear(3, 4), Gate()).eval()(x), y)", "double-sigmoid"),
        ("nn.BCELoss()(Squash()(model(x)), y)", "squashed-logits"),
        ("nn.BCELoss()(head(x), y)", "logits-into-bce"),
        ("nn.BCELoss()(Gate()(x), y)", None),
        ("nn.CrossEntropyLoss()(head(x), y)", None),
    ],
)
def test_an_activation_of_a_library(tmp_path: Path, line: str, rule: str | None) -> None:
    code = f"{HEAD}from acme.acts import Gate, Squash, head, sparse_softmax\n{line}\n"
    report = checked(tmp_path, ACTIVATIONS, train=code)
    assert said(report) == ([(rule, 7)] if rule else [])
    assert [verdict.outcome for verdict in report.verdicts] == [Outcome.WRONG if rule else Outcome.RIGHT]
    # Nobody knows what else it does: it is not taken away.
    assert not [fix for found in report.diagnostics for fix in found.fixes if fix.title.startswith("Remove")]


LOSSES = """\
import torch
from elsewhere import Base, magic


class Focal(torch.nn.Module):
    def __init__(self, gamma):
        super().__init__()
        self.gamma = gamma

    def forward(self, target, scores):
        return magic(target, scores)


class Odd(Base):
    def forward(self, scores, target):
        return self.base(scores, target)


class Inner(Focal):
    def forward(self, target, scores):
        return super().forward(target, torch.sigmoid(scores))


def tversky(scores, target):
    return magic(scores, target)
"""


@pytest.mark.parametrize(
    ("settings", "line", "rule"),
    [
        ('"pkg.losses.Focal" = { input = "sigmoid-logits", argument = "scores" }', "losses.Focal(2)(y, p)", True),
        ('"pkg.losses.Focal" = { input = "sigmoid-logits", position = 2 }', "losses.Focal(2)(y, p)", True),
        ('"pkg.losses.Focal" = { input = "sigmoid-logits", position = 2 }', "losses.Focal(2)(y, model(x))", False),
        ('"pkg.Focal" = { input = "sigmoid-logits", argument = "scores" }', "pkg.Focal(2)(y, scores=p)", True),
        ('"pkg.losses.Odd" = "sigmoid-logits"', "losses.Odd()(p, y)", True),
        ('"pkg.losses.tversky" = "sigmoid-logits"', "losses.tversky(target=y, scores=p)", True),
        ('"pkg.losses.tversky" = "sigmoid-logits"', "nn.MSELoss()(p, y)", False),
    ],
)
def test_a_loss_of_the_project(tmp_path: Path, settings: str, line: str, rule: bool) -> None:
    """Its own code says nothing, as it leads out of the project; its parameters are known."""
    code = f"{HEAD}import pkg\nfrom pkg import losses\np = torch.sigmoid(model(x))\n{line}\n"
    package = {"pkg.__init__": "from .losses import Focal\n", "pkg.losses": LOSSES}
    report = checked(tmp_path, f"[losses]\n{settings}\n", train=code, **package)
    assert said(report) == ([("double-sigmoid", 9)] if rule else [])
    assert not checked(tmp_path, "", train=code, **package).diagnostics


def test_a_loss_that_inherits_from_a_declared_one(tmp_path: Path) -> None:
    """What it overrides is evaluated, and calls the declared one."""
    code = f"{HEAD}from pkg.losses import Inner\nInner(2)(y, model(x))\n"
    settings = 'losses."pkg.losses.Focal" = { input = "sigmoid-logits", argument = "scores" }'
    report = checked(tmp_path, settings, train=code, **{"pkg.__init__": "", "pkg.losses": LOSSES})
    assert not report.failures
    assert [verdict.loss for verdict in check([str(tmp_path)], load(cwd=str(tmp_path))).verdicts] == [
        "pkg.losses.Focal"
    ]
    (found,) = check([str(tmp_path)], load(cwd=str(tmp_path))).diagnostics
    assert (found.rule, found.location.range.start.line) == ("double-sigmoid", 21)


def test_a_loss_of_the_script_itself(tmp_path: Path) -> None:
    code = f"{HEAD}def focal(p, y):\n    return weird(p, y)\nfocal(torch.sigmoid(model(x)), y)\n"
    assert said(checked(tmp_path, 'losses."train.focal" = "sigmoid-logits"', train=code)) == [("double-sigmoid", 8)]


def test_an_activation_of_the_project(tmp_path: Path) -> None:
    package = {"pkg.__init__": "", "pkg.acts": "def squash(x):\n    return weird(x)\n"}
    code = f"{HEAD}from pkg.acts import squash\nnn.BCEWithLogitsLoss()(squash(model(x)), y)\n"
    report = checked(tmp_path, 'activations."pkg.acts.squash" = "probabilities"', train=code, **package)
    assert said(report) == [("double-sigmoid", 7)]


def test_what_is_declared_is_checked_inside_as_well(tmp_path: Path) -> None:
    code = f"{HEAD}def focal(p, y):\n    return nn.CrossEntropyLoss()(torch.softmax(p, 1), y)\nfocal(model(x), y)\n"
    report = checked(tmp_path, 'losses."train.focal" = "softmax-logits"', train=code)
    assert said(report) == [("double-softmax", 7)]


def test_an_argument_that_is_not_there(tmp_path: Path) -> None:
    code = f"{HEAD}def focal(p, y):\n    return p\nfocal(model(x), y)\n"
    report = checked(tmp_path, 'losses."train.focal" = { input = "logits", argument = "z" }', train=code)
    assert [failure.what for failure in report.failures] == [
        "the configuration declares the argument `z` of train.focal, whose parameters are: p, y"
    ]


STUB = """\
from lossl.stubs.vocabulary import *

from torch.nn import Module

def focal(scores: Needs[SigmoidLogits], target: Target) -> Loss: ...

class Gate(Module):
    def forward(self, input: Tensor) -> Probability: ...
"""


def test_stubs_of_a_library(tmp_path: Path) -> None:
    (tmp_path / "stubs" / "acme").mkdir(parents=True)
    (tmp_path / "stubs" / "acme" / "__init__.pyi").write_text(STUB, "utf-8")
    code = "import acme\ngate = acme.Gate()\nacme.focal(gate(scores), target)\n"
    assert said(checked(tmp_path, 'stubs = ["stubs"]', train=code)) == [("double-sigmoid", 3)]


def test_stubs_win_name_by_name(tmp_path: Path) -> None:
    """Over those that are shipped, and over the project's own module; what they do not name stays as it was."""
    for name, text in {
        "torch/nn/functional": "def sigmoid(input: Tensor) -> Logits: ...\n",
        "pkg/odd": "def act(x) -> Probability: ...\n",
    }.items():
        path = tmp_path / "stubs" / f"{name}.pyi"
        path.parent.mkdir(parents=True)
        path.write_text(f"from lossl.stubs.vocabulary import *\n{text}", "utf-8")
    code = f"""{HEAD}
import torch.nn.functional as F
from pkg.odd import act
from pkg.plain import forward
F.binary_cross_entropy_with_logits(F.sigmoid(model(x)), y)
F.binary_cross_entropy_with_logits(act(model(x)), y)
F.binary_cross_entropy_with_logits(forward(model(x)), y)
"""
    package = {
        "pkg.__init__": "",
        "pkg.odd": "def act(x):\n    return x\n",
        "pkg.plain": "import torch\ndef forward(x):\n    return torch.sigmoid(x)\n",
    }
    assert said(checked(tmp_path, 'stubs = ["stubs"]', train=code, **package)) == [
        ("double-sigmoid", 11),
        ("double-sigmoid", 12),
    ]


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ("def f(x: Keeps) -> Kepes: ...", 1, "`Kepes` is not a word of the stub vocabulary; did you mean `Keeps`?"),
        ("\ndef f(x:", 2, "the stub cannot be read: "),
        ("class A:\n    g = f", 1, "this is not said in the way of stubs"),
    ],
)
def test_a_wrong_stub_is_the_users_fault(tmp_path: Path, text: str, line: int, message: str) -> None:
    (tmp_path / "stubs").mkdir()
    stub = tmp_path / "stubs" / "acme.pyi"
    stub.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as caught:
        checked(tmp_path, 'stubs = ["stubs"]', train="")
    assert str(caught.value).startswith(f"{stub}:{line}: {message}")


def test_a_stub_that_changes_is_read_again(tmp_path: Path) -> None:
    (tmp_path / "stubs").mkdir()
    stub = tmp_path / "stubs" / "acme.pyi"
    code = f"{HEAD}from acme import act\nnn.BCEWithLogitsLoss()(act(model(x)), y)\n"
    stub.write_text("def act(x) -> Probability: ...", "utf-8")
    assert said(checked(tmp_path, 'stubs = ["stubs"]', train=code)) == [("double-sigmoid", 7)]
    stub.write_text("def act(x) -> Logits: ...  # now", "utf-8")
    assert not checked(tmp_path, 'stubs = ["stubs"]', train=code).diagnostics


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('\nstubs = ["none"]', 2, "`stubs` must be a list of folders, but there is no "),
        ('[losses]\n"acme.F" = "logit"', 2, '`losses."acme.F".input` must be one of logits, sigmoid-logits'),
        ('[losses]\n"acme.F" = "logit"', 2, "not `logit`; did you mean `logits`?"),
        ('[losses]\n"acme.F" = { inpt = "logits" }', 2, "unknown key `inpt`; did you mean `input`?"),
        ('[losses]\n\nF = "logits"', 3, "`F` is no name that code imports"),
        ('[losses]\nacme.F = "logits"', 2, "`acme` is no name that code imports"),
        ('[losses]\n"acme.F" = 1', 2, '`losses."acme.F"` must be a string or a table, such as { input = '),
        ('[losses."acme.F"]\nargument = "x"', 1, '`losses."acme.F"` must be a table with `input`, one of logits'),
        ('[losses."acme.F"]\ninput = "logits"\nposition = 0', 3, '`losses."acme.F".position` must be a number from 1'),
        ('[losses."acme.F"]\ninput = "logits"\nargument = 1', 3, ".argument` must be the name of a parameter"),
        ('losses = ["acme.F"]', 1, "`losses` must be a table from names of losses to what they take"),
        ('[activations]\n"acme.f" = "softmax"', 2, '`activations."acme.f".output` must be one of logits, probab'),
        ('[activations]\n"acme.f" = { output = "bounded", axis = 1 }', 2, "must be left out: only a distribution"),
        ('[activations]\n"acme.f" = { output = "distribution", axis = "x" }', 2, "must be a number, that of the axis"),
        ('[activations]\n"acme.f" = { output = "bounded", kind = "clas" }', 2, "one of class, function, not `clas`;"),
    ],
)
def test_what_is_wrong_is_named_with_its_line(tmp_path: Path, text: str, line: int, message: str) -> None:
    path = tmp_path / "lossl.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(ConfigError) as caught:
        load(cwd=str(tmp_path))
    assert str(caught.value).startswith(f"{path}:{line}: ")
    assert message in str(caught.value)


def test_lines_are_found() -> None:
    text = '[a]\nb = 1\n[a."c.d"] # e\n"f" = {g = 1}\n\n[[h]]\n i . j=2\n'
    assert [line_of(text, keys) for keys in (["a", "b"], ["a", "c.d"], ["a", "c.d", "f", "g"], ["h", "i", "j"])] == [
        2,
        3,
        4,
        7,
    ]
    assert line_of(text, ["x"]) is None
    assert line_of(text, ["a", "x"]) == 1


def test_every_word_of_a_declaration_has_a_meaning() -> None:
    assert set(TAKES) == set(declared.NEEDS)
    assert set(GIVES) == set(declared.GIVES)
    assert {*declared.NEEDS.values(), *declared.GIVES.values()} <= set(WORDS)
    assert len(set(declared.NEEDS.values())) == len(TAKES) == len([kind for kind in NeedKind if kind.of_prediction])


def test_without_any_declaration_the_library_is_the_shipped_one(tmp_path: Path) -> None:
    assert known_to(load(cwd=str(tmp_path), isolated=True)) is built_in()
