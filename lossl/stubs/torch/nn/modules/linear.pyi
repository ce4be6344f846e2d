"""torch.nn.modules.linear: the same classes as in torch.nn."""

from lossl.stubs.vocabulary import *

from torch.nn import Identity as Identity
from torch.nn import Linear as Linear
from torch.nn import LazyLinear as LazyLinear
from torch.nn import Bilinear as Bilinear
