"""Dates as people type them, day first, and as the tool echoes them."""

from __future__ import annotations

from datetime import date

import pytest

from ehcp_audit.domain.dates import parse_date, show_date, whole_months_between
from ehcp_audit.domain.errors import UsageError

_TODAY = date(2025, 10, 14)


@pytest.mark.parametrize(
    "typed",
    [
        "3/9/2025", "03/09/2025", "3-9-2025", "3.9.2025", "3 9 2025", "3/9/25",
        "3 Sep 25", "3 sep 2025", "3 Sept 2025", "3 September 2025", "3rd September 2025",
        "3 SEP. 2025", "3Sep25", "3-Sep-2025", "3 September, 2025", "2025-09-03", "2025-9-3",
        "  3/9/2025  ", "3  Sep\t25",
    ],
)  # fmt: skip
def test_a_date_is_read_day_first(typed: str) -> None:
    assert parse_date(typed, today=_TODAY) == date(2025, 9, 3)


def test_today_and_yesterday_are_words_for_dates() -> None:
    assert parse_date("today", today=_TODAY) == _TODAY
    assert parse_date("Today", today=_TODAY) == _TODAY
    assert parse_date("yesterday", today=date(2025, 3, 1)) == date(2025, 2, 28)


def test_a_leap_day_is_read_only_in_a_leap_year() -> None:
    assert parse_date("29/2/24", today=_TODAY) == date(2024, 2, 29)
    with pytest.raises(UsageError, match="not in the calendar"):
        parse_date("29/2/2025", today=_TODAY)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("31/4/2025", "not in the calendar"),
        ("9/13/2025", "not in the calendar"),
        ("0/1/2025", "not in the calendar"),
        ("2025-02-30", "not in the calendar"),
        ("3/9/1985", "not a year between"),
        ("3/9/2101", "not a year between"),
        ("0025-09-03", "not a date"),
        ("3/9/0025", "not a date"),
        ("3/9/202", "not a date"),
        ("3/9", "not a date"),
        ("3 Foo 2025", "not a date"),
        ("3 September", "not a date"),
        ("2025", "not a date"),
        ("20250903", "not a date"),
        ("1/1/20255", "not a date"),
        ("2025-09-03T10:00", "not a date"),
        ("soon", "not a date"),
        ("", "not a date"),
    ],
)
def test_what_is_not_a_date_is_refused_by_name(typed: str, why: str) -> None:
    with pytest.raises(UsageError, match=why) as raised:
        parse_date(typed, today=_TODAY)
    assert f"“{typed}”" in raised.value.what
    assert raised.value.next_step


@pytest.mark.parametrize("month", range(1, 13))
def test_a_shown_date_is_read_back(month: int) -> None:
    day = date(2025, month, 28)
    assert parse_date(show_date(day), today=_TODAY) == day


def test_a_date_is_shown_in_words_and_an_unknown_one_as_a_dash() -> None:
    assert show_date(date(2025, 9, 3)) == "3 Sep 2025"
    assert show_date(None) == "–"


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        (date(2025, 1, 15), date(2026, 1, 14), 11),
        (date(2025, 1, 15), date(2026, 1, 15), 12),
        (date(2025, 1, 31), date(2025, 2, 28), 0),
        (date(2024, 2, 29), date(2025, 2, 28), 11),
        (date(2025, 3, 1), date(2025, 3, 1), 0),
        (date(2025, 6, 1), date(2025, 3, 1), 0),
    ],
)
def test_only_whole_calendar_months_count(start: date, end: date, months: int) -> None:
    assert whole_months_between(start, end) == months
