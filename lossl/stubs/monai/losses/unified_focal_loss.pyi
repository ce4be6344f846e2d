"""monai.losses.unified_focal_loss: of two classes, between 0 and 1. Parameters as in monai 1.6.1."""

from lossl.stubs.vocabulary import *

from torch.nn import Module

from monai.losses import AsymmetricUnifiedFocalLoss as AsymmetricUnifiedFocalLoss

class AsymmetricFocalLoss(Module):
    def __init__(
        self, to_onehot_y=False, delta=0.7, gamma=2, epsilon=1e-07, reduction=..., ignore_index=None
    ): ...
    def forward(self, y_pred: Tensor, y_true: Target) -> Loss: ...

class AsymmetricFocalTverskyLoss(Module):
    def __init__(
        self, to_onehot_y=False, delta=0.7, gamma=0.75, epsilon=1e-07, reduction=..., ignore_index=None
    ): ...
    def forward(self, y_pred: Tensor, y_true: Target) -> Loss: ...
