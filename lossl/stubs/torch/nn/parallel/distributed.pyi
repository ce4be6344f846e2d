"""torch.nn.parallel.distributed: the same as in torch.nn.parallel."""

from lossl.stubs.vocabulary import *

from torch.nn.parallel import DistributedDataParallel as DistributedDataParallel
