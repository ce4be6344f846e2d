"""`from-logits-after-activation` says what happens on the backend, where that is known."""

from __future__ import annotations

from pathlib import Path

import pytest

from lossl.check import check
from lossl.config import Config
from lossl.diagnostic import Diagnostic, Severity

MODEL = """
model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(3, activation="softmax")])
model.compile(loss=keras.losses.CategoricalCrossentropy(from_logits=True))
"""


def found(text: str, folder: Path) -> Diagnostic:
    """The one finding in a program."""
    (folder / "train.py").write_text(text, "utf-8")
    report = check([str(folder / "train.py")], Config(root=str(folder)))
    assert not report.failures
    (diagnostic,) = report.diagnostics
    assert diagnostic.rule == "from-logits-after-activation"
    return diagnostic


@pytest.mark.parametrize(
    ("head", "severity", "said"),
    [
        ("import keras", Severity.ERROR, "on the JAX and PyTorch backends it is applied silently, on TensorFlow"),
        ("import tensorflow.keras as keras", Severity.WARNING, "so the loss comes out right here"),
        ("from tensorflow import keras", Severity.WARNING, "so the loss comes out right here"),
        ("import tf_keras as keras", Severity.WARNING, "so the loss comes out right here"),
        ('import os\nos.environ["KERAS_BACKEND"] = "jax"\nimport keras', Severity.ERROR, "; JAX does so without"),
        ('import os\nos.environ["KERAS_BACKEND"] = "torch"\nimport keras', Severity.ERROR, "; PyTorch does so without"),
        ('import os\nos.environ.update({"KERAS_BACKEND": "torch"})\nimport keras', Severity.ERROR, "; PyTorch does so"),
        (
            'from os import environ\nenviron["KERAS_BACKEND"] = "tensorflow"\nimport keras',
            Severity.WARNING,
            "right here",
        ),
        (
            'import os\nos.environ["KERAS_BACKEND"] = "jax"\nfrom tensorflow import keras',
            Severity.ERROR,
            "; JAX does so without",
        ),
        ('import os\nos.environ["TF_CPP_MIN_LOG_LEVEL"] = "3"\nimport keras', Severity.ERROR, "on the JAX and PyTorch"),
        ('import os\nos.environ.setdefault("KERAS_BACKEND", "jax")\nimport keras', Severity.ERROR, "on the JAX and"),
        ('import os\nos.environ["KERAS_BACKEND"] = read()\nimport keras', Severity.ERROR, "on the JAX and PyTorch"),
    ],
)
def test_the_backend_decides(head: str, severity: Severity, said: str, tmp_path: Path) -> None:
    diagnostic = found(head + MODEL, tmp_path)
    assert diagnostic.severity is severity
    assert said in diagnostic.consequence


@pytest.mark.parametrize(
    ("layers", "said"),
    [
        ("keras.layers.Softmax(), keras.layers.Reshape((3, 1))", "because something lies between"),
        ("keras.layers.Softmax(), keras.layers.Flatten()", "because something lies between"),
    ],
)
def test_what_hides_the_logits_from_tensorflow(layers: str, said: str, tmp_path: Path) -> None:
    head = "from tensorflow import keras\n"
    text = head + f"model = keras.Sequential([keras.Input((8,)), keras.layers.Dense(3), {layers}])\n"
    text += "model.compile(loss=keras.losses.CategoricalCrossentropy(from_logits=True))\n"
    diagnostic = found(text, tmp_path)
    assert diagnostic.severity is Severity.ERROR
    assert said in diagnostic.consequence


def test_another_activation_than_that_of_the_loss(tmp_path: Path) -> None:
    """TensorFlow goes back to the logits whatever made probabilities of them: the loss is another one."""
    text = "from tensorflow import keras" + MODEL.replace("CategoricalCrossentropy", "BinaryCrossentropy")
    diagnostic = found(text, tmp_path)
    assert diagnostic.severity is Severity.ERROR
    assert "on TensorFlow Keras trains a sigmoid on what lies under the softmax" in diagnostic.consequence


def test_a_graph_remembers_what_an_eager_tensor_does_not(tmp_path: Path) -> None:
    text = "import tensorflow as tf\nloss = tf.keras.losses.CategoricalCrossentropy(from_logits=True)\n"
    text += "loss(y, tf.nn.softmax(tf.matmul(x, w)))\n"
    diagnostic = found(text, tmp_path)
    assert diagnostic.severity is Severity.ERROR
    assert "inside `fit` and `tf.function` only, so the same code has two losses" in diagnostic.consequence


def test_another_file_sets_nothing(tmp_path: Path) -> None:
    (tmp_path / "other.py").write_text('import os\nos.environ["KERAS_BACKEND"] = "jax"\n', "utf-8")
    assert "on the JAX and PyTorch" in found("import other\nimport keras" + MODEL, tmp_path).consequence
