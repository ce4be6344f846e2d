"""transformers.trainer_seq2seq: a trainer that may generate when it predicts. Parameters as in transformers 5.24.0."""

from lossl.stubs.vocabulary import *

from transformers.trainer import Trainer

class Seq2SeqTrainer(Trainer):
    def train(
        self, resume_from_checkpoint=None, trial=None, ignore_keys_for_eval=None
    ) -> Then[CallsWith["training_step", "model", "inputs"], Anything]: ...
    def predict(self, test_dataset, ignore_keys=None, metric_key_prefix="test", **gen_kwargs) -> Anything: ...
