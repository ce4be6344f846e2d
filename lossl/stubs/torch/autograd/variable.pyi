"""torch.autograd.variable: the same as in torch.autograd."""

from lossl.stubs.vocabulary import *

from torch.autograd import Variable as Variable
