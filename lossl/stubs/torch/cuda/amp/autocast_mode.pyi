"""torch.cuda.amp.autocast_mode: the same as in torch.cuda.amp."""

from lossl.stubs.vocabulary import *

from torch.cuda.amp import autocast as autocast
