"""Fixtures: ordinary Python whose comments say what lossl must find. Reads the rows, compares them with what was found.

The rows stand under the line they concern; their carets cover the exact columns:

    p = torch.sigmoid(model(x))
    #   ^^^^^^^^^^^^^^^^^^^^^^^ 1: becomes a probability      a step of the trail, by its number
    loss = criterion(p, y)
    #                ^ double-sigmoid: already a probability  a diagnostic; its message contains the text
    #      ^^^^^^^^^^^^^^^ = loss                             the value here (see lossl.trace.values)
    # missed: double-sigmoid                                  known to be missed on the line above
    # false: double-sigmoid                                   known to be reported there though nothing is wrong

Rows are matched both ways. Steps are compared only in a case that has step rows. Carets under an expression that runs
on to the next line cover its first line. A folder instead of a file is one case of several files. In a notebook
the rows stand in the code cells.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lossl.check import check
from lossl.config import Config
from lossl.diagnostic import Diagnostic, Location, Report
from lossl.fix import edited
from lossl.registry import all_rules
from lossl.source.notebook import read, source_file

ROOT = Path(__file__).parent.parent / "fixtures"
_CARETS = re.compile(r"\s*#\s*(?P<carets>\^+) +(?:(?P<value>=) |(?P<what>\d+|[a-z][a-z0-9-]*): )(?P<text>.*)$")
_NOTE = re.compile(r"\s*# (?P<kind>missed|false): (?P<rule>[a-z][a-z0-9-]*)$")


@dataclass(frozen=True, order=True)
class Row:
    """What is expected, or was found, at columns `start` to `end` (exclusive, from 1) of a line (from 1).

    `what` is the name of a rule, the number of a step, `=` for a value, or `missed` and `false` for the notes, which
    concern a whole line and have columns 0. `path` says which cell of a notebook it is as well.
    """

    path: str
    line: int
    start: int
    end: int
    what: str
    text: str

    @property
    def place(self) -> tuple[str, int, int, int, str]:
        """Everything but the text."""
        return (self.path, self.line, self.start, self.end, self.what)

    def meets(self, other: Row) -> bool:
        """True if `other`, which was found, is what this row expects."""
        agrees = self.text == other.text if self.what == "=" else self.text in other.text
        return self.place == other.place and agrees

    def __str__(self) -> str:
        if self.what in ("missed", "false"):
            return f"# {self.what}: {self.text}"
        carets = " " * (self.start - 2) + "^" * max(1, self.end - self.start)
        return f"#{carets} {self.what}{'' if self.what == '=' else ':'} {self.text}"


@dataclass(frozen=True)
class Case:
    """One fixture: its name, the files it consists of (the first level of a folder and below), and its folder."""

    name: str
    root: Path
    files: tuple[Path, ...]

    @property
    def sources(self) -> dict[str, bytes]:
        """The files without their rows, by path: what a user would have written."""
        files = [read(str(path)) for path in self.files]
        return {
            file.path: file.rewritten({cell: stripped(file.part(cell)) for cell in file.cells}).data for file in files
        }

    @property
    def texts(self) -> dict[str, str]:
        """The files as they are, by path; notebooks by cell, see `label`."""
        files = [read(str(path)) for path in self.files]
        return {label(file.path, cell): file.part(cell) for file in files for cell in file.cells}

    @property
    def rows(self) -> list[Row]:
        """All rows of all files."""
        return [row for path, text in self.texts.items() for row in read_rows(path, text)]


def cases(folder: Path) -> list[Case]:
    """Every case in a folder, by name: each Python file, and each folder as one."""
    found = []
    for path in sorted(folder.glob("*")):
        if path.suffix == ".py":
            found.append(Case(path.stem, path, (path,)))
        elif path.is_dir() and path.name != "__pycache__":
            files = tuple(sorted(inner for inner in path.rglob("*") if inner.suffix in (".py", ".ipynb")))
            found.append(Case(path.name, path, files))
    return found


def notebooks(folder: Path) -> list[Case]:
    """Every notebook in a folder as a case, by name."""
    return [Case(path.stem, path, (path,)) for path in sorted(folder.glob("*.ipynb"))]


def label(path: str, cell: int | None) -> str:
    """How rows call a file, or a cell of a notebook."""
    return path if cell is None else f"{path}:cell {cell + 1}"


def checked(case: Case, sources: dict[str, bytes] | None = None) -> Report:
    """What lossl says of a case as it stands on the disk, or of other texts in place of its files.

    The rule whose case it is speaks even if it is not selected unless asked for.
    """
    folder = case.root.parent
    names = tuple(rule.name for rule in all_rules() if rule.name == folder.parent.name)
    report = check([str(path) for path in case.files], Config(root=str(folder), extend_select=names), sources)
    assert not report.failures
    return report


@cache
def as_written(root: Path) -> tuple[dict[str, bytes], tuple[Diagnostic, ...]]:
    """The files of a flagged case without rows, and what lossl says of them."""
    case = next(case for case in (*cases(root.parent), *notebooks(root.parent)) if case.root == root)
    return case.sources, checked(case, case.sources).diagnostics


def is_row(line: str) -> bool:
    """True if this line is a row. Raises ValueError if it looks like one but is not."""
    if _CARETS.match(line) or _NOTE.match(line):
        return True
    if re.match(r"\s*#\s*\^", line):
        raise ValueError(f"not a row: {line.strip()}")
    return False


def stripped(text: str) -> str:
    """The text without its rows."""
    return "".join(line for line in text.splitlines(keepends=True) if not is_row(line.rstrip("\r\n")))


def read_rows(path: str, text: str) -> list[Row]:
    """The rows of one file; a row concerns the last line above it that is no row, and columns are those of the file."""
    rows: list[Row] = []
    above = 0
    for number, line in enumerate(text.splitlines(), 1):
        if not is_row(line):
            above = number
        elif match := _CARETS.match(line):
            start, end = match.start("carets") + 1, match.end("carets") + 1
            rows.append(Row(path, above, start, end, match["value"] or match["what"], match["text"]))
        elif note := _NOTE.match(line):
            rows.append(Row(path, above, 0, 0, note["kind"], note["rule"]))
    return rows


def found_rows(report: Report, texts: Mapping[str, str]) -> list[Row]:
    """What a report says, as rows: one for each diagnostic and one for each step of a trail, without repetitions."""
    rows = {row_at(d.location, d.rule, d.message, texts) for d in report.diagnostics}
    for diagnostic in report.diagnostics:
        for number, step in enumerate(diagnostic.trail, 1):
            rows.add(row_at(step.location, str(number), step.message, texts))
    return sorted(rows)


def row_at(location: Location, what: str, text: str, texts: Mapping[str, str]) -> Row:
    """What was found at a place, as a row."""
    start, end = location.range.start, location.range.end
    column = end.column
    path = label(location.path, location.cell)
    if end.line > start.line and path in texts:
        column = len(texts[path].splitlines()[start.line - 1]) + 1
    return Row(path, start.line, start.column, column, what, text)


def problems(expected: list[Row], found: list[Row]) -> list[tuple[str, Row]]:
    """What does not agree: `-` and a row that was expected in vain, `+` and one that was not expected."""
    notes = [row for row in expected if row.what in ("missed", "false")]
    wanted = [row for row in expected if row not in notes]
    if not any(row.what.isdigit() for row in wanted):
        found = [row for row in found if not row.what.isdigit()]
    absent = [("-", row) for row in wanted if not any(row.meets(other) for other in found)]
    surplus = [row for row in found if not any(want.meets(row) for want in wanted)]
    return [*absent, *_judge_notes(notes, surplus)]


def _judge_notes(notes: list[Row], surplus: list[Row]) -> list[tuple[str, Row]]:
    """A `false` note forgives what stands on its line and must have something to forgive; a `missed` note must not."""
    wrong: list[tuple[str, Row]] = []
    forgiven: set[Row] = set()
    for note in notes:
        on_line = {row for row in surplus if (row.path, row.line, row.what) == (note.path, note.line, note.text)}
        if note.what == "false":
            forgiven |= on_line
        if (note.what == "missed") == bool(on_line):
            wrong.append(("-", note))
    return wrong + [("+", row) for row in surplus if row not in forgiven]


def annotated(texts: Mapping[str, str], wrong: Iterable[tuple[str, Row]]) -> str:
    """The sources with their rows; `-` stands before what was expected in vain, `+` before what was not expected."""
    marked: defaultdict[tuple[str, int], list[tuple[str, Row]]] = defaultdict(list)
    for mark, row in wrong:
        marked[row.path, row.line].append((mark, row))
    lines = []
    for path, text in texts.items():
        lines.append(f"  ::: {path}")
        for row in read_rows(path, text):
            if row not in [other for _, other in marked[path, row.line]]:
                marked[path, row.line].append((" ", row))
        for number, line in enumerate(text.splitlines(), 1):
            if not is_row(line):
                lines.append(f"  {line}")
                lines += [f"{mark} {row}" for mark, row in marked[path, number]]
    return "\n".join(lines)


def slug(title: str) -> str:
    """A fix's title as part of a file name."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def fixed_texts(sources: Mapping[str, bytes], diagnostics: Iterable[Diagnostic]) -> dict[str, dict[str, str]]:
    """What each fix makes of the files, by title and then by path. Fixes of the same title are applied together."""
    titles = dict.fromkeys(fix.title for diagnostic in diagnostics for fix in diagnostic.fixes)
    return {title: _apply(sources, title, diagnostics) for title in titles}


def _apply(sources: Mapping[str, bytes], title: str, diagnostics: Iterable[Diagnostic]) -> dict[str, str]:
    fixes = [fix for diagnostic in diagnostics for fix in diagnostic.fixes if fix.title == title]
    edits = dict.fromkeys(edit for fix in fixes for edit in fix.edits)
    by_path = {path: [edit for edit in edits if edit.location.path == path] for path in sources}
    return {path: edited(source_file(path, data), by_path[path]).data.decode() for path, data in sources.items()}
