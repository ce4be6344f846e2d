"""scipy: only its special functions are said."""

import scipy.special as special
