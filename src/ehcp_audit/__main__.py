"""Picks the front end: the screens where a terminal can show them, else the commands."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from ehcp_audit.cli.main import main as run_command

if TYPE_CHECKING:
    from ehcp_audit.domain.identity import Identity
    from ehcp_audit.settings.workspace import Workspace


def open_screens(workspace: Workspace, chosen: Identity | None, debug: bool) -> int:
    """Run the screens until they are left; returns the exit code."""
    from ehcp_audit.tui.app import run  # noqa: PLC0415  (loads Textual)

    return run(workspace, chosen=chosen, debug=debug)


def at_a_terminal() -> bool:
    """Whether all three streams are a terminal that can do more than print lines.

    With any of them missing, the screens would wait for keys that never come.
    """
    streams = (sys.stdin, sys.stdout, sys.stderr)
    if os.environ.get("TERM") == "dumb":
        return False
    return all(stream is not None and stream.isatty() for stream in streams)


def main() -> int:
    """Run `ehcp-audit` as it was called."""
    return run_command(open_screens=open_screens if at_a_terminal() else None)


if __name__ == "__main__":
    sys.exit(main())
