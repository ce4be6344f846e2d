"""What a rule author calls, with `lossl.rule`: words for a message, edits for a fix, and what the fix would risk.

A breach goes in; edits come out, or None where the edit cannot be written. Edits are ranges of the original text, so
that everything else stays byte for byte. New code is written in the file's own style: with the imports it has,
importing what is needed and no longer importing what is not.
"""

from lossl.edits.activation import exchange_activation, remove_activation, remove_dropout, wrap_argument
from lossl.edits.beside import exchange_arguments, exchange_number, given_data
from lossl.edits.logarithm import logarithm_of, take_logarithm
from lossl.edits.loss import (
    drop_option,
    exchange_loss,
    exchange_with_loss,
    name_argument,
    rename_option,
    replace_choice,
    set_option,
)
from lossl.edits.moving import move_activation
from lossl.edits.risk import assuming, both, fed, only_reader, removal_risk, sharing_risk, sole_source
from lossl.edits.second import part_of_model, remove_second, written_apart
from lossl.edits.wording import (
    activation_name,
    framework,
    imported_name,
    input_name,
    input_state,
    loss_name,
    short,
    twin,
)
from lossl.stubs.idioms import BCE_FOR_LOGITS

__all__ = [
    "BCE_FOR_LOGITS",
    "activation_name",
    "assuming",
    "both",
    "drop_option",
    "exchange_activation",
    "exchange_arguments",
    "exchange_loss",
    "exchange_number",
    "exchange_with_loss",
    "fed",
    "framework",
    "given_data",
    "imported_name",
    "input_name",
    "input_state",
    "logarithm_of",
    "loss_name",
    "move_activation",
    "name_argument",
    "only_reader",
    "part_of_model",
    "removal_risk",
    "remove_activation",
    "remove_dropout",
    "remove_second",
    "rename_option",
    "replace_choice",
    "set_option",
    "sharing_risk",
    "short",
    "sole_source",
    "take_logarithm",
    "twin",
    "wrap_argument",
    "written_apart",
]
