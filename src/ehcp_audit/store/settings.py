"""Settings of the database itself, each with a digest, so that a damaged one is noticed."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator

from ehcp_audit.domain.canonical import digest


def put_setting(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Keep a setting inside the open transaction."""
    connection.execute(
        "INSERT INTO workspace(key, value, digest) VALUES (?,?,?) "
        "ON CONFLICT(key) DO UPDATE SET value = excluded.value, digest = excluded.digest",
        (key, value, digest([key, value])),
    )


def read_setting(connection: sqlite3.Connection, key: str) -> str | None:
    """Return a setting, or None."""
    row = connection.execute("SELECT value FROM workspace WHERE key = ?", (key,)).fetchone()
    return None if row is None else str(row[0])


def setting_faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield a sentence for each setting that is not as it was kept, or is missing."""
    rows = connection.execute("SELECT key, value, digest FROM workspace").fetchall()
    if "origin" not in {key for key, _, _ in rows}:
        yield "The database does not say which copy of the workspace it is."
    for key, value, kept in rows:
        if digest([key, value]) != kept:
            yield f"The setting “{key}” was changed."
