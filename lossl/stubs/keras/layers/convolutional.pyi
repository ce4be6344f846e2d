"""Convolution layers: Keras 3.15.1; locally connected layers and older names from Keras 2.3.1.

Affine, then the activation. Padding puts zeros beside a distribution, which is then none any more.
"""

from lossl.stubs.vocabulary import *

from keras.layers.layer import Layer
from keras.layers.pooling import AveragePooling1D as AveragePooling1D
from keras.layers.pooling import AveragePooling2D as AveragePooling2D
from keras.layers.pooling import AveragePooling3D as AveragePooling3D
from keras.layers.pooling import MaxPooling1D as MaxPooling1D
from keras.layers.pooling import MaxPooling2D as MaxPooling2D
from keras.layers.pooling import MaxPooling3D as MaxPooling3D

class Conv1D(Layer):
    def __init__(
        self, filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, groups=1,
        activation=None, use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros",
        kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None,
        bias_constraint=None, **kwargs
    ): ...
    def call(self, inputs: Tensor) -> Activated["activation", Logits["filters"], "keras.activations.NAMES"]: ...

class Conv2D(Layer):
    def __init__(
        self, filters, kernel_size, strides=(1, 1), padding="valid", data_format=None, dilation_rate=(1, 1), groups=1,
        activation=None, use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros",
        kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None,
        bias_constraint=None, **kwargs
    ): ...
    def call(self, inputs: Tensor) -> Activated["activation", Logits["filters"], "keras.activations.NAMES"]: ...

class Conv3D(Layer):
    def __init__(
        self, filters, kernel_size, strides=(1, 1, 1), padding="valid", data_format=None, dilation_rate=(1, 1, 1),
        groups=1, activation=None, use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros",
        kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None,
        bias_constraint=None, **kwargs
    ): ...
    def call(self, inputs: Tensor) -> Activated["activation", Logits["filters"], "keras.activations.NAMES"]: ...

class Conv1DTranspose(Layer):
    def __init__(
        self, filters, kernel_size, strides=1, padding="valid", output_padding=None, data_format=None, dilation_rate=1,
        activation=None, use_bias=True, kernel_initializer="glorot_uniform", bias_initializer="zeros",
        kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None,
        bias_constraint=None, **kwargs
    ): ...
    def call(self, inputs: Tensor) -> Activated["activation", Logits["filters"], "keras.activations.NAMES"]: ...

class Conv2DTranspose(Layer):
    def __init__(
        self, filters, kernel_size, strides=(1, 1), padding="valid", output_padding=None, data_format=None,
        dilation_rate=(1, 1), activation=None, use_bias=True, kernel_initializer="glorot_uniform",
        bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None,
        kernel_constraint=None, bias_constraint=None, **kwargs
    ): ...
    def call(self, inputs: Tensor) -> Activated["activation", Logits["filters"], "keras.activations.NAMES"]: ...

class Conv3DTranspose(Layer):
    def __init__(
        self, filters, kernel_size, strides=(1, 1, 1), padding="valid", data_format=None, output_padding=None,
        dilation_rate=(1, 1, 1), activation=None, use_bias=True, kernel_initializer="glorot_uniform",
        bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None,
        kernel_constraint=None, bias_constraint=None, **kwargs
    ): ...
    def call(self, inputs: Tensor) -> Activated["activation", Logits["filters"], "keras.activations.NAMES"]: ...

class SeparableConv1D(Layer):
    def __init__(
        self, filters, kernel_size, strides=1, padding="valid", data_format=None, dilation_rate=1, depth_multiplier=1,
        activation=None, use_bias=True, depthwise_initializer="glorot_uniform", pointwise_initializer="glorot_uniform",
        bias_initializer="zeros", depthwise_regularizer=None, pointwise_regularizer=None, bias_regularizer=None,
        activity_regularizer=None, depthwise_constraint=None, pointwise_constraint=None, bias_constraint=None, **kwargs
    ): ...
    def call(self, inputs: Tensor) -> Activated["activation", Logits["filters"], "keras.activations.NAMES"]: ...

class SeparableConv2D(Layer):
    def __init__(
        self, filters, kernel_size, strides=(1, 1), padding="valid", data_format=None, dilation_rate=(1, 1),
        depth_multiplier=1, activation=None, use_bias=True, depthwise_initializer="glorot_uniform",
        pointwise_initializer="glorot_uniform", bias_initializer="zeros", depthwise_regularizer=None,
        pointwise_regularizer=None, bias_regularizer=None, activity_regularizer=None, depthwise_constraint=None,
        pointwise_constraint=None, bias_constraint=None, **kwargs
    ): ...
    def call(self, inputs: Tensor) -> Activated["activation", Logits["filters"], "keras.activations.NAMES"]: ...

class DepthwiseConv1D(Layer):
    def __init__(
        self, kernel_size, strides=1, padding="valid", depth_multiplier=1, data_format=None, dilation_rate=1,
        activation=None, use_bias=True, depthwise_initializer="glorot_uniform", bias_initializer="zeros",
        depthwise_regularizer=None, bias_regularizer=None, activity_regularizer=None, depthwise_constraint=None,
        bias_constraint=None, **kwargs
    ): ...
    def call(self, inputs: Tensor) -> Activated["activation", Logits, "keras.activations.NAMES"]: ...

class DepthwiseConv2D(Layer):
    def __init__(
        self, kernel_size, strides=(1, 1), padding="valid", depth_multiplier=1, data_format=None, dilation_rate=(1, 1),
        activation=None, use_bias=True, depthwise_initializer="glorot_uniform", bias_initializer="zeros",
        depthwise_regularizer=None, bias_regularizer=None, activity_regularizer=None, depthwise_constraint=None,
        bias_constraint=None, **kwargs
    ): ...
    def call(self, inputs: Tensor) -> Activated["activation", Logits, "keras.activations.NAMES"]: ...

class LocallyConnected1D(Layer):
    def __init__(
        self, filters, kernel_size, strides=1, padding="valid", data_format=None, activation=None, use_bias=True,
        kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None,
        activity_regularizer=None, kernel_constraint=None, bias_constraint=None, **kwargs
    ): ...
    def call(self, inputs: Tensor) -> Activated["activation", Logits["filters"], "keras.activations.NAMES"]: ...

class LocallyConnected2D(Layer):
    def __init__(
        self, filters, kernel_size, strides=(1, 1), padding="valid", data_format=None, activation=None, use_bias=True,
        kernel_initializer="glorot_uniform", bias_initializer="zeros", kernel_regularizer=None, bias_regularizer=None,
        activity_regularizer=None, kernel_constraint=None, bias_constraint=None, **kwargs
    ): ...
    def call(self, inputs: Tensor) -> Activated["activation", Logits["filters"], "keras.activations.NAMES"]: ...

# Enlarging and cutting
class UpSampling1D(Layer):
    def __init__(self, size=2, **kwargs): ...
    def call(self, inputs: Keeps) -> Keeps: ...

class UpSampling2D(Layer):
    def __init__(self, size=(2, 2), data_format=None, interpolation="nearest", **kwargs): ...
    @overload
    def call(self, inputs: Tensor, *, interpolation: Literal["bicubic", "lanczos3", "lanczos5"]) -> Tensor: ...
    @overload
    def call(self, inputs: Keeps) -> Keeps: ...

class UpSampling3D(Layer):
    def __init__(self, size=(2, 2, 2), data_format=None, **kwargs): ...
    def call(self, inputs: Keeps) -> Keeps: ...

class ZeroPadding1D(Layer):
    def __init__(self, padding=1, data_format=None, **kwargs): ...
    def call(self, inputs: Keeps) -> Part: ...

class ZeroPadding2D(Layer):
    def __init__(self, padding=(1, 1), data_format=None, **kwargs): ...
    def call(self, inputs: Keeps) -> Part: ...

class ZeroPadding3D(Layer):
    def __init__(self, padding=((1, 1), (1, 1), (1, 1)), data_format=None, **kwargs): ...
    def call(self, inputs: Keeps) -> Part: ...

class Cropping1D(Layer):
    def __init__(self, cropping=(1, 1), **kwargs): ...
    def call(self, inputs: Keeps) -> Keeps: ...

class Cropping2D(Layer):
    def __init__(self, cropping=((0, 0), (0, 0)), data_format=None, **kwargs): ...
    def call(self, inputs: Keeps) -> Keeps: ...

class Cropping3D(Layer):
    def __init__(self, cropping=((1, 1), (1, 1), (1, 1)), data_format=None, **kwargs): ...
    def call(self, inputs: Keeps) -> Keeps: ...

# Other names
Convolution1D = Conv1D
Convolution2D = Conv2D
Convolution3D = Conv3D
Convolution1DTranspose = Conv1DTranspose
Convolution2DTranspose = Conv2DTranspose
Convolution3DTranspose = Conv3DTranspose
SeparableConvolution1D = SeparableConv1D
SeparableConvolution2D = SeparableConv2D
Deconvolution2D = Conv2DTranspose
Deconv2D = Conv2DTranspose
Deconvolution3D = Conv3DTranspose
Deconv3D = Conv3DTranspose
AtrousConvolution1D = Conv1D
AtrousConvolution2D = Conv2D
