"""Bringing a database that an earlier version made up to date, with a backup beside it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from itertools import count
from pathlib import Path

from ehcp_audit.domain.errors import DatabaseError
from ehcp_audit.files import whole_path
from ehcp_audit.store.connection import can_write, connect, told_errors
from ehcp_audit.store.migrations import bring_up_to_date


def upgrade(path: Path, version: int) -> Path | None:
    """Bring the database at `path`, found at an earlier `version`, up to date.

    The whole file as it was is copied first, while nobody can write to it, and stays beside it.
    Returns the copy; None where another program was quicker. Raises `DatabaseError` for a file
    that was left half-made, and where the folder cannot be written; neither is touched.
    """
    if version < 1:
        what = f"{path} was left half-made."
        raise DatabaseError(what, "Move it away and start anew; it was not touched.")
    if not can_write(path):
        what = f"{path} was made by an earlier ehcp-audit, and cannot be brought up to date."
        raise DatabaseError(what, "Ask for write permission to the file and its folder.")
    copies: list[Path] = []
    with told_errors(path), closing(connect(path, writable=True)) as connection:
        bring_up_to_date(
            connection, before=lambda found: copies.append(_copy_whole(connection, path, found))
        )
    return copies[0] if copies else None


def _copy_whole(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    """Copy the database to a new file beside it, and check the copy.

    Read through the connection that holds the lock: the backup interface refuses to read beside
    its own write transaction, and closing a second handle on the file would drop the lock.
    """
    content = connection.serialize()
    copy = _free_name(path, version)
    with whole_path(copy) as partial:
        partial.write_bytes(content)
        with closing(sqlite3.connect(f"{partial.as_uri()}?mode=ro", uri=True)) as written:
            (sound,) = written.execute("PRAGMA integrity_check(1)").fetchone()
        if sound != "ok":
            what = f"{path} is damaged ({sound}), and was not brought up to date."
            raise DatabaseError(what, "Restore a backup; it was not touched.")
    return copy


def _free_name(path: Path, version: int) -> Path:
    """Return a name beside the database that nothing has, such as audits.format-1.db."""
    for number in count(1):
        again = "" if number == 1 else f"-{number}"
        name = path.with_name(f"{path.stem}.format-{version}{again}{path.suffix}")
        if not os.path.lexists(name):
            return name
    raise AssertionError
