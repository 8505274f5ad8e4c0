"""The event log: writing one event, reading events back, and verifying the chain.

hash = SHA-256 of the canonical JSON of every other column and of the hash of the same origin's
previous event; body_digest = SHA-256 of salt and body, so that a body can be emptied later and
the chain still verifies.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ehcp_audit.domain.canonical import canonical_json
from ehcp_audit.domain.events import Event, NewEvent

FIRST = "0" * 64
_COLUMNS = "seq, origin, origin_seq, at, actor, subject, kind, undoes, app, body_digest"
_SELECT = (
    "SELECT event.seq, at, actor, subject, kind, undoes, body "
    "FROM event LEFT JOIN event_body USING (seq)"
)


@dataclass
class Head:
    """Where an origin's chain stands: the next event follows this one."""

    origin: str
    origin_seq: int
    hash: str

    @staticmethod
    def read(connection: sqlite3.Connection, origin: str) -> Head:
        """Return the head of an origin's chain as the database has it now."""
        row = connection.execute(
            "SELECT origin_seq, hash FROM event WHERE origin = ? ORDER BY origin_seq DESC LIMIT 1",
            (origin,),
        ).fetchone()
        return Head(origin, *row) if row else Head(origin, 0, FIRST)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def _row_hash(row: tuple[Any, ...], previous: str) -> str:
    return _digest(canonical_json([*row, previous]))


def write_event(
    connection: sqlite3.Connection, head: Head, event: NewEvent, *, at: str, app: str
) -> Event:
    """Append one event inside the open transaction; `head` moves on with it."""
    salt = secrets.token_hex(16)
    body = canonical_json(event.body)
    (seq,) = connection.execute("SELECT coalesce(max(seq), 0) + 1 FROM event").fetchone()
    row = (
        seq, head.origin, head.origin_seq + 1, at, event.actor, event.subject, event.kind,
        event.undoes, app, _digest(salt + body),
    )  # fmt: skip
    hashed = _row_hash(row, head.hash)
    connection.execute(
        f"INSERT INTO event({_COLUMNS}, hash) VALUES (?,?,?,?,?,?,?,?,?,?,?)",  # noqa: S608
        (*row, hashed),
    )
    connection.execute("INSERT INTO event_body(seq, salt, body) VALUES (?,?,?)", (seq, salt, body))
    head.origin_seq += 1
    head.hash = hashed
    # The body is read back from its own JSON, so that what is applied now is what a replay reads.
    return Event(seq, at, event.actor, event.subject, event.kind, event.undoes, json.loads(body))


def _to_event(row: tuple[Any, ...]) -> Event:
    seq, at, actor, subject, kind, undoes, body = row
    return Event(seq, at, actor, subject, kind, undoes, None if body is None else json.loads(body))


def events_of(connection: sqlite3.Connection, subject: str) -> tuple[Event, ...]:
    """Return every event of one subject, oldest first."""
    rows = connection.execute(f"{_SELECT} WHERE subject = ? ORDER BY event.seq", (subject,))
    return tuple(_to_event(row) for row in rows.fetchall())


def every_event(connection: sqlite3.Connection) -> Iterator[Event]:
    """Yield every event, oldest first; for copies, not for a database others write to."""
    for row in connection.execute(f"{_SELECT} ORDER BY event.seq"):
        yield _to_event(row)


def chain_faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield a sentence for each event whose row, body or place in its chain was changed."""
    previous: dict[str, tuple[int, str]] = {}
    rows: Iterable[tuple[Any, ...]] = connection.execute(
        f"SELECT {_COLUMNS}, hash, salt, body, event_body.seq "  # noqa: S608
        "FROM event LEFT JOIN event_body USING (seq) ORDER BY event.seq"
    )
    for row in rows:
        columns, (hashed, salt, body, body_seq) = row[:10], row[10:]
        seq, origin, origin_seq = columns[0], columns[1], columns[2]
        last_seq, last_hash = previous.get(origin, (0, FIRST))
        if origin_seq != last_seq + 1:
            yield f"Event {seq} does not follow number {last_seq} of its copy of the workspace."
        if _row_hash(columns, last_hash) != hashed:
            yield f"Event {seq} was changed, or one before it."
        if body_seq is None:
            yield f"The content of event {seq} is missing."
        elif (salt is None) != (body is None) or (
            body is not None and _digest(salt + body) != columns[9]
        ):
            yield f"The content of event {seq} was changed."
        previous[origin] = (origin_seq, hashed)
