"""What stubs claim of numbers holds: losses mean what they need, activations give what they say."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fnmatch import fnmatchcase

import pytest

from lossl.meaning.signature import Routine, StubClass
from tests.contracts import activations, jax_losses, keras_losses, library_losses, torch_losses
from tests.contracts.case import (
    OTHER,
    SAME,
    SCALES,
    Case,
    agrees,
    called,
    claimed,
    meant,
    need_in,
    needed,
    on_scale,
    refuses,
)
from tests.stubs import entries, exists, modules

Cases = Callable[[], Iterator[Case]]
LOSSES: dict[str, Cases] = {
    "torch": torch_losses.cases,
    "keras": keras_losses.cases,
    "tensorflow": keras_losses.tensorflow_cases,
    "optax": jax_losses.cases,
    "kornia": library_losses.kornia,
    "monai": library_losses.monai,
    "segmentation_models_pytorch": library_losses.segmentation_models,
    "timm": library_losses.timm,
    "fastai": library_losses.fastai,
    "fvcore": library_losses.fvcore,
    "torchvision": library_losses.torchvision,
}
UNMEASURED = {
    "optax.losses.binary_dice_loss PROBABILITY": "raises whatever it is given, in 0.2.8",
    "timm.loss.DistributionBalancedLoss SIGMOID_LOGITS": "its definition is as long as its code",
    "monai.losses.BoundaryLoss *": "distances in images: nothing but the link is a matter of its input",
    "monai.losses.HausdorffDTLoss *": "distances in images: nothing but the link is a matter of its input",
    "monai.losses.LogHausdorffDTLoss *": "as `HausdorffDTLoss`",
    "segmentation_models_pytorch.utils.losses.NLLLoss *": "a subclass of torch's with nothing of its own",
    "segmentation_models_pytorch.utils.losses.BCE*Loss *": "as above",
    "segmentation_models_pytorch.utils.losses.CrossEntropyLoss *": "as above",
    "monai.losses.DiceCELoss SIGMOID_LOGITS": "its other half applies softmax to several channels",
    "monai.losses.DiceFocalLoss SOFTMAX_LOGITS": "its other half applies sigmoid to every channel",
    "monai.losses.GeneralizedDiceFocalLoss SOFTMAX_LOGITS": "its other half applies sigmoid to every channel",
}
"""Losses without a case, and why."""


@pytest.fixture(params=sorted(LOSSES))
def library(request: pytest.FixtureRequest) -> str:
    name = str(request.param)
    pytest.importorskip(name, exc_type=ImportError)
    return name


def test_losses_are_the_textbook_ones(library: str) -> None:
    wrong = []
    for case in LOSSES[library]():
        need = claimed(case)
        for found in filter(need.accepts, SCALES):
            if not agrees(case, on_scale(found, case), meant(need, found, case), SAME):
                wrong.append(f"{case.name} {dict(case.options)} of {found!r}")
    assert wrong == []


def test_no_other_meaning_gives_the_same(library: str) -> None:
    wrong = []
    for case in LOSSES[library]():
        need = claimed(case)
        for found in filter(need.contradicts, SCALES):
            prediction = on_scale(found, case)
            if not refuses(case, prediction) and agrees(case, prediction, meant(need, found, case), OTHER):
                wrong.append(f"{case.name} {dict(case.options)} of {found!r}")
    assert wrong == []


def test_every_loss_is_tried(library: str) -> None:
    tried = {f"{case.name} {claimed(case).kind.name}" for case in LOSSES[library]()}
    untried = {name for name in losses(library) if name not in tried}
    assert {name for name in untried if not any(fnmatchcase(name, pattern) for pattern in UNMEASURED)} == set()


def losses(library: str) -> Iterator[str]:
    """Every loss of a library's stubs that the installed version has, with each kind of need it may have."""
    for module in modules():
        for entry in entries(module) if module.partition(".")[0] == library and exists(module) else ():
            found = entry.member
            if isinstance(found, StubClass):
                found = called(found)
            if isinstance(found, Routine) and exists(entry.name) and entry.owner is None:
                kinds = [need.kind.name for s in needed(found) if (need := need_in(s)) is not None]
                yield from (f"{entry.name} {kind}" for kind in kinds)


@pytest.mark.parametrize("framework", sorted(activations.MODULES))
def test_activations_give_what_they_say(framework: str) -> None:
    pytest.importorskip(framework)
    found = list(activations.trials(framework))
    assert len(found) >= 10
    assert [trial for trial in found if not trial.holds()] == []
