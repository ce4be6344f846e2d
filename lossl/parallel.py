"""Spread independent work over processes when there is enough of it; the results never depend on how many there are."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

from lossl.errors import Failure

LEAST_BYTES = 60_000
"""Less source than this is done sooner by one process than by starting another."""
CHUNK_BYTES = 40_000
"""Sources evaluated together, and again if one of them changed: little enough to spread well and to keep memory low,
enough to be worth a file in the cache.
"""

Work = TypeVar("Work")
Result = TypeVar("Result")

_action: Callable[[Any], Any] | None = None


def chunks(groups: Sequence[Sequence[str]], size: Callable[[str], int]) -> list[list[str]]:
    """The groups in their order, packed together up to CHUNK_BYTES: the same whatever the number of processes."""
    packed: list[list[str]] = []
    room = 0
    for group in groups:
        needed = sum(map(size, group))
        if not packed or needed > room:
            packed.append([])
            room = CHUNK_BYTES
        packed[-1] += group
        room -= needed
    return packed


def spread(
    action: Callable[[Work], Result],
    parts: Sequence[Work],
    sizes: Sequence[int],
    jobs: int,
    lost: Callable[[Work, Failure], Result],
) -> list[Result]:
    """The result of each part, in order. `sizes` are their bytes; `lost` stands in for one whose process died."""
    jobs = min(jobs, len(parts))
    if jobs < 2 or sum(sizes) < LEAST_BYTES or not hasattr(os, "fork"):
        return [action(part) for part in parts]
    from concurrent.futures import ProcessPoolExecutor
    from concurrent.futures.process import BrokenProcessPool
    from multiprocessing import get_context

    global _action
    _action = action  # forked processes inherit it, and keep what they parse
    results: dict[int, Result] = {}
    order = sorted(range(len(parts)), key=lambda index: -sizes[index])
    with ProcessPoolExecutor(jobs, get_context("fork"), _end_with, (os.getpid(),)) as pool:
        running = {index: pool.submit(_run, parts[index]) for index in order}
        for index, future in running.items():
            try:
                results[index] = future.result()
            except BrokenProcessPool:
                failure = Failure("", "the process that checked this died; check the file alone to see why")
                results[index] = lost(parts[index], failure)
    return [results[index] for index in range(len(parts))]


def _end_with(parent: int) -> None:
    """Let a process end soon after its parent: one that is killed tells its children nothing, and they would go on."""
    threading.Thread(target=_look_for, args=(parent,), daemon=True).start()


def _look_for(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(1)
    os._exit(1)


def _run(part: Any) -> Any:
    assert _action is not None
    return _action(part)
