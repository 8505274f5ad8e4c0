"""Rubric versions as the store keeps them: by their hash, and vouched for by the log."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace

from ehcp_audit.domain.canonical import digest
from ehcp_audit.domain.errors import RubricError
from ehcp_audit.domain.events import NewEvent
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.domain.rubric_json import compile_rubric
from ehcp_audit.store.log import every_event


def keep_rubric(connection: sqlite3.Connection, rubric: Rubric, text: str) -> None:
    """Keep a rubric version by its hash; the same id and version with other content is refused."""
    row = connection.execute(
        "SELECT hash FROM rubric_version WHERE rubric_id = ? AND version = ?",
        (rubric.id, rubric.version),
    ).fetchone()
    if row is None:
        connection.execute(
            "INSERT INTO rubric_version(hash, rubric_id, version, toml, compiled) "
            "VALUES (?,?,?,?,?)",
            (rubric.hash, rubric.id, rubric.version, text, compile_rubric(rubric)),
        )
    elif row[0] != rubric.hash:
        raise changed_since_frozen(rubric)


def changed_since_frozen(rubric: Rubric) -> RubricError:
    """Return the refusal of a rubric whose id and version are kept with other content."""
    what = f"{rubric.id} version {rubric.version} was changed after it was frozen."
    next_step = "Give the changed rubric a new version number; past audits keep the old one."
    return RubricError(what, next_step)


def content(connection: sqlite3.Connection, rubric_hash: str) -> str | None:
    """Return the digest of all that is kept of a rubric version; None where it is not kept."""
    row = connection.execute(
        "SELECT hash, rubric_id, version, toml, compiled FROM rubric_version WHERE hash = ?",
        (rubric_hash,),
    ).fetchone()
    return None if row is None else digest(list(row))


def vouched(connection: sqlite3.Connection, event: NewEvent) -> NewEvent:
    """Return a `rubric_frozen` event with the digest of what is kept: the chain covers it."""
    kept = content(connection, event.body["hash"])
    if kept is None:
        what = f"{event.subject.partition(':')[2]} is not kept in this database."
        raise RubricError(what, "Keep it before it is frozen.")
    return replace(event, body={**event.body, "content": kept})


def rubric_faults(connection: sqlite3.Connection) -> Iterator[str]:
    """Yield a sentence for each frozen rubric version that is not what was frozen."""
    for event in list(every_event(connection)):
        body = event.body if event.kind == "rubric_frozen" else None
        if body is not None and content(connection, body["hash"]) != body["content"]:
            yield f"The rubric that event {event.seq} froze was changed."
