"""peft: a model with small matrices beside its own does what it did."""

from lossl.stubs.vocabulary import *

def get_peft_model(
    model: Keeps, peft_config, adapter_name="default", mixed=False, autocast_adapter_dtype=True, revision=None,
    low_cpu_mem_usage=False
) -> Keeps: ...
