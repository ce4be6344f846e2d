"""transformers.trainer: what trains a model with its own loss or another. Parameters as in transformers 5.24.0."""

from lossl.stubs.vocabulary import *

class Trainer:
    args: Anything
    state: Anything
    control: Anything
    accelerator: Anything
    optimizer: Anything
    lr_scheduler: Anything
    def __init__(
        self, model=None, args=None, data_collator=None, train_dataset=None, eval_dataset=None, processing_class=None,
        model_init=None, compute_loss_func=None, compute_metrics=None, callbacks=None, optimizers=(None, None),
        optimizer_cls_and_kwargs=None, preprocess_logits_for_metrics=None
    ): ...
    @overload
    def train(
        self, resume_from_checkpoint=None, trial=None, ignore_keys_for_eval=None, *,
        preprocess_logits_for_metrics: Literal[None]
    ) -> Then[
        CallsWith["training_step", "model", "inputs"],
        Then[CallsWith["compute_metrics", New["transformers.trainer_utils._Evaluated", CallsWith["model"]]], Anything]
    ]: ...
    @overload
    def train(
        self, resume_from_checkpoint=None, trial=None, ignore_keys_for_eval=None
    ) -> Then[CallsWith["training_step", "model", "inputs"], Anything]: ...
    def training_step(self, model, inputs, num_items_in_batch=None) -> Calls["compute_loss"]: ...
    @overload
    def compute_loss(
        self, model, inputs, return_outputs: Literal[False] = False, num_items_in_batch=None
    ) -> Then[Meets["model", "compute_loss_func", "prediction", "target"], Then[CallsWith["model"], Loss]]: ...
    @overload
    def compute_loss(
        self, model, inputs, return_outputs=False, num_items_in_batch=None
    ) -> tuple[Loss, CallsWith["model"]]: ...
    def prediction_step(self, model, inputs, prediction_loss_only, ignore_keys=None) -> Anything: ...
    def evaluate(self, eval_dataset=None, ignore_keys=None, metric_key_prefix="eval") -> Anything: ...
    @overload
    def predict(
        self, test_dataset, ignore_keys=None, metric_key_prefix="test", *, preprocess_logits_for_metrics: Literal[None]
    ) -> New["transformers.trainer_utils._Predicted", CallsWith["model"]]: ...
    @overload
    def predict(self, test_dataset, ignore_keys=None, metric_key_prefix="test") -> Anything: ...
    def save_model(self, output_dir=None, _internal_call=False) -> None: ...
    def log(self, logs, start_time=None) -> None: ...
    def add_callback(self, callback) -> None: ...
    def remove_callback(self, callback) -> None: ...
