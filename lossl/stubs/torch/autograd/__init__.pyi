"""torch.autograd. Parameters as in torch 2.13.0."""

from lossl.stubs.vocabulary import *

from torch import enable_grad as enable_grad
from torch import inference_mode as inference_mode
from torch import no_grad as no_grad
from torch import set_grad_enabled as set_grad_enabled

class Function:
    @classmethod
    def apply(cls, *args: Tensor, **kwargs) -> Anything: ...

# A tensor under its old name.
def Variable(data: Keeps = None, requires_grad=None, volatile=None, _grad_fn=None) -> Keeps: ...
def backward(
    tensors: Minimized, grad_tensors=None, retain_graph=None, create_graph=False, grad_variables=None, inputs=None
) -> None: ...
def grad(
    outputs: Tensor, inputs: Tensor, grad_outputs=None, retain_graph=None, create_graph=False, only_inputs=True,
    allow_unused=None, is_grads_batched=False, materialize_grads=False,
) -> Tensor: ...
def detect_anomaly(check_nan=True) -> Decorator: ...
def set_detect_anomaly(mode, check_nan=True) -> Decorator: ...
