"""The spread between groups is what is left when chance is taken off."""

from __future__ import annotations

import math
import random

import pytest
from tests.statistics.charts import published

from ehcp_audit.statistics.spread import chi_square_above, spread_between, spread_of_shares

TRIALS = published("bcg_trials.json")


def test_the_interval_between_trials_is_the_published_one_for_odds_ratios() -> None:
    told, near = TRIALS["log_odds_ratio"], {"abs": TRIALS["tolerance"]}
    spread = spread_between(
        [math.log(a * d / (b * c)) for a, b, c, d in TRIALS["trials"]],
        [1 / a + 1 / b + 1 / c + 1 / d for a, b, c, d in TRIALS["trials"]],
    )
    assert (spread.low**2, spread.high**2) == pytest.approx((told["low"], told["high"]), **near)


def test_the_spread_between_trials_is_the_published_one_for_risk_ratios() -> None:
    told, near = TRIALS["log_risk_ratio"], {"abs": TRIALS["tolerance"]}
    spread = spread_between(
        [math.log(a / (a + b) / (c / (c + d))) for a, b, c, d in TRIALS["trials"]],
        [1 / a - 1 / (a + b) + 1 / c - 1 / (c + d) for a, b, c, d in TRIALS["trials"]],
    )
    assert spread.deviation**2 == pytest.approx(told["variance"], **near)
    assert (spread.low**2, spread.high**2) == pytest.approx((told["low"], told["high"]), **near)


@pytest.mark.parametrize(("freedom", "value", "above"), published("chi_square.json")["above"])
def test_chi_square_agrees_with_scipy(freedom: int, value: float, above: float) -> None:
    assert chi_square_above(value, freedom) == pytest.approx(above, rel=1e-10)


def test_chi_square_at_its_edges() -> None:
    assert chi_square_above(0, 5) == 1.0
    with pytest.raises(ValueError, match="degrees of freedom"):
        chi_square_above(1, 0)


def test_groups_that_differ_by_chance_alone_have_no_spread_to_speak_of() -> None:
    draw = random.Random(4)
    counts = [sum(draw.random() < 0.6 for _ in range(200)) for _ in range(6)]
    spread = spread_of_shares(counts, [200] * 6)
    assert spread is not None
    assert spread.low == 0
    assert spread.deviation < 0.04


def test_the_interval_holds_the_true_spread_in_about_95_of_100_draws() -> None:
    draw = random.Random(5)
    held = 0
    for _ in range(200):
        true = [draw.gauss(0.6, 0.1) for _ in range(8)]
        counts = [sum(draw.random() < share for _ in range(40)) for share in true]
        spread = spread_of_shares(counts, [40] * 8)
        assert spread is not None
        held += spread.low <= 0.1 <= spread.high
    assert 180 <= held <= 199


def test_equal_groups_have_a_spread_of_nothing() -> None:
    equal = spread_of_shares([500] * 8, [1000] * 8)
    assert equal is not None
    assert (equal.deviation, equal.low, equal.high) == (0, 0, 0)


def test_no_spread_is_wider_than_shares_can_lie_apart() -> None:
    apart = spread_of_shares([0, 3], [3, 3])
    assert apart is not None
    assert apart.high == 0.5


@pytest.mark.parametrize(
    ("counts", "totals"),
    [([], []), ([3], [5]), ([3, 0], [5, 0]), ([0, 0], [5, 5]), ([5, 9], [5, 9])],
)
def test_one_group_and_groups_all_at_none_or_all_have_no_spread(counts, totals) -> None:
    assert spread_of_shares(counts, totals) is None


@pytest.mark.parametrize(
    ("values", "variances"), [([1.0], [1.0]), ([1.0, 2.0], [0.0, 1.0]), ([1.0, 2.0], [1.0])]
)
def test_a_spread_needs_two_values_with_their_variances(values, variances) -> None:
    with pytest.raises(ValueError, match=r"two values|zip"):
        spread_between(values, variances)
