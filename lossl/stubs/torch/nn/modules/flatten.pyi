"""torch.nn.modules.flatten: the same classes as in torch.nn."""

from lossl.stubs.vocabulary import *

from torch.nn import Flatten as Flatten
from torch.nn import Unflatten as Unflatten
