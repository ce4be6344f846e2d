"""sklearn.calibration: reads probabilities. Parameters as in scikit-learn 1.9.1."""

from lossl.stubs.vocabulary import *

def calibration_curve(
    y_true: Target, y_prob: Tensor, *, pos_label=None, n_bins=5, strategy="uniform"
) -> tuple[Tensor, Tensor]: ...
