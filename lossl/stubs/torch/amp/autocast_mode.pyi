"""torch.amp.autocast_mode: the same as in torch.amp."""

from lossl.stubs.vocabulary import *

from torch.amp import autocast as autocast
