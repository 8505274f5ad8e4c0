"""Counting: how many audits gave each criterion each level, and single audits for finer figures."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from ehcp_audit.domain.questions import (
    AuditedAgain,
    CountedAudit,
    CountedAudits,
    NotesOnCriterion,
    Question,
    Tallies,
    Tally,
)
from ehcp_audit.domain.replaying import facts_from_body
from ehcp_audit.store.counting import chosen, filter_sql, left_out

_ROW: Final = "a.key, a.id, p.id, a.rubric, a.audit_date, a.plan_date, a.facts"


def tally(connection: sqlite3.Connection, question: Question) -> Tallies:
    """Answer a question; rows, totals and what was left out are read from one snapshot."""
    connection.execute("BEGIN")
    try:
        return _tally(connection, question)
    finally:
        connection.execute("ROLLBACK")


def _tally(connection: sqlite3.Connection, question: Question) -> Tallies:
    counting = chosen(question)
    rows = connection.execute(
        f"""{counting.sql}
        SELECT t.period, c.rubric, c.id, t.level, t.n FROM (
          SELECT k.period, s.criterion, s.level, count(*) AS n
          FROM chosen k JOIN score s ON s.audit = k.key WHERE k.turn = 1
          GROUP BY k.period, s.criterion, s.level
        ) t JOIN criterion c ON c.key = t.criterion
        ORDER BY t.period, c.rubric, t.criterion, t.level""",  # noqa: S608
        counting.parameters,
    ).fetchall()
    totals = connection.execute(
        f"{counting.sql} SELECT period, sum(turn = 1), sum(turn > 1) FROM chosen GROUP BY period",  # noqa: S608
        counting.parameters,
    ).fetchall()
    apart = left_out(connection, question)
    return Tallies(
        rows=tuple(Tally(*row) for row in rows),
        audits={period: first for period, first, _ in totals},
        undated=apart.undated,
        left_out=apart.by_reason,
        repeated=sum(again for _, _, again in totals),
    )


def counted_audits(
    connection: sqlite3.Connection, question: Question, criteria: Sequence[str]
) -> CountedAudits:
    """Return every audit that counts, with its levels of the criteria named, in one snapshot."""
    connection.execute("BEGIN")
    try:
        counting = chosen(question)
        rows = connection.execute(
            f"{counting.sql} SELECT {_ROW}, k.period, k.turn FROM chosen k "  # noqa: S608
            "JOIN audit a ON a.key = k.key JOIN plan p ON p.key = a.plan "
            "ORDER BY k.period, a.key",
            counting.parameters,
        ).fetchall()
        first = [row[:-1] for row in rows if row[-1] == 1]
        given = _given(connection, [row[0] for row in first], criteria)
        apart = left_out(connection, question)
    finally:
        connection.execute("ROLLBACK")
    return CountedAudits(
        audits=tuple(_counted(row[:-1], row[-1], given) for row in first),
        undated=apart.undated,
        left_out=apart.by_reason,
        repeated=len(rows) - len(first),
    )


def audited_again(
    connection: sqlite3.Connection, question: Question, criteria: Sequence[str]
) -> tuple[AuditedAgain, ...]:
    """Return every signed re-audit beside the signed audit it follows, oldest re-audit first.

    The filters and the days of the question are those of the re-audit; its reasons do not matter.
    """
    filters, values = filter_sql(question.filters)
    bounds = [
        (f" AND a.audit_date {comparison} ?", bound.isoformat())
        for comparison, bound in ((">=", question.first), ("<=", question.last))
        if bound is not None
    ]
    before = _ROW.replace("a.", "b.")
    connection.execute("BEGIN")
    try:
        rows = connection.execute(
            f"SELECT {before}, {_ROW}, period_key(b.audit_date, ?), period_key(a.audit_date, ?) "  # noqa: S608
            "FROM audit a JOIN audit b ON b.id = a.follows JOIN plan p ON p.key = a.plan "
            "JOIN rubric_version r ON r.hash = a.rubric "
            "JOIN rubric_version q ON q.hash = b.rubric AND q.rubric_id = r.rubric_id "
            f"WHERE a.counts = 1 AND b.counts = 1 AND r.rubric_id = ?{filters}"
            f"{''.join(clause for clause, _ in bounds)} ORDER BY a.audit_date, a.key",
            [
                *(question.granularity, question.granularity, question.rubric_id, *values),
                *(bound for _, bound in bounds),
            ],
        ).fetchall()
        width = (len(rows[0]) - 2) // 2 if rows else 0
        keys = {key for row in rows for key in (row[0], row[width])}
        given = _given(connection, keys, criteria)
    finally:
        connection.execute("ROLLBACK")
    return tuple(
        AuditedAgain(_counted(row[:width], row[-2], given), _counted(row[width:-2], row[-1], given))
        for row in rows
    )


def notes_on_criterion(
    connection: sqlite3.Connection, question: Question, criterion: str
) -> tuple[NotesOnCriterion, ...]:
    """Return what every counting audit says on a criterion, the lowest levels first, then newest.

    Audits in which it has no level (not applicable, unscored) are left out; those in which it
    could not be seen come last.
    """
    counting = chosen(question)
    rows = connection.execute(
        f"""{counting.sql}
        SELECT a.id, p.ref, a.rubric, k.period, a.audit_date, s.level, x.cause,
               e.text, e.section, e.page
        FROM chosen k JOIN audit a ON a.key = k.key JOIN plan p ON p.key = a.plan
        JOIN criterion c ON c.rubric = k.rubric AND c.id = ?
        JOIN score s ON s.audit = k.key AND s.criterion = c.key AND s.level >= 0
        LEFT JOIN cause x ON x.audit = k.key AND x.criterion = c.key
        LEFT JOIN evidence e ON e.audit = k.key AND e.criterion = c.key
        WHERE k.turn = 1
        ORDER BY s.level = 0, s.level, a.audit_date DESC, a.key, e.rowid""",  # noqa: S608
        [*counting.parameters, criterion],
    ).fetchall()
    found: dict[str, NotesOnCriterion] = {}
    for audit, ref, rubric, period, day, level, cause, *note in rows:
        known = found.get(audit) or NotesOnCriterion(
            audit, ref, rubric, period, date.fromisoformat(day), level, cause, ()
        )
        written = () if note[0] is None else ((note[0], note[1], note[2]),)
        found[audit] = replace(known, notes=(*known.notes, *written))
    return tuple(found.values())


@dataclass(frozen=True)
class _Given:
    """The levels and the causes of the criteria asked for, by the audit's key."""

    levels: Mapping[int, Mapping[str, int]]
    causes: Mapping[int, Mapping[str, str]]


def _given(
    connection: sqlite3.Connection, audits: Collection[int], criteria: Sequence[str]
) -> _Given:
    """Return what some criteria were given; a whole scan is quicker than a join."""
    marks = ", ".join("?" for _ in criteria)
    rows = connection.execute(f"SELECT key FROM criterion WHERE id IN ({marks})", criteria)  # noqa: S608
    wanted = ", ".join(str(key) for (key,) in rows)

    def given(table: str, column: str) -> dict[int, dict[str, Any]]:
        found: dict[int, dict[str, Any]] = {key: {} for key in audits}
        # One row an audit: a row a criterion takes Python half as long again.
        for audit, by_id in connection.execute(
            f"SELECT x.audit, json_group_object(c.id, x.{column}) "  # noqa: S608
            f"FROM {table} x JOIN criterion c ON c.key = x.criterion "
            f"WHERE x.criterion IN ({wanted}) GROUP BY x.audit"
        ):
            if audit in found:
                found[audit] = json.loads(by_id)
        return found

    return _Given(given("score", "level"), given("cause", "cause"))


def _counted(row: tuple[Any, ...], period: str, given: _Given) -> CountedAudit:
    key, audit_id, plan, rubric, audit_date, plan_date, facts = row
    return CountedAudit(
        id=audit_id,
        plan=plan,
        rubric_hash=rubric,
        period=period,
        audit_date=date.fromisoformat(audit_date),
        plan_date=date.fromisoformat(plan_date) if plan_date else None,
        facts=facts_from_body(json.loads(facts)),
        levels=given.levels[key],
        causes=given.causes[key],
    )
