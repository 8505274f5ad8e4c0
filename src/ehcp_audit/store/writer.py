"""The one writer: a thread that owns the writing connection and takes work from a queue.

Work that waits shares one commit, in order. Each piece stands inside its own savepoint, so a
piece that is refused (somebody else changed the audit) takes nothing else with it. Nothing is
acknowledged before COMMIT has returned.
"""

from __future__ import annotations

import os
import queue
import sqlite3
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from ehcp_audit import __version__
from ehcp_audit.domain.errors import AuditToolError, DatabaseError, SaveConflictError
from ehcp_audit.domain.events import Event, NewEvent
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.store.connection import connect, retried, told
from ehcp_audit.store.log import Head, write_event
from ehcp_audit.store.projection import project
from ehcp_audit.store.rubric_versions import keep_rubric, vouched
from ehcp_audit.store.settings import put_setting

_SHARED_COMMIT: Final = 64
# After these SQLite may have rolled back the whole transaction, so that all who share it fail.
_ENDS_ALL = (sqlite3.OperationalError, MemoryError, OSError)

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    """Return the present time in UTC; the default clock."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Draft:
    """Text being typed in a field of an audit; None forgets it."""

    audit_id: str
    field: str
    text: str | None


@dataclass(frozen=True)
class Work:
    """One piece of writing: all of it is committed, or none.

    `expects` maps a subject (`audit:…`) to the number of events it had when it was read; any
    other number refuses the piece with `SaveConflictError`. `after` is the earlier piece that
    this one builds on: where that was refused, this one is too, even if the number happens to
    fit because somebody else wrote meanwhile. `rubrics` are kept with the text each was read from.
    The writer sets `executed` when only the disk is still to be waited for, which takes no turns
    from other threads.
    """

    events: tuple[NewEvent, ...] = ()
    expects: Mapping[str, int] = field(default_factory=dict)
    drafts: tuple[Draft, ...] = ()
    rubrics: tuple[tuple[Rubric, str], ...] = ()
    settings: Mapping[str, str] = field(default_factory=dict)
    after: Future[Written] | None = None
    executed: threading.Event = field(default_factory=threading.Event, compare=False)


@dataclass(frozen=True)
class Written:
    """The acknowledgement of a piece of work: its events as the log now holds them."""

    events: tuple[Event, ...] = ()


Waiting = tuple[Work, "Future[Written]"]


class Writer:
    """Takes work from any thread and commits it in order on a thread of its own."""

    def __init__(self, path: Path, origin: str, clock: Clock) -> None:
        self._path = path
        self._origin = origin
        self._clock = clock
        self._queue: queue.SimpleQueue[Waiting | None] = queue.SimpleQueue()
        self._place = _place(path)
        self._closing = threading.Lock()
        self._closed = False
        self._ready: Future[None] = Future()
        self._thread = threading.Thread(target=self._run, name="audits.db writer", daemon=True)
        self._thread.start()
        self._ready.result()

    def submit(self, work: Work) -> Future[Written]:
        """Queue work; the future ends when it is committed, or with the told error."""
        future: Future[Written] = Future()
        future.set_running_or_notify_cancel()  # what was handed over can no longer be cancelled
        with self._closing:
            if not self._closed:
                self._queue.put((work, future))
                return future
        what = f"{self._path} is closed."
        future.set_exception(DatabaseError(what, "Open it again."))
        return future

    def close(self) -> None:
        """Write what is queued, then end the thread."""
        with self._closing:
            self._closed = True
            self._queue.put(None)
        self._thread.join()

    def _run(self) -> None:
        try:
            connection = connect(self._path, writable=True)
        except Exception as error:  # noqa: BLE001  (who waits for this thread is always answered)
            self._ready.set_exception(told(error, self._path))
            return
        self._ready.set_result(None)
        try:
            while batch := self._next_batch():
                self._commit(connection, batch)
        finally:
            connection.close()

    def _next_batch(self) -> list[Waiting]:
        """Return the waiting work, waiting for the first piece; an empty list ends the thread."""
        batch: list[Waiting] = []
        while True:
            try:
                waiting = self._queue.get(block=not batch)
            except queue.Empty:
                return batch
            if waiting is None:
                if batch:
                    self._queue.put(None)
                return batch
            batch.append(waiting)
            if len(batch) == _SHARED_COMMIT:
                return batch

    def _commit(self, connection: sqlite3.Connection, batch: Sequence[Waiting]) -> None:
        done: list[tuple[Future[Written], Written]] = []
        try:
            self._check_place()
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            retried(lambda: connection.execute("BEGIN IMMEDIATE"))
            head = Head.read(connection, self._origin)
            for work, future in batch:
                self._attempt(connection, head, work, future, done)
            if not connection.in_transaction:
                message = "the transaction was lost before it was committed"
                raise sqlite3.OperationalError(message)  # noqa: TRY301
            for work, _ in batch:
                work.executed.set()
            retried(lambda: connection.execute("COMMIT"))
        except Exception as error:  # noqa: BLE001  (no error ends the thread and leaves who waits)
            self._fail(connection, [future for _, future in batch], error)
            return
        for future, written in done:
            future.set_result(written)

    def _attempt(
        self,
        connection: sqlite3.Connection,
        head: Head,
        work: Work,
        future: Future[Written],
        done: list[tuple[Future[Written], Written]],
    ) -> None:
        """Do one piece in a savepoint; a refusal is its own, an error of the disk ends all."""
        before = (head.origin_seq, head.hash)
        connection.execute("SAVEPOINT piece")
        try:
            done.append((future, self._do(connection, head, work)))
        except _ENDS_ALL:
            raise
        except Exception as error:  # noqa: BLE001  (the piece is at fault, not its neighbours)
            connection.execute("ROLLBACK TO piece")
            head.origin_seq, head.hash = before
            future.set_exception(_refusal(error, self._path))
        connection.execute("RELEASE piece")

    def _do(self, connection: sqlite3.Connection, head: Head, work: Work) -> Written:
        if work.after is not None and work.after.done() and (why := work.after.exception()):
            raise why
        for subject, expected in work.expects.items():
            self._check_unchanged(connection, subject, expected)
        for rubric, text in work.rubrics:
            keep_rubric(connection, rubric, text)
        for key, value in work.settings.items():
            put_setting(connection, key, value)
        at = self._clock().astimezone(UTC).isoformat(timespec="seconds")
        events = []
        for new_event in work.events:
            if new_event.kind == "rubric_frozen":
                new_event = vouched(connection, new_event)  # noqa: PLW2901
            event = write_event(connection, head, new_event, at=at, app=__version__)
            project(connection, event)
            events.append(event)
        for draft in work.drafts:
            _put_draft(connection, draft, at)
        return Written(tuple(events))

    def _check_unchanged(self, connection: sqlite3.Connection, subject: str, expected: int) -> None:
        table, _, subject_id = subject.partition(":")
        if table in ("plan", "audit"):
            row = connection.execute(
                f"SELECT rev FROM {table} WHERE id = ?",  # noqa: S608
                (subject_id,),
            ).fetchone()
        else:
            row = connection.execute(
                "SELECT count(*) FROM event WHERE subject = ?", (subject,)
            ).fetchone()
        if (row[0] if row else 0) != expected:
            raise _changed_elsewhere()

    def _check_place(self) -> None:
        """Refuse to write into a file that was moved, replaced or deleted while open."""
        try:
            place = _place(self._path)
        except (FileNotFoundError, NotADirectoryError):
            place = None
        if place != self._place:
            what = f"{self._path} was moved, replaced or deleted while it was open."
            raise DatabaseError(what, "Nothing more is written. Put it back and start again.")

    def _fail(
        self, connection: sqlite3.Connection, futures: list[Future[Written]], error: BaseException
    ) -> None:
        try:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
        except sqlite3.Error:
            pass  # the next transaction begins with a rollback of its own
        failure = told(error, self._path)
        if failure is not error:
            failure.__cause__ = error
        for future in futures:
            if not future.done():
                future.set_exception(failure)


def _place(path: Path) -> tuple[int, int]:
    """Return what tells one file from another that took its name: device and inode."""
    found = os.stat(path)  # noqa: PTH116  (one system call, no objects)
    return found.st_dev, found.st_ino


def _changed_elsewhere() -> SaveConflictError:
    what = "It was changed elsewhere since you opened it."
    return SaveConflictError(what, "It is shown as it is now; make your change again.")


def _refusal(error: Exception, path: Path) -> AuditToolError:
    """Return why a piece was refused; a broken constraint means that somebody else was quicker."""
    refusal = (
        _changed_elsewhere() if isinstance(error, sqlite3.IntegrityError) else told(error, path)
    )
    if refusal is not error:
        refusal.__cause__ = error
    return refusal


def _put_draft(connection: sqlite3.Connection, draft: Draft, at: str) -> None:
    if draft.text is None:
        connection.execute(
            "DELETE FROM draft WHERE audit = ? AND field = ?", (draft.audit_id, draft.field)
        )
        return
    connection.execute(
        "INSERT INTO draft(audit, field, text, at) VALUES (?,?,?,?) "
        "ON CONFLICT(audit, field) DO UPDATE SET text = excluded.text, at = excluded.at",
        (draft.audit_id, draft.field, draft.text, at),
    )
