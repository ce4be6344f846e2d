"""torch.nn.modules.dropout: the same classes as in torch.nn."""

from lossl.stubs.vocabulary import *

from torch.nn import Dropout as Dropout
from torch.nn import Dropout1d as Dropout1d
from torch.nn import Dropout2d as Dropout2d
from torch.nn import Dropout3d as Dropout3d
from torch.nn import AlphaDropout as AlphaDropout
from torch.nn import FeatureAlphaDropout as FeatureAlphaDropout
