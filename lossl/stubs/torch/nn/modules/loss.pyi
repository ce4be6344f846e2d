"""torch.nn.modules.loss: the same classes as in torch.nn."""

from lossl.stubs.vocabulary import *

from torch.nn import _Loss as _Loss
from torch.nn import _WeightedLoss as _WeightedLoss
from torch.nn import NLLLoss2d as NLLLoss2d
from torch.nn import CrossEntropyLoss as CrossEntropyLoss
from torch.nn import NLLLoss as NLLLoss
from torch.nn import BCELoss as BCELoss
from torch.nn import BCEWithLogitsLoss as BCEWithLogitsLoss
from torch.nn import MultiLabelSoftMarginLoss as MultiLabelSoftMarginLoss
from torch.nn import KLDivLoss as KLDivLoss
from torch.nn import CTCLoss as CTCLoss
from torch.nn import MSELoss as MSELoss
from torch.nn import L1Loss as L1Loss
from torch.nn import SmoothL1Loss as SmoothL1Loss
from torch.nn import HuberLoss as HuberLoss
from torch.nn import PoissonNLLLoss as PoissonNLLLoss
from torch.nn import GaussianNLLLoss as GaussianNLLLoss
from torch.nn import SoftMarginLoss as SoftMarginLoss
from torch.nn import MultiLabelMarginLoss as MultiLabelMarginLoss
from torch.nn import MultiMarginLoss as MultiMarginLoss
from torch.nn import HingeEmbeddingLoss as HingeEmbeddingLoss
from torch.nn import MarginRankingLoss as MarginRankingLoss
from torch.nn import CosineEmbeddingLoss as CosineEmbeddingLoss
from torch.nn import TripletMarginLoss as TripletMarginLoss
from torch.nn import TripletMarginWithDistanceLoss as TripletMarginWithDistanceLoss
from torch.nn import LinearCrossEntropyLoss as LinearCrossEntropyLoss
