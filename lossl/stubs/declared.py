"""What users declare in their configuration, as members of stub modules: a line there is a stub in short."""

from __future__ import annotations

from collections.abc import Iterable

from lossl.declared import DeclaredActivation, DeclaredLoss
from lossl.meaning.declared import Declared
from lossl.meaning.signature import Parameter, Routine, Signature, Spec, StubClass
from lossl.stubs.idioms import MODULE

NEEDS = {
    "logits": "DeclaredLogits",
    "sigmoid-logits": "SigmoidLogits",
    "softmax-logits": "SoftmaxLogits",
    "probabilities": "Probability",
    "distribution": "Distribution",
    "log-probabilities": "LogProbability",
    "log-distribution": "LogDistribution",
}
GIVES = {
    "logits": "Logits",
    "probabilities": "Probability",
    "distribution": "Distribution",
    "log-probabilities": "LogProbability",
    "log-distribution": "LogDistribution",
    "nonnegative": "NonNegative",
    "bounded": "Bounded",
    "anything": "Tensor",
}


def declarations(
    losses: Iterable[DeclaredLoss], activations: Iterable[DeclaredActivation]
) -> dict[str, tuple[Declared, str]]:
    """What is declared, by qualified name, with its kind (`class` or `function`)."""
    found = {}
    for loss in losses:
        need = Spec("Needs", (Spec(NEEDS[loss.takes]),))
        found[loss.name] = (Declared(loss.name, need, True, loss.argument, loss.position), loss.kind)
    for each in activations:
        axis = () if each.axis is None else (each.axis,)
        # Nobody knows what else it does: it is not taken away.
        given = Spec("Opaque", (Spec(GIVES[each.gives], axis),))
        found[each.name] = (Declared(each.name, given, False), each.kind)
    return found


def stand_in(declared: Declared, kind: str) -> Routine | StubClass:
    """The member of a stub module that stands for something whose definition lossl does not see."""
    if kind == "function":
        return Routine(declared.name, (declared.unseen(),))
    own = declared.unseen()
    forward = Signature((Parameter("self"), *own.parameters), own.returns)
    members: dict[str, Routine | Spec] = {
        "__init__": Routine(f"{declared.name}.__init__", (Signature((Parameter("self"), *_ANY), None),), "method"),
        "__call__": Routine(f"{declared.name}.__call__", (Signature((Parameter("self"), *_ANY), _CALL),), "method"),
        "forward": Routine(f"{declared.name}.forward", (forward,), "method"),
    }
    return StubClass(declared.name, (MODULE,), members)


_ANY = (Parameter("args", kind="star", required=False), Parameter("kwargs", kind="double_star", required=False))
_CALL = Spec("|", (Spec("Calls", ("call",)), Spec("Calls", ("forward",))))
"""A class that derives from a declared one may define either."""
