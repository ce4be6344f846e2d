"""segmentation_models_pytorch.utils.losses: older losses, of probabilities unless they are given an activation.

Parameters as in version 0.6.0. Without an activation they want numbers between 0 and 1 from a sigmoid or a softmax; no
word says that, so they need nothing.
"""

from lossl.stubs.vocabulary import *

from torch.nn import BCELoss as BCELoss
from torch.nn import BCEWithLogitsLoss as BCEWithLogitsLoss
from torch.nn import CrossEntropyLoss as CrossEntropyLoss
from torch.nn import L1Loss as L1Loss
from torch.nn import Module
from torch.nn import MSELoss as MSELoss
from torch.nn import NLLLoss as NLLLoss

class _OfOverlap(Module):
    @overload
    def forward(self, y_pr: Needs[SigmoidLogits], y_gt: Target, *, activation: Literal["sigmoid"]) -> Loss: ...
    @overload
    def forward(self, y_pr: Needs[SoftmaxLogits], y_gt: Target, *, activation: Literal["softmax2d"]) -> Loss: ...
    @overload
    def forward(self, y_pr: Tensor, y_gt: Target) -> Loss: ...

class DiceLoss(_OfOverlap):
    def __init__(self, eps=1.0, beta=1.0, activation=None, ignore_channels=None, **kwargs): ...

class JaccardLoss(_OfOverlap):
    def __init__(self, eps=1.0, activation=None, ignore_channels=None, **kwargs): ...
