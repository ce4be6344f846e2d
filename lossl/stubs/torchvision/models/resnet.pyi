"""torchvision.models.resnet: the same as in torchvision.models."""

from lossl.stubs.vocabulary import *

from torchvision.models import ResNet as ResNet
from torchvision.models import resnet18 as resnet18
from torchvision.models import resnet34 as resnet34
from torchvision.models import resnet50 as resnet50
from torchvision.models import resnet101 as resnet101
from torchvision.models import resnet152 as resnet152
from torchvision.models import resnext50_32x4d as resnext50_32x4d
from torchvision.models import resnext101_32x8d as resnext101_32x8d
from torchvision.models import resnext101_64x4d as resnext101_64x4d
from torchvision.models import wide_resnet50_2 as wide_resnet50_2
from torchvision.models import wide_resnet101_2 as wide_resnet101_2
