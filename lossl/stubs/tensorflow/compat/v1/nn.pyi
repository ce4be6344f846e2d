"""`tf.compat.v1.nn`: TensorFlow 2.21; what differs from `tf.nn`, and the rest of it."""

from lossl.stubs.vocabulary import *

from tensorflow.nn import (
    atrous_conv2d, avg_pool1d, avg_pool3d, batch_normalization, bias_add, bidirectional_dynamic_rnn,
    compute_average_loss, conv1d_transpose, conv3d_transpose, conv_transpose, crelu, depth_to_space, dynamic_rnn, elu,
    embedding_lookup, fused_batch_norm, l2_loss, l2_normalize, leaky_relu, local_response_normalization,
    log_poisson_loss, lrn, max_pool1d, max_pool2d, max_pool3d, moments, nce_loss, relu, relu6, relu_layer,
    sampled_softmax_loss, scale_regularization_loss, selu, sigmoid, silu, softplus, softsign, static_rnn, swish, tanh,
    top_k, xw_plus_b, zero_fraction,
)

@overload
def softmax(logits: Activates["softmax", -1], axis: Literal[None] = None, name=None, dim: Literal[None] = None) -> Distribution[-1]: ...
@overload
def softmax(logits: Activates["softmax", "axis"], axis=None, name=None, dim=None) -> Distribution["axis"]: ...
@overload
def log_softmax(
    logits: Tensor, axis: Literal[None] = None, name=None, dim: Literal[None] = None
) -> LogDistribution[-1]: ...
@overload
def log_softmax(logits: Activates["softmax", "axis"], axis=None, name=None, dim=None) -> LogDistribution["axis"]: ...
def dropout(x: Keeps, keep_prob=None, noise_shape=None, seed=None, name=None, rate=None) -> Drops["keep_prob", 1, "rate", 0]: ...

def sigmoid_cross_entropy_with_logits(
    labels: Target = None, logits: Needs[SigmoidLogits] = None, name=None
) -> Loss: ...
def weighted_cross_entropy_with_logits(
    labels: Target = None, logits: Needs[SigmoidLogits] = None, pos_weight=None, name=None, targets: Target = None
) -> Loss: ...
def softmax_cross_entropy_with_logits(
    labels: Target = None, logits: Needs[SoftmaxLogits] = None, dim=-1, name=None, axis=None
) -> Loss: ...
def softmax_cross_entropy_with_logits_v2(
    labels: Target, logits: Needs[SoftmaxLogits], axis=None, name=None, dim=None
) -> Loss: ...
def sparse_softmax_cross_entropy_with_logits(
    labels: Target = None, logits: Needs[SoftmaxLogits] = None, name=None
) -> Loss: ...
def ctc_loss(
    labels: Target, inputs: Needs[SoftmaxLogits] = None, sequence_length=None, preprocess_collapse_repeated=False,
    ctc_merge_repeated=True, ignore_longer_outputs_than_inputs=False, time_major=True, logits=None
) -> Loss: ...
def ctc_loss_v2(
    labels: Target, logits: Needs[SoftmaxLogits], label_length, logit_length, logits_time_major=True, unique=None,
    blank_index=None, name=None
) -> Loss: ...

def conv1d(
    value: Tensor = None, filters=None, stride=None, padding=None, use_cudnn_on_gpu=None, data_format=None, name=None,
    input: Tensor = None, dilations=None
) -> Logits: ...
def conv2d(
    input: Tensor, filter=None, strides=None, padding=None, use_cudnn_on_gpu=True, data_format="NHWC",
    dilations=[1, 1, 1, 1], name=None, filters=None
) -> Logits: ...
def conv3d(
    input: Tensor, filter=None, strides=None, padding=None, data_format="NDHWC", dilations=[1, 1, 1, 1, 1], name=None,
    filters=None
) -> Logits: ...
def conv2d_transpose(
    value: Tensor = None, filter=None, output_shape=None, strides=None, padding="SAME", data_format="NHWC", name=None,
    input: Tensor = None, filters=None, dilations=None
) -> Logits: ...
def convolution(
    input: Tensor, filter, padding, strides=None, dilation_rate=None, name=None, data_format=None, filters=None,
    dilations=None
) -> Logits: ...
def depthwise_conv2d(
    input: Tensor, filter, strides, padding, rate=None, name=None, data_format=None, dilations=None
) -> Logits: ...
def separable_conv2d(
    input: Tensor, depthwise_filter, pointwise_filter, strides, padding, rate=None, name=None, data_format=None,
    dilations=None
) -> Logits: ...
def avg_pool(value: Keeps, ksize, strides, padding, data_format="NHWC", name=None, input=None) -> Averages: ...
def avg_pool2d(value: Keeps, ksize, strides, padding, data_format="NHWC", name=None, input=None) -> Averages: ...
def max_pool(value: Keeps, ksize, strides, padding, data_format="NHWC", name=None, input=None) -> Part: ...
def in_top_k(predictions: Ordering, targets: Anything, k, name=None) -> Tensor: ...
