"""torch.nn.parameter: the same as in torch.nn."""

from lossl.stubs.vocabulary import *

from torch.nn import Parameter as Parameter
from torch.nn import Buffer as Buffer
from torch.nn import UninitializedParameter as UninitializedParameter
from torch.nn import UninitializedBuffer as UninitializedBuffer
