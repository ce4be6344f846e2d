"""The fixture language itself: columns, notes, and what counts as unexpected."""

from __future__ import annotations

import pytest

from lossl.diagnostic import Diagnostic, Location, Position, Range, Report, Severity, Step
from tests.fixture import Row, annotated, found_rows, is_row, problems, read_rows, slug, stripped

TEXT = """\
    p = sigmoid(x)
    #   ^^^^^^^^^^ 1: becomes a probability
    loss(p, y)
    #    ^ double-sigmoid: already a probability
    # an ordinary comment
"""
STEP = Row("a.py", 1, 9, 19, "1", "becomes a probability")
FINDING = Row("a.py", 3, 10, 11, "double-sigmoid", "already a probability")


def location(line: int, start: int, end: int) -> Location:
    return Location("a.py", None, Range(Position(line, start), Position(line, end)))


def test_rows_concern_the_code_above() -> None:
    assert read_rows("a.py", TEXT) == [STEP, FINDING]


def test_rows_are_taken_out() -> None:
    assert stripped(TEXT) == "    p = sigmoid(x)\n    loss(p, y)\n    # an ordinary comment\n"


def test_a_row_prints_as_it_is_written() -> None:
    assert f"    {str(FINDING)[0]}{str(FINDING)[5:]}" == TEXT.splitlines()[3]


def test_values_have_no_colon() -> None:
    assert read_rows("a.py", "f(p)\n# ^ = distribution[dim=1]\n") == [Row("a.py", 1, 3, 4, "=", "distribution[dim=1]")]


def test_a_misspelt_row_is_refused() -> None:
    with pytest.raises(ValueError, match="not a row"):
        is_row("    #   ^^^ double-sigmoid without a colon")


def test_a_report_becomes_rows() -> None:
    step = Step(location(1, 9, 19), "becomes a probability")
    found = Diagnostic(
        "double-sigmoid", "LSL101", Severity.ERROR, "`p` is already a probability", location(3, 10, 11), (step,)
    )
    rows = found_rows(Report((found,)), {"a.py": TEXT})
    assert not problems([STEP, FINDING], rows)


def test_unexpected_and_absent_are_both_wrong() -> None:
    elsewhere = Row("a.py", 3, 11, 12, "double-sigmoid", "already a probability")
    assert problems([FINDING], [elsewhere]) == [("-", FINDING), ("+", elsewhere)]


def test_steps_count_only_if_the_fixture_has_some() -> None:
    assert not problems([FINDING], [STEP, FINDING])
    assert problems([STEP, FINDING], [FINDING]) == [("-", STEP)]


@pytest.mark.parametrize(("note", "found", "right"), [
    ("missed", [], True),
    ("missed", [FINDING], False),
    ("false", [FINDING], True),
    ("false", [], False),
])  # fmt: skip
def test_notes_fail_once_they_are_cured(note: str, found: list[Row], right: bool) -> None:
    expected = [Row("a.py", 3, 0, 0, note, "double-sigmoid")]
    assert bool(problems(expected, found)) is not right


def test_a_failure_shows_the_source() -> None:
    shown = annotated({"a.py": TEXT}, [("-", STEP)]).splitlines()
    assert shown[1] == "      p = sigmoid(x)"
    assert shown[2] == "- #       ^^^^^^^^^^ 1: becomes a probability"
    assert shown[4] == "  #        ^ double-sigmoid: already a probability"


def test_slugs() -> None:
    assert slug("Use binary_cross_entropy") == "use-binary-cross-entropy"
    assert slug("Set from_logits=True") == "set-from-logits-true"
