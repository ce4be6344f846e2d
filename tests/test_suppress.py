"""Ignore comments: what they hide, and which of them hide nothing."""

from __future__ import annotations

import re

import pytest

from lossl.diagnostic import Diagnostic, Edit, Location, Position, Range, Severity, Step
from lossl.selection import UNREADABLE_FILE, BuiltIn
from lossl.suppress import comments, suppress

CODES = {"double-sigmoid": "LSL101", "double-softmax": "LSL104"}


@pytest.fixture(autouse=True)
def _known(monkeypatch: pytest.MonkeyPatch) -> None:
    names = {**CODES, "log-of-softmax": "LSL201"}
    rules = tuple(BuiltIn(code, name, Severity.ERROR, "0.1.0", "") for name, code in names.items())
    monkeypatch.setattr("lossl.suppress.all_rules", lambda: rules)


def at(path: str, first: int, last: int = 0) -> Location:
    return Location(path, None, Range(Position(first, 5), Position(last or first, 9)))


def finding(*lines: int, rule: str = "double-sigmoid", path: str = "a.py") -> Diagnostic:
    """A finding on the last line, with a trail through the others."""
    steps = tuple(Step(at(path, line), "") for line in lines[:-1])
    return Diagnostic(rule, CODES[rule], Severity.ERROR, "", at(path, lines[-1]), steps)


def applied(text: str, edit: Edit) -> str:
    lines = text.splitlines(keepends=True)

    def offset(position: Position) -> int:
        return sum(map(len, lines[: position.line - 1])) + position.column - 1

    span = edit.location.range
    return text[: offset(span.start)] + edit.text + text[offset(span.end) :]


def hidden(text: str, *found: Diagnostic) -> list[int]:
    """The lines of the findings that are hidden."""
    return [each.location.range.start.line for each in suppress(found, {("a.py", None): text}).ignored]


@pytest.mark.parametrize(
    "comment",
    [
        "# lossl: ignore[double-sigmoid]",
        "# lossl: ignore[double-sigmoid] because it is meant",
        "#lossl:ignore[LSL101]",
        "# lossl: ignore [LSL1]",
        "# lossl: ignore[ALL]",
        "# lossl: ignore",
        "# lossl: ignore because it is meant",
        "# lossl: ignore[double-softmax, double-sigmoid]",
        "# lossl: ignore[double-softmax double-sigmoid,]",
        "# type: ignore  # lossl: ignore[LSL101]  # noqa: E501",
        "# lossl: ignore[LSL104] # lossl: ignore[LSL101]",
        "# noqa: LSL101",
        "# NOQA:E501,LSL101",
        "# noqa: E501 LSL1",
    ],
)
def test_a_comment_hides_what_it_names_on_its_line(comment: str) -> None:
    text = f"a = 1\nloss = f(a)  {comment}\nb = 2\n"
    assert hidden(text, finding(1), finding(2), finding(3)) == [2]


@pytest.mark.parametrize(
    "comment",
    [
        "# lossl: ignore[double-softmax]",
        "# lossl: ignore[LSL2]",
        "# lossl: ignore[]",
        "# lossl: ignore[double-sigmoid",
        "# lossl: ignored[double-sigmoid]",
        "# lossl is a linter: ignore",
        "# noqa",
        "# noqa: E501",
        "# noqa: F401, ABC101",
    ],
)
def test_other_comments_hide_nothing(comment: str) -> None:
    assert hidden(f"a = 1\nloss = f(a)  {comment}\nb = 2\n", finding(2)) == []


def test_a_comment_in_a_string_is_none() -> None:
    text = 'a = "# lossl: ignore"\nb = """\n# lossl: ignore\n"""\nc = f"{a}# lossl: ignore"\n'
    assert hidden(text, *(finding(line) for line in range(1, 6))) == []
    assert list(comments("a.py", text)) == []


def test_any_station_of_the_trail_counts() -> None:
    text = "p = f(x)  # lossl: ignore[double-sigmoid]\nq = p\nloss = g(q)\n"
    assert hidden(text, finding(1, 3)) == [3]
    assert hidden(text, finding(2, 3)) == []


def test_a_station_in_another_file_counts() -> None:
    found = Diagnostic("double-sigmoid", "LSL101", Severity.ERROR, "", at("b.py", 7), (Step(at("a.py", 1), ""),))
    text = "p = f(x)  # lossl: ignore[double-sigmoid]\n"
    assert suppress([found], {("a.py", None): text, ("b.py", None): "\n" * 9}).ignored == (found,)
    assert suppress([found], {("c.py", None): text}).kept == (found,)


STATEMENT = """\
layers = chain(
    first(1, 1),
    second(){1}
    {2}
    third(),
){3}
"""


@pytest.mark.parametrize(
    ("place", "lines"),
    [(1, [3]), (2, [5]), (3, [1, 2, 3, 4, 5, 6])],
)
def test_a_comment_in_a_long_statement(place: int, lines: list[int]) -> None:
    text = re.sub(r"{(\d)}", lambda found: "  # lossl: ignore" if int(found[1]) == place else "", STATEMENT)
    assert hidden(text, *(finding(line) for line in range(1, 7))) == lines


def test_a_comment_on_the_first_line_of_a_statement_is_for_all_of_it() -> None:
    text = "loss = f(  # lossl: ignore\n    a,\n    b,\n)\nc = 1\n"
    assert hidden(text, *(finding(line) for line in range(1, 6))) == [1, 2, 3, 4]


def test_a_comment_on_a_header_is_not_for_the_block() -> None:
    text = "def f():  # lossl: ignore\n    a = 1\n"
    assert hidden(text, finding(1), finding(2)) == [1]


def test_comments_alone_on_their_lines_stack_up() -> None:
    text = "# lossl: ignore[LSL101] one\n\n# about something\n# lossl: ignore[LSL104]\n\nloss = f(\n    a)\nb = 2\n"
    softmax = finding(7, rule="double-softmax")
    assert hidden(text, finding(6), softmax, finding(8)) == [6, 7]
    assert suppress([finding(6), softmax], {("a.py", None): text}).unused == ()


def test_a_comment_after_the_last_statement_of_a_block_is_for_the_next() -> None:
    text = "def f():\n    a = 1\n    # lossl: ignore\nb = 2\n"
    assert hidden(text, finding(2), finding(4)) == [4]


def test_a_comment_for_the_file() -> None:
    text = "a = 1\nb = 2\n# lossl: file-ignore[double-sigmoid] all of it is meant\n"
    assert hidden(text, finding(1), finding(2, rule="double-softmax"), finding(2)) == [1, 2]


def test_a_long_location_is_hidden_from_its_ends() -> None:
    text = "a = f(\n    b,  # lossl: ignore\n    c)\n"
    over_all = Diagnostic("double-sigmoid", "LSL101", Severity.ERROR, "", at("a.py", 1, 3))
    assert suppress([over_all], {("a.py", None): text}).kept == (over_all,)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_newlines_and_odd_characters(newline: str) -> None:
    text = newline.join(["# é", "\ta = '🙂'  # lossl: ignore[LSL101]", "b = '\x0c\x1c\u2028'", "c = 1  # noqa: LSL101"])
    text = text.replace("\t", "if x:" + newline + "\t")
    found = list(comments("a.py", text))
    assert [(each.first, each.location.range.start) for each in found] == [(3, Position(3, 11)), (5, Position(5, 8))]


def test_a_broken_file_is_read_as_far_as_possible() -> None:
    text = "a = f(x)  # lossl: ignore\nb = (\n"
    unreadable = Diagnostic(UNREADABLE_FILE.name, UNREADABLE_FILE.code, Severity.ERROR, "", at("a.py", 2))
    result = suppress([unreadable], {("a.py", None): text})
    assert result.kept == (unreadable,)
    assert result.unused == ()
    assert suppress([unreadable], {("a.py", None): "# lossl: file-ignore[unreadable-file]\n" + text}).kept == ()


UNUSED = [
    # the text, the place and words of what is said, the text after the fix
    (
        "a = 1  # lossl: ignore[double-sigmoid] why\nb = 2\n",
        "1:8-39",
        "this comment ignores no `double-sigmoid`",
        "a = 1\nb = 2\n",
    ),
    ("a = 1\n    # lossl: ignore\nb = 2\n", "2:5-20", "this comment ignores nothing", "a = 1\nb = 2\n"),
    ("a = 1\r\n# lossl: ignore", "2:1-16", "this comment ignores nothing", "a = 1"),
    ("# lossl: ignore", "1:1-16", "this comment ignores nothing", ""),
    ("a = 1  # lossl: ignore  # other\n", "1:8-23", "this comment ignores nothing", "a = 1  # other\n"),
    ("a = 1  # other # lossl: ignore see #3\n", "1:16-31", "this comment ignores nothing", "a = 1  # other\n"),
    (
        "# lossl: file-ignore[LSL104]\na = 1\n",
        "1:1-29",
        "this comment ignores no `LSL104`",
        "a = 1\n",
    ),
    (
        "a = 1  # lossl: ignore[double-sigmod]\n",
        "1:8-38",
        "this comment ignores no `double-sigmod`: there is no rule `double-sigmod`; did you mean `double-sigmoid`?",
        "a = 1\n",
    ),
    ("a = 1  # noqa: E501, LSL101\n", "1:8-28", "this comment ignores no `LSL101`", None),
    ("a = 1  # lossl: ignroe[LSL101]\n", "1:8-31", "there is no `lossl: ignroe`; did you mean `ignore`?", None),
    ("a = 1  # lossl: ignore[LSL101\n", "1:8-30", "the bracket of this ignore comment is not closed", None),
    ("a = 1  # lossl: ignore[ ]\n", "1:8-26", "the brackets of this ignore comment name no rule", None),
]


@pytest.mark.parametrize(("text", "place", "message", "fixed"), UNUSED)
def test_what_hides_nothing_is_reported_and_removed(text: str, place: str, message: str, fixed: str | None) -> None:
    result = suppress([], {("a.py", None): text})
    (found,) = result.unused
    span = found.location.range
    assert f"{span.start.line}:{span.start.column}-{span.end.column}" == place
    assert (found.rule, found.code, found.severity) == ("unused-ignore", "LSL901", Severity.WARNING)
    assert found.message == message
    if fixed is None:
        assert not found.fixes or "did you mean" in message
    else:
        (fix,) = found.fixes
        assert (fix.title, fix.safe, fix.reason) == ("Remove the comment", True, None)
        assert applied(text, fix.edits[0]) == fixed


def test_one_idle_name_of_several_is_taken_out() -> None:
    text = "a = 1  # lossl: ignore[double-softmax, LSL101, LSL2] both\n"
    (found,) = suppress([finding(1)], {("a.py", None): text}).unused
    assert found.message == "this comment ignores no `double-softmax` and no `LSL2`"
    (fix,) = found.fixes
    assert fix.title == "Remove `double-softmax` and `LSL2` from the comment"
    assert applied(text, fix.edits[0]) == "a = 1  # lossl: ignore[LSL101] both\n"


@pytest.mark.parametrize(
    "text",
    [
        "a = 1  # lossl: ignore[double-sigmoid, unused-ignore]\n",
        "a = 1  # lossl: ignore[double-sigmoid, LSL901]\n",
        "# lossl: file-ignore[unused-ignore]\na = 1  # lossl: ignore\n",
        "a = 1  # lossl: a linter\n",
        "",
    ],
)
def test_unused_comments_can_be_kept(text: str) -> None:
    assert suppress([], {("a.py", None): text}).unused == ()


def test_every_comment_that_hides_a_finding_is_used() -> None:
    text = "p = f(x)  # lossl: ignore\nloss = g(p)  # lossl: ignore[LSL101]\n"
    assert suppress([finding(1, 2)], {("a.py", None): text}).unused == ()


def test_the_order_of_texts_does_not_matter() -> None:
    texts: dict[tuple[str, int | None], str] = {(path, None): "# lossl: ignore\n" for path in ("b.py", "a.py")}
    assert suppress([], texts) == suppress([], dict(reversed(texts.items())))


def test_a_comment_in_a_cell_speaks_for_that_cell() -> None:
    def cell(number: int, line: int) -> Diagnostic:
        place = Range(Position(line, 1), Position(line, 2))
        return Diagnostic("double-sigmoid", "LSL101", Severity.ERROR, "", Location("a.ipynb", number, place))

    texts: dict[tuple[str, int | None], str] = {("a.ipynb", 1): "x  # lossl: ignore\n", ("a.ipynb", 3): "x\nx"}
    here, there = cell(1, 1), cell(3, 1)
    assert suppress([here, there], texts).ignored == (here,)
    texts["a.ipynb", 3] = "x\n# lossl: file-ignore"
    assert suppress([there], texts).ignored == (there,)
    unused = suppress([], texts).unused
    assert [found.location.cell for found in unused] == [1, 3]
    assert unused[1].fixes[0].edits[0].location == Location("a.ipynb", 3, Range(Position(1, 2), Position(2, 21)))
