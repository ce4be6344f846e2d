"""What can go wrong with lossl itself.

LosslError            the user's fault: said in one line with what to do next, exit status 2
├── UsageError        a wrong option, path or rule name
├── ConfigError       a wrong key or value in the configuration
└── EditError         a fix that cannot be applied (file changed, read-only, overlapping)

Failure               our fault or a limit of ours, as data in the report: shown, never swallowed
"""

from __future__ import annotations

from dataclasses import dataclass


class LosslError(Exception):
    """The user's fault; the message is one line and says what to do."""


class UsageError(LosslError):
    """A wrong option, path or rule name."""


class ConfigError(LosslError):
    """A wrong key or value in the configuration."""


class EditError(LosslError):
    """A fix that cannot be applied, and why."""


@dataclass(frozen=True)
class Failure:
    """Something lossl could not do: `path` is where, `what` says it in one line, `detail` may hold a traceback."""

    path: str
    what: str
    detail: str = ""
