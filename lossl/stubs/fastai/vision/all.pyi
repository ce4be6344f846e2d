"""fastai.vision.all: what a star import brings of learners, losses and metrics, with torch."""

import torch as torch
import torch.nn as nn
import torch.nn.functional as F

from fastai.learner import Learner
from fastai.losses import (
    BaseLoss, BCELossFlat, BCEWithLogitsLossFlat, CrossEntropyLossFlat, DiceLoss, FocalLoss, FocalLossFlat, L1LossFlat,
    LabelSmoothingCrossEntropy, LabelSmoothingCrossEntropyFlat, MSELossFlat,
)
from fastai.metrics import accuracy, accuracy_multi, error_rate, top_k_accuracy
from torch import Tensor, tensor
from torch.nn import Module
