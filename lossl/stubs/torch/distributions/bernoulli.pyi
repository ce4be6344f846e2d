"""torch.distributions.bernoulli, under its full name."""

from lossl.stubs.vocabulary import *

from torch.distributions import Bernoulli as Bernoulli
