"""lightning: pytorch_lightning under its new name. Parameters as in lightning 2.6.6."""

from lossl.stubs.vocabulary import *

import pytorch_lightning as pytorch
from lightning.fabric import Fabric as Fabric
from pytorch_lightning import Callback as Callback
from pytorch_lightning import LightningDataModule as LightningDataModule
from pytorch_lightning import LightningModule as LightningModule
from pytorch_lightning import Trainer as Trainer
from pytorch_lightning import seed_everything as seed_everything
