"""timm.loss.cross_entropy: the same as in timm.loss."""

from lossl.stubs.vocabulary import *

from timm.loss import LabelSmoothingCrossEntropy as LabelSmoothingCrossEntropy
from timm.loss import SoftTargetCrossEntropy as SoftTargetCrossEntropy
