import os
import re
import sqlite3
from pathlib import Path

import pytest

from ehcp_audit import __version__
from ehcp_audit.rubric_files import SCHEMA_NAME, schema_text
from ehcp_audit.settings.team import TeamSettings, team_settings
from ehcp_audit.settings.workspace import Workspace


def test_init_makes_a_workspace_with_the_shipped_rubric(run, tmp_path: Path) -> None:
    ran = run("init", tmp_path / "team")
    assert ran.code == 0
    assert (tmp_path / "team" / "rubrics" / "peer-findings.toml").is_file()
    assert (tmp_path / "team" / "rubrics" / SCHEMA_NAME).read_text("utf-8") == schema_text()
    assert not (tmp_path / "team" / "audits.db").exists()
    assert run("--workspace", tmp_path / "team").code == 0


def test_init_never_overwrites(run, workspace: Path) -> None:
    rubric = workspace / "rubrics" / "peer-findings.toml"
    rubric.write_text("ours")
    (workspace / "settings.toml").write_text('name = "Ours"\n')
    ran = run("init", workspace)
    assert ran.out.count("kept as it is") == len(list(rubric.parent.iterdir())) + 1
    assert rubric.read_text() == "ours"
    assert (workspace / "settings.toml").read_text() == 'name = "Ours"\n'


def test_the_settings_that_init_writes_change_nothing_and_name_every_setting(
    workspace: Path,
) -> None:
    assert team_settings(Workspace(workspace)) == TeamSettings()
    path = workspace / "settings.toml"
    path.write_text(re.sub(r"(?m)^# (?=\[|\w+ =)", "", path.read_text()))
    read = team_settings(Workspace(workspace))
    assert read.name
    assert read.teams
    assert read.reports.rubric == "peer-findings"


def test_init_of_a_file_is_refused(run, tmp_path: Path) -> None:
    (tmp_path / "team").write_text("a file")
    ran = run("init", tmp_path / "team")
    assert (ran.code, (tmp_path / "team").read_text()) == (2, "a file")


def test_me_is_asked_for_then_kept(run) -> None:
    assert "Nobody has been named" in run("me").out
    assert "Working as KL, social care" in run("me", "--name", "KL", "--agency", "social care").out
    first = run("me").out
    assert first == run("me", "--name", "KL").out


def test_an_unknown_agency_is_told_the_three(run) -> None:
    ran = run("me", "--agency", "police")
    assert ran.code == 2
    assert "education, health, social_care" in ran.err
    assert ran.out == ""


def test_locate_says_where_everything_is_and_what_is_not_there_yet(run, workspace: Path) -> None:
    out = run("locate").out
    assert f"{workspace}/audits.db (made on first use)" in out
    assert f"{os.environ['EHCP_AUDIT_CONFIG']}/me.toml" in out
    assert not (workspace / "audits.db").exists()


def test_locate_works_where_there_is_no_workspace(run) -> None:
    ran = run("locate")
    assert ran.code == 0
    assert "ehcp-audit init DIR" in ran.out


def test_the_version_names_the_tool_python_and_sqlite(run) -> None:
    out = run("--version").out
    assert __version__ in out
    assert sqlite3.sqlite_version in out


def test_the_example_is_made_once_and_not_into_a_folder_in_use(run) -> None:
    assert "293 made-up audits" in run("example").out
    again = run("example")
    assert again.code == 2
    assert "example-workspace is not empty" in again.err


def test_a_backup_is_a_database_and_never_overwrites(run, example: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.db"
    assert run("backup", copy).code == 0
    assert copy.read_bytes()[:15] == b"SQLite format 3"
    ran = run("backup", copy)
    assert ran.code == 2
    assert "is there already" in ran.err


@pytest.mark.parametrize(
    "command", [["report", "trends"], ["export", "audits", "a.csv"], ["backup", "b.db"]]
)
def test_a_workspace_without_audits_is_told_so_and_gets_no_database(
    run, workspace: Path, command: list[str]
) -> None:
    ran = run(*command)
    assert ran.code == 2
    assert "There is no database" in ran.err
    assert sorted(each.name for each in workspace.iterdir()) == ["rubrics", "settings.toml"]
