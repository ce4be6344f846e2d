"""torch.nn.modules.activation: the same classes as in torch.nn."""

from lossl.stubs.vocabulary import *

from torch.nn import Sigmoid as Sigmoid
from torch.nn import Hardsigmoid as Hardsigmoid
from torch.nn import LogSigmoid as LogSigmoid
from torch.nn import Softmax as Softmax
from torch.nn import Softmax2d as Softmax2d
from torch.nn import Softmin as Softmin
from torch.nn import LogSoftmax as LogSoftmax
from torch.nn import ReLU as ReLU
from torch.nn import ReLU6 as ReLU6
from torch.nn import Softplus as Softplus
from torch.nn import Tanh as Tanh
from torch.nn import Softsign as Softsign
from torch.nn import LeakyReLU as LeakyReLU
from torch.nn import PReLU as PReLU
from torch.nn import RReLU as RReLU
from torch.nn import Hardtanh as Hardtanh
from torch.nn import ELU as ELU
from torch.nn import SELU as SELU
from torch.nn import CELU as CELU
from torch.nn import GELU as GELU
from torch.nn import SiLU as SiLU
from torch.nn import Mish as Mish
from torch.nn import Hardswish as Hardswish
from torch.nn import GLU as GLU
from torch.nn import Threshold as Threshold
from torch.nn import Hardshrink as Hardshrink
from torch.nn import Softshrink as Softshrink
from torch.nn import Tanhshrink as Tanhshrink
from torch.nn import MultiheadAttention as MultiheadAttention
