"""XmR, p and Laney charts give the published numbers, and behave as stated at the edges."""

from __future__ import annotations

import math
import random
import statistics
from fractions import Fraction
from itertools import pairwise

import pytest
from statprocon.charts.xmr.base import Base as XmR
from tests.statistics.charts import flagged, leading, limits, published

from ehcp_audit.statistics.control_chart import ChartOptions, ControlChart
from ehcp_audit.statistics.laney import laney_chart, sigma_z
from ehcp_audit.statistics.pchart import p_chart
from ehcp_audit.statistics.xmr import mean_moving_range, moving_range_limit, xmr_chart

CHARTS = published("control_charts.json")
PTD = ChartOptions(rules="ptd")


def test_the_worked_deviation_of_the_two_nhs_tools() -> None:
    told = CHARTS["ptd_deviations"]
    near = {"abs": told["tolerance"]}
    ours, theirs = xmr_chart(told["values"]), xmr_chart(told["values"], PTD)
    assert limits(ours) == pytest.approx(tuple(told["unscreened"]), **near)
    assert limits(theirs) == pytest.approx(tuple(told["screened"]), **near)
    for chart in (ours, theirs):
        assert float(chart.centre or 0) == pytest.approx(told["mean"], **near)
        assert flagged(chart, "outside") == told["outside"]


def test_screening_can_be_chosen_apart_from_the_mode() -> None:
    values = CHARTS["ptd_deviations"]["values"]
    assert limits(xmr_chart(values, ChartOptions(screen=True))) == limits(xmr_chart(values, PTD))
    assert limits(xmr_chart(values, ChartOptions(rules="ptd", screen=False))) == limits(
        xmr_chart(values)
    )


def test_montgomerys_loan_costs_with_trial_limits() -> None:
    told = CHARTS["montgomery_imr"]
    near = {"abs": told["tolerance"]}
    chart = xmr_chart(told["values"], ChartOptions(baseline_points=told["baseline_points"]))
    assert chart.centre == Fraction(told["mean"])
    assert limits(chart) == pytest.approx(tuple(told["limits"]), **near)
    assert flagged(chart, "outside") == told["outside"]
    width = chart.latest.width
    assert width is not None
    assert float(width) == pytest.approx(told["mean_moving_range"], abs=1e-6)
    assert float(moving_range_limit(width)) == pytest.approx(told["moving_range_limit"], **near)


def test_montgomerys_orange_juice_cans() -> None:
    told = CHARTS["montgomery_p"]
    near = {"abs": told["tolerance"]}
    counts, total = told["counts"], told["total"]
    chart = p_chart(counts, [total] * len(counts))
    assert float(chart.centre or 0) == pytest.approx(told["all"]["centre"], **near)
    assert limits(chart) == pytest.approx(tuple(told["all"]["limits"]), **near)
    assert flagged(chart, "outside") == told["all"]["outside"]
    kept = [n for i, n in enumerate(counts, 1) if i not in told["without"]["samples"]]
    without = p_chart(kept, [total] * len(kept))
    assert float(without.centre or 0) == pytest.approx(told["without"]["centre"], **near)
    assert limits(without) == pytest.approx(tuple(told["without"]["limits"]), abs=1e-6)


def test_random_series_agree_with_an_independent_library() -> None:
    draw = random.Random(11)
    for _ in range(40):
        values = [round(draw.gauss(50, 9), 3) for _ in range(draw.randint(13, 60))]
        ours, theirs = xmr_chart(values), XmR(values)
        low = float(theirs.lower_natural_process_limit()[0])
        high = float(theirs.upper_natural_process_limit()[0])
        assert limits(ours) == pytest.approx((low, high), abs=0.005)  # it rounds to two places
        beyond = theirs.rule_1_x_indices_beyond_limits()
        near_one = any(min(abs(value - low), abs(value - high)) < 0.01 for value in values)
        if not near_one:
            assert [i for i, yes in enumerate(beyond, 1) if yes] == flagged(ours, "outside")


def test_random_shares_agree_with_the_formulas_in_floating_point() -> None:
    draw = random.Random(12)
    for _ in range(30):
        totals = [draw.randint(5, 400) for _ in range(draw.randint(13, 40))]
        counts = [round(total * draw.uniform(0.2, 0.9)) for total in totals]
        centre = sum(counts) / sum(totals)
        errors = [math.sqrt(centre * (1 - centre) / total) for total in totals]
        scores = [(n / t - centre) / e for n, t, e in zip(counts, totals, errors, strict=True)]
        wider = statistics.fmean(abs(b - a) for a, b in pairwise(scores))
        for chart, factor in (
            (p_chart(counts, totals), 3.0),
            (laney_chart(counts, totals), 3 * wider / 1.128),
        ):
            for i, error in enumerate(errors):
                low, high = max(0.0, centre - factor * error), min(1.0, centre + factor * error)
                assert limits(chart, i) == pytest.approx((low, high), abs=1e-12)


def test_sigma_z_is_about_1_where_only_chance_is_at_work_and_more_where_more_is() -> None:
    draw = random.Random(13)
    totals = [400] * 200
    steady = [sum(draw.random() < 0.6 for _ in range(400)) for _ in totals]
    moving = [round(400 * min(max(draw.gauss(0.6, 0.07), 0), 1)) for _ in totals]
    assert float(sigma_z(steady, totals, range(200)) or 0) == pytest.approx(1, abs=0.12)
    assert float(sigma_z(moving, totals, range(200)) or 0) > 2
    too_many, few = (flagged(make(moving, totals), "outside") for make in (p_chart, laney_chart))
    assert len(too_many) > 40
    assert len(few) <= 2


@pytest.mark.parametrize(
    ("make", "few", "enough"),
    [
        (xmr_chart, ([1, 2] * 6,), ([1, 2] * 6 + [1],)),
        (p_chart, ([1, 2] * 6, [9] * 12), ([1, 2] * 6 + [1], [9] * 13)),
        (laney_chart, ([1, 2] * 6, [9] * 12), ([1, 2] * 6 + [1], [9] * 13)),
    ],
)
def test_mdc_shows_limits_and_signals_from_13_points(make, few, enough) -> None:
    assert [point.limits for point in make(*few).points] == [None] * 12
    assert all(point.limits for point in make(*enough).points)
    assert make(*few).short
    assert not make(*enough).short
    assert all(point.limits for point in make(*few, PTD).points)


def test_gaps_take_no_part_and_do_not_count_towards_13() -> None:
    values = [3, 5, 4, 6, 2, 5, 4, 3, 5, 4, 6, 2, 5]
    with_gaps = [3, None, *values[1:6], None, None, *values[6:], None]
    whole, gapped = xmr_chart(values, PTD), xmr_chart(with_gaps, PTD)
    assert (gapped.centre, gapped.latest.width) == (whole.centre, whole.latest.width)
    assert gapped.counted == 13
    assert gapped.points[1].limits is None
    assert gapped.last == len(with_gaps) - 2
    assert xmr_chart([*values[:12], None]).points[0].limits is None


def test_a_run_goes_on_over_a_gap() -> None:
    chart = xmr_chart([1, 2, 3, None, 4, 5, 6, 7, 0], PTD)
    assert flagged(chart, "trend") == [1, 2, 3, 5, 6, 7, 8]


def test_a_total_of_0_is_a_gap() -> None:
    for make in (p_chart, laney_chart):
        chart = make([1, 0, 2, 3], [4, 0, 4, 4], PTD)
        assert chart.points[1].value is None
        assert chart.points[1].limits is None
        assert chart.centre == Fraction(1, 2)


def test_one_point_has_a_centre_and_only_a_share_has_limits() -> None:
    for one in (xmr_chart([5], PTD), laney_chart([2], [5], PTD)):
        assert one.points[0].limits is None
        assert not one.latest.shown
    assert xmr_chart([5], PTD).centre == 5
    assert p_chart([2], [5], PTD).points[0].limits is not None


def test_nothing_but_gaps_has_no_centre() -> None:
    for empty in (xmr_chart([None, None], PTD), p_chart([0, None], [0, None], PTD)):
        assert empty.centre is None
        assert empty.last is None


@pytest.mark.parametrize(
    "chart",
    [
        xmr_chart([0.1] * 30),
        p_chart([0] * 30, [7] * 30),
        p_chart([7] * 30, [7] * 30),
        laney_chart([3] * 30, [10] * 30),
        laney_chart([10] * 30, [10] * 30),
    ],
)
def test_equal_values_have_limits_of_no_width_or_hold_within_them(chart: ControlChart) -> None:
    assert leading(chart) == [""] * 30
    low, high = limits(chart)
    assert low <= float(chart.centre or 0) <= high


def test_a_point_exactly_on_a_limit_of_shares_is_within_it() -> None:
    # Around 1/2 out of 36 the limits are exactly 1/4 and 3/4.
    chart = p_chart([27, 9] * 7, [36] * 14)
    assert chart.points[0].limits is not None
    assert chart.points[0].limits.high == Fraction(3, 4)
    assert flagged(chart, "outside") == []


def test_a_share_that_is_often_none_does_not_signal_by_being_none_again() -> None:
    chart = p_chart([0, 0, 3, 0, 2, 0, 0, 3, 0, 2, 0, 3, 0, 0, 3], [16] * 15)
    assert leading(chart) == [""] * 15


def test_a_segment_has_its_own_centre_limits_and_runs() -> None:
    before, after = [10, 12, 11, 13, 10, 12, 11, 13], [20, 22, 21, 23, 20, 22, 21, 23]
    options = ChartOptions(rules="ptd", rebase_at=(8,))
    chart = xmr_chart([*before, *after], options)
    first, second = chart.segments
    assert (first.centre, second.centre) == (Fraction("11.5"), Fraction("21.5"))
    assert chart.centre == second.centre
    assert leading(chart) == [""] * 16
    assert flagged(xmr_chart([*before, *after], PTD), "shift") == list(range(1, 17))


def test_trial_limits_concern_the_first_segment_only() -> None:
    options = ChartOptions(rules="ptd", rebase_at=(4,), baseline_points=2)
    chart = xmr_chart([1, 3, 50, 60, 1, 3, 5, 7], options)
    assert [segment.centre for segment in chart.segments] == [2, 4]


@pytest.mark.parametrize("rebase_at", [(0,), (3,), (5, 2), (9,)])
def test_a_segment_must_lie_in_the_series(rebase_at: tuple[int, ...]) -> None:
    values = [1, 2, 3]
    with pytest.raises(ValueError, match="segments of 3 points"):
        xmr_chart(values, ChartOptions(rebase_at=rebase_at))


@pytest.mark.parametrize("baseline", [0, 4, -1])
def test_a_baseline_is_no_longer_than_the_series(baseline: int) -> None:
    with pytest.raises(ValueError, match="baseline"):
        xmr_chart([1, 2, 3], ChartOptions(baseline_points=baseline))


def test_a_baseline_of_one_point_has_no_moving_range() -> None:
    for make in (xmr_chart, lambda values, options: laney_chart(values, [9] * 3, options)):
        with pytest.raises(ValueError, match="moving range"):
            make([1, 2, 3], ChartOptions(baseline_points=1))


@pytest.mark.parametrize("bad", [math.nan, math.inf, -math.inf])
def test_what_is_not_a_finite_number_is_refused(bad: float) -> None:
    with pytest.raises(ValueError, match="not a finite number"):
        xmr_chart([1, bad, 2])


@pytest.mark.parametrize(
    ("counts", "totals"), [([3], [2]), ([-1], [2]), ([1, 2], [3]), ([None], [3]), ([1], [None])]
)
def test_what_is_not_a_share_is_refused(counts, totals) -> None:
    for make in (p_chart, laney_chart):
        with pytest.raises(ValueError, match=r"is not a share|do not go with"):
            make(counts, totals)


def test_no_values_at_all_are_refused() -> None:
    with pytest.raises(ValueError, match="at least one point"):
        xmr_chart([])


def test_two_values_have_one_moving_range() -> None:
    assert mean_moving_range([Fraction(4)], screen=False) is None
    assert mean_moving_range([Fraction(4), Fraction(1)], screen=False) == 3
