"""flax.struct: classes whose annotated names are the parameters of their constructor. Parameters as in flax 0.12.8."""

from lossl.stubs.vocabulary import *

class PyTreeNode:
    def make(self, *args, **kwargs) -> Fields: ...
    __init__ = make
    def replace(self, **updates) -> Self: ...

def field(pytree_node=True, *, metadata=None, **kwargs) -> Anything: ...
