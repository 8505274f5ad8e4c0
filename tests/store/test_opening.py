"""Opening: every kind of wrong file is named, and none is touched."""

import hashlib
import os
import random
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest
from tests.small_rubric import ME, RUBRIC, begun, joined, signed

from ehcp_audit.domain.errors import DatabaseError
from ehcp_audit.store import Store, connection, database
from ehcp_audit.store.connection import check
from ehcp_audit.store.schema import SCHEMA_VERSION


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A closed database with one signed audit and a draft."""
    path = tmp_path / "audits.db"
    with Store.create(path) as store:
        joined(store, ME)
        signed(store)
        begun(store, plan_ref="NS-0148")
    return path


def fingerprint(folder: Path) -> dict[str, str]:
    """Every file of a folder and the hash of its content; nothing may have it open."""
    return {
        each.name: hashlib.sha256(each.read_bytes()).hexdigest()
        for each in folder.iterdir()
        if each.is_file()
    }


def refusal(path: Path) -> DatabaseError:
    """Return the error of opening, having made sure that no file there changed."""
    before = fingerprint(path.parent)
    with pytest.raises(DatabaseError) as told:
        Store.open(path)
    assert fingerprint(path.parent) == before
    assert told.value.what
    assert told.value.next_step
    return told.value


def edit(path: Path, *statements: str) -> None:
    with sqlite3.connect(path) as other:
        for statement in statements:
            other.execute(statement)
    other.close()


def test_a_missing_file_is_named_and_not_made(tmp_path: Path) -> None:
    error = refusal(tmp_path / "audits.db")
    assert error.title == "No database"
    assert not (tmp_path / "audits.db").exists()


def test_a_folder_is_not_a_database(tmp_path: Path) -> None:
    (tmp_path / "audits.db").mkdir()
    assert "is not a file" in refusal(tmp_path / "audits.db").what


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_is_not_a_database_and_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "audits.db")
    assert "is not a file" in refusal(tmp_path / "audits.db").what


def test_an_empty_file_is_not_a_database(tmp_path: Path) -> None:
    (tmp_path / "audits.db").touch()
    assert "is empty" in refusal(tmp_path / "audits.db").what


@pytest.mark.parametrize(
    "content", [b"Dear Sir or Madam,\n" * 99, b"\0" * 8192, b"SQLite format 3"]
)
def test_another_kind_of_file_is_not_a_database(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "audits.db").write_bytes(content)
    error = refusal(tmp_path / "audits.db")
    assert "damaged, or is not a database" in error.what or "another program" in error.what


def test_another_program_s_database_is_refused(tmp_path: Path) -> None:
    edit(tmp_path / "audits.db", "CREATE TABLE event(seq)", "PRAGMA application_id=4711")
    assert "belongs to another program" in refusal(tmp_path / "audits.db").what


def test_another_program_s_write_ahead_log_is_not_merged(tmp_path: Path) -> None:
    path = tmp_path / "audits.db"
    edit(path, "PRAGMA journal_mode=WAL", "CREATE TABLE t(a)")
    other = sqlite3.connect(path)
    other.execute("INSERT INTO t VALUES (1)")
    other.commit()
    elsewhere = tmp_path / "copy"
    elsewhere.mkdir()
    for each in tmp_path.glob("audits.db*"):
        if not each.name.endswith("-shm"):
            shutil.copy(each, elsewhere)
    other.close()
    before = (elsewhere / "audits.db").read_bytes(), (elsewhere / "audits.db-wal").read_bytes()
    with pytest.raises(DatabaseError, match="belongs to another program"):
        Store.open(elsewhere / "audits.db")
    assert (elsewhere / "audits.db").read_bytes() == before[0]
    assert (elsewhere / "audits.db-wal").read_bytes() == before[1]


def test_a_newer_database_is_refused_and_update_is_the_way_on(path: Path) -> None:
    edit(path, "PRAGMA user_version=3")
    error = refusal(path)
    assert "newer ehcp-audit (format 3)" in error.what
    assert "Update ehcp-audit" in error.next_step


def test_a_half_made_database_is_refused(path: Path) -> None:
    edit(path, "PRAGMA user_version=0")
    assert "half-made" in refusal(path).what


def test_a_database_that_does_not_know_itself_is_refused(path: Path) -> None:
    edit(path, "DELETE FROM workspace")
    assert "which copy of the workspace" in refusal(path).what


@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_a_truncated_database_is_refused(path: Path, kept: float) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    assert "damaged" in refusal(path).what


def test_a_database_with_pages_of_noise_is_refused_or_its_faults_are_told(path: Path) -> None:
    content = path.read_bytes()
    noise = random.Random(4711)
    for page in range(1, len(content) // 4096):
        broken = bytearray(content)
        broken[page * 4096 : page * 4096 + 512] = noise.randbytes(512)
        path.write_bytes(broken)
        try:
            with Store.open(path) as store:
                found = store.faults()
        except DatabaseError as error:
            found = [error.what]
        assert found, f"page {page}"


def test_text_that_is_no_utf8_is_told_without_repeating_it(path: Path) -> None:
    content = path.read_bytes()
    assert content.count(b"SLCN") > 1
    path.write_bytes(content.replace(b"SLCN", b"SL\xffN"))
    with Store.open(path) as store:
        with pytest.raises(DatabaseError, match="not valid UTF-8") as told:
            store.audits()
        assert store.faults() != []
    assert "SL" not in told.value.what
    assert "NS-0147" not in str(told.value)


def test_without_write_permission_it_opens_for_reading_only(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = fingerprint(path.parent)
    monkeypatch.setattr(database, "can_write", lambda path: False)
    with Store.open(path) as store:
        assert not store.writable
        assert len(store.audits()) == 2
        assert store.rubric(RUBRIC.hash) == RUBRIC
        assert store.faults() == []
        with pytest.raises(DatabaseError, match="open for reading only"):
            store.put_setting("k", "v")
    assert fingerprint(path.parent) == before


def test_a_file_asked_for_reading_only_is_not_changed(path: Path) -> None:
    before = fingerprint(path.parent)
    with Store.open(path, writable=False) as store:
        assert store.count_by_state() == {"signed": 1, "draft": 1}
    assert fingerprint(path.parent) == before


def test_write_permission_means_the_file_and_its_folder(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    allowed: dict[Path, bool] = {}
    monkeypatch.setattr("os.access", lambda each, mode: allowed[each])
    for file, folder in [(True, True), (True, False), (False, True)]:
        allowed |= {path: file, path.parent: folder}
        assert connection.can_write(path) is (file and folder)


def test_opening_and_reading_changes_nothing(path: Path) -> None:
    before = fingerprint(path.parent)
    with Store.open(path) as store:
        list(store.every_audit())
        store.faults()
    assert fingerprint(path.parent) == before


def killed_while_writing(path: Path, *, application: int | None = None) -> None:
    """Leave what a program killed in mid-transaction leaves: a hot journal and changed pages."""
    code = f"""
        import os, signal, sqlite3
        connection = sqlite3.connect({str(path)!r}, isolation_level=None)
        connection.execute("PRAGMA cache_size=1")
        connection.execute("PRAGMA cache_spill=1")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("CREATE TABLE IF NOT EXISTS filler(a)")
        for n in range(200):
            connection.execute("INSERT INTO filler VALUES (randomblob(2000))")
        os.kill(os.getpid(), signal.SIGKILL)
    """
    subprocess.run([sys.executable, "-c", dedent(code)], check=False)
    journal = path.with_name(path.name + "-journal")
    assert journal.stat().st_size > 512, "the journal must be hot"


def test_a_journal_left_by_a_kill_is_rolled_back_on_opening(path: Path) -> None:
    before = path.read_bytes()
    killed_while_writing(path)
    assert path.read_bytes() != before
    with Store.open(path) as store:
        assert store.faults() == []
        assert len(store.audits()) == 2
    assert path.read_bytes() == before
    assert [each.name for each in path.parent.iterdir()] == ["audits.db"]


def test_a_kill_between_the_pages_of_a_commit_is_rolled_back_not_called_damage(path: Path) -> None:
    """The first page was written and tells of more pages than the file has yet."""
    before = path.read_bytes()
    killed_while_writing(path)
    with path.open("r+b") as file:
        file.seek(28)
        file.write((100_000).to_bytes(4, "big"))  # the number of pages
        file.seek(24)
        counter = file.read(4)
        file.seek(92)
        file.write(counter)  # the number of pages is valid for this change
    with Store.open(path) as store:
        assert store.faults() == []
    assert path.read_bytes() == before


@pytest.mark.parametrize("header", ["application_id=4711", "user_version=99"])
def test_a_journal_of_another_or_newer_program_is_left_to_it(path: Path, header: str) -> None:
    edit(path, f"PRAGMA {header}")
    killed_while_writing(path)
    refusal(path)


def test_every_connection_saves_the_safe_way(path: Path) -> None:
    with Store.open(path) as store:
        store.setting("origin")
        assert store._writer is not None
        pragmas: dict[str, Any] = {}

        def look(connection: sqlite3.Connection, batch: Any) -> None:
            for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete"):
                (pragmas[name],) = connection.execute(f"PRAGMA {name}").fetchone()
            commit(connection, batch)

        commit = store._writer._commit
        store._writer._commit = look  # type: ignore[method-assign]
        store.put_setting("k", "v")
    assert pragmas == {
        "journal_mode": "delete",
        "synchronous": 3,
        "foreign_keys": 1,
        "secure_delete": 1,
    }


def test_a_disk_without_a_rollback_journal_is_refused() -> None:
    in_memory = sqlite3.connect(":memory:", isolation_level=None)
    with pytest.raises(DatabaseError, match="safe way of saving"):
        connection.settle(in_memory, writable=True)
    in_memory.close()


def test_the_version_of_a_sound_file_is_returned(path: Path) -> None:
    assert check(path) == SCHEMA_VERSION


def test_a_reader_cannot_write(store: Store) -> None:
    with (
        pytest.raises(DatabaseError, match="cannot be written"),
        store._reading() as reader,
    ):
        reader.execute("DELETE FROM workspace")
