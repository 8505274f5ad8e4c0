"""The rubrics that come with the tool, and where they are kept."""

from __future__ import annotations

from pathlib import Path

from ehcp_audit.rubric_files.schema import SCHEMA_NAME

_PACKAGE = Path(__file__).resolve().parents[1]


def shipped_rubrics() -> Path:
    """Return the folder of the shipped rubrics.

    In an installed wheel that is `shipped/rubrics` inside the package; in a source checkout
    there is no such folder, and it is `rubrics` beside `src`.
    """
    installed = _PACKAGE / "shipped" / "rubrics"
    return installed if installed.is_dir() else _PACKAGE.parents[1] / "rubrics"


def shipped_files() -> tuple[Path, ...]:
    """Return what a workspace's `rubrics` begins with: the rubrics, then the editors' schema."""
    folder = shipped_rubrics()
    return (*sorted(folder.glob("*.toml")), folder / SCHEMA_NAME)
