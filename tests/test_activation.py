"""Another activation in place of one: what `exchange_activation` makes of every form in which one is written."""

from __future__ import annotations

import libcst as cst
import pytest

from lossl.diagnostic import Edit
from lossl.edits.activation import exchange_activation
from lossl.edits.patch import apply
from lossl.meaning.losscall import Argument, Breach, Choice, LossCall
from lossl.meaning.meaning import Meaning
from lossl.meaning.need import Need, NeedKind
from lossl.meaning.thing import Tensor
from lossl.meaning.trail import Form, Origin, Place
from lossl.meaning.value import Binding, Certainty, Value
from lossl.source.file import SourceFile

LOG = {
    "softmax": "log_softmax",
    "Softmax": "LogSoftmax",
    "sigmoid": "torch.nn.functional.logsigmoid",
    "log_softmax": "sigmoid",
    "LogSoftmax": "Sigmoid",
}


def find(file: SourceFile, code: str) -> cst.CSTNode:
    """The first expression with exactly this code."""
    found = [node for node in file.walk() if isinstance(node, cst.BaseExpression) and file.code(node) == code]
    assert found, f"no node {code!r}"
    return min(found, key=lambda node: file.span(node)[0])


def exchanged(
    text: str, code: str, form: Form, name: str, *, made: str | None = None, options: str | None = None
) -> str | None:
    """The text after the activation `code` was exchanged, None if there is no way; it parses."""
    file = SourceFile("/project/train.py", text.encode())
    place = Place(file, find(file, code))
    origin = Origin(place, form, name, place, Place(file, find(file, made)) if made else None)
    found = Tensor(Meaning.DISTRIBUTION, origin=origin)
    nowhere = Place(file, file.tree)
    call = LossCall(
        place=nowhere,
        callee="criterion",
        loss="torch.nn.NLLLoss",
        choice=Choice(nowhere, "class", "torch.nn.NLLLoss"),
        argument=Argument("input", nowhere, Value()),
        need=Need(NeedKind.LOG_DISTRIBUTION),
    )
    edits = exchange_activation(Breach(call, Binding(found), found, found.meaning, Certainty.YES), LOG, options)
    return None if edits is None else applied(file, edits)


def applied(file: SourceFile, edits: tuple[Edit, ...]) -> str:
    """The text after the edits, which still parses."""
    text = apply(file.text, edits)
    cst.parse_module(text)
    return text


@pytest.mark.parametrize(
    ("text", "code", "name", "after"),
    [
        (
            "import torch.nn.functional as F\np = F.softmax(z, dim=1)\n",
            "F.softmax(z, dim=1)",
            "torch.nn.functional.softmax",
            "import torch.nn.functional as F\np = F.log_softmax(z, dim=1)\n",
        ),
        (
            "import torch\np = torch.softmax(\n    z,  # scores\n    1,\n)\n",
            "torch.softmax(\n    z,  # scores\n    1,\n)",
            "torch.softmax",
            "import torch\np = torch.log_softmax(\n    z,  # scores\n    1,\n)\n",
        ),
        (
            "from torch.nn.functional import softmax\np = softmax(z, 1)\n",
            "softmax(z, 1)",
            "torch.nn.functional.softmax",
            "from torch.nn.functional import log_softmax\np = log_softmax(z, 1)\n",
        ),
        (
            "from torch.nn.functional import softmax\np = softmax(z, 1)\nq = softmax(z, 0)\n",
            "softmax(z, 1)",
            "torch.nn.functional.softmax",
            "from torch.nn.functional import softmax, log_softmax\np = log_softmax(z, 1)\nq = softmax(z, 0)\n",
        ),
        (
            "from torch.nn.functional import softmax as soft\np = soft(z, 1)\n",
            "soft(z, 1)",
            "torch.nn.functional.softmax",
            "from torch.nn.functional import log_softmax\np = log_softmax(z, 1)\n",
        ),
        (
            "import torch\nfrom torch import nn\np = nn.Softmax(dim=1)(z)\n",
            "nn.Softmax(dim=1)(z)",
            "torch.nn.Softmax",
            "import torch\nfrom torch import nn\np = nn.LogSoftmax(dim=1)(z)\n",
        ),
        (
            "import torch\np = torch.sigmoid(z)\n",
            "torch.sigmoid(z)",
            "torch.sigmoid",
            "import torch\np = torch.nn.functional.logsigmoid(z)\n",
        ),
    ],
)
def test_a_call_is_renamed(text: str, code: str, name: str, after: str) -> None:
    assert exchanged(text, code, Form.CALL, name) == after


@pytest.mark.parametrize(
    ("text", "code", "name", "options", "after"),
    [
        (
            "import torch.nn.functional as F\np = F.log_softmax(z, dim=1)\n",
            "F.log_softmax(z, dim=1)",
            "torch.nn.functional.log_softmax",
            "",
            "import torch.nn.functional as F\np = F.sigmoid(z)\n",
        ),
        (
            "import torch.nn.functional as F\np = F.softmax((a, b), 0)\n",
            "F.softmax((a, b), 0)",
            "torch.nn.functional.softmax",
            "dim=1",
            "import torch.nn.functional as F\np = F.log_softmax((a, b), dim=1)\n",
        ),
        (
            "import torch.nn.functional as F\np = F.softmax(dim=0, input=z)\n",
            "F.softmax(dim=0, input=z)",
            "torch.nn.functional.softmax",
            "dim=1",
            None,
        ),
    ],
)
def test_options_are_exchanged(text: str, code: str, name: str, options: str, after: str | None) -> None:
    assert exchanged(text, code, Form.CALL, name, options=options) == after


def test_a_method_stays_one_if_there_is_one() -> None:
    text = "p = net(x).softmax(-1)\n"
    assert exchanged(text, "net(x).softmax(-1)", Form.METHOD, "torch.Tensor.softmax") == "p = net(x).log_softmax(-1)\n"


def test_a_method_becomes_a_function_if_there_is_none() -> None:
    text = "import torch.nn.functional as F\np = (a - b).sigmoid()\n"
    after = "import torch.nn.functional as F\np = F.logsigmoid((a - b))\n"
    assert exchanged(text, "(a - b).sigmoid()", Form.METHOD, "torch.Tensor.sigmoid") == after


def test_a_method_loses_its_options() -> None:
    text = "p = z.log_softmax(dim=1)\n"
    assert exchanged(text, "z.log_softmax(dim=1)", Form.METHOD, "torch.Tensor.log_softmax", options="") == (
        "p = z.sigmoid()\n"
    )


@pytest.mark.parametrize(
    ("code", "options", "after"),
    [
        ("nn.Softmax(dim=1)", None, "nn.LogSoftmax(dim=1)"),
        ("nn.Softmax()", "dim=-1", "nn.LogSoftmax(dim=-1)"),
        ("nn.Softmax", None, "nn.LogSoftmax"),
    ],
)
def test_an_element_of_a_chain(code: str, options: str | None, after: str) -> None:
    text = f"from torch import nn\nnet = nn.Sequential(nn.Linear(3, 4), {code})\n"
    left = exchanged(text, code, Form.ELEMENT, "torch.nn.Softmax", options=options)
    assert left == text.replace(code, after)


@pytest.mark.parametrize(("given", "after"), [('"softmax"', '"log_softmax"'), ("'softmax'", "'log_softmax'")])
def test_the_name_of_an_activation(given: str, after: str) -> None:
    text = f"layer = Dense(3, activation={given})\n"
    left = exchanged(text, given, Form.ARGUMENT, "keras.activations.softmax")
    assert left == text.replace(given, after)


def test_a_function_as_an_option() -> None:
    text = "import tensorflow as tf\nlayer = tf.keras.layers.Dense(3, activation=tf.nn.softmax)\n"
    left = exchanged(text, "tf.nn.softmax", Form.ARGUMENT, "tensorflow.nn.softmax")
    assert left == text.replace("tf.nn.softmax", "tf.nn.log_softmax")


LAYER = """from torch import nn
class Net(nn.Module):
    def __init__(self):
        self.act = nn.Softmax(dim=1)
    def forward(self, x):
        return self.act(x)
"""


def test_a_layer_is_exchanged_where_it_is_made() -> None:
    left = exchanged(LAYER, "self.act(x)", Form.CALL, "torch.nn.Softmax", made="nn.Softmax(dim=1)")
    assert left == LAYER.replace("nn.Softmax", "nn.LogSoftmax")


@pytest.mark.parametrize(
    "text",
    [
        LAYER + "    def attend(self, x):\n        return self.act(x)\n",
        LAYER.replace("self.act = ", "self.layers = [").replace("dim=1)", "dim=1)]").replace("self.act(", "act("),
        LAYER.replace("self.act = ", "self.act = self.out = "),
    ],
)
def test_a_layer_with_other_users_or_another_name_is_left_alone(text: str) -> None:
    code = "self.act(x)" if "self.act(x)" in text else "act(x)"
    assert exchanged(text, code, Form.CALL, "torch.nn.Softmax", made="nn.Softmax(dim=1)") is None


@pytest.mark.parametrize(
    ("text", "code", "form", "name"),
    [
        ("p = softmax(z)\n", "softmax(z)", Form.CALL, "torch.softmax"),
        ("p = z.softmax(1)[:, 1]\n", "z.softmax(1)[:, 1]", Form.OPERATOR, "torch.Tensor.softmax"),
        ("act = kind\n", "kind", Form.ARGUMENT, "keras.activations.softmax"),
        ("import torch\np = torch.tanh(z)\n", "torch.tanh(z)", Form.CALL, "torch.tanh"),
    ],
)
def test_what_cannot_be_exchanged_is_left_alone(text: str, code: str, form: Form, name: str) -> None:
    assert exchanged(text, code, form, name) is None
