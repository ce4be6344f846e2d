"""torch.amp.grad_scaler: the same as in torch.amp."""

from lossl.stubs.vocabulary import *

from torch.amp import GradScaler as GradScaler
