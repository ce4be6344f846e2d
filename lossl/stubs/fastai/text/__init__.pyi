"""fastai.text: see `fastai.text.all`. In fastai 1 a star import of it brings torch."""

import torch as torch
import torch.nn as nn
import torch.nn.functional as F
import torch.optim as optim

from fastai.learner import Learner
from torch import Tensor, tensor
