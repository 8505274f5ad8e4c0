"""Groups are set against the whole by how many plans stand behind them, and never ranked."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ehcp_audit.domain.errors import NotAllowedError
from ehcp_audit.trends.comparison import Comparison, compare
from ehcp_audit.trends.shares import Share

TEAMS = {
    "Team C": Share(11, 60),
    "Team A": Share(40, 60),
    "Team B": Share(33, 60),
    "Team D": Share(0, 4),
    "Team E": Share(0, 0),
}


def positions(comparison: Comparison) -> dict[str, str | None]:
    return {group.name: group.position for group in comparison.groups}


def test_each_group_is_placed_around_the_share_of_all_plans() -> None:
    compared = compare("team", TEAMS)
    assert compared.overall == Share(84, 184)
    assert positions(compared) == {
        "Team C": "much lower",
        "Team A": "much higher",
        "Team B": "within",
        "Team D": None,
        "Team E": None,
    }


def test_groups_keep_the_order_given_whatever_their_shares() -> None:
    assert [group.name for group in compare("team", TEAMS).groups] == list(TEAMS)


def test_of_a_small_group_nothing_is_said_though_it_counts_in_the_whole() -> None:
    small = next(group for group in compare("team", TEAMS).groups if group.name == "Team D")
    assert small.too_few
    assert (small.usual, small.wide) == (None, None)
    assert not compare("team", TEAMS, fewest=4).groups[3].too_few
    without = {name: share for name, share in TEAMS.items() if name != "Team D"}
    assert compare("team", TEAMS).overall != compare("team", without).overall
    assert compare("team", TEAMS).spread == compare("team", without).spread


def test_the_spread_between_groups_has_chance_taken_off() -> None:
    apart = compare("team", TEAMS).spread
    assert apart is not None
    assert 0 < apart.low < apart.deviation < apart.high
    alike = compare("team", {"A": Share(30, 60), "B": Share(31, 60), "C": Share(33, 60)}).spread
    assert alike is not None
    assert alike.deviation == 0
    assert compare("team", {"A": Share(30, 60), "B": Share(1, 2)}).spread is None


def test_the_limits_are_drawn_from_few_plans_to_the_largest_group() -> None:
    limits = compare("setting", {"A": Share(20, 35), "B": Share(300, 500)}).limits
    plans = [each.plans for each in limits]
    assert plans == sorted(set(plans))
    assert plans[-1] == 500
    assert len(plans) <= 61
    for each in limits:
        assert each.wide.low <= each.usual.low <= Fraction(320, 535) <= each.usual.high


@pytest.mark.parametrize("dimension", ["writer", "auditor"])
def test_people_are_never_compared(dimension: str) -> None:
    with pytest.raises(NotAllowedError, match="about people"):
        compare(dimension, TEAMS)


@pytest.mark.parametrize("shares", [{}, {"A": Share(0, 0)}])
def test_nothing_compared_says_nothing(shares: dict[str, Share]) -> None:
    empty = compare("team", shares)
    assert empty.spread is None
    assert empty.limits == ()
    assert all(group.too_few for group in empty.groups)
