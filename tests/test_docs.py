"""What the documents say holds: commands and options exist, links lead somewhere, examples give what is shown.

`--regenerate` writes the parts of README.md that lossl itself can write: the table of rules, and what it prints.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shlex
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path

import click
import pytest

import lossl
from lossl.cli import app
from lossl.config import DEFAULT_EXCLUDE, OUTPUT_FORMATS, Config, load
from lossl.meaning.meaning import Meaning
from lossl.meaning.need import Need, NeedKind
from lossl.meaning.signature import Routine, StubClass
from lossl.registry import all_rules, rule_for
from lossl.rule import SECTIONS, Rule
from lossl.selection import BUILT_IN, Named, selection
from lossl.stubs.load import Library, built_in
from lossl.stubs.vocabulary import WORDS

ROOT = Path(__file__).parent.parent
README = ROOT / "README.md"
PAGES = [README, ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md", *sorted(ROOT.glob("docs/*.md"))]
OTHERS_OPTIONS = {"--regenerate", "--strict", "--check", "--extra-index-url"}
"""Options of other programs that the documents name."""
GENERATED = re.compile(r"(<!-- rules: [^\n]*-->\n)(.*?)(<!-- end of rules -->)", re.S)
SHOWN = re.compile(r"(```console\n\$ lossl check train\.py\n)(.*?)(```\n)", re.S)
WIDTH = 100
"""Of the output that README.md shows, in characters."""

each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def text(page: Path) -> str:
    """What a document says."""
    return page.read_text("utf-8")


def blocks(page: Path, language: str) -> list[str]:
    """The fenced blocks of one language."""
    found: list[str] = re.findall(rf"^```{language}\n(.*?)^```$", text(page), re.M | re.S)
    return found


def prose(page: Path) -> str:
    """The document without its fenced blocks."""
    return re.sub(r"^```.*?^```$", "", text(page), flags=re.M | re.S)


def commands(page: Path) -> Iterator[list[str]]:
    """Every call of lossl that the document shows, as words after `lossl`: in the prose and behind `$`."""
    shown = re.findall(r"`(lossl [^`]+)`", prose(page))
    for block in blocks(page, "console"):
        shown += [part for line in re.findall(r"^\$ (.*)$", block, re.M) for part in line.split(" && ")]
    for line in shown:
        words = shlex.split(line, comments=True)
        if words[0] == "lossl":
            yield words[1:]


def options(command: click.Command) -> set[str]:
    """The options of a command, in all spellings."""
    spellings = [name for each in command.params for name in (*each.opts, *each.secondary_opts)]
    return {name for name in spellings if name.startswith("-")} | {"-h", "--help"}


@each_page
def test_commands_exist(page: Path) -> None:
    for words in commands(page):
        if words[0].startswith("-"):
            assert words[0] in options(app), words
            continue
        assert words[0] in app.commands, f"lossl {words[0]}"
        named = {word.partition("=")[0] for word in words if re.match(r"-[-a-z]", word)}
        assert named <= options(app.commands[words[0]]), words


@each_page
def test_options_exist(page: Path) -> None:
    """Those named alone in the prose."""
    known = options(app).union(OTHERS_OPTIONS, *map(options, app.commands.values()))
    named = [word for span in re.findall(r"`(--?[a-z][^`]*)`", prose(page)) for word in span.split()]
    assert not [word for word in named if word.startswith("-") and word not in known]


@each_page
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(page)):
        if re.match(r"[a-z]+:", target):
            continue
        path, _, anchor = target.partition("#")
        goal = page.parent / path if path else page
        assert goal.exists(), target
        assert not anchor or anchor in anchors(goal), target


def anchors(page: Path) -> set[str]:
    """The headings of a document as the ends of links."""
    headings = re.findall(r"^#+ (.*)$", prose(page), re.M)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@each_page
def test_files_that_are_named_exist(page: Path) -> None:
    """Paths in backticks that begin with a folder of this repository."""
    folders = ("bench", "docs", "editors", "fixtures", "lossl", "rules", "tests")
    for path in re.findall(rf"`((?:{'|'.join(folders)})/[\w./-]*)`", prose(page)):
        assert (ROOT / path).exists(), path


@each_page
def test_python_is_python(page: Path) -> None:
    for block in blocks(page, "python"):
        ast.parse(block)


@each_page
def test_configurations_are_accepted(page: Path, tmp_path: Path) -> None:
    for block in blocks(page, "toml"):
        if "[project" in block:
            continue
        name = "pyproject.toml" if "[tool.lossl" in block else "lossl.toml"
        (tmp_path / name).write_text(block, "utf-8")
        (tmp_path / "stubs").mkdir(exist_ok=True)
        selection(load(file=name, cwd=str(tmp_path)), all_rules())


def catalogue() -> str:
    """The table of rules, and the packages that stubs describe."""
    rows = ["| code | name | what it finds | level |", "|---|---|---|---|"]
    known: tuple[Named, ...] = (*all_rules(), *BUILT_IN)
    for rule in known:
        file = f"rules/{rule.name.replace('-', '_')}.py"
        name = f"[{rule.name}]({file})" if (ROOT / file).exists() else rule.name
        title = rule.page.strip().splitlines()[0].removesuffix(".")
        rows.append(f"| {rule.code} | {name} | {title} | {rule.severity.value} |")
    packages = ", ".join(f"`{name}`" for name in sorted(built_in().frameworks))
    return "\n".join(rows) + f"\n\nPackages it knows: {packages}.\n"


def test_the_table_of_rules(regenerate: bool) -> None:
    if regenerate:
        README.write_text(GENERATED.sub(lambda found: found[1] + catalogue() + found[3], text(README)), "utf-8")
    found = GENERATED.search(text(README))
    assert found is not None
    assert found[2] == catalogue(), "write it with --regenerate"


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run lossl in a folder as a user would."""
    environment = {**os.environ, "COLUMNS": str(WIDTH), "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-m", "lossl", *words]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_example_gives_what_is_shown(tmp_path: Path, regenerate: bool) -> None:
    (tmp_path / "train.py").write_text(blocks(README, "python")[0], "utf-8")
    done = run(tmp_path, "check", "train.py")
    assert done.returncode == 1
    if regenerate:
        README.write_text(SHOWN.sub(lambda found: found[1] + done.stdout + found[3], text(README)), "utf-8")
    found = SHOWN.search(text(README))
    assert found is not None
    assert found[2] == done.stdout, "write it with --regenerate"
    assert run(tmp_path, "check", "--fix", "train.py").returncode == 0
    assert "torch.sigmoid" not in (tmp_path / "train.py").read_text("utf-8")


def test_the_hooks_are_those_of_the_manifest() -> None:
    hooks = re.findall(r"^- id: (\S+)$", text(ROOT / ".pre-commit-hooks.yaml"), re.M)
    assert set(hooks) == set(re.findall(r"`(lossl-?\w*)`", prose(README)))
    assert set(re.findall(r"- id: (\S+)", blocks(README, "yaml")[0])) <= set(hooks)


def test_notebooks_are_checked_and_repaired(tmp_path: Path) -> None:
    cell = {"cell_type": "code", "metadata": {}, "outputs": [], "source": blocks(README, "python")[0]}
    notebook = tmp_path / "train.ipynb"
    notebook.write_text(json.dumps({"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}), "utf-8")
    before = notebook.read_bytes()
    assert run(tmp_path, "check", "--fix", ".").returncode == 0
    assert notebook.read_bytes() != before


def test_every_key_of_the_configuration_is_described() -> None:
    page = ROOT / "docs" / "configuration.md"
    keys = {field.name.replace("_", "-") for field in fields(Config)} - {"root", "file"}
    assert set(re.findall(r"^### `([a-z-]+)`$", text(page), re.M)) == keys
    assert blocks(page, "text")[0].split() == list(DEFAULT_EXCLUDE)
    assert all(f'"{form}"' in text(page) for form in OUTPUT_FORMATS)


def test_every_word_of_the_vocabulary_that_is_named_exists() -> None:
    page = ROOT / "docs" / "writing-a-stub.md"
    named = re.findall(r"`([A-Z][A-Za-z]+)(?:\[[^`]*\])?`", prose(page))
    assert not [word for word in named if word not in (*WORDS, "Literal", "Numbers", "NAMES")]


def test_the_stub_of_the_example_is_read(tmp_path: Path) -> None:
    (tmp_path / "mylib").mkdir()
    (tmp_path / "mylib" / "__init__.pyi").write_text(blocks(ROOT / "docs" / "writing-a-stub.md", "python")[0], "utf-8")
    library = Library([tmp_path])
    assert isinstance(library.find("mylib.FocalLoss"), StubClass)
    assert isinstance(library.find("mylib.FocalLoss.forward"), Routine)
    assert isinstance(library.find("mylib.blur"), Routine)


def test_the_sections_of_a_page_are_named() -> None:
    page = ROOT / "docs" / "writing-a-rule.md"
    assert all(f"`## {section}`" in text(page) for section in SECTIONS)


def test_the_rule_of_the_example_is_a_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    block = blocks(ROOT / "docs" / "writing-a-rule.md", "python")[0]
    module = type(sys)("example_rule")
    monkeypatch.setitem(sys.modules, module.__name__, module)
    exec(compile(block, "docs/writing-a-rule.md", "exec"), module.__dict__)
    (rule,) = (thing for thing in vars(module).values() if isinstance(thing, Rule))
    assert rule.title
    assert rule.needs
    assert rule.found


def test_every_contradiction_has_its_rule() -> None:
    pairs = [(need, found) for need in NeedKind for found in Meaning if Need(need).contradicts(found)]
    assert not [pair for pair in pairs if rule_for(*pair) is None]


def test_the_changes_can_be_read() -> None:
    """Versions from the newest, with a date or `unreleased`, each with sections of known names that are not empty."""
    parts = re.split(r"^## ", text(ROOT / "CHANGELOG.md"), flags=re.M)[1:]
    headings = [re.fullmatch(r"(\d+\.\d+\.\d+) - (\d{4}-\d\d-\d\d|unreleased)", part.splitlines()[0]) for part in parts]
    assert all(headings)
    versions = [heading[1] for heading in headings if heading]
    assert versions == sorted(set(versions), key=lambda version: [*map(int, version.split("."))], reverse=True)
    assert versions[0] == lossl.__version__
    for part in parts:
        sections = re.findall(r"^### (\w+)\n\n(- .)", part, re.M)
        assert sections
        assert {name for name, _ in sections} <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
