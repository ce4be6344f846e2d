"""Fixes: which are chosen, what they make of a text, that they are proved before they are written, how files change."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from lossl import check as checking
from lossl.config import Config
from lossl.diagnostic import Diagnostic, Edit, Fix, Location, Position, Range, Report, Severity
from lossl.edits.patch import moved
from lossl.errors import EditError, Failure
from lossl.fix import apply, choose, diff, fix_until_stable, fixed_files, write
from lossl.source.file import SourceFile

PATH = "/project/train.py"


def edit(start: int, end: int, text: str = "", line: int = 1, path: str = PATH) -> Edit:
    """An edit by columns from 0 within one line."""
    return Edit(Location(path, None, Range(Position(line, start + 1), Position(line, end + 1))), text)


def fix(*edits: Edit, safe: bool = True, title: str = "Repair it") -> Fix:
    return Fix(title, edits, safe, None if safe else "because")


def finding(*fixes: Fix, rule: str = "some-rule", location: Location | None = None) -> Diagnostic:
    where = location or edit(0, 1).location
    return Diagnostic(rule, "LSL999", Severity.ERROR, "is wrong", where, fixes=fixes)


# choosing


def test_the_first_applicable_fix_is_chosen() -> None:
    unsafe, safe, other = fix(edit(0, 1), safe=False), fix(edit(2, 3)), fix(edit(4, 5))
    assert choose([finding(unsafe, safe, other)], unsafe=False) == [safe]
    assert choose([finding(unsafe, safe, other)], unsafe=True) == [unsafe]
    assert choose([finding(unsafe)], unsafe=False) == []
    assert choose([finding(), finding(fix())], unsafe=True) == []


def test_the_first_of_overlapping_fixes_wins() -> None:
    first, second, third = fix(edit(0, 4)), fix(edit(3, 6)), fix(edit(7, 9))
    assert choose([finding(first), finding(second), finding(third)], unsafe=False) == [first, third]
    touching = fix(edit(4, 6))
    assert choose([finding(first), finding(touching)], unsafe=False) == [first]
    elsewhere = fix(edit(0, 4, path="/project/other.py"))
    assert choose([finding(first), finding(elsewhere)], unsafe=False) == [first, elsewhere]


def test_equal_fixes_and_equal_edits_merge() -> None:
    same = fix(edit(0, 4, "x"))
    assert choose([finding(same), finding(same)], unsafe=False) == [same]
    shared, more = fix(edit(0, 0, "import\n"), edit(3, 4)), fix(edit(0, 0, "import\n"), edit(6, 7))
    assert choose([finding(shared), finding(more)], unsafe=False) == [shared, more]
    assert apply("abcdefgh", (*shared.edits, *more.edits)) == "import\nabcefh"


def test_the_same_range_of_two_cells_does_not_overlap() -> None:
    first, second = (fix(Edit(Location(PATH, cell, edit(0, 1).location.range), "")) for cell in (0, 1))
    assert choose([finding(first), finding(second)], unsafe=True) == [first, second]


# applying


def test_edits_are_applied_by_code_points() -> None:
    text = "😀 = 'é'\nβ = 1\r\nlast"
    edits = [edit(2, 3, "=="), edit(0, 1, "b", line=2), edit(4, 4, "!", line=3)]
    assert apply(text, edits) == "😀 == 'é'\nb = 1\r\nlast!"
    assert apply(text, reversed(edits)) == apply(text, edits)
    assert apply(text, []) == text


def test_new_lines_are_those_of_the_neighbourhood() -> None:
    assert apply("a\r\nb\nc", [edit(1, 1, "\nx"), edit(0, 0, "y\n", line=2)]) == "a\r\nx\r\ny\nb\nc"
    assert apply("a\rb", [edit(1, 1, "\nx", line=2)]) == "a\rb\rx"
    assert apply("", [edit(0, 0, "x\n")]) == "x\n"


@pytest.mark.parametrize("edits", [[edit(0, 3), edit(2, 4)], [edit(0, 9)], [edit(0, 1, line=5)]])
def test_edits_that_do_not_fit_are_refused(edits: list[Edit]) -> None:
    with pytest.raises(EditError):
        apply("abcdef", edits)


def test_lines_are_followed_through_a_change() -> None:
    old, new = "a\nb\nc\nd\ne\n", "x\na\nb\nC\ne\n"
    assert [moved(old, new, line) for line in range(1, 6)] == [2, 3, 4, 4, 5]


def test_a_diff_is_unified() -> None:
    assert diff("a\n", "a\n", "t.py") == ""
    assert diff("a\nb", "a\nc", "t.py") == (
        "--- t.py\n+++ t.py\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n"
    )
    assert diff("a\x0c\u2028b\n", "c\n", "t.py").count("\n-") == 1


def test_an_import_used_by_two_fixes_goes_with_both() -> None:
    file = SourceFile(PATH, b"import torch\np = torch.sigmoid(a)\nq = torch.sigmoid(b)\n")
    both = [fix(edit(4, 18, line=n), edit(19, 20, line=n)) for n in (2, 3)]
    assert fixed_files(both, {PATH: file})[PATH].text == "p = a\nq = b\n"
    assert fixed_files(both[:1], {PATH: file})[PATH].text == "import torch\np = a\nq = torch.sigmoid(b)\n"


# writing


def test_writing_keeps_mode_mark_encoding_and_line_ends(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"\xef\xbb\xbfx = '\xc3\xa9'\r\ny = 1\n")
    path.chmod(0o751)
    file = SourceFile.read(str(path))
    write(file, file.text.replace("y = 1", "y = 2"))
    assert path.read_bytes() == b"\xef\xbb\xbfx = '\xc3\xa9'\r\ny = 2\n"
    assert stat.S_IMODE(path.stat().st_mode) == 0o751
    assert os.listdir(tmp_path) == ["a.py"]
    path.write_bytes(b"# coding: latin-1\nx = '\xe9'\n")
    file = SourceFile.read(str(path))
    write(file, file.text + "y = 'ü'\n")
    assert path.read_bytes() == b"# coding: latin-1\nx = '\xe9'\ny = '\xfc'\n"
    file = SourceFile.read(str(path))
    with pytest.raises(EditError, match="which has no '😀'"):
        write(file, file.text + "# 😀\n")


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    target, link = tmp_path / "target" / "a.py", tmp_path / "link.py"
    target.parent.mkdir()
    target.write_bytes(b"x = 1\n")
    link.symlink_to(target)
    write(SourceFile.read(str(link)), "x = 2\n")
    assert link.is_symlink()
    assert target.read_bytes() == b"x = 2\n"


def test_a_changed_a_missing_and_a_read_only_file_are_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.py"
    path.write_bytes(b"x = 1\n")
    file = SourceFile.read(str(path))
    path.write_bytes(b"x = 3\n")
    with pytest.raises(EditError, match="changed since"):
        write(file, "x = 2\n")
    assert path.read_bytes() == b"x = 3\n"
    path.write_bytes(b"x = 1\n")
    path.chmod(0o444)
    with pytest.raises(EditError, match="read-only"):
        write(file, "x = 2\n")
    path.chmod(0o644)
    path.unlink()
    with pytest.raises(EditError, match="cannot be written"):
        write(file, "x = 2\n")
    assert os.listdir(tmp_path) == []


# checking again


class Checker:
    """Finds every line with BAD in one file; `offers` gives the fixes of such a line, by its number and text."""

    def __init__(self, path: Path, offers: Callable[[int, str], Sequence[Fix]]) -> None:
        self.path, self.offers, self.rounds, self.text = str(path), offers, 0, ""

    def __call__(self, overlay: dict[str, bytes]) -> Report:
        self.rounds += 1
        data = overlay.get(self.path)
        self.text = text = (data if data is not None else Path(self.path).read_bytes()).decode()
        found = [
            finding(*self.offers(number, line), location=edit(0, 1, line=number, path=self.path).location)
            for number, line in enumerate(text.splitlines(), 1)
            if "BAD" in line
        ]
        return Report(tuple(found), sources={self.path: text})


def replacing(path: Path, old: str, new: str) -> Callable[[int, str], Sequence[Fix]]:
    def offers(number: int, line: str) -> Sequence[Fix]:
        match = re.search(old, line)
        return [fix(edit(match.start(), match.end(), new, line=number, path=str(path)))] if match else []

    return offers


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "train.py"


def test_fixes_are_applied_until_nothing_changes(path: Path) -> None:
    path.write_text("a = BAD\nb = 1\nc = BAD\n")
    check = Checker(path, replacing(path, "BAD", "2"))
    repair = fix_until_stable(check)
    assert path.read_text() == "a = 2\nb = 1\nc = 2\n"
    assert repair.report.diagnostics == ()
    assert len(repair.applied) == 2
    assert repair.before[str(path)].text.startswith("a = BAD")
    assert repair.after[str(path)].text == path.read_text()
    assert repair.failures == ()
    assert check.rounds == 2


def test_a_dry_run_writes_nothing(path: Path) -> None:
    path.write_text("a = BAD\n")
    repair = fix_until_stable(Checker(path, replacing(path, "BAD", "2")), dry=True)
    assert path.read_text() == "a = BAD\n"
    assert repair.after[str(path)].text == "a = 2\n"


def test_nothing_to_fix_writes_nothing(path: Path) -> None:
    path.write_text("a = BAD\n")
    before = path.stat()
    repair = fix_until_stable(Checker(path, lambda number, line: ()))
    assert (repair.after, repair.applied) == ({}, ())
    assert len(repair.report.diagnostics) == 1
    assert path.stat() == before


def test_what_comes_up_elsewhere_is_fixed_as_well(tmp_path: Path) -> None:
    """A metric that took logits for probabilities is found once the loss is told of them, lines away from it."""
    path = tmp_path / "train.py"
    path.write_text(
        "import keras\n\nmodel = keras.Sequential([keras.layers.Dense(1)])\nmodel.compile(\n"
        "    loss=keras.losses.BinaryCrossentropy(),\n    optimizer='adam',\n    metrics=['accuracy'],\n)\n",
        "utf-8",
    )
    config = Config(root=str(tmp_path))
    assert [found.rule for found in checking.check([str(path)], config).diagnostics] == ["logits-into-bce"]
    repair = fix_until_stable(lambda files: checking.check([str(path)], config, files))
    assert (repair.report.diagnostics, repair.failures) == ((), ())
    assert "from_logits=True" in path.read_text()
    assert "BinaryAccuracy(threshold=0.0" in path.read_text()


def test_what_lies_beneath_is_fixed_as_well(path: Path) -> None:
    path.write_text("a = 1\nb = f(BAD1(BAD2(x)))\nc = 1\n")
    repair = fix_until_stable(Checker(path, replacing(path, r"BAD\d", "")))
    assert path.read_text() == "a = 1\nb = f(((x)))\nc = 1\n"
    assert len(repair.applied) == 2
    assert repair.failures == ()


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("BAD", "BAD ", "some-rule would then be found in line 1"),
        ("BAD", ")", "invalid syntax"),
        ("$", "\nd = BAD", "would then be found"),
    ],
)
def test_a_fix_that_does_not_help_is_rolled_back_and_reported(path: Path, old: str, new: str, why: str) -> None:
    path.write_text("a = BAD\n")
    repair = fix_until_stable(Checker(path, replacing(path, old, new)))
    assert path.read_text() == "a = BAD\n"
    assert repair.after == {}
    assert [failure.path for failure in repair.failures] == [str(path)]
    assert repair.failures[0].what.startswith("the fix of some-rule in line 1 was not applied: ")
    assert why in repair.failures[0].what


def test_a_bad_fix_does_not_stop_the_good_ones(path: Path) -> None:
    path.write_text("a = BAD\nb = BAD + 1\nc = BAD\n")

    def offers(number: int, line: str) -> Sequence[Fix]:
        return replacing(path, "BAD", "BAD2" if "+" in line else f"2\n{line[0]}{number} = 1")(number, line)

    repair = fix_until_stable(Checker(path, offers))
    assert path.read_text() == "a = 2\na1 = 1\nb = BAD + 1\nc = 2\nc3 = 1\n"
    assert len(repair.applied) == 2
    assert len(repair.failures) == 1


def test_the_second_fix_is_taken_where_the_first_does_not_help(path: Path) -> None:
    path.write_text("a = BAD\n")

    def offers(number: int, line: str) -> Sequence[Fix]:
        return [
            fix(edit(4, 7, "BAD2", line=number, path=str(path)), title="Make it worse"),
            fix(edit(4, 7, "2", line=number, path=str(path)), title="Repair it"),
        ]

    repair = fix_until_stable(Checker(path, offers))
    assert path.read_text() == "a = 2\n"
    assert [applied.title for applied in repair.applied] == ["Repair it"]
    assert len(repair.failures) == 1


def test_fixes_that_only_fail_together_follow_one_another(path: Path) -> None:
    """Each empties one of two lines of a block, which needs one; the last one left becomes `pass`."""
    path.write_text("if a:\n    BAD1\n    BAD2\n")
    check = Checker(path, lambda number, line: ())

    def offers(number: int, line: str) -> Sequence[Fix]:
        text = "" if check.text.count("BAD") == 2 else "pass"
        return [fix(edit(4, len(line), text, line=number, path=str(path)))]

    check.offers = offers
    repair = fix_until_stable(check)
    assert repair.report.diagnostics == ()
    assert path.read_text() == "if a:\n    \n    pass\n"
    assert repair.failures == ()


def test_a_new_failure_rolls_back(path: Path) -> None:
    path.write_text("a = BAD\n")
    good = Checker(path, replacing(path, "BAD", "2"))

    def check(overlay: dict[str, bytes]) -> Report:
        report = good(overlay)
        return Report(report.diagnostics, failures=(Failure(str(path), "a rule failed"),)) if overlay else report

    repair = fix_until_stable(check)
    assert path.read_text() == "a = BAD\n"
    assert "a rule failed" in repair.failures[0].what


def test_a_file_that_changed_meanwhile_is_left_alone(path: Path) -> None:
    path.write_text("a = BAD\n")
    good = Checker(path, replacing(path, "BAD", "2"))

    def check(overlay: dict[str, bytes]) -> Report:
        report = good(overlay)
        path.write_text("a = 5 + BAD\n")
        return report

    repair = fix_until_stable(check)
    assert path.read_text() == "a = 5 + BAD\n"
    assert len(repair.failures) == 1
    assert "changed while it was checked" in repair.failures[0].what


def test_fixes_that_undo_each_other_come_to_an_end(path: Path) -> None:
    path.write_text("a = BAD + x\n")

    def offers(number: int, line: str) -> Sequence[Fix]:
        old, new = ("x", "yy") if "x" in line else ("yy", "x")
        return replacing(path, old, new)(number, line)

    check = Checker(path, offers)
    repair = fix_until_stable(check)
    assert path.read_text() == "a = BAD + x\n"
    assert check.rounds < 50
    assert repair.failures


def test_the_whole_program_repairs_a_script(tmp_path: Path) -> None:
    path = tmp_path / "train.py"
    path.write_bytes(
        b"import torch\r\nfrom torch import nn\r\n\r\nmodel = nn.Linear(4, 1)\r\ncriterion = nn.BCEWithLogitsLoss()\r\n"
        b"for x, y in data:\r\n    loss = criterion(torch.sigmoid(model(x)), y)  # gr\xc3\xb6\xc3\x9fe\r\n"
    )
    config = Config(root=str(tmp_path))
    repair = fix_until_stable(lambda overlay: checking.check([str(tmp_path)], config, overlay), unsafe=True)
    assert repair.report.diagnostics == ()
    assert repair.failures == ()
    assert path.read_bytes() == (
        b"from torch import nn\r\n\r\nmodel = nn.Linear(4, 1)\r\ncriterion = nn.BCEWithLogitsLoss()\r\n"
        b"for x, y in data:\r\n    loss = criterion(model(x), y)  # gr\xc3\xb6\xc3\x9fe\r\n"
    )
