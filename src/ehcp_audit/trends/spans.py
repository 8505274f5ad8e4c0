"""The periods a trend runs over."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from ehcp_audit.domain.periods import Period, period_of_key, periods_between
from ehcp_audit.domain.questions import Question


@dataclass(frozen=True)
class TrendPeriod:
    """A period and how many counting audits it holds.

    `part` is true where it is still running, or cut by the dates asked for.
    """

    period: Period
    audits: int
    part: bool


def periods_asked(question: Question, keys: Collection[str], today: date) -> tuple[Period, ...]:
    """Return every period from the first to the last, those without an audit among them.

    They run from the first period with an audit to the last, and out to the dates asked for,
    but not past today. Empty where no period holds an audit.
    """
    if not keys:
        return ()
    first = period_of_key(min(keys), question.granularity).first
    last = period_of_key(max(keys), question.granularity).last
    if question.first is not None:
        first = min(first, question.first)
    if question.last is not None:
        last = max(last, min(question.last, today))
    return periods_between(first, last, question.granularity)


def is_part(period: Period, question: Question, today: date) -> bool:
    """Whether the period is still running on `today`, or cut by the dates asked for."""
    cut_before = question.first is not None and period.first < question.first <= period.last
    cut_after = question.last is not None and period.first <= question.last < period.last
    return cut_before or cut_after or period.first <= today <= period.last
