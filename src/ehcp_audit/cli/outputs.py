"""Where a command's output goes: standard output, or a file that is never overwritten unasked."""

from __future__ import annotations

from pathlib import Path

import click

from ehcp_audit.cli.printing import emit, say
from ehcp_audit.domain.errors import UsageError
from ehcp_audit.files import refuse_existing, write_whole
from ehcp_audit.settings.workspace import Workspace

force_option = click.option("--force", is_flag=True, help="Replace the file if it is there.")


def check_output(path: Path, workspace: Workspace, *, force: bool) -> None:
    """Refuse a file that is there (without `force`), and whatever the workspace itself lives by."""
    own = (workspace.database, workspace.settings_file)
    if any(_same(path, each) for each in own) or workspace.rubrics in path.resolve().parents:
        what = f"{path} belongs to the workspace itself."
        raise UsageError(what, "Choose another name.", title="The file was not written")
    if not force:
        refuse_existing(path)


def put(text: str, path: Path | None, workspace: Workspace, *, force: bool) -> None:
    """Print a text, or write it whole to a file and say so."""
    if path is None:
        emit(text)
        return
    check_output(path, workspace, force=force)
    write_whole(path, text, overwrite=force)
    say(f"Written to {path}")


def _same(path: Path, other: Path) -> bool:
    if path.resolve() == other:
        return True
    return path.exists() and other.exists() and path.samefile(other)
