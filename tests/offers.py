"""What the rules offer: programs for every loss and every kind of input are checked, and the fixes' titles collected.

A loss is tried with each input once as a function or class would be used, and with one unit as well, because rules say
something else there. Of activations that mean the same to every rule one stands for all: relu for what is cut off below
zero, tanh for what is squeezed into a range. What else has a need (distributions, thresholds, a second activation) is
tried in the same way.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from lossl.check import check
from lossl.config import Config

AGAIN = "\n\ndef again_sigmoid(v):\n    return {sigmoid}\n\n\ndef again_softmax(v):\n    return {softmax}\n\n\n"
"""Activations in another place than the first."""
TORCH = (
    "import torch\nfrom torch import nn\nimport torch.nn.functional as F\n"
    "from torch.distributions import Bernoulli, Categorical\n"
    + AGAIN.format(sigmoid="torch.sigmoid(v)", softmax="torch.softmax(v, dim=1)"),
    "torch.nn.Linear(8, {units})(x)",
    {
        "none": "{z}",
        "sigmoid": "torch.sigmoid({z})",
        "softmax": "torch.softmax({z}, dim=1)",
        "log_softmax": "torch.log_softmax({z}, dim=1)",
        "logsigmoid": "F.logsigmoid({z})",
        "log of sigmoid": "torch.log(torch.sigmoid({z}))",
        "log of softmax": "torch.log(torch.softmax({z}, dim=1))",
        "exp of log_softmax": "torch.exp(torch.log_softmax({z}, dim=1))",
        "exp of logsigmoid": "torch.exp(F.logsigmoid({z}))",
        "relu": "torch.relu({z})",
        "tanh": "torch.tanh({z})",
        "softmax without dim": "F.softmax({z})",
        "log_softmax without dim": "F.log_softmax({z})",
        "softmax over the batch": "torch.softmax({z}, dim=0)",
        "log_softmax over the batch": "torch.log_softmax({z}, dim=0)",
        "dropout": "F.dropout({z})",
        "dropout of sigmoid": "F.dropout(torch.sigmoid({z}))",
    },
    {
        "nn.BCELoss": "nn.BCELoss()({p}, y)",
        "F.binary_cross_entropy": "F.binary_cross_entropy({p}, y)",
        "nn.BCEWithLogitsLoss": "nn.BCEWithLogitsLoss()({p}, y)",
        "F.binary_cross_entropy_with_logits": "F.binary_cross_entropy_with_logits({p}, y)",
        "nn.CrossEntropyLoss": "nn.CrossEntropyLoss()({p}, y)",
        "F.cross_entropy": "F.cross_entropy({p}, y)",
        "nn.NLLLoss": "nn.NLLLoss()({p}, y)",
        "F.nll_loss": "F.nll_loss({p}, y)",
        "nn.KLDivLoss": 'nn.KLDivLoss(reduction="batchmean")({p}, y)',
        "nn.CTCLoss": "nn.CTCLoss()({p}, y, n, m)",
        "nn.KLDivLoss, mean": "nn.KLDivLoss()({p}, y)",
        "nn.BCEWithLogitsLoss, weight": "nn.BCEWithLogitsLoss(torch.tensor([9.0]))({p}, y)",
        "F.binary_cross_entropy_with_logits, weight": "F.binary_cross_entropy_with_logits({p}, y, torch.tensor(9.0))",
        "nn.BCELoss, weight": "nn.BCELoss(torch.tensor([9.0]))({p}, y)",
        "F.binary_cross_entropy, weight": "F.binary_cross_entropy({p}, y, torch.tensor(9.0))",
        "F.kl_div, target": 'F.kl_div(torch.log_softmax(y, dim=1), {p}, reduction="batchmean")',
        "F.kl_div, target told": 'F.kl_div(torch.log_softmax(y, dim=1), {p}, log_target=True, reduction="batchmean")',
        "logits": "Categorical(logits={p}), Bernoulli(logits={p})",
        "probs": "Categorical({p}), Bernoulli({p})",
        "threshold": "nn.BCEWithLogitsLoss()({p}, y), {p} > 0.5, {p}.round(), {p} < 0.3",
        "again": "again_sigmoid({p}), again_softmax({p})",
        "nn.BCELoss, mixed": 'with torch.autocast("cuda"):\n        return nn.BCELoss()({p}, y)',
        "F.binary_cross_entropy, mixed": 'with torch.autocast("cuda"):\n        return F.binary_cross_entropy({p}, y)',
    },
)
KERAS = (
    "import keras\n" + AGAIN.format(sigmoid="keras.activations.sigmoid(v)", softmax="keras.activations.softmax(v)"),
    "keras.layers.Dense({units})(x)",
    {
        "none": "{z}",
        "sigmoid": "keras.activations.sigmoid({z})",
        "softmax": "keras.activations.softmax({z})",
        "log_softmax": "keras.ops.log_softmax({z})",
        "log_sigmoid": "keras.ops.log_sigmoid({z})",
        "log of sigmoid": "keras.ops.log(keras.ops.sigmoid({z}))",
        "log of softmax": "keras.ops.log(keras.ops.softmax({z}))",
        "exp of log_softmax": "keras.ops.exp(keras.ops.log_softmax({z}))",
        "exp of log_sigmoid": "keras.ops.exp(keras.ops.log_sigmoid({z}))",
        "relu": "keras.activations.relu({z})",
        "tanh": "keras.activations.tanh({z})",
    },
    {
        f"{package}{name}{flag}": f"keras.losses.{package}{call}"
        for package, flag in (("", ""), ("", ", from_logits=True"))
        for name, call in (
            ("binary_crossentropy", f"binary_crossentropy(y, {{p}}{flag})"),
            ("BinaryCrossentropy", f"BinaryCrossentropy({flag[2:]})(y, {{p}})"),
            ("categorical_crossentropy", f"categorical_crossentropy(y, {{p}}{flag})"),
            ("CategoricalCrossentropy", f"CategoricalCrossentropy({flag[2:]})(y, {{p}})"),
            ("sparse_categorical_crossentropy", f"sparse_categorical_crossentropy(y, {{p}}{flag})"),
        )
    }
    | {
        "threshold": "keras.losses.binary_crossentropy(y, {p}, from_logits=True), "
        "{p} > 0.5, keras.ops.round({p}), {p} < 0.3",
        "again": "again_sigmoid({p}), again_softmax({p})",
    },
)
IN_TENSORFLOW_AGAIN = AGAIN.format(sigmoid="tf.sigmoid(v)", softmax="tf.nn.softmax(v)")
IN_TENSORFLOW = {
    "none": "{z}",
    "sigmoid": "tf.sigmoid({z})",
    "softmax": "tf.nn.softmax({z})",
    "log_softmax": "tf.nn.log_softmax({z})",
    "log_sigmoid": "tf.math.log_sigmoid({z})",
    "log of sigmoid": "tf.math.log(tf.sigmoid({z}))",
    "log of softmax": "tf.math.log(tf.nn.softmax({z}))",
    "exp of log_softmax": "tf.exp(tf.nn.log_softmax({z}))",
    "exp of log_sigmoid": "tf.exp(tf.math.log_sigmoid({z}))",
    "relu": "tf.nn.relu({z})",
}
TENSORFLOW = (
    "import tensorflow as tf\n" + IN_TENSORFLOW_AGAIN,
    "tf.matmul(x, tf.Variable(tf.zeros((8, {units}))))",
    IN_TENSORFLOW,
    {
        f"tf.nn.{name}": f"tf.nn.{name}(labels=y, logits={{p}})"
        for name in (
            "sigmoid_cross_entropy_with_logits",
            "softmax_cross_entropy_with_logits",
            "sparse_softmax_cross_entropy_with_logits",
        )
    }
    | {
        "threshold": "tf.nn.sigmoid_cross_entropy_with_logits(labels=y, logits={p}), "
        "{p} > 0.5, tf.round({p}), {p} < 0.3",
        "again": "again_sigmoid({p}), again_softmax({p})",
    },
)
TENSORFLOW_1 = (
    "import tensorflow.compat.v1 as tf\n" + IN_TENSORFLOW_AGAIN,
    TENSORFLOW[1],
    IN_TENSORFLOW,
    {
        "tf.losses.sigmoid_cross_entropy": "tf.losses.sigmoid_cross_entropy(y, {p})",
        "tf.losses.softmax_cross_entropy": "tf.losses.softmax_cross_entropy(y, {p})",
        "tf.losses.sparse_softmax_cross_entropy": "tf.losses.sparse_softmax_cross_entropy(y, {p})",
        "tf.losses.log_loss": "tf.losses.log_loss(y, {p})",
        **TENSORFLOW[3],
    },
)
OPTAX = (
    "import jax\nimport jax.numpy as jnp\nimport optax\nfrom flax import linen as nn\n"
    + AGAIN.format(sigmoid="jax.nn.sigmoid(v)", softmax="jax.nn.softmax(v)"),
    "nn.Dense({units})(x)",
    {
        "none": "{z}",
        "sigmoid": "jax.nn.sigmoid({z})",
        "softmax": "jax.nn.softmax({z})",
        "log_softmax": "jax.nn.log_softmax({z})",
        "log_sigmoid": "jax.nn.log_sigmoid({z})",
        "log of sigmoid": "jnp.log(jax.nn.sigmoid({z}))",
        "log of softmax": "jnp.log(jax.nn.softmax({z}))",
        "exp of log_softmax": "jnp.exp(jax.nn.log_softmax({z}))",
        "exp of log_sigmoid": "jnp.exp(jax.nn.log_sigmoid({z}))",
        "relu": "jax.nn.relu({z})",
    },
    {
        f"optax.{name}": f"optax.{name}({{p}}, y)"
        for name in (
            "sigmoid_binary_cross_entropy",
            "softmax_cross_entropy",
            "softmax_cross_entropy_with_integer_labels",
            "kl_divergence",
        )
    }
    | {
        "threshold": "optax.sigmoid_binary_cross_entropy({p}, y), {p} > 0.5, jnp.round({p}), {p} < 0.3",
        "again": "again_sigmoid({p}), again_softmax({p})",
    },
)
FRAMEWORKS = {"torch": TORCH, "keras": KERAS, "tensorflow": TENSORFLOW, "tensorflow 1": TENSORFLOW_1, "jax": OPTAX}
"""For each: imports, the scores, what may lie between them and the loss, and the losses."""


@cache
def offered(framework: str, folder: Path) -> frozenset[tuple[str, str]]:
    """The rules and titles of all fixes that are offered for losses of a framework; writes into `folder`."""
    imports, scores, activations, losses = FRAMEWORKS[framework]
    lines = [imports]
    for number, (loss, activation, units) in enumerate(
        (loss, activation, units) for loss in losses.values() for activation in activations.values() for units in (3, 1)
    ):
        taken = activation.format(z=scores.format(units=units))
        body = loss.format(p="p") if loss.startswith("with ") else f"return {loss.format(p='p')}"
        lines.append(f"def step_{number}(x, y, n, m):\n    p = {taken}\n    {body}\n")
    path = folder / f"{framework.replace(' ', '_')}.py"
    path.write_text("\n".join(lines), "utf-8")
    report = check([str(path)], Config(root=str(folder), select=("ALL",)))
    assert not report.failures
    return frozenset((found.rule, fix.title) for found in report.diagnostics for fix in found.fixes)
