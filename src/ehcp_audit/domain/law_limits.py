"""Where a plan's dates stand against the time limits in law.

Day 0 is the start, “within n weeks” includes the day n weeks after it, and days are calendar
days. The sentences are in `limit_words`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal

from ehcp_audit.domain.facts import Facts
from ehcp_audit.domain.law_rules import LAW_LIMITS, LawLimit
from ehcp_audit.domain.time_limits import last_day

Status = Literal["met", "late", "late_with_exception", "running", "overdue", "not_known"]

# Kinds of exception that were read in the regulations (27(3)); the others may be recorded, and
# excuse nothing until they are confirmed. A backlog is no exception.
CONFIRMED_EXCEPTIONS: Final = ("school_closed", "personal_circumstances")


@dataclass(frozen=True)
class LimitResult:
    """Where one limit stands.

    `days` is how many days late it was, or is by now (0 otherwise); `exception` is the recorded
    exception's id, whether or not it excuses; `missing` names the fact that would settle it.
    `ahead` is a given end that is still to come, which ends nothing yet.
    """

    limit: LawLimit
    status: Status
    started: date | None = None
    due: date | None = None
    ended: date | None = None
    days: int = 0
    exception: str | None = None
    missing: str | None = None
    ahead: date | None = None

    @property
    def begun(self) -> bool:
        """Whether any of its dates is known."""
        return self.started is not None or self.ended is not None


def results(facts: Facts, on: date) -> tuple[LimitResult, ...]:
    """Return where every limit that arises stands on a day, in the order of the table.

    `on` is the date of the audit: what has no end by then is running or overdue.
    """
    return tuple(result_of(limit, facts, on) for limit in LAW_LIMITS if limit.applies(facts))


def result_of(limit: LawLimit, facts: Facts, on: date) -> LimitResult:
    """Return where one limit that arises stands on a day."""
    started, ended = _day(facts, limit.start), _end(limit, facts)
    if started is None:
        return LimitResult(limit, "not_known", ended=ended, missing=limit.start)
    due = limit.due.last_day(started, facts)
    if due is None:
        wanted = "setting" if facts.get("year_group") else "year_group"
        return LimitResult(limit, "not_known", started, ended=ended, missing=wanted)
    if ended is not None and _is_its_end(limit, started, due, ended):
        result = LimitResult(limit, "met", started, due, ended)
        return _ended(result, facts) if ended <= on else _still_to_come(result)
    mistaken = ended is not None and limit.window_months is None
    if mistaken or limit.done(facts) or (limit.silent and on > due):
        kept = ended if mistaken else None
        return LimitResult(limit, "not_known", started, due, kept, missing=limit.end)
    if on <= due:
        return LimitResult(limit, "running", started, due)
    exception = _exception(limit, facts)
    return LimitResult(limit, "overdue", started, due, days=(on - due).days, exception=exception)


def _still_to_come(result: LimitResult) -> LimitResult:
    limit, ahead = result.limit, result.ended
    return LimitResult(
        limit, "not_known", result.started, result.due, missing=limit.end, ahead=ahead
    )


def _ended(result: LimitResult, facts: Facts) -> LimitResult:
    limit = result.limit
    late = 0 if result.ended is None or result.due is None else (result.ended - result.due).days
    if late <= 0:
        return result
    exception = _exception(limit, facts)
    excused = exception in CONFIRMED_EXCEPTIONS
    return LimitResult(
        limit, "late_with_exception" if excused else "late",
        result.started, result.due, result.ended, late, exception,
    )  # fmt: skip


def _is_its_end(limit: LawLimit, started: date, due: date, ended: date) -> bool:
    """Whether a date can be the end of this turn of a limit."""
    if limit.first_only and ended > due:
        return False
    if limit.window_months is not None:
        return ended >= last_day(started, -limit.window_months, "months")
    return ended >= started


def _day(facts: Facts, fact_id: str | None) -> date | None:
    value = None if fact_id is None else facts.get(fact_id)
    return date.fromisoformat(value) if isinstance(value, str) else None


def _end(limit: LawLimit, facts: Facts) -> date | None:
    """Return the day that ends a limit: its own fact, or the date on a plan of the right kind."""
    ended = _day(facts, limit.end)
    if ended is not None or not limit.dated_by or facts.get("plan_kind") != limit.dated_by:
        return ended
    dated, started = _day(facts, "plan_date"), _day(facts, limit.start)
    earlier = dated is not None and started is not None and dated < started
    return None if earlier and limit.window_months is None else dated


def _exception(limit: LawLimit, facts: Facts) -> str | None:
    value = facts.get("exception")
    known = limit.excused_by and isinstance(value, str) and value != "none"
    return str(value) if known else None
