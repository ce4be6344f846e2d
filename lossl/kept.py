"""Analyses from the cache, or made and put there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from lossl.analysis import Analysis
from lossl.cache import Cache
from lossl.plain import packed, unpacked
from lossl.source.disk import Evidence
from lossl.source.project import Project

Made = tuple[Analysis, list[Evidence]]
"""An analysis, and what other processes read for it."""


def kept(cache: Cache, project: Project, asked: Sequence[str], make: Callable[[], Made]) -> Analysis:
    """What was found for these files before, if nothing it depends on has changed; otherwise it is found now.

    What did not go well is not kept. Afterwards the project's disk knows all that the analysis depends on.
    """
    known = cache.get(asked, project.disk)
    if known is not None:
        try:
            return unpacked(Analysis, known[0])
        except (ValueError, TypeError):
            pass  # damaged, which is no reason to stop
    found, others = make()
    for evidence in others:
        project.disk.ask(evidence["files"])
        project.disk.note_folders(evidence["folders"])
    if not found.failures and not project.failures:
        cache.put(asked, packed(found), project.disk.evidence())
    return found
