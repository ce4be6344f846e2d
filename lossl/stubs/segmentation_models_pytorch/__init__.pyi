"""segmentation_models_pytorch: models that put out logits, unless they are given an activation.

Parameters as in version 0.6.0. With `aux_params` a model puts out masks and labels. A function that makes a model is
written as a class here.
"""

from lossl.stubs.vocabulary import *

from torch.nn import Module

NAMES = {
    "identity": "torch.nn.Identity",
    "sigmoid": "torch.sigmoid",
    "softmax2d": "torch.nn.Softmax2d",
    "softmax": "torch.nn.Softmax",
    "logsoftmax": "torch.nn.LogSoftmax",
    "tanh": "torch.tanh",
}

class SegmentationModel(Module):
    encoder: Anything
    decoder: Anything
    @overload
    def forward(self, x: Tensor, *, aux_params: Literal[None]) -> Calls["segmentation_head"] | Calls["_masks"]: ...
    @overload
    def forward(self, x: Tensor) -> tuple[Calls["segmentation_head"] | Calls["_masks"], Anything]: ...
    def _masks(self, x: Tensor) -> Activated["activation", Logits["classes"], "segmentation_models_pytorch.NAMES"]: ...
    def predict(self, x: Tensor) -> Calls["forward"]: ...

class create_model(SegmentationModel):
    def __init__(
        self, arch, encoder_name="resnet34", encoder_weights="imagenet", in_channels=3, classes=1, activation=None,
        aux_params=None, **kwargs
    ): ...

class DeepLabV3(SegmentationModel):
    def __init__(
        self, encoder_name="resnet34", encoder_depth=5, encoder_weights="imagenet", encoder_output_stride=8,
        decoder_channels=256, decoder_atrous_rates=(12, 24, 36), decoder_aspp_separable=False, decoder_aspp_dropout=0.5,
        in_channels=3, classes=1, activation=None, upsampling=None, aux_params=None, **kwargs
    ): ...

class DeepLabV3Plus(SegmentationModel):
    def __init__(
        self, encoder_name="resnet34", encoder_depth=5, encoder_weights="imagenet", encoder_output_stride=16,
        decoder_channels=256, decoder_atrous_rates=(12, 24, 36), decoder_aspp_separable=True, decoder_aspp_dropout=0.5,
        in_channels=3, classes=1, activation=None, upsampling=4, aux_params=None, **kwargs
    ): ...

class DPT(SegmentationModel):
    def __init__(
        self, encoder_name="tu-vit_base_patch16_224.augreg_in21k", encoder_depth=4, encoder_weights="imagenet",
        encoder_output_indices=None, decoder_readout="cat", decoder_intermediate_channels=(256, 512, 1024, 1024),
        decoder_fusion_channels=256, in_channels=3, classes=1, activation=None, aux_params=None, **kwargs
    ): ...

class FPN(SegmentationModel):
    def __init__(
        self, encoder_name="resnet34", encoder_depth=5, encoder_weights="imagenet", decoder_pyramid_channels=256,
        decoder_segmentation_channels=128, decoder_merge_policy="add", decoder_dropout=0.2,
        decoder_interpolation="nearest", in_channels=3, classes=1, activation=None, upsampling=4, aux_params=None,
        **kwargs
    ): ...

class Linknet(SegmentationModel):
    def __init__(
        self, encoder_name="resnet34", encoder_depth=5, encoder_weights="imagenet", decoder_use_norm="batchnorm",
        in_channels=3, classes=1, activation=None, aux_params=None, **kwargs
    ): ...

class MAnet(SegmentationModel):
    def __init__(
        self, encoder_name="resnet34", encoder_depth=5, encoder_weights="imagenet", decoder_use_norm="batchnorm",
        decoder_channels=(256, 128, 64, 32, 16), decoder_pab_channels=64, decoder_interpolation="nearest",
        in_channels=3, classes=1, activation=None, aux_params=None, **kwargs
    ): ...

class PAN(SegmentationModel):
    def __init__(
        self, encoder_name="resnet34", encoder_depth=5, encoder_weights="imagenet", encoder_output_stride=16,
        decoder_channels=32, decoder_interpolation="bilinear", in_channels=3, classes=1, activation=None, upsampling=4,
        aux_params=None, **kwargs
    ): ...

class PSPNet(SegmentationModel):
    def __init__(
        self, encoder_name="resnet34", encoder_weights="imagenet", encoder_depth=3, psp_out_channels=512,
        decoder_use_norm="batchnorm", psp_dropout=0.2, in_channels=3, classes=1, activation=None, upsampling=8,
        aux_params=None, **kwargs
    ): ...

class Segformer(SegmentationModel):
    def __init__(
        self, encoder_name="resnet34", encoder_depth=5, encoder_weights="imagenet", decoder_segmentation_channels=256,
        in_channels=3, classes=1, activation=None, upsampling=4, aux_params=None, **kwargs
    ): ...

class Unet(SegmentationModel):
    def __init__(
        self, encoder_name="resnet34", encoder_depth=5, encoder_weights="imagenet", decoder_use_norm="batchnorm",
        decoder_channels=(256, 128, 64, 32, 16), decoder_attention_type=None, decoder_interpolation="nearest",
        in_channels=3, classes=1, activation=None, aux_params=None, **kwargs
    ): ...

class UnetPlusPlus(SegmentationModel):
    def __init__(
        self, encoder_name="resnet34", encoder_depth=5, encoder_weights="imagenet", decoder_use_norm="batchnorm",
        decoder_channels=(256, 128, 64, 32, 16), decoder_attention_type=None, decoder_interpolation="nearest",
        in_channels=3, classes=1, activation=None, aux_params=None, **kwargs
    ): ...

class UPerNet(SegmentationModel):
    def __init__(
        self, encoder_name="resnet34", encoder_depth=5, encoder_weights="imagenet", decoder_channels=256,
        decoder_use_norm="batchnorm", in_channels=3, classes=1, activation=None, upsampling=4, aux_params=None, **kwargs
    ): ...
