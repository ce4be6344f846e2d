"""Which functions lead to a loss, as far as names tell: too many are evaluated in vain, too few would be missed."""

from __future__ import annotations

from textwrap import dedent

import pytest

from lossl.source.mentions import mentioned
from lossl.source.reach import reaching

LEADS = {
    "it calls a loss": """
        import torch.nn.functional as F
        def here(x, y):
            return F.cross_entropy(x, y)
        """,
    "it calls what calls a loss": """
        import torch.nn.functional as F
        def deep(x, y):
            return F.cross_entropy(x, y)
        def here(x, y):
            return deep(x, y)
        """,
    "an attribute holds a loss": """
        import torch.nn as nn
        class Trainer:
            def __init__(self):
                self.criterion = nn.BCELoss()
            def here(self, x, y):
                return self.criterion(x, y)
        """,
    "an attribute holds what the constructor is given": """
        import torch.nn as nn
        class Trainer:
            def __init__(self, model, criterion):
                self.model, self.criterion = model, criterion
            def here(self, x, y):
                return self.criterion(x, y)
        trainer = Trainer(net, nn.BCELoss())
        """,
    "the constructor of a base class is given it": """
        import torch.nn as nn
        class Base:
            def __init__(self, criterion):
                self.criterion = criterion
            def here(self, x, y):
                return self.criterion(x, y)
        class Trainer(Base):
            def __init__(self):
                super().__init__(nn.BCELoss())
        """,
    "a factory makes it": """
        import torch.nn as nn
        def make(kind):
            table = {"bce": nn.BCELoss}
            return table[kind]()
        class Trainer:
            def __init__(self, kind):
                self.criterion = make(kind)
            def here(self, x, y):
                return self.criterion(x, y)
        """,
    "it is put under a name": """
        import torch.nn as nn
        class Trainer:
            def __init__(self):
                setattr(self, "criterion", nn.BCELoss())
            def here(self, x, y):
                return self.criterion(x, y)
        """,
    "it lies in a list": """
        import torch.nn as nn
        class Trainer:
            def __init__(self):
                self.losses = []
                self.losses.append(nn.BCELoss())
            def here(self, x, y):
                return sum(loss(x, y) for loss in self.losses)
        """,
    "a decorator registers it": """
        import torch.nn.functional as F
        LOSSES = {}
        def register(cls):
            LOSSES[cls.__name__] = cls
            return cls
        @register
        class Mine:
            def __call__(self, x, y):
                return F.cross_entropy(x, y)
        def here(x, y):
            return LOSSES["Mine"]()(x, y)
        """,
    "a decorator with arguments registers it": """
        import torch.nn.functional as F
        LOSSES = {}
        def register(name):
            def keep(cls):
                LOSSES[name] = cls
                return cls
            return keep
        @register("mine")
        class Mine:
            def __call__(self, x, y):
                return F.cross_entropy(x, y)
        def here(x, y):
            return LOSSES["mine"]()(x, y)
        """,
    "it comes from a string": """
        import torch.nn as nn
        def here(x, y):
            return getattr(nn, "BCELoss")()(x, y)
        """,
    "a model is compiled": """
        def here(model):
            model.compile("adam", "mse")
        """,
    "it is bound beforehand": """
        from functools import partial
        import torch.nn as nn
        class Step:
            def __init__(self, criterion):
                self.criterion = criterion
            def here(self, x, y):
                return self.criterion(x, y)
        make = partial(Step, nn.BCELoss())
        """,
    "an activation is judged without a loss": """
        import torch
        def here(x):
            return torch.sigmoid(x)
        """,
    "a threshold is judged without a loss": """
        def here(model, x):
            return model(x) > 0.5
        """,
    "it changes an object": """
        import torch.nn.functional as F
        class Net:
            def here(self, act):
                self.act = act
        def train(net, x, y):
            return F.cross_entropy(net(x), y)
        """,
}

LEADS_NOWHERE = {
    "it takes what a loss gave": """
        import torch.nn.functional as F
        def train(x, y):
            return F.cross_entropy(x, y)
        def here(history):
            return sum(history)
        here([train(1, 2)])
        """,
    "its parameter sounds like a loss": """
        import torch.nn.functional as F
        def train(x, y):
            return F.cross_entropy(x, y)
        def here(cross_entropy):
            return cross_entropy.item()
        """,
    "it says so in its docstring": """
        import torch.nn.functional as F
        def train(x, y):
            return F.cross_entropy(x, y)
        def here():
            '''As BCELoss does.'''
        """,
}


def names(code: str) -> frozenset[str]:
    """The last names of the functions that lead to a loss in a file of its own."""
    found = reaching({"/a.py": mentioned(dedent(code))}, lambda module, member, importer: None)["/a.py"]
    assert found is not None
    return frozenset(name.rpartition(".")[2] for name in found)


@pytest.mark.parametrize("why", LEADS)
def test_what_may_lead_to_a_loss_is_evaluated(why: str) -> None:
    assert "here" in names(LEADS[why])


@pytest.mark.parametrize("why", LEADS_NOWHERE)
def test_what_cannot_is_not(why: str) -> None:
    assert "here" not in names(LEADS_NOWHERE[why])


def test_imports_lead_from_file_to_file() -> None:
    files = {
        "/losses.py": mentioned("import torch.nn as nn\nclass Mine(nn.Module):\n    base = nn.BCELoss()\n"),
        "/pack/__init__.py": mentioned("from losses import *\n"),
        "/train.py": mentioned(
            "from pack import Mine as M\ndef here(x, y): return M()(x, y)\ndef other(x): return x\n"
        ),
        "/apart.py": mentioned("from elsewhere import Mine\ndef here(x, y): return Mine()(x, y)\n"),
    }
    paths = {"losses": "/losses.py", "pack": "/pack/__init__.py"}
    found = reaching(files, lambda module, member, importer: paths.get(module))
    assert found["/train.py"] == {"", "here"}
    assert "/apart.py" not in found


def test_what_was_not_read_may_lead_anywhere() -> None:
    """A file that is imported but not checked, and a file that cannot be read this way."""
    files = {"/a.py": mentioned("from b import f\ndef here(x): return f(x)\n"), "/broken.py": mentioned("def (:\n")}
    found = reaching(files, lambda module, member, importer: "/b.py" if module == "b" else None)
    assert found == {"/a.py": frozenset({"", "here"}), "/broken.py": None}


def test_the_users_own_losses_count() -> None:
    code = "from mylib import Focal\ndef here(x, y): return Focal()(x, y)\n"
    nowhere = reaching({"/a.py": mentioned(code)}, lambda module, member, importer: None)
    found = reaching({"/a.py": mentioned(code, {"Focal"})}, lambda module, member, importer: None)
    assert nowhere == {}
    assert found["/a.py"] == {"", "here"}
    own = reaching({"/b.py": mentioned("def Focal(x, y): return x - y\n", {"Focal"})}, lambda *_: None)
    assert own["/b.py"] == {"", "Focal"}
