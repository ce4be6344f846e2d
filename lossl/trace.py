"""What the interpreter found every expression of a file to be: the eye of `fixtures/interpreter/` and of debugging."""

from __future__ import annotations

import os

from lossl.diagnostic import Location
from lossl.interpret.program import interpret
from lossl.source.file import SourceFile
from lossl.source.limits import with_deep_stack
from lossl.source.project import Project
from lossl.stubs.load import built_in


def values(path: str) -> dict[Location, str]:
    """What each expression of a file may hold, written for reading, by the place of the expression.

    An expression that is evaluated several times shows the value of the last time. Raises UnreadableFile.
    """
    project = Project(os.path.dirname(os.path.abspath(path)), known=built_in().frameworks)
    source = project.file(os.path.abspath(path))
    if source is None:
        raise project.unreadable[os.path.abspath(path)]
    return with_deep_stack(_values, source, project)


def _values(source: SourceFile, project: Project) -> dict[Location, str]:
    machine = interpret([source], built_in(), project, watching=source)
    return {source.location(node): repr(value) for node, value in machine.watched.items()}
