"""torchvision.models.shufflenetv2: the same as in torchvision.models."""

from lossl.stubs.vocabulary import *

from torchvision.models import ShuffleNetV2 as ShuffleNetV2
from torchvision.models import shufflenet_v2_x0_5 as shufflenet_v2_x0_5
from torchvision.models import shufflenet_v2_x1_0 as shufflenet_v2_x1_0
from torchvision.models import shufflenet_v2_x1_5 as shufflenet_v2_x1_5
from torchvision.models import shufflenet_v2_x2_0 as shufflenet_v2_x2_0
