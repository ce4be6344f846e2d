"""The table of needs against what is found, for `lossl rules --table`: text and JSON."""

from __future__ import annotations

from collections.abc import Sequence

from rich.text import Text

from lossl.matrix import Cell
from lossl.meaning.need import NeedKind, Objection
from lossl.report import View, to_string
from lossl.report.json import dump
from lossl.report.text import STYLES

GAP = "  "
LEGEND = (
    "A code: that rule speaks of it, see lossl explain CODE.",
    "ok: it is right. wrong: it is not, but no rule speaks of it. Nothing: it may be either.",
)


def as_text(cells: Sequence[Cell], view: View) -> str:
    """One block for losses and one for what else has needs; as many columns side by side as the width allows."""
    needs = list(dict.fromkeys(cell.need for cell in cells))
    lines = []
    for title, group in (
        ("what losses need of a prediction", [need for need in needs if need.of_prediction]),
        ("what else is needed", [need for need in needs if not need.of_prediction]),
    ):
        for columns in _fitting(group, cells, view.width):
            lines += [Text(title, "bold"), *_block(columns, cells), Text()]
    return to_string([*lines, *map(Text, LEGEND)], color=view.color)


def as_json(cells: Sequence[Cell]) -> str:
    """A list with an object for each pair: `rule` is a name or null, `state` is rule, right, wrong or unknown."""
    return dump(
        [
            {
                "need": repr(cell.need),
                "found": repr(cell.found),
                "state": _state(cell),
                "rule": cell.rules[0].name if cell.rules else None,
                "code": cell.rules[0].code if cell.rules else None,
            }
            for cell in cells
        ]
    )


def _state(cell: Cell) -> str:
    if cell.rules:
        return "rule"
    return "right" if cell.right else "wrong" if cell.wrong else "unknown"


def _fitting(needs: list[NeedKind], cells: Sequence[Cell], width: int) -> list[list[NeedKind]]:
    """The columns in groups that fit beside the names of the rows."""
    groups: list[list[NeedKind]] = []
    room = 0
    for need in needs:
        wide = len(GAP) + _width(need, cells)
        if not groups or wide > room:
            groups.append([])
            room = width - max(len(repr(cell.found)) for cell in cells)
        groups[-1].append(need)
        room -= wide
    return groups


def _width(need: NeedKind, cells: Sequence[Cell]) -> int:
    return max(*map(len, _heading(need)), *(len(_shown(cell)) for cell in cells if cell.need is need))


def _heading(need: NeedKind) -> tuple[str, str]:
    """The name of a column on two lines."""
    first, dash, rest = repr(need).partition("-")
    return (first + dash, rest) if dash else ("", first)


def _block(needs: list[NeedKind], cells: Sequence[Cell]) -> list[Text]:
    rows: dict[Objection, dict[NeedKind, Cell]] = {}
    for cell in cells:
        if cell.need in needs:
            rows.setdefault(cell.found, {})[cell.need] = cell
    said = {found: row for found, row in rows.items() if any(map(_shown, row.values()))}
    wide = max((len(repr(cell.found)) for cell in cells), default=0)
    lines = []
    for part in (0, 1):
        names = GAP.join(f"{_heading(need)[part]:{_width(need, cells)}}" for need in needs)
        lines.append(Text(f"{'':{wide}}{GAP}{names}", "bold"))
    for found, row in said.items():
        line = Text(f"{found!r:{wide}}")
        for need in needs:
            cell = row[need]
            style = STYLES[cell.rules[0].severity] if cell.rules else ""
            line.append(GAP).append(f"{_shown(cell):{_width(need, cells)}}", style)
        lines.append(line)
    return lines


def _shown(cell: Cell) -> str:
    if cell.rules:
        return cell.rules[0].code
    return "ok" if cell.right else "wrong" if cell.wrong else ""
