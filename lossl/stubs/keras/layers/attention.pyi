"""Attention layers: Keras 3.15.1. Those with many heads end in an affine projection, the plain ones in a mean."""

from lossl.stubs.vocabulary import *

from keras.layers.layer import Layer

class Attention(Layer):
    def __init__(self, use_scale=False, score_mode="dot", dropout=0.0, seed=None, **kwargs): ...
    def call(
        self, inputs: Tensor, mask=None, training=False, return_attention_scores=False, use_causal_mask=False
    ) -> Anything: ...

class AdditiveAttention(Attention):
    def __init__(self, use_scale=True, dropout=0.0, **kwargs): ...
    def call(
        self, inputs: Tensor, mask=None, training=False, return_attention_scores=False, use_causal_mask=False
    ) -> Anything: ...

class MultiHeadAttention(Layer):
    def __init__(
        self, num_heads, key_dim, value_dim=None, dropout=0.0, use_bias=True, output_shape=None, attention_axes=None,
        sliding_window=None, flash_attention=None, kernel_initializer="glorot_uniform", bias_initializer="zeros",
        kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None,
        bias_constraint=None, use_gate=False, seed=None, **kwargs
    ): ...
    @overload
    def call(
        self, query: Tensor, value: Tensor, key: Tensor = None, query_mask=None, value_mask=None, key_mask=None,
        attention_mask=None, return_attention_scores: Literal[True] = False, training=None, use_causal_mask=False
    ) -> tuple[Logits, Tensor]: ...
    @overload
    def call(
        self, query: Tensor, value: Tensor, key: Tensor = None, query_mask=None, value_mask=None, key_mask=None,
        attention_mask=None, return_attention_scores: Literal[False] = False, training=None, use_causal_mask=False
    ) -> Logits: ...

class GroupQueryAttention(Layer):
    def __init__(
        self, head_dim, num_query_heads, num_key_value_heads, dropout=0.0, use_bias=True, sliding_window=None,
        flash_attention=None, kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None,
        bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, use_gate=False,
        seed=None, **kwargs
    ): ...
    @overload
    def call(
        self, query: Tensor, value: Tensor, key: Tensor = None, query_mask=None, value_mask=None, key_mask=None,
        attention_mask=None, return_attention_scores: Literal[True] = False, training=None, use_causal_mask=False
    ) -> tuple[Logits, Tensor]: ...
    @overload
    def call(
        self, query: Tensor, value: Tensor, key: Tensor = None, query_mask=None, value_mask=None, key_mask=None,
        attention_mask=None, return_attention_scores: Literal[False] = False, training=None, use_causal_mask=False
    ) -> Logits: ...
