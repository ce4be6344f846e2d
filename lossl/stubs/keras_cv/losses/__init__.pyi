"""keras_cv.losses: parameters as in keras_cv 0.9.0. Those of classes apply the sigmoid themselves if they are told of logits;
those of boxes and of embeddings take any number."""

from lossl.stubs.vocabulary import *

from keras.losses import Loss

class FocalLoss(Loss):
    def __init__(self, alpha=0.25, gamma=2, from_logits=False, label_smoothing=0, **kwargs): ...
    @overload
    def call(
        self, y_true: Target, y_pred: Needs[DeclaredLogits["from_logits", "sigmoid"]], *, from_logits: Literal[True]
    ) -> Loss: ...
    @overload
    def call(self, y_true: Target, y_pred: Needs[Probability], *, from_logits: Literal[False]) -> Loss: ...

class BinaryPenaltyReducedFocalCrossEntropy(Loss):
    def __init__(
        self, alpha=2.0, beta=4.0, from_logits=False, positive_threshold=0.99, positive_weight=1.0,
        negative_weight=1.0, reduction="sum_over_batch_size", name="binary_penalty_reduced_focal_cross_entropy"
    ): ...
    @overload
    def call(
        self, y_true: Target, y_pred: Needs[DeclaredLogits["from_logits", "sigmoid"]], *, from_logits: Literal[True]
    ) -> Loss: ...
    @overload
    def call(self, y_true: Target, y_pred: Needs[Probability], *, from_logits: Literal[False]) -> Loss: ...

class _OfAnyNumber(Loss):
    def call(self, y_true: Target, y_pred: Tensor) -> Loss: ...

class SmoothL1Loss(_OfAnyNumber):
    def __init__(self, l1_cutoff=1.0, **kwargs): ...

class GIoULoss(Loss):
    def __init__(self, bounding_box_format, axis=-1, **kwargs): ...
    def call(self, y_true: Target, y_pred: Tensor, sample_weight=None) -> Loss: ...

class CIoULoss(_OfAnyNumber):
    def __init__(self, bounding_box_format, eps=1e-07, **kwargs): ...

class IoULoss(_OfAnyNumber):
    def __init__(self, bounding_box_format, mode="log", axis=-1, **kwargs): ...

class SimCLRLoss(Loss):
    def __init__(self, temperature, **kwargs): ...
    def call(self, projections_1: Tensor, projections_2: Tensor) -> Loss: ...
