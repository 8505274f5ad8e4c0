"""Proof that the record is whole: the chain verifies, and replaying the log gives the tables."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from functools import cache
from pathlib import Path

from ehcp_audit.domain.errors import DatabaseError
from ehcp_audit.files import whole_path
from ehcp_audit.store.connection import settle
from ehcp_audit.store.log import chain_faults, every_event
from ehcp_audit.store.migrations import bring_up_to_date
from ehcp_audit.store.projection import empty_state, project
from ehcp_audit.store.rubric_versions import rubric_faults
from ehcp_audit.store.schema import STATE_TABLES
from ehcp_audit.store.settings import setting_faults

_KEPT_BY_SQLITE_UTILS = "_sqlite_migrations"
_UNREADABLE = (sqlite3.Error, UnicodeError, ValueError, TypeError, LookupError)


def rebuild(connection: sqlite3.Connection) -> None:
    """Fill the state tables anew from the log, inside the caller's transaction."""
    empty_state(connection)
    for event in list(every_event(connection)):
        project(connection, event)


def faults(copy: sqlite3.Connection) -> list[str]:
    """Return what is wrong with a database, in sentences; an empty list is a sound one.

    `copy` is a private copy: its state tables are rebuilt to compare them with what they were.
    """
    try:
        (sound,) = copy.execute("PRAGMA integrity_check(1)").fetchone()
        if sound != "ok":
            return [f"The file is damaged ({sound})."]
        found = [*schema_faults(copy), *setting_faults(copy), *chain_faults(copy)]
        found = found or list(rubric_faults(copy))
    except _UNREADABLE as error:
        return [f"The file is damaged ({_why(error)})."]
    return found or _replay_faults(copy)


def _replay_faults(copy: sqlite3.Connection) -> list[str]:
    before = state_dump(copy)
    copy.execute("BEGIN IMMEDIATE")
    try:
        rebuild(copy)
        after = state_dump(copy)
    except Exception as error:  # noqa: BLE001  (whatever does not replay is a fault, not a crash)
        return [f"The event log cannot be replayed ({_why(error)})."]
    finally:
        copy.execute("ROLLBACK")
    return [
        f"The table “{table}” does not say what the event log says."
        for table in STATE_TABLES
        if before[table] != after[table]
    ]


def _why(error: Exception) -> str:
    """Name an error without what it quotes, which may be text about a child."""
    return getattr(error, "sqlite_errorname", None) or type(error).__name__


def schema_faults(connection: sqlite3.Connection) -> list[str]:
    """Return a sentence for each table, index or trigger that is not as this version makes it."""
    expected, found = made_schema(), _schema(connection)
    names = sorted({(kind, name) for kind, name, _ in expected ^ found})
    return [f"The {kind} “{name}” is not as this version makes it." for kind, name in names]


@cache
def made_schema() -> frozenset[tuple[str, str, str]]:
    """Return the kind, name and SQL of everything a new database is made of, triggers included."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as new:
        bring_up_to_date(new)
        return _schema(new)


def _schema(connection: sqlite3.Connection) -> frozenset[tuple[str, str, str]]:
    rows = connection.execute(
        "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT GLOB ?",
        (f"{_KEPT_BY_SQLITE_UTILS}*",),
    )
    return frozenset(rows.fetchall())


def state_dump(connection: sqlite3.Connection) -> dict[str, list[tuple[object, ...]]]:
    """Return every row of every state table, in key order."""
    return {
        table: connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2").fetchall()  # noqa: S608
        for table in STATE_TABLES
    }


def private_copy(connection: sqlite3.Connection) -> sqlite3.Connection:
    """Return a copy in memory, made by the backup interface, for long reading."""
    copy = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
    connection.backup(copy)
    return copy


def back_up(connection: sqlite3.Connection, destination: Path) -> None:
    """Copy the database to a new file, verify the copy, and only then give it its name.

    Raises `AuditToolError` where the destination exists or the copy does not verify.
    """
    with whole_path(destination) as partial:
        copy = sqlite3.connect(partial, isolation_level=None)
        try:
            settle(copy, writable=True)
            connection.backup(copy)
            wrong = faults(copy)
        finally:
            copy.close()
        if wrong:
            what = f"The copy does not verify: {wrong[0]}"
            raise DatabaseError(what, "No backup was kept.", title="No backup")
