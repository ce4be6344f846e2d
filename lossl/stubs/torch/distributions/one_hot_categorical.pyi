"""torch.distributions.one_hot_categorical, under its full name."""

from lossl.stubs.vocabulary import *

from torch.distributions import OneHotCategorical as OneHotCategorical
