"""`lossl check --watch`: check again whenever something changes, until it is interrupted."""

from __future__ import annotations

import importlib
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import Any

from lossl.errors import UsageError

SUFFIXES = (".py", ".ipynb", ".pyi", "pyproject.toml", "lossl.toml")
"""What a result can depend on: code, stubs of the user's, configuration."""
WAIT = 100
"""Milliseconds after which the watcher says that nothing has changed."""


def watch(places: Iterable[str], again: Callable[[], None]) -> None:
    """Call `again` now and after each change in these files and folders; gives back when the user interrupts it.

    Hidden folders, environments and what is no code are left out. Raises UsageError if `watchfiles` is not installed.
    """
    try:
        watchfiles: Any = importlib.import_module("watchfiles")
    except ModuleNotFoundError as error:
        if error.name != "watchfiles":
            raise
        raise UsageError('--watch needs watchfiles: pip install "lossl[watch]"') from None
    default = watchfiles.DefaultFilter()

    def matters(change: Any, path: str) -> bool:
        return path.endswith(SUFFIXES) and bool(default(change, path))

    rounds = watchfiles.watch(*_apart(places), watch_filter=matters, rust_timeout=WAIT, yield_on_timeout=True)
    with suppress(KeyboardInterrupt):
        next(rounds)  # from now on no change is missed
        again()
        for changes in rounds:
            if changes:
                again()


def _apart(places: Iterable[str]) -> list[str]:
    """These files and folders without those that lie in another one of them."""
    kept: list[str] = []
    for place in sorted({os.path.abspath(place) for place in places if os.path.exists(place)}):
        if not any(place.startswith(os.path.join(folder, "")) for folder in kept):
            kept.append(place)
    return kept
