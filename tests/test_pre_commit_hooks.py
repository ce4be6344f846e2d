"""The hooks that pre-commit offers: the manifest is what pre-commit reads, and its commands do what it says."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

yaml = pytest.importorskip("yaml")

MANIFEST = Path(__file__).parent.parent / ".pre-commit-hooks.yaml"
HOOKS: dict[str, dict[str, Any]] = {hook["id"]: hook for hook in yaml.safe_load(MANIFEST.read_text("utf-8"))}
FLAGGED = """\
import torch
from torch import nn

model = nn.Linear(7, 1)
criterion = nn.BCEWithLogitsLoss()
x, y = torch.randn(3, 7), torch.ones(3, 1)
prob = torch.sigmoid(model(x))
loss = criterion(prob, y)
"""
CLEAN = FLAGGED.replace("torch.sigmoid(model(x))", "model(x)")


def test_the_manifest_names_two_hooks() -> None:
    assert list(HOOKS) == ["lossl", "lossl-fix"]


@pytest.mark.parametrize("hook", HOOKS.values(), ids=list(HOOKS))
def test_a_hook_is_what_pre_commit_needs(hook: dict[str, Any]) -> None:
    assert set(hook) == {
        "id",
        "name",
        "description",
        "entry",
        "language",
        "types_or",
        "require_serial",
        "minimum_pre_commit_version",
    }
    assert hook["language"] == "python"
    assert hook["types_or"] == ["python", "jupyter"]
    assert hook["require_serial"] is True, "files of one project are checked together"
    assert hook["minimum_pre_commit_version"] == "3.2.0"
    assert hook["entry"].startswith("lossl check ")


def test_one_hook_finds(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(FLAGGED)
    assert run("lossl", tmp_path, "train.py") == 1
    assert (tmp_path / "train.py").read_text() == FLAGGED
    (tmp_path / "train.py").write_text(CLEAN)
    assert run("lossl", tmp_path, "train.py") == 0


def test_the_other_repairs_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(FLAGGED)
    assert run("lossl-fix", tmp_path, "train.py") == 1
    assert (tmp_path / "train.py").read_text() == CLEAN
    assert run("lossl-fix", tmp_path, "train.py") == 0


@pytest.mark.parametrize("name", HOOKS)
def test_what_is_excluded_is_left_alone_though_it_is_given(name: str, tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(FLAGGED)
    (tmp_path / "lossl.toml").write_text('extend-exclude = ["train.py"]\n')
    assert run(name, tmp_path, "train.py") == 0
    assert (tmp_path / "train.py").read_text() == FLAGGED


def run(name: str, folder: Path, *files: str) -> int:
    """The exit status of a hook in a folder."""
    _, *arguments = shlex.split(HOOKS[name]["entry"])
    environment = {**os.environ, "PYTHONPATH": str(MANIFEST.parent)}
    command = [sys.executable, "-m", "lossl", *arguments, *files]
    return subprocess.run(command, cwd=folder, env=environment, check=False).returncode
