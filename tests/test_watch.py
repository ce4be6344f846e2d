"""`lossl check --watch`, from outside and as a function."""

from __future__ import annotations

import os
import queue
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import IO

import pytest

from lossl.watch import _apart, watch

ROOT = Path(__file__).parent.parent
RIGHT = """\
import torch
from torch import nn

net = nn.Sequential(nn.Linear(3, 1))
loss = nn.BCEWithLogitsLoss()(net(torch.ones(2, 3)), torch.ones(2, 1))
"""
WRONG = RIGHT.replace("nn.Linear(3, 1)", "nn.Linear(3, 1), nn.Sigmoid()")
PATIENCE = 60
"""Seconds until a test gives up; nothing is concluded from how long it takes."""


class Running:
    """A command that goes on, and the lines it writes."""

    def __init__(self, folder: Path, *arguments: str) -> None:
        command = [sys.executable, "-m", "lossl", "check", "--watch", "--no-cache", *arguments]
        known = {**os.environ, "PYTHONPATH": str(ROOT)}
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT}
        # A shell lets what it runs in the background ignore interrupts, and children inherit that.
        obey = partial(signal.signal, signal.SIGINT, signal.SIG_DFL) if os.name != "nt" else None
        self.process = subprocess.Popen(  # type: ignore[call-overload]
            command, cwd=folder, env=known, text=True, preexec_fn=obey, **streams
        )
        self.lines: queue.Queue[str] = queue.Queue()
        threading.Thread(target=self._read, args=(self.process.stdout,), daemon=True).start()

    def _read(self, stream: IO[str]) -> None:
        for line in stream:
            self.lines.put(line)

    def round(self) -> str:
        """What is written until it waits for a change."""
        said = ""
        while "Watching for changes" not in said:
            said += self.lines.get(timeout=PATIENCE)
        return said


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    pytest.importorskip("watchfiles")
    (tmp_path / "train.py").write_text(RIGHT, "utf-8")
    (tmp_path / "lossl.toml").write_text("", "utf-8")
    found = Running(tmp_path)
    yield found
    found.process.kill()
    found.process.wait(PATIENCE)


def test_a_change_is_checked(running: Running, tmp_path: Path) -> None:
    assert "1 right" in running.round()
    (tmp_path / "train.py").write_text(WRONG, "utf-8")
    assert "double-sigmoid" in running.round()
    (tmp_path / "lossl.toml").write_text('selct = ["ALL"]', "utf-8")
    assert "unknown key `selct`" in running.round()
    (tmp_path / "lossl.toml").write_text('ignore = ["double-sigmoid"]', "utf-8")
    assert "double-sigmoid" not in running.round()


@pytest.mark.skipif(os.name == "nt", reason="there is no such signal")
def test_an_interrupt_ends_it_well(running: Running) -> None:
    running.round()
    running.process.send_signal(signal.SIGINT)
    assert running.process.wait(PATIENCE) == 0


@pytest.mark.parametrize("other", ["--fix", "--diff", "--add-ignore", "--show-settings", "-"])
def test_it_only_reports(tmp_path: Path, other: str) -> None:
    command = [sys.executable, "-m", "lossl", "check", "--watch", other]
    known = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=tmp_path, env=known, capture_output=True, text=True, timeout=PATIENCE)
    assert (done.returncode, "--watch only reports" in done.stderr) == (2, True), done.stderr


def test_without_watchfiles_it_says_what_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    from lossl.errors import UsageError

    monkeypatch.setitem(sys.modules, "watchfiles", None)
    with pytest.raises(UsageError, match=r"pip install \"lossl\[watch\]\""):
        watch(["."], lambda: None)


def test_a_place_inside_another_is_watched_with_it(tmp_path: Path) -> None:
    (tmp_path / "a" / "b").mkdir(parents=True)
    (tmp_path / "a-b").mkdir()
    places = map(str, (tmp_path / "a" / "b", tmp_path / "a", tmp_path / "a-b", tmp_path / "gone"))
    assert _apart(places) == [str(tmp_path / "a"), str(tmp_path / "a-b")]
