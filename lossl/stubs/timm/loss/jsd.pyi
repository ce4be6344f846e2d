"""timm.loss.jsd: the same as in timm.loss."""

from lossl.stubs.vocabulary import *

from timm.loss import JsdCrossEntropy as JsdCrossEntropy
