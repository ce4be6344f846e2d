"""torch.nn.modules.pixelshuffle: the same classes as in torch.nn."""

from lossl.stubs.vocabulary import *

from torch.nn import PixelShuffle as PixelShuffle
from torch.nn import PixelUnshuffle as PixelUnshuffle
