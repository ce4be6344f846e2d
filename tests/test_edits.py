"""Edits: what removing an activation, exchanging a loss, wrapping an argument make of all sorts of source text."""

from __future__ import annotations

from typing import Any

import libcst as cst
import pytest

from lossl.diagnostic import Edit
from lossl.edits import (
    drop_option,
    exchange_loss,
    remove_activation,
    replace_choice,
    set_option,
    wrap_argument,
)
from lossl.edits.patch import apply
from lossl.edits.spelling import spelled
from lossl.edits.splice import loses_comment
from lossl.meaning.losscall import Argument, Breach, Choice, LossCall
from lossl.meaning.meaning import Meaning
from lossl.meaning.need import Need, NeedKind
from lossl.meaning.thing import Tensor
from lossl.meaning.trail import Form, Origin, Place
from lossl.meaning.value import Binding, Certainty, Value
from lossl.source.file import SourceFile


def source(text: str | bytes, path: str = "/project/train.py") -> SourceFile:
    return SourceFile(path, text if isinstance(text, bytes) else text.encode())


def find(file: SourceFile, code: str, number: int = 0) -> cst.CSTNode:
    """The outermost expression (or argument) with exactly this code; the n-th by place."""
    kinds = (cst.BaseExpression, cst.Arg)
    nodes = [node for node in file.walk() if isinstance(node, kinds) and file.code(node) == code]
    expressions = [node for node in nodes if isinstance(node, cst.BaseExpression)] or nodes
    assert expressions, f"no node {code!r}"
    return sorted(expressions, key=lambda node: file.span(node)[0])[number]


def breach(
    file: SourceFile,
    *,
    activation: cst.CSTNode | None = None,
    form: Form = Form.CALL,
    name: str = "torch.sigmoid",
    chosen: cst.CSTNode | None = None,
    choice: str = "class",
    loss: str = "torch.nn.BCEWithLogitsLoss",
    argument: cst.CSTNode | None = None,
    options: dict[str, Any] | None = None,
    wired: bool = False,
) -> Breach:
    def place(node: cst.CSTNode | None) -> Place:
        return Place(file, node if node is not None else file.tree)

    origin = Origin(place(activation), form, name, place(activation)) if activation is not None else None
    found = Tensor(Meaning.PROBABILITY, origin=origin)
    call = LossCall(
        place=place(None),
        callee="criterion",
        loss=loss,
        choice=Choice(place(chosen), choice, loss),
        argument=Argument("input", place(argument), Value()),
        need=Need(NeedKind.SIGMOID_LOGITS),
        options=tuple((key, place(node)) for key, node in (options or {}).items()),
        wired=wired,
    )
    return Breach(call, Binding(found), found, found.meaning, Certainty.YES)


def after(file: SourceFile, edits: tuple[Edit, ...] | None) -> str:
    """The text after the edits, which still parses."""
    assert edits is not None, "no edits"
    text = apply(file.text, edits)
    _ = source(text).tree
    return text


def without(text: str, code: str, form: Form = Form.CALL, name: str = "torch.sigmoid", number: int = 0) -> str:
    file = source(text)
    return after(file, remove_activation(breach(file, activation=find(file, code, number), form=form, name=name)))


CALLS = [
    # the text, the call, what is left of the text
    ("p = F.softmax(model(x), dim=1)\n", "F.softmax(model(x), dim=1)", "p = model(x)\n"),
    ("p = F.softmax(dim=1, input=model(x))\n", "F.softmax(dim=1, input=model(x))", "p = model(x)\n"),
    ("p = tf.nn.softmax(logits=z)\n", "tf.nn.softmax(logits=z)", "p = z\n"),
    ("m = sigmoid(a + b).mean()\n", "sigmoid(a + b)", "m = (a + b).mean()\n"),
    ("m = sigmoid((a + b)).mean()\n", "sigmoid((a + b))", "m = (a + b).mean()\n"),
    ("m = (sigmoid(a + b)).mean()\n", "sigmoid(a + b)", "m = (a + b).mean()\n"),
    ("m = sigmoid(a + b)[0]\n", "sigmoid(a + b)", "m = (a + b)[0]\n"),
    ("m = sigmoid(f)(x)\n", "sigmoid(f)", "m = f(x)\n"),
    ("m = 2 * sigmoid(a + b)\n", "sigmoid(a + b)", "m = 2 * (a + b)\n"),
    ("m = 2 + sigmoid(a * b)\n", "sigmoid(a * b)", "m = 2 + a * b\n"),
    ("m = a - sigmoid(b - c)\n", "sigmoid(b - c)", "m = a - (b - c)\n"),
    ("m = sigmoid(b - c) - a\n", "sigmoid(b - c)", "m = b - c - a\n"),
    ("m = sigmoid(-x) ** 2\n", "sigmoid(-x)", "m = (-x) ** 2\n"),
    ("m = 2 ** sigmoid(-x)\n", "sigmoid(-x)", "m = 2 ** -x\n"),
    ("m = -sigmoid(a + b)\n", "sigmoid(a + b)", "m = -(a + b)\n"),
    ("m = not sigmoid(a == b)\n", "sigmoid(a == b)", "m = not a == b\n"),
    ("m = a < sigmoid(b < c)\n", "sigmoid(b < c)", "m = a < (b < c)\n"),
    ("m = sigmoid(a if b else c) if d else e\n", "sigmoid(a if b else c)", "m = (a if b else c) if d else e\n"),
    ("m = d if d else sigmoid(a if b else c)\n", "sigmoid(a if b else c)", "m = d if d else a if b else c\n"),
    ("m = a and sigmoid(b or c)\n", "sigmoid(b or c)", "m = a and (b or c)\n"),
    ("f(*sigmoid(a or b))\n", "sigmoid(a or b)", "f(*(a or b))\n"),
    ("f(sigmoid(a or b), k=sigmoid(c))\n", "sigmoid(a or b)", "f(a or b, k=sigmoid(c))\n"),
    (
        "m = [sigmoid(y) for y in sigmoid(a if b else c)]\n",
        "sigmoid(a if b else c)",
        "m = [sigmoid(y) for y in (a if b else c)]\n",
    ),
    ("p = sigmoid(y := model(x))\n", "sigmoid(y := model(x))", "p = (y := model(x))\n"),
    ("print(f'{sigmoid(a + b):.2f}')\n", "sigmoid(a + b)", "print(f'{a + b:.2f}')\n"),
    (
        "async def f():\n    return await sigmoid(a or b)\n",
        "sigmoid(a or b)",
        "async def f():\n    return await (a or b)\n",
    ),
    ("p = F.softmax(\n    model(x),\n    dim=1,\n)\n", "F.softmax(\n    model(x),\n    dim=1,\n)", "p = model(x)\n"),
    ("p = sigmoid(\n    a\n    + b\n)\n", "sigmoid(\n    a\n    + b\n)", "p = (a\n    + b)\n"),
    ("p = sigmoid(a +\n    b)\n", "sigmoid(a +\n    b)", "p = (a +\n    b)\n"),
    ("p = f(sigmoid(a\n    + b))\n", "sigmoid(a\n    + b)", "p = f(a\n    + b)\n"),
    ("p = sigmoid(model(\n    x))\n", "sigmoid(model(\n    x))", "p = model(\n    x)\n"),
    ("p = nn.Softmax(dim=1)(z)\n", "nn.Softmax(dim=1)(z)", "p = z\n"),
    ("def f():\n    return(nn.Sigmoid())(z)\n", "(nn.Sigmoid())(z)", "def f():\n    return z\n"),
    ("p = sigmoid(sigmoid(x))\n", "sigmoid(sigmoid(x))", "p = sigmoid(x)\n"),
    ("p = sigmoid(sigmoid(x))\n", "sigmoid(x)", "p = sigmoid(x)\n"),
    ("größe = '😀'; p = sigmoid(größe + 'é')  # é\n", "sigmoid(größe + 'é')", "größe = '😀'; p = größe + 'é'  # é\n"),
    ("p = 1\nif a:\n\tp = sigmoid(z)\n", "sigmoid(z)", "p = 1\nif a:\n\tp = z\n"),
    ("p = sigmoid(z)", "sigmoid(z)", "p = z"),
    ("p = sigmoid(z)\r\nq = 1\r\n", "sigmoid(z)", "p = z\r\nq = 1\r\n"),
    ("@register(sigmoid(z))\ndef f(): ...\n", "sigmoid(z)", "@register(z)\ndef f(): ...\n"),
    ("\fp = sigmoid(z)\n", "sigmoid(z)", "\fp = z\n"),
    ("\\\np = sigmoid(z)\n", "sigmoid(z)", "\\\np = z\n"),
]


@pytest.mark.parametrize(("text", "code", "left"), CALLS)
def test_a_call_is_unwrapped(text: str, code: str, left: str) -> None:
    assert without(text, code) == left


STATEMENTS = [
    ("y = 1\nx = torch.sigmoid(x)\nz = 2\n", "torch.sigmoid(x)", "y = 1\nz = 2\n"),
    ("y = 1\nx = torch.sigmoid(x)", "torch.sigmoid(x)", "y = 1\n"),
    ("if a:\n    x = torch.sigmoid(x)\n", "torch.sigmoid(x)", "if a:\n    pass\n"),
    ("if a: x = torch.sigmoid(x)\n", "torch.sigmoid(x)", "if a: pass\n"),
    ("if a:\n    y = 1\n    x = torch.sigmoid(x)\nz = 2\n", "torch.sigmoid(x)", "if a:\n    y = 1\nz = 2\n"),
    ("a = 1; x = torch.sigmoid(x); b = 2\n", "torch.sigmoid(x)", "a = 1; b = 2\n"),
    ("a = 1; x = torch.sigmoid(x)\n", "torch.sigmoid(x)", "a = 1\n"),
    ("a = 1; x = torch.sigmoid(x);\n", "torch.sigmoid(x)", "a = 1;\n"),
    ("x = torch.sigmoid(x); a = 1\n", "torch.sigmoid(x)", "a = 1\n"),
    ("out['p'] = torch.sigmoid(out['p'])\ny = 1\n", "torch.sigmoid(out['p'])", "y = 1\n"),
    ("x = y = torch.sigmoid(x)\n", "torch.sigmoid(x)", "x = y = x\n"),
    ("x[f()] = torch.sigmoid(x[f()])\n", "torch.sigmoid(x[f()])", "x[f()] = x[f()]\n"),
    ("x = torch.sigmoid(\n    x\n)\ny = 1\r\n", "torch.sigmoid(\n    x\n)", "y = 1\r\n"),
    ("torch.sigmoid_(x)\ny = 1\n", "torch.sigmoid_(x)", "y = 1\n"),
    ("# a\nx = torch.sigmoid(x)\n# b\n", "torch.sigmoid(x)", "# a\n# b\n"),
]


@pytest.mark.parametrize(("text", "code", "left"), STATEMENTS)
def test_a_statement_that_would_do_nothing_goes(text: str, code: str, left: str) -> None:
    assert without(text, code) == left


METHODS = [
    ("p = x.sigmoid()\n", "x.sigmoid()", "p = x\n"),
    ("p = x.softmax(dim=1).log()\n", "x.softmax(dim=1)", "p = x.log()\n"),
    ("p = x.view(-1).sigmoid()\n", "x.view(-1).sigmoid()", "p = x.view(-1)\n"),
    ("p = (a + b).sigmoid()\n", "(a + b).sigmoid()", "p = (a + b)\n"),
    ("p = (x\n     .view(-1)\n     .sigmoid())\n", "x\n     .view(-1)\n     .sigmoid()", "p = (x\n     .view(-1))\n"),
    ("p = x.sigmoid()if a else b\n", "x.sigmoid()", "p = x if a else b\n"),
    ("x = x.sigmoid()\ny = 1\n", "x.sigmoid()", "y = 1\n"),
    ("x.sigmoid_()\ny = 1\n", "x.sigmoid_()", "y = 1\n"),
    ("p = net(x).sigmoid().squeeze()\n", "net(x).sigmoid()", "p = net(x).squeeze()\n"),
    ("import torch\np = torch.Tensor.sigmoid(x)\n", "torch.Tensor.sigmoid(x)", "p = x\n"),
]


@pytest.mark.parametrize(("text", "code", "left"), METHODS)
def test_a_method_is_unwrapped(text: str, code: str, left: str) -> None:
    assert without(text, code, Form.METHOD) == left


ELEMENTS = [
    ("s = nn.Sequential(a, nn.Sigmoid())\n", "s = nn.Sequential(a)\n"),
    ("s = nn.Sequential(a, nn.Sigmoid(), b)\n", "s = nn.Sequential(a, b)\n"),
    ("s = nn.Sequential(nn.Sigmoid(), b)\n", "s = nn.Sequential(b)\n"),
    ("s = nn.Sequential(nn.Sigmoid())\n", "s = nn.Sequential()\n"),
    ("s = nn.Sequential(nn.Sigmoid(),)\n", "s = nn.Sequential()\n"),
    ("s = nn.Sequential(a, nn.Sigmoid(),)\n", "s = nn.Sequential(a,)\n"),
    ("s = nn.Sequential(*layers, nn.Sigmoid())\n", "s = nn.Sequential(*layers)\n"),
    ("s = nn.Sequential(\n    a,\n    nn.Sigmoid(),\n)\n", "s = nn.Sequential(\n    a,\n)\n"),
    ("s = nn.Sequential(\n    a,\n    nn.Sigmoid()\n)\n", "s = nn.Sequential(\n    a,\n)\n"),
    ("s = nn.Sequential(\n    a,\n    nn.Sigmoid())\n", "s = nn.Sequential(\n    a)\n"),
    ("s = nn.Sequential(\n    a,  # head\n    nn.Sigmoid())\n", "s = nn.Sequential(\n    a,  # head\n    )\n"),
    ("s = nn.Sequential(\n    nn.Sigmoid(),\n    b,\n)\n", "s = nn.Sequential(\n    b,\n)\n"),
    ("s = nn.Sequential(\n    a, nn.Sigmoid(),\n    b,\n)\n", "s = nn.Sequential(\n    a,\n    b,\n)\n"),
    ("s = nn.Sequential(\n    a, nn.Sigmoid(),  # c\n    b,\n)\n", "s = nn.Sequential(\n    a,  # c\n    b,\n)\n"),
    ("s = nn.Sequential(a\n    , nn.Sigmoid()\n    , b)\n", "s = nn.Sequential(a\n    , b)\n"),
    ("s = nn.Sequential(\r\n\ta,\r\n\tnn.Sigmoid(),\r\n)\r\n", "s = nn.Sequential(\r\n\ta,\r\n)\r\n"),
    ("s = nn.Sequential(\n    a,\n    nn.Sigmoid(\n    ),\n    b)\n", "s = nn.Sequential(\n    a,\n    b)\n"),
    (
        "s = nn.Sequential(OrderedDict([('f', f), ('s', nn.Sigmoid())]))\n",
        "s = nn.Sequential(OrderedDict([('f', f)]))\n",
    ),
    (
        "s = nn.Sequential(OrderedDict((('f', f), ('s', nn.Sigmoid()))))\n",
        "s = nn.Sequential(OrderedDict((('f', f),)))\n",
    ),
    ("s = nn.Sequential(OrderedDict(f=f, s=nn.Sigmoid()))\n", "s = nn.Sequential(OrderedDict(f=f))\n"),
    ("layers = [a, nn.Sigmoid()]\n", "layers = [a]\n"),
    ("layers += [nn.Sigmoid()]\nx = 1\n", "x = 1\n"),
    ("layers += [a, nn.Sigmoid()]\nx = 1\n", "layers += [a]\nx = 1\n"),
    ("layers.extend([nn.Sigmoid()])\nx = 1\n", "x = 1\n"),
    ("layers.append(nn.Sigmoid())\nx = 1\n", "x = 1\n"),
    ("layers.append(('s', nn.Sigmoid()))\nx = 1\n", "x = 1\n"),
    ("if a:\n    layers.append(nn.Sigmoid())\n", "if a:\n    pass\n"),
    ("net.add_module('s', nn.Sigmoid())\nx = 1\n", "x = 1\n"),
    ("self.add_module('s', nn.Sigmoid())\n", "self.add_module('s', nn.Identity())\n"),
    ("self.act = nn.Sigmoid()\n", "self.act = nn.Identity()\n"),
    ("act = nn.Sigmoid() if last else None\n", "act = nn.Identity() if last else None\n"),
    ("s = Block(64, nn.Sigmoid())\n", "s = Block(64, nn.Identity())\n"),
    ("s = Block(64, act=nn.Sigmoid())\n", "s = Block(64, act=nn.Identity())\n"),
    ("d = nn.ModuleDict({'s': nn.Sigmoid()})\n", "d = nn.ModuleDict({'s': nn.Identity()})\n"),
    ("fc, act = (nn.Linear(1, 1), nn.Sigmoid())\n", "fc, act = (nn.Linear(1, 1), nn.Identity())\n"),
]


@pytest.mark.parametrize(("text", "left"), ELEMENTS)
def test_an_element_goes(text: str, left: str) -> None:
    code = "nn.Sigmoid(\n    )" if "nn.Sigmoid(\n" in text else "nn.Sigmoid()"
    assert without("from torch import nn\n" + text, code, Form.ELEMENT, "torch.nn.Sigmoid") in (
        "from torch import nn\n" + left,
        left,
    )


def test_a_keras_layer_becomes_linear_or_goes() -> None:
    text = "from tensorflow.keras import layers\nmodel.add(layers.Softmax())\nact = layers.Softmax()\n"
    kept = without(text, "layers.Softmax()", Form.ELEMENT, "keras.layers.Softmax")
    assert kept == "from tensorflow.keras import layers\nact = layers.Softmax()\n"
    kept = without(text, "layers.Softmax()", Form.ELEMENT, "keras.layers.Softmax", 1)
    assert kept.endswith('act = layers.Activation("linear")\n')


def test_where_no_layer_does_nothing_there_is_no_edit() -> None:
    file = source("import flax.linen as nn\nact = nn.sigmoid\n")
    bad = breach(file, activation=find(file, "nn.sigmoid"), form=Form.ELEMENT, name="jax.nn.sigmoid")
    assert remove_activation(bad) is None


ARGUMENTS = [
    ('Dense(1, activation="sigmoid")', "Dense(1)"),
    ('Dense(activation="sigmoid", units=1)', "Dense(units=1)"),
    ('Dense(1, activation="sigmoid", name="out")', 'Dense(1, name="out")'),
    ('Dense(1, "sigmoid")', "Dense(1, None)"),
    ('Dense(\n    1,\n    activation="sigmoid",\n)', "Dense(\n    1,\n)"),
    ('make_head(1, activation="sigmoid")', "make_head(1, activation=None)"),
    ('SimpleRNN(1, activation="sigmoid")', "SimpleRNN(1, activation=None)"),
    ('Dense(1, own_activation="sigmoid")', "Dense(1, own_activation=None)"),
]


@pytest.mark.parametrize(("text", "left"), ARGUMENTS)
def test_an_argument_goes(text: str, left: str) -> None:
    head = "from keras.layers import Dense, SimpleRNN\n"
    kept = without(head + f"x = {text}\n", '"sigmoid"', Form.ARGUMENT, "keras.activations.sigmoid")
    assert kept == head + f"x = {left}\n"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ('y = Activation("sigmoid", name="p")(x)\n', "y = x\n"),
        ('x = Activation("sigmoid")(x)\ny = 1\n', "y = 1\n"),
        ('m.add(Activation("sigmoid"))\ny = 1\n', "y = 1\n"),
        ('m = Sequential([a, Activation(activation="sigmoid")])\n', "m = Sequential([a])\n"),
        ('act = Activation("sigmoid")\n', 'act = Activation("linear")\n'),
    ],
)
def test_an_activation_layer_goes_with_its_argument(text: str, left: str) -> None:
    head = "from tensorflow.keras.layers import Activation\n"
    kept = without(head + text, '"sigmoid"', Form.ARGUMENT, "keras.activations.sigmoid")
    assert kept in (head + left, left)


def test_an_argument_given_by_a_variable_is_left_alone() -> None:
    file = source('act = "sigmoid"\nx = Dense(1, activation=act)\n')
    bad = breach(file, activation=find(file, '"sigmoid"'), form=Form.ARGUMENT, name="keras.activations.sigmoid")
    assert remove_activation(bad) is None


@pytest.mark.parametrize("text", ["F.softmax(*args)", "torch.sigmoid(x, out=p)", "f(x for x in y)", "f(dim=1)"])
def test_what_cannot_be_unwrapped_is_left_alone(text: str) -> None:
    file = source(f"p = {text}\n")
    assert remove_activation(breach(file, activation=find(file, text))) is None


def test_arithmetic_and_unknown_origins_have_no_edit() -> None:
    file = source("p = a / b\n")
    assert remove_activation(breach(file)) is None
    assert remove_activation(breach(file, activation=find(file, "a / b"), form=Form.OPERATOR)) is None


UNUSED = [
    ("import torch.nn.functional as F\np = F.softmax(z)\n", "p = z\n"),
    (
        "import torch.nn.functional as F\np = F.softmax(z)\nq = F.relu(z)\n",
        "import torch.nn.functional as F\np = z\nq = F.relu(z)\n",
    ),
    ("import os, torch.nn.functional as F\np = F.softmax(z)\n", "import os\np = z\n"),
    (
        "from torch.nn.functional import softmax, relu\np = softmax(z)\n",
        "from torch.nn.functional import relu\np = z\n",
    ),
    ("from a import (\n    softmax,\n    relu,\n)\np = softmax(z)\n", "from a import (\n    relu,\n)\np = z\n"),
    ("import torch.nn.functional as F  # noqa\np = F.softmax(z)\n", "import torch.nn.functional as F  # noqa\np = z\n"),
    (
        "import torch.nn.functional as F\n__all__ = ['F']\np = F.softmax(z)\n",
        "import torch.nn.functional as F\n__all__ = ['F']\np = z\n",
    ),
    (
        "def f(z: 'F.X'):\n    return F.softmax(z)\nimport torch.nn.functional as F\n",
        "def f(z: 'F.X'):\n    return z\nimport torch.nn.functional as F\n",
    ),
    (
        "try:\n    from a import softmax\nexcept ImportError:\n    pass\np = softmax(z)\n",
        "try:\n    from a import softmax\nexcept ImportError:\n    pass\np = z\n",
    ),
]


@pytest.mark.parametrize(("text", "left"), UNUSED)
def test_an_import_nobody_needs_any_more_goes(text: str, left: str) -> None:
    code = "F.softmax(z)" if "F.softmax(z)" in text else "softmax(z)"
    assert without(text, code) == left


def test_a_package_keeps_its_imports() -> None:
    file = source("from torch import sigmoid\np = sigmoid(z)\n", "/project/__init__.py")
    kept = after(file, remove_activation(breach(file, activation=find(file, "sigmoid(z)"))))
    assert kept == "from torch import sigmoid\np = z\n"


def test_comments_in_what_goes_are_noticed() -> None:
    file = source("p = F.softmax(\n    z,  # logits\n    dim=1)  # kept\n")
    edits = remove_activation(breach(file, activation=find(file, file.text[4:].partition("  # kept")[0])))
    assert edits is not None
    assert loses_comment(edits, file)
    file = source("p = F.softmax(z, dim=1)  # '#' \n")
    edits = remove_activation(breach(file, activation=find(file, "F.softmax(z, dim=1)")))
    assert edits is not None
    assert not loses_comment(edits, file)
    assert not loses_comment(edits, source("p = 1  # another file\n", "/project/other.py"))


TO_BCE = {"torch.nn.BCEWithLogitsLoss": "torch.nn.BCELoss"}
EXCHANGES = [
    ("import torch.nn as nn\nc = nn.BCEWithLogitsLoss()\n", "import torch.nn as nn\nc = nn.BCELoss()\n"),
    ("import torch\nc = torch.nn.BCEWithLogitsLoss(weight=w)\n", "import torch\nc = torch.nn.BCELoss(weight=w)\n"),
    (
        "from torch.nn import BCEWithLogitsLoss\nc = BCEWithLogitsLoss()\n",
        "from torch.nn import BCELoss\nc = BCELoss()\n",
    ),
    ("from torch.nn import BCEWithLogitsLoss as L\nc = L()\n", "from torch.nn import BCELoss\nc = BCELoss()\n"),
    (
        "from torch.nn import BCEWithLogitsLoss, Linear\nc = BCEWithLogitsLoss()\n",
        "from torch.nn import BCELoss, Linear\nc = BCELoss()\n",
    ),
    (
        "from torch.nn import BCEWithLogitsLoss\nc = BCEWithLogitsLoss()\nd = BCEWithLogitsLoss()\n",
        "from torch.nn import BCEWithLogitsLoss, BCELoss\nc = BCELoss()\nd = BCEWithLogitsLoss()\n",
    ),
    (
        "from torch.nn import (\n    BCEWithLogitsLoss,\n    Linear,  # c\n)\n"
        "c = BCEWithLogitsLoss()\nBCEWithLogitsLoss\n",
        "from torch.nn import (\n    BCEWithLogitsLoss,\n    Linear,  # c\n    BCELoss,\n)\n"
        "c = BCELoss()\nBCEWithLogitsLoss\n",
    ),
    (
        "from torch.nn import BCELoss, BCEWithLogitsLoss\nc = BCEWithLogitsLoss()\n",
        "from torch.nn import BCELoss\nc = BCELoss()\n",
    ),
    ("from torch.nn import *\nc = BCEWithLogitsLoss()\n", "from torch.nn import *\nc = BCELoss()\n"),
    (
        "import torch\nfrom .losses import BCEWithLogitsLoss\nc = BCEWithLogitsLoss()\n",
        "import torch\nc = torch.nn.BCELoss()\n",
    ),
    (
        "def f():\n    from torch.nn import BCEWithLogitsLoss\n    return BCEWithLogitsLoss()\n",
        "def f():\n    from torch.nn import BCELoss\n    return BCELoss()\n",
    ),
    (
        "from torch.nn import BCEWithLogitsLoss\nclass BCELoss: ...\nc = BCEWithLogitsLoss()\n",
        "from torch import nn\nclass BCELoss: ...\nc = nn.BCELoss()\n",
    ),
]


@pytest.mark.parametrize(("text", "left"), EXCHANGES)
def test_a_loss_is_exchanged_in_the_spelling_of_the_file(text: str, left: str) -> None:
    file = source(text)
    calls = [
        n for n in file.walk() if isinstance(n, cst.Call) and ("Loss" in file.code(n.func) or file.code(n.func) == "L")
    ]
    first = min(calls, key=lambda node: file.span(node)[0])
    assert after(file, exchange_loss(breach(file, chosen=first), TO_BCE)) == left


def test_functions_strings_and_references_are_exchanged() -> None:
    twins = {"torch.nn.functional.cross_entropy": "torch.nn.functional.nll_loss"}
    file = source("import torch.nn.functional as F\nl = F.cross_entropy(p, y, weight=w)\n")
    call = find(file, "F.cross_entropy(p, y, weight=w)")
    bad = breach(file, chosen=call, choice="function", loss="torch.nn.functional.cross_entropy")
    assert after(file, exchange_loss(bad, twins)).endswith("l = F.nll_loss(p, y, weight=w)\n")
    file = source("import torch.nn.functional as F\ntrain(loss=F.cross_entropy)\n")
    reference = find(file, "F.cross_entropy")
    bad = breach(file, chosen=reference, choice="reference", loss="torch.nn.functional.cross_entropy")
    assert after(file, exchange_loss(bad, twins)).endswith("train(loss=F.nll_loss)\n")
    file = source("m.compile(loss='binary_crossentropy')\n")
    string = find(file, "'binary_crossentropy'")
    bad = breach(file, chosen=string, choice="string", loss="keras.losses.binary_crossentropy")
    twins = {"keras.losses.binary_crossentropy": "keras.losses.CategoricalCrossentropy"}
    assert after(file, exchange_loss(bad, twins)) == "m.compile(loss='categorical_crossentropy')\n"
    assert exchange_loss(bad, TO_BCE) is None


def test_keras_is_exchanged_under_its_other_name() -> None:
    twins = {"keras.losses.BinaryCrossentropy": "keras.losses.CategoricalCrossentropy"}
    file = source("import tensorflow as tf\nl = tf.keras.losses.BinaryCrossentropy(from_logits=True)\n")
    call = find(file, "tf.keras.losses.BinaryCrossentropy(from_logits=True)")
    bad = breach(file, chosen=call, loss="keras.losses.BinaryCrossentropy")
    assert after(file, exchange_loss(bad, twins)).endswith(
        "l = tf.keras.losses.CategoricalCrossentropy(from_logits=True)\n"
    )


def test_a_loss_looked_up_at_run_time_is_not_exchanged() -> None:
    file = source("c = LOSSES[name]()\n")
    assert exchange_loss(breach(file, chosen=find(file, "LOSSES[name]()")), TO_BCE) is None


def test_a_loss_under_a_name_of_the_users_is_left_alone() -> None:
    """The name may stand for more than the loss."""
    head = "import torch.nn.functional as F\nfrom functools import partial\n"
    file = source(head + "loss = partial(F.cross_entropy, weight=w)\nl = loss(p, y)\nfit(loss)\n")
    twins = {"torch.nn.functional.cross_entropy": "torch.nn.functional.nll_loss"}
    name = "torch.nn.functional.cross_entropy"
    assert exchange_loss(breach(file, chosen=find(file, "loss(p, y)"), choice="function", loss=name), twins) is None
    bad = breach(file, chosen=find(file, "loss", 2), choice="reference", loss=name)
    assert exchange_loss(bad, twins) is None
    assert replace_choice(bad, "torch.nn.NLLLoss", "") is None


WRAPS = [
    ("import torch\nl = c(out, y)\n", "out", "import torch\nl = c(torch.sigmoid(out), y)\n"),
    ("import torch\nl = c(a + b, y)\n", "a + b", "import torch\nl = c(torch.sigmoid(a + b), y)\n"),
    ("import torch\nl = c((a + b), y)\n", "a + b", "import torch\nl = c(torch.sigmoid(a + b), y)\n"),
    ("import torch\nl = c(input=out, target=y)\n", "out", "import torch\nl = c(input=torch.sigmoid(out), target=y)\n"),
    ("import torch\nl = c((a, b), y)\n", "(a, b)"[1:-1], "import torch\nl = c(torch.sigmoid((a, b)), y)\n"),
    ("import torch\nl = c(z := f(x), y)\n", "z := f(x)", "import torch\nl = c(torch.sigmoid(z := f(x)), y)\n"),
    (
        "import torch\nl = c(\n    f(\n        x),  # logits\n    y)\n",
        "f(\n        x)",
        "import torch\nl = c(\n    torch.sigmoid(f(\n        x)),  # logits\n    y)\n",
    ),
    ("from torch import sigmoid\nl = c(out, y)\n", "out", "from torch import sigmoid\nl = c(sigmoid(out), y)\n"),
    ("from torch import nn\nl = c(out, y)\n", "out", "from torch import nn, sigmoid\nl = c(sigmoid(out), y)\n"),
    ("import os\n\nl = c(out, y)\n", "out", "import os\nimport torch\n\nl = c(torch.sigmoid(out), y)\n"),
    ("import os\r\nl = c(out, y)\r\n", "out", "import os\r\nimport torch\r\nl = c(torch.sigmoid(out), y)\r\n"),
]


@pytest.mark.parametrize(("text", "code", "left"), WRAPS)
def test_the_argument_is_wrapped(text: str, code: str, left: str) -> None:
    file = source(text)
    assert after(file, wrap_argument(breach(file, argument=find(file, code)), "torch.sigmoid")) == left


def test_an_argument_is_wrapped_with_options() -> None:
    file = source("import torch.nn.functional as F\nl = c((out), y)\n")
    edits = wrap_argument(breach(file, argument=find(file, "out")), "torch.nn.functional.log_softmax", "dim=1")
    assert after(file, edits).endswith("l = c(F.log_softmax((out), dim=1), y)\n")


def test_what_is_no_argument_in_a_call_is_not_wrapped() -> None:
    file = source("l = c(*out, y)\n")
    assert wrap_argument(breach(file, argument=find(file, "out")), "torch.sigmoid") is None
    assert wrap_argument(breach(file, argument=find(file, "y"), wired=True), "torch.sigmoid") is None


OPTIONS = [
    # before, with from_logits=False, without it
    ("Loss()", "Loss(from_logits=False)", None),
    ("Loss(w)", "Loss(w, from_logits=False)", None),
    ("Loss(w, )", "Loss(w, from_logits=False )", None),
    ("Loss(**kw)", None, None),
    ("Loss(*a)", "Loss(*a, from_logits=False)", None),
    ("Loss(f(x) for x in y)", None, None),
    ("Loss(from_logits=True)", "Loss(from_logits=False)", "Loss()"),
    ("Loss(w, from_logits=True)", "Loss(w, from_logits=False)", "Loss(w)"),
    ("Loss(from_logits=(True), name='n')", "Loss(from_logits=False, name='n')", "Loss(name='n')"),
    ("Loss(w, from_logits = True, name='n')", "Loss(w, from_logits = False, name='n')", "Loss(w, name='n')"),
    ("Loss(\n    w,\n    from_logits=True,\n)", "Loss(\n    w,\n    from_logits=False,\n)", "Loss(\n    w,\n)"),
    ("Loss(\n    w,  # weight\n)", "Loss(\n    w,  # weight\n    from_logits=False,\n)", None),
    ("Loss(\n    w  # weight\n)", "Loss(\n    w,  # weight\n    from_logits=False\n)", None),
    ("Loss(\n    w\n)", "Loss(\n    w,\n    from_logits=False\n)", None),
]


@pytest.mark.parametrize(("text", "given", "dropped"), OPTIONS)
def test_an_option_is_set_and_dropped(text: str, given: str | None, dropped: str | None) -> None:
    file = source(f"l = {text}\n")
    bad = breach(file, chosen=find(file, text))
    edits = set_option(bad, "from_logits", "False")
    assert (after(file, edits) if edits else None) == (f"l = {given}\n" if given else None)
    edits = drop_option(bad, "from_logits")
    assert (after(file, edits) if edits else None) == (f"l = {dropped}\n" if dropped else None)


def test_an_option_given_by_position_is_dropped_only_at_the_end() -> None:
    file = source("l = f(y, p, True)\nm = f(y, p, True, 0)\n")
    arg = next(n for n in file.walk() if isinstance(n, cst.Arg) and file.code(n) == "True" and file.span(n)[0] < 18)
    bad = breach(file, chosen=find(file, "f(y, p, True)"), choice="function", options={"from_logits": arg})
    assert after(file, drop_option(bad, "from_logits")) == "l = f(y, p)\nm = f(y, p, True, 0)\n"
    assert after(file, set_option(bad, "from_logits", "False")) == "l = f(y, p, False)\nm = f(y, p, True, 0)\n"
    arg = next(n for n in file.walk() if isinstance(n, cst.Arg) and file.code(n) == "True" and file.span(n)[0] > 18)
    bad = breach(file, chosen=find(file, "f(y, p, True, 0)"), choice="function", options={"from_logits": arg})
    assert drop_option(bad, "from_logits") is None


def test_a_choice_is_replaced_by_a_constructor() -> None:
    bce = "keras.losses.BinaryCrossentropy"
    file = source('import tensorflow as tf\nm.compile(loss="binary_crossentropy")\n')
    bad = breach(file, chosen=find(file, '"binary_crossentropy"'), choice="string")
    text = after(file, replace_choice(bad, bce, "from_logits=True"))
    assert text.endswith("m.compile(loss=tf.keras.losses.BinaryCrossentropy(from_logits=True))\n")
    file = source("from keras.losses import binary_crossentropy\nm.compile(loss=binary_crossentropy)\n")
    bad = breach(
        file, chosen=find(file, "binary_crossentropy", 1), choice="reference", loss="keras.losses.binary_crossentropy"
    )
    text = after(file, replace_choice(bad, bce, "from_logits=True"))
    assert text == "from keras.losses import BinaryCrossentropy\nm.compile(loss=BinaryCrossentropy(from_logits=True))\n"
    assert replace_choice(breach(file, chosen=find(file, "binary_crossentropy", 1), choice="function"), bce, "") is None


KERAS = ("keras.losses.X", "tensorflow.keras.losses.X")
SPELLINGS = [
    # the text, the alternatives, the spelling, the text thereafter (None: unchanged)
    ("import torch\n", ("torch.nn.X",), "torch.nn.X", None),
    ("import torch.nn as nn\n", ("torch.nn.X",), "nn.X", None),
    ("import torch\nfrom torch import nn\n", ("torch.nn.X",), "nn.X", None),
    ("import torch.nn.functional as F\n", ("torch.nn.functional.x",), "F.x", None),
    ("import torch.nn.functional\n", ("torch.nn.functional.x",), "torch.nn.functional.x", None),
    ("import tensorflow as tf\n", KERAS, "tf.keras.losses.X", None),
    ("from tensorflow import keras\n", KERAS, "keras.losses.X", None),
    ("from tensorflow.keras import losses\n", KERAS, "losses.X", None),
    (
        "from tensorflow.keras import losses\nlosses = []\n",
        KERAS,
        "tf.keras.losses.X",
        "from tensorflow.keras import losses\nimport tensorflow as tf\nlosses = []\n",
    ),
    ("import keras\n", KERAS, "keras.losses.X", None),
    ("from keras.losses import X as Y\n", KERAS, "Y", None),
    ("from keras.losses import Y\n", KERAS, "X", "from keras.losses import Y, X\n"),
    (
        "from keras.losses import Y\nX = 1\n",
        KERAS,
        "keras.losses.X",
        "from keras.losses import Y\nimport keras\nX = 1\n",
    ),
    ("x = 1\n", ("torch.nn.X",), "nn.X", "from torch import nn\n\nx = 1\n"),
    ("nn = 1\n", ("torch.nn.X",), "torch.nn.X", "import torch\n\nnn = 1\n"),
    ('"""Doc."""\n\nx = 1\n', ("torch.x",), "torch.x", '"""Doc."""\n\nimport torch\n\nx = 1\n'),
    (
        "#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n\n# about x\nx = 1\n",
        ("torch.x",),
        "torch.x",
        "#!/usr/bin/env python\n# -*- coding: utf-8 -*-\n\nimport torch\n\n# about x\nx = 1\n",
    ),
    ("", ("torch.x",), "torch.x", "import torch\n\n"),
    (
        "from __future__ import annotations\nimport os, sys  # c\n\nx = 1\nimport re\n",
        ("torch.x",),
        "torch.x",
        "from __future__ import annotations\nimport os, sys  # c\nimport torch\n\nx = 1\nimport re\n",
    ),
    ("if a:\n    import torch\n", ("torch.x",), "torch.x", "import torch\n\nif a:\n    import torch\n"),
    ("def f():\n    import torch\n", ("torch.x",), "torch.x", "import torch\n\ndef f():\n    import torch\n"),
    ("import os", ("torch.x",), "torch.x", "import os\nimport torch"),
    ("try:\n    import torch\nexcept ImportError:\n    torch = None\n", ("torch.x",), "torch.x", "try"),
]


@pytest.mark.parametrize(("text", "alternatives", "spelling", "left"), SPELLINGS)
def test_names_are_spelled_as_the_file_does(
    text: str, alternatives: tuple[str, ...], spelling: str, left: str | None
) -> None:
    file = source(text)
    written, edits = spelled(file, alternatives)
    assert written == spelling
    if left == "try":
        return
    assert after(file, edits) == (text if left is None else left)


def test_every_encoding_is_edited_by_code_points() -> None:
    for data in (
        b"# coding: latin-1\nx = '\xe9'; p = sigmoid(z)\n",
        b"\xef\xbb\xbfx = '\xc3\xa9\xf0\x9f\x98\x80'; p = sigmoid(z)\n",
    ):
        file = source(data)
        edits = remove_activation(breach(file, activation=find(file, "sigmoid(z)")))
        assert after(file, edits) == file.text.replace("sigmoid(z)", "z")
