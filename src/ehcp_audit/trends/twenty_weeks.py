"""The 20 weeks of an audited plan: the national measure, with and without exceptions."""

from __future__ import annotations

from typing import Final

from ehcp_audit.domain.law_limits import LimitResult, result_of
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
    result = twenty_weeks(audit)
    ended = result is not None and result.status in ("met", "late", "late_with_exception")
    return (int(result is not None and result.status == "met"), 1) if ended else (0, 0)


def on_time_without_exceptions(audit: CountedAudit) -> tuple[int, int]:
    """Return the same, plans late with an exception of the law left out."""
    result = twenty_weeks(audit)
    if result is not None and result.status == "late_with_exception":
        return 0, 0
    return on_time(audit)
