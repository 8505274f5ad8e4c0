"""Counting: how many audits gave each criterion each level, period by period.

Which audits count: signed ones only; one for each plan in each period, the first signed off; on
the plan-date axis a plan version counts once, by its latest audit.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Final

from ehcp_audit.domain.errors import UsageError
from ehcp_audit.domain.facts import FACTS_BY_ID, REPORTED
from ehcp_audit.domain.periods import Granularity, period_of
from ehcp_audit.domain.questions import Question, Tallies, Tally

_COLUMNS: Final = frozenset(fact.id for fact in REPORTED)


def filter_sql(filters: Mapping[str, Sequence[str]]) -> tuple[str, list[str]]:
    """Return SQL that lets in audits whose reported facts have the given values, and its values.

    Raises `UsageError` for a fact that reports cannot be filtered by.
    """
    clauses, values = [], []
    for fact_id, allowed in filters.items():
        if fact_id not in _COLUMNS:
            what = f"Reports cannot be filtered by “{fact_id}”."
            raise UsageError(what, f"Use one of: {', '.join(sorted(_COLUMNS))}.")
        if FACTS_BY_ID[fact_id].kind == "choices":
            clauses.append("(" + " OR ".join(f"instr(a.{fact_id}, ?) > 0" for _ in allowed) + ")")
            values += [f",{value}," for value in allowed]
        else:
            clauses.append(f"a.{fact_id} IN ({', '.join('?' for _ in allowed)})")
            values += list(allowed)
    return "".join(f" AND {clause}" for clause in clauses), values


def add_functions(connection: sqlite3.Connection) -> None:
    """Teach a connection the reporting periods, so that SQL and reports cut time alike."""

    @lru_cache(maxsize=4096)
    def period_key(day: str, granularity: Granularity) -> str:
        return period_of(date.fromisoformat(day), granularity).key

    connection.create_function("period_key", 2, period_key, deterministic=True)


def tally(connection: sqlite3.Connection, question: Question) -> Tallies:
    """Answer a question; one statement each for rows, totals and what was left out."""
    where, values = _where(question)
    reasons, reason_values = _reasons(question)
    day = f"a.{question.axis}_date"
    if question.axis == "audit":
        same, order = "period", "a.signed_seq"
    else:
        same, order = "a.plan_date", "a.audit_date DESC, a.signed_seq DESC"
    chosen = f"""
        WITH dated AS (
          SELECT a.*, period_key({day}, ?) AS period
          FROM audit a JOIN rubric_version r ON r.hash = a.rubric
          WHERE {where}{reasons} AND {day} IS NOT NULL
        ), chosen AS (
          SELECT a.key, a.rubric, a.period,
                 row_number() OVER (PARTITION BY a.plan, {same} ORDER BY {order}) AS turn
          FROM dated a
        )
    """  # noqa: S608  (every name in it is ours)
    parameters = [question.granularity, *values, *reason_values]
    rows = connection.execute(
        f"""{chosen}
        SELECT t.period, t.rubric, c.id, t.level, t.n FROM (
          SELECT k.period, k.rubric, s.criterion, s.level, count(*) AS n
          FROM chosen k JOIN score s ON s.audit = k.key WHERE k.turn = 1
          GROUP BY k.period, k.rubric, s.criterion, s.level
        ) t JOIN criterion c ON c.key = t.criterion
        ORDER BY t.period, t.rubric, t.criterion, t.level""",  # noqa: S608
        parameters,
    ).fetchall()
    totals = connection.execute(
        f"{chosen} SELECT period, sum(turn = 1), sum(turn > 1) FROM chosen GROUP BY period",  # noqa: S608
        parameters,
    ).fetchall()
    (undated,) = connection.execute(
        f"SELECT count(*) FROM audit a JOIN rubric_version r ON r.hash = a.rubric "  # noqa: S608
        f"WHERE {where}{reasons} AND {day} IS NULL",
        [*values, *reason_values],
    ).fetchone()
    left_out: Counter[str] = Counter()
    if question.reasons:
        marks = ", ".join("?" for _ in question.reasons)
        left_out.update(
            dict(
                connection.execute(
                    f"SELECT coalesce(a.audit_reason, ''), count(*) FROM audit a "  # noqa: S608
                    f"JOIN rubric_version r ON r.hash = a.rubric WHERE {where} "
                    f"AND coalesce(a.audit_reason, '') NOT IN ({marks}) GROUP BY 1",
                    [*values, *question.reasons],
                ).fetchall()
            )
        )
    return Tallies(
        rows=tuple(Tally(*row) for row in rows),
        audits={period: first for period, first, _ in totals},
        undated=undated,
        left_out=dict(left_out),
        repeated=sum(again for _, _, again in totals),
    )


def _where(question: Question) -> tuple[str, list[str]]:
    filters, values = filter_sql(question.filters)
    where = f"a.counts = 1 AND r.rubric_id = ?{filters}"
    bounds: list[str] = []
    for comparison, bound in ((">=", question.first), ("<=", question.last)):
        if bound is not None:
            where += f" AND a.{question.axis}_date {comparison} ?"
            bounds.append(bound.isoformat())
    return where, [question.rubric_id, *values, *bounds]


def _reasons(question: Question) -> tuple[str, list[str]]:
    if not question.reasons:
        return "", []
    marks = ", ".join("?" for _ in question.reasons)
    return f" AND coalesce(a.audit_reason, '') IN ({marks})", list(question.reasons)
