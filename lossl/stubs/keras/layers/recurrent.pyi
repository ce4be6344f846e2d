"""Recurrent layers: Keras 3.15.1, those for cuDNN from Keras 2.3.1.

The output of LSTM and GRU is a gated tanh, so it stays within (-1, 1); with another activation little is known of it.
SimpleRNN gives its activation itself. With `return_state` the states follow the output; the cell state of an LSTM is a
sum and has no bounds. The first overload is also taken where an option is not known, so it says nothing.
"""

from lossl.stubs.vocabulary import *

from keras.layers.layer import Layer

class RNN(Layer):
    def __init__(
        self, cell, return_sequences=False, return_state=False, go_backwards=False, stateful=False, unroll=False,
        zero_output_for_mask=False, **kwargs
    ): ...
    def call(self, sequences: Tensor, initial_state=None, mask=None, training=False) -> Anything: ...

class LSTM(RNN):
    def __init__(
        self, units, activation="tanh", recurrent_activation="sigmoid", use_bias=True,
        kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal", bias_initializer="zeros",
        unit_forget_bias=True, kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None,
        activity_regularizer=None, kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0,
        recurrent_dropout=0.0, seed=None, return_sequences=False, return_state=False, go_backwards=False,
        stateful=False, unroll=False, use_cudnn="auto", **kwargs
    ): ...
    @overload
    def call(
        self, sequences: Tensor, initial_state=None, mask=None, training=False, *, activation: Literal["linear", None]
    ) -> Anything: ...
    @overload
    def call(
        self, sequences: Tensor, initial_state=None, mask=None, training=False, *,
        activation: Literal["tanh", "hard_tanh", "softsign"], return_state: Literal[False]
    ) -> Bounded: ...
    @overload
    def call(
        self, sequences: Tensor, initial_state=None, mask=None, training=False, *,
        activation: Literal["tanh", "hard_tanh", "softsign"], return_state: Literal[True]
    ) -> tuple[Bounded, Bounded, Tensor]: ...
    @overload
    def call(
        self, sequences: Tensor, initial_state=None, mask=None, training=False, *,
        activation: Literal["relu", "relu6", "softplus"], return_state: Literal[False]
    ) -> NonNegative: ...
    @overload
    def call(self, sequences: Tensor, initial_state=None, mask=None, training=False) -> Anything: ...

class GRU(RNN):
    def __init__(
        self, units, activation="tanh", recurrent_activation="sigmoid", use_bias=True,
        kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal", bias_initializer="zeros",
        kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None, activity_regularizer=None,
        kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0,
        seed=None, return_sequences=False, return_state=False, go_backwards=False, stateful=False, unroll=False,
        reset_after=True, use_cudnn="auto", **kwargs
    ): ...
    @overload
    def call(
        self, sequences: Tensor, initial_state=None, mask=None, training=False, *, activation: Literal["linear", None]
    ) -> Anything: ...
    @overload
    def call(
        self, sequences: Tensor, initial_state=None, mask=None, training=False, *,
        activation: Literal["tanh", "hard_tanh", "softsign"], return_state: Literal[False]
    ) -> Bounded: ...
    @overload
    def call(
        self, sequences: Tensor, initial_state=None, mask=None, training=False, *,
        activation: Literal["tanh", "hard_tanh", "softsign"], return_state: Literal[True]
    ) -> tuple[Bounded, Bounded]: ...
    @overload
    def call(
        self, sequences: Tensor, initial_state=None, mask=None, training=False, *,
        activation: Literal["relu", "relu6", "softplus"], return_state: Literal[False]
    ) -> NonNegative: ...
    @overload
    def call(self, sequences: Tensor, initial_state=None, mask=None, training=False) -> Anything: ...

class SimpleRNN(RNN):
    def __init__(
        self, units, activation="tanh", use_bias=True, kernel_initializer="glorot_uniform",
        recurrent_initializer="orthogonal", bias_initializer="zeros", kernel_regularizer=None,
        recurrent_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None,
        recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, return_sequences=False,
        return_state=False, go_backwards=False, stateful=False, unroll=False, seed=None, **kwargs
    ): ...
    @overload
    def call(
        self, sequences: Tensor, initial_state=None, mask=None, training=False, *, return_state: Literal[True]
    ) -> Anything: ...
    @overload
    def call(
        self, sequences: Tensor, initial_state=None, mask=None, training=False
    ) -> Activated["activation", Logits["units", -1], "keras.activations.NAMES"]: ...

class ConvLSTM1D(RNN):
    def __init__(
        self, filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, activation="tanh",
        recurrent_activation="sigmoid", use_bias=True, kernel_initializer="glorot_uniform",
        recurrent_initializer="orthogonal", bias_initializer="zeros", unit_forget_bias=True, kernel_regularizer=None,
        recurrent_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None,
        recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, seed=None,
        return_sequences=False, return_state=False, go_backwards=False, stateful=False, **kwargs
    ): ...
    @overload
    def call(
        self, sequences: Tensor, initial_state=None, mask=None, training=False, *, activation: Literal["linear", None]
    ) -> Anything: ...
    @overload
    def call(
        self, sequences: Tensor, initial_state=None, mask=None, training=False, *,
        activation: Literal["tanh", "hard_tanh", "softsign"], return_state: Literal[False]
    ) -> Bounded: ...
    @overload
    def call(
        self, sequences: Tensor, initial_state=None, mask=None, training=False, *,
        activation: Literal["tanh", "hard_tanh", "softsign"], return_state: Literal[True]
    ) -> tuple[Bounded, Bounded, Tensor]: ...
    @overload
    def call(
        self, sequences: Tensor, initial_state=None, mask=None, training=False, *,
        activation: Literal["relu", "relu6", "softplus"], return_state: Literal[False]
    ) -> NonNegative: ...
    @overload
    def call(self, sequences: Tensor, initial_state=None, mask=None, training=False) -> Anything: ...

class ConvLSTM2D(RNN):
    def __init__(
        self, filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, activation="tanh",
        recurrent_activation="sigmoid", use_bias=True, kernel_initializer="glorot_uniform",
        recurrent_initializer="orthogonal", bias_initializer="zeros", unit_forget_bias=True, kernel_regularizer=None,
        recurrent_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None,
        recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, seed=None,
        return_sequences=False, return_state=False, go_backwards=False, stateful=False, **kwargs
    ): ...
    @overload
    def call(
        self, sequences: Tensor, initial_state=None, mask=None, training=False, *, activation: Literal["linear", None]
    ) -> Anything: ...
    @overload
    def call(
        self, sequences: Tensor, initial_state=None, mask=None, training=False, *,
        activation: Literal["tanh", "hard_tanh", "softsign"], return_state: Literal[False]
    ) -> Bounded: ...
    @overload
    def call(
        self, sequences: Tensor, initial_state=None, mask=None, training=False, *,
        activation: Literal["tanh", "hard_tanh", "softsign"], return_state: Literal[True]
    ) -> tuple[Bounded, Bounded, Tensor]: ...
    @overload
    def call(
        self, sequences: Tensor, initial_state=None, mask=None, training=False, *,
        activation: Literal["relu", "relu6", "softplus"], return_state: Literal[False]
    ) -> NonNegative: ...
    @overload
    def call(self, sequences: Tensor, initial_state=None, mask=None, training=False) -> Anything: ...

class ConvLSTM3D(RNN):
    def __init__(
        self, filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, activation="tanh",
        recurrent_activation="sigmoid", use_bias=True, kernel_initializer="glorot_uniform",
        recurrent_initializer="orthogonal", bias_initializer="zeros", unit_forget_bias=True, kernel_regularizer=None,
        recurrent_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None,
        recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, seed=None,
        return_sequences=False, return_state=False, go_backwards=False, stateful=False, **kwargs
    ): ...
    @overload
    def call(
        self, sequences: Tensor, initial_state=None, mask=None, training=False, *, activation: Literal["linear", None]
    ) -> Anything: ...
    @overload
    def call(
        self, sequences: Tensor, initial_state=None, mask=None, training=False, *,
        activation: Literal["tanh", "hard_tanh", "softsign"], return_state: Literal[False]
    ) -> Bounded: ...
    @overload
    def call(
        self, sequences: Tensor, initial_state=None, mask=None, training=False, *,
        activation: Literal["tanh", "hard_tanh", "softsign"], return_state: Literal[True]
    ) -> tuple[Bounded, Bounded, Tensor]: ...
    @overload
    def call(
        self, sequences: Tensor, initial_state=None, mask=None, training=False, *,
        activation: Literal["relu", "relu6", "softplus"], return_state: Literal[False]
    ) -> NonNegative: ...
    @overload
    def call(self, sequences: Tensor, initial_state=None, mask=None, training=False) -> Anything: ...

class CuDNNLSTM(RNN):
    def __init__(
        self, units, kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal", bias_initializer="zeros",
        unit_forget_bias=True, kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None,
        activity_regularizer=None, kernel_constraint=None, recurrent_constraint=None, bias_constraint=None,
        return_sequences=False, return_state=False, stateful=False, **kwargs
    ): ...
    @overload
    def call(
        self, inputs: Tensor, mask=None, training=None, initial_state=None, *, return_state: Literal[True]
    ) -> tuple[Bounded, Bounded, Tensor]: ...
    @overload
    def call(
        self, inputs: Tensor, mask=None, training=None, initial_state=None, *, return_state: Literal[False]
    ) -> Bounded: ...

class CuDNNGRU(RNN):
    def __init__(
        self, units, kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal", bias_initializer="zeros",
        kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None,
        activity_regularizer=None, kernel_constraint=None, recurrent_constraint=None, bias_constraint=None,
        return_sequences=False, return_state=False, stateful=False, **kwargs
    ): ...
    @overload
    def call(
        self, inputs: Tensor, mask=None, training=None, initial_state=None, *, return_state: Literal[True]
    ) -> tuple[Bounded, Bounded]: ...
    @overload
    def call(
        self, inputs: Tensor, mask=None, training=None, initial_state=None, *, return_state: Literal[False]
    ) -> Bounded: ...

# Cells give an output and their states
class LSTMCell(Layer):
    def __init__(
        self, units, activation="tanh", recurrent_activation="sigmoid", use_bias=True,
        kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal", bias_initializer="zeros",
        unit_forget_bias=True, kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None,
        kernel_constraint=None, recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0,
        seed=None, **kwargs
    ): ...
    def call(self, inputs: Tensor, states, training=False) -> Anything: ...

class GRUCell(Layer):
    def __init__(
        self, units, activation="tanh", recurrent_activation="sigmoid", use_bias=True,
        kernel_initializer="glorot_uniform", recurrent_initializer="orthogonal", bias_initializer="zeros",
        kernel_regularizer=None, recurrent_regularizer=None, bias_regularizer=None, kernel_constraint=None,
        recurrent_constraint=None, bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, reset_after=True,
        seed=None, **kwargs
    ): ...
    def call(self, inputs: Tensor, states, training=False) -> Anything: ...

class SimpleRNNCell(Layer):
    def __init__(
        self, units, activation="tanh", use_bias=True, kernel_initializer="glorot_uniform",
        recurrent_initializer="orthogonal", bias_initializer="zeros", kernel_regularizer=None,
        recurrent_regularizer=None, bias_regularizer=None, kernel_constraint=None, recurrent_constraint=None,
        bias_constraint=None, dropout=0.0, recurrent_dropout=0.0, seed=None, **kwargs
    ): ...
    def call(self, sequence: Tensor, states, training=False) -> Anything: ...

class StackedRNNCells(Layer):
    def __init__(self, cells, **kwargs): ...
    def call(self, inputs: Tensor, states, training=False, **kwargs) -> Anything: ...
