"""torchmetrics.classification: Parameters as in torchmetrics 1.9.0.

Those of two classes and of labels apply sigmoid to a batch in which anything lies outside [0, 1]; those of several
classes take the largest score, or apply softmax where they need values. What has a task is made one of these by it.
"""

from lossl.stubs.vocabulary import *

from torchmetrics.metric import Metric as _Metric

class _OfOrder(_Metric):
    def forward(self, preds: Ordering, target: Tensor) -> Tensor: ...
    def update(self, preds: Ordering, target: Tensor) -> None: ...

class _ByTask(_Metric):
    @overload
    def forward(self, preds: Ordering, target: Tensor, *, task: Literal["multiclass"]) -> Tensor: ...
    @overload
    def forward(self, preds: Tensor, target: Tensor) -> Tensor: ...
    @overload
    def update(self, preds: Ordering, target: Tensor, *, task: Literal["multiclass"]) -> None: ...
    @overload
    def update(self, preds: Tensor, target: Tensor) -> None: ...

class AUROC(_Metric):
    def __init__(
        self, task, thresholds=None, num_classes=None, num_labels=None, average="macro", max_fpr=None,
        ignore_index=None, validate_args=True, **kwargs
    ): ...

class EER(_Metric):
    def __init__(
        self, task, thresholds=None, num_classes=None, num_labels=None, average=None, ignore_index=None,
        validate_args=True, **kwargs
    ): ...

class ROC(_Metric):
    def __init__(
        self, task, thresholds=None, num_classes=None, num_labels=None, ignore_index=None, validate_args=True, **kwargs
    ): ...

class Accuracy(_ByTask):
    def __init__(
        self, task, threshold=0.5, num_classes=None, num_labels=None, average="micro", multidim_average="global",
        top_k=1, ignore_index=None, validate_args=True, **kwargs
    ): ...

class AveragePrecision(_Metric):
    def __init__(
        self, task, thresholds=None, num_classes=None, num_labels=None, average="macro", ignore_index=None,
        validate_args=True, **kwargs
    ): ...

class BinaryAUROC(_Metric):
    def __init__(self, max_fpr=None, thresholds=None, ignore_index=None, validate_args=True, **kwargs): ...

class BinaryAccuracy(_Metric):
    def __init__(self, threshold=0.5, multidim_average="global", ignore_index=None, validate_args=True, **kwargs): ...

class BinaryAveragePrecision(_Metric):
    def __init__(self, thresholds=None, ignore_index=None, validate_args=True, normalization="sigmoid", **kwargs): ...

class BinaryCalibrationError(_Metric):
    def __init__(self, n_bins=15, norm="l1", ignore_index=None, validate_args=True, **kwargs): ...

class BinaryCohenKappa(_Metric):
    def __init__(self, threshold=0.5, ignore_index=None, weights=None, validate_args=True, **kwargs): ...

class BinaryConfusionMatrix(_Metric):
    def __init__(self, threshold=0.5, ignore_index=None, normalize=None, validate_args=True, **kwargs): ...

class BinaryEER(_Metric):
    def __init__(self, thresholds=None, ignore_index=None, validate_args=True, normalization="sigmoid", **kwargs): ...

class BinaryF1Score(_Metric):
    def __init__(
        self, threshold=0.5, multidim_average="global", ignore_index=None, validate_args=True, zero_division=0, **kwargs
    ): ...

class BinaryFBetaScore(_Metric):
    def __init__(
        self, beta, threshold=0.5, multidim_average="global", ignore_index=None, validate_args=True, zero_division=0,
        **kwargs
    ): ...

class BinaryFairness(_Metric):
    def __init__(self, num_groups, task="all", threshold=0.5, ignore_index=None, validate_args=True, **kwargs): ...

class BinaryGroupStatRates(_Metric):
    def __init__(self, num_groups, threshold=0.5, ignore_index=None, validate_args=True, **kwargs): ...

class BinaryHammingDistance(_Metric):
    def __init__(self, threshold=0.5, multidim_average="global", ignore_index=None, validate_args=True, **kwargs): ...

class BinaryHingeLoss(_Metric):
    def __init__(self, squared=False, ignore_index=None, validate_args=True, **kwargs): ...

class BinaryJaccardIndex(_Metric):
    def __init__(self, threshold=0.5, ignore_index=None, validate_args=True, zero_division=0, **kwargs): ...

class BinaryLogAUC(_Metric):
    def __init__(self, fpr_range=(0.001, 0.1), thresholds=None, ignore_index=None, validate_args=False, **kwargs): ...

class BinaryMatthewsCorrCoef(_Metric):
    def __init__(self, threshold=0.5, ignore_index=None, validate_args=True, **kwargs): ...

class BinaryNegativePredictiveValue(_Metric):
    def __init__(self, threshold=0.5, multidim_average="global", ignore_index=None, validate_args=True, **kwargs): ...

class BinaryPrecision(_Metric):
    def __init__(self, threshold=0.5, multidim_average="global", ignore_index=None, validate_args=True, **kwargs): ...

class BinaryPrecisionAtFixedRecall(_Metric):
    def __init__(self, min_recall, thresholds=None, ignore_index=None, validate_args=True, **kwargs): ...

class BinaryPrecisionRecallCurve(_Metric):
    def __init__(self, thresholds=None, ignore_index=None, validate_args=True, normalization="sigmoid", **kwargs): ...

class BinaryROC(_Metric):
    def __init__(self, thresholds=None, ignore_index=None, validate_args=True, normalization="sigmoid", **kwargs): ...

class BinaryRecall(_Metric):
    def __init__(self, threshold=0.5, multidim_average="global", ignore_index=None, validate_args=True, **kwargs): ...

class BinaryRecallAtFixedPrecision(_Metric):
    def __init__(self, min_precision, thresholds=None, ignore_index=None, validate_args=True, **kwargs): ...

class BinarySensitivityAtSpecificity(_Metric):
    def __init__(self, min_specificity, thresholds=None, ignore_index=None, validate_args=True, **kwargs): ...

class BinarySpecificity(_Metric):
    def __init__(self, threshold=0.5, multidim_average="global", ignore_index=None, validate_args=True, **kwargs): ...

class BinarySpecificityAtSensitivity(_Metric):
    def __init__(self, min_sensitivity, thresholds=None, ignore_index=None, validate_args=True, **kwargs): ...

class BinaryStatScores(_Metric):
    def __init__(self, threshold=0.5, multidim_average="global", ignore_index=None, validate_args=True, **kwargs): ...

class CalibrationError(_Metric):
    def __init__(
        self, task, n_bins=15, norm="l1", num_classes=None, ignore_index=None, validate_args=True, **kwargs
    ): ...

class CohenKappa(_ByTask):
    def __init__(
        self, task, threshold=0.5, num_classes=None, weights=None, ignore_index=None, validate_args=True, **kwargs
    ): ...

class ConfusionMatrix(_ByTask):
    def __init__(
        self, task, threshold=0.5, num_classes=None, num_labels=None, normalize=None, ignore_index=None,
        validate_args=True, **kwargs
    ): ...

class ExactMatch(_ByTask):
    def __init__(
        self, task, threshold=0.5, num_classes=None, num_labels=None, multidim_average="global", ignore_index=None,
        validate_args=True, **kwargs
    ): ...

class F1Score(_ByTask):
    def __init__(
        self, task, threshold=0.5, num_classes=None, num_labels=None, average="micro", multidim_average="global",
        top_k=1, ignore_index=None, validate_args=True, zero_division=0, **kwargs
    ): ...

class FBetaScore(_ByTask):
    def __init__(
        self, task, beta=1.0, threshold=0.5, num_classes=None, num_labels=None, average="micro",
        multidim_average="global", top_k=1, ignore_index=None, validate_args=True, zero_division=0, **kwargs
    ): ...

class HammingDistance(_ByTask):
    def __init__(
        self, task, threshold=0.5, num_classes=None, num_labels=None, average="micro", multidim_average="global",
        top_k=1, ignore_index=None, validate_args=True, **kwargs
    ): ...

class HingeLoss(_Metric):
    def __init__(
        self, task, num_classes=None, squared=False, multiclass_mode="crammer-singer", ignore_index=None,
        validate_args=True, **kwargs
    ): ...

class JaccardIndex(_ByTask):
    def __init__(
        self, task, threshold=0.5, num_classes=None, num_labels=None, average="macro", ignore_index=None,
        validate_args=True, **kwargs
    ): ...

class LogAUC(_Metric):
    def __init__(
        self, task, thresholds=None, fpr_range=(0.001, 0.1), num_classes=None, num_labels=None, ignore_index=None,
        validate_args=True, **kwargs
    ): ...

class MatthewsCorrCoef(_ByTask):
    def __init__(
        self, task, threshold=0.5, num_classes=None, num_labels=None, ignore_index=None, validate_args=True, **kwargs
    ): ...

class MulticlassAUROC(_Metric):
    def __init__(
        self, num_classes, average="macro", thresholds=None, ignore_index=None, validate_args=True, **kwargs
    ): ...

class MulticlassAccuracy(_OfOrder):
    def __init__(
        self, num_classes=None, top_k=1, average="macro", multidim_average="global", ignore_index=None,
        validate_args=True, **kwargs
    ): ...

class MulticlassAveragePrecision(_Metric):
    def __init__(
        self, num_classes, average="macro", thresholds=None, ignore_index=None, validate_args=True, **kwargs
    ): ...

class MulticlassCalibrationError(_Metric):
    def __init__(self, num_classes, n_bins=15, norm="l1", ignore_index=None, validate_args=True, **kwargs): ...

class MulticlassCohenKappa(_OfOrder):
    def __init__(self, num_classes, ignore_index=None, weights=None, validate_args=True, **kwargs): ...

class MulticlassConfusionMatrix(_OfOrder):
    def __init__(self, num_classes, ignore_index=None, normalize=None, validate_args=True, **kwargs): ...

class MulticlassEER(_Metric):
    def __init__(self, num_classes, thresholds=None, average=None, ignore_index=None, validate_args=True, **kwargs): ...

class MulticlassExactMatch(_OfOrder):
    def __init__(self, num_classes, multidim_average="global", ignore_index=None, validate_args=True, **kwargs): ...

class MulticlassF1Score(_OfOrder):
    def __init__(
        self, num_classes, top_k=1, average="macro", multidim_average="global", ignore_index=None, validate_args=True,
        zero_division=0, **kwargs
    ): ...

class MulticlassFBetaScore(_OfOrder):
    def __init__(
        self, beta, num_classes, top_k=1, average="macro", multidim_average="global", ignore_index=None,
        validate_args=True, zero_division=0, **kwargs
    ): ...

class MulticlassHammingDistance(_OfOrder):
    def __init__(
        self, num_classes=None, top_k=1, average="macro", multidim_average="global", ignore_index=None,
        validate_args=True, **kwargs
    ): ...

class MulticlassHingeLoss(_Metric):
    def __init__(
        self, num_classes, squared=False, multiclass_mode="crammer-singer", ignore_index=None, validate_args=True,
        **kwargs
    ): ...

class MulticlassJaccardIndex(_OfOrder):
    def __init__(
        self, num_classes, average="macro", ignore_index=None, validate_args=True, zero_division=0, **kwargs
    ): ...

class MulticlassLogAUC(_Metric):
    def __init__(
        self, num_classes, fpr_range=(0.001, 0.1), average=None, thresholds=None, ignore_index=None, validate_args=True,
        **kwargs
    ): ...

class MulticlassMatthewsCorrCoef(_OfOrder):
    def __init__(self, num_classes, ignore_index=None, validate_args=True, **kwargs): ...

class MulticlassNegativePredictiveValue(_OfOrder):
    def __init__(
        self, num_classes=None, top_k=1, average="macro", multidim_average="global", ignore_index=None,
        validate_args=True, **kwargs
    ): ...

class MulticlassPrecision(_OfOrder):
    def __init__(
        self, num_classes=None, top_k=1, average="macro", multidim_average="global", ignore_index=None,
        validate_args=True, **kwargs
    ): ...

class MulticlassPrecisionAtFixedRecall(_Metric):
    def __init__(self, num_classes, min_recall, thresholds=None, ignore_index=None, validate_args=True, **kwargs): ...

class MulticlassPrecisionRecallCurve(_Metric):
    def __init__(self, num_classes, thresholds=None, average=None, ignore_index=None, validate_args=True, **kwargs): ...

class MulticlassROC(_Metric):
    def __init__(self, num_classes, thresholds=None, average=None, ignore_index=None, validate_args=True, **kwargs): ...

class MulticlassRecall(_OfOrder):
    def __init__(
        self, num_classes=None, top_k=1, average="macro", multidim_average="global", ignore_index=None,
        validate_args=True, **kwargs
    ): ...

class MulticlassRecallAtFixedPrecision(_Metric):
    def __init__(
        self, num_classes, min_precision, thresholds=None, ignore_index=None, validate_args=True, **kwargs
    ): ...

class MulticlassSensitivityAtSpecificity(_Metric):
    def __init__(
        self, num_classes, min_specificity, thresholds=None, ignore_index=None, validate_args=True, **kwargs
    ): ...

class MulticlassSpecificity(_OfOrder):
    def __init__(
        self, num_classes=None, top_k=1, average="macro", multidim_average="global", ignore_index=None,
        validate_args=True, **kwargs
    ): ...

class MulticlassSpecificityAtSensitivity(_Metric):
    def __init__(
        self, num_classes, min_sensitivity, thresholds=None, ignore_index=None, validate_args=True, **kwargs
    ): ...

class MulticlassStatScores(_OfOrder):
    def __init__(
        self, num_classes=None, top_k=1, average="macro", multidim_average="global", ignore_index=None,
        validate_args=True, **kwargs
    ): ...

class MultilabelAUROC(_Metric):
    def __init__(
        self, num_labels, average="macro", thresholds=None, ignore_index=None, validate_args=True, **kwargs
    ): ...

class MultilabelAccuracy(_Metric):
    def __init__(
        self, num_labels, threshold=0.5, average="macro", multidim_average="global", ignore_index=None,
        validate_args=True, **kwargs
    ): ...

class MultilabelAveragePrecision(_Metric):
    def __init__(
        self, num_labels, average="macro", thresholds=None, ignore_index=None, validate_args=True, **kwargs
    ): ...

class MultilabelConfusionMatrix(_Metric):
    def __init__(self, num_labels, threshold=0.5, ignore_index=None, normalize=None, validate_args=True, **kwargs): ...

class MultilabelCoverageError(_Metric):
    def __init__(self, num_labels, ignore_index=None, validate_args=True, **kwargs): ...

class MultilabelEER(_Metric):
    def __init__(self, num_labels, thresholds=None, ignore_index=None, validate_args=True, **kwargs): ...

class MultilabelExactMatch(_Metric):
    def __init__(
        self, num_labels, threshold=0.5, multidim_average="global", ignore_index=None, validate_args=True, **kwargs
    ): ...

class MultilabelF1Score(_Metric):
    def __init__(
        self, num_labels, threshold=0.5, average="macro", multidim_average="global", ignore_index=None,
        validate_args=True, zero_division=0, **kwargs
    ): ...

class MultilabelFBetaScore(_Metric):
    def __init__(
        self, beta, num_labels, threshold=0.5, average="macro", multidim_average="global", ignore_index=None,
        validate_args=True, zero_division=0, **kwargs
    ): ...

class MultilabelHammingDistance(_Metric):
    def __init__(
        self, num_labels, threshold=0.5, average="macro", multidim_average="global", ignore_index=None,
        validate_args=True, **kwargs
    ): ...

class MultilabelJaccardIndex(_Metric):
    def __init__(
        self, num_labels, threshold=0.5, average="macro", ignore_index=None, validate_args=True, zero_division=0,
        **kwargs
    ): ...

class MultilabelLogAUC(_Metric):
    def __init__(
        self, num_labels, fpr_range=(0.001, 0.1), average=None, thresholds=None, ignore_index=None, validate_args=True,
        **kwargs
    ): ...

class MultilabelMatthewsCorrCoef(_Metric):
    def __init__(self, num_labels, threshold=0.5, ignore_index=None, validate_args=True, **kwargs): ...

class MultilabelNegativePredictiveValue(_Metric):
    def __init__(
        self, num_labels, threshold=0.5, average="macro", multidim_average="global", ignore_index=None,
        validate_args=True, **kwargs
    ): ...

class MultilabelPrecision(_Metric):
    def __init__(
        self, num_labels, threshold=0.5, average="macro", multidim_average="global", ignore_index=None,
        validate_args=True, **kwargs
    ): ...

class MultilabelPrecisionAtFixedRecall(_Metric):
    def __init__(self, num_labels, min_recall, thresholds=None, ignore_index=None, validate_args=True, **kwargs): ...

class MultilabelPrecisionRecallCurve(_Metric):
    def __init__(self, num_labels, thresholds=None, ignore_index=None, validate_args=True, **kwargs): ...

class MultilabelROC(_Metric):
    def __init__(self, num_labels, thresholds=None, ignore_index=None, validate_args=True, **kwargs): ...

class MultilabelRankingAveragePrecision(_Metric):
    def __init__(self, num_labels, ignore_index=None, validate_args=True, **kwargs): ...

class MultilabelRankingLoss(_Metric):
    def __init__(self, num_labels, ignore_index=None, validate_args=True, **kwargs): ...

class MultilabelRecall(_Metric):
    def __init__(
        self, num_labels, threshold=0.5, average="macro", multidim_average="global", ignore_index=None,
        validate_args=True, **kwargs
    ): ...

class MultilabelRecallAtFixedPrecision(_Metric):
    def __init__(self, num_labels, min_precision, thresholds=None, ignore_index=None, validate_args=True, **kwargs): ...

class MultilabelSensitivityAtSpecificity(_Metric):
    def __init__(
        self, num_labels, min_specificity, thresholds=None, ignore_index=None, validate_args=True, **kwargs
    ): ...

class MultilabelSpecificity(_Metric):
    def __init__(
        self, num_labels, threshold=0.5, average="macro", multidim_average="global", ignore_index=None,
        validate_args=True, **kwargs
    ): ...

class MultilabelSpecificityAtSensitivity(_Metric):
    def __init__(
        self, num_labels, min_sensitivity, thresholds=None, ignore_index=None, validate_args=True, **kwargs
    ): ...

class MultilabelStatScores(_Metric):
    def __init__(
        self, num_labels, threshold=0.5, average="macro", multidim_average="global", ignore_index=None,
        validate_args=True, **kwargs
    ): ...

class NegativePredictiveValue(_ByTask):
    def __init__(
        self, task, threshold=0.5, num_classes=None, num_labels=None, average="micro", multidim_average="global",
        top_k=1, ignore_index=None, validate_args=True, **kwargs
    ): ...

class Precision(_ByTask):
    def __init__(
        self, task, threshold=0.5, num_classes=None, num_labels=None, average="micro", multidim_average="global",
        top_k=1, ignore_index=None, validate_args=True, **kwargs
    ): ...

class PrecisionAtFixedRecall(_Metric):
    def __init__(
        self, task, min_recall, thresholds=None, num_classes=None, num_labels=None, ignore_index=None,
        validate_args=True, **kwargs
    ): ...

class PrecisionRecallCurve(_Metric):
    def __init__(
        self, task, thresholds=None, num_classes=None, num_labels=None, ignore_index=None, validate_args=True, **kwargs
    ): ...

class Recall(_ByTask):
    def __init__(
        self, task, threshold=0.5, num_classes=None, num_labels=None, average="micro", multidim_average="global",
        top_k=1, ignore_index=None, validate_args=True, **kwargs
    ): ...

class RecallAtFixedPrecision(_Metric):
    def __init__(
        self, task, min_precision, thresholds=None, num_classes=None, num_labels=None, ignore_index=None,
        validate_args=True, **kwargs
    ): ...

class SensitivityAtSpecificity(_Metric):
    def __init__(
        self, task, min_specificity, thresholds=None, num_classes=None, num_labels=None, ignore_index=None,
        validate_args=True, **kwargs
    ): ...

class Specificity(_ByTask):
    def __init__(
        self, task, threshold=0.5, num_classes=None, num_labels=None, average="micro", multidim_average="global",
        top_k=1, ignore_index=None, validate_args=True, **kwargs
    ): ...

class SpecificityAtSensitivity(_Metric):
    def __init__(
        self, task, min_sensitivity, thresholds=None, num_classes=None, num_labels=None, ignore_index=None,
        validate_args=True, **kwargs
    ): ...

class StatScores(_ByTask):
    def __init__(
        self, task, threshold=0.5, num_classes=None, num_labels=None, average="micro", multidim_average="global",
        top_k=1, ignore_index=None, validate_args=True, **kwargs
    ): ...
