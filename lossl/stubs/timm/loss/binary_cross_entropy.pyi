"""timm.loss.binary_cross_entropy: the same as in timm.loss."""

from lossl.stubs.vocabulary import *

from timm.loss import BinaryCrossEntropy as BinaryCrossEntropy
