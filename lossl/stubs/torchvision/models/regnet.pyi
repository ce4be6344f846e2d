"""torchvision.models.regnet: the same as in torchvision.models."""

from lossl.stubs.vocabulary import *

from torchvision.models import RegNet as RegNet
from torchvision.models import regnet_x_400mf as regnet_x_400mf
from torchvision.models import regnet_x_800mf as regnet_x_800mf
from torchvision.models import regnet_x_1_6gf as regnet_x_1_6gf
from torchvision.models import regnet_x_3_2gf as regnet_x_3_2gf
from torchvision.models import regnet_x_8gf as regnet_x_8gf
from torchvision.models import regnet_x_16gf as regnet_x_16gf
from torchvision.models import regnet_x_32gf as regnet_x_32gf
from torchvision.models import regnet_y_400mf as regnet_y_400mf
from torchvision.models import regnet_y_800mf as regnet_y_800mf
from torchvision.models import regnet_y_1_6gf as regnet_y_1_6gf
from torchvision.models import regnet_y_3_2gf as regnet_y_3_2gf
from torchvision.models import regnet_y_8gf as regnet_y_8gf
from torchvision.models import regnet_y_16gf as regnet_y_16gf
from torchvision.models import regnet_y_32gf as regnet_y_32gf
from torchvision.models import regnet_y_128gf as regnet_y_128gf
