"""torch.nn.modules.sparse: the same classes as in torch.nn."""

from lossl.stubs.vocabulary import *

from torch.nn import Embedding as Embedding
from torch.nn import EmbeddingBag as EmbeddingBag
