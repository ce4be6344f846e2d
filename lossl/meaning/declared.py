"""What a user declares of a function or class, ready to take the place of its definition. Plain data, no syntax."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from lossl.meaning.signature import Parameter, Signature, Spec


@dataclass(frozen=True)
class Declared:
    """A loss (`spec` is what its prediction needs) or an activation (`spec` is what comes out), by qualified name.

    `argument` is the name of the parameter that is meant, `position` its place, from 1; without both it is the first.
    """

    name: str
    spec: Spec
    is_loss: bool
    argument: str = ""
    position: int = 0

    def signature(self, parameters: Sequence[Parameter]) -> Signature | None:
        """These parameters, without a receiver, and the words that belong to them; None if the one meant is missing."""
        index = self._index(parameters)
        if index is None:
            return None
        word = self.spec if self.is_loss else Spec("Tensor")
        found = list(parameters)
        found[index] = replace(found[index], spec=word)
        return Signature(tuple(found), Spec("Loss") if self.is_loss else self.spec)

    def unseen(self) -> Signature:
        """The signature of something whose definition cannot be seen: the parameter that is meant among any others."""
        rest = (Parameter("args", kind="star", required=False), Parameter("kwargs", kind="double_star", required=False))
        meant = Parameter(self.argument or "input")
        parameters: tuple[Parameter, ...]
        if self.argument and not self.position:  # where it stands is not known: only its name counts
            parameters = (rest[0], replace(meant, kind="keyword"), rest[1])
        else:
            before = tuple(Parameter(f"argument {number}") for number in range(1, self.position))
            parameters = (*before, meant, *rest)
        found = self.signature(parameters)
        assert found is not None
        return found

    def _index(self, parameters: Sequence[Parameter]) -> int | None:
        names = [parameter.name for parameter in parameters]
        if self.argument:
            return names.index(self.argument) if self.argument in names else None
        position = self.position - 1 if self.position else 0
        places = [index for index, parameter in enumerate(parameters) if parameter.kind == "positional"]
        return places[position] if position < len(places) else None
