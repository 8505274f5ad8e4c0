"""Opening the file: the checks before a byte is trusted, and the pragmas that make saving safe."""

from __future__ import annotations

import contextlib
import errno
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, TypeVar

from ehcp_audit.domain.errors import AuditToolError, DatabaseError
from ehcp_audit.store.schema import APPLICATION_ID, SCHEMA_VERSION

BUSY_SECONDS: Final = 5.0
_RETRY_SECONDS: Final = 0.005
_RESTORE = "Restore a backup, or move the file away and start anew; it was not touched."
_BUSY_CODES = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))  # Windows has no EDQUOT
_DAMAGED_CODES = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT})

Result = TypeVar("Result")


def is_busy(error: sqlite3.Error) -> bool:
    """Whether another process or reader holds the lock that was wanted."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and (code & 0xFF) in _BUSY_CODES


def retried(act: Callable[[], Result], seconds: float = BUSY_SECONDS) -> Result:
    """Do `act` again while the database is busy, for at most that long.

    COMMIT needs this too: an open reader makes it fail "locked" with the transaction open.
    """
    give_up = time.monotonic() + seconds
    while True:
        try:
            return act()
        except sqlite3.OperationalError as error:
            if not is_busy(error) or time.monotonic() >= give_up:
                raise
        time.sleep(_RETRY_SECONDS)


def told(error: BaseException, path: Path) -> AuditToolError:
    """Return the sentence for whatever went wrong while using the database at `path`."""
    if isinstance(error, AuditToolError):
        return error
    what, next_step = f"{path.name}: {error}.", "Nothing was changed. Try again."
    if isinstance(error, UnicodeError) or str(error).startswith("Could not decode"):
        # sqlite3 quotes the text it cannot decode, which may be about a child.
        what, next_step = f"{path.name} holds text that is not valid UTF-8.", _RESTORE
    elif isinstance(error, sqlite3.Error):
        what, next_step = _told_by_code(error, path)
    elif isinstance(error, OSError):
        what, next_step = _told_by_number(error, path)
    return DatabaseError(what, next_step)


def _told_by_number(error: OSError, path: Path) -> tuple[str, str]:
    if error.errno in _FULL:
        return "The disk is full.", "Free some space, then go on."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"{path} or its folder cannot be written.", "Ask for write permission."
    return f"{path.name}: {error.strerror or error}.", "Nothing was changed. Try again."


def _told_by_code(error: sqlite3.Error, path: Path) -> tuple[str, str]:
    code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
    if code in _DAMAGED_CODES:
        return f"{path} is damaged, or is not a database.", _RESTORE
    if code in _BUSY_CODES:
        return (
            f"{path.name} was in use by another program for {BUSY_SECONDS:g} seconds.",
            "Nothing was changed. Close the other program or try again.",
        )
    if code == sqlite3.SQLITE_FULL:
        return "The disk is full.", "Nothing was half-written. Free some space, then go on."
    if code == sqlite3.SQLITE_READONLY:
        return f"{path} or its folder cannot be written.", "Ask for write permission."
    if code in (sqlite3.SQLITE_IOERR, sqlite3.SQLITE_CANTOPEN):
        return f"The disk did not read or write {path}.", "Check the disk or share, then try again."
    return f"{path.name}: {error}.", "Nothing was changed."


@contextlib.contextmanager
def told_errors(path: Path) -> Iterator[None]:
    """Turn every error of using the database into one that is told in sentences."""
    try:
        yield
    except (sqlite3.Error, UnicodeError, OverflowError, MemoryError, OSError) as error:
        raise told(error, path) from error


def _check_file(path: Path) -> None:
    if not path.exists():
        what = f"There is no database at {path}."
        raise DatabaseError(
            what, "Start an audit, or run “ehcp-audit example”.", title="No database"
        )
    if not path.is_file():
        what = f"{path} is not a file."
        raise DatabaseError(what, "Move it away; a database is made on first use.")
    if path.stat().st_size == 0:
        what = f"{path} is empty: it is not a database of this tool."
        raise DatabaseError(what, _RESTORE)


def can_write(path: Path) -> bool:
    """Whether the file and its folder (where the journal goes) can be written."""
    return os.access(path, os.W_OK) and os.access(path.parent, os.W_OK)


def connect(path: Path, *, writable: bool, query_only: bool = False) -> sqlite3.Connection:
    """Open an existing file after `check`; the timeout comes before the first pragma.

    A reader beside a writer is opened writable and `query_only`: it can then roll back what a
    crashed program left. The rollback journal with `synchronous=EXTRA` is what lost no
    acknowledged save in measured power cuts. Autocommit: every transaction is begun and
    committed by us.
    """
    mode = "rw" if writable else "ro"
    connection = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}",
        uri=True,
        timeout=BUSY_SECONDS,
        isolation_level=None,
        cached_statements=256,
        check_same_thread=False,  # closing happens on the thread that closes the store
    )
    try:
        settle(connection, writable=writable)
        if query_only:
            connection.execute("PRAGMA query_only=ON")
    except BaseException:
        connection.close()
        raise
    return connection


def settle(connection: sqlite3.Connection, *, writable: bool) -> None:
    """Set and read back the pragmas every connection of ours has."""
    for pragma in (
        "foreign_keys=ON",
        "trusted_schema=OFF",
        "cell_size_check=ON",
        "mmap_size=0",
        "temp_store=MEMORY",
        "recursive_triggers=ON",
        "secure_delete=ON",
    ):
        connection.execute(f"PRAGMA {pragma}").fetchall()
    if not writable:
        return
    (mode,) = retried(lambda: connection.execute("PRAGMA journal_mode=DELETE").fetchone())
    connection.execute("PRAGMA synchronous=EXTRA")
    (synchronous,) = connection.execute("PRAGMA synchronous").fetchone()
    if (mode, synchronous) != ("delete", 3):
        what = f"The disk does not offer the safe way of saving (journal {mode})."
        raise DatabaseError(what, "Keep the workspace on a local disk.")


def _open_to_check(path: Path, mode: str) -> sqlite3.Connection:
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(uri, uri=True, timeout=BUSY_SECONDS)
    try:
        connection.execute("PRAGMA application_id").fetchone()
    except BaseException:
        connection.close()
        raise
    return connection


def _connect_to_check(path: Path) -> sqlite3.Connection:
    """Connect for reading; only a journal left by a crash needs write access, to roll it back.

    The header is looked at before that, so that no other program's file is rolled back.
    """
    try:
        return _open_to_check(path, "ro")
    except sqlite3.OperationalError as error:
        code = (getattr(error, "sqlite_errorcode", None) or 0) & 0xFF
        if code not in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN):
            raise
    # A kill between two pages of a commit leaves a header that only the rollback makes right.
    with (
        contextlib.suppress(sqlite3.DatabaseError),
        contextlib.closing(_open_to_check(path, "ro&immutable=1")) as as_it_lies,
    ):
        _check_header(as_it_lies, path)
    return _open_to_check(path, "rw")


def _check_header(connection: sqlite3.Connection, path: Path) -> int:
    """Return the schema version, or refuse another program's file and a newer one."""
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    if application != APPLICATION_ID:
        what = f"{path} belongs to another program, not to ehcp-audit."
        raise DatabaseError(what, "Choose another folder; the file was not touched.")
    if version > SCHEMA_VERSION:
        what = f"{path} was written by a newer ehcp-audit (format {version})."
        raise DatabaseError(what, "Update ehcp-audit to open it; the file was not touched.")
    return int(version)


def check(path: Path) -> int:
    """Return the schema version of the database at `path`, or say what is wrong with it.

    Missing, not a file, empty, damaged, foreign and newer files are each named; none is touched.
    """
    with told_errors(path):
        _check_file(path)
        with contextlib.closing(_connect_to_check(path)) as connection:
            version = _check_header(connection, path)
            (sound,) = connection.execute("PRAGMA quick_check(1)").fetchone()
    if sound != "ok":
        what = f"{path} is damaged ({sound})."
        raise DatabaseError(what, _RESTORE)
    return version
