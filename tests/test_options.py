"""What a loss is given besides its prediction is not lost: an exchange that cannot keep an option is not offered.

Every loss is tried with each of its options behind every activation. Whatever is offered in place of the loss has to
know the option, and to mean the same by it.
"""

from __future__ import annotations

import ast
import inspect
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import pytest

from lossl.check import check
from lossl.config import Config
from lossl.fix import edited
from lossl.source.notebook import source_file

TORCH = (
    "import torch\nimport torch.nn.functional as F\nfrom torch import nn\n",
    {
        "sigmoid": "torch.sigmoid({z})",
        "softmax": "torch.softmax({z}, dim=1)",
        "log_softmax": "torch.log_softmax({z}, dim=1)",
        "logsigmoid": "F.logsigmoid({z})",
        "relu": "torch.relu({z})",
        "nothing": "{z}",
    },
)
KERAS = (
    "import keras\n",
    {
        "sigmoid": "keras.ops.sigmoid({z})",
        "softmax": "keras.ops.softmax({z})",
        "log_softmax": "keras.ops.log_softmax({z})",
        "relu": "keras.ops.relu({z})",
        "nothing": "{z}",
    },
)
OPTIONS = {
    "torch.nn": {
        "BCEWithLogitsLoss": ("weight=w", "pos_weight=w", "reduction='sum'"),
        "BCELoss": ("weight=w", "reduction='none'"),
        "CrossEntropyLoss": ("weight=w", "ignore_index=2", "label_smoothing=0.1", "reduction='sum'"),
        "NLLLoss": ("weight=w", "ignore_index=2", "reduction='sum'"),
        "KLDivLoss": ("log_target=True", "reduction='sum'"),
    },
    "keras.losses": {
        "BinaryCrossentropy": ("label_smoothing=0.1", "axis=1", "from_logits=True"),
        "CategoricalCrossentropy": ("label_smoothing=0.1", "axis=1", "from_logits=True"),
        "SparseCategoricalCrossentropy": ("ignore_class=2", "axis=1", "from_logits=True"),
    },
}
OWN = {
    "BCEWithLogitsLoss": "elements",
    "BCELoss": "elements",
    "CrossEntropyLoss": "classes",
    "NLLLoss": "classes",
}
"""What `weight` is of."""
CASES = [(module, loss, option) for module, losses in OPTIONS.items() for loss in losses for option in losses[loss]]


@pytest.mark.parametrize(("module", "loss", "option"), CASES, ids=lambda each: str(each))
def test_no_exchange_loses_an_option(module: str, loss: str, option: str, tmp_path: Path) -> None:
    package = module.partition(".")[0]
    if not find_spec(package):
        pytest.skip(f"{package} is not installed")
    imports, activations = TORCH if package == "torch" else KERAS
    scores = "nn.Linear(4, 3)(x)" if package == "torch" else "keras.layers.Dense(3)(x)"
    made = f"{module.replace('torch.', '')}.{loss}({option})"
    for number, activation in enumerate(activations.values()):
        given = "(p, y)" if package == "torch" else "(y, p)"
        path = tmp_path / f"case_{number}.py"
        path.write_text(
            f"{imports}\n\ndef f(x, y, w):\n    p = {activation.format(z=scores)}\n    return {made}{given}\n"
        )
        report = check([str(path)], Config(root=str(tmp_path), select=("ALL",)))
        assert not report.failures
        for fix in (fix for found in report.diagnostics for fix in found.fixes):
            source = source_file(str(path), path.read_bytes())
            kept(module, loss, option.partition("=")[0], edited(source, fix.edits).text)


def kept(module: str, loss: str, option: str, text: str) -> None:
    """The loss of a repaired program still knows the option, unless the option is what was repaired."""
    calls = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call)]
    named = {ast.unparse(call.func).rpartition(".")[2]: call for call in calls}
    new = next(name for name in named if name.endswith(("Loss", "entropy")) and hasattr(import_module(module), name))
    given = {keyword.arg for keyword in named[new].keywords}
    assert option in given or option in ("from_logits", "log_target"), text
    assert given <= set(inspect.signature(getattr(import_module(module), new)).parameters), text
    assert option != "weight" or OWN[new] == OWN[loss], text
