"""`tf.layers` of TensorFlow 1, also `tf.compat.v1.layers`: functions that make a layer and call it.

Parameters are those of tf_keras 2.19, which carries them on. An activation is a function, or the name of one in Keras.
"""

from lossl.stubs.vocabulary import *

from keras.layers import (
    AveragePooling1D, AveragePooling2D, AveragePooling3D, BatchNormalization, Conv1D, Conv2D, Conv2DTranspose, Conv3D,
    Conv3DTranspose, Dense, Dropout, Flatten, InputSpec, Layer, MaxPooling1D, MaxPooling2D, MaxPooling3D,
    SeparableConv1D, SeparableConv2D,
)

def dense(
    inputs: Tensor, units, activation=None, use_bias=True, kernel_initializer=None, bias_initializer=...,
    kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None,
    bias_constraint=None, trainable=True, name=None, reuse=None
) -> Activated["activation", Logits["units", -1], "keras.activations.NAMES"]: ...
def dropout(inputs: Keeps, rate=0.5, noise_shape=None, seed=None, training=False, name=None) -> Drops["rate", 0, "training", False]: ...
def flatten(inputs: Keeps, name=None, data_format="channels_last") -> Reshapes: ...
def conv1d(
    inputs: Tensor, filters, kernel_size, strides=1, padding="valid", data_format="channels_last", dilation_rate=1,
    activation=None, use_bias=True, kernel_initializer=None, bias_initializer=..., kernel_regularizer=None,
    bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, trainable=True,
    name=None, reuse=None
) -> Activated["activation", Logits["filters"], "keras.activations.NAMES"]: ...
def conv2d(
    inputs: Tensor, filters, kernel_size, strides=(1, 1), padding="valid", data_format="channels_last",
    dilation_rate=(1, 1), activation=None, use_bias=True, kernel_initializer=None, bias_initializer=...,
    kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None,
    bias_constraint=None, trainable=True, name=None, reuse=None
) -> Activated["activation", Logits["filters"], "keras.activations.NAMES"]: ...
def conv3d(
    inputs: Tensor, filters, kernel_size, strides=(1, 1, 1), padding="valid", data_format="channels_last",
    dilation_rate=(1, 1, 1), activation=None, use_bias=True, kernel_initializer=None, bias_initializer=...,
    kernel_regularizer=None, bias_regularizer=None, activity_regularizer=None, kernel_constraint=None,
    bias_constraint=None, trainable=True, name=None, reuse=None
) -> Activated["activation", Logits["filters"], "keras.activations.NAMES"]: ...
def separable_conv1d(
    inputs: Tensor, filters, kernel_size, strides=1, padding="valid", data_format="channels_last", dilation_rate=1,
    depth_multiplier=1, activation=None, use_bias=True, depthwise_initializer=None, pointwise_initializer=None,
    bias_initializer=..., depthwise_regularizer=None, pointwise_regularizer=None, bias_regularizer=None,
    activity_regularizer=None, depthwise_constraint=None, pointwise_constraint=None, bias_constraint=None,
    trainable=True, name=None, reuse=None
) -> Activated["activation", Logits["filters"], "keras.activations.NAMES"]: ...
def separable_conv2d(
    inputs: Tensor, filters, kernel_size, strides=(1, 1), padding="valid", data_format="channels_last",
    dilation_rate=(1, 1), depth_multiplier=1, activation=None, use_bias=True, depthwise_initializer=None,
    pointwise_initializer=None, bias_initializer=..., depthwise_regularizer=None, pointwise_regularizer=None,
    bias_regularizer=None, activity_regularizer=None, depthwise_constraint=None, pointwise_constraint=None,
    bias_constraint=None, trainable=True, name=None, reuse=None
) -> Activated["activation", Logits["filters"], "keras.activations.NAMES"]: ...
def conv2d_transpose(
    inputs: Tensor, filters, kernel_size, strides=(1, 1), padding="valid", data_format="channels_last", activation=None,
    use_bias=True, kernel_initializer=None, bias_initializer=..., kernel_regularizer=None, bias_regularizer=None,
    activity_regularizer=None, kernel_constraint=None, bias_constraint=None, trainable=True, name=None, reuse=None
) -> Activated["activation", Logits["filters"], "keras.activations.NAMES"]: ...
def conv3d_transpose(
    inputs: Tensor, filters, kernel_size, strides=(1, 1, 1), padding="valid", data_format="channels_last",
    activation=None, use_bias=True, kernel_initializer=None, bias_initializer=..., kernel_regularizer=None,
    bias_regularizer=None, activity_regularizer=None, kernel_constraint=None, bias_constraint=None, trainable=True,
    name=None, reuse=None
) -> Activated["activation", Logits["filters"], "keras.activations.NAMES"]: ...
def batch_normalization(
    inputs: Tensor, axis=-1, momentum=0.99, epsilon=0.001, center=True, scale=True, beta_initializer=...,
    gamma_initializer=..., moving_mean_initializer=..., moving_variance_initializer=..., beta_regularizer=None,
    gamma_regularizer=None, beta_constraint=None, gamma_constraint=None, training=False, trainable=True, name=None,
    reuse=None, renorm=False, renorm_clipping=None, renorm_momentum=0.99, fused=None, virtual_batch_size=None,
    adjustment=None
) -> Logits: ...
def average_pooling1d(
    inputs: Keeps, pool_size, strides, padding="valid", data_format="channels_last", name=None
) -> Keeps: ...
def max_pooling1d(
    inputs: Keeps, pool_size, strides, padding="valid", data_format="channels_last", name=None
) -> Part: ...
def average_pooling2d(
    inputs: Keeps, pool_size, strides, padding="valid", data_format="channels_last", name=None
) -> Keeps: ...
def max_pooling2d(
    inputs: Keeps, pool_size, strides, padding="valid", data_format="channels_last", name=None
) -> Part: ...
def average_pooling3d(
    inputs: Keeps, pool_size, strides, padding="valid", data_format="channels_last", name=None
) -> Keeps: ...
def max_pooling3d(
    inputs: Keeps, pool_size, strides, padding="valid", data_format="channels_last", name=None
) -> Part: ...
