"""tensorflow_addons.losses: targets come first. Parameters as in tensorflow-addons 0.23.0.

Losses of embeddings and of boxes take any number and are left out.
"""

from lossl.stubs.vocabulary import *

from keras.losses import Loss as _KerasLoss

@overload
def sigmoid_focal_crossentropy(
    y_true: Target, y_pred: Needs[DeclaredLogits["from_logits", "sigmoid"]], alpha=0.25, gamma=2.0,
    from_logits: Literal[True] = False
) -> Loss: ...
@overload
def sigmoid_focal_crossentropy(
    y_true: Target, y_pred: Needs[Probability], alpha=0.25, gamma=2.0, from_logits: Literal[False] = False
) -> Loss: ...

class SigmoidFocalCrossEntropy(_KerasLoss):
    def __init__(
        self, from_logits=False, alpha=0.25, gamma=2.0, reduction="none", name="sigmoid_focal_crossentropy"
    ): ...
    @overload
    def call(
        self, y_true: Target, y_pred: Needs[DeclaredLogits["from_logits", "sigmoid"]], *, from_logits: Literal[True]
    ) -> Loss: ...
    @overload
    def call(self, y_true: Target, y_pred: Needs[Probability], *, from_logits: Literal[False]) -> Loss: ...

class WeightedKappaLoss(_KerasLoss):
    def __init__(
        self, num_classes, weightage="quadratic", name="cohen_kappa_loss", epsilon=1e-06, reduction="none"
    ): ...
    def call(self, y_true: Target, y_pred: Needs[Distribution]) -> Loss: ...
