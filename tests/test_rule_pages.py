"""Every rule has a page whose examples hold, and speaks the way all rules speak."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from lossl.check import check
from lossl.config import Config
from lossl.diagnostic import Diagnostic
from lossl.registry import all_rules
from lossl.rule import SECTIONS, Rule
from tests.fixture import ROOT, Case, as_written, cases

RULES = all_rules()
FLAGGED = [
    pytest.param(case, id=f"{rule.name}/{case.name}") for rule in RULES for case in cases(ROOT / rule.name / "flagged")
]
each_rule = pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)


def program(rule: Rule, heading: str) -> str:
    """The one fenced block of Python in a section."""
    blocks: list[str] = re.findall(r"^```python\n(.*?)^```$", rule.section(heading), re.M | re.S)
    assert len(blocks) == 1
    return blocks[0]


def found(text: str, folder: Path, rule: Rule) -> tuple[Diagnostic, ...]:
    """What lossl says of a program, the rule in any case."""
    path = folder / "example.py"
    path.write_text(text, "utf-8")
    report = check([str(path)], Config(root=str(folder), extend_select=(rule.name,)))
    assert not report.failures
    return report.diagnostics


@each_rule
def test_sections(rule: Rule) -> None:
    assert tuple(re.findall(r"^## (.*)$", rule.page, re.M)) == SECTIONS
    assert all(rule.section(heading).strip() for heading in SECTIONS)


@each_rule
def test_the_page_helps_to_choose(rule: Rule) -> None:
    """What speaks for a change of the loss, or of the call, and what for one of the model, whether offered or not."""
    assert re.search(r"^To choose: .{80}", rule.section("Fix safety").replace("\n", " ").replace("  ", "\n"), re.M)


@each_rule
def test_title_is_one_sentence(rule: Rule) -> None:
    assert re.fullmatch(r"[A-Z][^.]*(\.[^. ][^.]*)*\.", rule.title)
    assert not rule.page.strip().splitlines()[1].strip()


@each_rule
def test_example_is_flagged(rule: Rule, tmp_path: Path) -> None:
    assert [diagnostic.rule for diagnostic in found(program(rule, "Example"), tmp_path, rule)] == [rule.name]


@each_rule
def test_use_instead_is_clean(rule: Rule, tmp_path: Path) -> None:
    assert not found(program(rule, "Use instead"), tmp_path, rule)


@each_rule
def test_name_is_the_file(rule: Rule) -> None:
    assert re.fullmatch(r"[a-z]+(-[a-z]+)*", rule.name)
    assert rule.check.__module__ == f"lossl.rules.{rule.name.replace('-', '_')}"


@each_rule
def test_code_and_version(rule: Rule) -> None:
    assert re.fullmatch(r"LSL[1-4]\d\d", rule.code)
    assert re.fullmatch(r"\d+\.\d+\.\d+", rule.since)


@each_rule
def test_rule_has_fixtures(rule: Rule) -> None:
    assert cases(ROOT / rule.name / "flagged")
    assert cases(ROOT / rule.name / "clean")


def test_codes_and_names_are_unique() -> None:
    assert len({rule.code for rule in RULES}) == len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("case", FLAGGED)
def test_how_rules_speak(case: Case) -> None:
    """Messages, consequences and reasons are one line, begin in lower case and end without a full stop."""
    for diagnostic in as_written(case.root)[1]:
        said = [diagnostic.message, diagnostic.consequence, *(fix.reason for fix in diagnostic.fixes if fix.reason)]
        for text in said:
            assert text == text.strip() != ""
            assert "\n" not in text
            assert not text.endswith(".")
            assert not re.match(r"[A-Z][a-z]+ ", text)


@pytest.mark.parametrize("case", FLAGGED)
def test_how_fixes_are_titled(case: Case) -> None:
    """A title is a short instruction: capital letter, no full stop; alternatives have different titles."""
    for diagnostic in as_written(case.root)[1]:
        titles = [fix.title for fix in diagnostic.fixes]
        assert len(set(titles)) == len(titles)
        assert all(re.fullmatch(r"[A-Z][^\n]{3,60}[^.\s]", title) for title in titles)
        assert all(fix.safe is (fix.reason is None) for fix in diagnostic.fixes)
