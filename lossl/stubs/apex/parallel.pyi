"""apex.parallel, as it was until its removal in May 2025."""

from lossl.stubs.vocabulary import *

from torch.nn import Module

class DistributedDataParallel(Module):
    def __init__(
        self, module, message_size=10000000, delay_allreduce=False, shared_param=None, allreduce_trigger_params=None,
        retain_allreduce_buffers=False, allreduce_always_fp32=False, num_allreduce_streams=1,
        allreduce_communicators=None, gradient_average=True, gradient_predivide_factor=1.0,
        gradient_average_split_factor=None, prof=False,
    ): ...
    def forward(self, *inputs, **kwargs) -> Calls["module"]: ...

def convert_syncbn_model(module: Keeps, process_group=None, channel_last=False) -> Keeps: ...
