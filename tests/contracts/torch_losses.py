"""Losses of PyTorch, each with its definition."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from tests.contracts.case import LOGITS, Array, Case
from tests.contracts.definitions import LABELS, MULTI_HOT, SOFT, alignments, binary, categorical, divergence

SEQUENCE = np.random.default_rng(3).normal(0.0, 1.0, (4, 1, 3))
"""Scores of one sequence of four steps: time, batch, classes."""


def cases() -> Iterator[Case]:
    """Every loss of the stubs of torch that needs something."""
    import torch
    import torch.nn.functional as F
    from torch import nn

    def of(loss: Any, target: Any, *more: Any, **options: Any) -> Any:
        target = torch.as_tensor(target)
        return lambda x: loss(torch.as_tensor(x), target, *more, **options).numpy()

    def mean_binary(p: Array) -> Any:
        return binary(p).mean()

    def by_sample(p: Array) -> Any:
        return binary(p).mean(axis=-1).mean()

    def mean_categorical(p: Array) -> Any:
        return categorical(p).mean()

    def batchmean(p: Array) -> Any:
        return divergence(p).sum() / len(LOGITS)

    for name, loss in (("nn.BCEWithLogitsLoss", nn.BCEWithLogitsLoss()), ("nn.BCELoss", nn.BCELoss())):
        yield Case(f"torch.{name}", of(loss, MULTI_HOT), mean_binary)
    yield Case("torch.nn.functional.binary_cross_entropy", of(F.binary_cross_entropy, MULTI_HOT), mean_binary)
    with_logits = of(F.binary_cross_entropy_with_logits, MULTI_HOT)
    yield Case("torch.nn.functional.binary_cross_entropy_with_logits", with_logits, mean_binary)
    raw = torch.binary_cross_entropy_with_logits
    yield Case("torch.binary_cross_entropy_with_logits", of(raw, MULTI_HOT, None, None, 0), binary)
    yield Case("torch.nn.MultiLabelSoftMarginLoss", of(nn.MultiLabelSoftMarginLoss(), MULTI_HOT), by_sample)
    yield Case(
        "torch.nn.functional.multilabel_soft_margin_loss", of(F.multilabel_soft_margin_loss, MULTI_HOT), by_sample
    )
    yield Case("torch.nn.CrossEntropyLoss", of(nn.CrossEntropyLoss(), LABELS), mean_categorical)
    yield Case("torch.nn.functional.cross_entropy", of(F.cross_entropy, LABELS), mean_categorical)
    yield Case("torch.nn.NLLLoss", of(nn.NLLLoss(), LABELS), mean_categorical)
    yield Case("torch.nn.NLLLoss2d", of(nn.NLLLoss2d(), LABELS), mean_categorical)
    yield Case("torch.nn.functional.nll_loss", of(F.nll_loss, LABELS), mean_categorical)
    yield Case("torch.nn.KLDivLoss", of(nn.KLDivLoss(reduction="batchmean"), SOFT), batchmean)
    yield Case("torch.nn.functional.kl_div", of(F.kl_div, SOFT, reduction="batchmean"), batchmean)
    yield Case("torch.kl_div", of(torch.kl_div, SOFT, 0), divergence)

    lengths = (torch.tensor([4]), torch.tensor([2]))

    def ctc(p: Array) -> Any:
        return np.array([alignments(p[:, 0], [1, 2], blank=0)])

    def of_steps(loss: Any, *more: Any) -> Any:
        return lambda x: loss(torch.as_tensor(x), torch.tensor([[1, 2]]), *lengths, *more).numpy()

    yield Case("torch.nn.CTCLoss", of_steps(nn.CTCLoss(reduction="none")), ctc, logits=SEQUENCE)
    yield Case("torch.nn.functional.ctc_loss", of_steps(F.ctc_loss, 0, "none"), ctc, logits=SEQUENCE)
    yield Case("torch.ctc_loss", of_steps(torch.ctc_loss, 0, 0), ctc, logits=SEQUENCE)
