"""keras_cv.losses: read in keras_cv 0.9.0. Both of these apply the sigmoid themselves if they are told of logits."""

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
