"""torch.nn.modules.container: the same classes as in torch.nn."""

from lossl.stubs.vocabulary import *

from torch.nn import Sequential as Sequential
from torch.nn import ModuleList as ModuleList
from torch.nn import ModuleDict as ModuleDict
from torch.nn import ParameterList as ParameterList
from torch.nn import ParameterDict as ParameterDict
