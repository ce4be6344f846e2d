"""timm: making models, and losses. Parameters as in timm 1.0.31."""

from lossl.stubs.vocabulary import *

from timm.models import create_model as create_model
