"""Months, quarters, school terms and years: each day in exactly one, in time order."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest

from ehcp_audit.domain.periods import GRANULARITIES, Granularity, period_of, periods_between


@pytest.mark.parametrize(
    ("granularity", "first", "last", "key", "label"),
    [
        ("month", date(2024, 2, 1), date(2024, 2, 29), "2024-02", "Feb 2024"),
        ("quarter", date(2024, 1, 1), date(2024, 3, 31), "2024-Q1", "Jan–Mar 2024"),
        ("term", date(2024, 1, 1), date(2024, 3, 31), "2024-T1", "Spring 2024"),
        ("year", date(2024, 1, 1), date(2024, 12, 31), "2024", "2024"),
    ],
)
def test_a_day_falls_in_its_period(
    granularity: Granularity, first: date, last: date, key: str, label: str
) -> None:
    period = period_of(date(2024, 2, 29), granularity)
    assert (period.first, period.last, period.key, period.label) == (first, last, key, label)


@pytest.mark.parametrize(
    ("day", "term"),
    [
        (date(2025, 3, 31), "Spring 2025"),
        (date(2025, 4, 1), "Summer 2025"),
        (date(2025, 8, 31), "Summer 2025"),
        (date(2025, 9, 1), "Autumn 2025"),
        (date(2025, 12, 31), "Autumn 2025"),
    ],
)
def test_terms_change_on_the_first_of_april_september_and_january(day: date, term: str) -> None:
    assert period_of(day, "term").label == term


@pytest.mark.parametrize("granularity", GRANULARITIES)
def test_periods_follow_one_another_without_gaps_in_key_order(granularity: Granularity) -> None:
    periods = periods_between(date(2023, 11, 5), date(2026, 2, 3), granularity)
    assert periods[0].first <= date(2023, 11, 5) <= periods[0].last
    assert periods[-1].first <= date(2026, 2, 3) <= periods[-1].last
    for earlier, later in itertools.pairwise(periods):
        assert later.first == earlier.last + timedelta(days=1)
        assert earlier.key < later.key


def test_one_day_lies_in_one_period() -> None:
    day = date(2025, 12, 31)
    assert [p.key for p in periods_between(day, day, "quarter")] == ["2025-Q4"]
