"""torch.distributions.normal, under its full name."""

from lossl.stubs.vocabulary import *

from torch.distributions import Normal as Normal
