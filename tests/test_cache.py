"""Results kept between runs: nobody can tell from the output, whatever changed meanwhile."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from lossl.cache import Cache
from lossl.cli import app
from lossl.config import Config
from lossl.diagnostic import Report
from lossl.source.disk import Disk

MODEL = """\
import torch
from torch import nn

from parts import head


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.body = nn.Linear(8, 1)

    def forward(self, x):
        return head(self.body(x))
"""
PARTS = "import torch\n\n\ndef head(x):\n    return torch.sigmoid(x)\n"
TRAIN = """\
import torch.nn.functional as F

from model import Net


def train(x, y):
    return F.binary_cross_entropy_with_logits(Net()(x), y)
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LOSSL_CACHE_DIR", raising=False)
    (tmp_path / "model.py").write_text(MODEL, "utf-8")
    (tmp_path / "parts.py").write_text(PARTS, "utf-8")
    (tmp_path / "train.py").write_text(TRAIN, "utf-8")
    return tmp_path


def run(*arguments: str) -> str:
    result = CliRunner().invoke(app, arguments, standalone_mode=False)
    assert result.exception is None, result.exception
    return result.stdout


def both(*arguments: str) -> str:
    """The output with the cache, which has to be that without."""
    with_cache = run(*arguments)
    assert with_cache == run(*arguments, "--no-cache")
    return with_cache


def never(*_: object) -> Report:
    raise AssertionError("evaluated again")


@pytest.mark.parametrize("form", ["full", "concise", "json"])
def test_the_output_does_not_tell(project: Path, form: str) -> None:
    cold = both("check", "--output-format", form)
    assert "double-sigmoid" in cold
    assert both("check", "--output-format", form) == cold
    assert both("trace") == both("trace")


def test_nothing_is_evaluated_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cold = run("check")
    monkeypatch.setattr("lossl.check.analyse", never)
    assert run("check") == cold


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("train.py", TRAIN.replace("_with_logits", "")),
        ("model.py", MODEL.replace("head(self.body(x))", "self.body(x)")),
        ("parts.py", PARTS.replace("torch.sigmoid(x)", "x")),
        ("parts/__init__.py", "def head(x):\n    return x\n"),
        ("model/__init__.py", MODEL.replace("head(self.body(x))", "self.body(x)")),
        ("other.py", "from model import Net\nprint(Net()(1) > 0.2)\n"),
    ],
)
def test_what_changes_is_seen(project: Path, name: str, text: str) -> None:
    both("check", "--output-format", "json")
    path = project / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text, "utf-8")
    both("check", "--output-format", "json")


def test_a_file_that_was_not_given_is_seen(project: Path) -> None:
    assert "double-sigmoid" in both("check", "train.py")
    (project / "parts.py").write_text(PARTS.replace("torch.sigmoid(x)", "x"), "utf-8")
    assert "double-sigmoid" not in both("check", "train.py")


def test_a_file_that_is_gone_is_seen(project: Path) -> None:
    assert "double-sigmoid" in both("check")
    (project / "parts.py").unlink()
    assert "double-sigmoid" not in both("check")


def test_an_ignore_comment_is_seen(project: Path) -> None:
    assert "double-sigmoid" in both("check")
    (project / "parts.py").write_text(PARTS.replace("(x)\n", "(x)  # lossl: ignore\n"), "utf-8")
    assert "double-sigmoid" not in both("check")


def test_the_configuration_is_part_of_the_question(project: Path) -> None:
    assert "double-sigmoid" in both("check")
    (project / "lossl.toml").write_text('[activations]\n"parts.head" = "logits"\n', "utf-8")
    assert "double-sigmoid" not in both("check")


def test_another_part_is_not_evaluated_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Groups that do not import each other are kept each for itself if they are large enough.

    Unless something is wrong: then everybody who may read the value matters.
    """
    (project / "parts.py").write_text(PARTS.replace("torch.sigmoid(x)", "x"), "utf-8")
    monkeypatch.setattr("lossl.parallel.CHUNK_BYTES", 1)
    (project / "apart.py").write_text("import torch\nloss = torch.nn.BCELoss()(torch.zeros(1), 1)\n", "utf-8")
    run("check")
    (project / "apart.py").write_text("import torch\nloss = torch.nn.BCELoss()(torch.ones(1), 1)\n", "utf-8")
    from lossl import check

    evaluated: list[str] = []
    analyse = check.analyse

    def watched(project: object, library: object, paths: list[str], wanted: object) -> object:
        evaluated.extend(map(os.path.basename, paths))
        return analyse(project, library, paths, wanted)  # type: ignore[arg-type]

    monkeypatch.setattr("lossl.check.analyse", watched)
    run("check", "-j", "1")
    assert evaluated == ["apart.py"]


def test_damaged_files_are_taken_for_absent(project: Path) -> None:
    cold = both("check")
    files = sorted((project / ".lossl_cache").glob("*.json"))
    assert files
    damages = (
        lambda text: "",
        lambda text: text[: len(text) // 2],
        lambda text: "[]",
        lambda text: '{"evidence": {"files": {}, "folders": {}}, "result": 1}',
        lambda text: '{"evidence": {"files": {}, "folders": {}}, "result": [[1], [], [], []]}',
        lambda text: json.dumps({**json.loads(text), "evidence": {"files": [], "folders": 3}}),
    )
    kept = {path: path.read_text("utf-8") for path in files}
    for damage in damages:
        for path, text in kept.items():
            path.write_text(damage(text), "utf-8")
        assert run("check") == cold


def test_a_warm_run_does_not_need_the_parser(project: Path) -> None:
    run("check")
    code = "import sys\nfrom lossl.cli import main\ntry: main(['check'])\nfinally: assert 'libcst' not in sys.modules"
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)
    assert (done.returncode, done.stderr.count("AssertionError")) == (1, 0), done.stderr
    assert "double-sigmoid" in done.stdout


def test_where_it_lies(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("check", "--no-cache")
    assert not (project / ".lossl_cache").exists()
    run("check")
    assert (project / ".lossl_cache" / ".gitignore").read_text("utf-8") == "*\n"
    (project / "lossl.toml").write_text('cache-dir = "kept"\n', "utf-8")
    run("check")
    assert list((project / "kept").glob("*.json"))
    monkeypatch.setenv("LOSSL_CACHE_DIR", str(project / "elsewhere"))
    run("check")
    assert list((project / "elsewhere").glob("*.json"))


def test_where_nothing_can_be_written_nothing_is_kept(project: Path) -> None:
    (project / ".lossl_cache").write_text("in the way", "utf-8")
    assert "double-sigmoid" in both("check")


def test_clean(project: Path) -> None:
    run("check")
    run("clean")
    assert not (project / ".lossl_cache").exists()
    run("clean")
    (project / ".lossl_cache").mkdir()
    (project / ".lossl_cache" / "mine").touch()
    run("clean")
    assert (project / ".lossl_cache" / "mine").exists()


def test_unreadable_files_are_kept_too(project: Path) -> None:
    (project / "broken.py").write_text("import torch\nloss = torch.nn.BCELoss(\n", "utf-8")
    cold = both("check")
    assert "unreadable-file" in cold
    assert both("check") == cold


def test_a_cache_without_a_folder_keeps_nothing() -> None:
    cache = Cache(None)
    cache.put(["question"], [1], Disk().evidence())
    assert cache.get(["question"], Disk()) is None
    assert Config().cache_dir == ".lossl_cache"
