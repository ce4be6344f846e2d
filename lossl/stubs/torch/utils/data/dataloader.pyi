"""torch.utils.data.dataloader: the same as in torch.utils.data."""

from lossl.stubs.vocabulary import *

from torch.utils.data import DataLoader as DataLoader
from torch.utils.data import default_collate as default_collate
