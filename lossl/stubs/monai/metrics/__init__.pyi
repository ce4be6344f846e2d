"""monai.metrics: of masks that are discrete already. Parameters as in monai 1.6.1."""

from lossl.stubs.vocabulary import *

class _Metric:
    def __call__(self, y_pred: Tensor, y: Target = None, **kwargs) -> Tensor: ...
    def aggregate(self, *args, **kwargs) -> Anything: ...
    def reset(self) -> None: ...

class DiceMetric(_Metric):
    def __init__(
        self, include_background=True, reduction=..., get_not_nans=False, ignore_empty=True, num_classes=None,
        return_with_label=False, per_component=False, ignore_index=None
    ): ...

class MeanIoU(_Metric):
    def __init__(
        self, include_background=True, reduction=..., get_not_nans=False, ignore_empty=True, ignore_index=None
    ): ...
