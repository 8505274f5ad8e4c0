import os
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.small_rubric import ME

from ehcp_audit.settings.person import Person, write_person
from ehcp_audit.settings.workspace import Workspace

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="session")
def how_many() -> Callable[[int], int]:
    """Return the short count of a test, or what `EHCP_AUDIT_FAULTS` asks for."""

    def count(short: int) -> int:
        return int(os.environ.get("EHCP_AUDIT_FAULTS", short))

    return count


@pytest.fixture(scope="session")
def elsewhere() -> dict[str, str]:
    """The environment in which another process finds the package and these tests."""
    return {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT / "src"), str(ROOT)])}


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    """A workspace with one draft of mine, and me at the keyboard."""
    return made_workspace(tmp_path)


def made_workspace(folder: Path) -> Workspace:
    """Make a workspace with one draft of mine in `team`, and my own settings in `own`."""
    from tests.tui.keyboard import begin, make_store, shipped_copy  # noqa: PLC0415  (Textual)

    made = shipped_copy(folder / "team")
    write_person(folder / "own" / "me.toml", Person(ME.id, ME.name, ME.agency))
    with make_store(made) as store:
        begin(store)
    return made
