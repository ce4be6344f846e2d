"""Losses that training minimises: those written by hand, and those that nobody knows, are counted as well."""

from __future__ import annotations

from pathlib import Path

import pytest

from lossl.check import check
from lossl.config import Config

TORCH = "import sys\nimport acme\nimport torch\nimport torch.nn.functional as F\nfrom torch import nn\n"
JAX = "import acme\nimport jax\nimport jax.numpy as jnp\nimport tensorflow as tf\n"


def outcomes(folder: Path, text: str) -> list[str]:
    """Each loss call as `outcome callee: reason`."""
    (folder / "train.py").write_text(text, "utf-8")
    report = check([str(folder)], Config(root=str(folder)))
    assert not report.failures
    return [f"{v.outcome.value} {v.callee}" + (f": {v.reason}" if v.reason else "") for v in report.verdicts]


UNKNOWN = {
    "parameter": (
        "def tune(data, model, criterion):\n    for x, y in data:\n        found = criterion(model(x), y)\n"
        "        found[0]['loss'].backward()\n",
        ["unknown criterion: nothing that lossl sees calls `tune`, so its parameter `criterion` can be anything"],
    ),
    "chosen": (
        "criterion = getattr(nn, sys.argv[1])()\nloss = criterion(nn.Linear(3, 1)(x), y)\n"
        "(loss.mean() * 2).backward()\n",
        ["unknown criterion: `getattr(nn, sys.argv[1])` chooses it at run time"],
    ),
    "library": (
        "acme.focal(nn.Linear(3, 1)(x), y).backward()\n",
        ["unknown acme.focal: lossl has no stub of the module `acme`: what comes from it can be anything"],
    ),
    "known inside": (
        "loss = F.cross_entropy(nn.Linear(3, 2)(x), y)\nacme.scaled(loss, 3).backward()\n",
        ["right F.cross_entropy"],
    ),
    "known part": (
        "loss = F.cross_entropy(nn.Linear(3, 2)(x), y, reduction='none')\n"
        "(0.5 * (loss * mask).sum() / mask.sum() + acme.penalty(x)).backward()\n",
        ["right F.cross_entropy"],
    ),
    "several": (
        "losses = [F.cross_entropy(nn.Linear(3, 2)(x), y) for x, y in data]\ntorch.stack(losses).sum().backward()\n",
        ["right F.cross_entropy"],
    ),
    "not judged": ("F.mse_loss(nn.Linear(3, 2)(x), y).backward()\n", []),
    "called in both ways": (
        "def step(criterion):\n    criterion(nn.Linear(3, 2)(x), y).backward()\n\n\n"
        "step(acme.loss)\nstep(nn.CrossEntropyLoss())\n",
        ["right criterion"],
    ),
}


@pytest.mark.parametrize("name", UNKNOWN)
def test_torch(name: str, tmp_path: Path) -> None:
    text, wanted = UNKNOWN[name]
    assert outcomes(tmp_path, TORCH + text) == wanted


def test_formula_that_says_nothing(tmp_path: Path) -> None:
    text = "def step(x, y):\n    loss = acme.net(x) * y\n    loss.sum().backward()\n"
    (found,) = outcomes(tmp_path, TORCH + text)
    assert found.startswith("unknown loss.sum().backward: the loss is computed by hand")


WRITTEN = {
    "cross-entropy": "-(F.one_hot(y, 3) * F.log_softmax(nn.Linear(3, 3)(x), 1)).sum(1).mean()",
    "labels of the data": "-(y * torch.log(torch.softmax(nn.Linear(3, 3)(x), 1))).sum(1).mean()",
    "picked": "-F.log_softmax(nn.Linear(3, 3)(x), 1)[torch.arange(4), y].mean()",
    "gathered": "(-F.log_softmax(nn.Linear(3, 3)(x), 1).gather(1, y)).mean()",
    "overlap": "1 - 2 * (torch.sigmoid(nn.Linear(3, 1)(x)) * y).sum() / (y.sum() + 1)",
}


@pytest.mark.parametrize("name", WRITTEN)
def test_written_by_hand(name: str, tmp_path: Path) -> None:
    (found,) = outcomes(tmp_path, TORCH + f"loss = {WRITTEN[name]}\nloss.backward()\n")
    assert found.startswith("right ")
    assert outcomes(tmp_path, TORCH + f"value = {WRITTEN[name]}\nprint(value)\n") == []


NO_FORMULA = {
    "over the batch": "-(F.one_hot(y, 3) * F.log_softmax(nn.Linear(3, 3)(x), 0)).sum(1).mean()",
    "activated twice": "-(F.one_hot(y, 3) * torch.log(torch.softmax(torch.softmax(nn.Linear(3, 3)(x), 1), 1))).sum()",
    "entropy": "(torch.exp(logs) * logs).sum()",
}


@pytest.mark.parametrize("name", NO_FORMULA)
def test_not_right(name: str, tmp_path: Path) -> None:
    text = f"logs = F.log_softmax(nn.Linear(3, 3)(x), 1)\nloss = {NO_FORMULA[name]}\nloss.backward()\n"
    (found,) = outcomes(tmp_path, TORCH + text)
    assert found.startswith("unknown loss.backward")


def test_jax(tmp_path: Path) -> None:
    text = (
        "def cross(params, x, y):\n    hot = jax.nn.one_hot(y, 3)\n"
        "    return -jnp.mean(jnp.sum(hot * jax.nn.log_softmax(jnp.dot(x, params)), axis=1)), x\n\n\n"
        "jax.value_and_grad(cross, has_aux=True)(params, x, y)\n"
        "jax.grad(lambda params: acme.cost(params, x))(params)\n"
    )
    assert outcomes(tmp_path, JAX + text) == [
        "right hot * jax.nn.log_softmax(jnp.dot(x, params))",
        "unknown acme.cost: lossl has no stub of the module `acme`: what comes from it can be anything",
    ]


def test_tensorflow(tmp_path: Path) -> None:
    text = (
        "model = tf.keras.Sequential([tf.keras.layers.Dense(3)])\nmodel.compile(loss=acme.loss)\n"
        "loss_of = acme.make()\nwith tf.GradientTape() as tape:\n    loss = loss_of(y, model(x, training=True))\n"
        "tape.gradient(loss, model.trainable_variables)\n"
    )
    reason = "lossl has no stub of the module `acme`: what comes from it can be anything"
    assert outcomes(tmp_path, JAX + text) == [f"unknown acme.loss: {reason}", f"unknown loss_of: {reason}"]


SQUARED = {
    "difference": "((net(x) - y) ** 2).mean()",
    "method": "(net(x) - y).pow(2).sum() / 3",
    "function": "torch.abs(acme.net(x) - y).mean() + 0.1 * torch.square(net.weight).sum()",
    "root": "torch.sqrt(torch.mean((acme.net(x) - y) ** 2))",
}


@pytest.mark.parametrize("name", SQUARED)
def test_squares_take_anything(name: str, tmp_path: Path) -> None:
    text = f"net = nn.Linear(3, 1)\nx, y = torch.randn(4, 3), torch.randn(4, 1)\n{SQUARED[name]}.backward()\n"
    assert outcomes(tmp_path, TORCH + text.replace(f"{SQUARED[name]}.", f"({SQUARED[name]}).")) == []


def test_squares_hide_no_loss(tmp_path: Path) -> None:
    text = "loss = acme.loss(x, y) + 0.1 * (w**2).sum()\nloss.backward()\n"
    (found,) = outcomes(tmp_path, TORCH + text)
    assert found.startswith("unknown acme.loss: lossl has no stub of the module `acme`")


def test_derivatives_of_anything(tmp_path: Path) -> None:
    """A gradient is taken of much that is no loss; a model whose output is summed is none either."""
    text = "jax.grad(lambda x: jnp.sum(jnp.sin(x) * x))(x)\njax.grad(lambda x: acme.model(x).sum())(x)\n"
    assert outcomes(tmp_path, JAX + text) == []


def test_a_call_leads_to_losses_elsewhere(tmp_path: Path) -> None:
    """What a line calls is known there, also if the loss is in another file, or written by hand."""
    (tmp_path / "losses.py").write_text(
        "import torch\nfrom torch import nn\n\n\nclass Wrapped(nn.Module):\n    def __init__(self):\n"
        "        super().__init__()\n        self.loss = nn.CrossEntropyLoss()\n\n    def forward(self, out, y):\n"
        "        return {'loss': self.loss(out, y)}\n\n\ndef likelihood(out, y):\n"
        "    return -(y * torch.log_softmax(out, 1)).sum()\n",
        "utf-8",
    )
    train = tmp_path / "train.py"
    train.write_text(
        "from losses import Wrapped, likelihood\nfrom torch import nn\n\nnet, criterion = nn.Linear(3, 2), Wrapped()\n"
        "loss = criterion(net(x), y)['loss']\nother = likelihood(net(x), y)\n(loss + other).backward()\n"
        "likelihood(net(x), y).backward()\n",
        "utf-8",
    )
    report = check([str(train)], Config(root=str(tmp_path)), tracing=True)
    found = {(v.callee, tuple(at.range.start.line for at in v.through)) for v in report.verdicts}
    assert found == {("self.loss", (5,)), ("(y * torch.log_softmax(out, 1))", (6, 8))}
    assert check([str(train)], Config(root=str(tmp_path))).verdicts == ()
