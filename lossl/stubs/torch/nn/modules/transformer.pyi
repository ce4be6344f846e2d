"""torch.nn.modules.transformer: the same classes as in torch.nn."""

from lossl.stubs.vocabulary import *

from torch.nn import Transformer as Transformer
from torch.nn import TransformerEncoder as TransformerEncoder
from torch.nn import TransformerEncoderLayer as TransformerEncoderLayer
from torch.nn import TransformerDecoder as TransformerDecoder
from torch.nn import TransformerDecoderLayer as TransformerDecoderLayer
