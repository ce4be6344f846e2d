"""`tf.contrib.layers` and `tf.contrib.slim` of TensorFlow 1.15: functions that make a layer and call it.

Parameters are those of tf_slim 1.1, which carries them on. Affine layers end in a ReLU by default, but an `arg_scope`
may have changed any default, so an activation counts only where it is written.
"""

from lossl.stubs.vocabulary import *

import tensorflow.contrib.losses as losses

# Affine, then the activation
def fully_connected(
    inputs: Tensor, num_outputs, activation_fn=..., normalizer_fn=None, normalizer_params=None, weights_initializer=...,
    weights_regularizer=None, biases_initializer=..., biases_regularizer=None, reuse=None, variables_collections=None,
    outputs_collections=None, trainable=True, scope=None
) -> Activated["activation_fn", Logits["num_outputs", -1], "keras.activations.NAMES"]: ...
def convolution(
    inputs: Tensor, num_outputs, kernel_size, stride=1, padding="SAME", data_format=None, rate=1, activation_fn=...,
    normalizer_fn=None, normalizer_params=None, weights_initializer=..., weights_regularizer=None,
    biases_initializer=..., biases_regularizer=None, reuse=None, variables_collections=None, outputs_collections=None,
    trainable=True, scope=None, conv_dims=None
) -> Activated["activation_fn", Logits["num_outputs", -1], "keras.activations.NAMES"]: ...
def convolution1d(
    inputs: Tensor, num_outputs, kernel_size, stride=1, padding="SAME", data_format=None, rate=1, activation_fn=...,
    normalizer_fn=None, normalizer_params=None, weights_initializer=..., weights_regularizer=None,
    biases_initializer=..., biases_regularizer=None, reuse=None, variables_collections=None, outputs_collections=None,
    trainable=True, scope=None
) -> Activated["activation_fn", Logits["num_outputs", -1], "keras.activations.NAMES"]: ...
def convolution2d(
    inputs: Tensor, num_outputs, kernel_size, stride=1, padding="SAME", data_format=None, rate=1, activation_fn=...,
    normalizer_fn=None, normalizer_params=None, weights_initializer=..., weights_regularizer=None,
    biases_initializer=..., biases_regularizer=None, reuse=None, variables_collections=None, outputs_collections=None,
    trainable=True, scope=None
) -> Activated["activation_fn", Logits["num_outputs", -1], "keras.activations.NAMES"]: ...
def convolution3d(
    inputs: Tensor, num_outputs, kernel_size, stride=1, padding="SAME", data_format=None, rate=1, activation_fn=...,
    normalizer_fn=None, normalizer_params=None, weights_initializer=..., weights_regularizer=None,
    biases_initializer=..., biases_regularizer=None, reuse=None, variables_collections=None, outputs_collections=None,
    trainable=True, scope=None
) -> Activated["activation_fn", Logits["num_outputs", -1], "keras.activations.NAMES"]: ...
def convolution2d_transpose(
    inputs: Tensor, num_outputs, kernel_size, stride=1, padding="SAME", data_format="NHWC", activation_fn=...,
    normalizer_fn=None, normalizer_params=None, weights_initializer=..., weights_regularizer=None,
    biases_initializer=..., biases_regularizer=None, reuse=None, variables_collections=None, outputs_collections=None,
    trainable=True, scope=None
) -> Activated["activation_fn", Logits["num_outputs", -1], "keras.activations.NAMES"]: ...
def convolution3d_transpose(
    inputs: Tensor, num_outputs, kernel_size, stride=1, padding="SAME", data_format="NDHWC", activation_fn=...,
    normalizer_fn=None, normalizer_params=None, weights_initializer=..., weights_regularizer=None,
    biases_initializer=..., biases_regularizer=None, reuse=None, variables_collections=None, outputs_collections=None,
    trainable=True, scope=None
) -> Activated["activation_fn", Logits["num_outputs", -1], "keras.activations.NAMES"]: ...
def separable_convolution2d(
    inputs: Tensor, num_outputs, kernel_size, depth_multiplier=1, stride=1, padding="SAME", data_format="NHWC", rate=1,
    activation_fn=..., normalizer_fn=None, normalizer_params=None, weights_initializer=..., pointwise_initializer=None,
    weights_regularizer=None, biases_initializer=..., biases_regularizer=None, reuse=None, variables_collections=None,
    outputs_collections=None, trainable=True, scope=None
) -> Activated["activation_fn", Logits["num_outputs", -1], "keras.activations.NAMES"]: ...
def convolution2d_in_plane(
    inputs: Tensor, kernel_size, stride=1, padding="SAME", activation_fn=..., normalizer_fn=None,
    normalizer_params=None, weights_initializer=..., weights_regularizer=None, biases_initializer=...,
    biases_regularizer=None, reuse=None, variables_collections=None, outputs_collections=None, trainable=True,
    scope=None
) -> Activated["activation_fn", Logits, "keras.activations.NAMES"]: ...
def batch_norm(
    inputs: Tensor, decay=0.999, center=True, scale=False, epsilon=0.001, activation_fn=..., param_initializers=None,
    param_regularizers=None, updates_collections=..., is_training=True, reuse=None, variables_collections=None,
    outputs_collections=None, trainable=True, batch_weights=None, fused=None, data_format="NHWC",
    zero_debias_moving_mean=False, scope=None, renorm=False, renorm_clipping=None, renorm_decay=0.99, adjustment=None
) -> Activated["activation_fn", Logits, "keras.activations.NAMES"]: ...
def bias_add(
    inputs: Tensor, activation_fn=..., initializer=..., regularizer=None, reuse=None, variables_collections=None,
    outputs_collections=None, trainable=True, data_format="NHWC", scope=None
) -> Activated["activation_fn", Logits, "keras.activations.NAMES"]: ...
def layer_norm(
    inputs: Tensor, center=True, scale=True, activation_fn=..., reuse=None, variables_collections=None,
    outputs_collections=None, trainable=True, begin_norm_axis=1, begin_params_axis=-1, scope=None
) -> Activated["activation_fn", Logits, "keras.activations.NAMES"]: ...

def linear(inputs: Tensor, num_outputs, *args, **kwargs) -> Logits["num_outputs", -1]: ...
def relu(inputs: Tensor, num_outputs, *args, **kwargs) -> NonNegative: ...

conv1d = convolution1d
conv2d = convolution2d
conv3d = convolution3d
conv2d_transpose = convolution2d_transpose
conv3d_transpose = convolution3d_transpose
conv2d_in_plane = convolution2d_in_plane
separable_conv2d = separable_convolution2d

# Everything else
def softmax(logits: Activates["softmax", -1], scope=None) -> Distribution[-1]: ...
def dropout(
    inputs: Keeps, keep_prob=0.5, noise_shape=None, is_training=True, outputs_collections=None, scope=None, seed=None
) -> Drops["keep_prob", 1, "is_training", False]: ...
def flatten(inputs: Keeps, outputs_collections=None, scope=None) -> Reshapes: ...
def max_pool2d(
    inputs: Keeps, kernel_size, stride=2, padding="VALID", data_format="NHWC", outputs_collections=None, scope=None
) -> Part: ...
def max_pool3d(
    inputs: Keeps, kernel_size, stride=2, padding="VALID", data_format="NDHWC", outputs_collections=None, scope=None
) -> Part: ...
def avg_pool2d(
    inputs: Keeps, kernel_size, stride=2, padding="VALID", data_format="NHWC", outputs_collections=None, scope=None
) -> Keeps: ...
def avg_pool3d(
    inputs: Keeps, kernel_size, stride=2, padding="VALID", data_format="NDHWC", outputs_collections=None, scope=None
) -> Keeps: ...
def unit_norm(inputs: Tensor, dim, epsilon=1e-07, scope=None) -> Bounded: ...
def one_hot_encoding(
    labels, num_classes, on_value=1.0, off_value=0.0, outputs_collections=None, scope=None
) -> OneHot["num_classes"]: ...
def repeat(inputs: Tensor, *args, **kwargs) -> Tensor: ...
def stack(inputs: Tensor, *args, **kwargs) -> Tensor: ...
def arg_scope(list_ops_or_scope, **kwargs) -> Decorator: ...
def l1_regularizer(scale, scope=None) -> Anything: ...
def l2_regularizer(scale, scope=None) -> Anything: ...
def variance_scaling_initializer(*args, **kwargs) -> Anything: ...
def xavier_initializer(*args, **kwargs) -> Anything: ...
