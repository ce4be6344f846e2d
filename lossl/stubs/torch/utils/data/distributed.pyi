"""torch.utils.data.distributed: the same as in torch.utils.data."""

from lossl.stubs.vocabulary import *

from torch.utils.data import DistributedSampler as DistributedSampler
