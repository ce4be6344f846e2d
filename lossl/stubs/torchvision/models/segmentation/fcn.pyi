"""torchvision.models.segmentation.fcn: the same as in torchvision.models.segmentation."""

from torchvision.models.segmentation import FCNHead, fcn_resnet50, fcn_resnet101
