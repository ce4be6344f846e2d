"""torch.nn.modules.normalization: the same classes as in torch.nn."""

from lossl.stubs.vocabulary import *

from torch.nn import LayerNorm as LayerNorm
from torch.nn import GroupNorm as GroupNorm
from torch.nn import RMSNorm as RMSNorm
from torch.nn import LocalResponseNorm as LocalResponseNorm
from torch.nn import CrossMapLRN2d as CrossMapLRN2d
