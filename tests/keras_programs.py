"""Keras programs with one mistake, made up by hypothesis: `keras_programs()` draws the model, the loss, what is around.

The activation stands in any of its forms (an argument, a layer, a function), the loss is a class, a function, a string
or a flag, compiled or called; functions are decorated. They are checked and repaired, not run.
"""

from __future__ import annotations

from hypothesis import strategies as st

from tests.programs import Case, Draw, Lines, Page, Program, saved
from tests.scribble import scribbled

CASES = (
    Case("from-logits-after-activation", "sigmoid", "BinaryCrossentropy", "from_logits=True"),
    Case("from-logits-after-activation", "softmax", "CategoricalCrossentropy", "from_logits=True"),
    Case("from-logits-after-activation", "softmax", "SparseCategoricalCrossentropy", "from_logits=True"),
    Case("from-logits-after-activation", "softmax", "BinaryCrossentropy", "from_logits=True"),
    Case("logits-into-bce", "", "BinaryCrossentropy", ""),
    Case("logits-into-categorical-crossentropy", "", "CategoricalCrossentropy", ""),
    Case("logits-into-categorical-crossentropy", "", "SparseCategoricalCrossentropy", ""),
    Case("sigmoid-for-exclusive-classes", "sigmoid", "SparseCategoricalCrossentropy", ""),
    Case("softmax-for-independent-labels", "softmax", "BinaryCrossentropy", ""),
    Case("squashed-logits", "relu", "BinaryCrossentropy", "from_logits=True"),
    Case("squashed-logits", "relu", "CategoricalCrossentropy", ""),
)
FUNCTIONS = {
    "BinaryCrossentropy": "binary_crossentropy",
    "CategoricalCrossentropy": "categorical_crossentropy",
    "SparseCategoricalCrossentropy": "sparse_categorical_crossentropy",
}
LAYERS = {"sigmoid": 'Activation("sigmoid")', "softmax": "Softmax()", "relu": "ReLU()"}
STYLES = {
    "keras": "import keras",
    "tf.keras": "import tensorflow as tf",
    "keras ": "from tensorflow import keras",
    "parts": "from keras import layers, losses, activations, models, Input",
}
"""How a file comes by Keras; `parts` imports its modules."""


def named(page: Page, style: str, name: str) -> str:
    """How a file of that style writes `layers.Dense` and the like, imported on the way."""
    page.imports[STYLES[style]] = None
    if style == "parts":
        return f"models.{name}" if name in ("Sequential", "Model") else name
    return f"{style.strip()}.{name}"


def model(page: Page, style: str, activation: str, units: int) -> str:
    """Writes a model that ends in the activation; gives its name."""
    layers = named(page, style, "layers")
    hidden = f"{layers}.Dense(5, activation={page.one_of(chr(34) + 'tanh' + chr(34), repr('tanh'))})"
    form = page.one_of("string", "function", "layer", "call") if activation else "none"
    option = {
        "string": f', activation="{activation}"',
        "function": f", activation={layers[:-6]}activations.{activation}",
    }
    if style == "parts":
        option["function"] = f", activation=activations.{activation}"
    head = f"{layers}.Dense({units}{option.get(form, '')})"
    last = [f"{layers}.{LAYERS[activation]}"] if form in ("layer", "call") else []
    kind = page.one_of("list", "add", "functional", "subclass")
    if kind == "list":
        page.lines += [f"model = {named(page, style, 'Sequential')}([{', '.join([hidden, head, *last])}])"]
    elif kind == "add":
        page.lines += [f"model = {named(page, style, 'Sequential')}()"]
        page.lines += [f"model.add({layer})" for layer in (hidden, head, *last)]
    elif kind == "functional":
        page.lines += [f"inputs = {named(page, style, 'Input')}((4,))", f"h = {hidden}(inputs)", f"out = {head}(h)"]
        page.lines += [f"out = {layer}(out)" for layer in last]
        page.lines += [f"model = {named(page, style, 'Model')}(inputs, out)"]
    else:
        page.lines += subclass(page, style, hidden, head, last)
    return "model"


def subclass(page: Page, style: str, hidden: str, head: str, last: Lines) -> Lines:
    """A model as a class of its own."""
    lines = [f"class Net({named(page, style, 'Model')}):", "    def __init__(self):", "        super().__init__()"]
    lines += [f"        self.hidden = {hidden}", f"        self.head = {head}"]
    lines += [f"        self.act = {layer}" for layer in last]
    body = "self.head(self.hidden(inputs))"
    lines += ["", *decorator(page, "    "), "    def call(self, inputs, training=False):"]
    return [*lines, f"        return {f'self.act({body})' if last else body}", "", "model = Net()"]


def decorator(page: Page, indent: str) -> Lines:
    """Perhaps a decorator that changes nothing, above a function."""
    if page.one_of(True, False):
        return []
    if "timed" not in page.lines[:1]:
        page.lines[:0] = ["timed = lambda function: function"]
    return [f"{indent}@timed"]


def loss(page: Page, style: str, case: Case) -> tuple[str, str]:
    """The loss for `compile`, and how it is called."""
    losses, flag = named(page, style, "losses"), case.meant
    extra = page.one_of("", "", "label_smoothing=0.1") if not case.loss.startswith("Sparse") else ""
    options = ", ".join(part for part in page.draw(st.permutations([extra, flag])) if part)  # type: ignore[attr-defined]
    made = f"{losses}.{case.loss}({options})"
    function = f"{losses}.{FUNCTIONS[case.loss]}"
    forms = ["class", "name"] if options else ["class", "name", "string", "reference"]
    form = page.one_of(*forms)
    if form == "name":
        page.lines += [f"criterion = {made}"]
        return "criterion", "criterion(y, {})"
    if form == "string":
        return f'"{FUNCTIONS[case.loss]}"', f"{function}(y, {{}})"
    if form == "reference":
        return function, f"{function}(y, {{}})"
    return made, page.one_of(f"{made}(y, {{}})", f"{function}(y, {{}}{', ' if options else ''}{options})")


def training(page: Page, compiled: str, called: str) -> None:
    """Writes how the loss is used: compiled, or called in a step; and who else reads the output."""
    if page.one_of(True, False):
        page.lines += [
            f"model.compile({page.one_of('optimizer=' + chr(34) + 'adam' + chr(34) + ', ', '')}loss={compiled})"
        ]
        page.lines += ["model.fit(x, y)"]
        return
    given = page.one_of("model(x)", "p")
    body = [] if given == "model(x)" else [page.one_of("p = model(x)", "p = model(x, training=True)")]
    body += [f"value = {called.format(given)}"]
    body += page.one_of([], [], [f"print(f'{{{given}}} {{value!r:>{{4}}}}')"], [f"found = {given} > 0.5"])
    if page.one_of(True, False):
        page.lines += [*decorator(page, ""), "def step(x, y):", *(f"    {line}" for line in body), "    return value"]
        page.lines += ["", "print(step(x, y))"]
    else:
        page.lines += body


@st.composite
def keras_programs(draw: Draw[object]) -> Program:
    """A program with one mistake in one file, scribbled in and saved in some way."""
    case: Case = draw(st.sampled_from(CASES))  # type: ignore[assignment, arg-type]
    page, comments = Page(draw), list[str]()
    style = page.one_of(*STYLES)
    units = 1 if case.loss.startswith("Binary") and case.activation != "softmax" and page.one_of(True, False) else 3
    page.imports["import numpy as np"] = None
    page.lines += [f"x, y = np.zeros((6, 4)), np.zeros((6, {units}))"]
    model(page, style, case.activation, units)
    training(page, *loss(page, style, case))
    text = scribbled(draw, page.text(), comments)
    return Program(case, "", saved(draw, {"train": text}), "train.py", tuple(comments))
