"""Picks the front end: the screens where a terminal can show them, else prompts or commands."""

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
    """Whether all three streams are a terminal.

    With any of them missing, the screens would wait for keys that never come.
    """
    streams = (sys.stdin, sys.stdout, sys.stderr)
    return all(stream is not None and stream.isatty() for stream in streams)


def prints_lines_only() -> bool:
    """Whether the terminal says that it can do no more than print lines."""
    return os.environ.get("TERM") == "dumb"


def main() -> int:
    """Run `ehcp-audit` as it was called."""
    terminal, dumb = at_a_terminal(), prints_lines_only()
    return run_command(
        open_screens=open_screens if terminal and not dumb else None,
        dumb_terminal=terminal and dumb,
    )


if __name__ == "__main__":
    sys.exit(main())
