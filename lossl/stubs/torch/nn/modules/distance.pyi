"""torch.nn.modules.distance: the same classes as in torch.nn."""

from lossl.stubs.vocabulary import *

from torch.nn import CosineSimilarity as CosineSimilarity
from torch.nn import PairwiseDistance as PairwiseDistance
