"""A backup is a verified copy under a new name, or none."""

import sqlite3
import stat
import threading
from pathlib import Path

import pytest
from tests.small_rubric import CRITERIA, ME, TODAY, begun, signed

from ehcp_audit.auditing import score
from ehcp_audit.domain.errors import AuditToolError, DatabaseError
from ehcp_audit.store import Store, integrity


def test_a_backup_opens_verifies_and_holds_the_same(store: Store, tmp_path: Path) -> None:
    signed(store)
    begun(store, plan_ref="NS-0148")
    store.backup(tmp_path / "copy.db")
    with Store.open(tmp_path / "copy.db") as copy:
        assert copy.faults() == []
        assert list(copy.every_audit()) == list(store.every_audit())
        assert copy.every_event() == store.every_event()
        assert (copy.head(), copy.origin) == (store.head(), store.origin)
    assert stat.S_IMODE((tmp_path / "copy.db").stat().st_mode) == 0o600
    assert sorted(each.name for each in tmp_path.iterdir()) == ["audits.db", "copy.db"]


@pytest.mark.parametrize("target", ["copy.db", "audits.db"])
def test_a_backup_never_overwrites(store: Store, tmp_path: Path, target: str) -> None:
    begun(store)
    (tmp_path / "copy.db").write_text("last week's")
    with pytest.raises(AuditToolError, match="is there already"):
        store.backup(tmp_path / target)
    assert (tmp_path / "copy.db").read_text() == "last week's"
    assert store.faults() == []


def test_a_backup_into_no_folder_is_refused(store: Store, tmp_path: Path) -> None:
    with pytest.raises(AuditToolError, match="does not exist"):
        store.backup(tmp_path / "none" / "copy.db")


def test_a_copy_that_does_not_verify_is_not_kept(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun(store)
    monkeypatch.setattr(integrity, "faults", lambda copy: ["Event 7 was changed."])
    with pytest.raises(DatabaseError, match=r"does not verify: Event 7 was changed\.") as told:
        store.backup(tmp_path / "copy.db")
    assert told.value.title == "No backup"
    assert [each.name for each in tmp_path.iterdir()] == ["audits.db"]


def test_a_damaged_record_is_not_backed_up_as_sound(store: Store, tmp_path: Path) -> None:
    begun(store)
    with sqlite3.connect(tmp_path / "audits.db") as other:
        other.execute("UPDATE plan SET ref = 'NS-9999'")
    other.close()
    with pytest.raises(DatabaseError, match="does not verify"):
        store.backup(tmp_path / "copy.db")
    assert [each.name for each in tmp_path.iterdir()] == ["audits.db"]


def test_backups_made_while_a_writer_writes_are_sound_and_hold_what_was_acknowledged(
    store: Store, tmp_path: Path
) -> None:
    audit_id = begun(store)
    stop = threading.Event()
    acknowledged = [0]

    def write() -> None:
        while not stop.is_set():
            state = store.audit(audit_id)
            level = state.rev % 4 + 1
            (event,) = store.write([score(state, CRITERIA[0], level, ME.id, TODAY)])
            acknowledged[0] = event.seq

    writing = threading.Thread(target=write)
    writing.start()
    lengths = []
    try:
        for number in range(8):
            least = acknowledged[0]
            store.backup(tmp_path / f"copy{number}.db")
            with Store.open(tmp_path / f"copy{number}.db") as copy:
                assert copy.faults() == []
                events = copy.every_event()
            assert len(events) >= least
            lengths.append(len(events))
    finally:
        stop.set()
        writing.join(10)
    assert lengths[-1] > lengths[0], "nothing was written meanwhile: the test says nothing"
