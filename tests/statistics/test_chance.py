"""Unchanged series signal as often as is said, and a lasting rise takes as long as is said."""

from __future__ import annotations

import statistics
from fractions import Fraction
from itertools import pairwise
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
    ("kind", "points", "plans"), [("p", 13, 16), ("p", 24, 16), ("laney", 13, 150)]
)
def test_what_is_printed_for_shares_is_what_they_do(kind: Kind, points: int, plans: int) -> None:
    def rate(share: float) -> float:
        def draw(random: Random) -> ControlChart:
            return steady_shares(random, points, share, plans=plans, kind=kind)

        return measured_rate(draw, 250, seed=3).anywhere

    measured = statistics.fmean(rate(share) for share in SHARES_MEASURED)
    assert chance_of_signal(kind, points) == pytest.approx(measured, abs=0.03)


def test_what_is_printed_rises_with_the_points_and_is_never_certain() -> None:
    for kind in ("xmr", "p"):
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
    assert statistics.median(months) == pytest.approx(median, abs=1)


def test_what_is_never_seen_is_said_to_be_so() -> None:
    certain = Fraction(1)
    with pytest.raises(ValueError, match="is not seen"):
        months_to_signal(Random(1), before=certain, after=certain, plans=16)
