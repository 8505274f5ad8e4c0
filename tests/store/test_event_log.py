"""The log: never changed through this tool, and every change by another tool is seen."""

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.small_rubric import CRITERIA, ME, TODAY, begun, signed

from ehcp_audit.auditing import score, write_note
from ehcp_audit.store import Store, integrity, log
from ehcp_audit.store.integrity import private_copy
from ehcp_audit.store.log import chain_faults

COLUMNS = (
    "seq",
    "origin",
    "origin_seq",
    "at",
    "actor",
    "subject",
    "kind",
    "undoes",
    "app",
    "body_digest",
    "hash",
)


@pytest.fixture
def copy(store: Store) -> Iterator[sqlite3.Connection]:
    """A copy with some events, whose triggers another tool has dropped."""
    signed(store)
    audit_id = begun(store, plan_ref="NS-0148")
    for level in (1, 2):
        state = store.audit(audit_id)
        store.write([score(state, CRITERIA[0], level, ME.id, TODAY)])
        store.write([write_note(state, CRITERIA[0], ME.id, text="Mum says", section="A")])
    with store._reading() as connection:
        copied = private_copy(connection)
    copied.execute("PRAGMA foreign_keys=OFF")
    for (name,) in copied.execute("SELECT name FROM sqlite_master WHERE type='trigger'").fetchall():
        copied.execute(f"DROP TRIGGER {name}")
    yield copied
    copied.close()


def chain(copy: sqlite3.Connection) -> list[str]:
    return list(chain_faults(copy))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event SET actor = 'x'",
        "UPDATE event SET hash = hash",
        "DELETE FROM event",
        "INSERT OR REPLACE INTO event SELECT * FROM event WHERE seq = 1",
        "INSERT INTO event SELECT * FROM event WHERE true ON CONFLICT DO UPDATE SET app = 'x'",
        "UPDATE event_body SET body = '{}'",
        "UPDATE event_body SET body = NULL",
        "UPDATE event_body SET salt = NULL",
        "UPDATE event_body SET seq = seq + 100, salt = NULL, body = NULL",
        "DELETE FROM event_body",
        "INSERT OR REPLACE INTO event_body SELECT * FROM event_body WHERE seq = 1",
        "UPDATE rubric_version SET compiled = '{}'",
        "INSERT OR REPLACE INTO rubric_version SELECT * FROM rubric_version",
        "DELETE FROM rubric_version",
    ],
)
def test_a_past_event_cannot_be_changed_through_our_connections(
    store: Store, tmp_path: Path, statement: str
) -> None:
    begun(store)
    before = store.every_event()
    connection = sqlite3.connect(tmp_path / "audits.db", isolation_level=None)
    connection.execute("PRAGMA recursive_triggers=ON")  # as every connection of ours has
    connection.execute("PRAGMA foreign_keys=ON")
    with pytest.raises(sqlite3.IntegrityError):
        connection.execute(statement)
    connection.close()
    assert store.every_event() == before
    assert store.faults() == []


def test_the_chain_of_an_untouched_log_verifies(copy: sqlite3.Connection) -> None:
    assert chain(copy) == []


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("place", [1, 5, "last"])
def test_an_edit_of_any_column_of_any_event_is_seen(
    copy: sqlite3.Connection, column: str, place: int | str
) -> None:
    (last,) = copy.execute("SELECT max(seq) FROM event").fetchone()
    seq = last if place == "last" else place
    changed = "99" if column in ("seq", "origin_seq", "undoes") else f"{column} || 'x'"
    if column == "seq":
        copy.execute("UPDATE event_body SET seq = 99 WHERE seq = ?", (seq,))
    copy.execute(f"UPDATE event SET {column} = {changed} WHERE seq = ?", (seq,))
    assert chain(copy)


@pytest.mark.parametrize("column", ["at", "actor", "subject", "kind", "undoes", "app"])
def test_broken_a_chain_without_a_column_misses_the_edit_of_that_column(
    copy: sqlite3.Connection, monkeypatch: pytest.MonkeyPatch, column: str
) -> None:
    """With the hash over one column fewer, that column's edit passes: so each is needed."""
    without = COLUMNS.index(column)

    def short(row: tuple[Any, ...], previous: str) -> str:
        return full((*row[:without], *row[without + 1 :]), previous)

    full = log._row_hash
    monkeypatch.setattr(log, "_row_hash", short)
    previous = log.FIRST
    for row in copy.execute(f"SELECT {log._COLUMNS} FROM event ORDER BY seq").fetchall():
        previous = short(row, previous)
        copy.execute("UPDATE event SET hash = ? WHERE seq = ?", (previous, row[0]))
    assert chain(copy) == []
    value = "7" if column == "undoes" else f"{column} || 'x'"
    copy.execute(f"UPDATE event SET {column} = {value} WHERE seq = 5")
    assert chain(copy) == []


@pytest.mark.parametrize("seq", [1, 2, 5])
def test_a_deleted_event_is_seen(copy: sqlite3.Connection, seq: int) -> None:
    copy.execute("DELETE FROM event WHERE seq = ?", (seq,))
    copy.execute("DELETE FROM event_body WHERE seq = ?", (seq,))
    assert any(f"does not follow number {seq - 1}" in sentence for sentence in chain(copy))


def test_the_newest_event_cut_off_is_seen_by_the_tables_it_left_behind(store: Store) -> None:
    audit_id = begun(store)
    store.write([score(store.audit(audit_id), CRITERIA[0], 1, ME.id, TODAY)])
    with store._reading() as connection:
        copy = private_copy(connection)
    copy.execute("DROP TRIGGER event_is_never_deleted")
    copy.execute("DROP TRIGGER event_body_is_never_deleted")
    triggers = "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
    with store._reading() as connection:
        whole = {sql for (sql,) in connection.execute(triggers)}
    copy.execute("DELETE FROM event_body WHERE seq = (SELECT max(seq) FROM event)")
    copy.execute("DELETE FROM event WHERE seq = (SELECT max(seq) FROM event)")
    for sql in whole - {sql for (sql,) in copy.execute(triggers)}:
        copy.execute(sql)
    assert chain(copy) == []
    assert any("does not say what the event log says" in each for each in integrity.faults(copy))
    copy.close()


def test_two_events_that_changed_places_are_seen(copy: sqlite3.Connection) -> None:
    for table in ("event", "event_body"):
        copy.execute(f"UPDATE {table} SET seq = 99 WHERE seq = 5")
        copy.execute(f"UPDATE {table} SET seq = 5 WHERE seq = 6")
        copy.execute(f"UPDATE {table} SET seq = 6 WHERE seq = 99")
    assert chain(copy)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE event_body SET body = replace(body, 'Mum', 'Dad') WHERE body LIKE '%Mum%'",
        "UPDATE event_body SET salt = 'x' WHERE seq = 3",
        "DELETE FROM event_body WHERE seq = 3",
    ],
)
def test_a_changed_body_is_seen(copy: sqlite3.Connection, statement: str) -> None:
    assert copy.execute(statement).rowcount > 0
    assert chain(copy)


def test_a_body_without_its_salt_is_seen_not_crashed_on(copy: sqlite3.Connection) -> None:
    copy.execute("PRAGMA ignore_check_constraints=ON")
    copy.execute("UPDATE event_body SET salt = NULL WHERE seq = 3")
    assert chain(copy) == ["The content of event 3 was changed."]


def test_emptying_a_body_with_its_salt_keeps_the_chain_whole(store: Store) -> None:
    audit_id = begun(store)
    state = store.audit(audit_id)
    (event,) = store.write([write_note(state, CRITERIA[0], ME.id, text="Tom's mum")])
    connection = sqlite3.connect(store.path)
    connection.execute("UPDATE event_body SET salt = NULL, body = NULL WHERE seq = ?", (event.seq,))
    connection.commit()
    connection.close()
    with store._reading() as reader:
        assert chain(reader) == []
    assert store.every_event()[-1].body is None


def test_an_event_points_back_by_hash_to_the_one_before(store: Store) -> None:
    heads = [store.head()]
    audit_id = begun(store)
    heads.append(store.head())
    store.write([score(store.audit(audit_id), CRITERIA[0], 1, ME.id, TODAY)])
    heads.append(store.head())
    assert heads[0] == log.FIRST
    assert len(set(heads)) == 3


Tamper = Callable[[sqlite3.Connection], object]


def sql(statement: str) -> Tamper:
    return lambda connection: connection.execute(statement)


@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        (sql("UPDATE score SET level = 4 WHERE level = 3"), "score"),
        (sql("DELETE FROM evidence"), "evidence"),
        (sql("UPDATE audit SET grade = 'good'"), "audit"),
        (sql("UPDATE audit SET setting = 'special'"), "audit"),
        (sql("UPDATE plan SET ref = 'NS-9999' WHERE key = 1"), "plan"),
        (sql("UPDATE auditor SET name = 'Somebody'"), "auditor"),
        (sql("INSERT INTO auditor VALUES ('x', 'X', 'health')"), "auditor"),
        (sql("DELETE FROM criterion WHERE key = (SELECT max(key) FROM criterion)"), "criterion"),
        (sql("DROP TRIGGER event_is_never_deleted"), "event_is_never_deleted"),
        (sql("DROP INDEX audit_plan"), "audit_plan"),
        (sql("CREATE TRIGGER sly AFTER INSERT ON event BEGIN SELECT 1; END"), "sly"),
        (sql("CREATE VIEW sly AS SELECT 1"), "sly"),
        (sql("ALTER TABLE draft ADD COLUMN sly TEXT"), "draft"),
        (sql("UPDATE workspace SET value = 'no' WHERE key = 'synthetic'"), "synthetic"),
        (sql("UPDATE workspace SET value = 'x' WHERE key = 'origin'"), "origin"),
        (sql("DELETE FROM workspace WHERE key = 'origin'"), "which copy"),
    ],
)
def test_an_edit_of_the_tables_settings_or_schema_by_another_tool_is_named(
    store: Store, tamper: Tamper, named: str
) -> None:
    store.put_setting("synthetic", "yes")
    signed(store)
    audit_id = begun(store)
    store.write([write_note(store.audit(audit_id), CRITERIA[0], ME.id, text="Mum says")])
    assert store.faults() == []
    with store._reading() as connection:
        copy = private_copy(connection)
    copy.execute("PRAGMA foreign_keys=OFF")
    tamper(copy)
    found = integrity.faults(copy)
    copy.close()
    assert any(named in sentence for sentence in found), found


@pytest.mark.parametrize(
    "change",
    ["toml = toml || ' '", "compiled = replace(compiled, 'Strong', 'Fine')", "version = '2'"],
)
def test_a_frozen_rubric_that_was_edited_is_seen(store: Store, change: str) -> None:
    begun(store)
    with store._reading() as connection:
        copy = private_copy(connection)
        triggers = connection.execute(
            "SELECT name, sql FROM sqlite_master WHERE tbl_name = 'rubric_version' "
            "AND type = 'trigger'"
        ).fetchall()
    for name, _ in triggers:
        copy.execute(f"DROP TRIGGER {name}")
    assert copy.execute(f"UPDATE rubric_version SET {change}").rowcount == 1
    for _, made in triggers:
        copy.execute(made)
    found = integrity.faults(copy)
    copy.close()
    assert len(found) == 1
    assert "rubric" in found[0]


def test_a_log_that_cannot_be_replayed_is_a_fault_not_a_crash(store: Store) -> None:
    begun(store)
    with store._reading() as connection:
        copy = private_copy(connection)
    copy.execute("UPDATE event_body SET salt = NULL, body = NULL WHERE seq = 3")
    assert chain(copy) == []
    (sentence,) = integrity.faults(copy)
    copy.close()
    assert "cannot be replayed" in sentence
