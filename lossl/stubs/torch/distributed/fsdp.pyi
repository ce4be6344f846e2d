"""torch.distributed.fsdp: a wrapper that calls the module it holds. Parameters as in torch 2.13.0."""

from lossl.stubs.vocabulary import *

from torch.nn import Module

class FullyShardedDataParallel(Module):
    def __init__(
        self, module, process_group=None, sharding_strategy=None, cpu_offload=None, auto_wrap_policy=None,
        backward_prefetch=..., mixed_precision=None, ignored_modules=None, param_init_fn=None, device_id=None,
        sync_module_states=False, forward_prefetch=False, limit_all_gathers=True, use_orig_params=False,
        ignored_states=None, device_mesh=None,
    ): ...
    def forward(self, *args, **kwargs) -> Calls["module"]: ...
    def no_sync(self) -> Anything: ...
