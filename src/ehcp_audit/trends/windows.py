"""The days a share is of: those asked for, or the twelve months to the newest whole period."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from ehcp_audit.domain.questions import Axis, CountedAudit, Question
from ehcp_audit.trends.spans import TrendPeriod


@dataclass(frozen=True)
class Window:
    """From the first to the last day, both included."""

    first: date
    last: date


def recent_window(question: Question, periods: Sequence[TrendPeriod], today: date) -> Window:
    """Return the days asked for; else the twelve months that end with the newest whole period."""
    whole = [each.period.last for each in periods if not each.part]
    last = question.last or (whole[-1] if whole else today)
    return Window(question.first or _a_year_before(last), last)


def _a_year_before(last: date) -> date:
    following = last + timedelta(days=1)
    leap_day = (following.month, following.day) == (2, 29)
    return following.replace(year=following.year - 1, day=28 if leap_day else following.day)


def within(audits: Iterable[CountedAudit], window: Window, axis: Axis) -> tuple[CountedAudit, ...]:
    """Return the audits whose date on the axis lies in the window."""

    def day(audit: CountedAudit) -> date | None:
        return audit.audit_date if axis == "audit" else audit.plan_date

    return tuple(
        audit
        for audit in audits
        if (found := day(audit)) is not None and window.first <= found <= window.last
    )


def once_a_plan(audits: Iterable[CountedAudit], axis: Axis) -> tuple[CountedAudit, ...]:
    """Return one audit for each plan, its first of the window; by plan date, each version's own."""
    if axis == "plan":
        return tuple(audits)
    first: dict[str, CountedAudit] = {}
    for audit in audits:
        kept = first.get(audit.plan)
        if kept is None or audit.audit_date < kept.audit_date:
            first[audit.plan] = audit
    return tuple(first.values())
