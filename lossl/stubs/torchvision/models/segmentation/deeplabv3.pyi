"""torchvision.models.segmentation.deeplabv3: the same as in torchvision.models.segmentation."""

from torchvision.models.segmentation import DeepLabHead, deeplabv3_resnet50, deeplabv3_resnet101, deeplabv3_mobilenet_v3_large
