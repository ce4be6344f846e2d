"""From what people see on their screens to the rules that explain it: `stuck at 0.693`, `loss is negative`.

The knowledge belongs to the rules: in the section `Symptoms` of a page, each item is `**what is seen**: why`. What
somebody types is compared with what is seen, forgivingly: by figures, by what the words are about, by their stems.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from lossl.rule import Rule

CLOSE = 0.01
"""Two figures are the same within this share of them."""
THOUSAND = 1000
ALIKE = 0.8
"""How much two words have to be alike, as `difflib` counts it, to be the same with a slip of the pen."""

TOPICS = {
    "stuck": r"stuck|plateau|flat|constant|stagnat|settl|converg|saturat|hover|starts? at|floor|fenced|no progress|"
    r"(?:not|never|no|nothing|hardly|barely|cannot|stops?|stopped)\b(?: \w+){0,2}? (?:go|gets?|come|mov|chang|decreas|"
    r"improv|drop|fall|learn|progress|below|under|increas)|no longer",
    "negative": r"negative\b(?! class)|(?:below|under|less than|<) ?(?:0|zero)(?![.\d])|minus",
    "huge": r"explod|explosi|thousand|million|huge|diverg|overflow|blow|gigantic|enormous|without end|1e\d",
    "nan": r"\bnans?\b|not a number|\binf\b|infinit",
    "one class": r"\b(?:one|same|single|1) (?:class|label|categor|output|predict)|"
    r"\b(?:all|everything|always|only|never)\b(?: \w+){0,3} (?:zeros?|ones?|positive|negative|class|label)|"
    r"\bclass \d|constant predict|collaps",
    "alike": r"uniform|(?:nearly|almost|about|all) (?:the same|equal|alike)",
    "zero": r"\b(?:loss|gradient|f1)\w* ?(?:is|of|goes to|becomes|=|:)? ?(?:exactly )?(?:0(?:\.0+)?|zero)(?![.\d])",
    "slow": r"slow|takes? (?:long|forever)|vanish",
}
"""What a symptom may be about, and how people say so; looked for in lower case."""
SUBJECTS = {
    "loss": r"loss|cost|entropy|objective|divergence",
    "accuracy": r"accurac|\bacc\b|\bf1\b|\bauc\b|score",
    "probabilities": r"probabilit|confidence",
    "gradient": r"gradient",
}
"""Whose symptom it is. What is said of one subject is not an answer to a question about another."""
IDLE = (
    "a about all an and are around as at be by can do does for from get gets go has have i in is it its keep keeps "
    "like my near not of on or out stay stays that the their them then there they this to value was what when why with "
    "you model network training train loss losses accuracy"
)
"""Words that say nothing of their own here."""


@dataclass(frozen=True)
class Symptom:
    """An item of a rule's page: what is seen, and why."""

    rule: Rule
    seen: str
    why: str


@dataclass(frozen=True)
class Answer:
    """The symptoms that fit a question, best first; `strange` are figures of the question that no rule knows."""

    symptoms: tuple[Symptom, ...]
    strange: tuple[str, ...] = ()


@dataclass(frozen=True)
class Said:
    """What a text is about: figures as written and as numbers, topics, subjects, stems of the other words."""

    figures: tuple[tuple[str, float], ...]
    topics: frozenset[str]
    subjects: frozenset[str]
    stems: frozenset[str]


def symptoms(rules: Iterable[Rule]) -> tuple[Symptom, ...]:
    """All symptoms that the pages of these rules tell of, in their order."""
    return tuple(
        Symptom(rule, " ".join(seen.split()), " ".join(why.split()))
        for rule in rules
        for seen, why in _ITEM.findall(rule.section("Symptoms"))
    )


def diagnose(question: str, known: Iterable[Symptom]) -> Answer:
    """The symptoms that fit what somebody sees.

    If the question names a figure that some rule knows, those with the figure; otherwise those that its words fit.
    """
    asked = about(question)
    compared = [(symptom, about(symptom.seen)) for symptom in known]
    compared = [(symptom, said) for symptom, said in compared if not _differ(asked.subjects, said.subjects)]
    by_figure = [(symptom, said) for symptom, said in compared if _shared(asked, said)]
    chosen = by_figure or [(symptom, said) for symptom, said in compared if _fits(asked, said)]
    ranked = sorted(chosen, key=lambda pair: -_likeness(asked, pair[1]))
    strange = () if by_figure else tuple(written for written, _ in asked.figures)
    return Answer(tuple(symptom for symptom, _ in ranked), strange)


def _differ(first: frozenset[str], second: frozenset[str]) -> bool:
    return bool(first and second) and not first & second


def _shared(asked: Said, said: Said) -> int:
    """How many figures of the question the symptom has as well."""
    return sum(any(_same(figure, other) for _, other in said.figures) for _, figure in asked.figures)


def _same(first: float, second: float) -> bool:
    return math.isclose(first, second, rel_tol=CLOSE)


def _fits(asked: Said, said: Said) -> bool:
    """True if all that the question is about is in the symptom, or at least half of its words are."""
    if asked.topics:
        return asked.topics <= said.topics
    return bool(asked.stems) and _common(asked, said) * 2 >= len(asked.stems)


def _likeness(asked: Said, said: Said) -> float:
    topics = len(asked.topics & said.topics) - len(said.topics - asked.topics) / 4
    subjects = len(asked.subjects & said.subjects) / 2
    words = _common(asked, said) / (len(asked.stems) or 1)
    return 4 * _shared(asked, said) + 2 * topics + subjects + words


def _common(asked: Said, said: Said) -> int:
    return sum(bool(get_close_matches(stem, said.stems, n=1, cutoff=ALIKE)) for stem in asked.stems)


def about(text: str) -> Said:
    """What a text in anybody's words is about."""
    text = _prepared(text)
    topics = {topic for topic, words in TOPICS.items() if re.search(words, text)}
    text, figures = _COUNT.sub(" ", text), []
    for sign, written in _FIGURE.findall(text):
        figure = float(written.rstrip("%")) / (100 if written.endswith("%") else 1)
        if sign and figure:
            topics.add("negative")
        if figure >= THOUSAND:
            topics.add("huge")
        elif figure and not sign:
            figures.append((written, figure))
    subjects = {subject for subject, words in SUBJECTS.items() if re.search(words, text)}
    stems = {_stem(word) for word in re.findall(r"[a-z_]{2,}", text) if word not in _IDLE}
    return Said(tuple(figures), frozenset(topics), frozenset(subjects), frozenset(stems))


def _prepared(text: str) -> str:
    """In lower case, `ln 10` computed, commas within numbers resolved."""
    text = text.lower().replace("\u2019", "'").replace("can't", "cannot").replace("won't", "not").replace("n't", " not")
    text = _LOGARITHM.sub(lambda found: f"{math.log(max(int(found[1]), 1)):.4f}", text)
    return _COMMA.sub(lambda found: found[0].replace(",", "" if found[1] != "0" and len(found[2]) == 3 else "."), text)


def _stem(word: str) -> str:
    """A word without what inflection adds, roughly."""
    return re.sub(r"(?:ing|ed|es|s|ly)$", "", word) if len(word) > 4 else word


_IDLE = frozenset(IDLE.split())
_ITEM = re.compile(r"^- \*\*(.+?)\*\*: (.*?)(?=^- |\Z)", re.M | re.S)
_LOGARITHM = re.compile(r"\b(?:ln|log) ?\(?(\d+)\)?")
_COMMA = re.compile(r"(?<![\d.])(\d{1,3}),(\d+)(?![\d.])")
_COUNT = re.compile(
    r"\by ?= ?\d\b|\b(?:epoch|step|batch|class) \d+|\b\d+ (?:class|epoch|label|step|sample)[a-z]*|(?<![\d.-])1(?![\d.])"
)
"""Numbers that count or name something, and 1, which is in everybody's mouth."""
_FIGURE = re.compile(r"(?<![\w.])(-?)(\d+(?:\.\d+)?(?:e-?\d+)?%?)(?![\w.]*\w)")
