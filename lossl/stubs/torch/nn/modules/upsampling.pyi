"""torch.nn.modules.upsampling: the same classes as in torch.nn."""

from lossl.stubs.vocabulary import *

from torch.nn import Upsample as Upsample
from torch.nn import UpsamplingNearest2d as UpsamplingNearest2d
from torch.nn import UpsamplingBilinear2d as UpsamplingBilinear2d
