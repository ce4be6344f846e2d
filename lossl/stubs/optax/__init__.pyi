"""optax: the losses that are known here as well as in `optax.losses`. Parameters as in optax 0.2.8."""

from lossl.stubs.vocabulary import *

from optax.losses import convex_kl_divergence as convex_kl_divergence
from optax.losses import cosine_distance as cosine_distance
from optax.losses import cosine_similarity as cosine_similarity
from optax.losses import ctc_loss as ctc_loss
from optax.losses import ctc_loss_with_forward_probs as ctc_loss_with_forward_probs
from optax.losses import generalized_kl_divergence as generalized_kl_divergence
from optax.losses import hinge_loss as hinge_loss
from optax.losses import huber_loss as huber_loss
from optax.losses import kl_divergence as kl_divergence
from optax.losses import l2_loss as l2_loss
from optax.losses import log_cosh as log_cosh
from optax.losses import ntxent as ntxent
from optax.losses import safe_softmax_cross_entropy as safe_softmax_cross_entropy
from optax.losses import sigmoid_binary_cross_entropy as sigmoid_binary_cross_entropy
from optax.losses import sigmoid_focal_loss as sigmoid_focal_loss
from optax.losses import smooth_labels as smooth_labels
from optax.losses import softmax_cross_entropy as softmax_cross_entropy
from optax.losses import softmax_cross_entropy_with_integer_labels as softmax_cross_entropy_with_integer_labels
from optax.losses import squared_error as squared_error

def apply_updates(params: Keeps, updates) -> Keeps: ...
def global_norm(updates) -> Tensor: ...

# Optimizers read the parameters of a model that is a tree of arrays; what the model gives they do not read

class GradientTransformation:
    def init(self, params) -> Anything: ...
    def update(self, updates, state, params=None, **extra) -> tuple[Anything, Anything]: ...

def adagrad(learning_rate, initial_accumulator_value=0.1, eps=1e-07) -> New["optax.GradientTransformation"]: ...
def adam(
    learning_rate, b1=0.9, b2=0.999, eps=1e-08, eps_root=0.0, mu_dtype=None, *, nesterov=False
) -> New["optax.GradientTransformation"]: ...
def adamw(
    learning_rate, b1=0.9, b2=0.999, eps=1e-08, eps_root=0.0, mu_dtype=None, weight_decay=0.0001, mask=None, *,
    nesterov=False
) -> New["optax.GradientTransformation"]: ...
def chain(*args) -> New["optax.GradientTransformation"]: ...
def lamb(
    learning_rate, b1=0.9, b2=0.999, eps=1e-06, eps_root=0.0, weight_decay=0.0, mask=None
) -> New["optax.GradientTransformation"]: ...
def lion(
    learning_rate, b1=0.9, b2=0.99, mu_dtype=None, weight_decay=0.001, mask=None
) -> New["optax.GradientTransformation"]: ...
def rmsprop(
    learning_rate, decay=0.9, eps=1e-08, initial_scale=0.0, eps_in_sqrt=True, centered=False, momentum=None,
    nesterov=False, bias_correction=False
) -> New["optax.GradientTransformation"]: ...
def sgd(
    learning_rate, momentum=None, nesterov=False, accumulator_dtype=None
) -> New["optax.GradientTransformation"]: ...
