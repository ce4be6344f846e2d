"""Every fixture says exactly what its rows say, and every fix makes exactly the file that is kept in fixed/."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.fixture import (
    ROOT,
    Case,
    annotated,
    as_written,
    cases,
    checked,
    fixed_texts,
    found_rows,
    notebooks,
    problems,
    row_at,
    slug,
)

RULES = sorted(path for path in ROOT.glob("*") if path.is_dir() and path.name != "interpreter")
FLAGGED = [(rule, case) for rule in RULES for case in cases(rule / "flagged")]
CLEAN = [(rule, case) for rule in RULES for case in cases(rule / "clean")]
FIXED = [(rule, case) for rule in RULES for case in cases(rule / "fixed")]
INTERPRETER = [*cases(ROOT / "interpreter"), *notebooks(ROOT / "interpreter")]


def named(pairs: list[tuple[Path, Case]]) -> list[object]:
    """Parameters with readable names."""
    return [pytest.param(rule, case, id=f"{rule.name}/{case.root.parent.name}/{case.name}") for rule, case in pairs]


@pytest.mark.parametrize(("rule", "case"), named(FLAGGED + CLEAN))
def test_rows(rule: Path, case: Case) -> None:
    texts = {str(path): path.read_text("utf-8") for path in case.files}
    wrong = problems(case.rows, found_rows(checked(case), texts))
    assert not wrong, "\n" + annotated(texts, wrong)


@pytest.mark.parametrize(("rule", "case"), named(FLAGGED))
def test_flagged_expects_its_rule(rule: Path, case: Case) -> None:
    assert any(rule.name in (row.what, row.text) for row in case.rows)


@pytest.mark.parametrize(("rule", "case"), named(CLEAN))
def test_clean_expects_nothing(rule: Path, case: Case) -> None:
    assert all(row.what == "false" for row in case.rows)


@pytest.mark.parametrize(("rule", "case"), named(FLAGGED))
def test_fixes(rule: Path, case: Case, regenerate: bool) -> None:
    sources, diagnostics = as_written(case.root)
    for title, texts in fixed_texts(sources, diagnostics).items():
        target = rule / "fixed" / f"{case.name}.{slug(title)}"
        kept = {kept_path(case, target, path): text for path, text in texts.items()}
        if regenerate:
            for path, text in kept.items():
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(text, "utf-8", newline="")
        assert {path: path.read_bytes().decode() for path in kept} == kept


def kept_path(case: Case, target: Path, path: str) -> Path:
    """Where the fixed text of `path` is kept: a file for a file, a folder for a folder."""
    if case.root.is_dir():
        return target / Path(path).relative_to(case.root)
    return target.with_name(f"{target.name}.py")


OF_READERS = ("LSL113", "LSL114", "LSL4")
"""The codes of rules that speak of who reads an output besides its loss: distributions, thresholds, metrics."""


@pytest.mark.parametrize(("rule", "case"), named(FIXED))
def test_fixed_is_clean(rule: Path, case: Case) -> None:
    """Nothing is found in it, so a second run of --fix changes nothing; but unsafe fixes may leave a wrong reader."""
    for data in case.sources.values():
        compile(data, case.name, "exec")
    assert not [found for found in checked(case).diagnostics if not found.code.startswith(OF_READERS)]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_fixed_has_no_orphans(rule: Path, regenerate: bool) -> None:
    wanted = {
        f"{case.name}.{slug(fix.title)}"
        for case in cases(rule / "flagged")
        for diagnostic in as_written(case.root)[1]
        for fix in diagnostic.fixes
    }
    kept = cases(rule / "fixed")
    if regenerate:
        for path in (path for case in kept if case.name not in wanted for path in case.files):
            path.unlink()
        kept = cases(rule / "fixed")
    assert {case.name for case in kept if case.files} == wanted


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_fix_safety(rule: Path, regenerate: bool) -> None:
    """fixes.tsv says of every fix whether it is safe, and if not, why."""
    lines = []
    for case in cases(rule / "flagged"):
        _, diagnostics = as_written(case.root)
        said = {(fix.title, "safe" if fix.safe else fix.reason) for each in diagnostics for fix in each.fixes}
        lines += [f"{case.name}\t{title}\t{safety}" for title, safety in sorted(said)]
    table = rule / "fixes.tsv"
    if regenerate:
        table.write_text("case\tfix\tsafety\n" + "".join(f"{line}\n" for line in lines), "utf-8")
    assert table.read_text("utf-8").splitlines()[1:] == lines


@pytest.mark.parametrize("case", INTERPRETER, ids=lambda case: case.name)
def test_values(case: Case) -> None:
    from lossl.trace import values

    texts = case.texts
    found = [row_at(at, "=", value, texts) for path in case.files for at, value in values(str(path)).items()]
    wanted = {row.place for row in case.rows}
    wrong = problems(case.rows, [row for row in found if row.place in wanted])
    assert not wrong, "\n" + annotated(texts, wrong)
