"""torch.cuda.amp: mixed precision under its old names. Parameters as in torch 2.13.0."""

from lossl.stubs.vocabulary import *

from torch.amp import GradScaler as _GradScaler, autocast as _autocast

class GradScaler(_GradScaler):
    def __init__(
        self, init_scale=65536.0, growth_factor=2.0, backoff_factor=0.5, growth_interval=2000, enabled=True
    ): ...

class autocast(_autocast):
    def __init__(self, enabled=True, dtype=..., cache_enabled=True): ...

def custom_fwd(fwd=None, *, cast_inputs=None) -> Decorator: ...
def custom_bwd(bwd) -> Decorator: ...
