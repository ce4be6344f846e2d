"""Losses of libraries around PyTorch, each with its definition.

Where a library's own loss of probabilities is the definition, what is tried is that its loss of logits has the link.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from tests.contracts.case import LOGITS, Array, Case
from tests.contracts.definitions import LABELS, MULTI_HOT, ONE_HOT, SOFT, binary, categorical, focal, overlap

PIXELS = np.array([[[0, 1], [2, 1]], [[2, 0], [0, 1]]])
"""The right classes of two images of four pixels."""
PIXELS_ONE_HOT: Array = np.moveaxis(np.eye(3)[PIXELS], -1, 1)
MAPS: Array = np.random.default_rng(5).normal(0.0, 1.5, (2, 3, 2, 2)) + 2 * PIXELS_ONE_HOT
"""Their scores: batch, classes, height, width; right more often than wrong, as overlap hardly minds a guess."""
PIXELS_MULTI_HOT: Array = np.maximum(PIXELS_ONE_HOT, np.roll(PIXELS_ONE_HOT, 1, axis=2))


def of(loss: Any, target: Any, **options: Any) -> Any:
    """The loss of a prediction as numbers; the target as torch has it."""
    import torch

    def run(x: Array) -> Any:
        return loss(torch.as_tensor(x), torch.as_tensor(target), **options).numpy()

    return run


def _mean(definition: Any) -> Any:
    return lambda p: definition(p).mean()


def _map(name: str, run: Any, definition: Any, options: Any = ()) -> Case:
    return Case(name, run, definition, dict(options), MAPS, 1)


def lovasz(p: Array, pixels: Any = PIXELS) -> Any:
    """The Lovasz extension of the Jaccard loss, averaged over the classes, of classes on axis 1."""
    scores = np.moveaxis(p, 1, -1).reshape(-1, 3)
    found = []
    for c in range(3):
        truth = (pixels.reshape(-1) == c).astype(float)
        errors = np.abs(truth - scores[:, c])
        order = np.argsort(-errors)
        sorted_truth = truth[order]
        union = truth.sum() + (1 - sorted_truth).cumsum()
        jaccard = 1 - (truth.sum() - sorted_truth.cumsum()) / union
        jaccard[1:] -= jaccard[:-1].copy()
        found.append(errors[order] @ jaccard)
    return np.mean(found)


def kornia() -> Iterator[Case]:
    """Every loss of the stubs of kornia that needs something."""
    from kornia import losses

    def focused(p: Array) -> Any:
        return PIXELS_ONE_HOT * (1 - p) ** 2 * -np.log(p)

    def dice(p: Array) -> Any:
        return 1 - overlap(p, PIXELS_ONE_HOT, (1, 2, 3)).mean()

    def tversky(p: Array) -> Any:
        present = PIXELS_ONE_HOT.sum(axis=(2, 3)) > 0
        found = overlap(p, PIXELS_ONE_HOT, (2, 3)) * present
        return 1 - (found.sum(axis=-1) / present.sum(axis=-1)).mean()

    def by_image(p: Array) -> Any:
        return np.mean([lovasz(p[[i]], PIXELS[[i]]) for i in range(2)])

    focal_options = {"alpha": None, "gamma": 2.0}
    yield _map("kornia.losses.focal_loss", of(losses.focal_loss, PIXELS, **focal_options), focused)
    yield _map("kornia.losses.FocalLoss", of(losses.FocalLoss(**focal_options), PIXELS), focused)
    yield _map("kornia.losses.dice_loss", of(losses.dice_loss, PIXELS), dice)
    yield _map("kornia.losses.DiceLoss", of(losses.DiceLoss(), PIXELS), dice)
    yield _map("kornia.losses.tversky_loss", of(losses.tversky_loss, PIXELS, alpha=0.5, beta=0.5), tversky)
    yield _map("kornia.losses.TverskyLoss", of(losses.TverskyLoss(0.5, 0.5), PIXELS), tversky)
    yield _map("kornia.losses.lovasz_softmax_loss", of(losses.lovasz_softmax_loss, PIXELS), by_image)
    yield _map("kornia.losses.LovaszSoftmaxLoss", of(losses.LovaszSoftmaxLoss(), PIXELS), by_image)

    def binary_focal(p: Array) -> Any:
        return focal(p, 2.0, 0.25)

    by_function = of(losses.binary_focal_loss_with_logits, MULTI_HOT, alpha=0.25)
    yield Case("kornia.losses.binary_focal_loss_with_logits", by_function, binary_focal)
    made = of(losses.BinaryFocalLossWithLogits(alpha=0.25), MULTI_HOT)
    yield Case("kornia.losses.BinaryFocalLossWithLogits", made, binary_focal)


def monai() -> Iterator[Case]:
    """Every loss of the stubs of MONAI that needs something."""
    from monai import losses

    for name in (
        "DiceLoss",
        "MaskedDiceLoss",
        "GeneralizedDiceLoss",
        "TverskyLoss",
        "MCCLoss",
        "SoftclDiceLoss",
        "SoftDiceclDiceLoss",
    ):
        cls = getattr(losses, name)
        for link, target in (("sigmoid", PIXELS_MULTI_HOT), ("softmax", PIXELS_ONE_HOT)):
            run, plain = of(cls(**{link: True}), target), of(cls(), target)
            yield _map(f"monai.losses.{name}", run, plain, {link: True})
    for link, target in (("sigmoid", PIXELS_MULTI_HOT), ("softmax", PIXELS_ONE_HOT)):
        yield from _composed(losses, link, target)
    one_hot = of(losses.FocalLoss(use_softmax=True), PIXELS_ONE_HOT)
    yield _map(
        "monai.losses.FocalLoss",
        one_hot,
        lambda p: (PIXELS_ONE_HOT * (1 - p) ** 2 * -np.log(p)).mean(),
        {"use_softmax": True},
    )
    elements = of(losses.FocalLoss(), PIXELS_MULTI_HOT)
    yield _map("monai.losses.FocalLoss", elements, lambda p: focal(p, 2.0, target=PIXELS_MULTI_HOT).mean())
    without_penalty = of(losses.NACLLoss(classes=3, dim=2, alpha=0.0), PIXELS)
    yield _map("monai.losses.NACLLoss", without_penalty, lambda p: categorical(p, PIXELS_ONE_HOT, 1).mean())
    wasserstein = of(losses.GeneralizedWassersteinDiceLoss(1.0 - np.eye(3)), PIXELS)
    yield _map("monai.losses.GeneralizedWassersteinDiceLoss", wasserstein, lambda p: wasserstein(np.log(p)))


def _composed(losses: Any, link: str, target: Array) -> Iterator[Case]:
    """Dice of probabilities and a loss of each class."""

    def each(p: Array) -> Any:
        return categorical(p, target, 1).mean()

    def focused(p: Array) -> Any:
        return focal(p, 2.0, target=target).mean()

    dice, generalized = of(losses.DiceLoss(), target), of(losses.GeneralizedDiceLoss(), target)
    for name, overlapping, other in (
        ("DiceCELoss", dice, each),
        ("DiceFocalLoss", dice, focused),
        ("GeneralizedDiceFocalLoss", generalized, focused),
    ):
        if (name == "DiceCELoss") == (link == "sigmoid"):
            continue  # its other half applies the other link to several channels
        run = of(getattr(losses, name)(**{link: True}), target)
        yield _map(f"monai.losses.{name}", run, _sum(overlapping, other), {link: True})


def _sum(one: Any, other: Any) -> Any:
    return lambda p: one(p) + other(p)


def segmentation_models() -> Iterator[Case]:
    """Every loss of the stubs of segmentation_models_pytorch that needs something."""
    from segmentation_models_pytorch import losses

    home = "segmentation_models_pytorch.losses"
    for name in ("DiceLoss", "JaccardLoss", "TverskyLoss"):
        cls = getattr(losses, name)
        for mode, target in (("multilabel", PIXELS_MULTI_HOT), ("multiclass", PIXELS)):
            plain = of(cls(mode, from_logits=False), target)
            yield _map(f"{home}.{name}", of(cls(mode), target), plain, {"mode": mode})
    several = of(losses.FocalLoss("multilabel"), PIXELS_MULTI_HOT)
    yield _map(f"{home}.FocalLoss", several, lambda p: focal(p, 2.0, target=PIXELS_MULTI_HOT).mean())
    exclusive = of(losses.FocalLoss("multiclass"), PIXELS)
    yield _map(
        f"{home}.FocalLoss",
        exclusive,
        lambda p: focal(p, 2.0, target=PIXELS_ONE_HOT).mean(),
        {"mode": "multiclass"},
    )
    extension = of(losses.LovaszLoss("multiclass"), PIXELS)
    yield _map(f"{home}.LovaszLoss", lambda x: extension(x.astype("float32")), lovasz, {"mode": "multiclass"})
    elements = of(losses.SoftBCEWithLogitsLoss(), PIXELS_MULTI_HOT)
    yield _map(f"{home}.SoftBCEWithLogitsLoss", elements, lambda p: binary(p, PIXELS_MULTI_HOT).mean())
    soft = of(losses.SoftCrossEntropyLoss(smooth_factor=0.0), PIXELS)
    yield _map(f"{home}.SoftCrossEntropyLoss", soft, lambda p: categorical(p, PIXELS_ONE_HOT, 1).mean())
    yield from _with_activation()


def _with_activation() -> Iterator[Case]:
    """The older losses of segmentation_models_pytorch, which are told the activation."""
    from segmentation_models_pytorch.utils import losses

    for name in ("DiceLoss", "JaccardLoss"):
        cls = getattr(losses, name)
        for activation in ("sigmoid", "softmax2d"):
            run, plain = of(cls(activation=activation), PIXELS_ONE_HOT), of(cls(), PIXELS_ONE_HOT)
            full = f"segmentation_models_pytorch.utils.losses.{name}"
            yield _map(full, run, plain, {"activation": activation})


def timm() -> Iterator[Case]:
    """Every loss of the stubs of timm that needs something, but for one."""
    from timm import loss

    def smoothed(p: Array) -> Any:
        return 0.9 * categorical(p).mean() - 0.1 * np.log(p).mean()

    def poly(p: Array) -> Any:
        return (categorical(p) + 2.0 * (1 - (ONE_HOT * p).sum(axis=-1))).mean()

    def poly_binary(p: Array) -> Any:
        return (binary(p) + 2.0 * (1 - np.where(MULTI_HOT == 1, p, 1 - p))).mean()

    def asymmetric(p: Array) -> Any:
        negative = np.minimum(1 - p + 0.05, 1)
        right = np.where(MULTI_HOT == 1, p, negative)
        weight = (1 - right) ** np.where(MULTI_HOT == 1, 1.0, 4.0)
        return -(weight * np.log(right)).sum() / len(LOGITS)

    yield Case("timm.loss.LabelSmoothingCrossEntropy", of(loss.LabelSmoothingCrossEntropy(), LABELS), smoothed)
    soft = of(loss.SoftTargetCrossEntropy(), SOFT)
    yield Case("timm.loss.SoftTargetCrossEntropy", soft, lambda p: categorical(p, SOFT).mean())
    yield Case("timm.loss.PolyCrossEntropy", of(loss.PolyCrossEntropy(), LABELS), poly)
    single = of(loss.AsymmetricLossSingleLabel(), LABELS)
    yield Case("timm.loss.AsymmetricLossSingleLabel", single, lambda p: single(np.log(p)))
    divergence = of(loss.JsdCrossEntropy(), LABELS[:2])
    yield Case("timm.loss.JsdCrossEntropy", divergence, lambda p: divergence(np.log(p)))
    elements = of(loss.BinaryCrossEntropy(smoothing=0.0), MULTI_HOT)
    yield Case("timm.loss.BinaryCrossEntropy", elements, _mean(binary))
    yield Case("timm.loss.PolyBinaryCrossEntropy", of(loss.PolyBinaryCrossEntropy(), MULTI_HOT), poly_binary)
    yield Case("timm.loss.AsymmetricLossMultiLabel", of(loss.AsymmetricLossMultiLabel(), MULTI_HOT), asymmetric)


def torchvision() -> Iterator[Case]:
    """The loss of the stubs of torchvision that needs something."""
    from torchvision import ops

    run = of(ops.sigmoid_focal_loss, MULTI_HOT)
    yield Case("torchvision.ops.sigmoid_focal_loss", run, lambda p: focal(p, 2.0, 0.25))


def fvcore() -> Iterator[Case]:
    """Every loss of the stubs of fvcore that needs something."""
    from fvcore import nn

    run = of(nn.sigmoid_focal_loss, MULTI_HOT, alpha=0.25)
    yield Case("fvcore.nn.sigmoid_focal_loss", run, lambda p: focal(p, 2.0, 0.25))
    yield Case("fvcore.nn.sigmoid_focal_loss_jit", run, lambda p: focal(p, 2.0, 0.25))
    star = of(nn.sigmoid_focal_loss_star, MULTI_HOT, gamma=1)
    yield Case("fvcore.nn.sigmoid_focal_loss_star", star, binary)
    yield Case("fvcore.nn.sigmoid_focal_loss_star_jit", star, binary)


def fastai() -> Iterator[Case]:
    """Every loss of the stubs of fastai that needs something."""
    from fastai import losses

    def focused(p: Array) -> Any:
        return (ONE_HOT * (1 - p) ** 2 * -np.log(p)).sum(axis=-1).mean()

    def smoothed(p: Array) -> Any:
        return 0.9 * categorical(p).mean() - 0.1 * np.log(p).mean()

    def dice(p: Array) -> Any:
        return (1 - overlap(p, PIXELS_ONE_HOT, (2, 3))).sum()

    for name, target, definition in (
        ("CrossEntropyLossFlat", LABELS, _mean(categorical)),
        ("FocalLossFlat", LABELS, focused),
        ("FocalLoss", LABELS, focused),
        ("LabelSmoothingCrossEntropyFlat", LABELS, smoothed),
        ("LabelSmoothingCrossEntropy", LABELS, smoothed),
        ("BCEWithLogitsLossFlat", MULTI_HOT, _mean(binary)),
        ("BCELossFlat", MULTI_HOT, _mean(binary)),
    ):
        yield Case(f"fastai.losses.{name}", of(getattr(losses, name)(), target), definition)
    yield _map("fastai.losses.DiceLoss", of(losses.DiceLoss(smooth=0), PIXELS), dice)
