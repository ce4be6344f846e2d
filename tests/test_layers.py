"""The house keeps its layers: imports go down only, the interpreter names no framework, rules walk no tree."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LAYERS = (
    {"config", "declared", "diagnostic", "errors", "tomllines"},
    {"meaning", "source"},
    {"interpret", "stubs"},
    {
        "baseline",
        "cache",
        "plain",
        "edits",
        "matrix",
        "parallel",
        "registry",
        "rule",
        "schema",
        "selection",
        "suppress",
        "symptom",
    },
    {"rules"},
    {"analysis", "findings", "ignoring", "kept", "check", "fix", "report", "trace", "watch"},
    {"__main__", "cli", "commands", "manual", "server"},
)
"""From the ground up; a package counts as one, whatever it holds."""
STRANGERS = ({"meaning", "source"}, {"interpret", "stubs"})
"""Neighbours in one layer that do not know each other."""
FOR_RULES = ("edits", "rule")
"""All of lossl that a rule may import."""
FRAMEWORKS = re.compile(r"\b(torch\w*|(tf_?)?keras|tensorflow|jax|flax|optax|lightning|fastai)\b")
FILES = sorted([*ROOT.glob("lossl/**/*.py"), *ROOT.glob("rules/*.py")])
RULES = [path for path in FILES if path.parent.name == "rules" and path.name != "__init__.py"]
ENGINE = [path for path in FILES if path.parent.name in ("interpret", "meaning", "source")]
OTHERS = [path for path in FILES if path not in ENGINE and path.parent.name not in ("rules", "stubs")]


def group(path: Path) -> str:
    """The file's name, or that of its package; empty for `lossl` itself."""
    parts = path.relative_to(ROOT).with_suffix("").parts
    return "rules" if parts[0] == "rules" else parts[1].replace("__init__", "")


def level(name: str) -> int:
    """The number of the layer that holds a group."""
    found = [number for number, layer in enumerate(LAYERS) if name in layer]
    assert found, f"say in LAYERS where lossl/{name} belongs"
    return found[0]


def imports(path: Path) -> Iterator[str]:
    """The modules a file imports when it runs; imports for type checking only are left out."""
    tree = ast.parse(path.read_text("utf-8"))
    hidden = {
        node
        for block in ast.walk(tree)
        if isinstance(block, ast.If) and ast.unparse(block.test) == "TYPE_CHECKING"
        for statement in block.body
        for node in ast.walk(statement)
    }
    for node in ast.walk(tree):
        if node in hidden:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_imports_go_down_only(path: Path) -> None:
    own = group(path)
    for module in imports(path):
        top, _, rest = module.partition(".")
        other = rest.split(".")[0]
        if top != "lossl" or not own or other == own or other == "__version__":
            continue
        assert level(other) <= level(own), f"{own} must not know {module}"
        assert not any({own, other} <= strangers for strangers in STRANGERS), f"{own} must not know {module}"


@pytest.mark.parametrize("path", RULES, ids=lambda path: path.stem)
def test_rules_walk_no_tree(path: Path) -> None:
    """A rule imports what is written for rules, and what Python brings along."""
    for module in imports(path):
        parts = module.split(".")
        known = parts[0] in sys.stdlib_module_names or (parts[0] == "lossl" and parts[1] in FOR_RULES)
        assert known, f"a rule must not know {module}"
        assert parts[0] not in ("ast", "tokenize", "io", "pathlib", "subprocess"), f"a rule must not need {module}"


@pytest.mark.parametrize("path", ENGINE, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_engine_names_no_framework(path: Path) -> None:
    """Not even in a comment."""
    assert not FRAMEWORKS.findall(path.read_text("utf-8"))


@pytest.mark.parametrize("path", OTHERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_only_words_of_stubs_and_rules_decide(path: Path) -> None:
    """Outside of stubs and rules, code depends on no framework's name; a docstring may give an example."""
    tree = ast.parse(path.read_text("utf-8"))
    documented = (ast.Module, ast.ClassDef, ast.FunctionDef)
    docstrings = {id(node.body[0]) for node in ast.walk(tree) if isinstance(node, documented) and node.body}
    prose = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and id(node) in docstrings}
    constants = [node for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)]
    texts = [str(node.value) for node in constants if id(node) not in prose]
    names = [node.id for node in ast.walk(tree) if isinstance(node, ast.Name)]
    assert not [text for text in texts + names if FRAMEWORKS.search(text)]


def test_the_command_line_starts_light() -> None:
    """What takes long to import is imported when it is needed."""
    heavy = ("libcst", "rich", "pygls", "pathspec", "lossl.check")
    script = f"import lossl.cli, sys; print([name for name in {heavy!r} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
