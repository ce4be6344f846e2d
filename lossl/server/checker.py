"""Checks open documents in a thread of its own, and keeps what was found as long as no document changes."""

from __future__ import annotations

import asyncio
import os
import traceback
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import TypeVar

from lossl.check import check
from lossl.config import load
from lossl.diagnostic import Report
from lossl.errors import Failure, LosslError
from lossl.server.documents import Document, Snapshot

T = TypeVar("T")


@dataclass(frozen=True)
class Checked:
    """What is known of a document at one moment. If nothing is because of a wrong configuration, `error` says it."""

    document: Document
    snapshot: Snapshot
    report: Report = field(default_factory=Report)
    error: str = ""


def check_document(document: Document, snapshot: Snapshot) -> Checked:
    """Check one document with the configuration closest to it. What is excluded has no findings. Raises nothing."""
    try:
        config = replace(load(cwd=os.path.dirname(document.path)), force_exclude=True)
        return Checked(document, snapshot, check([document.path], config, snapshot.overlay))
    except LosslError as error:
        return Checked(document, snapshot, error=str(error))
    except Exception as error:
        # A fault of ours must not take the editor's other features down; it is shown to the user instead.
        failure = Failure(document.path, f"lossl failed: {type(error).__name__}: {error}", traceback.format_exc())
        return Checked(document, snapshot, Report(failures=(failure,)))


class Checker:
    """Checks open documents one at a time, off the event loop, on which all its methods are to be called.

    A running check cannot be stopped; of one that was overtaken nobody sees the result, and one that waits for its
    turn is dropped.
    """

    def __init__(self, snapshot: Callable[[], Snapshot]) -> None:
        self._snapshot = snapshot
        self._thread = ThreadPoolExecutor(1, "lossl-check")
        self._moment = 0
        self._running: dict[str, asyncio.Task[Checked | None]] = {}

    def forget(self) -> None:
        """Something changed: what was known of any document no longer holds."""
        self._moment += 1
        self._running.clear()

    async def checked(self, uri: str) -> Checked | None:
        """What holds for a document as it is when this returns; None if it is not open."""
        while True:
            moment = self._moment
            if uri not in self._running:
                self._running[uri] = asyncio.create_task(self._check(uri, moment))
            # Others may wait for the same result when the one who asked first no longer does.
            found = await asyncio.shield(self._running[uri])
            if moment == self._moment:
                return found

    async def aside(self, work: Callable[[], T]) -> T:
        """Do a longer piece of work when the checks before it are done."""
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    async def _check(self, uri: str, moment: int) -> Checked | None:
        snapshot = self._snapshot()
        document = snapshot.find(uri)
        if document is None:
            return None
        return await self.aside(lambda: check_document(document, snapshot) if moment == self._moment else None)
