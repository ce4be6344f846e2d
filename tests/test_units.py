"""How many units a layer has is known as long as nothing changes the shape of what it puts out."""

from __future__ import annotations

from pathlib import Path

import pytest

from lossl.interpret.program import interpret
from lossl.meaning.thing import Tensor
from lossl.source.project import Project
from lossl.stubs.load import built_in

_IMPORTS = """
import jax
import keras
import torch
from torch import nn
from torch.nn import functional as F
x = torch.load("x")
one, ten = nn.Linear(4, 1), nn.Linear(4, 10)
"""


@pytest.mark.parametrize(
    ("expression", "units"),
    [
        ("one(x)", 1),
        ("nn.Conv2d(3, 1, 1)(x)", 1),
        ("nn.ConvTranspose2d(in_channels=3, out_channels=2, kernel_size=2)(x)", 2),
        ("keras.layers.Dense(1)(x)", 1),
        ("keras.layers.Dense(1, activation='sigmoid')(x)", 1),
        ("keras.layers.Dense(3, activation='softmax')(x)", 3),
        ("torch.sigmoid(one(x))", 1),
        ("one(x).sigmoid()", 1),
        ("nn.Sigmoid()(one(x))", 1),
        ("F.logsigmoid(one(x))", 1),
        ("nn.Sequential(nn.Linear(4, 8), nn.ReLU(), nn.Linear(8, 1), nn.Sigmoid())(x)", 1),
        ("F.softmax(ten(x), dim=1)", 10),
        ("F.softmax(ten(x), dim=-1)", 10),
        ("F.log_softmax(ten(x), -1)", 10),
        ("torch.log(F.softmax(ten(x), dim=1))", 10),
        ("1 - torch.sigmoid(one(x))", 1),
        ("torch.sigmoid(one(x)).clamp(0.01, 0.99)", 1),
        ("F.dropout(one(x))", 1),
        ("one(x)[0]", 1),
        ("one(x) + 2", 1),
        ("one(x) + ten(x)", 10),
        ("jax.nn.sigmoid(one(x))", 1),
        # the distribution is over another axis, such as the steps that an attention looks at
        ("F.softmax(one(x), dim=0)", None),
        ("F.softmax(one(x), dim=2)", None),
        # one unit may be spread over many, or be taken away
        ("one(x) + x", None),
        ("one(x).squeeze(1)", None),
        ("one(x).view(-1)", None),
        ("torch.sigmoid(one(x).reshape(-1, 4))", None),
        ("one(x)[:, 0]", None),
        # what comes out has another shape than what goes in
        ("nn.LSTMCell(4, 8)(one(x))[0]", None),
        ("F.cosine_similarity(one(x), ten(x))", None),
    ],
)
def test_units(expression: str, units: int | None, tmp_path: Path) -> None:
    path = tmp_path / "example.py"
    path.write_text(f"{_IMPORTS}found = {expression}\n", "utf-8")
    project = Project(str(tmp_path), known=built_in().frameworks)
    source = project.file(str(path))
    assert source is not None
    machine = interpret([source], built_in(), project)
    value = machine.state.get((machine.loaded[str(path)], "found"))
    assert value is not None
    thing = value.only
    assert isinstance(thing, Tensor), value
    assert thing.units == units
