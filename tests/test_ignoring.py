"""`lossl check --add-ignore` and `--show-settings`, from outside."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from lossl import findings
from lossl.check import check
from lossl.config import Config
from lossl.rule import Rule

ROOT = Path(__file__).parent.parent
PROGRAM = """\
import torch
from torch import nn

net = nn.Sequential(nn.Linear(3, 1), nn.Sigmoid())
loss = nn.BCEWithLogitsLoss()(net(torch.ones(2, 3)), torch.ones(2, 1))
"""


def lossl(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """What a run of the command gives."""
    command = [sys.executable, "-m", "lossl", "check", "--no-cache", *arguments]
    known = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=known, capture_output=True, text=True, check=False)


def test_a_comment_is_written_for_each_finding(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(PROGRAM, "utf-8")
    done = lossl(tmp_path, "--add-ignore", ".")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (0, "Ignored 1 finding in 1 file")
    text = (tmp_path / "train.py").read_text("utf-8")
    assert text == PROGRAM[:-1] + "  # lossl: ignore[double-sigmoid]\n"
    assert lossl(tmp_path, "--select", "ALL", ".").returncode == 0


def test_the_comments_are_shown_with_diff(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(PROGRAM, "utf-8")
    done = lossl(tmp_path, "--add-ignore", "--diff", ".")
    assert "+loss = nn.BCEWithLogitsLoss()" in done.stdout
    assert "# lossl: ignore[double-sigmoid]" in done.stdout
    assert (tmp_path / "train.py").read_text("utf-8") == PROGRAM


def test_a_comment_in_a_cell(tmp_path: Path) -> None:
    cell = {"cell_type": "code", "execution_count": None, "metadata": {}, "outputs": [], "source": PROGRAM}
    document = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    (tmp_path / "train.ipynb").write_text(json.dumps(document), "utf-8")
    assert lossl(tmp_path, "--add-ignore", ".").returncode == 0
    (changed,) = json.loads((tmp_path / "train.ipynb").read_text("utf-8"))["cells"]
    assert "".join(changed["source"]).rstrip().endswith("# lossl: ignore[double-sigmoid]")
    assert lossl(tmp_path, ".").returncode == 0


REMARKED = """\
import torch
from torch import nn

net = nn.Sequential(nn.Linear(3, 1), nn.Sigmoid())
loss = nn.BCELoss()(net(torch.ones(2, 3)), torch.ones(2, 1))
"""


def test_a_comment_about_a_remark_that_nobody_asked_for_is_not_unused(tmp_path: Path) -> None:
    """Remarks are not worded where nobody sees them, but here one may see that the comment has its reason."""
    (tmp_path / "train.py").write_text(REMARKED, "utf-8")
    assert "sigmoid-before-bce" in lossl(tmp_path, "--select", "ALL", ".").stdout
    (tmp_path / "train.py").write_text(REMARKED[:-1] + "  # lossl: ignore[sigmoid-before-bce]\n", "utf-8")
    for asked in ([], ["--select", "ALL"], ["--select", "unused-ignore"]):
        done = lossl(tmp_path, *asked, ".")
        assert done.returncode == 0, done.stdout
    (tmp_path / "train.py").write_text(REMARKED[:-1] + "  # lossl: ignore[double-sigmoid]\n", "utf-8")
    assert "unused-ignore" in lossl(tmp_path, ".").stdout


def test_remarks_are_worded_only_if_they_are_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Their repairs are a good part of the work in a project that trains."""
    (tmp_path / "train.py").write_text(REMARKED, "utf-8")
    worded: list[str] = []
    words = findings._worded

    def watched(rule: Rule, *rest: Any) -> Any:
        worded.append(rule.name)
        return words(rule, *rest)

    monkeypatch.setattr(findings, "_worded", watched)
    for select, expected in ((None, False), (("sigmoid-before-bce",), True)):
        worded.clear()
        check([str(tmp_path)], Config(root=str(tmp_path), select=select))
        assert ("sigmoid-before-bce" in worded) is expected


def test_to_repair_and_to_ignore_exclude_each_other(tmp_path: Path) -> None:
    done = lossl(tmp_path, "--add-ignore", "--fix", ".")
    assert (done.returncode, "exclude each other" in done.stderr) == (2, True)


def test_the_settings_are_a_configuration_that_says_the_same(tmp_path: Path) -> None:
    (tmp_path / "lossl.toml").write_text(
        'ignore = ["LSL101"]\nexclude = ["old"]\n[losses]\n"mine.focal" = "logits"\n', "utf-8"
    )
    done = lossl(tmp_path, "--show-settings", "--extend-select", "LSL302")
    assert done.returncode == 0, done.stderr
    said = pytest.importorskip("tomllib").loads(done.stdout)
    assert "double-sigmoid" not in said["select"]
    assert {"kl-div-mean", "double-softmax"} <= set(said["select"])
    assert said["exclude"] == ["old"]
    assert said["output-format"] == "full"
    assert f"# configuration file: {tmp_path / 'lossl.toml'}" in done.stdout
