"""torch.cuda.amp.grad_scaler: the same as in torch.cuda.amp."""

from lossl.stubs.vocabulary import *

from torch.cuda.amp import GradScaler as GradScaler
