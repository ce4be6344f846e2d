"""segmentation_models_pytorch.losses: of logits, unless `from_logits=False`. Parameters as in version 0.6.0.

Without logits the losses of overlap want numbers between 0 and 1 from a sigmoid or a softmax; no word says that, so
they need nothing. `LovaszLoss` ignores `from_logits`; in its binary mode it applies no sigmoid. `FocalLoss` takes every
class on its own, in its multiclass mode too.
"""

from lossl.stubs.vocabulary import *

from torch.nn import Module

BINARY_MODE: Literal["binary"]
MULTICLASS_MODE: Literal["multiclass"]
MULTILABEL_MODE: Literal["multilabel"]

class _OfOverlap(Module):
    @overload
    def forward(
        self, y_pred: Needs[SigmoidLogits], y_true: Target, *, mode: Literal["binary", "multilabel"],
        from_logits: Literal[True]
    ) -> Loss: ...
    @overload
    def forward(
        self, y_pred: Needs[SoftmaxLogits], y_true: Target, *, mode: Literal["multiclass"], from_logits: Literal[True]
    ) -> Loss: ...
    @overload
    def forward(self, y_pred: Tensor, y_true: Target) -> Loss: ...

class DiceLoss(_OfOverlap):
    def __init__(
        self, mode, classes=None, log_loss=False, from_logits=True, smooth=0.0, ignore_index=None, eps=1e-07,
        class_weights=None
    ): ...

class JaccardLoss(_OfOverlap):
    def __init__(
        self, mode, classes=None, log_loss=False, from_logits=True, smooth=0.0, ignore_index=None, eps=1e-07,
        class_weights=None
    ): ...

class TverskyLoss(_OfOverlap):
    def __init__(
        self, mode, classes=None, log_loss=False, from_logits=True, smooth=0.0, ignore_index=None, eps=1e-07, alpha=0.5,
        beta=0.5, gamma=1.0, class_weights=None
    ): ...

class FocalLoss(Module):
    def __init__(
        self, mode, alpha=None, gamma=2.0, ignore_index=None, from_logits=True, eps=1e-07, reduction="mean",
        normalized=False, reduced_threshold=None, class_weights=None
    ): ...
    @overload
    def forward(self, y_pred: Needs[SigmoidLogits], y_true: Target, *, from_logits: Literal[True]) -> Loss: ...
    @overload
    def forward(self, y_pred: Tensor, y_true: Target) -> Loss: ...

class LovaszLoss(Module):
    def __init__(self, mode, per_image=False, ignore_index=None, from_logits=True): ...
    @overload
    def forward(self, y_pred: Needs[SoftmaxLogits], y_true: Target, *, mode: Literal["multiclass"]) -> Loss: ...
    @overload
    def forward(self, y_pred: Tensor, y_true: Target) -> Loss: ...

class SoftBCEWithLogitsLoss(Module):
    def __init__(self, weight=None, ignore_index=-100, reduction="mean", smooth_factor=None, pos_weight=None): ...
    def forward(self, y_pred: Needs[SigmoidLogits], y_true: Target) -> Loss: ...

class SoftCrossEntropyLoss(Module):
    def __init__(self, reduction="mean", smooth_factor=None, ignore_index=-100, dim=1): ...
    def forward(self, y_pred: Needs[SoftmaxLogits], y_true: Target) -> Loss: ...

class MCCLoss(Module):
    def __init__(self, eps=1e-05): ...
    def forward(self, y_pred: Tensor, y_true: Target) -> Loss: ...
