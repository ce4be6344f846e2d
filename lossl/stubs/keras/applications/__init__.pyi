"""`keras.applications`: Keras 3.15.1. What are functions there are said here as classes of the models they build.

With their top they end in a softmax, unless `classifier_activation` says otherwise; without it they give features.
"""

from lossl.stubs.vocabulary import *

import keras.applications as convnext
import keras.applications as densenet
import keras.applications as efficientnet
import keras.applications as efficientnet_v2
import keras.applications as imagenet_utils
import keras.applications as inception_resnet_v2
import keras.applications as inception_v3
import keras.applications as mobilenet
import keras.applications as mobilenet_v2
import keras.applications as mobilenet_v3
import keras.applications as nasnet
import keras.applications as resnet
import keras.applications as resnet50
import keras.applications as resnet_v2
import keras.applications as vgg16
import keras.applications as vgg19
import keras.applications as xception

from keras.models import Model

class Application(Model):
    input: Anything
    output: Anything
    inputs: Anything
    outputs: Anything
    def __init__(self, include_top=True, classes=1000, classifier_activation="softmax"): ...
    @overload
    def call(self, inputs: Tensor, training=None, mask=None, *, include_top: Literal[False]) -> Tensor: ...
    @overload
    def call(
        self, inputs: Tensor, training=None, mask=None
    ) -> Activated["classifier_activation", Logits["classes"], "keras.activations.NAMES"]: ...

class ConvNeXtBase(Application):
    def __init__(
        self, include_top=True, include_preprocessing=True, weights="imagenet", input_tensor=None, input_shape=None,
        pooling=None, classes=1000, classifier_activation="softmax", name="convnext_base"
    ): ...

class ConvNeXtLarge(Application):
    def __init__(
        self, include_top=True, include_preprocessing=True, weights="imagenet", input_tensor=None, input_shape=None,
        pooling=None, classes=1000, classifier_activation="softmax", name="convnext_large"
    ): ...

class ConvNeXtSmall(Application):
    def __init__(
        self, include_top=True, include_preprocessing=True, weights="imagenet", input_tensor=None, input_shape=None,
        pooling=None, classes=1000, classifier_activation="softmax", name="convnext_small"
    ): ...

class ConvNeXtTiny(Application):
    def __init__(
        self, include_top=True, include_preprocessing=True, weights="imagenet", input_tensor=None, input_shape=None,
        pooling=None, classes=1000, classifier_activation="softmax", name="convnext_tiny"
    ): ...

class ConvNeXtXLarge(Application):
    def __init__(
        self, include_top=True, include_preprocessing=True, weights="imagenet", input_tensor=None, input_shape=None,
        pooling=None, classes=1000, classifier_activation="softmax", name="convnext_xlarge"
    ): ...

class DenseNet121(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", name="densenet121"
    ): ...

class DenseNet169(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", name="densenet169"
    ): ...

class DenseNet201(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", name="densenet201"
    ): ...

class EfficientNetB0(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", name="efficientnetb0"
    ): ...

class EfficientNetB1(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", name="efficientnetb1"
    ): ...

class EfficientNetB2(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", name="efficientnetb2"
    ): ...

class EfficientNetB3(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", name="efficientnetb3"
    ): ...

class EfficientNetB4(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", name="efficientnetb4"
    ): ...

class EfficientNetB5(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", name="efficientnetb5"
    ): ...

class EfficientNetB6(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", name="efficientnetb6"
    ): ...

class EfficientNetB7(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", name="efficientnetb7"
    ): ...

class EfficientNetV2B0(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", include_preprocessing=True, name="efficientnetv2-b0"
    ): ...

class EfficientNetV2B1(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", include_preprocessing=True, name="efficientnetv2-b1"
    ): ...

class EfficientNetV2B2(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", include_preprocessing=True, name="efficientnetv2-b2"
    ): ...

class EfficientNetV2B3(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", include_preprocessing=True, name="efficientnetv2-b3"
    ): ...

class EfficientNetV2L(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", include_preprocessing=True, name="efficientnetv2-l"
    ): ...

class EfficientNetV2M(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", include_preprocessing=True, name="efficientnetv2-m"
    ): ...

class EfficientNetV2S(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", include_preprocessing=True, name="efficientnetv2-s"
    ): ...

class InceptionResNetV2(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", name="inception_resnet_v2"
    ): ...

class InceptionV3(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", name="inception_v3"
    ): ...

class MobileNet(Application):
    def __init__(
        self, input_shape=None, alpha=1.0, depth_multiplier=1, dropout=0.001, include_top=True, weights="imagenet",
        input_tensor=None, pooling=None, classes=1000, classifier_activation="softmax", name=None
    ): ...

class MobileNetV2(Application):
    def __init__(
        self, input_shape=None, alpha=1.0, include_top=True, weights="imagenet", input_tensor=None, pooling=None,
        classes=1000, classifier_activation="softmax", name=None
    ): ...

class MobileNetV3Large(Application):
    def __init__(
        self, input_shape=None, alpha=1.0, minimalistic=False, include_top=True, weights="imagenet", input_tensor=None,
        classes=1000, pooling=None, dropout_rate=0.2, classifier_activation="softmax", include_preprocessing=True,
        name="MobileNetV3Large"
    ): ...

class MobileNetV3Small(Application):
    def __init__(
        self, input_shape=None, alpha=1.0, minimalistic=False, include_top=True, weights="imagenet", input_tensor=None,
        classes=1000, pooling=None, dropout_rate=0.2, classifier_activation="softmax", include_preprocessing=True,
        name="MobileNetV3Small"
    ): ...

class NASNetLarge(Application):
    def __init__(
        self, input_shape=None, include_top=True, weights="imagenet", input_tensor=None, pooling=None, classes=1000,
        classifier_activation="softmax", name="nasnet_large"
    ): ...

class NASNetMobile(Application):
    def __init__(
        self, input_shape=None, include_top=True, weights="imagenet", input_tensor=None, pooling=None, classes=1000,
        classifier_activation="softmax", name="nasnet_mobile"
    ): ...

class ResNet101(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", name="resnet101"
    ): ...

class ResNet101V2(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", name="resnet101v2"
    ): ...

class ResNet152(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", name="resnet152"
    ): ...

class ResNet152V2(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", name="resnet152v2"
    ): ...

class ResNet50(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", name="resnet50"
    ): ...

class ResNet50V2(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", name="resnet50v2"
    ): ...

class VGG16(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", name="vgg16"
    ): ...

class VGG19(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", name="vgg19"
    ): ...

class Xception(Application):
    def __init__(
        self, include_top=True, weights="imagenet", input_tensor=None, input_shape=None, pooling=None, classes=1000,
        classifier_activation="softmax", name="xception"
    ): ...

def preprocess_input(x: Tensor, data_format=None, mode="caffe") -> Tensor: ...
def decode_predictions(preds: Tensor, top=5) -> Anything: ...
