"""torch.nn.modules.padding: the same classes as in torch.nn."""

from lossl.stubs.vocabulary import *

from torch.nn import ZeroPad1d as ZeroPad1d
from torch.nn import ZeroPad2d as ZeroPad2d
from torch.nn import ZeroPad3d as ZeroPad3d
from torch.nn import ReflectionPad1d as ReflectionPad1d
from torch.nn import ReflectionPad2d as ReflectionPad2d
from torch.nn import ReflectionPad3d as ReflectionPad3d
from torch.nn import ReplicationPad1d as ReplicationPad1d
from torch.nn import ReplicationPad2d as ReplicationPad2d
from torch.nn import ReplicationPad3d as ReplicationPad3d
from torch.nn import CircularPad1d as CircularPad1d
from torch.nn import CircularPad2d as CircularPad2d
from torch.nn import CircularPad3d as CircularPad3d
from torch.nn import ConstantPad1d as ConstantPad1d
from torch.nn import ConstantPad2d as ConstantPad2d
from torch.nn import ConstantPad3d as ConstantPad3d
