"""What people see, and the rules that explain it, for `lossl explain --symptom`: text and JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from textwrap import wrap

from rich.text import Text

from lossl.report import View, to_string
from lossl.report.json import dump
from lossl.report.paths import printable
from lossl.report.text import STYLES
from lossl.symptom import Answer, Symptom

WIDEST = 100


def as_text(asked: str, answer: Answer, known: Iterable[Symptom], view: View) -> str:
    """The symptoms that fit, by rule, best first; if none does, it says so and names all there are."""
    lines: list[Text] = []
    if not answer.symptoms:
        lines += [Text(f"No rule explains `{printable(asked)}`. These symptoms are known:"), Text()]
    elif answer.strange:
        lines += [Text(f"No rule knows the figure {' and '.join(answer.strange)}. By the words alone:"), Text()]
    shown = answer.symptoms or tuple(known)
    for rule in dict.fromkeys(symptom.rule for symptom in shown):
        lines.append(Text(f"{rule.name} ({rule.code})", STYLES[rule.severity]))
        for symptom in shown:
            if symptom.rule is rule:
                lines += _item(symptom, min(view.width, WIDEST), because=bool(answer.symptoms))
        lines.append(Text())
    if answer.symptoms:
        name = answer.symptoms[0].rule.name
        lines.append(Text(f"lossl explain {name} says more, and lossl check finds such places."))
    return to_string(lines, color=view.color)


def as_json(asked: str, answer: Answer) -> str:
    """One object: the question, what fits, best first, and the figures that no rule knows."""
    found = [
        {
            "rule": each.rule.name,
            "code": each.rule.code,
            "severity": each.rule.severity.value,
            "seen": each.seen,
            "why": each.why,
            "url": each.rule.url,
        }
        for each in answer.symptoms
    ]
    return dump({"symptom": asked, "matches": found, "unknown_figures": list(answer.strange)})


def _item(symptom: Symptom, width: int, *, because: bool) -> Iterator[Text]:
    for line in wrap(symptom.seen, width - 2, break_on_hyphens=False):
        yield Text("  " + line, "bold")
    for line in wrap(symptom.why if because else "", width - 4, break_on_hyphens=False):
        yield Text("    " + line)
