"""monai.losses: an option tells whether they apply sigmoid or softmax. Parameters as in monai 1.6.1.

Without an option the losses of overlap want numbers between 0 and 1 from a sigmoid or a softmax; no word says that, so
they need nothing.
"""

from lossl.stubs.vocabulary import *

from torch.nn import Module

class _ToldByOption(Module):
    @overload
    def forward(self, input: Needs[SigmoidLogits], target: Target, *, sigmoid: Literal[True]) -> Loss: ...
    @overload
    def forward(self, input: Needs[SoftmaxLogits], target: Target, *, softmax: Literal[True]) -> Loss: ...
    @overload
    def forward(self, input: Tensor, target: Target) -> Loss: ...

class DiceLoss(_ToldByOption):
    def __init__(
        self, include_background=True, to_onehot_y=False, sigmoid=False, softmax=False, other_act=None,
        squared_pred=False, jaccard=False, reduction=..., smooth_nr=1e-05, smooth_dr=1e-05, batch=False, weight=None,
        soft_label=False, ignore_index=None
    ): ...

class MaskedDiceLoss(_ToldByOption):
    def __init__(
        self, include_background=True, to_onehot_y=False, sigmoid=False, softmax=False, other_act=None,
        squared_pred=False, jaccard=False, reduction=..., smooth_nr=1e-05, smooth_dr=1e-05, batch=False, weight=None,
        soft_label=False
    ): ...

class GeneralizedDiceLoss(_ToldByOption):
    def __init__(
        self, include_background=True, to_onehot_y=False, sigmoid=False, softmax=False, other_act=None, w_type=...,
        reduction=..., smooth_nr=1e-05, smooth_dr=1e-05, batch=False, soft_label=False
    ): ...

class TverskyLoss(_ToldByOption):
    def __init__(
        self, include_background=True, to_onehot_y=False, sigmoid=False, softmax=False, other_act=None, alpha=0.5,
        beta=0.5, reduction=..., smooth_nr=1e-05, smooth_dr=1e-05, batch=False, soft_label=False, ignore_index=None
    ): ...

class HausdorffDTLoss(_ToldByOption):
    def __init__(
        self, alpha=2.0, include_background=False, to_onehot_y=False, sigmoid=False, softmax=False, other_act=None,
        reduction=..., batch=False
    ): ...

class MCCLoss(_ToldByOption):
    def __init__(
        self, include_background=True, to_onehot_y=False, sigmoid=False, softmax=False, other_act=None, reduction=...,
        smooth_nr=0.0, smooth_dr=1e-05, batch=False
    ): ...

class SoftclDiceLoss(_ToldByOption):
    def __init__(
        self, iter_=3, smooth_nr=1.0, smooth_dr=1.0, smooth=0.0001, include_background=True, to_onehot_y=False,
        sigmoid=False, softmax=False, other_act=None, reduction=...
    ): ...

class SoftDiceclDiceLoss(_ToldByOption):
    def __init__(
        self, iter_=3, alpha=0.5, smooth_nr=1.0, smooth_dr=1.0, smooth=0.0001, include_background=True,
        to_onehot_y=False, sigmoid=False, softmax=False, other_act=None, reduction=...
    ): ...

class BoundaryLoss(_ToldByOption):
    def __init__(
        self, include_background=True, to_onehot_y=False, sigmoid=False, softmax=False, other_act=None, reduction=...,
        batch=False
    ): ...

class LogHausdorffDTLoss(HausdorffDTLoss): ...

Dice = DiceLoss

# Of overlap and of each class: one half takes logits in any case, the other if an option says so

class DiceCELoss(_ToldByOption):
    def __init__(
        self, include_background=True, to_onehot_y=False, sigmoid=False, softmax=False, other_act=None,
        squared_pred=False, jaccard=False, reduction="mean", smooth_nr=1e-05, smooth_dr=1e-05, batch=False, weight=None,
        lambda_dice=1.0, lambda_ce=1.0, label_smoothing=0.0
    ): ...

class DiceFocalLoss(_ToldByOption):
    def __init__(
        self, include_background=True, to_onehot_y=False, sigmoid=False, softmax=False, other_act=None,
        squared_pred=False, jaccard=False, reduction="mean", smooth_nr=1e-05, smooth_dr=1e-05, batch=False, gamma=2.0,
        weight=None, lambda_dice=1.0, lambda_focal=1.0, alpha=None
    ): ...

class GeneralizedDiceFocalLoss(_ToldByOption):
    def __init__(
        self, include_background=True, to_onehot_y=False, sigmoid=False, softmax=False, other_act=None, w_type=...,
        reduction=..., smooth_nr=1e-05, smooth_dr=1e-05, batch=False, gamma=2.0, weight=None, lambda_gdl=1.0,
        lambda_focal=1.0
    ): ...

# Of each class

class FocalLoss(Module):
    def __init__(
        self, include_background=True, to_onehot_y=False, gamma=2.0, alpha=None, weight=None, reduction=...,
        use_softmax=False, ignore_index=None
    ): ...
    @overload
    def forward(self, input: Needs[SigmoidLogits], target: Target, *, use_softmax: Literal[False]) -> Loss: ...
    @overload
    def forward(self, input: Needs[SoftmaxLogits], target: Target, *, use_softmax: Literal[True]) -> Loss: ...

class NACLLoss(Module):
    def __init__(
        self, classes, dim, kernel_size=3, kernel_ops="mean", distance_type="l1", alpha=0.1, sigma=1.0
    ): ...
    def forward(self, inputs: Needs[SoftmaxLogits], targets: Target) -> Loss: ...

class GeneralizedWassersteinDiceLoss(Module):
    def __init__(self, dist_matrix, weighting_mode="default", reduction=..., smooth_nr=1e-05, smooth_dr=1e-05): ...
    def forward(self, input: Needs[SoftmaxLogits], target: Target) -> Loss: ...

# Of two classes, between 0 and 1 whatever their documentation says: nothing in them applies a sigmoid

class AsymmetricUnifiedFocalLoss(Module):
    def __init__(
        self, to_onehot_y=False, num_classes=2, weight=0.5, gamma=0.5, delta=0.7, reduction=..., ignore_index=None
    ): ...
    def forward(self, y_pred: Tensor, y_true: Target) -> Loss: ...

# Around another loss, which may be a class

class MaskedLoss(Module):
    def __init__(self, loss, *loss_args, **loss_kwargs): ...
    def forward(self, input: Tensor, target: Target, mask=None) -> Loss: ...

class MultiScaleLoss(Module):
    def __init__(self, loss, scales=None, kernel="gaussian", reduction=...): ...
    def forward(self, y_true: Tensor, y_pred: Tensor) -> Loss: ...

# Around another loss

class DeepSupervisionLoss(Module):
    def __init__(self, loss, weight_mode="exp", weights=None): ...
    def forward(self, input: Tensor, target: Target) -> Calls["loss"]: ...

# Of images

class SSIMLoss(Module):
    def __init__(
        self, spatial_dims, data_range=1.0, kernel_type=..., win_size=11, kernel_sigma=1.5, k1=0.01, k2=0.03,
        reduction=...
    ): ...
    def forward(self, input: Tensor, target: Target) -> Loss: ...

class LocalNormalizedCrossCorrelationLoss(Module):
    def __init__(
        self, spatial_dims=3, kernel_size=3, kernel_type="rectangular", reduction=..., smooth_nr=0.0, smooth_dr=1e-05
    ): ...
    def forward(self, pred: Tensor, target: Target) -> Loss: ...

class PerceptualLoss(Module):
    def __init__(
        self, spatial_dims, network_type=..., is_fake_3d=True, fake_3d_ratio=0.5, cache_dir=None, pretrained=True,
        pretrained_path=None, pretrained_state_dict_key=None, channel_wise=False
    ): ...
    def forward(self, input: Tensor, target: Target) -> Loss: ...

class PatchAdversarialLoss(Module):
    def __init__(self, reduction=..., criterion=..., no_activation_leastsq=False): ...
    def forward(self, input: Tensor, target_is_real, for_discriminator) -> Loss: ...

# Of embeddings, both of which come out of a network

class ContrastiveLoss(Module):
    def __init__(self, temperature=0.5, batch_size=-1): ...
    def forward(self, input: Tensor, target: Tensor) -> Loss: ...

class BarlowTwinsLoss(Module):
    def __init__(self, lambd=0.005): ...
    def forward(self, input: Tensor, target: Tensor) -> Loss: ...
