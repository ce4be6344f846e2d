"""What bounds the work: counts of statements, so that a result never depends on the machine."""

from __future__ import annotations

from pathlib import Path

from lossl.config import Config
from lossl.interpret.machine import Machine
from lossl.interpret.program import MOST_AGAIN, MOST_FOR_AN_ENTRY, interpret
from lossl.source.project import Project
from lossl.stubs.load import known_to

BASE = """
import torch.nn.functional as F

class Base:
    def prepare(self, x):
{statements}
        return self.step(x)

    def step(self, x):
        return F.cross_entropy(self.score(x), x.y)

"""
SUBCLASS = """
class C{number}(Base):
    def score(self, x):
        return F.linear(x, x)

    def own(self, x):
        return F.binary_cross_entropy(F.sigmoid(x), x)
"""


def evaluated(tmp_path: Path, classes: int, statements: int) -> Machine:
    """The machine after a base class whose method is inherited by many."""
    body = "\n".join(f"        a{number} = x" for number in range(statements))
    text = BASE.format(statements=body) + "".join(SUBCLASS.format(number=number) for number in range(classes))
    path = tmp_path / "classes.py"
    path.write_text(text, "utf-8")
    library = known_to(Config())
    project = Project(str(tmp_path), known=library.frameworks, stubbed=library.stubbed)
    return interpret(project.read([str(path)]), library, project)


def lines(machine: Machine, loss: str) -> set[int]:
    """The lines of the calls of a loss."""
    calls = [event.call for event in machine.recorder.events if event.call.loss.endswith(loss)]
    return {call.place.file.location(call.place.node).range.start.line for call in calls}


def test_what_many_classes_inherit_is_not_evaluated_for_all(tmp_path: Path) -> None:
    """Of each function something is evaluated; for how many classes is a matter of the budget, and it is said."""
    machine = evaluated(tmp_path, classes=100, statements=1000)
    assert MOST_AGAIN < machine.spent_again <= MOST_AGAIN + MOST_FOR_AN_ENTRY
    assert machine.exhausted
    assert len(lines(machine, "binary_cross_entropy")) == 100
    assert len(lines(machine, ".cross_entropy")) == 1


def test_what_few_classes_inherit_is_evaluated_for_each(tmp_path: Path) -> None:
    machine = evaluated(tmp_path, classes=10, statements=1000)
    assert 9 * 1000 < machine.spent_again < MOST_AGAIN
    assert not machine.exhausted
