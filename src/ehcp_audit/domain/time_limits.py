"""Time limits worked out from dates: the law counts in calendar days, weeks and months.

Day 0 is the day of the start; “within n weeks” includes the day n weeks after it.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from ehcp_audit.domain.facts import Facts

Unit = Literal["days", "weeks", "months"]
_NOT_EVIDENCED = 0  # as `domain.rubric` numbers it, which imports this module


def last_day(started: date, count: int, unit: Unit) -> date:
    """Return the day `count` of a unit after a start; a month ends on the same day, or its last.

    A negative count goes back from the start.
    """
    if unit == "months":
        month = started.month - 1 + count
        year, month = started.year + month // 12, month % 12 + 1
        return date(year, month, min(started.day, calendar.monthrange(year, month)[1]))
    return started + timedelta(days=count * (7 if unit == "weeks" else 1))


@dataclass(frozen=True)
class TimeLimit:
    """From one date of the facts to another within `count` of a unit.

    `met` and `not_met` are the numbers of the levels that it comes to.
    """

    start: str
    end: str
    count: int
    unit: Unit
    met: int
    not_met: int

    def due(self, started: date) -> date:
        """Return the last day within the limit."""
        return last_day(started, self.count, self.unit)

    def level(self, facts: Facts) -> int:
        """Return the level that the dates come to; not evidenced while one is missing.

        Dates the wrong way round are a slip of the pen, so they are not evidenced either, save
        for “within 0 days”, which asks that the end is not after the start.
        """
        start, end = facts.get(self.start), facts.get(self.end)
        if not (isinstance(start, str) and isinstance(end, str)):
            return _NOT_EVIDENCED
        started, ended = date.fromisoformat(start), date.fromisoformat(end)
        if ended < started and self.count:
            return _NOT_EVIDENCED
        return self.met if ended <= self.due(started) else self.not_met
