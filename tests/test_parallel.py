"""Work is spread over processes, in order, and none outlives the one that started it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

from lossl.errors import Failure
from lossl.parallel import LEAST_BYTES, spread

ENDLESS = """
import os, sys, time
from lossl.parallel import LEAST_BYTES, spread

def work(_):
    os.write(1, b"%d\\n" % os.getpid())
    while True:
        time.sleep(0.1)

spread(work, [1, 2], [LEAST_BYTES] * 2, 2, lambda part, failure: None)
"""
PATIENCE = 60
"""Seconds after which a process that still runs is taken to run for ever."""


def lost(part: int, failure: Failure) -> int:
    raise AssertionError(failure.what)


def test_results_keep_the_order() -> None:
    assert spread(str, [3, 1, 2], [1, LEAST_BYTES, 5], 2, lost) == ["3", "1", "2"]


def test_workers_end_with_who_started_them() -> None:
    parent = subprocess.Popen([sys.executable, "-c", ENDLESS], stdout=subprocess.PIPE)
    assert parent.stdout is not None
    workers = [int(parent.stdout.readline()) for _ in range(2)]
    parent.send_signal(signal.SIGKILL)
    parent.wait()
    end = time.monotonic() + PATIENCE
    while any(map(runs, workers)) and time.monotonic() < end:
        time.sleep(0.2)
    assert not any(map(runs, workers))


def runs(process: int) -> bool:
    """True if there is such a process, other than one that ended and that nobody asked for its status."""
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    status = subprocess.run(["ps", "-o", "stat=", "-p", str(process)], capture_output=True, text=True).stdout
    return not status.startswith("Z")
