"""flax: its modules are linen, nnx, training, struct, core and jax_utils. Read with flax 0.12.8.

The arrays of its models are those of jax, also in files that do not import jax.
"""

from lossl.stubs.vocabulary import *

from jax import Array as _JaxArray

class Array(_JaxArray, Numbers): ...
