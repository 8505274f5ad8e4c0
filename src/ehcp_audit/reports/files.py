"""Writing a report to a file: never over another unasked, nor over the workspace's own."""

from __future__ import annotations

from pathlib import Path

from ehcp_audit.domain.errors import UsageError
from ehcp_audit.files import refuse_existing, write_whole, write_whole_bytes
from ehcp_audit.reports.model import Report
from ehcp_audit.reports.writing import format_of_name, write
from ehcp_audit.settings.workspace import Workspace


def check_output(path: Path, workspace: Workspace, *, force: bool) -> None:
    """Refuse a file that is there (without `force`), and whatever the workspace itself lives by."""
    own = (workspace.database, workspace.settings_file)
    if any(_same(path, each) for each in own) or workspace.rubrics in path.resolve().parents:
        what = f"{path} belongs to the workspace itself."
        raise UsageError(what, "Choose another name.", title="The file was not written")
    if not force:
        refuse_existing(path)


def write_file(
    path: Path, written: str | bytes, workspace: Workspace, *, force: bool = False
) -> None:
    """Write a text or bytes whole, or leave no file; refuses as `check_output` does."""
    check_output(path, workspace, force=force)
    if isinstance(written, bytes):
        write_whole_bytes(path, written, overwrite=force)
    else:
        write_whole(path, written, overwrite=force)


def write_named(report: Report, name: str, workspace: Workspace) -> Path:
    """Write a page under a name typed in the workspace's folder; returns its whole path.

    The format is what the name ends in, or text.
    """
    path = workspace.folder / Path(name).expanduser()
    path = path.parent.resolve() / path.name
    write_file(path, write(report, format_of_name(path.name) or "text"), workspace)
    return path


def _same(path: Path, other: Path) -> bool:
    if path.resolve() == other:
        return True
    return path.exists() and other.exists() and path.samefile(other)
