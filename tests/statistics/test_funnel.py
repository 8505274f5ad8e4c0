"""Funnel limits are the exact binomial ones, and groups are placed by them."""

from __future__ import annotations

import math
from fractions import Fraction

import pytest
from tests.statistics.charts import published

from ehcp_audit.statistics.binomial import binomial_limits, normal_limits
from ehcp_audit.statistics.funnel import POSITIONS, funnel
from ehcp_audit.statistics.intervals import USUAL, WIDE

LIMITS = published("binomial_limits.json")["limits"]


@pytest.mark.parametrize("row", LIMITS, ids=[f"{r['total']} at {r['share']}" for r in LIMITS])
@pytest.mark.parametrize("confidence", [USUAL, WIDE])
def test_exact_limits_are_the_quantiles_of_the_binomial(row, confidence: float) -> None:
    found = binomial_limits(row["total"], row["share"], confidence)
    counts = [found.low * row["total"], found.high * row["total"]]
    assert counts == pytest.approx(row[str(confidence)])


@pytest.mark.parametrize("confidence", [0.5, USUAL, WIDE])
def test_chance_passes_an_exact_limit_in_no_more_than_its_share_of_cases(
    confidence: float,
) -> None:
    tail = (1 - confidence) / 2
    for total in (1, 2, 7, 20, 33):
        for share in (0.03, 0.4, 0.5, 0.88):
            found = binomial_limits(total, share, confidence)
            low, high = round(found.low * total), round(found.high * total)
            chance = [
                math.comb(total, k) * share**k * (1 - share) ** (total - k)
                for k in range(total + 1)
            ]
            assert sum(chance[:low]) <= tail < sum(chance[: low + 1])
            assert sum(chance[high + 1 :]) <= tail < sum(chance[high:])


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [(81, 263, 0.2527, 0.3676), (15, 148, 0.0578, 0.1617), (1, 29, 0.0009, 0.1776)],
)
def test_shares_that_leave_a_count_within_limits_are_its_published_exact_interval(
    count: int, total: int, low: float, high: float
) -> None:
    # Clopper and Pearson's interval, as printed in table I of Newcombe (1998).
    def within(share: float) -> bool:
        found = binomial_limits(total, share, USUAL)
        return round(found.low * total) <= count <= round(found.high * total)

    assert within(low + 0.0001)
    assert not within(low - 0.0001)
    assert within(high - 0.0001)
    assert not within(high + 0.0001)


def test_normal_limits_are_clipped() -> None:
    found = normal_limits(50, 0.3, USUAL)
    half = 1.959964 * math.sqrt(0.3 * 0.7 / 50)
    assert (found.low, found.high) == pytest.approx((0.3 - half, 0.3 + half))
    assert normal_limits(3, 0.1, WIDE).low == 0.0
    assert normal_limits(3, 0.9, WIDE).high == 1.0


@pytest.mark.parametrize("share", [0.0, 1.0])
def test_none_and_all_leave_chance_nothing_to_do(share: float) -> None:
    for limits in (binomial_limits, normal_limits):
        found = limits(20, share, USUAL)
        assert (found.low, found.high) == (share, share)


@pytest.mark.parametrize(("total", "share"), [(0, 0.5), (-1, 0.5), (5, 1.5), (5, -0.1)])
def test_what_is_not_a_share_of_anything_has_no_limits(total: int, share: float) -> None:
    for limits in (binomial_limits, normal_limits):
        with pytest.raises(ValueError, match="has no limits"):
            limits(total, share, USUAL)
    with pytest.raises(ValueError, match="confidence"):
        binomial_limits(5, 0.5, 1.0)


def test_groups_are_placed_by_how_many_stand_behind_them() -> None:
    found = funnel([50, 5, 35, 68, 20, 0], [100, 10, 100, 100, 100, 0], centre=Fraction(1, 2))
    assert [point.position for point in found.points] == [
        "within",
        "within",
        "lower",
        "much higher",
        "much lower",
        None,
    ]
    assert found.points[-1].share is None
    assert POSITIONS["within"] == "within what chance explains"


def test_a_group_on_its_limit_is_within_it() -> None:
    edge = binomial_limits(40, 0.5, USUAL)
    count = round(edge.high * 40)
    at, past = (funnel([count + n], [40], centre=0.5).points[0].position for n in (0, 1))
    assert (at, past) == ("within", "higher")


def test_the_centre_is_every_count_over_every_total() -> None:
    found = funnel([1, 30], [10, 40])
    assert found.centre == Fraction(31, 50)
    assert funnel([3], [4]).points[0].position == "within"
    assert funnel([0, None], [0, None]).centre is None


def test_the_normal_limits_are_asked_for() -> None:
    exactly, normally = (funnel([2, 9], [10, 10], method=each) for each in ("exact", "normal"))
    assert exactly.points[0].usual != normally.points[0].usual


def test_counts_over_their_totals_are_refused() -> None:
    with pytest.raises(ValueError, match="is not a share"):
        funnel([5], [4])
