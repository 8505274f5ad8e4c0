"""Calendar dates as people type them, and as the tool shows them."""

from __future__ import annotations

import re
from datetime import date, timedelta

from ehcp_audit.domain.errors import UsageError

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_FULL_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_ISO = re.compile(r"([1-9]\d{3})-(\d{1,2})-(\d{1,2})")
_NUMERIC = re.compile(r"(\d{1,2})[/.\- ](\d{1,2})[/.\- ]([1-9]\d{3}|\d{2})")
_WORDED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[ /.\-]*([a-z]+)\.?,?[ /.\-]*([1-9]\d{3}|\d{2})")
_CENTURY = 2000
_EARLIEST = 2000
_LATEST = 2100
_HELP = "Type the day first: 3/9/2025, 3 Sep 25, 2025-09-03 or today."


def _month_number(word: str) -> int | None:
    if word == "sept":
        return 9
    for number, (short, full) in enumerate(zip(_MONTHS, _FULL_MONTHS, strict=True), start=1):
        if word in (short, full):
            return number
    return None


def parse_date(typed: str, *, today: date) -> date:
    """Read a date typed day first: 3/9/2025, 3 Sep 25, 2025-09-03, today, yesterday.

    Two-digit years are of this century. Raises `UsageError` naming what was typed.
    """
    text = " ".join(typed.strip().lower().split())
    if text in ("today", "t"):
        return today
    if text == "yesterday":
        return today - timedelta(days=1)
    if match := _ISO.fullmatch(text):
        year, month, day = (int(part) for part in match.groups())
    elif match := _NUMERIC.fullmatch(text):
        day, month, year = (int(part) for part in match.groups())
    elif (match := _WORDED.fullmatch(text)) and (number := _month_number(match[2])):
        day, month, year = int(match[1]), number, int(match[3])
    else:
        what = f"“{typed.strip()}” is not a date."
        raise UsageError(what, _HELP)
    if year < 100:  # noqa: PLR2004
        year += _CENTURY
    if not _EARLIEST <= year <= _LATEST:
        what = f"“{typed.strip()}” is not a year between {_EARLIEST} and {_LATEST}."
        raise UsageError(what, _HELP)
    try:
        return date(year, month, day)
    except ValueError:
        what = f"“{typed.strip()}” is not in the calendar."
        raise UsageError(what, _HELP) from None


def show_date(day: date | None) -> str:
    """Return a date as 3 Sep 2025, and an unknown one as an en dash."""
    if day is None:
        return "–"
    return f"{day.day} {_MONTHS[day.month - 1].title()} {day.year}"


def whole_months_between(start: date, end: date) -> int:
    """Return the whole calendar months from `start` to `end`, never below 0."""
    months = (end.year - start.year) * 12 + end.month - start.month
    if end.day < start.day:
        months -= 1
    return max(months, 0)
