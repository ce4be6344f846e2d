"""transformers.modeling_outputs: what models with a head put out. Its place `0` is the loss if labels were given."""

from lossl.stubs.vocabulary import *

class ModelOutput:
    loss: Loss
    logits: Logits
    hidden_states: Anything
    attentions: Anything
    last_hidden_state: Anything
    past_key_values: Anything
    @overload
    def __getitem__(self, key: Literal["logits"]) -> Logits: ...
    @overload
    def __getitem__(self, key: Literal["loss"]) -> Loss: ...
    @overload
    def __getitem__(self, key) -> Anything: ...
    @overload
    def get(self, key: Literal["logits"], default=None) -> Logits: ...
    @overload
    def get(self, key: Literal["loss"], default=None) -> Loss: ...
    @overload
    def get(self, key, default=None) -> Anything: ...
    def to_tuple(self) -> Anything: ...

class BaseModelOutput(ModelOutput):
    """Of a model without a head whose last layer is a normalisation: real numbers of either sign."""
    last_hidden_state: Logits
    logits: Anything
