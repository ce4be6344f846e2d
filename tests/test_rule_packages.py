"""Rules of other packages: found by their entry points, treated like any other, and no danger to the rest."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
EXAMPLE = ROOT / "tests" / "packages" / "acme-rules"
TRAIN = """\
import torch
import torch.nn as nn

model = nn.Sequential(nn.Linear(8, 1), nn.Sigmoid())
x, y = torch.randn(32, 8), torch.rand(32, 1).round()
loss = nn.BCEWithLogitsLoss()(model(x), y)
total = nn.MultiLabelSoftMarginLoss(reduction="sum")(nn.Linear(8, 4)(x), torch.rand(32, 4).round())
"""


def install(site: Path, package: str, entry: str, **modules: str) -> None:
    """Lay a package into a folder of its own as an installer would: its code, and what says that it is there."""
    info = site / f"{package.replace('-', '_')}-1.0.dist-info"
    info.mkdir(parents=True)
    (info / "METADATA").write_text(f"Metadata-Version: 2.1\nName: {package}\nVersion: 1.0\n", "utf-8")
    (info / "entry_points.txt").write_text(f"[lossl.rules]\nown = {entry}\n", "utf-8")
    for name, text in modules.items():
        (site / f"{name}.py").write_text(text, "utf-8")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A folder of installed packages that holds the example."""
    site = tmp_path / "site"
    install(site, "acme-rules", "acme_rules")
    shutil.copytree(EXAMPLE / "acme_rules", site / "acme_rules")
    return site


def run(site: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """Run lossl where these packages are installed, in a folder with a script to check."""
    folder = site.parent / "work"
    folder.mkdir(exist_ok=True)
    if not (folder / "train.py").exists():
        (folder / "train.py").write_text(TRAIN, "utf-8")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(site)])}
    command = [sys.executable, "-m", "lossl", *words]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def found(done: subprocess.CompletedProcess[str]) -> list[str]:
    """The rules that spoke."""
    return [each["rule"] for each in json.loads(done.stdout)["diagnostics"]]


def test_its_rules_speak_like_any_other(site: Path) -> None:
    done = run(site, "check", "--output-format", "json")
    assert (done.returncode, done.stderr) == (1, "")
    assert found(done) == ["double-sigmoid", "summed-loss"]
    own = json.loads(done.stdout)["diagnostics"][1]
    assert (own["code"], own["severity"], own["range"]["start"]["line"]) == ("ACM101", "warning", 7)
    assert own["url"] == "https://rules.acme.example/summed-loss"
    assert [fix["title"] for fix in own["fixes"]] == ["Drop reduction"]


@pytest.mark.parametrize(
    ("options", "speaking"),
    [
        (("--select", "ACM"), ["summed-loss"]),
        (("--ignore", "ACM101"), ["double-sigmoid"]),
        (("--select", "summed-loss"), ["summed-loss"]),
    ],
)
def test_its_rules_can_be_selected(site: Path, options: tuple[str, ...], speaking: list[str]) -> None:
    assert found(run(site, "check", "--output-format", "json", *options)) == speaking


def test_its_findings_can_be_repaired_and_ignored(site: Path) -> None:
    run(site, "rules")
    script = site.parent / "work" / "train.py"
    script.write_text(
        TRAIN.replace("round())\n", "round())  # lossl: ignore[summed-loss]\n").replace(", nn.Sigmoid()", "")
    )
    assert run(site, "check").returncode == 0
    script.write_text(TRAIN, "utf-8")
    assert run(site, "check", "--unsafe-fixes", "--fix", "--select", "ACM101").returncode == 0
    assert "MultiLabelSoftMarginLoss()(" in script.read_text("utf-8")


def test_its_rules_are_listed_and_explained(site: Path) -> None:
    assert "ACM101  warning  summed-loss" in run(site, "rules").stdout
    page = run(site, "explain", "ACM101").stdout
    assert page.startswith("# summed-loss (ACM101)\n\nA loss is summed over the batch.\n")
    assert "since version 1.0 of acme-rules. This page on the web: https://rules.acme.example/summed-loss" in page
    assert "summed-loss (ACM101)" in run(site, "explain", "--symptom", "loss in the thousands").stdout


RULE = '''\
"""A page."""
from lossl.rule import Breach, Finding, LossCall, Meaning, NeedKind, Severity, rule
@rule(code="{code}", name="{name}", severity=Severity.ERROR, since="1.0", {pairs})
def check(subject):
    {body}
'''


@pytest.mark.parametrize(
    ("module", "said"),
    [
        ("raise RuntimeError('out of order')", "RuntimeError: out of order"),
        ("def broken(", "SyntaxError: "),
        ("import nowhere_to_be_found", "ModuleNotFoundError: No module named 'nowhere_to_be_found'"),
        (
            RULE.format(code="LSL101", name="mine", pairs="on=LossCall", body="return None"),
            "Clash: LSL101 mine and LSL101 double-sigmoid both claim LSL101",
        ),
        (
            RULE.format(
                code="BAD1",
                name="mine",
                pairs="needs=(NeedKind.SIGMOID_LOGITS,), found=(Meaning.PROBABILITY,)",
                body="return None",
            ),
            "Clash: BAD1 mine and LSL101 double-sigmoid both claim (sigmoid-logits, probability)",
        ),
    ],
)
def test_a_package_that_cannot_be_used_silences_nobody(site: Path, module: str, said: str) -> None:
    install(site, "bad-rules", "bad_rules", bad_rules=module)
    done = run(site, "check", "--output-format", "json")
    assert done.returncode == 2
    assert found(done) == ["double-sigmoid", "summed-loss"]
    (failure,) = json.loads(done.stdout)["failures"]
    assert failure["message"].startswith(f"the rule package bad-rules cannot be used: {said}")
    assert "Traceback" in failure["detail"]
    assert done.stderr == f"lossl: {failure['message']}\n"
    listed = run(site, "rules")
    assert "ACM101" in listed.stdout
    assert "bad-rules cannot be used" in listed.stderr
    assert listed.returncode == 0
    selecting = run(site, "check", "--select", "BAD")
    assert selecting.returncode == 2
    assert "there is no rule `BAD`" in selecting.stderr
    assert "bad-rules cannot be used" in selecting.stderr


def test_an_entry_point_that_names_no_module(site: Path) -> None:
    install(site, "bad-rules", "bad_rules:check", bad_rules="check = 1")
    (failure,) = json.loads(run(site, "check", "--output-format", "json").stdout)["failures"]
    assert "bad-rules cannot be used: TypeError: its entry point names 1, which is no module" in failure["message"]


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("raise ValueError('odd')", "ValueError: odd"),
        ("return 'a text'", "TypeError: it gives 'a text', which is no Finding"),
        ("return Finding(None, '')", "TypeError: "),
    ],
)
def test_a_rule_that_fails_silences_nobody(site: Path, body: str, said: str) -> None:
    text = RULE.format(code="BAD1", name="mine", pairs="on=LossCall", body=body)
    install(site, "bad-rules", "bad_rules", bad_rules=text)
    done = run(site, "check", "--output-format", "json")
    assert (done.returncode, found(done)) == (2, ["double-sigmoid", "summed-loss"])
    messages = {failure["message"] for failure in json.loads(done.stdout)["failures"]}
    assert len(messages) == 1
    assert messages.pop().startswith(f"the rule mine of bad-rules failed: {said}")
