"""haiku.nets. Parameters as in dm-haiku 0.0.17."""

from lossl.stubs.vocabulary import *

from haiku import Module

NAMES = {}

class MLP(Module):
    def __init__(
        self, output_sizes, w_init=None, b_init=None, with_bias=True, activation=..., activate_final=False, name=None
    ): ...
    @overload
    def __call__(
        self, inputs: Tensor, dropout_rate=None, rng=None, *, activate_final: Literal[False]
    ) -> Logits: ...
    @overload
    def __call__(
        self, inputs: Tensor, dropout_rate=None, rng=None
    ) -> Activated["activation", Logits, "haiku.nets.NAMES"]: ...

class MobileNetV1(Module):
    def __init__(self, strides=..., channels=..., num_classes=1000, use_bn=True, name=None): ...
    def __call__(self, inputs: Tensor, is_training) -> Logits["num_classes"]: ...

class ResNet(Module):
    def __init__(
        self, blocks_per_group, num_classes, bn_config=None, resnet_v2=False, bottleneck=True,
        channels_per_group=(256, 512, 1024, 2048), use_projection=(True, True, True, True), logits_config=None,
        name=None, initial_conv_config=None, strides=(1, 2, 2, 2)
    ): ...
    def __call__(self, inputs: Tensor, is_training, test_local_stats=False) -> Logits["num_classes"]: ...

class ResNet18(ResNet):
    def __init__(
        self, num_classes, bn_config=None, resnet_v2=False, logits_config=None, name=None, initial_conv_config=None,
        strides=(1, 2, 2, 2)
    ): ...

class ResNet34(ResNet):
    def __init__(
        self, num_classes, bn_config=None, resnet_v2=False, logits_config=None, name=None, initial_conv_config=None,
        strides=(1, 2, 2, 2)
    ): ...

class ResNet50(ResNet):
    def __init__(
        self, num_classes, bn_config=None, resnet_v2=False, logits_config=None, name=None, initial_conv_config=None,
        strides=(1, 2, 2, 2)
    ): ...

class ResNet101(ResNet):
    def __init__(
        self, num_classes, bn_config=None, resnet_v2=False, logits_config=None, name=None, initial_conv_config=None,
        strides=(1, 2, 2, 2)
    ): ...

class ResNet152(ResNet):
    def __init__(
        self, num_classes, bn_config=None, resnet_v2=False, logits_config=None, name=None, initial_conv_config=None,
        strides=(1, 2, 2, 2)
    ): ...

class ResNet200(ResNet):
    def __init__(
        self, num_classes, bn_config=None, resnet_v2=False, logits_config=None, name=None, initial_conv_config=None,
        strides=(1, 2, 2, 2)
    ): ...
