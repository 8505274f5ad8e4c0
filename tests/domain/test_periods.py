"""Months, quarters, school terms and years: each day in exactly one, in time order."""

from __future__ import annotations

import itertools
from datetime import date, timedelta

import pytest

from ehcp_audit.domain.periods import (
    GRANULARITIES,
    Granularity,
    period_of,
    period_of_key,
    periods_between,
)


@pytest.mark.parametrize(
    ("granularity", "first", "last", "key", "label"),
    [
        ("month", date(2024, 2, 1), date(2024, 2, 29), "2024-02", "Feb 2024"),
        ("quarter", date(2024, 1, 1), date(2024, 3, 31), "2024-Q1", "Jan–Mar 2024"),
        ("term", date(2024, 1, 1), date(2024, 3, 31), "2024-T1", "Spring 2024"),
        ("year", date(2024, 1, 1), date(2024, 12, 31), "2024", "2024"),
        ("two-months", date(2024, 1, 1), date(2024, 2, 29), "2024-B1", "Jan–Feb 2024"),
        ("half-year", date(2024, 1, 1), date(2024, 6, 30), "2024-H1", "Jan–Jun 2024"),
        ("academic", date(2023, 9, 1), date(2024, 8, 31), "2023-AY", "2023/24"),
        ("financial", date(2023, 4, 1), date(2024, 3, 31), "2023-FY", "2023/24"),
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


@pytest.mark.parametrize("granularity", GRANULARITIES)
def test_a_key_names_its_period_and_no_other(granularity: Granularity) -> None:
    for period in periods_between(date(2023, 11, 5), date(2026, 2, 3), granularity):
        assert period_of_key(period.key, granularity) == period
    with pytest.raises(ValueError, match="is not the key of a"):
        period_of_key("2024-X9", granularity)


@pytest.mark.parametrize(
    ("day", "academic", "financial"),
    [
        (date(2024, 8, 31), "2023-AY", "2024-FY"),
        (date(2024, 9, 1), "2024-AY", "2024-FY"),
        (date(2024, 3, 31), "2023-AY", "2023-FY"),
        (date(2024, 4, 1), "2023-AY", "2024-FY"),
    ],
)
def test_academic_years_begin_in_september_and_financial_ones_in_april(
    day: date, academic: str, financial: str
) -> None:
    assert period_of(day, "academic").key == academic
    assert period_of(day, "financial").key == financial


def test_one_day_lies_in_one_period() -> None:
    day = date(2025, 12, 31)
    assert [p.key for p in periods_between(day, day, "quarter")] == ["2025-Q4"]
