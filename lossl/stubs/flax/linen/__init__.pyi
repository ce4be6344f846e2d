"""flax.linen: modules whose annotated names are their constructor's parameters. Parameters as in flax 0.12.8.

A module holds no parameters; `apply` calls it with the arguments behind those. What a cell of a recurrent network
gives is taken as it is by default, with tanh.
"""

from lossl.stubs.vocabulary import *

from jax.nn import celu as celu
from jax.nn import elu as elu
from jax.nn import gelu as gelu
from jax.nn import glu as glu
from jax.nn import hard_sigmoid as hard_sigmoid
from jax.nn import hard_silu as hard_silu
from jax.nn import hard_swish as hard_swish
from jax.nn import hard_tanh as hard_tanh
from jax.nn import leaky_relu as leaky_relu
from jax.nn import log_sigmoid as log_sigmoid
from jax.nn import log_softmax as log_softmax
from jax.nn import logsumexp as logsumexp
from jax.nn import normalize as normalize
from jax.nn import one_hot as one_hot
from jax.nn import relu as relu
from jax.nn import relu6 as relu6
from jax.nn import selu as selu
from jax.nn import sigmoid as sigmoid
from jax.nn import silu as silu
from jax.nn import soft_sign as soft_sign
from jax.nn import softmax as softmax
from jax.nn import softplus as softplus
from jax.nn import standardize as standardize
from jax.nn import swish as swish
from jax.nn import tanh as tanh

class Module:
    variables: Anything
    def make(self, *args, **kwargs) -> Fields["setup"]: ...
    __init__ = make
    @overload
    def apply(
        self, variables, *args, rngs=None, method: Literal[None] = None, mutable: Literal[False] = False,
        capture_intermediates=False, **kwargs
    ) -> Calls["__call__", "variables", "rngs", "method", "mutable", "capture_intermediates"]: ...
    @overload
    def apply(
        self, variables, *args, rngs=None, method: Literal[None] = None, mutable=False, capture_intermediates=False,
        **kwargs
    ) -> tuple[Calls["__call__", "variables", "rngs", "method", "mutable", "capture_intermediates"], Anything]: ...
    @overload
    def apply(
        self, variables, *args, rngs=None, method=None, mutable=False, capture_intermediates=False, **kwargs
    ) -> Anything: ...
    def init(self, rngs, *args, method=None, mutable=..., capture_intermediates=False, **kwargs) -> Anything: ...
    def init_with_output(
        self, rngs, *args, method=None, mutable=..., capture_intermediates=False, **kwargs
    ) -> tuple[Calls["__call__", "rngs", "method", "mutable", "capture_intermediates"], Anything]: ...
    def lazy_init(self, rngs, *args, method=None, mutable=..., **kwargs) -> Anything: ...
    def bind(self, variables, *args, rngs=None, mutable=False) -> Self: ...
    def unbind(self) -> tuple[Self, Anything]: ...
    def clone(self, *, parent=None, **updates) -> Self: ...
    def copy(self, *, parent=..., name=None, **updates) -> Self: ...
    def param(self, name, init_fn, *init_args, unbox=True, **init_kwargs) -> Trained[Tensor]: ...
    def variable(self, col, name, init_fn=None, *init_args, unbox=True, **init_kwargs) -> Anything: ...
    def get_variable(self, col, name, default=None) -> Anything: ...
    def put_variable(self, col, name, value: Tensor) -> None: ...
    def has_variable(self, col, name) -> Anything: ...
    def is_initializing(self) -> Anything: ...
    def make_rng(self, name="params") -> Anything: ...
    def perturb(self, name, value: Keeps, collection="perturbations") -> Keeps: ...
    def sow(self, col, name, value: Tensor, reduce_fn=..., init_fn=...) -> Anything: ...
    def tabulate(self, rngs, *args, **kwargs) -> Anything: ...

# Decorators and transformations keep what they are given

def compact(fun) -> Decorator: ...
def nowrap(fun) -> Decorator: ...
def jit(target, *args, **kwargs) -> Decorator: ...
def remat(target, *args, **kwargs) -> Decorator: ...
def checkpoint(target, *args, **kwargs) -> Decorator: ...
def merge_param(name, a: Keeps, b: Keeps) -> Keeps: ...

# Chains

class Sequential(Module):
    def __init__(self, layers, parent=..., name=None): ...
    def __call__(self, *args, **kwargs) -> CallsInTurn["layers"]: ...

# Affine

class Dense(Module):
    def __init__(
        self, features, use_bias=True, dtype=None, param_dtype=..., precision=None, kernel_init=..., bias_init=...,
        promote_dtype=..., dot_general=None, dot_general_cls=None, parent=..., name=None
    ): ...
    def __call__(self, inputs: Tensor) -> Logits["features", -1]: ...

class DenseGeneral(Module):
    def __init__(
        self, features, axis=-1, batch_dims=(), use_bias=True, dtype=None, param_dtype=..., kernel_init=...,
        bias_init=..., precision=None, promote_dtype=..., dot_general=None, dot_general_cls=None, parent=..., name=None
    ): ...
    def __call__(self, inputs: Tensor) -> Logits: ...

class Einsum(Module):
    def __init__(
        self, shape, einsum_str=None, use_bias=True, dtype=None, param_dtype=..., precision=None, kernel_init=...,
        bias_init=..., promote_dtype=..., preferred_element_type=None, parent=..., name=None
    ): ...
    def __call__(self, inputs: Tensor, einsum_str=None) -> Logits: ...

class Conv(Module):
    def __init__(
        self, features, kernel_size, strides=1, padding="SAME", input_dilation=1, kernel_dilation=1,
        feature_group_count=1, use_bias=True, mask=None, dtype=None, param_dtype=..., precision=None, kernel_init=...,
        bias_init=..., promote_dtype=..., conv_general_dilated=None, conv_general_dilated_cls=None, parent=...,
        name=None
    ): ...
    def __call__(self, inputs: Tensor) -> Logits["features", -1]: ...

class ConvTranspose(Module):
    def __init__(
        self, features, kernel_size, strides=None, padding="SAME", kernel_dilation=None, use_bias=True, mask=None,
        dtype=None, param_dtype=..., precision=None, kernel_init=..., bias_init=..., transpose_kernel=False,
        promote_dtype=..., preferred_element_type=None, parent=..., name=None
    ): ...
    def __call__(self, inputs: Tensor) -> Logits["features", -1]: ...

class ConvLocal(Module):
    def __init__(
        self, features, kernel_size, strides=1, padding="SAME", input_dilation=1, kernel_dilation=1,
        feature_group_count=1, use_bias=True, mask=None, dtype=None, param_dtype=..., precision=None, kernel_init=...,
        bias_init=..., promote_dtype=..., conv_general_dilated=None, conv_general_dilated_cls=None, parent=...,
        name=None
    ): ...
    def __call__(self, inputs: Tensor) -> Logits["features", -1]: ...

# Norms scale and shift

class BatchNorm(Module):
    def __init__(
        self, use_running_average=None, axis=-1, momentum=0.99, epsilon=1e-05, dtype=None, param_dtype=...,
        use_bias=True, use_scale=True, bias_init=..., scale_init=..., axis_name=None, axis_index_groups=None,
        use_fast_variance=True, force_float32_reductions=True, parent=..., name=None
    ): ...
    def __call__(self, x: Tensor, use_running_average=None, *, mask=None) -> Logits: ...

class LayerNorm(Module):
    def __init__(
        self, epsilon=1e-06, dtype=None, param_dtype=..., use_bias=True, use_scale=True, bias_init=..., scale_init=...,
        reduction_axes=-1, feature_axes=-1, axis_name=None, axis_index_groups=None, use_fast_variance=True,
        force_float32_reductions=True, parent=..., name=None
    ): ...
    def __call__(self, x: Tensor, *, mask=None) -> Logits: ...

class GroupNorm(Module):
    def __init__(
        self, num_groups=32, group_size=None, epsilon=1e-06, dtype=None, param_dtype=..., use_bias=True, use_scale=True,
        bias_init=..., scale_init=..., reduction_axes=None, axis_name=None, axis_index_groups=None,
        use_fast_variance=True, force_float32_reductions=True, parent=..., name=None
    ): ...
    def __call__(self, x: Tensor, *, mask=None) -> Logits: ...

class InstanceNorm(Module):
    def __init__(
        self, epsilon=1e-06, dtype=None, param_dtype=..., use_bias=True, use_scale=True, bias_init=..., scale_init=...,
        feature_axes=-1, axis_name=None, axis_index_groups=None, use_fast_variance=True, force_float32_reductions=True,
        parent=..., name=None
    ): ...
    def __call__(self, x: Tensor, *, mask=None) -> Logits: ...

class RMSNorm(Module):
    def __init__(
        self, epsilon=1e-06, dtype=None, param_dtype=..., use_scale=True, scale_init=..., reduction_axes=-1,
        feature_axes=-1, axis_name=None, axis_index_groups=None, use_fast_variance=True, force_float32_reductions=True,
        parent=..., name=None
    ): ...
    def __call__(self, x: Tensor, *, mask=None) -> Logits: ...

# Everything else

class Dropout(Module):
    def __init__(
        self, rate, broadcast_dims=(), deterministic=None, rng_collection="dropout", parent=..., name=None
    ): ...
    def __call__(self, inputs: Keeps, deterministic=None, rng=None) -> Drops["rate", 0, "deterministic", True]: ...

class PReLU(Module):
    def __init__(self, param_dtype=..., negative_slope_init=0.01, parent=..., name=None): ...
    def __call__(self, inputs: Tensor) -> Logits: ...

class Embed(Module):
    def __init__(
        self, num_embeddings, features, dtype=None, param_dtype=..., embedding_init=..., promote_dtype=..., parent=...,
        name=None
    ): ...
    def __call__(self, inputs: Tensor) -> Tensor: ...
    def attend(self, query: Tensor) -> Logits: ...

class MultiHeadDotProductAttention(Module):
    def __init__(
        self, num_heads, dtype=None, param_dtype=..., qkv_features=None, out_features=None, broadcast_dropout=True,
        dropout_rate=0.0, deterministic=None, precision=None, kernel_init=..., out_kernel_init=None, bias_init=...,
        out_bias_init=None, use_bias=True, attention_fn=..., decode=False, normalize_qk=False,
        force_fp32_for_softmax=False, qkv_dot_general=None, out_dot_general=None, qkv_dot_general_cls=None,
        out_dot_general_cls=None, qk_attn_weights_einsum_cls=None, attn_weights_value_einsum_cls=None, parent=...,
        name=None
    ): ...
    def __call__(
        self, inputs_q: Tensor, inputs_k=None, inputs_v=None, *, inputs_kv=None, mask=None, deterministic=None,
        dropout_rng=None, sow_weights=False
    ) -> Logits: ...

MultiHeadAttention = MultiHeadDotProductAttention

class SelfAttention(Module):
    def __init__(
        self, num_heads, dtype=None, param_dtype=..., qkv_features=None, out_features=None, broadcast_dropout=True,
        dropout_rate=0.0, deterministic=None, precision=None, kernel_init=..., out_kernel_init=None, bias_init=...,
        out_bias_init=None, use_bias=True, attention_fn=..., decode=False, normalize_qk=False,
        force_fp32_for_softmax=False, qkv_dot_general=None, out_dot_general=None, qkv_dot_general_cls=None,
        out_dot_general_cls=None, qk_attn_weights_einsum_cls=None, attn_weights_value_einsum_cls=None, parent=...,
        name=None
    ): ...
    def __call__(
        self, inputs_q: Tensor, mask=None, deterministic=None, dropout_rng=None, sow_weights=False
    ) -> Logits: ...

class LSTMCell(Module):
    def __init__(
        self, features, gate_fn=..., activation_fn=..., kernel_init=..., recurrent_kernel_init=..., bias_init=...,
        dtype=None, param_dtype=..., carry_init=..., parent=..., name=None
    ): ...
    def __call__(self, carry, inputs: Tensor) -> tuple[Anything, Bounded]: ...

class OptimizedLSTMCell(Module):
    def __init__(
        self, features, gate_fn=..., activation_fn=..., kernel_init=..., recurrent_kernel_init=..., bias_init=...,
        dtype=None, param_dtype=..., carry_init=..., parent=..., name=None
    ): ...
    def __call__(self, carry, inputs: Tensor) -> tuple[Anything, Bounded]: ...

class GRUCell(Module):
    def __init__(
        self, features, gate_fn=..., activation_fn=..., kernel_init=..., recurrent_kernel_init=..., bias_init=...,
        dtype=None, param_dtype=..., carry_init=..., parent=..., name=None
    ): ...
    def __call__(self, carry, inputs: Tensor) -> tuple[Anything, Bounded]: ...

class SimpleCell(Module):
    def __init__(
        self, features, activation_fn=..., kernel_init=..., recurrent_kernel_init=..., bias_init=..., dtype=None,
        param_dtype=..., carry_init=..., residual=False, parent=..., name=None
    ): ...
    def __call__(self, carry, inputs: Tensor) -> tuple[Anything, Tensor]: ...

class RNN(Module):
    def __init__(
        self, cell, time_major=False, return_carry=False, reverse=False, keep_order=False, unroll=1, variable_axes=...,
        variable_broadcast="params", variable_carry=False, split_rngs=..., parent=..., name=None
    ): ...
    def __call__(
        self, inputs: Tensor, *, initial_carry=None, init_key=None, seq_lengths=None, return_carry=None,
        time_major=None, reverse=None, keep_order=None
    ) -> Anything: ...

class Bidirectional(Module):
    def __init__(
        self, forward_rnn, backward_rnn, merge_fn=..., time_major=False, return_carry=False, parent=..., name=None
    ): ...
    def __call__(
        self, inputs: Tensor, *, initial_carry=None, init_key=None, seq_lengths=None, return_carry=None,
        time_major=None, reverse=None, keep_order=None
    ) -> Anything: ...

def avg_pool(inputs: Keeps, window_shape, strides=None, padding="VALID", count_include_pad=True) -> Keeps: ...
def max_pool(inputs: Keeps, window_shape, strides=None, padding="VALID") -> Part: ...
def dot_product_attention(query: Tensor, key: Tensor, value: Tensor, *args, **kwargs) -> Tensor: ...
def dot_product_attention_weights(query: Tensor, key: Tensor, *args, **kwargs) -> Distribution[-1]: ...
