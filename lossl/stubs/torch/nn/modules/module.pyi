"""torch.nn.modules.module: the same classes as in torch.nn."""

from lossl.stubs.vocabulary import *

from torch.nn import Module as Module
