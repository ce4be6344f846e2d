"""What lossl says, as plain data: positions, edits, fixes, diagnostics and the report. Knows no syntax and no rule.

Lines count from 1 within the file (within the cell, for notebooks); columns count from 1 in code points; an end is
exclusive. Paths are absolute; reports shorten them for display.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from lossl.errors import Failure


@dataclass(frozen=True, order=True)
class Position:
    """A place between two characters: line and column, both from 1."""

    line: int
    column: int


@dataclass(frozen=True, order=True)
class Range:
    """From `start` up to, not including, `end`."""

    start: Position
    end: Position


@dataclass(frozen=True, order=True)
class Location:
    """A range in a file; `cell` is the index of a notebook's cell from 0, or None."""

    path: str
    cell: int | None
    range: Range


class Severity(str, Enum):
    """How sure and how harmful: a contradiction, harmful in the usual case, or merely fragile."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True)
class Edit:
    """Replace what stands at `location` by `text`; an empty range inserts."""

    location: Location
    text: str


@dataclass(frozen=True)
class Fix:
    """One way to repair a finding. `reason` says why it is unsafe, in one line; it is None if `safe`."""

    title: str
    edits: tuple[Edit, ...]
    safe: bool
    reason: str | None = None


@dataclass(frozen=True)
class Step:
    """One station of a value on its way to the loss."""

    location: Location
    message: str


@dataclass(frozen=True)
class Diagnostic:
    """One finding. `consequence` says what happens to training; `fixes` are alternatives, the first is preferred.

    `arrival` says what happens to the value at `location`, if that is no loss.
    """

    rule: str
    code: str
    severity: Severity
    message: str
    location: Location
    trail: tuple[Step, ...] = ()
    consequence: str = ""
    fixes: tuple[Fix, ...] = ()
    url: str = ""
    arrival: str = ""

    @property
    def sort_key(self) -> tuple[Location, str, str]:
        """By place first, so that output never depends on the order of work."""
        loc = self.location
        return (Location(loc.path, -1 if loc.cell is None else loc.cell, loc.range), self.code, self.message)


class Outcome(str, Enum):
    """What is known of one loss call."""

    RIGHT = "right"
    WRONG = "wrong"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Verdict:
    """One loss call as `lossl trace` shows it.

    `callee` is the loss as the user wrote it, `loss` its qualified name, `needs` and `found` are written for reading
    (`logits`, `distribution[dim=1]`), `reason` says why it is unknown. `through` are the calls that lead to it, if that
    was asked for.
    """

    location: Location
    callee: str
    loss: str
    needs: str
    found: str
    outcome: Outcome
    reason: str = ""
    trail: tuple[Step, ...] = ()
    through: tuple[Location, ...] = ()


@dataclass(frozen=True)
class Report:
    """Everything one run found, in a stable order."""

    diagnostics: tuple[Diagnostic, ...] = ()
    verdicts: tuple[Verdict, ...] = ()
    failures: tuple[Failure, ...] = ()
    files: int = 0
    ignored: int = 0
    known: int = 0
    """How many findings are left out because a baseline holds them."""
    sources: dict[str, str] = field(default_factory=dict, compare=False, repr=False)
    """The text of every file a diagnostic or step points into, by path; what the text report quotes. No notebooks."""
    cells: dict[tuple[str, int], str] = field(default_factory=dict, compare=False, repr=False)
    """Of a notebook, the text of every such cell, by path and number."""

    def quoted(self, path: str, cell: int | None) -> str | None:
        """The text in which the lines of such a location count, if it is known."""
        return self.sources.get(path) if cell is None else self.cells.get((path, cell))

    def count(self, outcome: Outcome) -> int:
        """How many loss calls ended so."""
        return sum(verdict.outcome is outcome for verdict in self.verdicts)
