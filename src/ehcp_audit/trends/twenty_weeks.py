"""The 20 weeks of an audited plan: the national measure, with and without exceptions."""

from __future__ import annotations

from typing import Final

from ehcp_audit.domain.law_limits import LimitResult, Status, result_of
from ehcp_audit.domain.law_rules import LAW_LIMITS
from ehcp_audit.domain.questions import CountedAudit

TWENTY_WEEKS: Final = next(limit for limit in LAW_LIMITS if limit.id == "first-final")


def twenty_weeks(audit: CountedAudit) -> LimitResult | None:
    """Return where a plan stood against the 20 weeks; None where they do not arise for it."""
    if not TWENTY_WEEKS.applies(audit.facts):
        return None
    return result_of(TWENTY_WEEKS, audit.facts, audit.audit_date)


def on_time(audit: CountedAudit) -> tuple[int, int]:
    """Return whether a plan that came to its end was on time; (0, 0) where it did not."""
    return _ended(twenty_weeks(audit), "met", "late", "late_with_exception")


def on_time_without_exceptions(audit: CountedAudit) -> tuple[int, int]:
    """Return the same, plans late with an exception of the law left out."""
    return _ended(twenty_weeks(audit), "met", "late")


def _ended(result: LimitResult | None, *ends: Status) -> tuple[int, int]:
    if result is None or result.status not in ends:
        return 0, 0
    return int(result.status == "met"), 1
