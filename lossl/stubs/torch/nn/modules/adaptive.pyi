"""torch.nn.modules.adaptive: the same classes as in torch.nn."""

from lossl.stubs.vocabulary import *

from torch.nn import AdaptiveLogSoftmaxWithLoss as AdaptiveLogSoftmaxWithLoss
