"""The command line, with a checker that finds the words BAD (repairable) and WORSE (unsafely so)."""

from __future__ import annotations

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from lossl import __version__, cli
from lossl.config import Config
from lossl.diagnostic import Diagnostic, Edit, Fix, Location, Outcome, Position, Range, Report, Severity, Step, Verdict
from lossl.errors import Failure
from lossl.registry import all_rules
from lossl.selection import selection
from lossl.source.discover import discover

WORDS = {"BAD": ("LSL101", "double-sigmoid", True), "WORSE": ("LSL103", "logits-into-bce", False)}


def fake_check(
    paths: Sequence[str],
    config: Config,
    overlay: Mapping[str, bytes] | None = None,
    *,
    jobs: int = 1,
    cached: bool = False,
    tracing: bool = False,
) -> Report:
    """A report on the words in the files; every FAIL is a failure, every OK a loss call that is right."""
    selected = selection(config, all_rules())
    files, failures = discover(paths, config, overlay or {})
    found: list[Diagnostic] = []
    verdicts: list[Verdict] = []
    sources: dict[str, str] = {}
    for path in files:
        text = sources[path] = ((overlay or {}).get(path) or Path(path).read_bytes()).decode()
        for number, line in enumerate(text.split("\n"), 1):
            for match in re.finditer(r"BAD|WORSE|FAIL|OK", line):
                place = Location(
                    path, None, Range(Position(number, match.start() + 1), Position(number, match.end() + 1))
                )
                if match[0] == "FAIL":
                    failures = (*failures, Failure(path, "cannot be understood", "Traceback: in detail"))
                elif match[0] == "OK":
                    verdicts.append(Verdict(place, "f", "lib.f", "logits", "logits", Outcome.RIGHT))
                else:
                    code, rule, safe = WORDS[match[0]]
                    fix = Fix("Improve it", (Edit(place, "GOOD"),), safe, None if safe else "it is risky")
                    trail = (Step(place, "becomes bad"),)
                    found.append(
                        Diagnostic(rule, code, Severity.ERROR, f"{match[0]} found", place, trail, fixes=(fix,))
                    )
                    verdicts.append(Verdict(place, "g", "lib.g", "logits", "probability", Outcome.WRONG, trail=trail))
    shown = tuple(each for each in found if selected.includes(each))
    return Report(shown, tuple(verdicts), failures, files=len(files), sources=sources)


class Result(NamedTuple):
    status: int
    out: str
    err: str


Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run `lossl` with arguments in an empty folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("lossl.check.check", fake_check)
    for name in ("NO_COLOR", "FORCE_COLOR", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)

    def start(*args: str, stdin: bytes | None = None) -> Result:
        if stdin is not None:
            monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin)))
        with pytest.raises(SystemExit) as exited:
            cli.main(list(args))
        captured = capfd.readouterr()
        assert isinstance(exited.value.code, int | None)
        return Result(exited.value.code or 0, captured.out, captured.err)

    return start


def write(name: str, text: str) -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_nothing_found(run: Run) -> None:
    write("a.py", "x = OK\n")
    assert run("check") == (
        0,
        "No mismatches found.\n1 loss call: 1 right, 0 wrong, 0 unknown (lossl trace shows them)\n",
        "",
    )


def test_findings(run: Run) -> None:
    write("a.py", "x = BAD\n")
    write("b/c.py", "y = WORSE\n")
    status, out, err = run("check")
    assert (status, err) == (1, "")
    assert out.startswith("error[LSL101] double-sigmoid: BAD found\n --> a.py:1:5\n  |\n1 | x = BAD\n")
    assert "Found 2 errors in 2 files (1 fixable with --fix, 1 more with --unsafe-fixes)\n" in out


@pytest.mark.parametrize(
    ("args", "status"),
    [
        (["--exit-zero"], 0),
        (["-e", "-q"], 0),
        (["--ignore", "LSL1"], 0),
        (["--ignore", "LSL102", "--ignore", "LSL103,LSL901"], 1),
        (["--ignore", "LSL102", "--ignore", "LSL103,double-sigmoid"], 0),
        (["--select", "LSL103"], 0),
        (["--select", "LSL103, double-sigmoid"], 1),
        (["--select", "LSL103", "--extend-select", "LSL101"], 1),
        (["--no-cache", "--isolated", "--force-exclude", "--verbose"], 1),
    ],
)
def test_exit_status(run: Run, args: list[str], status: int) -> None:
    write("a.py", "x = BAD\n")
    assert run("check", *args).status == status


def test_the_command_line_goes_over_the_file(run: Run) -> None:
    write("a.py", "x = BAD\ny = WORSE\n")
    write("lossl.toml", 'ignore = ["LSL1"]\noutput-format = "concise"\n')
    assert run("check").status == 0
    assert run("check", "--select", "LSL101", "-q").out == "a.py:1:5: LSL101 [double-sigmoid] BAD found\n"
    assert run("check", "--isolated", "-q").out.count("error[") == 2
    write("other.toml", "unsafe-fixes = true\n")
    assert "(2 fixable with --fix)" in run("check", "--config", "other.toml").out
    assert "1 more" in run("check", "--config", "other.toml", "--no-unsafe-fixes").out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (["check", "nowhere.py"], "lossl: nowhere.py: there is no such file or folder\n"),
        (
            ["check", "--select", "double-sigmod"],
            "lossl: there is no rule `double-sigmod`; did you mean `double-sigmoid`?\n",
        ),
        (["check", "--config", "none.toml"], "none.toml: cannot be read: No such file or directory\n"),
        (["check", "-", "a.py"], "lossl: `-` cannot be checked together with other paths\n"),
        (["check", "--stdin-filename", "a.py"], "lossl: --stdin-filename needs `-`, which reads standard input\n"),
        (["check", "-o", "no/where.txt"], "lossl: no/where.txt cannot be written: No such file or directory\n"),
        (["check", "--output-format", "xml"], "'xml' is not one of"),
        (["check", "--fxi"], "No such option"),
        (["explain", "double-sigmod"], "lossl: there is no rule `double-sigmod`; did you mean `double-sigmoid`?\n"),
        (["explain"], "lossl: say either a rule or, with --symptom, what you see; `lossl rules` lists the rules\n"),
        (["explain", "LSL101", "--symptom", "nan"], "lossl: say either a rule or, with --symptom, what you see"),
        (["trace", "nowhere.py:3"], "lossl: nowhere.py: there is no such file or folder\n"),
        (["a.py"], "lossl: there is no command `a.py`; did you mean `lossl check a.py`?\n"),
        (["-"], "did you mean `lossl check -`?\n"),
        (["chek"], "No such command 'chek'"),
    ],
)
def test_wrong_usage(run: Run, args: list[str], said: str) -> None:
    write("a.py", "")
    status, out, err = run(*args)
    assert (status, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


def test_a_wrong_configuration(run: Run) -> None:
    path = write("lossl.toml", "selct = []").resolve()
    assert run("check") == (2, "", f"lossl: {path}:1: unknown key `selct`; did you mean `select`?\n")


def test_failures_are_shown(run: Run) -> None:
    write("a.py", "FAIL\n")
    assert run("check", "--exit-zero")[::2] == (2, "lossl: a.py: cannot be understood\n")
    assert "Traceback: in detail\n" in run("check", "-v").err
    assert json.loads(run("check", "--output-format", "json").out)["failures"][0]["path"] == "a.py"
    assert run("trace").status == 2


def test_a_bug_is_not_a_finding(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> Report:
        raise ZeroDivisionError("a bug")

    monkeypatch.setattr("lossl.check.check", broken)
    status, out, err = run("check")
    assert (status, out) == (2, "")
    assert "ZeroDivisionError: a bug" in err
    assert err.endswith("lossl: this is a bug in lossl; please report it with the lines above\n")


def test_an_interrupt(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object, **__: object) -> Report:
        raise KeyboardInterrupt

    monkeypatch.setattr("lossl.check.check", interrupted)
    status, _, err = run("check")
    assert status == 130
    assert "Traceback" not in err


def test_no_files(run: Run) -> None:
    assert run("check", "-q") == (0, "", "lossl: no Python files were found\n")


def test_verbose_says_what_was_read(run: Run) -> None:
    write("a.py", "")
    path = write("pyproject.toml", "[tool.lossl]\n").resolve()
    assert run("check", "-v", "-q").err == f"lossl: configuration: {path}\nlossl: checked 1 file\n"


def test_fix(run: Run) -> None:
    path = write("a.py", "x = BAD, BAD\ny = WORSE\n")
    status, out, err = run("check", "--fix")
    assert (status, err) == (1, "Fixed 2 findings in 1 file\n")
    assert "WORSE found" in out
    assert "BAD found" not in out
    assert path.read_text() == "x = GOOD, GOOD\ny = WORSE\n"
    status, out, err = run("check", "--fix", "--unsafe-fixes")
    assert (status, err) == (0, "Fixed 1 finding in 1 file\n")
    assert out.startswith("No mismatches found.\n")
    assert path.read_text() == "x = GOOD, GOOD\ny = GOOD\n"
    assert run("check", "--fix")[::2] == (0, "")


def test_exit_non_zero_on_fix(run: Run) -> None:
    write("a.py", "x = BAD\n")
    assert run("check", "--fix", "--exit-non-zero-on-fix").status == 1
    assert run("check", "--fix", "--exit-non-zero-on-fix").status == 0


def test_unsafe_fixes_alone_change_nothing(run: Run) -> None:
    path = write("a.py", "x = WORSE\n")
    status, out, _ = run("check", "--unsafe-fixes")
    assert status == 1
    assert "(1 fixable with --fix)" in out
    assert path.read_text() == "x = WORSE\n"


def test_diff(run: Run) -> None:
    path = write("a/b.py", "x = BAD\ny = WORSE\n")
    status, out, err = run("check", "--diff")
    assert (status, err) == (1, "Would fix 1 finding in 1 file, and leave 1\n")
    assert out == "--- a/b.py\n+++ a/b.py\n@@ -1,2 +1,2 @@\n-x = BAD\n+x = GOOD\n y = WORSE\n"
    assert path.read_text() == "x = BAD\ny = WORSE\n"


def test_standard_input(run: Run) -> None:
    status, out, _ = run("check", "-", stdin=b"x = BAD\n")
    assert status == 1
    assert " --> <stdin>:1:5\n" in out
    assert run(
        "check", "-", "--stdin-filename", "sub/a.py", "--output-format", "concise", "-q", stdin=b"x = BAD\n"
    ).out == ("sub/a.py:1:5: LSL101 [double-sigmoid] BAD found\n")


def test_standard_input_is_fixed_to_standard_output(run: Run) -> None:
    status, out, err = run("check", "-", "--fix", stdin="é = BAD\r\ny = WORSE\r\n".encode())
    assert (status, out) == (1, "é = GOOD\r\ny = WORSE\r\n")
    assert "WORSE found" in err
    assert "Fixed 1 finding in 1 file\n" in err
    assert run("check", "-", "--fix", "-q", stdin=b"x = 1\n") == (0, "x = 1\n", "")
    status, out, err = run("check", "-", "--diff", "--stdin-filename", "a.py", stdin=b"x = BAD\n")
    assert (status, out.splitlines()[0]) == (1, "--- a.py")
    assert not os.listdir()


def test_json(run: Run) -> None:
    write("a.py", "x = BAD, OK\n")
    status, out, err = run("check", "--output-format", "json")
    document = json.loads(out)
    assert (status, err) == (1, "")
    assert document["summary"] == {"files": 1, "loss_calls": 2, "right": 1, "wrong": 1, "unknown": 0}
    assert document["diagnostics"][0]["path"] == "a.py"


def test_output_file(run: Run) -> None:
    write("a.py", "x = BAD\n")
    assert run("check", "-o", "report.txt", "--output-format", "concise") == (1, "", "")
    assert Path("report.txt").read_text().startswith("a.py:1:5: LSL101")


def test_statistics(run: Run) -> None:
    write("a.py", "x = BAD, WORSE, BAD\n")
    assert run("check", "--statistics").out.startswith(
        "2  LSL101  double-sigmoid\n1  LSL103  logits-into-bce\n\nFound 3"
    )


@pytest.mark.parametrize(
    ("args", "environment", "colored"),
    [
        ([], {}, False),
        (["--color", "always"], {}, True),
        (["--color", "always"], {"NO_COLOR": "1"}, True),
        ([], {"FORCE_COLOR": "1"}, True),
        (["--color", "never"], {"FORCE_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ([], {"FORCE_COLOR": ""}, False),
    ],
)
def test_color(
    run: Run, monkeypatch: pytest.MonkeyPatch, args: list[str], environment: dict[str, str], colored: bool
) -> None:
    write("a.py", "x = BAD\n")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert ("\x1b[" in run("check", *args).out) is colored


def test_the_width_of_the_terminal_is_kept(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    write("a.py", "x = BAD  # " + "long " * 40)
    for columns in (60, 100):
        monkeypatch.setenv("COLUMNS", str(columns))
        assert max(map(len, run("check", "-q").out.splitlines())) == columns


def test_trace(run: Run) -> None:
    write("a.py", "x = BAD\n\ny = OK\n")
    write("b.py", "z = OK\n")
    status, out, _ = run("trace", "a.py", "b.py:1")
    assert status == 0
    assert re.findall(r"^(\w+)  (\S+)$", out, re.M) == [
        ("wrong", "a.py:1:5"),
        ("right", "a.py:3:5"),
        ("right", "b.py:1:5"),
    ]
    assert "right  a.py:3:5" in run("trace", "a.py:3").out
    assert "wrong  a.py" not in run("trace", "a.py:3").out
    assert run("trace", "a.py:2")[::2] == (0, "lossl: a.py:2: no loss call is known here\n")
    out = run("trace", "--only", "right", "--output-format", "json").out
    assert [each["path"] for each in json.loads(out)["loss_calls"]] == ["a.py", "b.py"]
    assert json.loads(out)["summary"]["loss_calls"] == 3


def test_explain(run: Run) -> None:
    status, out, err = run("explain", "LSL101")
    assert (status, err) == (0, "")
    assert out.startswith("# double-sigmoid (LSL101)\n")
    assert "https://lossl.dev/rules/double-sigmoid/" in out
    assert "\x1b[" in run("explain", "double-sigmoid", "--color", "always").out
    assert json.loads(run("explain", "unused-ignore", "--output-format", "json").out)["code"] == "LSL901"


def test_explain_a_symptom(run: Run) -> None:
    status, out, err = run("explain", "--symptom", "stuck at 0.693")
    assert (status, err) == (0, "")
    assert out.startswith("double-sigmoid (LSL101)\n  loss stuck at 0.693\n    ")
    assert "\x1b[" in run("explain", "--symptom", "0.693", "--color", "always").out
    found = json.loads(run("explain", "--symptom", "0.693", "--output-format", "json").out)
    assert found["matches"][0]["rule"] == "double-sigmoid"
    assert json.loads(run("explain", "--symptom", "elephants", "--output-format", "json").out)["matches"] == []


def test_rules(run: Run) -> None:
    lines = run("rules").out.splitlines()
    assert len(lines) == len(all_rules()) + 2
    assert lines == sorted(lines)
    assert len(json.loads(run("rules", "--output-format", "json").out)) == len(lines)


def test_the_table_of_rules(run: Run) -> None:
    status, out, err = run("rules", "--table")
    assert (status, err) == (0, "")
    assert out.startswith("what losses need of a prediction\n")
    assert json.loads(run("rules", "--table", "--output-format", "json").out)[0]["need"] == "sigmoid-logits"
    assert "\x1b[" in run("rules", "--table", "--color", "always").out


def test_a_server_without_pygls(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> None:
        raise ModuleNotFoundError("No module named 'pygls'", name="pygls.lsp")

    monkeypatch.setattr("lossl.cli.importlib.import_module", missing)
    assert run("server") == (2, "", 'lossl: the language server needs pygls: pip install "lossl[server]"\n')


@pytest.mark.parametrize(
    "args", [["--help"], ["-h"], ["check", "-h"], ["trace", "--help"], ["explain", "-h"], ["rules", "-h"]]
)
def test_help(run: Run, args: list[str]) -> None:
    status, out, err = run(*args)
    assert (status, err) == (0, "")
    assert out.startswith("Usage: lossl")


def test_version(run: Run) -> None:
    assert run("--version") == (0, f"lossl {__version__}\n", "")


def process(
    folder: Path, *args: str, stdout: int = subprocess.PIPE, **variables: str
) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(Path(cli.__file__).parent.parent), **variables}
    return subprocess.run(
        [sys.executable, "-m", "lossl", *args],
        stdout=stdout,
        stderr=subprocess.PIPE,
        cwd=folder,
        env=environment,
        encoding="utf-8",
        check=False,
    )


@pytest.mark.parametrize("args", [["--help"], ["check", "--help"], ["--version"]])
def test_help_loads_nothing_heavy(args: list[str]) -> None:
    code = f"import sys, lossl.cli\ntry: lossl.cli.main({args!r})\nexcept SystemExit: print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], text=True, capture_output=True, check=True)
    loaded = {name.partition(".")[0] for name in done.stdout.splitlines()[-1].split()}
    assert not loaded & {"libcst", "rich", "pygls", "pathspec", "importlib_metadata"}
    assert "lossl.rule" not in done.stdout.split()


PROGRAM = """\
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 1), nn.Sigmoid())
criterion = nn.BCEWithLogitsLoss()

x, y = torch.randn(32, 8), torch.rand(32, 1).round()
loss = criterion(model(x), y)
"""


def test_from_end_to_end(tmp_path: Path) -> None:
    path = tmp_path / "train.py"
    path.write_text(PROGRAM)
    found = process(tmp_path, "check")
    assert (found.returncode, found.stderr) == (1, "")
    assert "error[LSL101] double-sigmoid" in found.stdout
    assert "1: becomes a probability" in found.stdout
    assert process(tmp_path, "check", "--fix").returncode == 0
    assert path.read_text() == PROGRAM.replace(", nn.Sigmoid()", "")


def test_a_reader_that_goes_away_is_no_error(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(PROGRAM)
    reading, writing = os.pipe()
    os.close(reading)
    done = process(tmp_path, "check", stdout=writing)
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, "")


def test_a_stream_that_cannot_encode_everything(tmp_path: Path) -> None:
    (tmp_path / "train.py").write_text(PROGRAM.replace("model", "模型"), encoding="utf-8")
    done = process(tmp_path, "check", PYTHONIOENCODING="ascii")
    assert (done.returncode, done.stderr) == (1, "")
    assert "\\u6a21" in done.stdout
