"""Making a new database, and bringing an older one up to date.

`sqlite_utils.Migrations` neither locks nor refuses a newer file, so each run stands inside our
own exclusive transaction, after the header was checked. `transform` is never used: it drops
triggers silently.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from typing import TYPE_CHECKING

from ehcp_audit.store.connection import retried
from ehcp_audit.store.schema import (
    APPLICATION_ID,
    FACTS_OF_2,
    FLAGS_AND_HANDS,
    SCHEMA_VERSION,
    STATE,
    TRUTH,
)

if TYPE_CHECKING:
    from sqlite_utils import Database, Migrations


def statements(script: str) -> list[str]:
    """Return the statements of an SQL script; `executescript` would commit the transaction."""
    found: list[str] = []
    pending = ""
    for line in script.strip().splitlines():
        pending += line + "\n"
        if sqlite3.complete_statement(pending):
            found.append(pending.strip())
            pending = ""
    return found


def migrations() -> Migrations:
    """Return every migration in order; sqlite-utils is imported only where one may be needed."""
    from sqlite_utils import Migrations  # noqa: PLC0415

    steps = Migrations("ehcp_audit")

    @steps()
    def m001_initial(db: Database) -> None:
        for statement in statements(TRUTH + STATE):
            db.conn.execute(statement)

    @steps()
    def m002_flags_causes_phrases_and_hands(db: Database) -> None:
        for statement in statements(FACTS_OF_2 + FLAGS_AND_HANDS):
            db.conn.execute(statement)

    return steps


def bring_up_to_date(
    connection: sqlite3.Connection, *, before: Callable[[int], None] | None = None
) -> None:
    """Apply what is pending inside one exclusive transaction, and set the header numbers.

    The caller opened the connection with our pragmas and no open transaction. `before` is called
    with the version found, once nobody else can write and before anything is changed.
    """
    from sqlite_utils import Database  # noqa: PLC0415

    retried(lambda: connection.execute("BEGIN EXCLUSIVE"))
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version < SCHEMA_VERSION:  # another process may have been quicker
            if before is not None:
                before(version)
            migrations().apply(Database(connection, execute_plugins=False))
            connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        if not connection.in_transaction:
            message = "the transaction of a migration was lost"
            raise sqlite3.OperationalError(message)  # noqa: TRY301
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise
