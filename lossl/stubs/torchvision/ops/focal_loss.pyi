"""torchvision.ops.focal_loss: the same as in torchvision.ops."""

from lossl.stubs.vocabulary import *

from torchvision.ops import sigmoid_focal_loss as sigmoid_focal_loss
