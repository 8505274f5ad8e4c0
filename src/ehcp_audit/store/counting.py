"""Which audits count for a question, as SQL that tallies and single audits both read.

Signed ones only; one for each plan in each period, the first signed off; on the plan-date axis a
plan version counts once, by its latest audit.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from ehcp_audit.domain.errors import UsageError
from ehcp_audit.domain.facts import FACTS_BY_ID, OWN_PREFIX, REPORTED
from ehcp_audit.domain.periods import Granularity, period_of
from ehcp_audit.domain.questions import Axis, Question

_COLUMNS: Final = frozenset(fact.id for fact in REPORTED)
_DAYS: Final[Mapping[Axis, str]] = {"audit": "a.audit_date", "plan": "a.plan_date"}


@dataclass(frozen=True)
class Chosen:
    """SQL of common tables ending in `chosen`, whose rows of `turn` 1 count, and its parameters."""

    sql: str
    parameters: Sequence[str]


@dataclass(frozen=True)
class LeftOut:
    """How many audits a question leaves out: undated, and by their reason."""

    undated: int
    by_reason: Mapping[str, int]


def filter_sql(filters: Mapping[str, Sequence[str]]) -> tuple[str, list[str]]:
    """Return SQL that lets in audits whose facts have the given values, and its values.

    Facts that a rubric adds are looked up in the audit's own facts. Raises `UsageError` for a
    fact that reports cannot be filtered by.
    """
    clauses, values = [], []
    for fact_id, allowed in filters.items():
        marks = ", ".join("?" for _ in allowed)
        if fact_id.startswith(OWN_PREFIX):
            clauses.append(f"EXISTS (SELECT 1 FROM json_each(a.facts, ?) WHERE value IN ({marks}))")  # noqa: S608
            values += [f'$."{fact_id}"', *allowed]
        elif fact_id not in _COLUMNS:
            what = f"Reports cannot be filtered by “{fact_id}”."
            raise UsageError(what, f"Use one of: {', '.join(sorted(_COLUMNS))}.")
        elif FACTS_BY_ID[fact_id].kind == "choices":
            any_of = " OR ".join(f"instr(a.{fact_id}, ?) > 0" for _ in allowed)
            clauses.append(f"({any_of or 0})")
            values += [f",{value}," for value in allowed]
        else:
            clauses.append(f"a.{fact_id} IN ({marks})")
            values += list(allowed)
    return "".join(f" AND {clause}" for clause in clauses), values


def add_functions(connection: sqlite3.Connection) -> None:
    """Teach a connection the reporting periods, so that SQL and reports cut time alike."""

    @lru_cache(maxsize=4096)
    def period_key(day: str, granularity: Granularity) -> str:
        return period_of(date.fromisoformat(day), granularity).key

    connection.create_function("period_key", 2, period_key, deterministic=True)


def chosen(question: Question) -> Chosen:
    """Return the audits a question chooses from, each with its period and its turn."""
    counting, values = _counting(question)
    within, bounds = _within(question)
    reasons, reason_values = _reasons(question)
    day = _DAYS[question.axis]
    if question.axis == "audit":
        same, order = "period", "a.signed_seq"
    else:
        same, order = "a.plan_date", "a.audit_date DESC, a.signed_seq DESC"
    sql = f"""
        WITH dated AS (
          SELECT a.*, period_key({day}, ?) AS period
          FROM audit a JOIN rubric_version r ON r.hash = a.rubric
          WHERE {counting}{within}{reasons} AND {day} IS NOT NULL
        ), chosen AS (
          SELECT a.key, a.rubric, a.period,
                 row_number() OVER (PARTITION BY a.plan, {same} ORDER BY {order}) AS turn
          FROM dated a
        )
    """  # noqa: S608  (every name in it is ours)
    return Chosen(sql, [question.granularity, *values, *bounds, *reason_values])


def left_out(connection: sqlite3.Connection, question: Question) -> LeftOut:
    """Count what a question leaves out; `connection` is in the snapshot of the question."""
    counting, values = _counting(question)
    within, bounds = _within(question)
    reasons, reason_values = _reasons(question)
    (undated,) = connection.execute(
        f"SELECT count(*) FROM audit a JOIN rubric_version r ON r.hash = a.rubric "  # noqa: S608
        f"WHERE {counting}{reasons} AND {_DAYS[question.axis]} IS NULL",
        [*values, *reason_values],
    ).fetchone()
    by_reason: Counter[str] = Counter()
    if question.reasons:
        marks = ", ".join("?" for _ in question.reasons)
        by_reason.update(
            dict(
                connection.execute(
                    f"SELECT coalesce(a.audit_reason, ''), count(*) FROM audit a "  # noqa: S608
                    f"JOIN rubric_version r ON r.hash = a.rubric WHERE {counting}{within} "
                    f"AND coalesce(a.audit_reason, '') NOT IN ({marks}) GROUP BY 1",
                    [*values, *bounds, *question.reasons],
                ).fetchall()
            )
        )
    return LeftOut(undated, dict(by_reason))


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
