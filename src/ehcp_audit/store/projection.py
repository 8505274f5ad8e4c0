"""The state tables: what each kind of event does to them, in the event's own transaction.

Replaying the log into empty tables gives exactly the same rows.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Mapping
from typing import Any

from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.canonical import canonical_json
from ehcp_audit.domain.events import Event
from ehcp_audit.domain.facts import REPORTED, FactValue
from ehcp_audit.domain.questions import (
    GRADE_ID,
    theme_criterion,
)
from ehcp_audit.domain.replaying import apply, begin, replay
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.domain.rubric_json import read_compiled
from ehcp_audit.store.flags import put_flag
from ehcp_audit.store.log import events_of
from ehcp_audit.store.phrases import put_phrase
from ehcp_audit.store.schema import STATE_TABLES

_FACT_COLUMNS = tuple(fact.id for fact in REPORTED)


def project(connection: sqlite3.Connection, event: Event) -> None:
    """Bring the state tables up to date with one event."""
    project_kind = _BY_KIND.get(event.kind)
    if project_kind is not None:
        project_kind(connection, event)


def empty_state(connection: sqlite3.Connection) -> None:
    """Delete every row of the state tables, children first."""
    for table in reversed(STATE_TABLES):
        connection.execute(f"DELETE FROM {table}")  # noqa: S608


def fact_column(value: FactValue) -> str | None:
    """Return a fact as its column holds it: several choices as “,advice,review,”."""
    if isinstance(value, tuple):
        return f",{','.join(value)}," if value else ","
    return value


def criterion_key(connection: sqlite3.Connection, rubric_hash: str, criterion_id: str) -> int:
    """Return the number under which a criterion of a rubric version is tallied."""
    row = connection.execute(
        "SELECT key FROM criterion WHERE rubric = ? AND id = ?", (rubric_hash, criterion_id)
    ).fetchone()
    return int(row[0])


_RUBRICS: dict[str, Rubric] = {}


def _rubric(connection: sqlite3.Connection, rubric_hash: str) -> Rubric:
    """Return a frozen rubric; kept, because its hash is its content."""
    if rubric_hash not in _RUBRICS:
        (compiled,) = connection.execute(
            "SELECT compiled FROM rubric_version WHERE hash = ?", (rubric_hash,)
        ).fetchone()
        _RUBRICS[rubric_hash] = read_compiled(compiled)
    return _RUBRICS[rubric_hash]


def _auditor_joined(connection: sqlite3.Connection, event: Event) -> None:
    body = event.body or {}
    connection.execute(
        "INSERT INTO auditor(id, name, agency) VALUES (?,?,?) "
        "ON CONFLICT(id) DO UPDATE SET name = excluded.name, agency = excluded.agency",
        (event.subject.partition(":")[2], body["name"], body["agency"]),
    )


def _rubric_frozen(connection: sqlite3.Connection, event: Event) -> None:
    rubric_hash = (event.body or {})["hash"]
    rubric = _rubric(connection, rubric_hash)
    ids = [criterion.id for criterion in rubric.criteria]
    ids += [theme_criterion(theme.id) for theme in rubric.themes]
    connection.executemany(
        "INSERT OR IGNORE INTO criterion(rubric, id) VALUES (?,?)",
        [(rubric_hash, criterion_id) for criterion_id in [*ids, GRADE_ID]],
    )


def _plan_added(connection: sqlite3.Connection, event: Event) -> None:
    connection.execute(
        "INSERT INTO plan(id, ref, rev) VALUES (?,?,1)",
        (event.subject.partition(":")[2], (event.body or {})["ref"]),
    )


def _audit_started(connection: sqlite3.Connection, event: Event) -> None:
    state = begin(event)
    (plan_key,) = connection.execute(
        "SELECT key FROM plan WHERE id = ?", (state.plan_id,)
    ).fetchone()
    connection.execute(
        "INSERT INTO audit(id, plan, rubric, auditor, agencies, kind, follows, state, counts, "
        "facts, begun_at, changed_at, rev) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)",
        (
            state.id, plan_key, state.rubric_hash, state.auditor, canonical_json(state.agencies),
            "re_audit" if state.follows else "first", state.follows, state.status, 0,
            "{}", event.at, event.at, state.rev,
        ),
    )  # fmt: skip
    audit_key = _key(connection, state.id)
    _put_facts(connection, audit_key, state)
    _put_scores(connection, audit_key, state)
    for note in state.evidence:
        _put_note(
            connection,
            audit_key,
            state.rubric_hash,
            criterion_id=note.criterion,
            note_id=note.id,
            note=note.to_body(),
        )
    _put_outcome(connection, audit_key, state, event.seq)
    connection.executemany(
        "INSERT INTO audit_auditor(audit, turn, auditor) VALUES (?,?,?)",
        [(audit_key, turn, auditor) for turn, auditor in enumerate(state.auditors, start=1)],
    )
    _put_marks(connection, audit_key, state)
    for flag in state.flags:
        put_flag(connection, audit_key, flag)


def _key(connection: sqlite3.Connection, audit_id: str) -> int:
    row = connection.execute("SELECT key FROM audit WHERE id = ?", (audit_id,)).fetchone()
    return int(row[0])


def _audit(connection: sqlite3.Connection, event: Event) -> tuple[int, str]:
    """Count the event on its audit; return the audit's key and rubric."""
    key, rubric_hash = connection.execute(
        "UPDATE audit SET rev = rev + 1, changed_at = ? WHERE id = ? RETURNING key, rubric",
        (event.at, event.subject.partition(":")[2]),
    ).fetchone()
    return key, rubric_hash


def _scored(connection: sqlite3.Connection, event: Event) -> None:
    audit_key, rubric_hash = _audit(connection, event)
    body = event.body or {}
    number = criterion_key(connection, rubric_hash, body["criterion"])
    if body["new"] is None:
        connection.execute(
            "DELETE FROM score WHERE audit = ? AND criterion = ?", (audit_key, number)
        )
        return
    connection.execute(
        "INSERT INTO score(audit, criterion, level) VALUES (?,?,?) "
        "ON CONFLICT(audit, criterion) DO UPDATE SET level = excluded.level",
        (audit_key, number, body["new"]["level"]),
    )


def _evidence_written(connection: sqlite3.Connection, event: Event) -> None:
    audit_key, rubric_hash = _audit(connection, event)
    body = event.body or {}
    if body["new"] is None:
        connection.execute("DELETE FROM evidence WHERE id = ?", (body["note"],))
        return
    _put_note(
        connection,
        audit_key,
        rubric_hash,
        criterion_id=body["criterion"],
        note_id=body["note"],
        note=body["new"],
    )


def _put_note(
    connection: sqlite3.Connection,
    audit_key: int,
    rubric_hash: str,
    *,
    criterion_id: str,
    note_id: str,
    note: Mapping[str, Any],
) -> None:
    connection.execute(
        "INSERT INTO evidence(id, audit, criterion, text, section, page) VALUES (?,?,?,?,?,?) "
        "ON CONFLICT(id) DO UPDATE SET text = excluded.text, section = excluded.section, "
        "page = excluded.page",
        (
            note_id, audit_key, criterion_key(connection, rubric_hash, criterion_id),
            note["text"], note["section"], note["page"],
        ),
    )  # fmt: skip


def _facts_changed(connection: sqlite3.Connection, event: Event) -> None:
    audit_key, _ = _audit(connection, event)
    (facts,) = connection.execute("SELECT facts FROM audit WHERE key = ?", (audit_key,)).fetchone()
    changed = {**json.loads(facts), **(event.body or {})["new"]}
    _put_fact_columns(connection, audit_key, changed)


def _put_facts(connection: sqlite3.Connection, audit_key: int, state: AuditState) -> None:
    _put_fact_columns(connection, audit_key, state.facts)


def _put_fact_columns(
    connection: sqlite3.Connection, audit_key: int, facts: Mapping[str, Any]
) -> None:
    values = {
        name: tuple(value) if isinstance(value, list) else value for name, value in facts.items()
    }
    columns = [fact_column(values.get(name)) for name in _FACT_COLUMNS]
    assignments = ", ".join(f"{name} = ?" for name in _FACT_COLUMNS)
    connection.execute(
        f"UPDATE audit SET facts = ?, plan_date = ?, {assignments} WHERE key = ?",  # noqa: S608
        (canonical_json(values), values.get("plan_date"), *columns, audit_key),
    )


def _signed(connection: sqlite3.Connection, event: Event) -> None:
    audit_key, _ = _audit(connection, event)
    state = _folded(connection, event)
    _put_scores(connection, audit_key, state)
    _put_outcome(connection, audit_key, state, event.seq)


def _rubric_changed(connection: sqlite3.Connection, event: Event) -> None:
    audit_key, _ = _audit(connection, event)
    state = _folded(connection, event)
    connection.execute("UPDATE audit SET rubric = ? WHERE key = ?", (state.rubric_hash, audit_key))
    _put_scores(connection, audit_key, state)
    for note in state.evidence:
        number = criterion_key(connection, state.rubric_hash, note.criterion)
        connection.execute("UPDATE evidence SET criterion = ? WHERE id = ?", (number, note.id))
    _put_marks(connection, audit_key, state)


def _folded(connection: sqlite3.Connection, event: Event) -> AuditState:
    """Return the audit as its events up to and including this one add up to."""
    history = [past for past in events_of(connection, event.subject) if past.seq < event.seq]
    state = replay(history)
    if state is None:
        message = f"{event.subject} has no beginning in the log"
        raise sqlite3.IntegrityError(message)
    return apply(state, event)


def _put_scores(connection: sqlite3.Connection, audit_key: int, state: AuditState) -> None:
    """Write an audit's levels: as scored in a draft, as resolved (with results) once signed."""
    if state.sign_off is None:
        levels = {criterion_id: score.level for criterion_id, score in state.scores.items()}
    else:
        levels = dict(state.sign_off.levels)
        levels |= {theme_criterion(theme): level for theme, level in state.sign_off.themes.items()}
        levels[GRADE_ID] = _grade_rank(connection, state)
    numbers = dict(
        connection.execute(
            "SELECT id, key FROM criterion WHERE rubric = ?", (state.rubric_hash,)
        ).fetchall()
    )
    connection.execute("DELETE FROM score WHERE audit = ?", (audit_key,))
    connection.executemany(
        "INSERT INTO score(audit, criterion, level) VALUES (?,?,?)",
        [(audit_key, numbers[criterion_id], level) for criterion_id, level in levels.items()],
    )


def _grade_rank(connection: sqlite3.Connection, state: AuditState) -> int:
    if state.sign_off is None or state.sign_off.grade is None:
        return 0
    return _rubric(connection, state.rubric_hash).grade_rank(state.sign_off.grade)


def _put_outcome(
    connection: sqlite3.Connection, audit_key: int, state: AuditState, seq: int
) -> None:
    signed = state.sign_off
    connection.execute(
        "UPDATE audit SET state = ?, counts = ?, audit_date = ?, grade = ?, signed_seq = ? "
        "WHERE key = ?",
        (
            state.status,
            int(state.counts),
            signed.audit_date.isoformat() if signed else None,
            signed.grade if signed else None,
            seq if signed else None,
            audit_key,
        ),
    )


def _handed_over(connection: sqlite3.Connection, event: Event) -> None:
    audit_key, _ = _audit(connection, event)
    new = (event.body or {})["new"]
    connection.execute("UPDATE audit SET auditor = ? WHERE key = ?", (new, audit_key))
    connection.execute(
        "INSERT INTO audit_auditor(audit, turn, auditor) "
        "SELECT ?, max(turn) + 1, ? FROM audit_auditor WHERE audit = ?",
        (audit_key, new, audit_key),
    )


def _flagged(connection: sqlite3.Connection, event: Event) -> None:
    audit_key, _ = _audit(connection, event)
    flag_id = (event.body or {})["flag"]
    connection.execute("DELETE FROM flag WHERE audit = ? AND id = ?", (audit_key, flag_id))
    for flag in _folded(connection, event).flags:
        if flag.id == flag_id:
            put_flag(connection, audit_key, flag)


def _cause_given(connection: sqlite3.Connection, event: Event) -> None:
    audit_key, rubric_hash = _audit(connection, event)
    body = event.body or {}
    number = criterion_key(connection, rubric_hash, body["criterion"])
    connection.execute("DELETE FROM cause WHERE audit = ? AND criterion = ?", (audit_key, number))
    if body["new"] is not None:
        connection.execute(
            "INSERT INTO cause(audit, criterion, cause) VALUES (?,?,?)",
            (audit_key, number, body["new"]),
        )


def _exemplar_marked(connection: sqlite3.Connection, event: Event) -> None:
    audit_key, rubric_hash = _audit(connection, event)
    body = event.body or {}
    number = criterion_key(connection, rubric_hash, body["criterion"])
    connection.execute(
        "INSERT OR IGNORE INTO exemplar(audit, criterion) VALUES (?,?)"
        if body["new"]
        else "DELETE FROM exemplar WHERE audit = ? AND criterion = ?",
        (audit_key, number),
    )


def _put_marks(connection: sqlite3.Connection, audit_key: int, state: AuditState) -> None:
    """Write an audit's causes and exemplars under its rubric's criteria."""
    for table in ("cause", "exemplar"):
        connection.execute(f"DELETE FROM {table} WHERE audit = ?", (audit_key,))  # noqa: S608
    for criterion_id, cause in state.causes.items():
        number = criterion_key(connection, state.rubric_hash, criterion_id)
        connection.execute(
            "INSERT INTO cause(audit, criterion, cause) VALUES (?,?,?)", (audit_key, number, cause)
        )
    for criterion_id in state.exemplars:
        number = criterion_key(connection, state.rubric_hash, criterion_id)
        connection.execute(
            "INSERT INTO exemplar(audit, criterion) VALUES (?,?)", (audit_key, number)
        )


def _counted(connection: sqlite3.Connection, event: Event) -> None:
    """Count an event that no table shows more of than that it was."""
    _audit(connection, event)


_BY_KIND: Mapping[str, Callable[[sqlite3.Connection, Event], None]] = {
    "auditor_joined": _auditor_joined,
    "rubric_frozen": _rubric_frozen,
    "plan_added": _plan_added,
    "audit_begun": _audit_started,
    "audit_imported": _audit_started,
    "facts_changed": _facts_changed,
    "scored": _scored,
    "evidence_written": _evidence_written,
    "signed": _signed,
    "reopened": _signed,
    "withdrawn": _signed,
    "rubric_changed": _rubric_changed,
    "handed_over": _handed_over,
    "flagged": _flagged,
    "cause_given": _cause_given,
    "exemplar_marked": _exemplar_marked,
    "slip_answered": _counted,
    "slip_set": _counted,
    "identifiers_reviewed": _counted,
    "phrase_kept": put_phrase,
}
