"""Finding the workspace: a folder with `rubrics/` or `audits.db`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from ehcp_audit.domain.errors import WorkspaceError

WORKSPACE_VARIABLE: Final = "EHCP_AUDIT_WORKSPACE"
EXAMPLE_NAME: Final = "example-workspace"
_OFFER = "`ehcp-audit init DIR` makes a workspace; `--workspace DIR` names one."


@dataclass(frozen=True)
class Workspace:
    """One team's folder: its rubrics, its database and its settings."""

    folder: Path

    @property
    def database(self) -> Path:
        """The database of audits, made on first use."""
        return self.folder / "audits.db"

    @property
    def rubrics(self) -> Path:
        """The folder of rubric files."""
        return self.folder / "rubrics"

    @property
    def settings_file(self) -> Path:
        """The settings that the team shares."""
        return self.folder / "settings.toml"


def example_beside(workspace: Workspace) -> Workspace:
    """Return the workspace that the example is made in: beside this one, or this one itself."""
    folder = workspace.folder
    return workspace if folder.name == EXAMPLE_NAME else Workspace(folder / EXAMPLE_NAME)


def is_workspace(folder: Path) -> bool:
    """Whether the folder holds `rubrics/` or `audits.db`, even a damaged one."""
    return (folder / "rubrics").is_dir() or (folder / "audits.db").exists()


def find_workspace(
    given: str | Path | None, *, environment: Mapping[str, str], current: Path
) -> Workspace:
    """Return the workspace that was named, or else the current folder's.

    The first that is given counts: `given` (`--workspace`), `EHCP_AUDIT_WORKSPACE`, `current`.
    Raises `WorkspaceError` if that folder is none; folders above it are never searched.
    """
    named = given or environment.get(WORKSPACE_VARIABLE)
    folder = current / Path(named).expanduser() if named else current
    source = "" if given or not named else f" (named by {WORKSPACE_VARIABLE})"
    try:
        if not folder.is_dir():
            what = f"{folder}{source} is not a folder."
            raise WorkspaceError(what, _OFFER)
        if not is_workspace(folder):
            what = f"{folder}{source} holds neither rubrics/ nor audits.db."
            raise WorkspaceError(what, _OFFER)
        return Workspace(folder.resolve())
    except OSError as error:
        what = f"{folder}{source} cannot be read: {error.strerror}."
        raise WorkspaceError(what, _OFFER) from error
