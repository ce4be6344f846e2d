"""Notebooks through the whole program: fixtures, their fixes, and what the commands say of cells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from lossl.commands import Options, check, trace
from lossl.fix import edited
from lossl.source.notebook import read
from lossl.source.project import Project
from tests.fixture import (
    ROOT,
    Case,
    annotated,
    as_written,
    checked,
    fixed_texts,
    found_rows,
    notebooks,
    problems,
    slug,
)

RULES = sorted(path for path in ROOT.glob("*") if path.is_dir())
FLAGGED = [(rule, case) for rule in RULES for case in notebooks(rule / "flagged")]
CLEAN = [(rule, case) for rule in RULES for case in notebooks(rule / "clean")]
FIXED = [(rule, case) for rule in RULES for case in notebooks(rule / "fixed")]


def named(pairs: list[tuple[Path, Case]]) -> list[object]:
    """Parameters with readable names."""
    return [pytest.param(rule, case, id=f"{rule.name}/{case.root.parent.name}/{case.name}") for rule, case in pairs]


# fixtures


@pytest.mark.parametrize(("rule", "case"), named(FLAGGED + CLEAN))
def test_rows(rule: Path, case: Case) -> None:
    wrong = problems(case.rows, found_rows(checked(case), case.texts))
    assert not wrong, "\n" + annotated(case.texts, wrong)


@pytest.mark.parametrize(("rule", "case"), named(FLAGGED))
def test_fixes(rule: Path, case: Case, regenerate: bool) -> None:
    sources, diagnostics = as_written(case.root)
    assert any(found.rule == rule.name for found in diagnostics)
    for title, texts in fixed_texts(sources, diagnostics).items():
        kept = rule / "fixed" / f"{case.name}.{slug(title)}.ipynb"
        if regenerate:
            kept.write_text(texts[str(case.root)], "utf-8", newline="")
        assert kept.read_bytes().decode() == texts[str(case.root)]


@pytest.mark.parametrize(("rule", "case"), named(FIXED))
def test_fixed_is_clean(rule: Path, case: Case) -> None:
    """Nothing is found in it, and it is what some fix made."""
    assert not checked(case).diagnostics
    origin = next(each for other, each in FLAGGED if other == rule and case.name.startswith(f"{each.name}."))
    titles = {slug(fix.title) for found in as_written(origin.root)[1] for fix in found.fixes}
    assert case.name.removeprefix(f"{origin.name}.") in titles


@pytest.mark.parametrize(("rule", "case"), named(FLAGGED))
def test_a_fix_changes_nothing_but_lines_of_code(rule: Path, case: Case) -> None:
    sources, diagnostics = as_written(case.root)
    before = sources[str(case.root)].decode().splitlines(keepends=True)
    for texts in fixed_texts(sources, diagnostics).values():
        after = texts[str(case.root)].splitlines(keepends=True)
        changed = set(before) ^ set(after)
        assert 0 < len(changed) < 12
        assert all("torch" in line or "nn." in line or "(" in line or "," in line for line in changed)


# the project and the commands


def test_project_modules_are_found_beside_the_notebook(tmp_path: Path) -> None:
    (tmp_path / "book").mkdir()
    (tmp_path / "book" / "net.py").write_text("import torch\nloss = torch.nn.BCELoss()\n")
    path = tmp_path / "book" / "train.ipynb"
    net = str(tmp_path / "book" / "net.py")
    for source in (
        "import net",
        ["from net import (\n", "    loss,\n", ")"],
        ["# nothing to see\n", "from net import loss\n", "x"],
    ):
        path.write_text(json.dumps({"cells": [{"cell_type": "code", "source": source}], "metadata": {}}))
        project = Project(str(tmp_path), known=["torch"])
        assert project.groups([str(path), net]) == [[net, str(path)]]
    imported, importer = project.read([net, str(path)])
    assert project.locate("net", importer) is imported
    (tmp_path / "book" / "__init__.py").touch()
    later = Project(str(tmp_path), known=["torch"])  # a project sees the folders as they were when it first looked
    assert later.in_package(imported)
    assert not later.in_package(importer)


@pytest.fixture
def flagged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A notebook with a sigmoid too many, and nothing else in the current folder."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "train.ipynb"
    case = next(case for rule, case in FLAGGED if (rule.name, case.name) == ("double-sigmoid", "notebook"))
    path.write_bytes(case.sources[str(case.root)])
    return path


def test_the_full_report_quotes_cells(flagged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert check((".",), Options(isolated=True)) == 1
    text = capsys.readouterr().out
    assert " --> train.ipynb:cell 8:4:22\n  |\n3 |     out = net(X)\n" in text
    assert " ::: train.ipynb:cell 6:8:16\n  |\n8 |         return torch.sigmoid(self.head(self.body(x)))\n" in text


def test_json_counts_cells_from_zero(flagged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    check((".",), Options(isolated=True, output_format="json"))
    found = json.loads(capsys.readouterr().out)["diagnostics"][0]
    assert (found["cell"], found["range"]["start"]) == (7, {"line": 4, "column": 22})
    assert found["trail"][0]["cell"] == 5
    assert [[edit["cell"] for edit in fix["edits"]] for fix in found["fixes"]] == [[5, 5], [6]]


def test_fixing_writes_the_notebook(flagged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = flagged.read_bytes()
    assert check((".",), Options(isolated=True, fix=True)) == 0
    after = flagged.read_bytes()
    assert after == before.replace(b"torch.sigmoid(self.head(self.body(x)))", b"self.head(self.body(x))")
    assert check((".",), Options(isolated=True, fix=True)) == 0
    assert flagged.read_bytes() == after
    assert "Fixed 2 findings in 1 file" in capsys.readouterr().err


def test_a_diff_is_one_of_cells(flagged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = flagged.read_bytes()
    check((".",), Options(isolated=True, diff=True))
    text = capsys.readouterr().out
    assert text.startswith("--- train.ipynb:cell 6\n+++ train.ipynb:cell 6\n@@ -5,7 +5,7 @@\n")
    assert "-        return torch.sigmoid(self.head(self.body(x)))\n+        return self.head(self.body(x))\n" in text
    assert flagged.read_bytes() == before


def test_a_trace_may_be_asked_for_a_line_of_a_cell(flagged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert trace(("train.ipynb:cell 8:4",), (), Options(isolated=True, output_format="text")) == 0
    assert "train.ipynb:cell 8:4:12" in capsys.readouterr().out
    trace(("train.ipynb:cell 7:4",), (), Options(isolated=True, output_format="text"))
    assert "train.ipynb:cell 7:4: no loss call is known here" in capsys.readouterr().err
    trace(("train.ipynb:4",), (), Options(isolated=True, output_format="text"))
    assert "train.ipynb:cell 8:4:12" in capsys.readouterr().out


def changed(path: Path, cell: int, text: str) -> None:
    file = read(str(path))
    path.write_bytes(file.rewritten({cell: text}).data)


def test_ignore_comments_speak_for_their_cell(flagged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed(flagged, 9, read(str(flagged)).part(9) + "  # lossl: ignore[double-sigmoid]")
    check((".",), Options(isolated=True, output_format="concise"))
    out = capsys.readouterr().out
    assert "train.ipynb:cell 8:4:22: LSL101" in out
    assert "cell 10" not in out
    assert "1 ignored by comments" in out
    changed(flagged, 8, "# lossl: file-ignore[double-sigmoid]")
    assert check((".",), Options(isolated=True, output_format="concise")) == 0
    assert "2 ignored by comments" in capsys.readouterr().out


def test_broken_cells_are_reported_and_the_others_checked(flagged: Path, capsys: pytest.CaptureFixture[str]) -> None:
    changed(flagged, 8, "x = # your code here")
    assert check((".",), Options(isolated=True, output_format="concise")) == 1
    out = capsys.readouterr().out
    assert "train.ipynb:cell 9:1:5: LSL900 [unreadable-file] invalid syntax" in out
    assert "train.ipynb:cell 8:4:22: LSL101" in out
    assert "Found 3 errors in 1 file" in out


def test_what_is_no_notebook_is_reported(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.ipynb"
    path.write_bytes(b"import torch\nloss = torch.nn.BCELoss()\n")
    assert check((str(path),), Options(isolated=True, output_format="concise")) == 1
    assert "a.ipynb:1:1: LSL900 [unreadable-file] not a notebook: invalid JSON" in capsys.readouterr().out


def test_a_notebook_uses_the_modules_beside_it(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    net = "import torch\n\n\ndef probability(model, x):\n    return torch.sigmoid(model(x))\n"
    (tmp_path / "net.py").write_text(net)
    code = ["import torch\n", "from net import probability\n", "loss = torch.nn.BCEWithLogitsLoss()\n"]
    use = "loss(probability(torch.nn.Linear(2, 1), torch.ones(3, 2)), torch.ones(3, 1))"
    cells: list[object] = [{"cell_type": "code", "metadata": {}, "source": source} for source in (code, use)]
    (tmp_path / "train.ipynb").write_text(json.dumps({"cells": cells, "metadata": {}, "nbformat": 4}))
    assert check((str(tmp_path),), Options(isolated=True, output_format="full")) == 1
    text = capsys.readouterr().out
    assert "train.ipynb:cell 2:1:6\n" in text
    assert "net.py:5:12\n" in text
    assert check((str(tmp_path),), Options(isolated=True, fix=True, unsafe_fixes=True)) == 0
    assert (tmp_path / "net.py").read_text().strip() == "def probability(model, x):\n    return model(x)"


@pytest.mark.parametrize(("rule", "case"), named(FLAGGED))
def test_no_edit_is_none(rule: Path, case: Case) -> None:
    file = read(str(case.root))
    assert edited(file, ()).data == file.data
