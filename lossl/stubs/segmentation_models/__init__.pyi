"""segmentation_models: Keras models that end in an activation, unless that is None. Read in version 1.0.1.

A function that makes a model is written as a class here.
"""

from lossl.stubs.vocabulary import *

import segmentation_models.losses as losses

from keras.models import Model

class _Segmentation(Model):
    def call(self, x: Tensor) -> Activated["activation", Logits["classes", -1], "keras.activations.NAMES"]: ...

class Unet(_Segmentation):
    def __init__(
        self, backbone_name="vgg16", input_shape=(None, None, 3), classes=1, activation="sigmoid", weights=None,
        encoder_weights="imagenet", encoder_freeze=False,
        encoder_features="default", decoder_block_type="upsampling", decoder_filters=(256, 128, 64, 32, 16),
        decoder_use_batchnorm=True, **kwargs
    ): ...

class Linknet(_Segmentation):
    def __init__(
        self, backbone_name="vgg16", input_shape=(None, None, 3), classes=1, activation="sigmoid", weights=None,
        encoder_weights="imagenet", encoder_freeze=False,
        encoder_features="default", decoder_block_type="upsampling", decoder_filters=(None, None, None, None, 16),
        decoder_use_batchnorm=True, **kwargs
    ): ...

class FPN(_Segmentation):
    def __init__(
        self, backbone_name="vgg16", input_shape=(None, None, 3), classes=21, activation="softmax", weights=None,
        encoder_weights="imagenet", encoder_freeze=False,
        encoder_features="default", pyramid_block_filters=256, pyramid_use_batchnorm=True,
        pyramid_aggregation="concat", pyramid_dropout=None, **kwargs
    ): ...

class PSPNet(_Segmentation):
    def __init__(
        self, backbone_name="vgg16", input_shape=(384, 384, 3), classes=21, activation="softmax", weights=None,
        encoder_weights="imagenet", encoder_freeze=False,
        downsample_factor=8, psp_conv_filters=512, psp_pooling_type="avg", psp_use_batchnorm=True,
        psp_dropout=None, **kwargs
    ): ...
