"""Making a new database, and bringing an older one up to date.

`sqlite_utils.Migrations` neither locks nor refuses a newer file, so each run stands inside our
own exclusive transaction, after the header was checked. `transform` is never used: it drops
triggers silently.
"""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

from ehcp_audit.store.schema import APPLICATION_ID, SCHEMA_VERSION, STATE, TRUTH

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

    return steps


def bring_up_to_date(connection: sqlite3.Connection) -> None:
    """Apply what is pending inside one exclusive transaction, and set the header numbers.

    The caller opened the connection with our pragmas and no open transaction.
    """
    from sqlite_utils import Database  # noqa: PLC0415

    connection.execute("BEGIN EXCLUSIVE")
    try:
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version < SCHEMA_VERSION:  # another process may have been quicker
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
