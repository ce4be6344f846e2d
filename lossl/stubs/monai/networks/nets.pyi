"""monai.networks.nets: networks that end in a convolution or linear layer without activation. Parameters as in monai 1.6.1."""

from lossl.stubs.vocabulary import *

from torch.nn import Module

class UNet(Module):
    def __init__(
        self, spatial_dims, in_channels, out_channels, channels, strides, kernel_size=3, up_kernel_size=3,
        num_res_units=0, act=..., norm=..., dropout=0.0, bias=True, adn_ordering="NDA"
    ): ...
    def forward(self, x: Tensor) -> Logits["out_channels"]: ...

class BasicUNet(Module):
    def __init__(
        self, spatial_dims=3, in_channels=1, out_channels=2, features=(32, 32, 64, 128, 256, 32), act=..., norm=...,
        bias=True, dropout=0.0, upsample="deconv"
    ): ...
    def forward(self, x: Tensor) -> Logits["out_channels"]: ...

class UNETR(Module):
    def __init__(
        self, in_channels, out_channels, img_size, feature_size=16, hidden_size=768, mlp_dim=3072, num_heads=12,
        proj_type="conv", norm_name="instance", conv_block=True, res_block=True, dropout_rate=0.0, spatial_dims=3,
        qkv_bias=False, save_attn=False
    ): ...
    def forward(self, x_in: Tensor) -> Logits["out_channels"]: ...

class SwinUNETR(Module):
    def __init__(
        self, in_channels, out_channels, patch_size=2, depths=(2, 2, 2, 2), num_heads=(3, 6, 12, 24), window_size=7,
        qkv_bias=True, mlp_ratio=4.0, feature_size=24, norm_name="instance", drop_rate=0.0, attn_drop_rate=0.0,
        dropout_path_rate=0.0, normalize=True, norm_layer=..., patch_norm=False, use_checkpoint=False, spatial_dims=3,
        downsample="merging", use_v2=False, use_hyena=False, hyena_stages=None, hyena_kernel_size=3,
        hyena_kernel_mlp_dim=32, hyena_kernel_layers=3, hyena_mask_max_attenuation=0.95, hyena_fft_padding="circular",
        hyena_grid_type="single", hyena_use_chunked_fft=False, hyena_use_fft_short_conv=False, hyena_omega_0=10.0,
        hyena_l_cache=32, hyena_short_conv_fft_chunks=0, use_flash_attention=False
    ): ...
    def forward(self, x_in: Tensor) -> Logits["out_channels"]: ...

class AttentionUnet(Module):
    def __init__(
        self, spatial_dims, in_channels, out_channels, channels, strides, kernel_size=3, up_kernel_size=3, dropout=0.0
    ): ...
    def forward(self, x: Tensor) -> Logits["out_channels"]: ...

class VNet(Module):
    def __init__(
        self, spatial_dims=3, in_channels=1, out_channels=1, act=..., dropout_prob=0.5, dropout_prob_down=0.5,
        dropout_prob_up=(0.5, 0.5), dropout_dim=3, bias=False
    ): ...
    def forward(self, x: Tensor) -> Logits["out_channels"]: ...

class SegResNet(Module):
    def __init__(
        self, spatial_dims=3, init_filters=8, in_channels=1, out_channels=2, dropout_prob=None, act=..., norm=...,
        norm_name="", num_groups=8, use_conv_final=True, blocks_down=(1, 2, 2, 4), blocks_up=(1, 1, 1),
        upsample_mode=...
    ): ...
    @overload
    def forward(self, x: Tensor, *, use_conv_final: Literal[True]) -> Logits["out_channels"]: ...
    @overload
    def forward(self, x: Tensor) -> Tensor: ...

class DynUNet(Module):
    def __init__(
        self, spatial_dims, in_channels, out_channels, kernel_size, strides, upsample_kernel_size, filters=None,
        dropout=None, norm_name=..., act_name=..., deep_supervision=False, deep_supr_num=1, res_block=False,
        trans_bias=False
    ): ...
    @overload
    def forward(self, x: Tensor, *, deep_supervision: Literal[False]) -> Logits["out_channels"]: ...
    @overload
    def forward(self, x: Tensor) -> Logits: ...

class BasicUNetPlusPlus(Module):
    def __init__(
        self, spatial_dims=3, in_channels=1, out_channels=2, features=(32, 32, 64, 128, 256, 32),
        deep_supervision=False, act=..., norm=..., bias=True, dropout=0.0, upsample="deconv"
    ): ...
    def forward(self, x: Tensor) -> list[Logits["out_channels"]]: ...

class FlexibleUNet(Module):
    def __init__(
        self, in_channels, out_channels, backbone, pretrained=False, decoder_channels=(256, 128, 64, 32, 16),
        spatial_dims=2, norm=..., act=..., dropout=0.0, decoder_bias=False, upsample="nontrainable",
        pre_conv="default", interp_mode="nearest", is_pad=True
    ): ...
    def forward(self, inputs: Tensor) -> Logits["out_channels"]: ...

# Of one class for the whole image

class DenseNet(Module):
    def __init__(
        self, spatial_dims, in_channels, out_channels, init_features=64, growth_rate=32, block_config=(6, 12, 24, 16),
        bn_size=4, act=..., norm="batch", dropout_prob=0.0
    ): ...
    def forward(self, x: Tensor) -> Calls["class_layers"] | Logits["out_channels"]: ...

class DenseNet121(DenseNet):
    def __init__(
        self, spatial_dims, in_channels, out_channels, init_features=64, growth_rate=32, block_config=(6, 12, 24, 16),
        pretrained=False, progress=True, **kwargs
    ): ...

class Classifier(Module):
    def __init__(
        self, in_shape, classes, channels, strides, kernel_size=3, num_res_units=2, act="PRELU", norm="INSTANCE",
        dropout=None, bias=True, last_act=None
    ): ...
    @overload
    def forward(self, x: Tensor, *, last_act: Literal[None]) -> Logits["classes"]: ...
    @overload
    def forward(self, x: Tensor) -> Tensor: ...

class Discriminator(Module):
    def __init__(
        self, in_shape, channels, strides, kernel_size=3, num_res_units=2, act="PRELU", norm="INSTANCE", dropout=0.25,
        bias=True, last_act="SIGMOID"
    ): ...
    @overload
    def forward(self, x: Tensor, *, last_act: Literal["SIGMOID"]) -> Opaque[Probability]: ...
    @overload
    def forward(self, x: Tensor, *, last_act: Literal[None]) -> Logits[1]: ...
    @overload
    def forward(self, x: Tensor) -> Tensor: ...
