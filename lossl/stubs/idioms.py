"""What people write rather than what things mean: customary imports, packages of two names, layers that do nothing."""

from __future__ import annotations

# What is imported under a customary name, longest first: the module, the statement, the name.
IMPORTS = (
    ("torch.nn.functional", "import torch.nn.functional as F", "F"),
    ("torch.nn", "from torch import nn", "nn"),
    ("tensorflow", "import tensorflow as tf", "tf"),
    ("jax.numpy", "import jax.numpy as jnp", "jnp"),
)

# The same package under other names; the first is the one that stubs and rules use.
PACKAGES = (("keras", "tensorflow.keras", "tf_keras"),)

# The function that does what a layer or method does that has no other options than its axis, by its qualified name, and
# what the functions of a framework call the axis.
FUNCTIONS = {
    "torch.nn.Sigmoid": "torch.sigmoid",
    "torch.nn.Softmax": "torch.softmax",
    "torch.nn.LogSigmoid": "torch.nn.functional.logsigmoid",
    "torch.nn.LogSoftmax": "torch.log_softmax",
    "torch.nn.ReLU": "torch.relu",
    "torch.nn.Tanh": "torch.tanh",
    "torch.Tensor.sigmoid": "torch.sigmoid",
    "torch.Tensor.softmax": "torch.softmax",
    "torch.Tensor.log_softmax": "torch.log_softmax",
    "torch.Tensor.relu": "torch.relu",
    "torch.Tensor.tanh": "torch.tanh",
}
AXES = {"torch": "dim", "jax": "axis"}

# A layer that hands its input through, by framework: its qualified name and the arguments of its constructor.
IDENTITIES = {
    "torch": ("torch.nn.Identity", "()"),
    "keras": ("keras.layers.Activation", '("linear")'),
}

# Layers that are nothing but the activation given to them by name, and the name of the one that does nothing.
ACTIVATION_LAYERS = {"Activation": "linear"}

# Layers that apply an activation of their own unless they are given another one; the others apply none.
ACTIVE_LAYERS = frozenset(
    {"SimpleRNN", "LSTM", "GRU", "ConvLSTM1D", "ConvLSTM2D", "ConvLSTM3D"}
    | {"SimpleRNNCell", "LSTMCell", "GRUCell", "CuDNNLSTM", "CuDNNGRU"}
)

# Arguments of an activation that are not the tensor it acts on.
OPTIONS = frozenset({"dim", "axis", "dtype", "name", "inplace", "where", "initial", "training", "out", "_stacklevel"})

# Classes that call their positional arguments in turn, and methods that put one layer into a container.
CHAINS = frozenset({"Sequential"})
GROWING = frozenset({"append", "add", "insert", "add_module"})


def canonical(name: str) -> str:
    """A qualified name under the first name of its package: `tensorflow.keras.losses.X` is `keras.losses.X`."""
    for first, *others in PACKAGES:
        for other in others:
            if name == other or name.startswith(other + "."):
                return first + name[len(other) :]
    return name


def equivalents(name: str) -> tuple[str, ...]:
    """All qualified names of the same thing, the canonical one first."""
    name = canonical(name)
    for first, *others in PACKAGES:
        if name.startswith(first + "."):
            return (name, *(other + name[len(first) :] for other in others))
    return (name,)


# The class whose methods (`to`, `eval`, `parameters`) objects are taken to have whose own class nobody described.
MODULE = "torch.nn.Module"

# Binary cross-entropies of probabilities that have no option for logits, and what takes logits in their place.
BCE_FOR_LOGITS = {
    "torch.nn.BCELoss": "torch.nn.BCEWithLogitsLoss",
    "torch.nn.functional.binary_cross_entropy": "torch.nn.functional.binary_cross_entropy_with_logits",
}
