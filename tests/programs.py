"""Programs with one mistake, made up by hypothesis: `programs()` draws the model, the loss, and where both stand."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeVar

from hypothesis import strategies as st

from tests.scribble import scribbled, written

T = TypeVar("T")
Draw = Callable[[st.SearchStrategy[T]], T]
Lines = list[str]


@dataclass(frozen=True)
class Case:
    """An activation (short name, empty if there is none) before a loss; `meant` names the loss that is meant."""

    rule: str
    activation: str
    loss: str
    meant: str


CASES = (
    Case("double-sigmoid", "sigmoid", "BCEWithLogitsLoss", "binary"),
    Case("double-softmax", "softmax", "CrossEntropyLoss", "classes"),
    Case("nll-without-log-softmax", "softmax", "NLLLoss", "classes"),
    Case("nll-without-log-softmax", "", "NLLLoss", "classes"),
    Case("nll-without-log-softmax", "sigmoid", "NLLLoss", "classes"),
    Case("logits-into-bce", "", "BCELoss", "binary"),
    Case("squashed-logits", "relu", "CrossEntropyLoss", "classes"),
    Case("squashed-logits", "relu", "BCEWithLogitsLoss", "binary"),
    Case("squashed-logits", "relu", "BCELoss", "binary"),
    Case("squashed-logits", "tanh", "NLLLoss", "classes"),
    Case("log-probabilities-into-bce", "logsigmoid", "BCEWithLogitsLoss", "binary"),
    Case("log-probabilities-into-bce", "logsigmoid", "BCELoss", "binary"),
    Case("log-probabilities-into-bce", "log_softmax", "BCEWithLogitsLoss", "binary"),
    Case("sigmoid-for-exclusive-classes", "sigmoid", "CrossEntropyLoss", "classes"),
    Case("softmax-for-independent-labels", "softmax", "BCELoss", "binary"),
    Case("kl-div-without-log", "softmax", "KLDivLoss", "divergence"),
)
LAYERS = {
    "sigmoid": "Sigmoid",
    "softmax": "Softmax",
    "log_softmax": "LogSoftmax",
    "logsigmoid": "LogSigmoid",
    "relu": "ReLU",
    "tanh": "Tanh",
}
FUNCTIONS = {
    "BCEWithLogitsLoss": "binary_cross_entropy_with_logits",
    "BCELoss": "binary_cross_entropy",
    "CrossEntropyLoss": "cross_entropy",
    "NLLLoss": "nll_loss",
    "KLDivLoss": "kl_div",
}
METHODS = ("sigmoid", "softmax", "log_softmax", "relu", "tanh")
OPTIONS = {
    "BCEWithLogitsLoss": ("", "", 'reduction="sum"', "pos_weight=torch.tensor([2.0])"),
    "CrossEntropyLoss": ("", "", 'reduction="sum"', "label_smoothing=0.1"),
    "KLDivLoss": ('reduction="batchmean"', 'reduction="sum"'),
}
MODULES = {
    "nn": ("import torch.nn as nn", "from torch import nn"),
    "F": ("import torch.nn.functional as F", "from torch.nn import functional as F"),
}


@dataclass(frozen=True)
class Program:
    """A program by file name; `main` is the file to run, whose `loss` is what `case` and `options` speak of."""

    case: Case
    options: str
    files: dict[str, bytes]
    main: str
    comments: tuple[str, ...] = ()


@dataclass
class Page:
    """One file being written: its lines, and the imports that they turned out to need."""

    draw: Draw[object]
    imports: dict[str, None] = field(default_factory=dict)
    lines: Lines = field(default_factory=list)

    def one_of(self, *choices: T) -> T:
        """One of the choices."""
        return self.draw(st.sampled_from(choices))  # type: ignore[arg-type, return-value]

    def name(self, qualified: str) -> str:
        """How this file writes a name of the framework, imported on the way."""
        module, _, last = qualified.rpartition(".")
        ways = ["torch", "from"]
        if module in ("torch.nn", "torch.nn.functional"):
            ways += ["short"] * 3
        way = self.one_of(*ways)
        if way == "from":
            self.imports[f"from {module} import {last}"] = None
            return last
        if way == "torch":
            self.imports["import torch"] = None
            return qualified
        short = "nn" if module == "torch.nn" else self.one_of("F", "nn")
        self.imports[next((i for i in MODULES[short] if i in self.imports), self.one_of(*MODULES[short]))] = None
        return f"{short}.{last}" if short == "F" or module == "torch.nn" else f"nn.functional.{last}"

    def text(self) -> str:
        """The file as it is when nobody has scribbled in it."""
        order = self.draw(st.permutations(list(self.imports)))
        return "\n".join([*order, "", *self.lines]) + "\n"  # type: ignore[misc]


def applied(page: Page, activation: str, value: str) -> str:
    """The activation of an expression, in one of the forms in which it can be called."""
    axis = "" if "soft" not in activation else page.one_of("1", "dim=1", "dim=-1", "-1")
    options = f", {axis}" if axis else ""
    form = page.one_of("function", "function", "method", "layer", "keyword")
    if form == "method" and activation in METHODS:
        return f"{value}.{activation}({axis})"
    if form == "layer":
        return f"{layer(page, activation)}({value})"
    module = "torch" if activation in METHODS and page.one_of(True, False) else "torch.nn.functional"
    first = f"input={value}" if form == "keyword" and module != "torch" else value
    options = f", dim={axis}" if "=" in first and axis and "=" not in axis else options
    return f"{page.name(f'{module}.{activation}')}({first}{options})"


def layer(page: Page, activation: str) -> str:
    """The layer of an activation, constructed."""
    options = page.one_of("dim=1", "1", "dim=-1") if "soft" in activation else ""
    return f"{page.name(f'torch.nn.{LAYERS[activation]}')}({options})"


def network(page: Page, activation: str, classes: int) -> str:
    """Writes a model with the activation in it; gives the expression that makes one."""
    hidden = f"{page.name('torch.nn.Linear')}(4, 5)", f"{page.name('torch.nn.' + page.one_of('ReLU', 'Tanh'))}()"
    head = f"{page.name('torch.nn.Linear')}(5, {classes})"
    last = (layer(page, activation),) if activation else ()
    layers = page.one_of((*hidden, head), (hidden[0], head))
    if page.one_of(True, False):
        return sequential(page, (*layers, *last))
    page.lines += [f"class Net({page.name('torch.nn.Module')}):"]
    style = page.one_of("call", "attribute", "parameter", "chain") if activation else "call"
    first = "def __init__(self, act):" if style == "parameter" else "def __init__(self):"
    page.lines += [f"    {first}", "        super().__init__()"]
    inner = Page(page.draw, page.imports)
    body = sequential(inner, (*layers, *last) if style == "chain" else layers)
    page.lines += [f"        {line}" for line in inner.lines] + [f"        self.body = {body}"]
    if style == "attribute":
        page.lines += [f"        self.act = {last[0]}"]
    if style == "parameter":
        page.lines += ["        self.act = act"]
    page.lines += ["", *(f"    {line}" for line in forward(page, style, activation)), ""]
    return f"Net({last[0]})" if style == "parameter" else "Net()"


def forward(page: Page, style: str, activation: str) -> Lines:
    """The method `forward`, without its class."""
    output = "self.body(x)"
    result = {"attribute": f"self.act({output})", "parameter": f"self.act({output})", "chain": output}.get(style, "")
    if not result:
        stored = page.one_of(True, False)
        result = applied(page, activation, "out" if stored else output) if activation else output
        if stored and activation:
            return [
                "def forward(self, x):",
                *page.one_of(
                    ["    out = self.body(x)", f"    return {result}"],
                    ["    out = self.body(x)", f"    out = {result}", "    return out"],
                    ["    if (out := self.body(x)) is not None:", f"        return {result}"],
                ),
            ]
    return ["def forward(self, x):", f"    return {result}"]


def sequential(page: Page, layers: tuple[str, ...]) -> str:
    """A chain of these layers, in one of the ways to build one."""
    chain = page.name("torch.nn.Sequential")
    numbered = [f'("layer{number}", {each})' for number, each in enumerate(layers)]
    match page.one_of("plain", "plain", "list", "append", "add", "extend", "ordered", "module"):
        case "list":
            return f"{chain}(*[{', '.join(layers)}])"
        case "append":
            page.lines += [f"layers = [{layers[0]}]", *(f"layers.append({each})" for each in layers[1:])]
            return f"{chain}(*layers)"
        case "add":
            page.lines += [f"layers = [{', '.join(layers[:-1])}]", f"layers += [{layers[-1]}]"]
            return f"{chain}(*layers)"
        case "extend":
            page.lines += [f"layers = [{layers[0]}]", f"layers.extend([{', '.join(layers[1:])}])"]
            return f"{chain}(*layers)"
        case "ordered":
            page.imports["from collections import OrderedDict"] = None
            return f"{chain}(OrderedDict([{', '.join(numbered)}]))"
        case "module":
            page.lines += [f"chain = {chain}()", *(f"chain.add_module{each}" for each in numbered)]
            return "chain"
    return f"{chain}({', '.join(layers)})"


def criterion(page: Page, loss: str, options: str) -> str:
    """Writes what the loss needs; gives the callee of the loss call."""
    function = page.name(f"torch.nn.functional.{FUNCTIONS[loss]}")
    made = f"{page.name(f'torch.nn.{loss}')}({options})"
    if "torch." in options:
        page.imports["import torch"] = None
    match page.one_of("name", "name", "inline", "function", "dict", "default", "partial", "attribute", "lambda"):
        case "inline":
            return made
        case "function" if not options:
            return function
        case "dict":
            page.lines += [f'LOSSES = {{"main": {made}, "other": {page.name("torch.nn.MSELoss")}()}}']
            return 'LOSSES["main"]'
        case "default":
            page.lines += [f"def measure(output, target, loss_function={made}):"]
            page.lines += ["    return loss_function(output, target)", ""]
            return "measure"
        case "partial":
            page.imports["from functools import partial"] = None
            page.lines += [f"criterion = partial({function}{f', {options}' if options else ''})"]
        case "attribute":
            page.lines += ["class Task:", "    def __init__(self):", f"        self.criterion = {made}", ""]
            page.lines += ["task = Task()"]
            return "task.criterion"
        case "lambda":
            page.lines += [f"criterion = lambda output, target: {made}(output, target)"]
        case _:
            page.lines += [f"criterion = {made}"]
    return "criterion"


READERS = (
    "SEEN.append({}.argmax(dim=-1).tolist())",
    "SEEN.append(({} > 0.5).tolist())",
    "SEEN.append(f'{{{}.mean().item():.4f}}')",
    "SEEN.append(torch.topk({}, 1)[1].tolist())",
    "SEEN.append({}.detach().sum().item())",
    "SEEN.append(predict({}))",
)
DATA = {
    "binary": "torch.randint(0, 2, (6, {})).float()",
    "classes": "torch.randint(0, {}, (6,))",
    "divergence": "torch.softmax(torch.randn(6, {}), dim=1)",
}


def training(page: Page, callee: str, model: str, activation: str, case: Case) -> None:
    """Writes the loss call, whatever stands around it, and who else reads the output."""
    readers = [page.one_of(*READERS) for _ in range(page.one_of(0, 0, 1, 2))]
    output = applied(page, activation, "model(x)") if activation else "model(x)"
    if any("predict" in reader for reader in readers):
        page.lines += ["def predict(values):", "    return [round(v, 3) for v in values.flatten().tolist()]", ""]
    if any("torch" in reader for reader in readers):
        page.imports["import torch"] = None
    page.lines += [f"model = {model}"]
    inline = page.one_of(True, False)
    given = output if inline else "p"
    call = page.one_of(f"{callee}({given}, y)", f"{callee}({given}, y)", f"{callee}({given}, target=y)")
    if "measure" in callee or "lambda" in "".join(page.lines[-8:]) or callee == "criterion":
        call = f"{callee}({given}, y)"
    if not inline and page.one_of(True, False, False):
        call = page.one_of(f"{callee}(*(p, y))", f"{callee}(*[p], y)")
    body = [] if inline else [f"p = {output}"]
    body += [f"loss = {call}", *(reader.format(given) for reader in readers)]
    match page.one_of("module", "loop", "function", "with"):
        case "loop":
            page.lines += ["for step in range(2):", *(f"    {line}" for line in body)]
        case "function":
            page.lines += ["def train(model, x, y):", *(f"    {line}" for line in body), "    return loss", ""]
            page.lines += ["loss = train(model, x, y)"]
        case "with":
            page.imports["import torch"] = None
            page.lines += ["with torch.enable_grad():", *(f"    {line}" for line in body)]
        case _:
            page.lines += body


def pages(draw: Draw[object], case: Case, options: str) -> dict[str, str]:
    """The texts of the files, by name: the model may have one of its own, and so may the loss."""
    main = Page(draw)
    classes = 3 if case.meant != "binary" or case.activation in ("softmax", "log_softmax") else main.one_of(1, 3)
    inside = bool(case.activation) and main.one_of(True, True, False)
    files: dict[str, Page] = {"train": main}
    model_page = main
    if main.one_of(True, False):
        model_page = files["parts"] = Page(draw)
    main.imports["import torch"] = None
    main.lines += [
        "torch.manual_seed(0)",
        "SEEN = []",
        f"x = torch.randn(6, 4); y = {DATA[case.meant].format(classes)}",
    ]
    made = network(model_page, case.activation if inside else "", classes)
    if model_page is not main:
        model_page.lines += ["def build():", f"    return {made}", ""]
        main.imports[main.one_of("from parts import build", "import parts")] = None
        made = "build()" if "from parts import build" in main.imports else "parts.build()"
    callee = criterion(main, case.loss, options)
    training(main, callee, made, "" if inside else case.activation, case)
    return {name: page.text() for name, page in files.items()}


@st.composite
def programs(draw: Draw[object]) -> Program:
    """A program with one mistake, in one file or two or a notebook, scribbled in and saved in some way."""
    case: Case = draw(st.sampled_from(CASES))  # type: ignore[assignment, arg-type]
    options: str = draw(st.sampled_from(OPTIONS.get(case.loss, ("",))))  # type: ignore[assignment, arg-type]
    texts = pages(draw, case, options)
    comments: list[str] = []
    if draw(st.sampled_from((False, False, False, True))):
        texts = {name: scribbled(draw, text, comments) for name, text in texts.items()}
        main = notebook(draw, texts.pop("train"))
        return Program(case, options, {"train.ipynb": main, **saved(draw, texts)}, "train.ipynb", tuple(comments))
    texts = {name: scribbled(draw, text, comments) for name, text in texts.items()}
    return Program(case, options, saved(draw, texts), "train.py", tuple(comments))


def saved(draw: Draw[object], texts: dict[str, str]) -> dict[str, bytes]:
    """The files as bytes."""
    return {f"{name}.py": written(draw, text) for name, text in texts.items()}


def notebook(draw: Draw[object], text: str) -> bytes:
    """A notebook of this code, cut into cells where a statement begins that is not indented."""
    cells: list[str] = [""]
    for line in text.splitlines(keepends=True):
        starts = line[:1].isidentifier() and not cells[-1].endswith("\\\n")
        if starts and _complete(cells[-1]) and draw(st.sampled_from((True, False, False))):
            cells.append("")
        cells[-1] += line
    listed = [
        {"cell_type": "code", "execution_count": None, "metadata": {"tag": number}, "outputs": [], "source": source}
        for number, cell in enumerate(cells)
        for source in [cell.removesuffix("\n").splitlines(keepends=True)]
    ]
    indent = draw(st.sampled_from((None, 1, 2)))
    content = {"cells": listed, "metadata": {"é": "\u2028"}, "nbformat": 4, "nbformat_minor": 4}
    return json.dumps(content, indent=indent, ensure_ascii=False).encode()  # type: ignore[arg-type]


def _complete(cell: str) -> bool:
    """True if the cell can end here."""
    try:
        compile(cell, "cell", "exec")
    except SyntaxError:
        return False
    return True
