"""The phrase bank: phrases that were kept, and texts that auditors write again and again."""

from __future__ import annotations

import sqlite3

from ehcp_audit.domain.events import Event
from ehcp_audit.domain.text import phrase_key
from ehcp_audit.store.rows import PhraseRow, UsedText


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
        "SELECT max(e.text), count(DISTINCT a.plan) AS plans FROM evidence e "
        "JOIN audit a ON a.key = e.audit JOIN criterion c ON c.key = e.criterion "
        "JOIN rubric_version r ON r.hash = c.rubric "
        "WHERE a.auditor = ? AND a.state != 'withdrawn' AND r.rubric_id = ? AND c.id = ? "
        "AND e.text != '' GROUP BY phrase_key(e.text) HAVING plans > 1 "
        "ORDER BY plans DESC, max(e.text)",
        (auditor_id, rubric_id, criterion_id),
    ).fetchall()
    return tuple(UsedText(*row) for row in rows)


def plans_with_each_text(
    connection: sqlite3.Connection, auditor_id: str
) -> tuple[tuple[UsedText, ...], int]:
    """Return every text of evidence of an auditor with the plans it is on, and all their plans.

    On whichever question it stands. Withdrawn audits are left out.
    """
    rows = connection.execute(
        "SELECT max(e.text), count(DISTINCT a.plan) AS plans FROM evidence e "
        "JOIN audit a ON a.key = e.audit "
        "WHERE a.auditor = ? AND a.state != 'withdrawn' AND e.text != '' "
        "GROUP BY phrase_key(e.text) ORDER BY plans DESC, max(e.text)",
        (auditor_id,),
    ).fetchall()
    (plans,) = connection.execute(
        "SELECT count(DISTINCT plan) FROM audit WHERE auditor = ? AND state != 'withdrawn'",
        (auditor_id,),
    ).fetchone()
    return tuple(UsedText(*row) for row in rows), plans
