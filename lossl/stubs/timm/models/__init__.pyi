"""timm.models: what `create_model` makes puts out logits, unless another head was put in its place.

Parameters as in timm 1.0.31, with the two arguments of every model that matter.
"""

from lossl.stubs.vocabulary import *

from torch.nn import Module

class create_model(Module):
    num_features: Anything
    default_cfg: Anything
    pretrained_cfg: Anything
    def __init__(
        self, model_name, pretrained=False, pretrained_cfg=None, pretrained_cfg_overlay=None, checkpoint_path=None,
        cache_dir=None, scriptable=None, exportable=None, no_jit=None, num_classes=None, features_only=False, **kwargs
    ): ...
    @overload
    def forward(
        self, x: Tensor, *, features_only: Literal[False]
    ) -> Calls["fc"] | Calls["head"] | Calls["classifier"] | Calls["last_linear"] | Logits["num_classes"]: ...
    @overload
    def forward(self, x: Tensor) -> Anything: ...
    def forward_features(self, x: Tensor) -> Tensor: ...
    def forward_head(self, x: Tensor, pre_logits=False) -> Tensor: ...
    def get_classifier(self) -> Anything: ...
    def reset_classifier(self, num_classes, global_pool=None) -> None: ...
