"""transformers.utils: the base of what models put out. Parameters as in transformers 5.24.0."""

from lossl.stubs.vocabulary import *

class ModelOutput:
    hidden_states: Anything
    attentions: Anything
    past_key_values: Anything
    def __getitem__(self, k) -> Anything: ...
    def get(self, key, default=None) -> Anything: ...
    def to_tuple(self) -> Anything: ...
