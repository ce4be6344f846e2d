"""The language server that editors talk to. The only part of lossl that knows the Language Server Protocol.

`features` answers what the editor asks and tells it what was found. `checker` checks the open `documents`; `places`,
`diagnostics` and `actions` write what came of it as the `client` understands it.
"""

from __future__ import annotations

import sys

from lossl.server.features import server


def main() -> None:
    """Talk to an editor on standard input and output until it says goodbye or hangs up."""
    stdin, stdout = sys.stdin, sys.stdout
    if stdin.isatty():
        print("lossl: this is for editors; it waits for the Language Server Protocol on stdin", file=sys.stderr)
    # Whatever a rule of another package prints must not end up between the messages.
    sys.stdout = sys.stderr
    server.start_io(stdin.buffer, stdout.buffer)
