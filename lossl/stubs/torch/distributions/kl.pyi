"""torch.distributions.kl, under its full name."""

from lossl.stubs.vocabulary import *

from torch.distributions import kl_divergence as kl_divergence
