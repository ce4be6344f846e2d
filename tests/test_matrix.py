"""The whole table of needs against what is found: each contradiction belongs to one rule, and that one speaks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from rich.cells import cell_len

from lossl.check import check
from lossl.config import Config
from lossl.diagnostic import Outcome, Report, Severity
from lossl.matrix import OBJECTIONS, Cell, matrix
from lossl.meaning.meaning import Meaning
from lossl.meaning.need import Need, NeedKind
from lossl.meaning.thing import Tensor
from lossl.registry import all_rules, rule_for
from lossl.report import View
from lossl.report.matrix import as_json, as_text

CELLS = matrix(all_rules())
GIVES = {
    Meaning.LOGITS: "Logits",
    Meaning.PROBABILITY: "Probability",
    Meaning.DISTRIBUTION: "Distribution[1]",
    Meaning.LOG_PROBABILITY: "LogProbability",
    Meaning.LOG_DISTRIBUTION: "LogDistribution[1]",
    Meaning.NONNEGATIVE: "NonNegative",
    Meaning.BOUNDED: "Bounded",
    Meaning.CLASS_INDICES: "ClassIndices",
    Meaning.ONE_HOT: "OneHot",
    Meaning.BINARY_LABELS: "BinaryLabels",
    Meaning.LOSS: "Loss",
}
NEEDS = {
    NeedKind.SIGMOID_LOGITS: "Needs[SigmoidLogits]",
    NeedKind.SOFTMAX_LOGITS: "Needs[SoftmaxLogits]",
    NeedKind.DECLARED_LOGITS: 'Needs[DeclaredLogits["from_logits", "sigmoid"]]',
    NeedKind.PROBABILITY: "Needs[Probability]",
    NeedKind.DISTRIBUTION: "Needs[Distribution]",
    NeedKind.LOG_DISTRIBUTION: "Needs[LogDistribution]",
    NeedKind.LOG_PROBABILITY: "Needs[LogProbability]",
    NeedKind.TARGET: "Target",
    NeedKind.ACTIVATION: 'Activates["sigmoid"]',
    NeedKind.LOGARITHM: "Logarithm",
    NeedKind.THRESHOLD: "Thresholds",
    NeedKind.METRIC: "Measured[Probability]",
    NeedKind.METRIC_LOGITS: 'Measured[DeclaredLogits["from_logits"]]',
    NeedKind.LOGITS_PARAMETER: "LogitsParameter",
    NeedKind.PROBABILITY_PARAMETER: "ProbabilityParameter",
}
"""How a stub states a need. What a target has to be is decided by an option, so two are stated by two parameters."""
BY_OPTION = {NeedKind.PROBABILITY_TARGET: "False", NeedKind.LOG_TARGET: "True"}


def stub() -> Iterator[str]:
    """A library in which each need and each meaning has a function of its own."""
    yield "from lossl.stubs.vocabulary import *"
    for meaning, word in GIVES.items():
        yield f"def gives_{meaning.name.lower()}() -> {word}: ..."
    for need, word in NEEDS.items():
        yield f"def needs_{need.name.lower()}(x: {word}, from_logits=True) -> Loss: ..."
    for need, value in BY_OPTION.items():
        yield f'def needs_{need.name.lower()}(x: Target["logs"], logs={value}) -> Loss: ...'


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of stubs."""
    folder = tmp_path_factory.mktemp("stubs")
    (folder / "acme.pyi").write_text("\n".join(stub()) + "\n", "utf-8")
    return folder


def use(need: NeedKind, found: Meaning, library: Path, folder: Path) -> Report:
    """What lossl says of a program in which that need is given that meaning, and nothing else happens."""
    call = f"acme.needs_{need.name.lower()}(acme.gives_{found.name.lower()}())"
    (folder / "a.py").write_text(f"import acme\n\nloss = {call}  # a cross_entropy\n", "utf-8")
    config = Config(root=str(folder), select=("ALL",), stubs=(str(library),))
    report = check([str(folder / "a.py")], config)
    assert not report.failures
    return report


MEANT = [cell for cell in CELLS if isinstance(cell.found, Meaning)]


def test_every_pair_has_a_way_to_be_stated() -> None:
    assert {*NEEDS, *BY_OPTION} == set(NeedKind)
    assert set(GIVES) == set(Meaning)
    assert [(cell.need, cell.found) for cell in CELLS] == [(need, found) for need in NeedKind for found in OBJECTIONS]


@pytest.mark.parametrize("cell", CELLS, ids=lambda cell: f"{cell.need!r}-{cell.found!r}")
def test_no_pair_has_two_rules(cell: Cell) -> None:
    """Each contradiction has exactly one; what is right has none, unless that merely remarks something."""
    assert len(cell.rules) <= 1
    assert not (cell.right and cell.wrong)
    if cell.wrong:
        assert len(cell.rules) == 1
    if cell.rules:
        assert rule_for(cell.need, cell.found) is cell.rules[0]


@pytest.mark.parametrize(
    "cell", [cell for cell in MEANT if cell.need.of_prediction], ids=lambda cell: f"{cell.need!r}-{cell.found!r}"
)
def test_exactly_that_rule_speaks(cell: Cell, library: Path, tmp_path: Path) -> None:
    """End to end: a program with just this pair, all rules selected."""
    assert isinstance(cell.found, Meaning)
    report = use(cell.need, cell.found, library, tmp_path)
    spoke = [found.rule for found in report.diagnostics]
    (verdict,) = report.verdicts
    if cell.wrong:
        assert spoke == [rule.name for rule in cell.rules]
        assert verdict.outcome is Outcome.WRONG
        return
    # What is no contradiction may be remarked by its rule, as an info; nobody else speaks.
    assert set(spoke) <= {rule.name for rule in cell.rules}
    assert all(found.severity is Severity.INFO for found in report.diagnostics)
    assert verdict.outcome is (Outcome.RIGHT if cell.right else Outcome.UNKNOWN)


@pytest.mark.parametrize(
    "cell", [cell for cell in MEANT if not cell.need.of_prediction], ids=lambda cell: f"{cell.need!r}-{cell.found!r}"
)
def test_nobody_else_speaks(cell: Cell, library: Path, tmp_path: Path) -> None:
    """Of what is no loss: at most the rule of the pair, which may look at more than the pair."""
    assert isinstance(cell.found, Meaning)
    report = use(cell.need, cell.found, library, tmp_path)
    assert {found.rule for found in report.diagnostics} <= {rule.name for rule in cell.rules}
    assert not report.verdicts


def test_a_cell_is_what_the_need_says() -> None:
    for cell in MEANT:
        assert isinstance(cell.found, Meaning)
        assert cell.wrong is Need(cell.need).contradicts(cell.found)
        assert not cell.rules or Need(cell.need).objection(Tensor(cell.found)) is cell.found


@pytest.mark.parametrize("width", [60, 80, 120, 200])
def test_the_table_fits(width: int) -> None:
    shown = as_text(CELLS, View("/", width))
    assert max(map(len, shown.splitlines())) <= max(width, 88)
    for rule in {rule for cell in CELLS for rule in cell.rules}:
        assert rule.code in shown
    colored = as_text(CELLS, View("/", width, color=True))
    assert "\x1b[" in colored
    plain = [re.sub(r"\x1b\[[\d;]*m", "", line) for line in colored.splitlines()]
    assert [line.rstrip() for line in plain] == shown.splitlines()
    assert max(map(cell_len, plain)) <= max(width, 88)


def test_the_table_as_json() -> None:
    rows = json.loads(as_json(CELLS))
    assert len(rows) == len(CELLS)
    assert {
        "need": "sigmoid-logits",
        "found": "probability",
        "state": "rule",
        "rule": "double-sigmoid",
        "code": "LSL101",
    } in rows
    assert {row["state"] for row in rows} <= {"rule", "right", "wrong", "unknown"}
