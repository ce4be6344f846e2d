"""`tf.compat.v1.losses`, which was `tf.losses` in TensorFlow 1: TensorFlow 2.21. Targets come first."""

from lossl.stubs.vocabulary import *

def sigmoid_cross_entropy(
    multi_class_labels: Target, logits: Needs[SigmoidLogits], weights=1.0, label_smoothing=0, scope=None,
    loss_collection="losses", reduction="weighted_sum_by_nonzero_weights"
) -> Loss: ...
def softmax_cross_entropy(
    onehot_labels: Target, logits: Needs[SoftmaxLogits], weights=1.0, label_smoothing=0, scope=None,
    loss_collection="losses", reduction="weighted_sum_by_nonzero_weights"
) -> Loss: ...
def sparse_softmax_cross_entropy(
    labels: Target, logits: Needs[SoftmaxLogits], weights=1.0, scope=None, loss_collection="losses",
    reduction="weighted_sum_by_nonzero_weights"
) -> Loss: ...
def log_loss(
    labels: Target, predictions: Needs[Probability], weights=1.0, epsilon=1e-07, scope=None, loss_collection="losses",
    reduction="weighted_sum_by_nonzero_weights"
) -> Loss: ...

# Of any number
def absolute_difference(
    labels: Target, predictions: Tensor, weights=1.0, scope=None, loss_collection="losses",
    reduction="weighted_sum_by_nonzero_weights"
) -> Loss: ...
def cosine_distance(
    labels: Target, predictions: Tensor, axis=None, weights=1.0, scope=None, loss_collection="losses",
    reduction="weighted_sum_by_nonzero_weights", dim=None
) -> Loss: ...
def hinge_loss(
    labels: Target, logits: Tensor, weights=1.0, scope=None, loss_collection="losses",
    reduction="weighted_sum_by_nonzero_weights"
) -> Loss: ...
def huber_loss(
    labels: Target, predictions: Tensor, weights=1.0, delta=1.0, scope=None, loss_collection="losses",
    reduction="weighted_sum_by_nonzero_weights"
) -> Loss: ...
def mean_pairwise_squared_error(
    labels: Target, predictions: Tensor, weights=1.0, scope=None, loss_collection="losses"
) -> Loss: ...
def mean_squared_error(
    labels: Target, predictions: Tensor, weights=1.0, scope=None, loss_collection="losses",
    reduction="weighted_sum_by_nonzero_weights"
) -> Loss: ...

# Collected losses
def add_loss(loss: Anything, loss_collection="losses") -> None: ...
def compute_weighted_loss(
    losses: Tensor, weights=1.0, scope=None, loss_collection="losses", reduction="weighted_sum_by_nonzero_weights"
) -> Loss: ...
def get_losses(scope=None, loss_collection="losses") -> Anything: ...
def get_regularization_loss(scope=None, name="total_regularization_loss") -> Loss: ...
def get_regularization_losses(scope=None) -> Anything: ...
def get_total_loss(add_regularization_losses=True, name="total_loss", scope=None) -> Loss: ...

class Reduction:
    MEAN: Anything
    NONE: Anything
    SUM: Anything
    SUM_BY_NONZERO_WEIGHTS: Anything
    SUM_OVER_BATCH_SIZE: Anything
    SUM_OVER_NONZERO_WEIGHTS: Anything
