"""torch.distributions.distribution, under its full name."""

from lossl.stubs.vocabulary import *

from torch.distributions import Distribution as Distribution
