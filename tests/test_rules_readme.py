"""`rules/README.md` is an index of the rules, by family and by symptom; `--regenerate` writes it from their pages."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

from lossl.registry import all_rules
from lossl.rule import Rule
from lossl.selection import BUILT_IN, BuiltIn
from lossl.symptom import Symptom, about, symptoms

ROOT = Path(__file__).parent.parent
README = ROOT / "rules" / "README.md"
FAMILIES = {
    "LSL1": "Output and loss",
    "LSL2": "Fragile numerics",
    "LSL3": "Arguments and targets",
    "LSL4": "Reading the outputs",
    "LSL9": "Files and comments",
}
HEADINGS = {
    "nan": "nan or infinite",
    "negative": "Below zero, or without end",
    "huge": "Below zero, or without end",
    "one class": "Only one class",
    "zero": "Zero from the start",
    "stuck": "Nothing moves",
}
"""Under which heading a topic of symptoms without figures stands; the first that fits counts."""


def document() -> str:
    """The whole page."""
    lines = [
        "# Rules",
        "",
        "Written by `python -m pytest tests/test_rules_readme.py --regenerate`. Each rule is a file here; its",
        "docstring is its page, which `lossl explain NAME` shows. How to write one:",
        "[docs/writing-a-rule.md](../docs/writing-a-rule.md).",
        "",
        "## By family",
    ]
    for prefix, family in FAMILIES.items():
        group = [rule for rule in (*all_rules(), *BUILT_IN) if rule.code.startswith(prefix)]
        if group:
            lines += ["", f"### {family}", "", "| code | rule | what it finds | level | fix |", "|---|---|---|---|---|"]
            lines += [row(rule) for rule in group]
    known = symptoms(all_rules())
    lines += [
        "",
        "## By symptom",
        "",
        'From what you see; `lossl explain --symptom "stuck at 0.693"` searches this.',
        "",
    ]
    lines += ["### The loss is at a figure", "", "| figure | rules |", "|---|---|", *by_figure(known)]
    for heading, group in by_heading(known).items():
        lines += ["", f"### {heading}", ""]
        for seen in dict.fromkeys(symptom.seen for symptom in group):
            rules = ", ".join(link(symptom.rule) for symptom in group if symptom.seen == seen)
            lines.append(f"- {seen}: {rules}")
    return "\n".join(lines) + "\n"


def row(rule: Rule | BuiltIn) -> str:
    """A rule in the table of its family."""
    title = rule.page.strip().splitlines()[0].removesuffix(".")
    name = link(rule) if isinstance(rule, Rule) else rule.name
    return f"| {rule.code} | {name} | {title} | {rule.severity.value} | {fix(rule.name)} |"


def link(rule: Rule) -> str:
    """The rule's name, leading to its file."""
    return f"[{rule.name}]({rule.name.replace('-', '_')}.py)"


def fix(name: str) -> str:
    """The commonest fix in the rule's fixtures, a safe one first, and whether it is ever safe."""
    table = ROOT / "fixtures" / name / "fixes.tsv"
    if not table.exists():
        return "remove it" if name == "unused-ignore" else ""
    rows = list(csv.DictReader(table.open(encoding="utf-8"), delimiter="\t"))
    rows.sort(key=lambda each: each["safety"] != "safe")
    (title, _), *_ = Counter(each["fix"] for each in rows).most_common(1) or [("", 0)]
    safe = any(each["safety"] == "safe" for each in rows if each["fix"] == title)
    return f"{title[:1].lower()}{title[1:]} ({'safe' if safe else 'unsafe'})" if title else ""


def by_figure(known: Iterable[Symptom]) -> Iterator[str]:
    """The rows of the table of figures."""
    found: dict[float, dict[str, None]] = {}
    for symptom in known:
        for _, figure in about(symptom.seen).figures:
            if "loss" in about(symptom.seen).subjects:
                found.setdefault(figure, {})[link(symptom.rule)] = None
    for figure, rules in sorted(found.items()):
        yield f"| {figure:g} | {', '.join(rules)} |"


def by_heading(known: Iterable[Symptom]) -> dict[str, list[Symptom]]:
    """The symptoms without figures, under headings."""
    found: dict[str, list[Symptom]] = {heading: [] for heading in (*HEADINGS.values(), "Other words")}
    for symptom in known:
        said = about(symptom.seen)
        if said.figures and "loss" in said.subjects:
            continue
        topic = next((topic for topic in HEADINGS if topic in said.topics and "Error" not in symptom.seen), None)
        found[HEADINGS[topic] if topic else "Other words"].append(symptom)
    return {heading: group for heading, group in found.items() if group}


def test_it_is_up_to_date(regenerate: bool) -> None:
    if regenerate:
        README.write_text(document(), "utf-8")
    assert README.read_text("utf-8") == document(), "write it with --regenerate"


def test_every_rule_is_in_it() -> None:
    text = README.read_text("utf-8")
    for rule in all_rules():
        assert f"| {rule.code} | {link(rule)} |" in text
        assert (README.parent / f"{rule.name.replace('-', '_')}.py").exists()
    assert all(any(rule.code.startswith(prefix) for prefix in FAMILIES) for rule in (*all_rules(), *BUILT_IN))


def test_every_symptom_is_in_it() -> None:
    text = README.read_text("utf-8")
    for symptom in symptoms(all_rules()):
        figures = [f"| {figure:g} |" for _, figure in about(symptom.seen).figures]
        assert symptom.seen in text or (figures and all(figure in text for figure in figures))


def test_its_links_lead_somewhere() -> None:
    for target in re.findall(r"\]\(([^)]+)\)", README.read_text("utf-8")):
        assert (README.parent / target).exists()
