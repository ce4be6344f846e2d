"""A metric is given logits for probabilities, or probabilities for logits.

## What it does

Finds metrics that read probabilities and are given logits: `BinaryAccuracy`, `Precision`, `Recall`, `AUC`,
`PrecisionAtRecall`, `BinaryCrossentropy` and their relatives of Keras, `log_loss` and `brier_score_loss` of
scikit-learn, `add_pr_curve` of TensorBoard. They may be handed to `compile` as objects or as strings, or be called. For
a model with one output, `metrics=["accuracy"]` is such a metric: Keras takes `BinaryAccuracy` for it, with a threshold
of 0.5. So that logits are known to be logits, what comes out of the same layer has to go into a loss that applies the
activation itself, as `BinaryCrossentropy(from_logits=True)` does. Log-probabilities are never right.

It also finds the opposite: a metric that is told `from_logits=True` and is given what went through an activation.

What only reads the order of the scores is left alone: accuracies over classes, `roc_auc_score`, and thresholds of 0.
So are the metrics of torchmetrics: they apply the sigmoid themselves to each batch in which anything lies outside of 0
to 1. Give them probabilities all the same, for a batch of logits may lie inside.

## Why is this bad?

The model is trained as it should be, but its figures are wrong, and with them the choice of the best epoch and of the
best model. Keras checks nothing and warns of nothing. A small network that tells one digit from the nine others,
trained for 20 epochs with Adam or SGD, had:

| metric | of logits | of probabilities |
|---|---|---|
| `AUC` | 0.848, 0.841 | 0.984, 0.981 |
| `AUC(curve="PR")` | 0.753, 0.730 | 0.907, 0.892 |
| `Recall` | 0.650, 0.596 | 0.700, 0.692 |
| `PrecisionAtRecall(0.9)` | 0, 0 | 0.706, 0.679 |
| `BinaryCrossentropy` | 0.488, 0.525 | 0.090, 0.106 |

The thresholds of an `AUC` lie between 0 and 1: all logits below 0 are the same to it, and all above 1. A threshold of
0.5 asks logits for a probability of 0.62.

Given probabilities, `AUC(from_logits=True)` hardly differs (0.983 instead of 0.984), as a second sigmoid keeps the
order, but `BinaryCrossentropy(from_logits=True)` shows 0.682 instead of 0.090. (In `compile`, on TensorFlow, Keras
warns and takes the logits from before the sigmoid.)

## Symptoms

- **AUC stays near 0.5 although the loss falls**: at first all logits lie below 0
- **recall is low, precision is high**: what lies between 0.50 and 0.62 is missed
- **precision at recall is 0**: no threshold between 0 and 1 reaches that recall
- **accuracy is lower than the loss promises**: a good loss and a wrong threshold
- **"Threshold values must be in [0, 1]"**: someone tried another threshold; 0 is one
- **"Expected a value in interval (0, 1)"**: what Keras 3.0 to 3.4 say of a threshold of 0
- **"assertion failed: [predictions must be <= 1]"**: what early versions of Keras 2 say of logits

## Example

```python
import keras

model = keras.Sequential([keras.layers.Dense(64, activation="relu"), keras.layers.Dense(1)])
model.compile(
    optimizer="adam",
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
```

## Use instead

```python
import keras

model = keras.Sequential([keras.layers.Dense(64, activation="relu"), keras.layers.Dense(1)])
model.compile(
    optimizer="adam",
    loss=keras.losses.BinaryCrossentropy(from_logits=True),
    metrics=[keras.metrics.BinaryAccuracy(threshold=0.0, name="accuracy")],
)
```

## Fix safety

No fix touches training. What is written in `compile`, and what applies the activation in the call of the metric, is
safe. The option of a metric that was made elsewhere is unsafe, for it may be given something else besides; so is
another threshold in place of one that somebody wrote.

The first versions of Keras 3 refuse a `BinaryAccuracy` with a threshold of 0; those before and since take it.

In `compile` there is not always a fix: `F1Score` refuses a threshold of 0, `PrecisionAtRecall` has no option, and no
threshold of logits is that of a softmax. Then an activation at the end of the model helps, with a loss without
`from_logits`.

To choose: an option of the metric is the local way and leaves the model and its loss alone. An activation at the end of
the model suits every metric, but asks for a loss of probabilities, which is less stable.

## References

- [`keras.metrics.AUC`](https://keras.io/api/metrics/classification_metrics/),
  [how `compile` understands `"accuracy"`](https://keras.io/api/models/model_training_apis/)
- Met in practice: [tensorflow#41413](https://github.com/tensorflow/tensorflow/issues/41413),
  [tensorflow#37103](https://github.com/tensorflow/tensorflow/issues/37103)
- [keras#20101](https://github.com/keras-team/keras/pull/20101), since which Keras 3 takes a threshold of 0;
  [keras#15715](https://github.com/keras-team/keras/issues/15715), where Keras 2 stopped
"""

from __future__ import annotations

from lossl.edits import drop_option, framework, input_name, loss_name, replace_choice, set_option, wrap_argument
from lossl.rule import Breach, Finding, Fix, LossCall, Meaning, NeedKind, Severity, offer, rule

LOGS = (Meaning.LOG_PROBABILITY, Meaning.LOG_DISTRIBUTION)
WITH_FLAG = ("AUC", "BinaryCrossentropy", "CategoricalCrossentropy", "SparseCategoricalCrossentropy")
THRESHOLDS = {
    "BinaryAccuracy": "threshold",
    "BinaryIoU": "threshold",
    **dict.fromkeys(
        ("Precision", "Recall", "TruePositives", "TrueNegatives", "FalsePositives", "FalseNegatives"), "thresholds"
    ),
}
ACTIVATIONS = {
    ("torch", "sigmoid"): ("torch.sigmoid", ""),
    ("torch", "softmax"): ("torch.softmax", "dim=1"),
    ("keras", "sigmoid"): ("keras.activations.sigmoid", ""),
    ("keras", "softmax"): ("keras.activations.softmax", ""),
    ("tensorflow", "sigmoid"): ("tensorflow.sigmoid", ""),
    ("tensorflow", "softmax"): ("tensorflow.nn.softmax", ""),
    ("sklearn", "sigmoid"): ("scipy.special.expit", ""),
    ("sklearn", "softmax"): ("scipy.special.softmax", "axis=1"),
}
"""What makes probabilities of logits, by the package of the metric and what the loss applies."""
TWICE = "an activation is applied a second time before it is measured"
ELSEWHERE = "the metric may be given something else besides"
CHOSEN = "somebody may have chosen this threshold for logits"


@rule(
    code="LSL402",
    name="metric-on-logits",
    needs=(NeedKind.METRIC, NeedKind.METRIC_LOGITS),
    found=(Meaning.LOGITS, *LOGS, Meaning.PROBABILITY, Meaning.DISTRIBUTION),
    severity=Severity.WARNING,
    since="0.1.0",
)
def check(breach: Breach) -> Finding | None:
    """Word what the metric is given; of logits only if a loss says that they are. Offer the metric of what it is."""
    if breach.need.kind is NeedKind.METRIC_LOGITS:
        message = f"{_metric(breach)} takes logits, but {_given(breach)}"
        return Finding(message, TWICE, _not_of_logits(breach))
    if breach.found.meaning in LOGS:
        message = f"{_metric(breach)} takes probabilities, but {_given(breach)}"
        return Finding(message, "none of them is above 0, where its thresholds begin")
    loss = next((call for call in breach.losses if _applied(call)), None)
    if loss is None:
        return None
    link = _applied(loss)
    message = (
        f"{_metric(breach)} takes probabilities, but {_given(breach)}: only {loss_name(loss)} applies {link} to them"
    )
    return Finding(message, _consequence(breach), _of_logits(breach, link) + _activated(breach, link))


def _applied(loss: LossCall) -> str:
    """The activation that a loss applies itself, empty if it applies none or nobody knows which."""
    if loss.need.kind is NeedKind.SIGMOID_LOGITS:
        return "sigmoid"
    return (loss.need.link or "") if loss.need.kind in (NeedKind.SOFTMAX_LOGITS, NeedKind.DECLARED_LOGITS) else ""


def _metric(breach: Breach) -> str:
    """The metric in the reader's own words: of what `compile` was given, what that stands for."""
    if breach.call.choice.form == "string" and breach.call.loss.endswith("._accuracy"):
        return f"`{breach.call.callee}` (BinaryAccuracy)"
    return loss_name(breach)


def _given(breach: Breach) -> str:
    verb = "holds" if breach.found.meaning is Meaning.LOGITS else "is"
    return f"{input_name(breach)} {verb} {breach.found.meaning.spoken}"


def _consequence(breach: Breach) -> str:
    if breach.need.flag is not None and breach.call.option(breach.need.flag) is not None:
        return "a threshold between 0 and 1 is one of probabilities"
    if breach.need.flag is not None or _name(breach) in (*THRESHOLDS, "_accuracy"):
        return "a threshold of 0.5 asks logits for a probability of 0.62"
    if framework(breach) == "sklearn":
        return "it stops with a ValueError as soon as one value leaves the range 0 to 1"
    return "what lies below 0 or above 1 is cut off, and the figure is wrong"


def _name(breach: Breach) -> str:
    return breach.call.loss.rpartition(".")[2]


def _of_logits(breach: Breach, link: str) -> tuple[Fix, ...]:
    """The metric as it reads logits: by an option, or with the threshold of logits; softmax has no such threshold."""
    if (link == "softmax") is not _name(breach).endswith("CategoricalCrossentropy"):
        return ()
    name, form = _name(breach), breach.call.choice.form
    risk = None if breach.call.wired and breach.call.choice.place == breach.call.argument.place else ELSEWHERE
    if name in ("_accuracy", "binary_accuracy", *THRESHOLDS) and form in ("string", "reference"):
        named = "" if form == "reference" else f", name={breach.call.callee}"
        option, cls = THRESHOLDS.get(name, "threshold"), name if name in THRESHOLDS else "BinaryAccuracy"
        edits = replace_choice(breach, f"keras.metrics.{cls}", f"{option}=0.0{named}")
        return offer(f"Use {cls} with {option}=0.0", edits, risk=risk)
    if name in THRESHOLDS:
        chosen = CHOSEN if breach.call.option(THRESHOLDS[name]) is not None else risk
        title = f"Set {THRESHOLDS[name]}=0.0"
        return offer(title, set_option(breach, THRESHOLDS[name], "0.0"), risk=chosen)
    if name not in WITH_FLAG:
        return ()
    if form == "string":
        edits = replace_choice(breach, breach.call.loss, f"from_logits=True, name={breach.call.callee}")
        return offer("Set from_logits=True", edits, risk=risk)
    return offer("Set from_logits=True", set_option(breach, "from_logits", "True"), risk=risk)


def _activated(breach: Breach, link: str) -> tuple[Fix, ...]:
    function, options = ACTIVATIONS.get((framework(breach), link), ("", ""))
    return offer(f"Apply {link} first", wrap_argument(breach, function, options)) if function else ()


def _not_of_logits(breach: Breach) -> tuple[Fix, ...]:
    """The metric without the option that says logits."""
    flag = breach.need.flag or ""
    risk = None if breach.call.wired and breach.call.choice.place == breach.call.argument.place else ELSEWHERE
    dropped = offer(f"Drop {flag}", drop_option(breach, flag), risk=risk) if framework(breach) == "keras" else ()
    return dropped or offer(f"Set {flag}=False", set_option(breach, flag, "False"), risk=risk)
