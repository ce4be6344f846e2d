"""Spread independent work over processes when there is enough of it; the results never depend on how many there are."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TypeVar

from lossl.errors import Failure

LEAST_BYTES = 150_000
"""Less source than this is done sooner by one process than by starting another."""

Work = TypeVar("Work")
Result = TypeVar("Result")


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

    results: dict[int, Result] = {}
    order = sorted(range(len(parts)), key=lambda index: -sizes[index])
    with ProcessPoolExecutor(jobs, mp_context=get_context("fork")) as pool:
        running = {index: pool.submit(action, parts[index]) for index in order}
        for index, future in running.items():
            try:
                results[index] = future.result()
            except BrokenProcessPool:
                failure = Failure("", "the process that checked this died; check the file alone to see why")
                results[index] = lost(parts[index], failure)
    return [results[index] for index in range(len(parts))]
