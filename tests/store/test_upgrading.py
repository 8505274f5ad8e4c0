"""A database that an earlier release made is brought up to date, rows and all, after a backup."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from tests.small_rubric import ME, OTHER

from ehcp_audit import files
from ehcp_audit.auditing import hand_over, raise_flag
from ehcp_audit.domain.errors import DatabaseError
from ehcp_audit.domain.facts import REPORTED
from ehcp_audit.store import AuditQuery, Store, upgrading
from ehcp_audit.store.schema import FACT_COLUMNS, SCHEMA_VERSION

FORMAT_1 = Path(__file__).parents[1] / "fixtures" / "format-1.sql"
EVERY = AuditQuery(states=("draft", "signed", "withdrawn"))
OPEN = """
import sys
from pathlib import Path
from ehcp_audit.store import Store
import sqlite_utils
print("ready", flush=True)
sys.stdin.readline()
with Store.open(Path(sys.argv[1])) as store:
    print(len(store.audits()), store.faults())
"""


@pytest.fixture
def old(tmp_path: Path) -> Path:
    """A database as the release with format 1 made it: drafts, signed, withdrawn, reopened."""
    path = tmp_path / "audits.db"
    with closing(sqlite3.connect(path)) as made:
        made.executescript(FORMAT_1.read_text())
    return path


def rows_of(path: Path) -> dict[str, list[tuple[object, ...]]]:
    tables = ("event", "event_body", "rubric_version", "draft", "workspace", "score", "evidence")
    with closing(sqlite3.connect(path)) as looked:
        return {
            table: looked.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()
            for table in (*tables, "auditor", "plan", "audit", "criterion")
        }


def test_every_row_of_an_older_database_is_kept_and_the_record_is_whole(old: Path) -> None:
    before = rows_of(old)
    assert {len(rows) for rows in before.values()}.isdisjoint({0})
    with Store.open(old) as store:
        assert store.faults() == []
        assert {row.state for row in store.audits(EVERY)} == {"draft", "signed", "withdrawn"}
        assert {row.auditors for row in store.audits(EVERY)} == {("KL",), ("Élan",)}
        assert "half a sen" in {
            text for row in store.audits() for text in store.drafts(row.id).values()
        }
    assert rows_of(old) == before


def test_an_older_database_takes_the_new_acts(old: Path) -> None:
    with Store.open(old) as store:
        draft = next(row for row in store.audits() if row.ref == "NS-0148")
        store.write([raise_flag(store.audit(draft.id), "follow_up", OTHER.id, text="Ask for it")])
        store.write([hand_over(store.audit(draft.id), OTHER.id, ME.id, reason="leave")])
        row = next(row for row in store.audits() if row.ref == "NS-0148")
        assert (row.auditor_id, row.auditors, row.open_flags) == (OTHER.id, ("KL", "Élan"), 1)
        assert store.faults() == []


def test_the_file_as_it_was_is_kept_beside_it_for_its_owner_only(old: Path) -> None:
    before = rows_of(old)
    Store.open(old).close()
    (copy,) = (each for each in old.parent.iterdir() if each != old)
    assert copy.name == "audits.format-1.db"
    assert copy.stat().st_mode & 0o077 == 0
    assert rows_of(copy) == before
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("PRAGMA user_version").fetchone() == (1,)


def test_a_copy_from_an_earlier_time_is_not_overwritten(old: Path) -> None:
    (old.parent / "audits.format-1.db").write_text("kept")
    Store.open(old).close()
    assert (old.parent / "audits.format-1.db").read_text() == "kept"
    assert (old.parent / "audits.format-1-2.db").exists()


def test_it_is_brought_up_to_date_once(old: Path) -> None:
    for _ in range(3):
        Store.open(old).close()
    assert len(list(old.parent.iterdir())) == 2


def test_of_twelve_programs_starting_at_once_each_finds_it_whole(old: Path) -> None:
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", OPEN, str(old)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(files.__file__).parents[1],
        )
        for _ in range(12)
    ]
    for process in processes:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("\n")
        process.stdin.flush()
    said = {process.communicate(timeout=120)[0].strip() for process in processes}
    assert said == {"3 []"}
    assert sorted(each.name for each in old.parent.iterdir()) == ["audits.db", "audits.format-1.db"]


def test_what_fails_half_way_leaves_the_older_database_as_it_was(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = old.read_bytes()
    monkeypatch.setattr("ehcp_audit.store.migrations.FLAGS_AND_HANDS", "CREATE TABLE flag(id); NO;")
    with pytest.raises(DatabaseError):
        Store.open(old)
    assert old.read_bytes() == before


def test_without_a_copy_nothing_is_changed(old: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = old.read_bytes()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("ehcp_audit.files.os.open", full)
    with pytest.raises(Exception, match="no room left"):
        Store.open(old)
    assert old.read_bytes() == before


def test_without_write_permission_it_is_named_and_not_touched(
    old: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = old.read_bytes()
    monkeypatch.setattr(upgrading, "can_write", lambda _: False)
    with pytest.raises(DatabaseError, match="made by an earlier ehcp-audit"):
        Store.open(old)
    assert old.read_bytes() == before


def test_every_fact_that_reports_filter_by_has_a_column_that_a_format_brought() -> None:
    """One that is added needs a line in the newest format that is not released yet."""
    brought = {fact for facts in FACT_COLUMNS.values() for fact in facts}
    assert {fact.id for fact in REPORTED} <= brought
    assert sorted(FACT_COLUMNS) == list(range(1, SCHEMA_VERSION + 1))
