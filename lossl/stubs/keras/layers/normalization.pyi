"""Normalization layers: Keras 3.15.1. Those that shift give numbers around zero, whatever they were given."""

from lossl.stubs.vocabulary import *

from keras.layers.layer import Layer

class BatchNormalization(Layer):
    def __init__(
        self, axis=-1, momentum=0.99, epsilon=0.001, center=True, scale=True, beta_initializer="zeros",
        gamma_initializer="ones", moving_mean_initializer="zeros", moving_variance_initializer="ones",
        beta_regularizer=None, gamma_regularizer=None, beta_constraint=None, gamma_constraint=None, renorm=False,
        renorm_clipping=None, renorm_momentum=0.99, synchronized=False, **kwargs
    ): ...
    def call(self, inputs: Tensor, training=None, mask=None) -> Logits: ...

class LayerNormalization(Layer):
    def __init__(
        self, axis=-1, epsilon=0.001, center=True, scale=True, beta_initializer="zeros", gamma_initializer="ones",
        beta_regularizer=None, gamma_regularizer=None, beta_constraint=None, gamma_constraint=None, **kwargs
    ): ...
    def call(self, inputs: Tensor) -> Logits: ...

class GroupNormalization(Layer):
    def __init__(
        self, groups=32, axis=-1, epsilon=0.001, center=True, scale=True, beta_initializer="zeros",
        gamma_initializer="ones", beta_regularizer=None, gamma_regularizer=None, beta_constraint=None,
        gamma_constraint=None, **kwargs
    ): ...
    def call(self, inputs: Tensor) -> Logits: ...

class RMSNormalization(Layer):
    def __init__(self, axis=-1, epsilon=1e-06, **kwargs): ...
    def call(self, x: Tensor) -> Tensor: ...

class UnitNormalization(Layer):
    def __init__(self, axis=-1, **kwargs): ...
    def call(self, inputs: Tensor) -> Bounded: ...
