"""timm.loss.asymmetric_loss: the same as in timm.loss."""

from lossl.stubs.vocabulary import *

from timm.loss import AsymmetricLossMultiLabel as AsymmetricLossMultiLabel
from timm.loss import AsymmetricLossSingleLabel as AsymmetricLossSingleLabel
