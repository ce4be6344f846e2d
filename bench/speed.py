"""How fast lossl is: its start, checks of whole trees beside other tools, and an editor's wait for diagnostics.

python bench/speed.py start
python bench/speed.py check TREE [--against "ruff check --no-cache"]...
python bench/speed.py editor FILE
"""

from __future__ import annotations

import argparse
import asyncio
import os
import shlex
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT))
LOSSL = [sys.executable, "-m", "lossl"]


@dataclass(frozen=True)
class Run:
    """What one process took: seconds by the clock and of the processors, and the most memory in megabytes."""

    clock: float
    cpu: float
    memory: float


def measure(command: Sequence[str], cwd: str | None = None) -> Run:
    """Run a command to its end, whatever its exit status, and forget what it prints."""
    start = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=cwd, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, _, used = os.wait4(process.pid, 0)
    clock = time.perf_counter() - start
    scale = 1 / 1024**2 if sys.platform == "darwin" else 1 / 1024
    return Run(clock, used.ru_utime + used.ru_stime, used.ru_maxrss * scale)


def best(command: Sequence[str], times: int, cwd: str | None = None) -> Run:
    """The quickest of several runs: what else the machine does can only add."""
    return min((measure(command, cwd) for _ in range(times)), key=lambda run: run.cpu)


def start(times: int) -> None:
    """How long it takes until there is anything to do."""
    with tempfile.TemporaryDirectory() as empty:
        for arguments in (["--version"], ["rules"], ["check", "--isolated", "."]):
            run = best([*LOSSL, *arguments], times, empty)
            print(f"lossl {' '.join(arguments):<22} {run.clock * 1e3:6.0f} ms {run.memory:6.0f} MB")


def check(paths: Sequence[str], against: Iterable[str], times: int) -> None:
    """A whole tree, without any cache, beside other tools on the same tree."""
    lines = sum(path.read_bytes().count(b"\n") for root in paths for path in files(Path(root)))
    print(f"{lines} lines")
    commands = [[*LOSSL, "check", "--isolated", "--no-cache"], *map(shlex.split, against)]
    for command in commands:
        run = best([*command, *paths], times)
        name = " ".join(command).replace(" ".join(LOSSL), "lossl")
        rate = lines / run.cpu / 1000
        print(f"{name:<40} {run.clock:7.2f} s {run.cpu:7.2f} s CPU {rate:7.1f} kLOC/s {run.memory:6.0f} MB")


def files(root: Path) -> list[Path]:
    """The Python files of a tree."""
    return [root] if root.is_file() else sorted(root.rglob("*.py"))


async def editor(path: Path, times: int) -> None:
    """From a keystroke until its diagnostics are there, as an editor sees it."""
    from tests.editor import Editor, capabilities

    text = path.read_text("utf-8")
    waits = []
    async with Editor.connected(capabilities("visual-studio-code"), path.parent) as window:
        begin = time.perf_counter()
        await window.open(path, text)
        first = time.perf_counter() - begin
        for number in range(times):
            begin = time.perf_counter()
            await window.change(path, f"{text}\n# {number}\n")
            waits.append(time.perf_counter() - begin)
    percentile = statistics.quantiles(waits, n=20)[-1]
    print(f"{path.name}, {text.count(chr(10))} lines: first {first * 1e3:.0f} ms, then", end=" ")
    print(f"median {statistics.median(waits) * 1e3:.0f} ms, 95th percentile {percentile * 1e3:.0f} ms")


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("what", choices=["start", "check", "editor"])
    parser.add_argument("paths", nargs="*")
    parser.add_argument("--against", action="append", default=[], metavar="COMMAND", help="another tool to measure")
    parser.add_argument("-n", type=int, default=5, dest="times", help="how often (default: 5)")
    options = parser.parse_args()
    if options.what != "start" and not options.paths:
        parser.error(f"{options.what} needs a path")
    if options.what == "start":
        start(options.times)
    elif options.what == "check":
        check(options.paths, options.against, options.times)
    else:
        for path in options.paths:
            asyncio.run(editor(Path(path).resolve(), max(options.times, 20)))


if __name__ == "__main__":
    main()
