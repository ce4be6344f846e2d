"""torchvision.models.densenet: the same as in torchvision.models."""

from lossl.stubs.vocabulary import *

from torchvision.models import DenseNet as DenseNet
from torchvision.models import densenet121 as densenet121
from torchvision.models import densenet161 as densenet161
from torchvision.models import densenet169 as densenet169
from torchvision.models import densenet201 as densenet201
