from pathlib import Path

import pytest

from ehcp_audit.domain.errors import WorkspaceError
from ehcp_audit.settings.workspace import find_workspace


def workspace_in(folder: Path) -> Path:
    (folder / "rubrics").mkdir(parents=True)
    return folder.resolve()


def test_the_option_goes_before_the_environment_and_that_before_the_current_folder(
    tmp_path: Path,
) -> None:
    given, named, current = (workspace_in(tmp_path / name) for name in ("a", "b", "c"))
    environment = {"EHCP_AUDIT_WORKSPACE": str(named)}
    assert find_workspace(given, environment=environment, current=current).folder == given
    assert find_workspace(None, environment=environment, current=current).folder == named
    assert find_workspace(None, environment={}, current=current).folder == current


def test_a_folder_with_only_a_database_is_a_workspace(tmp_path: Path) -> None:
    (tmp_path / "audits.db").touch()
    found = find_workspace(None, environment={}, current=tmp_path)
    assert found.database == tmp_path.resolve() / "audits.db"


def test_any_other_folder_is_refused_and_init_is_offered(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"neither rubrics/ nor audits\.db") as refused:
        find_workspace(None, environment={}, current=tmp_path)
    assert "ehcp-audit init DIR" in refused.value.next_step


def test_a_folder_above_is_never_searched(tmp_path: Path) -> None:
    workspace_in(tmp_path / "team")
    below = tmp_path / "team" / "rubrics"
    with pytest.raises(WorkspaceError):
        find_workspace(None, environment={}, current=below)


def test_a_wrong_environment_is_named_as_the_source(tmp_path: Path) -> None:
    with pytest.raises(WorkspaceError, match=r"gone \(named by EHCP_AUDIT_WORKSPACE\)"):
        find_workspace(None, environment={"EHCP_AUDIT_WORKSPACE": "gone"}, current=tmp_path)
