"""What the figures on the rules' pages have to be, computed in PyTorch: in float64 unless float32 matters."""

from __future__ import annotations

from typing import Any

import torch
import torch.nn.functional as F

CLIP = 1e-7
"""Where Keras clips, in float32."""


def tensor(*values: float) -> Any:
    """Numbers as a tensor that has a gradient, in float64."""
    return torch.tensor(values, dtype=torch.float64, requires_grad=True)


def slope(loss: Any, x: Any) -> Any:
    """The gradient of a loss."""
    return torch.autograd.grad(loss, x)[0]


def floor(classes: int) -> float:
    """The least cross-entropy of numbers between 0 and 1: the right class has 1, all others 0."""
    scores = torch.zeros(1, classes, dtype=torch.float64)
    scores[0, 0] = 1
    return float(F.cross_entropy(scores, torch.tensor([0])))


def ceiling(classes: int) -> float:
    """The largest cross-entropy of a distribution: a wrong class has all of it."""
    scores = torch.zeros(1, classes, dtype=torch.float64)
    scores[0, 1] = 1
    return float(F.cross_entropy(scores, torch.tensor([0])))


def binary(p: float, y: float) -> float:
    """What a binary cross-entropy of numbers between 0 and 1 costs if it applies sigmoid to them."""
    loss = F.binary_cross_entropy_with_logits(tensor(p), torch.full_like(tensor(p), y))
    return float(loss.detach())


def doubled_sigmoid(x: float) -> float:
    """By how much the gradient for y=1 is too small if sigmoid is applied twice, at a logit."""
    z, y = tensor(x), torch.ones(1, dtype=torch.float64)
    right = slope(F.binary_cross_entropy_with_logits(z, y), z)
    return float(right / slope(F.binary_cross_entropy_with_logits(torch.sigmoid(z), y), z))


def log_sigmoid(x: float) -> float:
    """By how much the gradient for y=0 is too small if the logarithm of a sigmoid is taken for a logit."""
    z, y = tensor(x), torch.zeros(1, dtype=torch.float64)
    right = slope(F.binary_cross_entropy_with_logits(z, y), z)
    return float(right / slope(F.binary_cross_entropy_with_logits(F.logsigmoid(z), y), z))


def doubled(activation: Any, classes: int, right: float = 0.0) -> float:
    """By how much the gradient of a cross-entropy on the right class's score is too small, the others being 0."""
    z = tensor(right, *[0.0] * (classes - 1))
    target = torch.tensor([0])
    good = slope(F.cross_entropy(z[None], target), z)[0]
    return float(good / slope(F.cross_entropy(activation(z)[None], target), z)[0])


def length(classes: int, wrong: float) -> float:
    """By how much the gradient is too short after a second softmax, where one wrong class has the score `wrong`."""
    z, target = tensor(0, wrong, *[0.0] * (classes - 2)), torch.tensor([0])
    good, bad = (slope(F.cross_entropy(scores[None], target), z).norm() for scores in (z, softmax(z)))
    return float(good / bad)


def softmax(z: Any) -> Any:
    """Over the last axis."""
    return torch.softmax(z, dim=-1)


def independent(classes: int) -> float:
    """By how much the gradient of a mean binary cross-entropy after softmax is weaker at the start: C - 1 times."""
    z, target = tensor(*[0.0] * classes), torch.eye(classes, dtype=torch.float64)[0]
    good = slope(F.cross_entropy(z[None], torch.tensor([0])), z)[0]
    return float(good / slope(F.binary_cross_entropy(softmax(z), target), z)[0])


def keras(scores: tuple[float, ...]) -> float:
    """What Keras computes of scores that it takes for probabilities, the first class being right, in float32."""
    shares = torch.tensor(scores) / torch.tensor(scores).sum()
    return float(-torch.log(shares.clamp(CLIP, 1 - CLIP))[0])


def entropy(scores: tuple[float, ...]) -> float:
    """The cross-entropy of scores, the first class being right."""
    return float(F.cross_entropy(torch.tensor([scores], dtype=torch.float64), torch.tensor([0])))


def clipped(y: int) -> float:
    """What Keras charges for a sample clipped on the wrong side, in float32."""
    return float(F.binary_cross_entropy(torch.tensor([CLIP if y else 1 - CLIP]), torch.tensor([float(y)])))


def certain(y: int) -> float:
    """What BCELoss charges for a sample that got probability 1."""
    return float(F.binary_cross_entropy(torch.ones(1), torch.tensor([float(y)])))


def flat_from(y: int) -> float:
    """The least logit, in float32, from which BCELoss after a sigmoid has no gradient though the answer is wrong."""
    z = torch.arange(0, 120, 0.01)
    z = (z if y == 0 else -z).requires_grad_()
    gradient = slope(F.binary_cross_entropy(torch.sigmoid(z), torch.full_like(z, y), reduction="sum"), z)
    return float(z.detach()[gradient == 0].abs().min())


def saturates(kind: Any) -> float:
    """The least score, in steps of 1/64, whose sigmoid is exactly 1 in a type of numbers."""
    z = torch.arange(0, 40, 1 / 64).to(kind)
    return float(z[torch.sigmoid(z) == 1].min())


def shares(*scores: float) -> tuple[float, ...]:
    """What is left of log-probabilities that are divided by their sum."""
    logs = torch.log_softmax(tensor(*scores), dim=0).detach()
    return tuple((logs / logs.sum()).tolist())


def underflow(dtype: Any = torch.float32) -> float:
    """How far a score lies below the largest where its softmax is 0."""
    gaps = torch.arange(0, 120, 0.01).to(dtype)
    p = torch.softmax(torch.stack([gaps, torch.zeros_like(gaps)]), dim=0)[1]
    return float(gaps[p == 0].min())


def dropped(classes: int, rate: float) -> float:
    """The least loss of scores of which dropout takes a share; of a single class it is binary.

    The right score is as large as it can be, all others are as small. If it is dropped the loss is that of a guess
    among those that are dropped as well.
    """
    if classes == 1:
        return rate * float(F.binary_cross_entropy_with_logits(tensor(0.0), tensor(1.0)).detach())
    others = torch.arange(classes, dtype=torch.float64)
    share = torch.distributions.Binomial(classes - 1, torch.tensor(rate, dtype=torch.float64))
    return rate * float((share.log_prob(others).exp() * torch.log1p(others)).sum())
