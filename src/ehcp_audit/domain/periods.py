"""Reporting periods: month, quarter, school term and year; the order of keys is that of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal, get_args

Granularity = Literal["month", "quarter", "term", "year"]
GRANULARITIES: tuple[Granularity, ...] = get_args(Granularity)

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Terms as the termly early-education funding periods fix them, because Easter moves:
# spring 1 January to 31 March, summer 1 April to 31 August, autumn 1 September to 31 December.
_TERMS = (("Spring", 1, 3), ("Summer", 4, 8), ("Autumn", 9, 12))


@dataclass(frozen=True, order=True)
class Period:
    """One reporting period; `first` and `last` are its first and last days."""

    first: date
    last: date
    key: str
    label: str


def _last_day(year: int, month: int) -> date:
    following = date(year + 1, 1, 1) if month == 12 else date(year, month + 1, 1)  # noqa: PLR2004
    return following - timedelta(days=1)


def period_of(day: date, granularity: Granularity) -> Period:
    """Return the period of the given length that holds `day`."""
    year, month = day.year, day.month
    if granularity == "month":
        span, key, label = (month, month), f"{year}-{month:02}", f"{_MONTHS[month - 1]} {year}"
    elif granularity == "quarter":
        quarter = (month + 2) // 3
        span = (quarter * 3 - 2, quarter * 3)
        key, label = f"{year}-Q{quarter}", f"{_MONTHS[span[0] - 1]}–{_MONTHS[span[1] - 1]} {year}"
    elif granularity == "term":
        index = next(i for i, (_, low, high) in enumerate(_TERMS) if low <= month <= high)
        name, low, high = _TERMS[index]
        span, key, label = (low, high), f"{year}-T{index + 1}", f"{name} {year}"
    else:
        span, key, label = (1, 12), f"{year}", f"{year}"
    return Period(date(year, span[0], 1), _last_day(year, span[1]), key, label)


def periods_between(first: date, last: date, granularity: Granularity) -> tuple[Period, ...]:
    """Return every period from the one holding `first` to the one holding `last`, in order."""
    periods = [period_of(first, granularity)]
    while periods[-1].last < last:
        periods.append(period_of(periods[-1].last + timedelta(days=1), granularity))
    return tuple(periods)
