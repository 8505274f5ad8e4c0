"""Reporting periods, from a month to a year of three kinds; the order of keys is that of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Literal, get_args

Granularity = Literal[
    "month", "two-months", "quarter", "half-year", "term", "academic", "financial", "year"
]
GRANULARITIES: Final[tuple[Granularity, ...]] = get_args(Granularity)

# What one of them is called in a sentence; the plural adds an s.
PERIOD_WORDS: Final[dict[Granularity, str]] = {
    "month": "month",
    "two-months": "two-month period",
    "quarter": "quarter",
    "half-year": "half-year",
    "term": "term",
    "academic": "academic year",
    "financial": "financial year",
    "year": "year",
}

_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
# Terms as the termly early-education funding periods fix them, because Easter moves:
# spring 1 January to 31 March, summer 1 April to 31 August, autumn 1 September to 31 December.
_TERMS = (("Spring", 1, 3), ("Summer", 4, 8), ("Autumn", 9, 12))
# Months in a period that divides the calendar year evenly, and the letter of its key.
_EVEN: Final[dict[str, tuple[int, str]]] = {
    "two-months": (2, "B"), "quarter": (3, "Q"), "half-year": (6, "H"),
}  # fmt: skip
# Years that begin in another month than January: 1 September and 1 April.
_LATER_YEARS: Final[dict[str, tuple[int, str]]] = {"academic": (9, "AY"), "financial": (4, "FY")}


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
    if granularity in _LATER_YEARS:
        return _later_year(day, granularity)
    if granularity == "month":
        span, key, label = (month, month), f"{year}-{month:02}", f"{_MONTHS[month - 1]} {year}"
    elif granularity in _EVEN:
        length, letter = _EVEN[granularity]
        number = (month + length - 1) // length
        span = (number * length - length + 1, number * length)
        key = f"{year}-{letter}{number}"
        label = f"{_MONTHS[span[0] - 1]}–{_MONTHS[span[1] - 1]} {year}"
    elif granularity == "term":
        index = next(i for i, (_, low, high) in enumerate(_TERMS) if low <= month <= high)
        name, low, high = _TERMS[index]
        span, key, label = (low, high), f"{year}-T{index + 1}", f"{name} {year}"
    else:
        span, key, label = (1, 12), f"{year}", f"{year}"
    return Period(date(year, span[0], 1), _last_day(year, span[1]), key, label)


def _later_year(day: date, granularity: Granularity) -> Period:
    month, letters = _LATER_YEARS[granularity]
    year = day.year if day.month >= month else day.year - 1
    label = f"{year}/{(year + 1) % 100:02}"
    return Period(date(year, month, 1), _last_day(year + 1, month - 1), f"{year}-{letters}", label)


def period_of_key(key: str, granularity: Granularity) -> Period:
    """Return the period with that key, such as 2025-03 or 2025-Q1; raises ValueError for none."""
    try:
        year = int(key[:4])
        candidates = [period_of(date(year, month, 1), granularity) for month in range(1, 13)]
        return next(period for period in candidates if period.key == key)
    except (ValueError, StopIteration):
        message = f"{key!r} is not the key of a {granularity}"
        raise ValueError(message) from None


def periods_between(first: date, last: date, granularity: Granularity) -> tuple[Period, ...]:
    """Return every period from the one holding `first` to the one holding `last`, in order."""
    periods = [period_of(first, granularity)]
    while periods[-1].last < last:
        periods.append(period_of(periods[-1].last + timedelta(days=1), granularity))
    return tuple(periods)
