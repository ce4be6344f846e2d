"""segmentation_models_pytorch.metrics: counts of what was found. Parameters as in version 0.6.0."""

from lossl.stubs.vocabulary import *

def get_stats(
    output: Measured[Probability["threshold"]], target: Target, mode, ignore_index=None, threshold=None, num_classes=None
) -> tuple[Tensor, Tensor, Tensor, Tensor]: ...
