"""flax.training.train_state: what training carries from step to step. Parameters as in flax 0.12.8."""

from lossl.stubs.vocabulary import *

from flax.struct import PyTreeNode

class TrainState(PyTreeNode):
    def __init__(self, step, apply_fn, params, tx, opt_state, **kwargs): ...
    @classmethod
    def create(cls, *, apply_fn, params, tx, **kwargs) -> Makes: ...
    def apply_gradients(self, *, grads, **kwargs) -> Self: ...
