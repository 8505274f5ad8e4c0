"""Two workspaces with the shipped rubric, one for each front end, and KL at the keyboard."""

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
    write_person(person_file(os.environ), Person(ME.id, ME.name, ME.agency))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """The workspace that line prompts are opened on."""
    return shipped_copy(tmp_path / "prompts")


@pytest.fixture
def other_workspace(tmp_path: Path) -> Workspace:
    """The workspace that the screens are opened on."""
    return shipped_copy(tmp_path / "screens")
