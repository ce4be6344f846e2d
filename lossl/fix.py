"""Fixes: choose, apply, check again until nothing changes, write. The only module that writes the disk."""

from __future__ import annotations

import contextlib
import os
import stat
import tempfile
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from lossl.diagnostic import Diagnostic, Edit, Fix, Report
from lossl.edits.patch import apply, clash, diff, moved
from lossl.edits.spelling import unused_imports
from lossl.errors import EditError, Failure
from lossl.source.file import SourceFile, UnreadableFile
from lossl.source.notebook import read as read_source

__all__ = ["Repair", "apply", "choose", "diff", "difference", "edited", "fix_until_stable", "fixed_files", "write"]

MOST_ROUNDS = 10
"""A fix may make room for another one; more rounds than this mean that fixes undo each other."""
MOST_LAYERS = 3
"""So many fixes of one loss call are taken together: under a sigmoid may lie a softmax."""

Check = Callable[[dict[str, bytes]], Report]
"""Checks the project with the content of some files, by absolute path, taken from memory instead of the disk."""
Chosen = tuple[Diagnostic, Fix]


@dataclass(frozen=True)
class Repair:
    """What came of fixing: the report on the fixed code, and each changed file before and after, by path.

    `failures` are the fixes that were not applied and the files that were not written, and why.
    """

    report: Report
    applied: tuple[Fix, ...] = ()
    before: dict[str, SourceFile] = field(default_factory=dict)
    after: dict[str, SourceFile] = field(default_factory=dict)
    failures: tuple[Failure, ...] = ()


def choose(diagnostics: Iterable[Diagnostic], unsafe: bool) -> list[Fix]:
    """The first applicable fix of each finding; one that meets an earlier one waits, equal ones count once."""
    return list(dict.fromkeys(fix for _, fix in _chosen(diagnostics, unsafe, frozenset())))


def fixed_files(fixes: Iterable[Fix], files: Mapping[str, SourceFile]) -> dict[str, SourceFile]:
    """The files that the fixes change, as they are thereafter, by path; `files` holds them as they are.

    An import whose last use goes with the fixes taken together goes as well. Raises EditError.
    """
    edits: dict[str, dict[Edit, None]] = {}
    for fix in fixes:
        for edit in fix.edits:
            edits.setdefault(edit.location.path, {})[edit] = None
    return {path: _edited(files[path], tuple(mine)) for path, mine in edits.items()}


def edited(file: SourceFile, edits: Iterable[Edit]) -> SourceFile:
    """The file after all edits, which are of this file. Raises EditError as `apply` does, or if it cannot hold them."""
    by_cell: dict[int | None, list[Edit]] = {}
    for edit in edits:
        by_cell.setdefault(edit.location.cell, []).append(edit)
    try:
        return file.rewritten({cell: apply(file.part(cell), mine) for cell, mine in by_cell.items()})
    except ValueError as error:
        raise EditError(f"{file.path}: {error}") from None


def difference(before: SourceFile, after: SourceFile, path: str) -> str:
    """A unified diff of a file, called `path`, before and after a repair; of a notebook, one for each cell."""
    return "".join(
        diff(before.part(cell), after.part(cell), path if cell is None else f"{path}:cell {cell + 1}")
        for cell in before.cells
    )


def fix_until_stable(
    check: Check, *, unsafe: bool = False, dry: bool = False, read: Callable[[str], SourceFile] = read_source
) -> Repair:
    """Fix what can be fixed, check the result in memory, repeat until nothing changes, then write the files.

    A fix is kept only if its finding is gone, no new one came up, and the files still parse. `unsafe` takes unsafe
    fixes as well, `dry` writes nothing, `read` gives the files as `check` saw them.
    """
    fixer = _Fixer(check, unsafe, read)
    state = _State(check({}))
    for _ in range(MOST_ROUNDS):
        following = fixer.round(state)
        if following is None:
            break
        state = following
    failures = list(fixer.failures)
    if not dry:
        failures += _written(fixer.originals, state.files)
    before = {path: fixer.originals[path] for path in state.files}
    return Repair(state.report, state.applied, before, state.files, tuple(failures))


def write(file: SourceFile, new_text: str) -> None:
    """Write a new text to the disk in one step, with the mode, encoding and byte order mark of `file`.

    A symbolic link stays one. Raises EditError if the file cannot be written or changed since `file` was read.
    """
    _put(file, file.rewritten({None: new_text}).data)


def _put(file: SourceFile, data: bytes) -> None:
    path = os.path.realpath(file.path)
    try:
        mode = stat.S_IMODE(os.stat(path).st_mode)
        with open(path, "rb") as stream:
            unchanged = stream.read() == file.data
        if not unchanged:
            raise EditError(f"{file.path} changed since it was read; check it again")
        if not mode & 0o222 or not os.access(path, os.W_OK):
            raise EditError(f"{file.path} is read-only")
        _replace(path, data, mode)
    except OSError as error:
        raise EditError(f"{file.path} cannot be written: {error.strerror}") from None


@dataclass(frozen=True)
class _State:
    """Where fixing stands: the report on the files as they are now in memory."""

    report: Report
    files: dict[str, SourceFile] = field(default_factory=dict)
    applied: tuple[Fix, ...] = ()


class _Rejected(Exception):
    """A fix does not do what it should; the message says why."""


class _Fixer:
    def __init__(self, check: Check, unsafe: bool, read: Callable[[str], SourceFile]) -> None:
        self.check = check
        self.unsafe = unsafe
        self.read = read
        self.originals: dict[str, SourceFile] = {}
        self.failures: list[Failure] = []
        self.refused: frozenset[_Key] = frozenset()

    def round(self, state: _State) -> _State | None:
        """One fix for each finding; those that do not help are refused. None if there is nothing to do."""
        chosen = _chosen(state.report.diagnostics, self.unsafe, self.refused)
        if not chosen:
            return None
        following, _ = self.gathered(state, state, [], chosen)
        self.refused = frozenset(self.moved(key, state, following) for key in self.refused)
        return following

    def gathered(
        self, state: _State, best: _State, kept: list[Chosen], more: list[Chosen]
    ) -> tuple[_State, list[Chosen]]:
        """The state after the fixes `kept` (which is `best`) and as many of `more` as go well, and all these fixes."""
        try:
            return self.verified(state, kept + more), kept + more
        except _Rejected as rejection:
            if len(more) == 1:
                self.reconsider(state, kept, more[0], rejection)
                return best, kept
        half = len(more) // 2
        best, kept = self.gathered(state, best, kept, more[:half])
        return self.gathered(state, best, kept, more[half:])

    def reconsider(self, state: _State, kept: list[Chosen], candidate: Chosen, rejection: _Rejected) -> None:
        """Refuse a fix, unless it fails only together with others: then it gets its turn in the next round."""
        try:
            if not kept:
                raise rejection
            self.verified(state, [candidate])
        except _Rejected as why:
            self.refuse(candidate, why)

    def verified(self, origin: _State, chosen: list[Chosen]) -> _State:
        """The state after these fixes, and those of what they uncover. Raises _Rejected if anything got worse."""
        state, step, worse = origin, chosen, None
        for _ in range(MOST_LAYERS):
            following = self.applied(state, step)
            worse = _worse(origin.report, following.report, chosen)
            if worse is None:
                return following
            state, step = following, self.beneath(state, following, step, _new(origin.report, following.report, chosen))
            if not step:
                break
        raise _Rejected(worse)

    def applied(self, state: _State, chosen: list[Chosen]) -> _State:
        fixes = tuple(dict.fromkeys(fix for _, fix in chosen))
        paths = dict.fromkeys(edit.location.path for fix in fixes for edit in fix.edits)
        try:
            changed = fixed_files(fixes, {path: self.file(path, state) for path in paths})
            for path, file in changed.items():
                _ = file.tree
                if len(file.broken) > len(self.file(path, state).broken):
                    raise file.broken[-1]
        except (EditError, UnreadableFile) as error:
            raise _Rejected(str(error)) from None
        files = {**state.files, **changed}
        report = self.check({path: file.data for path, file in files.items()})
        return _State(report, files, state.applied + fixes)

    def file(self, path: str, state: _State) -> SourceFile:
        """A file as it is now. Raises EditError if it is not what was checked."""
        if path not in self.originals:
            try:
                file = self.read(path)
            except OSError as error:
                raise EditError(f"{path} cannot be read: {error.strerror}") from None
            if any(state.report.quoted(path, cell) not in (None, file.part(cell)) for cell in file.cells):
                raise EditError(f"{path} changed while it was checked")
            self.originals[path] = file
        return state.files.get(path, self.originals[path])

    def beneath(
        self, state: _State, following: _State, chosen: list[Chosen], uncovered: list[Diagnostic]
    ) -> list[Chosen]:
        """What can be fixed next: where the findings just fixed were, and what another rule found by fixing them."""
        places = {self.moved(_key(*pair), state, following)[0] for pair in chosen}
        rules = {finding.rule for finding, _ in chosen}
        others = [finding for finding in uncovered if finding.rule not in rules]
        found = _chosen(following.report.diagnostics, self.unsafe, self.refused)
        return [pair for pair in found if _key(*pair)[0] in places or pair[0] in others]

    def refuse(self, candidate: Chosen, rejection: _Rejected) -> None:
        finding, _ = candidate
        self.refused |= {_key(*candidate)}
        what = f"the fix of {finding.rule} in {_line(finding)} was not applied: {rejection}"
        self.failures.append(Failure(finding.location.path, what))

    def moved(self, key: _Key, state: _State, following: _State) -> _Key:
        """The key of a finding of `state` as it is in `following`."""
        (path, cell, line), rule, title = key
        if path not in following.files or following is state:
            return key
        line = moved(self.file(path, state).part(cell), following.files[path].part(cell), line)
        return (path, cell, line), rule, title


_Key = tuple[tuple[str, int | None, int], str, str]


def _key(finding: Diagnostic, fix: Fix) -> _Key:
    place = finding.location
    return (place.path, place.cell, place.range.start.line), finding.rule, fix.title


def _line(finding: Diagnostic) -> str:
    cell = finding.location.cell
    return f"{'' if cell is None else f'cell {cell + 1}, '}line {finding.location.range.start.line}"


def _chosen(diagnostics: Iterable[Diagnostic], unsafe: bool, refused: frozenset[_Key]) -> list[Chosen]:
    chosen: list[Chosen] = []
    taken: dict[str, list[Edit]] = {}
    for finding in diagnostics:
        fixes = (fix for fix in finding.fixes if _applicable(fix, unsafe) and _key(finding, fix) not in refused)
        fix = next(fixes, None)
        if fix is not None and not any(clash([edit], taken.get(edit.location.path, ())) for edit in fix.edits):
            chosen.append((finding, fix))
            for edit in fix.edits:
                taken.setdefault(edit.location.path, []).append(edit)
    return chosen


def _applicable(fix: Fix, unsafe: bool) -> bool:
    return bool(fix.edits) and (fix.safe or unsafe)


def _worse(before: Report, after: Report, chosen: list[Chosen]) -> str | None:
    """What is wrong with the report after these fixes: a finding that is still there, a new one, a failure; or None."""
    if unknown := [failure for failure in after.failures if failure not in before.failures]:
        return unknown[0].what
    for finding in _new(before, after, chosen):
        return f"{finding.rule} would then be found in {_line(finding)}: {finding.message}"
    return None


def _new(before: Report, after: Report, chosen: list[Chosen]) -> list[Diagnostic]:
    """The findings of rules of which a file has more than it should have after these fixes."""
    allowed = Counter((finding.location.path, finding.rule) for finding in before.diagnostics)
    allowed.subtract(Counter((finding.location.path, finding.rule) for finding, _ in chosen))
    allowed.subtract(Counter((finding.location.path, finding.rule) for finding in after.diagnostics))
    return [finding for finding in after.diagnostics if allowed[finding.location.path, finding.rule] < 0]


def _edited(file: SourceFile, edits: tuple[Edit, ...]) -> SourceFile:
    unused = [edit for edit in unused_imports(file, edits) if not clash([edit], edits)]
    return edited(file, (*edits, *unused))


def _written(before: Mapping[str, SourceFile], after: Mapping[str, SourceFile]) -> list[Failure]:
    failures: list[Failure] = []
    for path, file in after.items():
        try:
            _put(before[path], file.data)
        except EditError as error:
            failures.append(Failure(path, str(error)))
    return failures


def _replace(path: str, data: bytes, mode: int) -> None:
    """Put `data` in the place of a file at once: readers see the old content or the new one."""
    handle, temporary = tempfile.mkstemp(dir=os.path.dirname(path), prefix=".lossl-")
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(temporary, mode)
        os.replace(temporary, path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            os.unlink(temporary)
