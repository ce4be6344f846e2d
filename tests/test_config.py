"""The configuration: found, read, checked; patterns; selectors."""

from __future__ import annotations

from pathlib import Path

import pytest

from lossl.config import DEFAULT_EXCLUDE, Config, load, matches_path
from lossl.declared import DeclaredActivation, DeclaredLoss
from lossl.diagnostic import Diagnostic, Location, Position, Range, Severity
from lossl.errors import ConfigError, UsageError
from lossl.selection import BUILT_IN, BuiltIn, Choice, choose, find, matches, selection

RULES = (
    BuiltIn("LSL101", "double-sigmoid", Severity.ERROR, "0.1.0", "A page."),
    BuiltIn("LSL104", "double-softmax", Severity.ERROR, "0.1.0", "A page."),
    BuiltIn("LSL111", "squashed-logits", Severity.WARNING, "0.1.0", "A page."),
    BuiltIn("LSL201", "log-of-softmax", Severity.INFO, "0.1.0", "A page."),
    BuiltIn("ACM101", "of-a-plugin", Severity.ERROR, "0.1.0", "A page."),
)
KNOWN = (*RULES, *BUILT_IN)


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_the_closest_file_upwards_counts(tmp_path: Path) -> None:
    write(tmp_path / "lossl.toml", 'select = ["LSL1"]')
    inner = write(tmp_path / "a" / ".lossl.toml", 'select = ["LSL2"]')
    (tmp_path / "a" / "b").mkdir()
    found = load(cwd=str(tmp_path / "a" / "b"))
    assert (found.select, found.file, found.root) == (("LSL2",), str(inner), str(tmp_path / "a"))


def test_a_pyproject_without_the_table_is_passed_by(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", "[tool.lossl]\nunsafe-fixes = true")
    write(tmp_path / "a" / "pyproject.toml", "[tool.ruff]\nline-length = 1")
    write(tmp_path / "a" / "b" / "pyproject.toml", "tool = 1")
    assert load(cwd=str(tmp_path / "a" / "b")).unsafe_fixes


def test_lossl_toml_goes_before_pyproject(tmp_path: Path) -> None:
    write(tmp_path / "pyproject.toml", '[tool.lossl]\nselect = ["ALL"]')
    write(tmp_path / "lossl.toml", 'ignore = ["LSL101"]')
    assert load(cwd=str(tmp_path)) == Config(str(tmp_path), str(tmp_path / "lossl.toml"), ignore=("LSL101",))


def test_isolated_reads_nothing(tmp_path: Path) -> None:
    write(tmp_path / "lossl.toml", "nonsense")
    assert load(cwd=str(tmp_path), isolated=True) == Config(root=str(tmp_path))


def test_a_given_file_is_relative_to_the_current_folder(tmp_path: Path) -> None:
    write(tmp_path / "ci" / "strict.toml", 'src = ["lib"]\nexclude = ["old"]')
    found = load(cwd=str(tmp_path), file="ci/strict.toml")
    assert found.root == str(tmp_path)
    assert found.src == (str(tmp_path / "lib"),)
    assert found.excludes(str(tmp_path / "old"))
    assert not found.excludes(str(tmp_path / ".git"))


def test_every_key_is_read(tmp_path: Path) -> None:
    write(
        tmp_path / "lossl.toml",
        """
        select = ["LSL1"]
        extend-select = ["double-softmax"]
        ignore = ["LSL111"]
        exclude = ["a"]
        extend-exclude = ["b"]
        force-exclude = true
        respect-gitignore = false
        src = ["src"]
        stubs = ["."]
        unsafe-fixes = true
        output-format = "json"
        [per-file-ignores]
        "tests/*" = ["ALL"]
        [losses]
        "a.Focal" = { input = "logits", argument = "x", position = 2, kind = "function" }
        [activations]
        "a.f" = { output = "distribution", axis = -1 }
        """,
    )
    assert load(cwd=str(tmp_path)) == Config(
        root=str(tmp_path),
        file=str(tmp_path / "lossl.toml"),
        select=("LSL1",),
        extend_select=("double-softmax",),
        ignore=("LSL111",),
        per_file_ignores=(("tests/*", ("ALL",)),),
        exclude=("a",),
        extend_exclude=("b",),
        force_exclude=True,
        respect_gitignore=False,
        src=(str(tmp_path / "src"),),
        stubs=(str(tmp_path),),
        losses=(DeclaredLoss("a.Focal", "logits", "x", 2, "function"),),
        activations=(DeclaredActivation("a.f", "distribution", -1, "function"),),
        unsafe_fixes=True,
        output_format="json",
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('selct = ["LSL1"]', "unknown key `selct`; did you mean `select`?"),
        ("extend_select = []", "unknown key `extend_select`; did you mean `extend-select`?"),
        ("zzz = 1", "unknown key `zzz`; there are activations, cache-dir, exclude, extend-exclude"),
        ("[tool.lossl]", "unknown key `tool`; in this file the keys stand at the top, without [tool.lossl]"),
        ('select = "LSL1"', "`select` must be a list of strings, not a string"),
        ("select = [1]", "`select` must be a list of strings, but holds a number"),
        ("unsafe-fixes = 1", "`unsafe-fixes` must be true or false, not a number"),
        (
            'output-format = "ful"',
            "not `ful`; did you mean `full`?",
        ),
        ("output-format = []", "`output-format` must be a string, not a list"),
        ("per-file-ignores = []", "`per-file-ignores` must be a table from patterns to lists of rules, not a list"),
        ('per-file-ignores = {"*.py" = "x"}', "`*.py` must be a list of strings, not a string"),
        ("src = 1979-05-27", "`src` must be a list of strings, not a date or time"),
        ("select = [", "is not valid TOML"),
    ],
)
def test_what_is_wrong_is_named(tmp_path: Path, text: str, said: str) -> None:
    path = write(tmp_path / "lossl.toml", text)
    with pytest.raises(ConfigError) as caught:
        load(cwd=str(tmp_path))
    assert str(caught.value).startswith(f"{path}:")
    assert said in str(caught.value)


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.toml: cannot be read: No such file"):
        load(cwd=str(tmp_path), file="none.toml")
    (tmp_path / "lossl.toml").write_bytes(b'select = ["\xff"]')
    with pytest.raises(ConfigError, match="is not valid TOML"):
        load(cwd=str(tmp_path))
    write(tmp_path / "pyproject.toml", "[tool]\nlossl = 1")
    with pytest.raises(ConfigError, match=r"`tool\.lossl` must be a table, not a number"):
        load(file=str(tmp_path / "pyproject.toml"))


@pytest.mark.parametrize(
    ("pattern", "path", "fits"),
    [
        ("build", "/p/build", True),
        ("build", "/p/deep/build", True),
        ("build/", "/p/deep/build", True),
        ("build", "/p/rebuild", False),
        ("*_old.py", "/p/a/net_old.py", True),
        ("[ab].py", "/p/a.py", True),
        ("[ab].py", "/p/c.py", False),
        ("src/old", "/p/src/old", True),
        ("src/old", "/p/x/src/old", False),
        ("./old", "/p/old", True),
        ("./old", "/p/a/old", False),
        ("src/*.py", "/p/src/a/b.py", True),
        ("tests/**/x.py", "/p/tests/x.py", True),
        ("tests/**/x.py", "/p/tests/a/b/x.py", True),
        ("**/x.py", "/p/x.py", True),
        ("/p/abs.py", "/p/abs.py", True),
        ("!src/*", "/p/src/a.py", False),
        ("!src/*", "/p/b.py", True),
    ],
)
def test_patterns(pattern: str, path: str, fits: bool) -> None:
    assert matches_path(pattern, path, path.rsplit("/", 1)[1], "/p") is fits


def test_a_root_with_brackets_is_no_pattern() -> None:
    assert matches_path("src/*.py", "/p[1]/src/a.py", "a.py", "/p[1]")


def test_the_default_excludes_hold() -> None:
    assert {".git", ".venv", "venv", "node_modules", "build", "dist", "__pycache__"} <= set(DEFAULT_EXCLUDE)
    assert Config(root="/p").excludes("/p/a/.venv")
    assert Config(root="/p", extend_exclude=("mine",)).excludes("/p/mine")


@pytest.mark.parametrize(
    ("selector", "fits"),
    [
        ("ALL", True),
        ("double-sigmoid", True),
        ("LSL101", True),
        ("LSL1", True),
        ("LSL", True),
        ("L", False),
        ("LSL2", False),
        ("LSL1011", False),
        ("double", False),
        ("lsl101", False),
        ("", False),
    ],
)
def test_selectors(selector: str, fits: bool) -> None:
    assert matches(selector, "LSL101", "double-sigmoid") is fits


def codes(*layers: Choice) -> set[str]:
    names = choose(KNOWN, *layers)
    return {each.code for each in KNOWN if each.name in names}


DEFAULT = {"LSL101", "LSL104", "LSL111", "ACM101", "LSL900", "LSL901"}


@pytest.mark.parametrize(
    ("layers", "chosen"),
    [
        ([], DEFAULT),
        ([Choice(extend_select=("LSL2",))], DEFAULT | {"LSL201"}),
        ([Choice(select=("ALL",))], DEFAULT | {"LSL201"}),
        ([Choice(select=("LSL1",), ignore=("double-softmax",))], {"LSL101", "LSL111"}),
        ([Choice(select=("LSL101",), ignore=("LSL1",))], {"LSL101"}),
        ([Choice(select=("double-sigmoid",), ignore=("LSL101",))], set()),
        ([Choice(select=("ALL",), ignore=("LSL", "LSL9"), extend_select=("LSL90",))], {"ACM101", "LSL900", "LSL901"}),
        ([Choice(select=("ACM",))], {"ACM101"}),
        ([Choice(select=())], set()),
        # The command line is a layer over the file.
        ([Choice(ignore=("LSL101",)), Choice(select=("LSL101",))], {"LSL101"}),
        ([Choice(select=("LSL101", "LSL104")), Choice(ignore=("LSL1",))], set()),
        ([Choice(ignore=("LSL101",)), Choice(extend_select=("LSL101",))], DEFAULT),
        ([Choice(extend_select=("LSL201",)), Choice(ignore=("LSL2",))], DEFAULT),
    ],
)
def test_layers_of_selection(layers: list[Choice], chosen: set[str]) -> None:
    assert codes(*layers) == chosen


@pytest.mark.parametrize(
    ("selector", "said"),
    [
        ("double-sigmod", "did you mean `double-sigmoid`?"),
        ("double_sigmoid", "did you mean `double-sigmoid`?"),
        ("lsl101", "did you mean `LSL101`?"),
        ("F401", "`lossl rules` lists them"),
    ],
)
def test_an_unknown_selector_is_refused(selector: str, said: str) -> None:
    for config in (
        Config(select=(selector,)),
        Config(ignore=(selector,)),
        Config(per_file_ignores=(("*", (selector,)),)),
    ):
        with pytest.raises(UsageError, match=f"there is no rule `{selector}`"):
            selection(config, RULES)
    with pytest.raises(UsageError) as caught:
        find(selector + "!", KNOWN)
    assert said in str(caught.value)


def test_find_takes_names_and_codes() -> None:
    assert find("LSL101", KNOWN) is find("double-sigmoid", KNOWN) is find("lsl101", KNOWN) is RULES[0]


def test_selection_of_findings() -> None:
    place = Range(Position(1, 1), Position(1, 2))
    config = Config(root="/p", per_file_ignores=(("tests/*", ("LSL101",)), ("old.py", ("ALL",))))
    selected = selection(config, RULES)

    def included(rule: BuiltIn, path: str) -> bool:
        return selected.includes(Diagnostic(rule.name, rule.code, rule.severity, "", Location(path, None, place)))

    assert included(RULES[0], "/p/train.py")
    assert not included(RULES[0], "/p/tests/test_train.py")
    assert included(RULES[1], "/p/tests/test_train.py")
    assert not included(RULES[1], "/p/a/old.py")
    assert not included(RULES[3], "/p/train.py")
