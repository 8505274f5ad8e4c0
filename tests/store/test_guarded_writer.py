"""The one writer: all of a piece or none of it, in order, and nothing said before it is true."""

import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlite_utils import Database
from tests.small_rubric import ME, RUBRIC, TEXT, at_noon, begun, rubric_of

from ehcp_audit.auditing import join
from ehcp_audit.domain.errors import AuditToolError, DatabaseError, SaveConflictError
from ehcp_audit.domain.events import Event, NewEvent, audit_subject
from ehcp_audit.domain.identity import Identity
from ehcp_audit.store import Draft, Store, Work, writer
from ehcp_audit.store.connection import retried
from ehcp_audit.store.projection import project


def joining(name: str) -> NewEvent:
    return join(Identity(f"{name:0<12}", name, "education"))


def names(store: Store) -> list[str]:
    return sorted(auditor.name for auditor in store.auditors())


def count(path: Path, table: str) -> int:
    connection = sqlite3.connect(path)
    (rows,) = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    connection.close()
    return int(rows)


def scoring(audit_id: str, criterion: str = "views", level: int = 3) -> NewEvent:
    new = {"level": level, "reason": "", "overrides": False}
    body = {"criterion": criterion, "old": None, "new": new}
    return NewEvent(audit_subject(audit_id), "scored", body, ME.id)


class Held:
    """Holds the writer's thread at the start of its next batch until released."""

    def __init__(self, store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
        self.release = threading.Event()
        self.reached = threading.Event()
        assert store._writer is not None
        check_place = store._writer._check_place

        def held() -> None:
            self.reached.set()
            assert self.release.wait(10)
            check_place()

        monkeypatch.setattr(store._writer, "_check_place", held)


def test_an_event_and_its_state_are_saved_together(store: Store) -> None:
    (event,) = store.write([joining("AB")])
    assert event.seq == 1
    assert names(store) == ["AB"]
    assert [past.kind for past in store.every_event()] == ["auditor_joined"]


def test_an_event_whose_state_cannot_be_written_is_not_in_the_log(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(connection: sqlite3.Connection, event: Event) -> None:
        message = "disk I/O error"
        raise sqlite3.OperationalError(message)

    monkeypatch.setattr(writer, "project", fails)
    with pytest.raises(DatabaseError):
        store.write([joining("AB")])
    assert store.every_event() == ()


def rolls_back_unseen(
    project: Callable[[sqlite3.Connection, Event], None],
) -> Callable[[sqlite3.Connection, Event], None]:
    """Make a projection during which SQLite rolls the transaction back, and nobody is told.

    The first `upsert` of sqlite-utils does this: it swallows the error of a probe.
    """

    def projected(connection: sqlite3.Connection, event: Event) -> None:
        connection.execute("ROLLBACK")
        project(connection, event)

    return projected


def test_a_transaction_that_vanished_is_never_acknowledged(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "project", rolls_back_unseen(project))
    with pytest.raises(DatabaseError):
        store.write([joining("AB")])
    assert store.every_event() == ()
    monkeypatch.undo()
    store.write([joining("CD")])
    assert [event.seq for event in store.every_event()] == [1]
    assert "CD" in names(store)


def test_a_transaction_that_vanished_before_commit_fails_all_who_share_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert store._writer is not None
    attempt = store._writer._attempt

    def attempted(connection: sqlite3.Connection, *rest: Any) -> None:
        attempt(connection, *rest)
        connection.execute("ROLLBACK")

    monkeypatch.setattr(store._writer, "_attempt", attempted)
    with pytest.raises(DatabaseError, match="lost before it was committed"):
        store.write([joining("AB")])
    assert store.every_event() == ()


def test_broken_a_writer_on_insert_and_upsert_loses_the_event_without_a_word(
    tmp_path: Path,
) -> None:
    path = tmp_path / "naive.db"
    made = sqlite3.connect(path)
    made.executescript(
        "CREATE TABLE event(n INTEGER PRIMARY KEY);"
        "CREATE TABLE score(id INTEGER PRIMARY KEY, v INTEGER)"
    )
    made.close()
    database = Database(path, execute_plugins=False)
    real: Any = database.conn

    class FailingProbe:
        def __getattr__(self, name: str) -> Any:
            return getattr(real, name)

        def execute(self, sql: str, *parameters: Any) -> Any:
            if sql.startswith("create table t"):
                real.execute("ROLLBACK")
                message = "disk I/O error"
                raise sqlite3.OperationalError(message)
            return real.execute(sql, *parameters)

    database.conn = FailingProbe()  # type: ignore[assignment]
    database.execute("BEGIN IMMEDIATE")
    database.table("event").insert({"n": 1})
    database.table("score").upsert({"id": 1, "v": 5}, pk="id")
    database.commit()
    real.close()
    assert (count(path, "event"), count(path, "score")) == (0, 1)


def test_a_refused_piece_takes_nothing_with_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(store, monkeypatch)
    first = store.submit(Work(events=(joining("AA"),)))
    assert held.reached.wait(10)
    refused = store.submit(
        Work(
            events=(joining("BB"),),
            expects={"audit:none": 7},
            drafts=(Draft("x", "note", "typed"),),
            settings={"k": "v"},
        )
    )
    last = store.submit(Work(events=(joining("CC"),)))
    held.release.set()
    first.result(10)
    last.result(10)
    with pytest.raises(SaveConflictError):
        refused.result(10)
    assert names(store) == ["AA", "CC"]
    assert (store.drafts("x"), store.setting("k")) == ({}, None)
    assert store.faults() == []


@pytest.mark.parametrize(
    "broken",
    [
        scoring("nobody-knows-this-audit"),
        replace(joining("BB"), body={"name": "no agency"}),
        replace(joining("BB"), body={"name": "\ud800", "agency": "health"}),
        replace(joining("BB"), body={"name": object(), "agency": "health"}),
        replace(joining("BB"), body={"name": "BB", "agency": None}),
        replace(joining("BB"), undoes=2**70),
    ],
    ids=["unknown audit", "key missing", "surrogate", "no JSON", "constraint", "too large"],
)
def test_a_piece_that_breaks_is_refused_alone_and_the_writer_goes_on(
    store: Store, monkeypatch: pytest.MonkeyPatch, broken: NewEvent
) -> None:
    held = Held(store, monkeypatch)
    before = store.submit(Work(events=(joining("AA"),)))
    refused = store.submit(Work(events=(joining("HH"), broken)))
    after = store.submit(Work(events=(joining("CC"),)))
    held.release.set()
    with pytest.raises(AuditToolError):
        refused.result(10)
    before.result(10)
    after.result(10)
    store.write([joining("DD")])
    assert names(store) == ["AA", "CC", "DD"]
    assert store.faults() == []


def test_waiting_work_shares_one_commit_in_order(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    commits = []
    assert store._writer is not None
    commit = store._writer._commit

    def counted(connection: sqlite3.Connection, batch: Any) -> None:
        commits.append(len(batch))
        commit(connection, batch)

    monkeypatch.setattr(store._writer, "_commit", counted)
    held = Held(store, monkeypatch)
    futures = [store.submit(Work(events=(joining("A0"),)))]
    assert held.reached.wait(10)
    futures += [store.submit(Work(events=(joining(f"A{n}"),))) for n in range(1, 10)]
    held.release.set()
    written = [future.result(10).events[0].seq for future in futures]
    assert written == list(range(1, 11))
    assert sum(commits) == 10
    assert len(commits) == 2


def test_a_change_made_elsewhere_refuses_and_says_so(store: Store, tmp_path: Path) -> None:
    audit_id = begun(store)
    with Store.open(tmp_path / "audits.db") as elsewhere:
        elsewhere.write([scoring(audit_id)], expects={audit_subject(audit_id): 1})
    with pytest.raises(SaveConflictError, match="changed elsewhere"):
        store.write([scoring(audit_id, level=1)], expects={audit_subject(audit_id): 1})
    assert store.audit(audit_id).scores["views"].level == 3


def test_a_plan_is_expected_as_an_audit_is(store: Store) -> None:
    begun(store)
    plan = store.plan_id("NS-0147")
    store.do(Work(expects={f"plan:{plan}": 1}))
    with pytest.raises(SaveConflictError):
        store.do(Work(expects={f"plan:{plan}": 0}))
    store.do(Work(expects={"plan:none": 0, "audit:none": 0}))


def test_two_programs_that_begin_the_same_plan_share_it(store: Store, tmp_path: Path) -> None:
    """The second sees no plan, the first adds it, the second is refused, looks again, begins."""
    with Store.open(tmp_path / "audits.db", clock=at_noon) as elsewhere:
        look = store.plan_id
        asked = []

        def quicker(ref: str) -> str | None:
            found = look(ref)
            asked.append(found)
            if len(asked) == 1:
                begun(elsewhere)
            return found

        store.plan_id = quicker  # type: ignore[method-assign]
        begun(store)
        assert asked[0] is None
        assert asked[1] is not None
        states = list(store.every_audit())
    assert len({state.plan_id for state in states}) == 1
    assert len(states) == 2
    assert store.faults() == []


@pytest.mark.parametrize("fate", ["moved", "replaced", "deleted", "folder gone"])
def test_a_file_that_is_no_longer_there_is_not_written(tmp_path: Path, fate: str) -> None:
    folder = tmp_path / "workspace"
    folder.mkdir()
    path = folder / "audits.db"
    with Store.create(path) as store:
        store.write([joining("AA")])
        if fate == "moved":
            path.rename(folder / "elsewhere.db")
        elif fate == "replaced":
            path.rename(folder / "elsewhere.db")
            Store.create(path).close()
        elif fate == "deleted":
            path.unlink()
        else:
            folder.rename(tmp_path / "away")
            folder.write_text("a file now")
        with pytest.raises(DatabaseError, match="moved, replaced or deleted"):
            store.write([joining("BB")])
    if fate == "replaced":
        assert count(path, "event") == 0
    if fate in ("moved", "replaced"):
        assert count(folder / "elsewhere.db", "event") == 1


class FakeError(sqlite3.OperationalError):
    def __init__(self, code: int) -> None:
        super().__init__("told by code")
        self.sqlite_errorcode = code


@pytest.mark.parametrize(
    ("error", "sentence"),
    [
        (FakeError(sqlite3.SQLITE_FULL), "The disk is full."),
        (OSError(28, "No space left on device"), "The disk is full."),
        (FakeError(sqlite3.SQLITE_READONLY), "or its folder cannot be written."),
        (PermissionError(13, "Permission denied"), "or its folder cannot be written."),
        (FakeError(sqlite3.SQLITE_IOERR), "The disk did not read or write"),
        (FakeError(sqlite3.SQLITE_CORRUPT), "is damaged, or is not a database."),
        (MemoryError(), "audits.db"),
    ],
    ids=["full", "full (OS)", "read-only", "read-only (OS)", "I/O", "damaged", "memory"],
)
def test_a_disk_that_fails_is_told_in_a_sentence_and_writing_goes_on_after(
    store: Store, monkeypatch: pytest.MonkeyPatch, error: Exception, sentence: str
) -> None:
    def fails(connection: sqlite3.Connection, event: Event) -> None:
        raise error

    monkeypatch.setattr(writer, "project", fails)
    with pytest.raises(DatabaseError) as told:
        store.write([joining("AA")])
    assert sentence in told.value.what
    assert told.value.next_step
    assert told.value.__cause__ is error
    monkeypatch.undo()
    store.write([joining("BB")])
    assert names(store) == ["BB"]
    assert store.faults() == []


def test_a_really_full_file_is_told_as_a_full_disk_and_half_of_nothing_is_kept(
    store: Store,
) -> None:
    assert store._writer is not None

    def limit(connection: sqlite3.Connection, batch: Any) -> None:
        (pages,) = connection.execute("PRAGMA page_count").fetchone()
        connection.execute(f"PRAGMA max_page_count={pages}").fetchone()
        commit(connection, batch)

    commit = store._writer._commit
    store._writer._commit = limit  # type: ignore[method-assign]
    futures = [store.submit(Work(events=(joining(f"A{n:03}"),))) for n in range(500)]
    refused = [str(error) for future in futures if (error := future.exception(10))]
    accepted = len(futures) - len(refused)
    assert refused
    assert all("The disk is full" in sentence for sentence in refused)
    assert len(store.every_event()) == len(store.auditors()) == accepted
    assert store.faults() == []


def test_another_program_that_holds_the_lock_too_long_is_told_in_a_sentence(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert store._writer is not None
    monkeypatch.setattr(writer, "retried", lambda act: retried(act, 0.2))
    impatient(store)
    other = sqlite3.connect(tmp_path / "audits.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(DatabaseError, match="in use by another program") as told:
        store.write([joining("AA")])
    assert "try again" in told.value.next_step
    other.execute("ROLLBACK")
    other.close()
    store.write([joining("BB")])
    assert names(store) == ["BB"]


def impatient(store: Store) -> None:
    """Let SQLite itself wait no longer, so that only our own retrying does."""
    assert store._writer is not None
    commit = store._writer._commit

    def at_once(connection: sqlite3.Connection, batch: Any) -> None:
        connection.execute("PRAGMA busy_timeout=0").fetchone()
        commit(connection, batch)

    store._writer._commit = at_once  # type: ignore[method-assign]


def open_reader(path: Path) -> sqlite3.Connection:
    reader = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM workspace").fetchone()
    return reader


def test_a_commit_that_an_open_reader_holds_up_is_tried_again_and_succeeds(
    store: Store, tmp_path: Path
) -> None:
    impatient(store)
    reader = open_reader(tmp_path / "audits.db")
    future = store.submit(Work(events=(joining("AA"),)))
    time.sleep(0.15)
    assert not future.done()
    reader.close()
    assert future.result(10).events[0].seq == 1
    assert names(store) == ["AA"]


def test_broken_a_commit_that_is_not_tried_again_loses_to_an_open_reader(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writer, "retried", lambda act: act())
    impatient(store)
    reader = open_reader(tmp_path / "audits.db")
    with pytest.raises(DatabaseError, match="in use by another program"):
        store.write([joining("AA")])
    reader.close()


def test_a_slow_disk_does_not_hold_up_who_hands_work_over(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(store, monkeypatch)
    started = time.monotonic()
    futures = [store.submit(Work(events=(joining(f"A{n}"),))) for n in range(20)]
    assert time.monotonic() - started < 0.1
    assert not any(future.done() for future in futures)
    held.release.set()
    assert [future.result(10).events[0].seq for future in futures] == list(range(1, 21))


def test_nothing_is_acknowledged_before_the_commit_has_returned(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    acknowledged_early = []
    future: Future[Any] = Future()
    waiting = threading.Event()

    def watched(act: Callable[[], Any]) -> Any:
        waiting.wait(10)
        acknowledged_early.append(future.done())
        return act()

    monkeypatch.setattr(writer, "retried", watched)
    future = store.submit(Work(events=(joining("AA"),)))
    waiting.set()
    future.result(10)
    assert acknowledged_early == [False, False]  # before BEGIN, before COMMIT
    assert count(tmp_path / "audits.db", "event") == 1


def test_a_connection_left_inside_a_transaction_is_freed_before_the_next_write(
    store: Store,
) -> None:
    assert store._writer is not None
    commit = store._writer._commit

    def stuck(connection: sqlite3.Connection, batch: Any) -> None:
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("DELETE FROM workspace")
        commit(connection, batch)

    store._writer._commit = stuck  # type: ignore[method-assign]
    store.write([joining("AA")])
    assert names(store) == ["AA"]
    assert store.faults() == []


def test_closing_writes_what_is_queued(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "audits.db")
    futures = [store.submit(Work(events=(joining(f"A{n}"),))) for n in range(150)]
    store.close()
    assert all(future.done() for future in futures)
    assert count(tmp_path / "audits.db", "event") == 150


def test_what_is_handed_over_after_closing_is_refused_not_left_waiting(tmp_path: Path) -> None:
    store = Store.create(tmp_path / "audits.db")
    its_writer = store._writer
    store.close()
    assert its_writer is not None
    for submit in (store.submit, its_writer.submit):
        with pytest.raises(DatabaseError, match="is closed"):
            submit(Work(events=(joining("AA"),))).result(1)


def test_what_was_handed_over_cannot_be_cancelled_and_the_writer_goes_on(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    held = Held(store, monkeypatch)
    future = store.submit(Work(events=(joining("AA"),)))
    assert not future.cancel()
    held.release.set()
    future.result(10)
    store.write([joining("BB")])
    assert names(store) == ["AA", "BB"]


def test_a_changed_rubric_of_the_same_version_is_refused_by_name(store: Store) -> None:
    store.keep_rubric(RUBRIC, TEXT)
    store.keep_rubric(RUBRIC, "# other comments\n")
    other = rubric_of(*RUBRIC.criteria[:3], version="1.0")
    with pytest.raises(AuditToolError, match=r"small version 1\.0 was changed"):
        store.keep_rubric(other, TEXT)
    assert [kept.hash for kept in store.rubric_versions()] == [RUBRIC.hash]


def test_a_rubric_that_was_only_kept_is_frozen_by_its_first_audit(store: Store) -> None:
    store.keep_rubric(RUBRIC, TEXT)
    assert not store.is_frozen(RUBRIC.hash)
    audit_id = begun(store)
    assert store.is_frozen(RUBRIC.hash)
    store.write([scoring(audit_id)])
    assert [event.kind for event in store.every_event()].count("rubric_frozen") == 1
    begun(store)
    assert [event.kind for event in store.every_event()].count("rubric_frozen") == 1


def test_a_rubric_cannot_be_frozen_before_it_is_kept(store: Store) -> None:
    body = {"rubric_id": "small", "version": "1.0", "hash": RUBRIC.hash}
    with pytest.raises(AuditToolError, match="is not kept"):
        store.write([NewEvent("rubric:small@1.0", "rubric_frozen", body, ME.id)])


def test_a_draft_is_kept_replaced_and_forgotten(store: Store) -> None:
    for text in ("M", "Mu", "Mum says\x00 [b]"):
        store.do(Work(drafts=(Draft("x", "note", text),)))
    assert store.drafts("x") == {"note": "Mum says\x00 [b]"}
    store.do(Work(drafts=(Draft("x", "note", None),)))
    assert store.drafts("x") == {}
    assert store.every_event() == ()


def test_a_forgotten_draft_leaves_no_text_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "audits.db"
    with Store.create(path) as store:
        store.do(Work(drafts=(Draft("x", "note", "CANARY-4711"),)))
        store.do(Work(drafts=(Draft("x", "note", None),)))
    assert b"CANARY-4711" not in path.read_bytes()
