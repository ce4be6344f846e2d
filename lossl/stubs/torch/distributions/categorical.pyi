"""torch.distributions.categorical, under its full name."""

from lossl.stubs.vocabulary import *

from torch.distributions import Categorical as Categorical
