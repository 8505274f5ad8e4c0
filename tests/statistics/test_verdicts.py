"""Variation and assurance are told in the words of the NHS tools."""

from __future__ import annotations

from fractions import Fraction

import pytest

from ehcp_audit.statistics.control_chart import ChartOptions, ChartPoint, ControlChart, Segment
from ehcp_audit.statistics.rules import Limits
from ehcp_audit.statistics.verdicts import Assurance, Good, Variation, assurance, mixed, variation
from ehcp_audit.statistics.xmr import xmr_chart

PTD = ChartOptions(rules="ptd")


def with_limits(low: int, high: int) -> ControlChart:
    limits = Limits(Fraction(low), Fraction(high), Fraction(low), Fraction(high))
    segment = Segment(0, 1, 1, True, Fraction(low + high, 2), None, ())
    return ControlChart("xmr", PTD, (ChartPoint(Fraction(low), limits),), (segment,))


@pytest.mark.parametrize(
    ("low", "high", "up", "down"),
    [
        (1, 3, "consistently misses", "consistently meets"),
        (5, 7, "consistently meets", "consistently misses"),
        (1, 5, "hit and miss", "hit and miss"),
        (4, 6, "consistently meets", "hit and miss"),
        (2, 4, "hit and miss", "consistently meets"),
    ],
)
def test_assurance_against_a_target_of_4(
    low: int, high: int, up: Assurance, down: Assurance
) -> None:
    chart = with_limits(low, high)
    assert assurance(chart, 4, "up") == up
    assert assurance(chart, 4, "down") == down
    assert assurance(chart, 4, "neutral") is None


def test_a_constant_100_percent_meets_a_target_of_100_percent() -> None:
    chart = xmr_chart([100] * 13)
    limits = chart.points[-1].limits
    assert limits is not None
    assert limits.low == limits.high == 100
    assert assurance(chart, 100, "up") == "consistently meets"


def test_nothing_is_said_of_a_series_too_short_to_show_limits() -> None:
    chart = xmr_chart([1, 2, 3])
    assert variation(chart, "up") is None
    assert assurance(chart, 2, "up") is None
    assert not mixed(chart)


@pytest.mark.parametrize(
    ("sign", "good", "word"),
    [
        (1, "up", "improvement"),
        (1, "down", "concern"),
        (-1, "up", "concern"),
        (-1, "down", "improvement"),
        (1, "neutral", "change"),
        (-1, "neutral", "change"),
    ],
)
def test_the_direction_that_is_good_decides_the_word(
    sign: int, good: Good, word: Variation
) -> None:
    assert variation(xmr_chart([sign * value for value in range(8)], PTD), good) == word


def test_only_the_last_point_with_a_value_is_spoken_of() -> None:
    values = [5, 6, 5, 6, 5, 6, 5, 6, 5, 6, 5, 90, -79, 5, 6, None]
    chart = xmr_chart(values)
    assert chart.points[11].signals
    assert variation(chart, "up") == "common cause"


def test_the_leading_rule_decides_where_signals_point_both_ways() -> None:
    # The last seven rise, yet all of them lie below the centre.
    values = [40, 41, 40, 41, 40, 41, 40, 41, 1, 2, 3, 4, 5, 6, 7]
    chart = xmr_chart(values)
    assert {(each.rule, each.up) for each in chart.points[-1].signals} >= {
        ("trend", True),
        ("shift", False),
    }
    assert mixed(chart)
    leading = chart.points[-1].signals[0]
    assert variation(chart, "up") == ("improvement" if leading.up else "concern")


def test_after_a_rebase_only_the_latest_segment_speaks() -> None:
    values = [*range(20, 34), 5, 6, 5, 6]
    rebased = ChartOptions(rebase_at=(14,))
    assert variation(xmr_chart(values, rebased), "up") is None
    assert assurance(xmr_chart(values, rebased), 1, "up") is None
    spoken = ChartOptions(rules="ptd", rebase_at=(14,))
    assert variation(xmr_chart(values, spoken), "up") == "common cause"
    assert assurance(xmr_chart(values, spoken), 1, "up") == "consistently meets"
    only_gaps_after = [*range(20, 34), None, None]
    assert variation(xmr_chart(only_gaps_after, rebased), "up") is None
