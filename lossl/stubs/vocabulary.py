"""The words that stubs are written in. A stub says `from lossl.stubs.vocabulary import *` and is then ordinary Python.

A stub file is a module of the framework: `torch/nn/functional.pyi` is `torch.nn.functional`. It may hold functions,
classes, `from x import y as z` and `name = other` (the same thing under another name), `import keras as keras`
(a module as an attribute), `@overload`s selected by `Literal` annotations (the first that fits wins; a value that is
not constant fits every one), and registries of names: `NAMES = {"relu": "keras.activations.relu"}`.
`__getattr__ = other` says what a name stands for that a program chooses at run time: `getattr(models, args.arch)`.
Only names, parameters in their order, defaults and these words matter; a parameter without a word is read by nobody.

WHAT A RETURN ANNOTATION MAY SAY

Meanings                  Logits, Probability, Distribution, LogProbability, LogDistribution, NonNegative, Bounded,
                          ClassIndices, OneHot, BinaryLabels, Loss. An argument of a distribution is its axis, an
                          argument of anything else its number of units, a second one the axis along which they lie; a
                          string names the parameter (of the call or of the constructor) that holds it:
                          `Distribution["dim"]`, `Logits["units", -1]`.
Tensor                    numbers of which nothing is known
Data                      as Tensor, but what is loaded: no output of a model
Anything                  an object of which nothing is known (also: no annotation)
Keeps                     what the parameter annotated `Keeps` is, unchanged: the same object, the same meaning, the
                          same axis. If it is a list or tuple, its elements joined
Drops["p", 0, "training", False]   as Keeps, but parts are set to zero at random; not if one of these options is given
                          that value, in the call or to the constructor
Reshapes                  the same meaning, but axis and units are forgotten
Part                      a part or a maximum over classes: a distribution becomes probabilities
Averages                  as Reshapes; what was cut off below zero is unknown, as a pooled head is deliberate
Clamps["min", "max"]      probabilities stay what they are; logits cut to within [0, 1] are unknown
MatrixProduct["a", "b"]   logits, unless one operand is a probability, a distribution or one-hot: a weighted sum; if the
                          other one is trained it is a layer all the same. Unknown if both operands are
Trained[A]                A, which is trained: the weights of a layer
LogOf["x"], ExpOf["x"], ComplementOf["x"]   logarithm, exponential, 1 - x of the parameter
Adds["x", "y"], Subtracts["x", "y"], Multiplies["x", "y"]   as the operators +, - and * do
FromNumbers["data"]       literal numbers: outside [0, 1] they are logits, unless all count (0, 1, 2); inside
                          nothing is known
Squared, Squared["y"]     numbers of which nothing is known but that they are squares or absolute values (if that
                          parameter is 2): a loss made of them takes anything
Filled[1], Filled["value"]    numbers all of which are that one, or what that parameter holds
Opaque[Distribution["dim"]]   the inner word, by something that does more than that: no fix takes it away
Self                      the receiver
Enters["autocast", "enabled"]   for `__enter__`: what is evaluated inside the `with` is within that context, unless
                          the option named behind it is not certainly true; returns the receiver
Decorator                 called with a function it gives back that function; called without one, or used in `with`,
                          it gives something that does
tuple[A, B], list[A]      a tuple of exactly these, a list of any number of A; `tuple[A, B, ...]` holds any number of B
                          behind A
Calls["forward"]          what the receiver's method or attribute of that name returns for the same arguments; those
                          of the parameters named behind it are left out: `Calls["__call__", "variables", "rngs"]`
CallsWith["compute_loss", "model"]   what the receiver's method or attribute of that name returns if the framework calls
                          it: with what the attributes hold that are named behind it, or what words there say; what it
                          has no such attribute for, and all other arguments, are unknown
Then[A, B]                A is evaluated for what happens on the way (a loss may be called), B is what comes out
Makes                     an object of the receiver (a class, or an object of it), made with the same arguments;
                          keywords that its constructor does not know become attributes. `Makes["path", "config"]`:
                          what the second parameter was given, or something unknown, takes the place of the first
New["transformers.modeling_outputs.ModelOutput"]   a new object of that class of a stub, made with what the
                          parameters or attributes hold that are named behind it: `New["flax.nnx._Definition", "node"]`;
                          with None, or with what a word says: `New["transformers.Output", None, Logits]`
Fields["setup"]           for a constructor of a class whose annotated names are its parameters, as in a dataclass:
                          they become attributes (those of base classes first), then that method, if one is named, is
                          called. A stub gives it another name: `def make(...) -> Fields` and `__init__ = make`
Hooked["hook", A]         A, handed on to what that attribute holds, if anything: called with the receiver, the
                          arguments and A, it may give something else than None, which then takes A's place
Does["modules", "items"]  what the method of that name of a dict or list gives that this attribute holds
CallsInTurn["layers"]     the first argument handed through every element of that attribute in turn
Gives["outputs"]          what that attribute (usually a constructor argument) holds; `Gives["graphdef", "node"]`: what
                          the attribute `node` of the object in it holds
Single["outputs"]         as Gives, but of a list of one its element
Item["layers"]            for `__getitem__`: the element of that attribute
Activated["activation", Logits["units"], "keras.activations.NAMES"]
                          the second word, then the activation that this attribute holds: None does nothing, a string
                          is looked up in that registry, anything else is called
Lookup["identifier", "keras.losses.NAMES"]   a string looked up in a registry; what is no string is given back
Appends["layers", "layer"]          puts the argument at the end of that attribute; returns None
Inserts["layers", "index", "layer"]   puts the argument at that place of that attribute; returns None
Pops["layers"]            takes the last element away from that attribute; returns None. `Pops["layers", "index"]`: the
                          element at that place, which is returned
SetsAttribute["name", "module"]     setattr with those two arguments; returns None
Sets["training", "mode"]            sets the attribute to the argument (or to a literal bool); returns the receiver
Applies["fn", "args"]               calls the argument `fn` with the others; if `args` is named, with what this
                          sequence holds, behind arguments named further on that the framework supplies
Meets["model", "loss", "prediction", "target"]   what holds the model is called with data, what holds the loss with
                          what that puts out and with a target, in this order; a class is made an object first. A
                          registry named behind them says which class takes the place of a loss; gives nothing known
Minimizes[A]              A, which training minimises: a loss that nobody knows is counted as unknown
A | B                     A if it can be had (the method or attribute exists and is not None), otherwise B

WHAT A PARAMETER ANNOTATION MAY SAY

Keeps                     see above
Needs[...]                the prediction argument of a loss and what it has to be, one of: SigmoidLogits, SoftmaxLogits,
                          DeclaredLogits["from_logits", "sigmoid"] (logits because that argument says so, and the
                          link the loss then applies), Probability, Distribution, LogDistribution, LogProbability. A
                          function or method with a `Needs` parameter is a loss. `Probability["autocast"]`: refused in
                          half precision; `LogProbability["reduction", "mean"]`: averaged over the classes, too, if
                          that option has that value
Target                    the target argument of a loss; never judged as a prediction, but logits are no target.
                          `Target["log_target"]`: log-probabilities if that option is true, else probabilities
Activates["softmax", "dim"]   the input of a sigmoid or softmax, and the axis or the parameter that holds it: it should
                          not be activated already
Logarithm                 the input of a logarithm
Thresholds                rounded, as probabilities are. `Thresholds["other"]`: compared with that parameter, if that is
                          a number between 0 and 1
Measured[...]             the input of a metric and what it has to be: Probability, or DeclaredLogits["from_logits"], as
                          that argument says. `Probability["threshold"]`: because it is compared with that parameter,
                          if all it holds lies between 0 and 1; `Probability[1]`: if it has that many units
LogitsParameter, ProbabilityParameter   handed to a distribution object as its logits, as its probabilities
Ordering                  reads only the order of values (argmax, topk, sort): it does not mind a sigmoid or softmax
Connects["target", "prediction", "keras.losses.NAMES"]
                          a loss handed to a method of a model: the receiver is called, and this loss is called with
                          its output as `prediction` and an unknown `target`, in this order; strings by registry.
                          A list or dict of losses belongs to the outputs one by one
HandsOn                   an object that is saved or exported: whoever calls it then is not in sight
Measures["target", "prediction", "keras.metrics.NAMES"]
                          metrics, handed over as by `Connects`: each of a list is called with what the receiver puts
                          out. What they are or belong to may not be known: then they just read it
Minimized                 what training minimises: a loss that nobody knows is counted as unknown
Literal[True]             selects this overload
Tensor, Anything, None    read, but nothing is needed

WHAT AN ATTRIBUTE ANNOTATION IN A CLASS MAY SAY

Mode                      whether the model trains or predicts (`training: Mode`)
Literal["binary"]         that constant; also of a name of the module
Made["torch.nn.Linear", "num_in", "num_out"]   an object of that class of a stub, which every new object holds there:
                          made with what the parameters of its constructor hold that are named behind it, or with
                          other objects: `head: Made["torch.nn.Sequential", Made["torch.nn.Dropout"], ...]`
any return annotation     `data: Keeps`, `T: Reshapes` (of the receiver), `logits: Logits`

A CLASS that derives from `Numbers` describes the methods of tensors: `class Tensor(Numbers)`, with `self: Keeps`.
Constructor arguments are attributes of the object under the parameters' names.
"""

from __future__ import annotations

from typing import Any, Literal, overload


class _Word:
    """A word of the vocabulary; subscripting keeps type checkers and readers happy."""

    def __class_getitem__(cls, arguments: Any) -> Any:
        return cls


class Numbers:
    """Base of the classes whose methods are those of tensors."""


WORDS = (
    "Logits",
    "Probability",
    "Distribution",
    "LogProbability",
    "LogDistribution",
    "NonNegative",
    "Bounded",
    "ClassIndices",
    "OneHot",
    "BinaryLabels",
    "Loss",
    "Tensor",
    "Data",
    "Anything",
    "Keeps",
    "Drops",
    "Reshapes",
    "Part",
    "LogOf",
    "ExpOf",
    "ComplementOf",
    "Adds",
    "Subtracts",
    "Multiplies",
    "FromNumbers",
    "Squared",
    "Trained",
    "Filled",
    "Averages",
    "Clamps",
    "MatrixProduct",
    "Opaque",
    "Self",
    "Enters",
    "Decorator",
    "Calls",
    "CallsWith",
    "Then",
    "Makes",
    "New",
    "Fields",
    "Applies",
    "Meets",
    "CallsInTurn",
    "Hooked",
    "Does",
    "Gives",
    "Single",
    "Item",
    "Activated",
    "Lookup",
    "Appends",
    "Inserts",
    "Pops",
    "SetsAttribute",
    "Sets",
    "Needs",
    "SigmoidLogits",
    "SoftmaxLogits",
    "DeclaredLogits",
    "Target",
    "Activates",
    "Logarithm",
    "Thresholds",
    "LogitsParameter",
    "ProbabilityParameter",
    "HandsOn",
    "Ordering",
    "Connects",
    "Measured",
    "Measures",
    "Minimized",
    "Minimizes",
    "Mode",
    "Made",
)

for _name in WORDS:
    globals()[_name] = type(_name, (_Word,), {})

__all__ = [*WORDS, "Any", "Literal", "Numbers", "overload"]  # noqa: PLE0604
