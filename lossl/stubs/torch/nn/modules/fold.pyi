"""torch.nn.modules.fold: the same classes as in torch.nn."""

from lossl.stubs.vocabulary import *

from torch.nn import Fold as Fold
from torch.nn import Unfold as Unfold
