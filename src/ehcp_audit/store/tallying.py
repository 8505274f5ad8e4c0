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
from ehcp_audit.domain.questions import Axis, Question, Tallies, Tally

_COLUMNS: Final = frozenset(fact.id for fact in REPORTED)
_DAYS: Final[Mapping[Axis, str]] = {"audit": "a.audit_date", "plan": "a.plan_date"}


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
            any_of = " OR ".join(f"instr(a.{fact_id}, ?) > 0" for _ in allowed)
            clauses.append(f"({any_of or 0})")
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
    """Answer a question; rows, totals and what was left out are read from one snapshot."""
    connection.execute("BEGIN")
    try:
        return _tally(connection, question)
    finally:
        connection.execute("ROLLBACK")


def _tally(connection: sqlite3.Connection, question: Question) -> Tallies:
    counting, values = _counting(question)
    within, bounds = _within(question)
    where = counting + within
    reasons, reason_values = _reasons(question)
    day = _DAYS[question.axis]
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
    parameters = [question.granularity, *values, *bounds, *reason_values]
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
        f"WHERE {counting}{reasons} AND {day} IS NULL",
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
                    [*values, *bounds, *question.reasons],
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


def _counting(question: Question) -> tuple[str, list[str]]:
    filters, values = filter_sql(question.filters)
    return f"a.counts = 1 AND r.rubric_id = ?{filters}", [question.rubric_id, *values]


def _within(question: Question) -> tuple[str, list[str]]:
    """Return the bounds on the axis' date; an undated audit is in no bounds, and counted apart."""
    clauses, bounds = "", []
    for comparison, bound in ((">=", question.first), ("<=", question.last)):
        if bound is not None:
            clauses += f" AND {_DAYS[question.axis]} {comparison} ?"
            bounds.append(bound.isoformat())
    return clauses, bounds


def _reasons(question: Question) -> tuple[str, list[str]]:
    if not question.reasons:
        return "", []
    marks = ", ".join("?" for _ in question.reasons)
    return f" AND coalesce(a.audit_reason, '') IN ({marks})", list(question.reasons)
