"""A baseline keeps what was found once, and only that, out of later reports."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lossl.baseline import new_ones, read, write
from lossl.cli import main
from lossl.diagnostic import Report
from lossl.errors import UsageError
from tests.test_report import FINDING

WRONG = "import torch\nimport torch.nn as nn\nm = nn.Linear(2, 2)\nx, y = torch.rand(3, 2), torch.rand(3, 2)\n"
LOSS = "nn.BCEWithLogitsLoss()(torch.sigmoid(m(x)), y)\n"


def run(*words: str) -> int:
    """The exit status of lossl."""
    with pytest.raises(SystemExit) as ended:
        main(words)
    return int(str(ended.value.code))


@pytest.fixture
def script(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A script with one finding, in the current folder."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "train.py"
    path.write_text(WRONG + LOSS, "utf-8")
    return path


def test_only_what_is_new_is_reported(script: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run("check", "--write-baseline", "known.json") == 0
    out, err = capsys.readouterr()
    assert (out, err) == ("", "lossl: wrote 1 finding to known.json\n")
    assert run("check", "--baseline", "known.json") == 0
    assert "No mismatches found; 1 known from the baseline." in capsys.readouterr().out
    script.write_text("# moved\n\n" + WRONG + LOSS, "utf-8")
    assert run("check", "--baseline", "known.json") == 0
    script.write_text(WRONG + LOSS + LOSS + LOSS.replace("m(x)", "m(2 * x)"), "utf-8")
    capsys.readouterr()
    assert run("check", "--baseline", "known.json", "--output-format", "concise") == 1
    out = capsys.readouterr().out
    assert [line.split(":")[1] for line in out.splitlines() if line.startswith("train.py")] == ["6", "7"]
    assert "1 known from the baseline" in out


def test_what_is_known_is_not_repaired(script: Path) -> None:
    run("check", "--write-baseline", "known.json")
    before = script.read_text("utf-8")
    assert run("check", "--fix", "--baseline", "known.json") == 0
    assert script.read_text("utf-8") == before


def test_a_baseline_says_the_same_from_any_folder(script: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run("check", "--write-baseline", "known.json")
    (script.parent / "deep").mkdir()
    monkeypatch.chdir(script.parent / "deep")
    assert run("check", "--baseline", "../known.json", "..") == 0
    assert run("check", "..") == 1


def test_it_is_the_same_every_time(script: Path) -> None:
    for name in ("a.json", "b.json"):
        run("check", "--write-baseline", name)
    assert Path("a.json").read_bytes() == Path("b.json").read_bytes()
    (entry,) = json.loads(Path("a.json").read_text("utf-8"))["findings"]
    assert (entry["path"], entry["code"], entry["count"]) == ("train.py", "LSL101", 1)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "cannot be read: No such file or directory; --write-baseline writes it"),
        ("nonsense", "is not a baseline; --write-baseline writes one"),
        ("[]", "is not a baseline"),
        ('{"version": 1}', "is not a baseline"),
        ('{"version": 9, "findings": []}', "is a baseline of another version of lossl"),
    ],
)
def test_a_file_that_is_none(text: str | None, said: str, script: Path) -> None:
    if text is not None:
        Path("known.json").write_text(text, "utf-8")
    with pytest.raises(UsageError) as caught:
        read("known.json")
    assert said in str(caught.value)
    assert run("check", "--baseline", "known.json") == 2


def test_a_place_that_cannot_be_written(script: Path) -> None:
    with pytest.raises(UsageError, match="cannot be written"):
        write("no/folder/known.json", Report())


def test_counts(tmp_path: Path) -> None:
    path = str(tmp_path / "known.json")
    assert write(path, Report((FINDING, FINDING))) == 2
    report = new_ones(Report((FINDING,) * 3), read(path), path)
    assert (len(report.diagnostics), report.known) == (1, 2)
