"""The report for other programs: SARIF, GitHub Actions, GitLab, JUnit, lines of JSON."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from lossl import __version__
from lossl.diagnostic import Edit, Fix, Location, Position, Range, Report, Severity, Step
from lossl.errors import Failure
from lossl.report import View, render
from tests.test_report import FINDING, REPORT, ROOT

VIEW = View(ROOT)
FAILED = Failure(f"{ROOT}/a,b:c.py", "50% of it\nfailed")


def sarif(report: Report) -> dict[str, Any]:
    """The one run of the document."""
    document = json.loads(render(report, "sarif", VIEW))
    assert document["version"] == "2.1.0"
    assert document["$schema"].endswith("sarif-2.1.0.json")
    (run,) = document["runs"]
    assert run["columnKind"] == "unicodeCodePoints"
    return dict(run)


def test_sarif_names_the_tool_and_its_rules() -> None:
    driver = sarif(REPORT)["tool"]["driver"]
    assert (driver["name"], driver["version"]) == ("lossl", __version__)
    (rule,) = driver["rules"]
    assert (rule["id"], rule["name"], rule["defaultConfiguration"]) == ("LSL101", "double-sigmoid", {"level": "error"})
    assert rule["shortDescription"]["text"] == "A probability is passed to a loss that applies sigmoid itself."
    assert rule["helpUri"] == "https://lossl.dev/rules/double-sigmoid/"
    assert "## Why is this bad?" in rule["help"]["markdown"]


def test_sarif_has_the_place_and_the_way_there() -> None:
    (result,) = sarif(REPORT)["results"]
    assert (result["ruleId"], result["ruleIndex"], result["level"]) == ("LSL101", 0, "error")
    assert result["message"]["text"].startswith(FINDING.message + ". the loss cannot fall")
    (location,) = result["locations"]
    assert location["physicalLocation"] == {
        "artifactLocation": {"uri": "train.py", "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": 9, "startColumn": 22, "endLine": 9, "endColumn": 25},
    }
    ((flow,),) = (each["threadFlows"] for each in result["codeFlows"])
    stations = [
        (at["location"]["physicalLocation"]["artifactLocation"]["uri"], at["location"]["message"]["text"])
        for at in flow["locations"]
    ]
    assert stations == [
        ("models/net.py", "becomes a probability"),
        ("models/net.py", "comes out of Sequential"),
        ("train.py", "comes out of Net"),
    ]


def test_sarif_has_the_fixes() -> None:
    (result,) = sarif(REPORT)["results"]
    safe, unsafe = result["fixes"]
    assert safe["description"]["text"] == "Remove the sigmoid"
    assert unsafe["description"]["text"] == "Use BCELoss (unsafe: it is shared)"
    (change,) = safe["artifactChanges"]
    assert change["artifactLocation"]["uri"] == "models/net.py"
    assert change["replacements"] == [
        {
            "deletedRegion": {"startLine": 5, "startColumn": 13, "endLine": 5, "endColumn": 26},
            "insertedContent": {"text": ""},
        }
    ]


def test_sarif_of_a_notebook() -> None:
    """Lines count within a cell, so there is no region of the file, and no replacement in it."""
    at = Location(f"{ROOT}/my notes.ipynb", 2, Range(Position(4, 5), Position(4, 9)))
    found = replace(FINDING, location=at, trail=(Step(at, "here"),), fixes=(Fix("Do", (Edit(at, ""),), True),))
    (result,) = sarif(Report((found,)))["results"]
    (location,) = result["locations"]
    assert location["physicalLocation"] == {"artifactLocation": {"uri": "my%20notes.ipynb", "uriBaseId": "%SRCROOT%"}}
    assert location["logicalLocations"][0]["name"] == "cell 3, line 4, column 5"
    assert "fixes" not in result


def test_sarif_of_what_failed() -> None:
    run = sarif(Report((), failures=(FAILED, Failure("", "no place"))))
    (invocation,) = run["invocations"]
    assert invocation["executionSuccessful"] is False
    first, second = invocation["toolExecutionNotifications"]
    assert first["message"]["text"] == FAILED.what
    assert first["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%2Cb%3Ac.py"
    assert "locations" not in second
    assert sarif(Report())["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_sarif_tells_findings_apart_by_what_stays_when_lines_move() -> None:
    moved = replace(FINDING, location=replace(FINDING.location, range=Range(Position(90, 1), Position(90, 2))))
    other = replace(FINDING, message="something else")
    prints = [result["partialFingerprints"]["lossl/v1"] for result in sarif(Report((FINDING, moved, other)))["results"]]
    assert prints[0] == prints[1] != prints[2]


def test_sarif_of_a_rule_that_is_not_installed_and_of_a_file_elsewhere() -> None:
    at = Location("/elsewhere/a.py", None, FINDING.location.range)
    run = sarif(Report((replace(FINDING, code="ACM1", rule="gone", location=at),)))
    assert run["tool"]["driver"]["rules"] == [{"id": "ACM1"}]
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"] == {
        "uri": "file:///elsewhere/a.py"
    }


def test_github() -> None:
    assert render(REPORT, "github", VIEW) == (
        "::error title=lossl (LSL101),file=train.py,line=9,endLine=9,col=22,endColumn=25::"
        "train.py:9:22: double-sigmoid: `criterion` applies sigmoid itself, but `out` is already a probability"
        "%0Athe loss cannot fall below 0.313 for y=1 or 0.693 for y=0, and the gradient is far too small\n"
    )


@pytest.mark.parametrize(
    ("severity", "command"), [(Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "notice")]
)
def test_levels(severity: Severity, command: str) -> None:
    report = Report((replace(FINDING, severity=severity),))
    assert render(report, "github", VIEW).startswith(f"::{command} title=")
    assert sarif(report)["results"][0]["level"] == ("note" if command == "notice" else command)


def test_github_of_several_lines_of_a_cell_and_of_what_failed() -> None:
    several = replace(FINDING, location=Location(f"{ROOT}/a.py", None, Range(Position(1, 5), Position(3, 2))))
    cell = replace(FINDING, location=Location(f"{ROOT}/a.ipynb", 0, Range(Position(1, 5), Position(1, 6))))
    lines = render(Report((several, cell), failures=(FAILED, Failure("", "odd"))), "github", VIEW).splitlines()
    assert lines[0].startswith("::error title=lossl (LSL101),file=a.py,line=1,endLine=3::a.py:1:5: ")
    assert lines[1].startswith("::error title=lossl (LSL101),file=a.ipynb::a.ipynb:cell 1:1:5: ")
    assert lines[2:] == ["::error title=lossl,file=a%2Cb%3Ac.py::50%25 of it%0Afailed", "::error title=lossl::odd"]
    assert render(Report(), "github", VIEW) == ""


def test_lines_of_json_are_the_objects_of_json() -> None:
    report = replace(REPORT, failures=(FAILED,))
    whole = json.loads(render(report, "json", VIEW))
    lines = [json.loads(line) for line in render(report, "jsonl", VIEW).splitlines()]
    assert [line.pop("type") for line in lines] == ["diagnostic", "failure"]
    assert lines == [*whole["diagnostics"], *whole["failures"]]
    assert render(Report(), "jsonl", VIEW) == ""


def test_gitlab_has_what_a_merge_request_shows() -> None:
    report = replace(REPORT, diagnostics=(FINDING, FINDING), failures=(FAILED,))
    first, second, failed = json.loads(render(report, "gitlab", VIEW))
    assert (first["check_name"], first["severity"]) == ("LSL101", "major")
    assert first["location"] == {"path": "train.py", "lines": {"begin": 9}}
    assert first["description"] == FINDING.message
    assert (failed["severity"], failed["description"]) == ("blocker", FAILED.what)
    assert len({first["fingerprint"], second["fingerprint"], failed["fingerprint"]}) == 3


def test_gitlab_knows_a_finding_that_moved() -> None:
    moved = replace(FINDING, location=replace(FINDING.location, range=Range(Position(50, 1), Position(50, 4))))
    before, after = (json.loads(render(Report((found,)), "gitlab", VIEW)) for found in (FINDING, moved))
    assert before[0]["fingerprint"] == after[0]["fingerprint"]
    assert before[0]["location"] != after[0]["location"]


def test_junit_has_a_failed_case_for_each_finding() -> None:
    odd = replace(FINDING, message="`a<b>` & \x00")
    root = ET.fromstring(render(replace(REPORT, diagnostics=(odd,), failures=(FAILED,)), "junit", VIEW))
    suite, broken = root.findall("testsuite")
    assert (suite.get("name"), suite.get("tests"), suite.get("failures")) == ("train.py", "1", "1")
    (case,) = suite.findall("testcase")
    assert (case.get("name"), case.get("file"), case.get("line")) == ("LSL101 double-sigmoid", "train.py", "9")
    (failure,) = case.findall("failure")
    assert (failure.get("message") or "").startswith("`a<b>` & ")
    assert failure.get("type") == "error"
    assert broken.find("testcase/error") is not None


def test_junit_has_a_passed_case_if_nothing_is_wrong() -> None:
    root = ET.fromstring(render(Report(), "junit", VIEW))
    assert [case.tag for case in root.iter("testcase")] == ["testcase"]
    assert not list(root.iter("failure"))
