"""torch.utils.checkpoint. Parameters as in torch 2.13.0."""

from lossl.stubs.vocabulary import *

def checkpoint(
    function, *args: Tensor, use_reentrant=None, context_fn=..., determinism_check="default", debug=False,
    early_stop=True, **kwargs,
) -> Applies["function"]: ...
def checkpoint_sequential(functions, segments, input: Tensor, use_reentrant=None, **kwargs) -> Anything: ...
