"""When an expression needs parentheses in the place of another one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lossl.source.file import SourceFile
from lossl.source.limits import with_deep_stack

if TYPE_CHECKING:
    import libcst as cst
else:
    from lossl.source.lazy import cst

# Python's table of precedence, weakest first, in LibCST's names; what is not listed is an atom or a primary.
_TABLE = (
    ("NamedExpr", "Yield", "GeneratorExp", "Tuple"),
    ("Lambda",),
    ("IfExp",),
    ("Or",),
    ("And",),
    ("Not",),
    ("Comparison",),
    ("BitOr",),
    ("BitXor",),
    ("BitAnd",),
    ("LeftShift", "RightShift"),
    ("Add", "Subtract"),
    ("Multiply", "MatrixMultiply", "Divide", "FloorDivide", "Modulo"),
    ("Plus", "Minus", "BitInvert"),
    ("Power",),
    # `2.real` is no attribute of 2.
    ("Await", "Integer"),
)
_STRENGTHS = {name: strength for strength, names in enumerate(_TABLE) for name in names}
_PRIMARY = len(_TABLE)


def needed(file: SourceFile, outer: cst.BaseExpression, inner: cst.BaseExpression) -> bool:
    """True if `inner`, written as it is now, needs parentheses once it stands where `outer` stands."""
    if inner.lpar:
        return False
    if _runs_over_lines(file.code(inner)) and not (outer.lpar or _in_brackets(file, outer)):
        return True
    return not outer.lpar and _strength(inner) < _demanded(file, outer)


def _strength(node: cst.CSTNode) -> int:
    if isinstance(node, (cst.BinaryOperation, cst.BooleanOperation, cst.UnaryOperation)):
        node = node.operator
    return _STRENGTHS.get(type(node).__name__, _PRIMARY)


def _demanded(file: SourceFile, node: cst.BaseExpression) -> int:
    """The least strength an expression must have to stand where `node` stands."""
    match parent := file.parent(node):
        case cst.Attribute() | cst.Await():
            return _PRIMARY
        case cst.Call(func=part) | cst.Subscript(value=part) if part is node:
            return _PRIMARY
        case cst.BinaryOperation(left=left, operator=cst.Power()):
            return _STRENGTHS["Await"] if left is node else _STRENGTHS["Plus"]
        case cst.BinaryOperation(left=left) | cst.BooleanOperation(left=left):
            return _strength(parent) + (left is not node)
        case cst.UnaryOperation():
            return _strength(parent)
        case cst.Comparison() | cst.ComparisonTarget() | cst.StarredElement():
            return _STRENGTHS["BitOr"]
        case cst.Arg(star="*" | "**"):
            return _STRENGTHS["BitOr"]
        case cst.IfExp(orelse=part) if part is not node:
            return _STRENGTHS["Or"]
        case cst.CompFor() | cst.CompIf() | cst.FormattedStringExpression():
            return _STRENGTHS["Or"]
        case _:
            return _STRENGTHS["Lambda"]


def _in_brackets(file: SourceFile, node: cst.CSTNode) -> bool:
    around = file.parent(node)
    while around is not None and not isinstance(around, (cst.BaseSmallStatement, cst.BaseStatement)):
        if getattr(around, "lpar", ()) or isinstance(around, (cst.Arg, cst.SubscriptElement)):
            return True
        if isinstance(around, (cst.List, cst.Set, cst.Dict, cst.ListComp, cst.SetComp, cst.DictComp)):
            return True
        around = file.parent(around)
    return False


def _runs_over_lines(code: str) -> bool:
    """True if the code breaks a line outside brackets and strings."""
    if "\n" not in code and "\r" not in code:
        return False
    try:
        body = with_deep_stack(cst.parse_module, code).body
    except cst.ParserSyntaxError:
        return True
    return len(body) != 1
