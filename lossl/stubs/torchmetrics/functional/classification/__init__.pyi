"""torchmetrics.functional.classification: what `torchmetrics.classification` does, as functions. As in torchmetrics 1.9.0."""

from lossl.stubs.vocabulary import *

@overload
def accuracy(
    preds: Ordering, target: Tensor, task: Literal["multiclass"], threshold=0.5, num_classes=None, num_labels=None,
    average="micro", multidim_average="global", top_k=1, ignore_index=None, validate_args=True
) -> Tensor: ...
@overload
def accuracy(
    preds: Tensor, target: Tensor, task, threshold=0.5, num_classes=None, num_labels=None, average="micro",
    multidim_average="global", top_k=1, ignore_index=None, validate_args=True
) -> Tensor: ...
def auroc(
    preds: Tensor, target: Tensor, task, thresholds=None, num_classes=None, num_labels=None, average="macro",
    max_fpr=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def average_precision(
    preds: Tensor, target: Tensor, task, thresholds=None, num_classes=None, num_labels=None, average="macro",
    ignore_index=None, validate_args=True
) -> Tensor: ...
def binary_accuracy(
    preds: Tensor, target: Tensor, threshold=0.5, multidim_average="global", ignore_index=None, validate_args=True
) -> Tensor: ...
def binary_auroc(
    preds: Tensor, target: Tensor, max_fpr=None, thresholds=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def binary_average_precision(
    preds: Tensor, target: Tensor, thresholds=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def binary_calibration_error(
    preds: Tensor, target: Tensor, n_bins=15, norm="l1", ignore_index=None, validate_args=True
) -> Tensor: ...
def binary_cohen_kappa(
    preds: Tensor, target: Tensor, threshold=0.5, weights=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def binary_confusion_matrix(
    preds: Tensor, target: Tensor, threshold=0.5, normalize=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def binary_eer(preds: Tensor, target: Tensor, thresholds=None, ignore_index=None, validate_args=True) -> Tensor: ...
def binary_f1_score(
    preds: Tensor, target: Tensor, threshold=0.5, multidim_average="global", ignore_index=None, validate_args=True,
    zero_division=0
) -> Tensor: ...
def binary_fairness(
    preds: Tensor, target: Tensor, groups, task="all", threshold=0.5, ignore_index=None, validate_args=True
) -> Tensor: ...
def binary_fbeta_score(
    preds: Tensor, target: Tensor, beta, threshold=0.5, multidim_average="global", ignore_index=None,
    validate_args=True, zero_division=0
) -> Tensor: ...
def binary_groups_stat_rates(
    preds: Tensor, target: Tensor, groups, num_groups, threshold=0.5, ignore_index=None, validate_args=True
) -> Tensor: ...
def binary_hamming_distance(
    preds: Tensor, target: Tensor, threshold=0.5, multidim_average="global", ignore_index=None, validate_args=True
) -> Tensor: ...
def binary_hinge_loss(
    preds: Tensor, target: Tensor, squared=False, ignore_index=None, validate_args=False
) -> Tensor: ...
def binary_jaccard_index(
    preds: Tensor, target: Tensor, threshold=0.5, ignore_index=None, validate_args=True, zero_division=0.0
) -> Tensor: ...
def binary_logauc(
    preds: Tensor, target: Tensor, fpr_range=(0.001, 0.1), thresholds=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def binary_matthews_corrcoef(
    preds: Tensor, target: Tensor, threshold=0.5, ignore_index=None, validate_args=True
) -> Tensor: ...
def binary_negative_predictive_value(
    preds: Tensor, target: Tensor, threshold=0.5, multidim_average="global", ignore_index=None, validate_args=True,
    zero_division=0
) -> Tensor: ...
def binary_precision(
    preds: Tensor, target: Tensor, threshold=0.5, multidim_average="global", ignore_index=None, validate_args=True,
    zero_division=0
) -> Tensor: ...
def binary_precision_at_fixed_recall(
    preds: Tensor, target: Tensor, min_recall, thresholds=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def binary_precision_recall_curve(
    preds: Tensor, target: Tensor, thresholds=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def binary_recall(
    preds: Tensor, target: Tensor, threshold=0.5, multidim_average="global", ignore_index=None, validate_args=True,
    zero_division=0
) -> Tensor: ...
def binary_recall_at_fixed_precision(
    preds: Tensor, target: Tensor, min_precision, thresholds=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def binary_roc(preds: Tensor, target: Tensor, thresholds=None, ignore_index=None, validate_args=True) -> Tensor: ...
def binary_sensitivity_at_specificity(
    preds: Tensor, target: Tensor, min_specificity, thresholds=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def binary_specificity(
    preds: Tensor, target: Tensor, threshold=0.5, multidim_average="global", ignore_index=None, validate_args=True
) -> Tensor: ...
def binary_specificity_at_sensitivity(
    preds: Tensor, target: Tensor, min_sensitivity, thresholds=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def binary_stat_scores(
    preds: Tensor, target: Tensor, threshold=0.5, multidim_average="global", ignore_index=None, validate_args=True
) -> Tensor: ...
def calibration_error(
    preds: Tensor, target: Tensor, task, n_bins=15, norm="l1", num_classes=None, ignore_index=None, validate_args=True
) -> Tensor: ...
@overload
def cohen_kappa(
    preds: Ordering, target: Tensor, task: Literal["multiclass"], threshold=0.5, num_classes=None, weights=None,
    ignore_index=None, validate_args=True
) -> Tensor: ...
@overload
def cohen_kappa(
    preds: Tensor, target: Tensor, task, threshold=0.5, num_classes=None, weights=None, ignore_index=None,
    validate_args=True
) -> Tensor: ...
@overload
def confusion_matrix(
    preds: Ordering, target: Tensor, task: Literal["multiclass"], threshold=0.5, num_classes=None, num_labels=None,
    normalize=None, ignore_index=None, validate_args=True
) -> Tensor: ...
@overload
def confusion_matrix(
    preds: Tensor, target: Tensor, task, threshold=0.5, num_classes=None, num_labels=None, normalize=None,
    ignore_index=None, validate_args=True
) -> Tensor: ...
def eer(
    preds: Tensor, target: Tensor, task, thresholds=None, num_classes=None, num_labels=None, average=None,
    ignore_index=None, validate_args=True
) -> Tensor: ...
def equal_opportunity(
    preds: Tensor, target: Tensor, groups, threshold=0.5, ignore_index=None, validate_args=True
) -> Tensor: ...
@overload
def exact_match(
    preds: Ordering, target: Tensor, task: Literal["multiclass"], num_classes=None, num_labels=None, threshold=0.5,
    multidim_average="global", ignore_index=None, validate_args=True
) -> Tensor: ...
@overload
def exact_match(
    preds: Tensor, target: Tensor, task, num_classes=None, num_labels=None, threshold=0.5, multidim_average="global",
    ignore_index=None, validate_args=True
) -> Tensor: ...
@overload
def f1_score(
    preds: Ordering, target: Tensor, task: Literal["multiclass"], threshold=0.5, num_classes=None, num_labels=None,
    average="micro", multidim_average="global", top_k=1, ignore_index=None, validate_args=True, zero_division=0
) -> Tensor: ...
@overload
def f1_score(
    preds: Tensor, target: Tensor, task, threshold=0.5, num_classes=None, num_labels=None, average="micro",
    multidim_average="global", top_k=1, ignore_index=None, validate_args=True, zero_division=0
) -> Tensor: ...
@overload
def fbeta_score(
    preds: Ordering, target: Tensor, task: Literal["multiclass"], beta=1.0, threshold=0.5, num_classes=None,
    num_labels=None, average="micro", multidim_average="global", top_k=1, ignore_index=None, validate_args=True,
    zero_division=0
) -> Tensor: ...
@overload
def fbeta_score(
    preds: Tensor, target: Tensor, task, beta=1.0, threshold=0.5, num_classes=None, num_labels=None, average="micro",
    multidim_average="global", top_k=1, ignore_index=None, validate_args=True, zero_division=0
) -> Tensor: ...
@overload
def hamming_distance(
    preds: Ordering, target: Tensor, task: Literal["multiclass"], threshold=0.5, num_classes=None, num_labels=None,
    average="micro", multidim_average="global", top_k=1, ignore_index=None, validate_args=True
) -> Tensor: ...
@overload
def hamming_distance(
    preds: Tensor, target: Tensor, task, threshold=0.5, num_classes=None, num_labels=None, average="micro",
    multidim_average="global", top_k=1, ignore_index=None, validate_args=True
) -> Tensor: ...
def hinge_loss(
    preds: Tensor, target: Tensor, task, num_classes=None, squared=False, multiclass_mode="crammer-singer",
    ignore_index=None, validate_args=True
) -> Tensor: ...
@overload
def jaccard_index(
    preds: Ordering, target: Tensor, task: Literal["multiclass"], threshold=0.5, num_classes=None, num_labels=None,
    average="macro", ignore_index=None, validate_args=True, zero_division=0.0
) -> Tensor: ...
@overload
def jaccard_index(
    preds: Tensor, target: Tensor, task, threshold=0.5, num_classes=None, num_labels=None, average="macro",
    ignore_index=None, validate_args=True, zero_division=0.0
) -> Tensor: ...
def logauc(
    preds: Tensor, target: Tensor, task, thresholds=None, num_classes=None, num_labels=None, fpr_range=(0.001, 0.1),
    average=None, ignore_index=None, validate_args=True
) -> Tensor: ...
@overload
def matthews_corrcoef(
    preds: Ordering, target: Tensor, task: Literal["multiclass"], threshold=0.5, num_classes=None, num_labels=None,
    ignore_index=None, validate_args=True
) -> Tensor: ...
@overload
def matthews_corrcoef(
    preds: Tensor, target: Tensor, task, threshold=0.5, num_classes=None, num_labels=None, ignore_index=None,
    validate_args=True
) -> Tensor: ...
def multiclass_accuracy(
    preds: Ordering, target: Tensor, num_classes=None, average="macro", top_k=1, multidim_average="global",
    ignore_index=None, validate_args=True
) -> Tensor: ...
def multiclass_auroc(
    preds: Tensor, target: Tensor, num_classes, average="macro", thresholds=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def multiclass_average_precision(
    preds: Tensor, target: Tensor, num_classes, average="macro", thresholds=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def multiclass_calibration_error(
    preds: Tensor, target: Tensor, num_classes, n_bins=15, norm="l1", ignore_index=None, validate_args=True
) -> Tensor: ...
def multiclass_cohen_kappa(
    preds: Ordering, target: Tensor, num_classes, weights=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def multiclass_confusion_matrix(
    preds: Ordering, target: Tensor, num_classes, normalize=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def multiclass_eer(
    preds: Tensor, target: Tensor, num_classes, thresholds=None, average=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def multiclass_exact_match(
    preds: Ordering, target: Tensor, num_classes, multidim_average="global", ignore_index=None, validate_args=True
) -> Tensor: ...
def multiclass_f1_score(
    preds: Ordering, target: Tensor, num_classes, average="macro", top_k=1, multidim_average="global",
    ignore_index=None, validate_args=True, zero_division=0
) -> Tensor: ...
def multiclass_fbeta_score(
    preds: Ordering, target: Tensor, beta, num_classes, average="macro", top_k=1, multidim_average="global",
    ignore_index=None, validate_args=True, zero_division=0
) -> Tensor: ...
def multiclass_hamming_distance(
    preds: Ordering, target: Tensor, num_classes, average="macro", top_k=1, multidim_average="global",
    ignore_index=None, validate_args=True
) -> Tensor: ...
def multiclass_hinge_loss(
    preds: Tensor, target: Tensor, num_classes, squared=False, multiclass_mode="crammer-singer", ignore_index=None,
    validate_args=False
) -> Tensor: ...
def multiclass_jaccard_index(
    preds: Ordering, target: Tensor, num_classes, average="macro", ignore_index=None, validate_args=True,
    zero_division=0.0
) -> Tensor: ...
def multiclass_logauc(
    preds: Tensor, target: Tensor, num_classes, fpr_range=(0.001, 0.1), average="macro", thresholds=None,
    ignore_index=None, validate_args=True
) -> Tensor: ...
def multiclass_matthews_corrcoef(
    preds: Ordering, target: Tensor, num_classes, ignore_index=None, validate_args=True
) -> Tensor: ...
def multiclass_negative_predictive_value(
    preds: Ordering, target: Tensor, num_classes, average="macro", top_k=1, multidim_average="global",
    ignore_index=None, validate_args=True, zero_division=0
) -> Tensor: ...
def multiclass_precision(
    preds: Ordering, target: Tensor, num_classes, average="macro", top_k=1, multidim_average="global",
    ignore_index=None, validate_args=True, zero_division=0
) -> Tensor: ...
def multiclass_precision_at_fixed_recall(
    preds: Tensor, target: Tensor, num_classes, min_recall, thresholds=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def multiclass_precision_recall_curve(
    preds: Tensor, target: Tensor, num_classes, thresholds=None, average=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def multiclass_recall(
    preds: Ordering, target: Tensor, num_classes, average="macro", top_k=1, multidim_average="global",
    ignore_index=None, validate_args=True, zero_division=0
) -> Tensor: ...
def multiclass_recall_at_fixed_precision(
    preds: Tensor, target: Tensor, num_classes, min_precision, thresholds=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def multiclass_roc(
    preds: Tensor, target: Tensor, num_classes, thresholds=None, average=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def multiclass_sensitivity_at_specificity(
    preds: Tensor, target: Tensor, num_classes, min_specificity, thresholds=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def multiclass_specificity(
    preds: Ordering, target: Tensor, num_classes, average="macro", top_k=1, multidim_average="global",
    ignore_index=None, validate_args=True
) -> Tensor: ...
def multiclass_specificity_at_sensitivity(
    preds: Tensor, target: Tensor, num_classes, min_sensitivity, thresholds=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def multiclass_stat_scores(
    preds: Ordering, target: Tensor, num_classes, average="macro", top_k=1, multidim_average="global",
    ignore_index=None, validate_args=True
) -> Tensor: ...
def multilabel_accuracy(
    preds: Tensor, target: Tensor, num_labels, threshold=0.5, average="macro", multidim_average="global",
    ignore_index=None, validate_args=True
) -> Tensor: ...
def multilabel_auroc(
    preds: Tensor, target: Tensor, num_labels, average="macro", thresholds=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def multilabel_average_precision(
    preds: Tensor, target: Tensor, num_labels, average="macro", thresholds=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def multilabel_confusion_matrix(
    preds: Tensor, target: Tensor, num_labels, threshold=0.5, normalize=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def multilabel_coverage_error(
    preds: Tensor, target: Tensor, num_labels, ignore_index=None, validate_args=True
) -> Tensor: ...
def multilabel_eer(
    preds: Tensor, target: Tensor, num_labels, thresholds=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def multilabel_exact_match(
    preds: Tensor, target: Tensor, num_labels, threshold=0.5, multidim_average="global", ignore_index=None,
    validate_args=True
) -> Tensor: ...
def multilabel_f1_score(
    preds: Tensor, target: Tensor, num_labels, threshold=0.5, average="macro", multidim_average="global",
    ignore_index=None, validate_args=True, zero_division=0
) -> Tensor: ...
def multilabel_fbeta_score(
    preds: Tensor, target: Tensor, beta, num_labels, threshold=0.5, average="macro", multidim_average="global",
    ignore_index=None, validate_args=True, zero_division=0
) -> Tensor: ...
def multilabel_hamming_distance(
    preds: Tensor, target: Tensor, num_labels, threshold=0.5, average="macro", multidim_average="global",
    ignore_index=None, validate_args=True
) -> Tensor: ...
def multilabel_jaccard_index(
    preds: Tensor, target: Tensor, num_labels, threshold=0.5, average="macro", ignore_index=None, validate_args=True,
    zero_division=0.0
) -> Tensor: ...
def multilabel_logauc(
    preds: Tensor, target: Tensor, num_labels, fpr_range=(0.001, 0.1), average="macro", thresholds=None,
    ignore_index=None, validate_args=True
) -> Tensor: ...
def multilabel_matthews_corrcoef(
    preds: Tensor, target: Tensor, num_labels, threshold=0.5, ignore_index=None, validate_args=True
) -> Tensor: ...
def multilabel_negative_predictive_value(
    preds: Tensor, target: Tensor, num_labels, threshold=0.5, average="macro", multidim_average="global",
    ignore_index=None, validate_args=True, zero_division=0
) -> Tensor: ...
def multilabel_precision(
    preds: Tensor, target: Tensor, num_labels, threshold=0.5, average="macro", multidim_average="global",
    ignore_index=None, validate_args=True, zero_division=0
) -> Tensor: ...
def multilabel_precision_at_fixed_recall(
    preds: Tensor, target: Tensor, num_labels, min_recall, thresholds=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def multilabel_precision_recall_curve(
    preds: Tensor, target: Tensor, num_labels, thresholds=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def multilabel_ranking_average_precision(
    preds: Tensor, target: Tensor, num_labels, ignore_index=None, validate_args=True
) -> Tensor: ...
def multilabel_ranking_loss(
    preds: Tensor, target: Tensor, num_labels, ignore_index=None, validate_args=True
) -> Tensor: ...
def multilabel_recall(
    preds: Tensor, target: Tensor, num_labels, threshold=0.5, average="macro", multidim_average="global",
    ignore_index=None, validate_args=True, zero_division=0
) -> Tensor: ...
def multilabel_recall_at_fixed_precision(
    preds: Tensor, target: Tensor, num_labels, min_precision, thresholds=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def multilabel_roc(
    preds: Tensor, target: Tensor, num_labels, thresholds=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def multilabel_sensitivity_at_specificity(
    preds: Tensor, target: Tensor, num_labels, min_specificity, thresholds=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def multilabel_specificity(
    preds: Tensor, target: Tensor, num_labels, threshold=0.5, average="macro", multidim_average="global",
    ignore_index=None, validate_args=True
) -> Tensor: ...
def multilabel_specificity_at_sensitivity(
    preds: Tensor, target: Tensor, num_labels, min_sensitivity, thresholds=None, ignore_index=None, validate_args=True
) -> Tensor: ...
def multilabel_stat_scores(
    preds: Tensor, target: Tensor, num_labels, threshold=0.5, average="macro", multidim_average="global",
    ignore_index=None, validate_args=True
) -> Tensor: ...
@overload
def negative_predictive_value(
    preds: Ordering, target: Tensor, task: Literal["multiclass"], threshold=0.5, num_classes=None, num_labels=None,
    average="micro", multidim_average="global", top_k=1, ignore_index=None, validate_args=True, zero_division=0
) -> Tensor: ...
@overload
def negative_predictive_value(
    preds: Tensor, target: Tensor, task, threshold=0.5, num_classes=None, num_labels=None, average="micro",
    multidim_average="global", top_k=1, ignore_index=None, validate_args=True, zero_division=0
) -> Tensor: ...
@overload
def precision(
    preds: Ordering, target: Tensor, task: Literal["multiclass"], threshold=0.5, num_classes=None, num_labels=None,
    average="micro", multidim_average="global", top_k=1, ignore_index=None, validate_args=True, zero_division=0
) -> Tensor: ...
@overload
def precision(
    preds: Tensor, target: Tensor, task, threshold=0.5, num_classes=None, num_labels=None, average="micro",
    multidim_average="global", top_k=1, ignore_index=None, validate_args=True, zero_division=0
) -> Tensor: ...
def precision_at_fixed_recall(
    preds: Tensor, target: Tensor, task, min_recall, thresholds=None, num_classes=None, num_labels=None,
    ignore_index=None, validate_args=True
) -> Tensor: ...
def precision_recall_curve(
    preds: Tensor, target: Tensor, task, thresholds=None, num_classes=None, num_labels=None, average=None,
    ignore_index=None, validate_args=True
) -> Tensor: ...
@overload
def recall(
    preds: Ordering, target: Tensor, task: Literal["multiclass"], threshold=0.5, num_classes=None, num_labels=None,
    average="micro", multidim_average="global", top_k=1, ignore_index=None, validate_args=True, zero_division=0
) -> Tensor: ...
@overload
def recall(
    preds: Tensor, target: Tensor, task, threshold=0.5, num_classes=None, num_labels=None, average="micro",
    multidim_average="global", top_k=1, ignore_index=None, validate_args=True, zero_division=0
) -> Tensor: ...
def recall_at_fixed_precision(
    preds: Tensor, target: Tensor, task, min_precision, thresholds=None, num_classes=None, num_labels=None,
    ignore_index=None, validate_args=True
) -> Tensor: ...
def roc(
    preds: Tensor, target: Tensor, task, thresholds=None, num_classes=None, num_labels=None, average=None,
    ignore_index=None, validate_args=True
) -> Tensor: ...
def sensitivity_at_specificity(
    preds: Tensor, target: Tensor, task, min_specificity, thresholds=None, num_classes=None, num_labels=None,
    ignore_index=None, validate_args=True
) -> Tensor: ...
@overload
def specificity(
    preds: Ordering, target: Tensor, task: Literal["multiclass"], threshold=0.5, num_classes=None, num_labels=None,
    average="micro", multidim_average="global", top_k=1, ignore_index=None, validate_args=True
) -> Tensor: ...
@overload
def specificity(
    preds: Tensor, target: Tensor, task, threshold=0.5, num_classes=None, num_labels=None, average="micro",
    multidim_average="global", top_k=1, ignore_index=None, validate_args=True
) -> Tensor: ...
def specificity_at_sensitivity(
    preds: Tensor, target: Tensor, task, min_sensitivity, thresholds=None, num_classes=None, num_labels=None,
    ignore_index=None, validate_args=True
) -> Tensor: ...
@overload
def stat_scores(
    preds: Ordering, target: Tensor, task: Literal["multiclass"], threshold=0.5, num_classes=None, num_labels=None,
    average="micro", multidim_average="global", top_k=1, ignore_index=None, validate_args=True
) -> Tensor: ...
@overload
def stat_scores(
    preds: Tensor, target: Tensor, task, threshold=0.5, num_classes=None, num_labels=None, average="micro",
    multidim_average="global", top_k=1, ignore_index=None, validate_args=True
) -> Tensor: ...
