"""Reports: the full text at several widths, concise, JSON, statistics, trace and pages."""

from __future__ import annotations

import json
import re

import pytest
from rich.cells import cell_len

from lossl.check import check
from lossl.config import OUTPUT_FORMATS, Config
from lossl.diagnostic import (
    Diagnostic,
    Edit,
    Fix,
    Location,
    Outcome,
    Position,
    Range,
    Report,
    Severity,
    Step,
    Verdict,
)
from lossl.errors import Failure
from lossl.report import View, pages, render
from lossl.report.excerpt import Label, excerpt
from lossl.report.paths import place, printable, shorten
from lossl.report.summary import summary
from lossl.selection import BUILT_IN, UNUSED_IGNORE
from tests.fixture import ROOT as FIXTURES

ROOT = "/project"
TRAIN = """\
import torch.nn as nn
from models.net import Net

criterion = nn.BCEWithLogitsLoss()
model = Net()

def step(x, y):
    out = model(x)
    return criterion(out, y)
"""
NET = """\
class Net(nn.Module):
    def __init__(self):
        self.layers = nn.Sequential(
            nn.Linear(64, 1),
            nn.Sigmoid(),
        )

    def forward(self, x):
        return self.layers(x)
"""
SOURCES = {f"{ROOT}/train.py": TRAIN, f"{ROOT}/models/net.py": NET}


def at(path: str, needle: str, nth: int = 0, text: str = "") -> Location:
    """Where `needle` stands for the nth time in a file."""
    path = f"{ROOT}/{path}"
    text = text or SOURCES[path]
    start = [found.start() for found in re.finditer(re.escape(needle), text)][nth]

    def position(offset: int) -> Position:
        before = text[:offset].split("\n")
        return Position(len(before), len(before[-1]) + 1)

    return Location(path, None, Range(position(start), position(start + len(needle))))


TRAIL = (
    Step(at("models/net.py", "nn.Sigmoid()"), "becomes a probability"),
    Step(at("models/net.py", "self.layers(x)"), "comes out of Sequential"),
    Step(at("train.py", "model(x)"), "comes out of Net"),
)
FINDING = Diagnostic(
    rule="double-sigmoid",
    code="LSL101",
    severity=Severity.ERROR,
    message="`criterion` applies sigmoid itself, but `out` is already a probability",
    location=at("train.py", "out", 1),
    trail=TRAIL,
    consequence="the loss cannot fall below 0.313 for y=1 or 0.693 for y=0, and the gradient is far too small",
    fixes=(
        Fix("Remove the sigmoid", (Edit(at("models/net.py", "nn.Sigmoid(),"), ""),), safe=True),
        Fix("Use BCELoss", (Edit(at("train.py", "nn.BCEWithLogitsLoss"), "nn.BCELoss"),), False, "it is shared"),
    ),
    url="https://example.org/double-sigmoid/",
)
VERDICTS = (
    Verdict(
        at("train.py", "criterion(out, y)"),
        "criterion",
        "torch.nn.BCEWithLogitsLoss",
        "logits, because it applies sigmoid itself",
        "probability",
        Outcome.WRONG,
        trail=TRAIL,
    ),
    Verdict(at("train.py", "model(x)"), "f", "f", "logits", "", Outcome.UNKNOWN, reason="nobody knows `x`"),
)
REPORT = Report((FINDING,), VERDICTS, files=2, sources=SOURCES)


def shown(*diagnostics: Diagnostic, width: int = 80, sources: dict[str, str] | None = None) -> str:
    report = Report(diagnostics, sources=SOURCES if sources is None else sources)
    return render(report, "full", View(ROOT, width, quiet=True))


FULL = """\
error[LSL101] double-sigmoid: `criterion` applies sigmoid itself, but `out` is already a probability
 --> train.py:9:22
  |
8 |     out = model(x)
  |           -------- 3: comes out of Net
9 |     return criterion(out, y)
  |                      ^^^ 4: reaches `criterion`, which needs logits
  |
 ::: models/net.py:5:13
  |
5 |             nn.Sigmoid(),
  |             ------------ 1: becomes a probability
...
9 |         return self.layers(x)
  |                -------------- 2: comes out of Sequential
  |
  = note: the loss cannot fall below 0.313 for y=1 or 0.693 for y=0, and the gradient is far too small
  = help: fix 1 (safe): Remove the sigmoid in models/net.py
  = help: fix 2 (unsafe): Use BCELoss
          it is shared
  = more: lossl explain double-sigmoid

Found 1 error in 1 file (1 fixable with --fix)
2 loss calls: 0 right, 1 wrong, 1 unknown (lossl trace shows them)
"""


def test_the_full_report() -> None:
    assert render(REPORT, "full", View(ROOT, 120)) == FULL


def test_in_80_columns_words_are_wrapped_and_source_is_not() -> None:
    narrow = render(REPORT, "full", View(ROOT, 80, quiet=True))
    assert narrow.split() == FULL.split("Found")[0].split()
    assert "`out` is\n  already a probability\n --> train.py" in narrow
    assert all(len(line) <= 80 for line in narrow.splitlines())


def test_color_changes_no_character() -> None:
    colored = render(REPORT, "full", View(ROOT, 120, color=True))
    assert re.sub(r"\x1b\[[\d;]*m", "", colored) == FULL
    assert "\x1b[1;31merror[LSL101] double-sigmoid\x1b[0m" in colored
    # Source lines keep the colours of the terminal.
    assert "\x1b[0m     out = model(x)\n" in colored


def test_the_environment_has_no_say(monkeypatch: pytest.MonkeyPatch) -> None:
    expected = render(REPORT, "full", View(ROOT, 100, color=True))
    for name, value in (("NO_COLOR", "1"), ("TERM", "dumb"), ("COLUMNS", "20")):
        monkeypatch.setenv(name, value)
    assert render(REPORT, "full", View(ROOT, 100, color=True)) == expected


def test_nothing_found_is_said_with_what_was_looked_at() -> None:
    right = Verdict(VERDICTS[0].location, "f", "f", "logits", "logits", Outcome.RIGHT)
    assert render(Report(verdicts=(right,), files=1), "full", View(ROOT)) == (
        "No mismatches found.\n1 loss call: 1 right, 0 wrong, 0 unknown (lossl trace shows them)\n"
    )
    assert render(Report(files=3), "full", View(ROOT)) == "No mismatches found.\nNo loss calls in 3 files.\n"
    assert render(Report(files=1), "full", View(ROOT, quiet=True)) == ""


def test_what_was_said_once_is_not_said_again() -> None:
    text = shown(FINDING, FINDING, width=120)
    assert text.count("= note:") == text.count("= more:") == 1
    assert text.count("= help:") == 4


def test_one_label_has_no_number() -> None:
    location = at("train.py", "model(x)")
    direct = Diagnostic("r", "LSL1", Severity.WARNING, "m", location, (Step(location, "becomes a probability"),))
    assert shown(direct) == (
        "warning[LSL1] r: m\n"
        " --> train.py:8:11\n"
        "  |\n"
        "8 |     out = model(x)\n"
        "  |           ^^^^^^^^ becomes a probability\n"
        "  |\n"
        "  = more: lossl explain r\n"
        "\n"
    )


def test_without_a_verdict_the_loss_has_no_name() -> None:
    assert "4: arrives here" in shown(FINDING)


@pytest.mark.parametrize(
    ("case", "label"),
    [
        ("log-of-softmax/flagged/two_statements", "2: its logarithm is taken here"),
        ("threshold-on-logits/flagged/comparison", "3: is compared here"),
        ("threshold-on-logits/flagged/rounded", "is rounded here"),
        ("probabilities-as-logits/flagged/policy", "2: is taken for logits here"),
        ("logits-as-probabilities/flagged/log_softmax", "2: is taken for probabilities here"),
        ("kl-div-target/flagged/two_calls", "2: is the target here"),
        ("softmax-without-dim/flagged/attribute", "2: softmax is applied here"),
        ("metric-on-logits/flagged/compiled", "2: is measured here"),
    ],
)
def test_what_happens_where_there_is_no_loss(case: str, label: str) -> None:
    report = check([str(FIXTURES / f"{case}.py")], Config(root=str(FIXTURES), select=("ALL",)))
    assert label in render(report, "full", View(str(FIXTURES), 120))


def test_without_the_source_places_are_named() -> None:
    assert " --> train.py:9:22\n ::: models/net.py:5:13\n  = note" in shown(FINDING, sources={})


def test_a_syntax_error_at_the_end_of_a_line() -> None:
    location = Location(f"{ROOT}/a.py", None, Range(Position(1, 9), Position(1, 9)))
    broken = Diagnostic("unreadable-file", "LSL900", Severity.ERROR, "invalid syntax", location)
    assert "1 | x = foo(\n  |         ^\n" in shown(broken, sources={f"{ROOT}/a.py": "x = foo(\n"})


def labelled(source: str, *spans: tuple[int, int, int, int], width: int = 80, text: str = "here") -> list[str]:
    labels = [Label(Range(Position(a, b), Position(c, d)), text, "^", "") for a, b, c, d in spans]
    return [line.plain.rstrip() for line in excerpt(source, labels, 1, width)]


def test_distant_lines() -> None:
    source = "a\nb\nc\nd\ne\n"
    assert labelled(source, (1, 1, 1, 2), (2, 1, 2, 2)) == ["1 | a", "  | ^ here", "2 | b", "  | ^ here"]
    assert labelled(source, (1, 1, 1, 2), (3, 1, 3, 2))[2:4] == ["2 | b", "3 | c"]
    assert labelled(source, (1, 1, 1, 2), (4, 1, 4, 2))[2:4] == ["...", "4 | d"]


def test_several_lines() -> None:
    source = "x = f(\n    a,\n\n)\ng()\n"
    assert labelled(source, (1, 5, 4, 2)) == [
        "1 | x = f(",
        "  |     ^^",
        "2 |     a,",
        "  |     ^^",
        "3 |",
        "4 | )",
        "  | ^ here",
    ]
    source = "x = f(\n  a,\n  b,\n  c,\n  d,\n)\n"
    assert labelled(source, (1, 5, 6, 2)) == ["1 | x = f(", "  |     ^^", "...", "6 | )", "  | ^ here"]


def test_a_range_up_to_the_next_line_ends_with_its_own() -> None:
    assert labelled("ab\ncd\n", (1, 1, 2, 1)) == ["1 | ab", "  | ^^ here"]


@pytest.mark.parametrize(
    ("line", "needle", "before"),
    [
        ("损失 = f(模型, 日本語)", "日本語", 15),
        ("\tx = f(\ta)", "a)", 12),
        ("s = '👩‍👩‍👧 🇩🇪 é e\u0301', a", "a", 13 + cell_len("👩‍👩‍👧") + cell_len("🇩🇪")),
        ("x\u200b = a", "a", 5),
        ("\x1b[31m = a", "a", 8),
        ("\u202e = a", "a", 4),
    ],
)
def test_carets_stand_under_wide_and_hidden_characters(line: str, needle: str, before: int) -> None:
    start = line.index(needle) + 1
    source, carets = labelled(line, (1, start, 1, start + len(needle)))
    assert "\x1b" not in source
    assert "\u202e" not in source
    assert "\t" not in source
    assert carets == "  | " + " " * before + "^" * cell_len(needle) + " here"
    assert cell_len(source[: source.index(needle, 3)]) == before + 4


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("column", [1, 30, 90, 150, 280, 297])
@pytest.mark.parametrize("length", [1, 3, 30, 200])
@pytest.mark.parametrize("letters", ["abcdefghij", "a\tbc🙂日é"])
def test_long_lines_are_cut_around_the_label(width: int, column: int, length: int, letters: str) -> None:
    line = (letters * 50)[:300]
    end = min(column + length, 301)
    rows = labelled(line, (1, column, 1, end), width=width, text="a label of some length")
    assert all(cell_len(row) <= width for row in rows)
    source, carets = rows[0], rows[1]
    begin = carets.index("^")
    under = cells(source)[begin : begin + carets.count("^")]
    wanted = line[column - 1 : end - 1].replace("\t", " ")
    assert re.sub(r" +", " ", "".join(under))[:1] == wanted[:1]
    assert "…" in source


def cells(text: str) -> list[str]:
    """The characters by cell; a wide one stands in its first."""
    found = []
    for character in text:
        found += [character, *[""] * (cell_len(character) - 1)]
    return found


def test_a_label_that_does_not_fit_goes_below() -> None:
    source = "x = " + "a" * 60
    rows = labelled(source, (1, 60, 1, 64), width=68, text="a label")
    assert rows == ["1 | " + source, "  | " + " " * 59 + "^^^^", "  | " + " " * 57 + "a label"]
    rows = labelled("x", (1, 1, 1, 2), width=40, text="word " * 20)
    assert len(rows) == 5
    assert rows[2].startswith("  | word")


def test_labels_keep_their_order_on_one_line() -> None:
    rows = labelled("f(g(x))", (1, 3, 1, 7), (1, 1, 1, 8))
    assert rows == ["1 | f(g(x))", "  |   ^^^^ here", "  | ^^^^^^^ here"]


def test_summary() -> None:
    def found(severity: Severity, *safe: bool, path: str = "a.py") -> Diagnostic:
        fixes = tuple(Fix("t", (), safe=each) for each in safe)
        return Diagnostic(
            "r", "LSL1", severity, "m", Location(path, None, Range(Position(1, 1), Position(1, 1))), fixes=fixes
        )

    both = (found(Severity.ERROR, True, False), found(Severity.ERROR, False, path="b.py"), found(Severity.WARNING))
    line = summary(Report((*both, found(Severity.INFO))), unsafe=False)[0]
    assert line == "Found 2 errors, 1 warning, 1 info in 2 files (1 fixable with --fix, 1 more with --unsafe-fixes)"
    assert summary(Report(both), unsafe=True)[0].endswith("in 2 files (2 fixable with --fix)")
    assert summary(Report(both[1:]), unsafe=False)[0].endswith("(1 fixable with --fix --unsafe-fixes)")
    assert summary(Report(both[2:], ignored=2), unsafe=False)[0] == "Found 1 warning in 1 file; 2 ignored by comments"
    assert summary(Report(ignored=1), unsafe=False)[0] == "No mismatches found; 1 ignored by comments."


def test_concise() -> None:
    assert render(REPORT, "concise", View(ROOT, quiet=True)) == (
        f"train.py:9:22: LSL101 [double-sigmoid] {FINDING.message}\n"
    )
    assert render(REPORT, "concise", View("/elsewhere")).startswith("/project/train.py:9:22: ")
    assert "Found 1 error" in render(REPORT, "concise", View(ROOT))


def test_json() -> None:
    report = Report((FINDING,), VERDICTS, (Failure("/other/b.py", "what", "detail"),), files=2)
    document = json.loads(render(report, "json", View(ROOT)))
    assert document == {
        "version": 1,
        "diagnostics": [
            {
                "rule": "double-sigmoid",
                "code": "LSL101",
                "severity": "error",
                "message": FINDING.message,
                "path": "train.py",
                "cell": None,
                "range": {"start": {"line": 9, "column": 22}, "end": {"line": 9, "column": 25}},
                "trail": [
                    {
                        "path": path,
                        "cell": None,
                        "range": {"start": {"line": line, "column": start}, "end": {"line": line, "column": end}},
                        "message": message,
                    }
                    for path, line, start, end, message in (
                        ("models/net.py", 5, 13, 25, "becomes a probability"),
                        ("models/net.py", 9, 16, 30, "comes out of Sequential"),
                        ("train.py", 8, 11, 19, "comes out of Net"),
                    )
                ],
                "fixes": [
                    {
                        "title": "Remove the sigmoid",
                        "safe": True,
                        "reason": None,
                        "edits": [
                            {
                                "path": "models/net.py",
                                "cell": None,
                                "range": {"start": {"line": 5, "column": 13}, "end": {"line": 5, "column": 26}},
                                "text": "",
                            }
                        ],
                    },
                    {
                        "title": "Use BCELoss",
                        "safe": False,
                        "reason": "it is shared",
                        "edits": [
                            {
                                "path": "train.py",
                                "cell": None,
                                "range": {"start": {"line": 4, "column": 13}, "end": {"line": 4, "column": 33}},
                                "text": "nn.BCELoss",
                            }
                        ],
                    },
                ],
                "url": "https://example.org/double-sigmoid/",
            }
        ],
        "failures": [{"path": "/other/b.py", "message": "what", "detail": "detail"}],
        "summary": {"files": 2, "loss_calls": 2, "right": 0, "wrong": 1, "unknown": 1},
    }


def test_json_is_ascii_and_the_same_each_time() -> None:
    odd = Report(diagnostics=(Diagnostic("r", "c", Severity.INFO, "é \udcff 🙂", at("train.py", "y")),))
    text = render(odd, "json", View(ROOT))
    assert text.isascii()
    assert text == render(odd, "json", View(ROOT))


def test_cells_of_notebooks() -> None:
    location = Location(f"{ROOT}/a.ipynb", 2, Range(Position(1, 1), Position(1, 2)))
    assert place(location, ROOT) == "a.ipynb:cell 3:1:1"
    document = json.loads(render(Report((Diagnostic("r", "c", Severity.INFO, "m", location),)), "json", View(ROOT)))
    assert document["diagnostics"][0]["cell"] == 2


def test_paths() -> None:
    assert shorten("/project/a/b.py", "/project") == shorten("/project/a/b.py", "/project/") == "a/b.py"
    assert shorten("/projects/b.py", "/project") == "/projects/b.py"
    assert shorten("/a.py", "/") == "a.py"
    assert printable("a\nb\x1b\udcff\u202e🙂é") == "a␊b␛\ufffd\ufffd🙂é"


def test_statistics() -> None:
    other = Diagnostic("double-softmax", "LSL104", Severity.ERROR, "m", FINDING.location)
    text = render(Report((FINDING, other, other), files=1), "statistics", View(ROOT))
    assert text.splitlines()[:3] == ["2  LSL104  double-softmax", "1  LSL101  double-sigmoid", ""]
    assert render(Report(), "statistics", View(ROOT, quiet=True)) == ""


def test_trace() -> None:
    assert render(REPORT, "trace", View(ROOT)) == (
        "wrong  train.py:9:12\n"
        "  loss     criterion  (torch.nn.BCEWithLogitsLoss)\n"
        "  needs    logits, because it applies sigmoid itself\n"
        "  found    probability\n"
        "  trail    1: becomes a probability  models/net.py:5:13\n"
        "           2: comes out of Sequential  models/net.py:9:16\n"
        "           3: comes out of Net  train.py:8:11\n"
        "\n"
        "unknown  train.py:8:11\n"
        "  loss     f\n"
        "  needs    logits\n"
        "  found    nothing known\n"
        "  because  nobody knows `x`\n"
        "\n"
        "2 loss calls: 0 right, 1 wrong, 1 unknown\n"
    )
    assert "\x1b[1;33munknown\x1b[0m" in render(REPORT, "trace", View(ROOT, color=True))


def test_trace_as_json() -> None:
    document = json.loads(render(REPORT, "trace-json", View(ROOT)))
    assert [each["outcome"] for each in document["loss_calls"]] == ["wrong", "unknown"]
    assert document["loss_calls"][1] == {
        "outcome": "unknown",
        "callee": "f",
        "loss": "f",
        "needs": "logits",
        "found": "",
        "reason": "nobody knows `x`",
        "path": "train.py",
        "cell": None,
        "range": {"start": {"line": 8, "column": 11}, "end": {"line": 8, "column": 19}},
        "trail": [],
    }
    assert document["summary"]["unknown"] == 1


def test_every_output_format_is_there() -> None:
    for form in OUTPUT_FORMATS:
        assert render(REPORT, form, View(ROOT)).endswith("\n")


def test_pages() -> None:
    page = pages.explain(UNUSED_IGNORE, View(ROOT))
    assert page.startswith("# unused-ignore (LSL901)\n\nAn ignore comment that ignores nothing.\n")
    assert "## What it does" in page
    colored = pages.explain(UNUSED_IGNORE, View(ROOT, 80, color=True))
    assert "\x1b[" in colored
    assert all(cell_len(re.sub(r"\x1b\[[\d;]*m", "", line)) <= 80 for line in colored.splitlines())
    facts = json.loads(pages.explain_json(UNUSED_IGNORE))
    assert facts["summary"] == "An ignore comment that ignores nothing."
    assert set(facts) == {"name", "code", "severity", "since", "summary", "page", "url"}


def test_catalogue() -> None:
    assert pages.catalogue(BUILT_IN, View(ROOT)) == (
        "LSL900  error    unreadable-file  A file that cannot be read as Python.\n"
        "LSL901  warning  unused-ignore    An ignore comment that ignores nothing.\n"
    )
    assert (
        pages.catalogue(BUILT_IN, View(ROOT, 50)).splitlines()[0]
        == "LSL900  error    unreadable-file  A file that can…"
    )
    assert [each["code"] for each in json.loads(pages.catalogue_json(BUILT_IN))] == ["LSL900", "LSL901"]
