"""torch.nn.modules.channelshuffle: the same classes as in torch.nn."""

from lossl.stubs.vocabulary import *

from torch.nn import ChannelShuffle as ChannelShuffle
