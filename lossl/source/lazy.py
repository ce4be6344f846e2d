"""LibCST without its price: the import costs 0.2 s and waits until the first name is asked for.

if TYPE_CHECKING:
    import libcst as cst
else:
    from lossl.source.lazy import cst
"""

from __future__ import annotations

from typing import Any


class _Lazy:
    def __getattr__(self, name: str) -> Any:
        import libcst

        found = getattr(libcst, name)
        setattr(self, name, found)
        return found


cst = _Lazy()
