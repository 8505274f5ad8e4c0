"""A workspace with the shipped rubric, and KL of education at the keyboard."""

import os
from pathlib import Path

import pytest
from tests.small_rubric import ME
from tests.tui.keyboard import shipped_copy

from ehcp_audit.settings.person import Person, person_file, write_person
from ehcp_audit.settings.workspace import Workspace


@pytest.fixture(autouse=True)
def _own_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [each for each in os.environ if each.startswith("EHCP_AUDIT_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("EHCP_AUDIT_CONFIG", str(tmp_path / "own"))


@pytest.fixture
def unknown_workspace(tmp_path: Path) -> Workspace:
    """A workspace where nobody has said who they are."""
    return shipped_copy(tmp_path / "team")


@pytest.fixture
def workspace(unknown_workspace: Workspace) -> Workspace:
    """A workspace with a known auditor at the keyboard."""
    write_person(person_file(os.environ), Person(ME.id, ME.name, ME.agency))
    return unknown_workspace
