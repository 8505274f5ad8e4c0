"""The rules flag the points that the published tools flag."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import pytest
from tests.statistics.charts import flagged, leading, limits

from ehcp_audit.statistics.control_chart import ChartOptions
from ehcp_audit.statistics.rules import Limits, Mode, Run, find_runs, limits_around
from ehcp_audit.statistics.verdicts import variation
from ehcp_audit.statistics.xmr import xmr_chart

PTD = ChartOptions(rules="ptd")
WIDE = limits_around(Fraction(0), Fraction(300))
NARROW = limits_around(Fraction(0), Fraction(3))


def runs(
    values: Sequence[float], rule: str, *, limit: Limits = WIDE, mode: Mode = "mdc"
) -> list[Run]:
    series = [Fraction(value) for value in values]
    found = find_runs(series, Fraction(0), [limit] * len(series), mode)
    return [run for run in found if run.rule == rule]


def points(found: Sequence[Run]) -> list[int]:
    return sorted({index + 1 for run in found for index in run.points})


def test_six_on_the_centre_or_on_one_side_are_no_shift() -> None:
    assert points(runs([1] * 6, "shift")) == []
    assert points(runs([0] * 20, "shift")) == []


def test_eight_above_and_one_below_are_a_shift_of_eight() -> None:
    found = runs([1, 2, 1, 2, 1, 2, 1, 2, -1], "shift")
    assert points(found) == [1, 2, 3, 4, 5, 6, 7, 8]
    assert [run.up for run in found] == [True]


def test_a_point_on_the_centre_breaks_a_shift() -> None:
    assert points(runs([-1, -2, -1, 0, -1, -2, -1, -2], "shift")) == []


def test_a_tie_breaks_a_trend() -> None:
    assert points(runs([1, 2, 3, 3, 4, 5, 6], "trend")) == []


def test_seven_rising_are_a_trend_up_and_seven_falling_one_down() -> None:
    rising, falling = runs([1, 2, 3, 4, 5, 6, 7], "trend"), runs([7, 6, 5, 4, 3, 2, 1], "trend")
    assert points(rising) == points(falling) == [1, 2, 3, 4, 5, 6, 7]
    assert ([run.up for run in rising], [run.up for run in falling]) == ([True], [False])


def test_a_trend_is_only_as_long_as_it_rises() -> None:
    assert points(runs([2, 1, 2, 3, 4, 5, 6, 7, 3], "trend")) == [2, 3, 4, 5, 6, 7, 8]
    assert points(runs([1, 2, 3, 4, 5, 6, 5], "trend")) == []


def test_two_in_three_flags_only_the_points_beyond_two_thirds() -> None:
    one_side = [1, 1, 2.5, 1, 2.5, 1, 1]
    alternating = [1, -1, 2.5, -1, 2.5, -1, 1]
    assert points(runs(one_side, "two_in_three", limit=NARROW)) == [3, 5]
    assert points(runs(alternating, "two_in_three", limit=NARROW)) == []


def test_two_thirds_of_the_way_is_not_yet_beyond() -> None:
    assert points(runs([2, 1, 2], "two_in_three", limit=NARROW)) == []


@pytest.mark.parametrize(("mode", "found"), [("mdc", [1, 3]), ("ptd", [])])
def test_only_mdc_counts_a_point_outside_the_limits_among_two_in_three(
    mode: Mode, found: list[int]
) -> None:
    assert points(runs([2.5, 1, 3.5], "two_in_three", limit=NARROW, mode=mode)) == found


def test_a_point_on_a_limit_is_within_it() -> None:
    assert points(runs([3, -3, 3.001, -3.001], "outside", limit=NARROW)) == [3, 4]


@pytest.mark.parametrize("sign", [1, -1])
def test_the_whole_series_0_to_7(sign: int) -> None:
    chart = xmr_chart([sign * value for value in range(8)], PTD)
    assert chart.centre == sign * Fraction("3.5")
    assert sorted(abs(limit) for limit in limits(chart)) == pytest.approx([0.84, 6.16])
    assert leading(chart) == ["outside", *["trend"] * 6, "outside"]
    assert flagged(chart, "trend") == [1, 2, 3, 4, 5, 6, 7, 8]
    last = chart.points[-1].signals
    assert {signal.up for signal in last} == {sign > 0}


@pytest.mark.parametrize("options", [ChartOptions(), PTD])
def test_two_far_points_on_opposite_sides_are_common_cause(options: ChartOptions) -> None:
    values = [1, -1] * 8
    chart = xmr_chart([*values[:14], 5.5, -5.5], options)
    assert leading(chart)[-2:] == ["", ""]
    assert variation(chart, "up") == "common cause"
