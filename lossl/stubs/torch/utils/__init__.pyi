"""torch.utils: see torch.utils.data, torch.utils.checkpoint, torch.utils.tensorboard."""

from lossl.stubs.vocabulary import *

import torch.utils.data as data
