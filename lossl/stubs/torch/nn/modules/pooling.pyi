"""torch.nn.modules.pooling: the same classes as in torch.nn."""

from lossl.stubs.vocabulary import *

from torch.nn import MaxPool1d as MaxPool1d
from torch.nn import MaxPool2d as MaxPool2d
from torch.nn import MaxPool3d as MaxPool3d
from torch.nn import AvgPool1d as AvgPool1d
from torch.nn import AvgPool2d as AvgPool2d
from torch.nn import AvgPool3d as AvgPool3d
from torch.nn import AdaptiveMaxPool1d as AdaptiveMaxPool1d
from torch.nn import AdaptiveMaxPool2d as AdaptiveMaxPool2d
from torch.nn import AdaptiveMaxPool3d as AdaptiveMaxPool3d
from torch.nn import AdaptiveAvgPool1d as AdaptiveAvgPool1d
from torch.nn import AdaptiveAvgPool2d as AdaptiveAvgPool2d
from torch.nn import AdaptiveAvgPool3d as AdaptiveAvgPool3d
from torch.nn import FractionalMaxPool2d as FractionalMaxPool2d
from torch.nn import FractionalMaxPool3d as FractionalMaxPool3d
from torch.nn import LPPool1d as LPPool1d
from torch.nn import LPPool2d as LPPool2d
from torch.nn import LPPool3d as LPPool3d
from torch.nn import MaxUnpool1d as MaxUnpool1d
from torch.nn import MaxUnpool2d as MaxUnpool2d
from torch.nn import MaxUnpool3d as MaxUnpool3d
