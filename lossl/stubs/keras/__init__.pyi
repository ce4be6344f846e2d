"""`keras`: Keras 3.15.1, tf.keras of TensorFlow 2.21, and what Keras 2.3.1 and 2.15 had besides.

Names are those of the public interface; modules that Keras 2 had under another name lead to today's.
"""

from lossl.stubs.vocabulary import *

import keras.losses as objectives

from keras.initializers import Initializer
from keras.layers import Input, InputSpec, Layer
from keras.losses import Loss
from keras.metrics import Metric
from keras.models import Functional, Model, Sequential
from keras.optimizers import Optimizer
from keras.regularizers import Regularizer

class KerasTensor(Numbers):
    shape: Anything
    dtype: Anything
    ndim: Anything
    name: Anything
    # `predict` gives an array of numpy
    def argmax(self: Ordering, axis=None, out=None, *, keepdims=False) -> ClassIndices: ...
    def argmin(self: Ordering, axis=None, out=None, *, keepdims=False) -> ClassIndices: ...
    def argsort(self: Ordering, axis=-1, kind=None, order=None, *, stable=None) -> ClassIndices: ...

def Variable(initializer, shape=None, dtype=None, trainable=True, *args, **kwargs) -> Trained[FromNumbers["initializer"]]: ...
def name_scope(name, **kwargs) -> Decorator: ...
def device(device_name) -> Decorator: ...
def version() -> Anything: ...
