"""`keras.losses`: Keras 3.15.1; what only Keras 2.3.1 or 2.15 had is at the end. Measured on the TensorFlow backend.

Targets come first. A loss with `from_logits` takes probabilities unless that is true; a class is told when it is made.
A default is the library's in every overload, so that `Literal[True]` may stand before `= False`.
`Dice` and `Tversky` want numbers between 0 and 1 from a sigmoid or a softmax; no word says that, so they need nothing.
Regression losses and margins take any number.
"""

from lossl.stubs.vocabulary import *

class Loss:
    def __init__(self, name=None, reduction="sum_over_batch_size", dtype=None): ...
    def __call__(self, y_true, y_pred, sample_weight=None) -> Calls["call"]: ...
    def get_config(self) -> Anything: ...

# Of probabilities, or of logits if that is declared
class BinaryCrossentropy(Loss):
    def __init__(
        self, from_logits=False, label_smoothing=0.0, axis=-1, reduction="sum_over_batch_size",
        name="binary_crossentropy", dtype=None
    ): ...
    @overload
    def call(
        self, y_true: Target, y_pred: Needs[DeclaredLogits["from_logits", "sigmoid"]], *, from_logits: Literal[True]
    ) -> Loss: ...
    @overload
    def call(self, y_true: Target, y_pred: Needs[Probability], *, from_logits: Literal[False]) -> Loss: ...

class BinaryFocalCrossentropy(Loss):
    def __init__(
        self, apply_class_balancing=False, alpha=0.25, gamma=2.0, from_logits=False, label_smoothing=0.0, axis=-1,
        reduction="sum_over_batch_size", name="binary_focal_crossentropy", dtype=None
    ): ...
    @overload
    def call(
        self, y_true: Target, y_pred: Needs[DeclaredLogits["from_logits", "sigmoid"]], *, from_logits: Literal[True]
    ) -> Loss: ...
    @overload
    def call(self, y_true: Target, y_pred: Needs[Probability], *, from_logits: Literal[False]) -> Loss: ...

class CategoricalCrossentropy(Loss):
    def __init__(
        self, from_logits=False, label_smoothing=0.0, axis=-1, reduction="sum_over_batch_size",
        name="categorical_crossentropy", dtype=None
    ): ...
    @overload
    def call(
        self, y_true: Target, y_pred: Needs[DeclaredLogits["from_logits", "softmax"]], *, from_logits: Literal[True]
    ) -> Loss: ...
    @overload
    def call(self, y_true: Target, y_pred: Needs[Distribution], *, from_logits: Literal[False]) -> Loss: ...

class CategoricalFocalCrossentropy(Loss):
    def __init__(
        self, alpha=0.25, gamma=2.0, from_logits=False, label_smoothing=0.0, axis=-1, reduction="sum_over_batch_size",
        name="categorical_focal_crossentropy", dtype=None
    ): ...
    @overload
    def call(
        self, y_true: Target, y_pred: Needs[DeclaredLogits["from_logits", "softmax"]], *, from_logits: Literal[True]
    ) -> Loss: ...
    @overload
    def call(self, y_true: Target, y_pred: Needs[Distribution], *, from_logits: Literal[False]) -> Loss: ...

class SparseCategoricalCrossentropy(Loss):
    def __init__(
        self, from_logits=False, ignore_class=None, reduction="sum_over_batch_size", axis=-1,
        name="sparse_categorical_crossentropy", dtype=None
    ): ...
    @overload
    def call(
        self, y_true: Target, y_pred: Needs[DeclaredLogits["from_logits", "softmax"]], *, from_logits: Literal[True]
    ) -> Loss: ...
    @overload
    def call(self, y_true: Target, y_pred: Needs[Distribution], *, from_logits: Literal[False]) -> Loss: ...

# Of distributions, or of logits, without a choice
class CategoricalGeneralizedCrossEntropy(Loss):
    def __init__(
        self, q=0.5, reduction="sum_over_batch_size", name="categorical_generalized_cross_entropy", dtype=None
    ): ...
    def call(self, y_true: Target, y_pred: Needs[Distribution]) -> Loss: ...

class KLDivergence(Loss):
    def __init__(self, reduction="sum_over_batch_size", name="kl_divergence", dtype=None): ...
    def call(self, y_true: Target, y_pred: Needs[Distribution]) -> Loss: ...

class CTC(Loss):
    def __init__(self, reduction="sum_over_batch_size", name="ctc", dtype=None): ...
    def call(self, y_true: Target, y_pred: Needs[SoftmaxLogits]) -> Loss: ...

# Of numbers between 0 and 1, sigmoid or softmax
class Dice(Loss):
    def __init__(self, reduction="sum_over_batch_size", name="dice", axis=None, dtype=None): ...
    def call(self, y_true: Target, y_pred: Tensor) -> Loss: ...

class Tversky(Loss):
    def __init__(self, alpha=0.5, beta=0.5, reduction="sum_over_batch_size", name="tversky", axis=None, dtype=None): ...
    def call(self, y_true: Target, y_pred: Tensor) -> Loss: ...

# Of any number
class CategoricalHinge(Loss):
    def __init__(self, reduction="sum_over_batch_size", name="categorical_hinge", dtype=None): ...
    def call(self, y_true: Target, y_pred: Tensor) -> Loss: ...

class Circle(Loss):
    def __init__(
        self, gamma=80.0, margin=0.4, remove_diagonal=True, reduction="sum_over_batch_size", name="circle", dtype=None
    ): ...
    def call(self, y_true: Target, y_pred: Tensor) -> Loss: ...

class CosineSimilarity(Loss):
    def __init__(self, axis=-1, reduction="sum_over_batch_size", name="cosine_similarity", dtype=None): ...
    def call(self, y_true: Target, y_pred: Tensor) -> Loss: ...

class Hinge(Loss):
    def __init__(self, reduction="sum_over_batch_size", name="hinge", dtype=None): ...
    def call(self, y_true: Target, y_pred: Tensor) -> Loss: ...

class Huber(Loss):
    def __init__(self, delta=1.0, reduction="sum_over_batch_size", name="huber_loss", dtype=None): ...
    def call(self, y_true: Target, y_pred: Tensor) -> Loss: ...

class LogCosh(Loss):
    def __init__(self, reduction="sum_over_batch_size", name="log_cosh", dtype=None): ...
    def call(self, y_true: Target, y_pred: Tensor) -> Loss: ...

class MeanAbsoluteError(Loss):
    def __init__(self, reduction="sum_over_batch_size", name="mean_absolute_error", dtype=None): ...
    def call(self, y_true: Target, y_pred: Tensor) -> Loss: ...

class MeanAbsolutePercentageError(Loss):
    def __init__(self, reduction="sum_over_batch_size", name="mean_absolute_percentage_error", dtype=None): ...
    def call(self, y_true: Target, y_pred: Tensor) -> Loss: ...

class MeanSquaredError(Loss):
    def __init__(self, reduction="sum_over_batch_size", name="mean_squared_error", dtype=None): ...
    def call(self, y_true: Target, y_pred: Tensor) -> Loss: ...

class MeanSquaredLogarithmicError(Loss):
    def __init__(self, reduction="sum_over_batch_size", name="mean_squared_logarithmic_error", dtype=None): ...
    def call(self, y_true: Target, y_pred: Tensor) -> Loss: ...

class Poisson(Loss):
    def __init__(self, reduction="sum_over_batch_size", name="poisson", dtype=None): ...
    def call(self, y_true: Target, y_pred: Tensor) -> Loss: ...

class SquaredHinge(Loss):
    def __init__(self, reduction="sum_over_batch_size", name="squared_hinge", dtype=None): ...
    def call(self, y_true: Target, y_pred: Tensor) -> Loss: ...

# The same as functions
@overload
def binary_crossentropy(
    y_true: Target, y_pred: Needs[DeclaredLogits["from_logits", "sigmoid"]], from_logits: Literal[True] = False,
    label_smoothing=0.0, axis=-1
) -> Loss: ...
@overload
def binary_crossentropy(
    y_true: Target, y_pred: Needs[Probability], from_logits: Literal[False] = False, label_smoothing=0.0, axis=-1
) -> Loss: ...
@overload
def binary_focal_crossentropy(
    y_true: Target, y_pred: Needs[DeclaredLogits["from_logits", "sigmoid"]], apply_class_balancing=False, alpha=0.25,
    gamma=2.0, from_logits: Literal[True] = False, label_smoothing=0.0, axis=-1
) -> Loss: ...
@overload
def binary_focal_crossentropy(
    y_true: Target, y_pred: Needs[Probability], apply_class_balancing=False, alpha=0.25, gamma=2.0,
    from_logits: Literal[False] = False, label_smoothing=0.0, axis=-1
) -> Loss: ...
@overload
def categorical_crossentropy(
    y_true: Target, y_pred: Needs[DeclaredLogits["from_logits", "softmax"]], from_logits: Literal[True] = False,
    label_smoothing=0.0, axis=-1
) -> Loss: ...
@overload
def categorical_crossentropy(
    y_true: Target, y_pred: Needs[Distribution], from_logits: Literal[False] = False, label_smoothing=0.0, axis=-1
) -> Loss: ...
@overload
def categorical_focal_crossentropy(
    y_true: Target, y_pred: Needs[DeclaredLogits["from_logits", "softmax"]], alpha=0.25, gamma=2.0,
    from_logits: Literal[True] = False, label_smoothing=0.0, axis=-1
) -> Loss: ...
@overload
def categorical_focal_crossentropy(
    y_true: Target, y_pred: Needs[Distribution], alpha=0.25, gamma=2.0, from_logits: Literal[False] = False,
    label_smoothing=0.0, axis=-1
) -> Loss: ...
@overload
def sparse_categorical_crossentropy(
    y_true: Target, y_pred: Needs[DeclaredLogits["from_logits", "softmax"]], from_logits: Literal[True] = False,
    ignore_class=None, axis=-1
) -> Loss: ...
@overload
def sparse_categorical_crossentropy(
    y_true: Target, y_pred: Needs[Distribution], from_logits: Literal[False] = False, ignore_class=None, axis=-1
) -> Loss: ...
def categorical_generalized_cross_entropy(y_true: Target, y_pred: Needs[Distribution], q) -> Loss: ...
def kl_divergence(y_true: Target, y_pred: Needs[Distribution]) -> Loss: ...
def ctc(y_true: Target, y_pred: Needs[SoftmaxLogits]) -> Loss: ...
def dice(y_true: Target, y_pred: Tensor, axis=None) -> Loss: ...
def tversky(y_true: Target, y_pred: Tensor, alpha=0.5, beta=0.5, axis=None) -> Loss: ...
def categorical_hinge(y_true: Target, y_pred: Tensor) -> Loss: ...
def circle(
    y_true: Target, y_pred: Tensor, ref_labels=None, ref_embeddings=None, remove_diagonal=True, gamma=80, margin=0.4
) -> Loss: ...
def cosine_similarity(y_true: Target, y_pred: Tensor, axis=-1) -> Loss: ...
def hinge(y_true: Target, y_pred: Tensor) -> Loss: ...
def huber(y_true: Target, y_pred: Tensor, delta=1.0) -> Loss: ...
def log_cosh(y_true: Target, y_pred: Tensor) -> Loss: ...
def mean_absolute_error(y_true: Target, y_pred: Tensor) -> Loss: ...
def mean_absolute_percentage_error(y_true: Target, y_pred: Tensor) -> Loss: ...
def mean_squared_error(y_true: Target, y_pred: Tensor) -> Loss: ...
def mean_squared_logarithmic_error(y_true: Target, y_pred: Tensor) -> Loss: ...
def poisson(y_true: Target, y_pred: Tensor) -> Loss: ...
def squared_hinge(y_true: Target, y_pred: Tensor) -> Loss: ...

def get(identifier) -> Lookup["identifier", "keras.losses.NAMES"]: ...
def deserialize(name, custom_objects=None) -> Lookup["name", "keras.losses.NAMES"]: ...
def serialize(loss) -> Anything: ...

# Keras 2, and the legacy names of tf.keras
bce = binary_crossentropy
BCE = binary_crossentropy
kld = kl_divergence
KLD = kl_divergence
kullback_leibler_divergence = kl_divergence
mae = mean_absolute_error
MAE = mean_absolute_error
mape = mean_absolute_percentage_error
MAPE = mean_absolute_percentage_error
mse = mean_squared_error
MSE = mean_squared_error
msle = mean_squared_logarithmic_error
MSLE = mean_squared_logarithmic_error
logcosh = log_cosh
huber_loss = huber
cosine = cosine_similarity
cosine_proximity = cosine_similarity

class Reduction:
    AUTO: Anything
    NONE: Anything
    SUM: Anything
    SUM_OVER_BATCH_SIZE: Anything

NAMES = {
    "binary_crossentropy": "keras.losses.binary_crossentropy",
    "bce": "keras.losses.binary_crossentropy",
    "BCE": "keras.losses.binary_crossentropy",
    "binary_focal_crossentropy": "keras.losses.binary_focal_crossentropy",
    "categorical_crossentropy": "keras.losses.categorical_crossentropy",
    "categorical_focal_crossentropy": "keras.losses.categorical_focal_crossentropy",
    "sparse_categorical_crossentropy": "keras.losses.sparse_categorical_crossentropy",
    "kl_divergence": "keras.losses.kl_divergence",
    "kld": "keras.losses.kl_divergence",
    "KLD": "keras.losses.kl_divergence",
    "ctc": "keras.losses.ctc",
    "dice": "keras.losses.dice",
    "tversky": "keras.losses.tversky",
    "categorical_hinge": "keras.losses.categorical_hinge",
    "circle": "keras.losses.circle",
    "cosine_similarity": "keras.losses.cosine_similarity",
    "hinge": "keras.losses.hinge",
    "huber": "keras.losses.huber",
    "log_cosh": "keras.losses.log_cosh",
    "mean_absolute_error": "keras.losses.mean_absolute_error",
    "mae": "keras.losses.mean_absolute_error",
    "MAE": "keras.losses.mean_absolute_error",
    "mean_absolute_percentage_error": "keras.losses.mean_absolute_percentage_error",
    "mape": "keras.losses.mean_absolute_percentage_error",
    "MAPE": "keras.losses.mean_absolute_percentage_error",
    "mean_squared_error": "keras.losses.mean_squared_error",
    "mse": "keras.losses.mean_squared_error",
    "MSE": "keras.losses.mean_squared_error",
    "mean_squared_logarithmic_error": "keras.losses.mean_squared_logarithmic_error",
    "msle": "keras.losses.mean_squared_logarithmic_error",
    "MSLE": "keras.losses.mean_squared_logarithmic_error",
    "poisson": "keras.losses.poisson",
    "squared_hinge": "keras.losses.squared_hinge",
    # Classes, made with their defaults
    "BinaryCrossentropy": "keras.losses.BinaryCrossentropy",
    "BinaryFocalCrossentropy": "keras.losses.BinaryFocalCrossentropy",
    "CategoricalCrossentropy": "keras.losses.CategoricalCrossentropy",
    "CategoricalFocalCrossentropy": "keras.losses.CategoricalFocalCrossentropy",
    "SparseCategoricalCrossentropy": "keras.losses.SparseCategoricalCrossentropy",
    "KLDivergence": "keras.losses.KLDivergence",
    "CTC": "keras.losses.CTC",
    "Dice": "keras.losses.Dice",
    "Tversky": "keras.losses.Tversky",
    "CategoricalHinge": "keras.losses.CategoricalHinge",
    "Circle": "keras.losses.Circle",
    "CosineSimilarity": "keras.losses.CosineSimilarity",
    "Hinge": "keras.losses.Hinge",
    "Huber": "keras.losses.Huber",
    "LogCosh": "keras.losses.LogCosh",
    "MeanAbsoluteError": "keras.losses.MeanAbsoluteError",
    "MeanAbsolutePercentageError": "keras.losses.MeanAbsolutePercentageError",
    "MeanSquaredError": "keras.losses.MeanSquaredError",
    "MeanSquaredLogarithmicError": "keras.losses.MeanSquaredLogarithmicError",
    "Poisson": "keras.losses.Poisson",
    "SquaredHinge": "keras.losses.SquaredHinge",
    # Keras 2 only
    "kullback_leibler_divergence": "keras.losses.kl_divergence",
    "huber_loss": "keras.losses.huber",
    "logcosh": "keras.losses.log_cosh",
    "cosine_proximity": "keras.losses.cosine_similarity",
}
