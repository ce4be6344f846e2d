"""monai.networks.nets: networks that end in a convolution without activation. Parameters as in monai 1.6.1."""

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
