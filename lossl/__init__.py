"""lossl finds training code whose model output is not what its loss expects."""

import os as _os

__version__ = "0.1.0"

# In a checkout the built-in rules lie in the top-level rules/ folder; a wheel holds them as lossl/rules.
_root = _os.path.dirname(__path__[0])
if not _os.path.isdir(_os.path.join(__path__[0], "rules")) and _os.path.isfile(_os.path.join(_root, "pyproject.toml")):
    __path__.append(_root)
