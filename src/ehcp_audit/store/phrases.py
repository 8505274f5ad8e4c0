"""The phrase bank: phrases that were kept, and texts that auditors write again and again."""

from __future__ import annotations

import sqlite3
from typing import Final

from ehcp_audit.domain.events import Event
from ehcp_audit.domain.text import phrase_key
from ehcp_audit.store.rows import PhraseRow, UsedText

# The evidence that one auditor wrote. Of an audit that was in several hands the log says who wrote
# a note last; one that came in from a table counts for the last of its auditors.
_WRITTEN: Final = """
WITH written AS (
  SELECT e.text, e.criterion, a.plan FROM evidence e JOIN audit a ON a.key = e.audit
  WHERE a.state != 'withdrawn'
  AND a.key IN (SELECT audit FROM audit_auditor WHERE auditor = :auditor)
  AND :auditor = CASE
    WHEN (SELECT count(*) FROM audit_auditor t WHERE t.audit = a.key) = 1 THEN a.auditor
    ELSE coalesce((
      SELECT v.actor FROM event v JOIN event_body b ON b.seq = v.seq
      WHERE v.subject = 'audit:' || a.id AND v.kind = 'evidence_written'
      AND json_extract(b.body, '$.note') = e.id ORDER BY v.seq DESC LIMIT 1
    ), a.auditor) END
)"""


def put_phrase(connection: sqlite3.Connection, event: Event) -> None:
    """Keep, change or forget a phrase, inside the open transaction."""
    body = event.body or {}
    connection.execute("DELETE FROM phrase WHERE id = ?", (body["phrase"],))
    if body["new"] is not None:
        connection.execute(
            "INSERT INTO phrase(id, auditor, rubric_id, criterion, text, shared) "
            "VALUES (?,?,?,?,?,?)",
            (
                body["phrase"], event.subject.partition(":")[2], body["rubric_id"],
                body["criterion"], body["new"], int(body["shared"]),
            ),
        )  # fmt: skip


def add_functions(connection: sqlite3.Connection) -> None:
    """Teach a connection what makes two phrases the same."""
    connection.create_function("phrase_key", 1, phrase_key, deterministic=True)


def kept_phrases(
    connection: sqlite3.Connection, rubric_id: str, criterion_id: str
) -> tuple[PhraseRow, ...]:
    """Return the phrases kept for a criterion of any version of a rubric, the most used first.

    A use is an audit, not withdrawn, with that text as evidence on that criterion.
    """
    rows = connection.execute(
        "SELECT f.id, f.auditor, coalesce(u.name, f.auditor), f.text, f.shared, ("
        "  SELECT count(DISTINCT e.audit) FROM evidence e JOIN audit a ON a.key = e.audit "
        "  JOIN criterion c ON c.key = e.criterion JOIN rubric_version r ON r.hash = c.rubric "
        "  WHERE r.rubric_id = f.rubric_id AND c.id = f.criterion AND a.state != 'withdrawn' "
        "  AND phrase_key(e.text) = phrase_key(f.text)) AS uses "
        "FROM phrase f LEFT JOIN auditor u ON u.id = f.auditor "
        "WHERE f.rubric_id = ? AND f.criterion = ? ORDER BY uses DESC, f.text, f.id",
        (rubric_id, criterion_id),
    ).fetchall()
    return tuple(
        PhraseRow(phrase, auditor, name, text, bool(shared), uses)
        for phrase, auditor, name, text, shared, uses in rows
    )


def used_texts(
    connection: sqlite3.Connection, auditor_id: str, rubric_id: str, criterion_id: str
) -> tuple[UsedText, ...]:
    """Return what an auditor wrote on a criterion on two or more plans, the most used first."""
    rows = connection.execute(
        f"{_WRITTEN} SELECT max(w.text), count(DISTINCT w.plan) AS plans FROM written w "  # noqa: S608
        "JOIN criterion c ON c.key = w.criterion JOIN rubric_version r ON r.hash = c.rubric "
        "WHERE r.rubric_id = :rubric AND c.id = :criterion AND w.text != '' "
        "GROUP BY phrase_key(w.text) HAVING plans > 1 ORDER BY plans DESC, max(w.text)",
        {"auditor": auditor_id, "rubric": rubric_id, "criterion": criterion_id},
    ).fetchall()
    return tuple(UsedText(*row) for row in rows)


def plans_with_each_text(
    connection: sqlite3.Connection, auditor_id: str
) -> tuple[tuple[UsedText, ...], int]:
    """Return every text of evidence of an auditor with the plans it is on, and all their plans.

    On whichever question it stands. Their plans are those they have in hand and those they wrote
    evidence on before they handed them on. Withdrawn audits are left out.
    """
    who = {"auditor": auditor_id}
    rows = connection.execute(
        f"{_WRITTEN} SELECT max(text), count(DISTINCT plan) AS plans FROM written "  # noqa: S608
        "WHERE text != '' GROUP BY phrase_key(text) ORDER BY plans DESC, max(text)",
        who,
    ).fetchall()
    (plans,) = connection.execute(
        f"{_WRITTEN} SELECT count(*) FROM (SELECT plan FROM written UNION "  # noqa: S608
        "SELECT plan FROM audit WHERE auditor = :auditor AND state != 'withdrawn')",
        who,
    ).fetchone()
    return tuple(UsedText(*row) for row in rows), plans
