"""Unchanged series signal as often as is said, and a lasting rise takes as long as is said."""

from __future__ import annotations

import math
import statistics
from fractions import Fraction
from itertools import pairwise
from pathlib import Path
from random import Random

import pytest

from ehcp_audit.statistics.chance import (
    SHARES_MEASURED,
    chance_of_signal,
    measured_rate,
    months_to_signal,
    steady_normal,
    steady_shares,
)
from ehcp_audit.statistics.control_chart import ControlChart, Kind

KINDS: tuple[Kind, ...] = ("p", "xmr", "laney")


@pytest.mark.parametrize(("points", "told"), [(12, 0.042), (18, 0.094), (24, 0.150)])
def test_unchanged_normal_series_signal_as_often_as_published(points: int, told: float) -> None:
    rate = measured_rate(lambda random: steady_normal(random, points), 1000, seed=points)
    assert rate.anywhere == pytest.approx(told, abs=0.03)


@pytest.mark.parametrize(("points", "told"), [(12, 0.06), (18, 0.12), (24, 0.18)])
def test_and_shares_of_16_plans_a_month_on_an_xmr_chart_a_little_more_often(
    points: int, told: float
) -> None:
    rate = measured_rate(
        lambda random: steady_shares(random, points, 0.5, plans=16, kind="xmr"), 1000, seed=points
    )
    assert rate.anywhere == pytest.approx(told, abs=0.03)


@pytest.mark.parametrize(
    ("kind", "points", "plans"), [("p", 13, 16), ("p", 24, 16), ("xmr", 18, 16), ("laney", 13, 150)]
)
def test_what_is_printed_for_shares_is_what_they_do(kind: Kind, points: int, plans: int) -> None:
    def rate(share: float) -> float:
        def draw(random: Random) -> ControlChart:
            return steady_shares(random, points, share, plans=plans, kind=kind)

        return measured_rate(draw, 250, seed=3).anywhere

    measured = statistics.fmean(rate(share) for share in SHARES_MEASURED)
    assert chance_of_signal(kind, points) == pytest.approx(measured, abs=0.03)


def test_the_page_of_the_statistics_prints_the_same() -> None:
    page = (Path(__file__).parents[2] / "docs" / "statistics.md").read_text("utf-8")
    for points in (13, 18, 24, 36, 48, 60):
        cells = [f"{100 * chance_of_signal(kind, points):.1f}%" for kind in ("laney", "xmr", "p")]
        assert f"| {points} | {' | '.join(cells)} |" in page


def test_what_is_printed_rises_with_the_points_and_is_never_certain() -> None:
    for kind in KINDS:
        told = [chance_of_signal(kind, points) for points in range(1, 400)]
        assert told[:12] == [0.0] * 12
        assert all(0 < low < high < 1 for low, high in pairwise(told[12:]))


@pytest.mark.parametrize(("after", "median"), [(65, 9), (70, 7), (75, 4)])
def test_a_lasting_rise_from_half_takes_months_to_signal(after: int, median: int) -> None:
    random = Random(after)
    months = [
        months_to_signal(random, before=Fraction(1, 2), after=Fraction(after, 100), plans=16)
        for _ in range(300)
    ]
    assert statistics.median(month or math.inf for month in months) == pytest.approx(median, abs=1)


def test_a_stable_year_signals_falsely_on_about_one_chart_in_forty() -> None:
    random, half = Random(8), Fraction(1, 2)
    years = [
        months_to_signal(random, before=half, after=half, plans=16, within=12) for _ in range(800)
    ]
    false = sum(month is not None for month in years) / len(years)
    assert false == pytest.approx(0.025, abs=0.012)
