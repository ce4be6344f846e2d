"""torchmetrics: metrics of what a model puts out. Parameters as in torchmetrics 1.9.0.

What reads classes is `torchmetrics.classification`.
"""

from lossl.stubs.vocabulary import *

from torch.nn import Module

from torchmetrics.metric import Metric
from torchmetrics.classification import (
    AUROC, ROC, Accuracy, AveragePrecision, CalibrationError, CohenKappa, ConfusionMatrix, ExactMatch,
    F1Score, FBetaScore, HammingDistance, HingeLoss, JaccardIndex, LogAUC, MatthewsCorrCoef, NegativePredictiveValue,
    Precision, PrecisionAtFixedRecall, PrecisionRecallCurve, Recall, RecallAtFixedPrecision, SensitivityAtSpecificity,
    Specificity, SpecificityAtSensitivity, StatScores,
)

class MetricCollection(Module):
    def __init__(self, metrics, *additional_metrics, prefix=None, postfix=None, compute_groups=True): ...
    def forward(self, *args: Tensor, **kwargs) -> Anything: ...
    def update(self, *args: Tensor, **kwargs) -> None: ...
    def compute(self) -> Anything: ...
    def reset(self) -> None: ...
    def clone(self, prefix=None, postfix=None) -> Self: ...

class MeanMetric(Metric):
    def __init__(self, nan_strategy="warn", **kwargs): ...

class KLDivergence(Metric):
    def __init__(self, log_prob=False, reduction="mean", **kwargs): ...

class MeanSquaredError(Metric):
    def __init__(self, squared=True, num_outputs=1, **kwargs): ...

class MeanAbsoluteError(Metric):
    def __init__(self, num_outputs=1, **kwargs): ...

class R2Score(Metric):
    def __init__(self, adjusted=0, multioutput="uniform_average", **kwargs): ...
