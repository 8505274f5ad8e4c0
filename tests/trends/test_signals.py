"""What a line of shares says: from 13 whole periods, with the words of Making Data Count."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from fractions import Fraction
from random import Random

import pytest

from ehcp_audit.domain.periods import periods_between
from ehcp_audit.statistics.verdicts import Good
from ehcp_audit.trends.shares import Share
from ehcp_audit.trends.signals import (
    Rebase,
    Verdict,
    chart_kind,
    expected_by_chance,
    line_signals,
    recorded_rebases,
)
from ehcp_audit.trends.spans import TrendPeriod

STEADY = [8, 7, 9, 8, 6, 9, 8, 7, 9, 8, 7, 9, 8, 7, 9, 8]
RISEN = [8, 7, 9, 8, 6, 9, 8, 7, 9, 14, 13, 14, 12, 14, 13, 14]


def of_16(counts: Sequence[int]) -> list[Share]:
    return [Share(count, 16) for count in counts]


def months(count: int, *, part: Collection[int] = ()) -> list[TrendPeriod]:
    every = periods_between(date(2025, 1, 1), date(2029, 12, 31), "month")[:count]
    return [TrendPeriod(each, 16, i in part) for i, each in enumerate(every)]


def test_a_steady_line_says_no_real_change_and_gives_its_usual_range() -> None:
    line = line_signals(of_16(STEADY), months(16))
    assert (line.verdict, line.variation) == ("no real change", "common cause")
    assert (line.run, line.since, line.before) == (None, None, None)
    assert line.latest == 15
    assert line.chart.points[15].limits is not None


@pytest.mark.parametrize(
    ("good", "verdict"), [("up", "improving"), ("down", "worsening"), ("neutral", "changing")]
)
def test_a_lasting_rise_is_told_with_its_rule_its_length_and_its_beginning(
    good: Good, verdict: Verdict
) -> None:
    line = line_signals(of_16(RISEN), months(16), good=good)
    assert line.verdict == verdict
    assert line.run is not None
    assert (line.run.rule, line.run.up, len(line.run.points)) == ("shift", True, 7)
    assert line.since == 9
    assert line.before == Share(sum(RISEN[:9]), 9 * 16)
    assert line.average_before == Fraction(sum(RISEN[:9]), 9 * 16)


def test_twelve_whole_months_are_too_soon_and_their_halves_are_given_to_compare() -> None:
    shares = of_16([*RISEN[4:], 2])
    line = line_signals(shares, months(13, part={12}))
    assert (line.verdict, line.variation, line.run) == ("too soon", None, None)
    assert line.halves == (Share(sum(RISEN[4:10]), 96), Share(sum(RISEN[10:]), 96))
    assert all(point.limits is None for point in line.chart.points)


def test_part_periods_and_gaps_take_no_part() -> None:
    shares = [*of_16(STEADY), Share(16, 16)]
    part = line_signals(shares, months(17, part={16}))
    assert part.latest == 15
    assert part.chart.points[16].value is None
    assert part.chart.centre == line_signals(of_16(STEADY), months(16)).chart.centre
    gapped = line_signals([*of_16(STEADY[:3]), Share(0, 0), *of_16(STEADY[3:])], months(17))
    assert gapped.chart.points[3].value is None
    assert gapped.chart.counted == 16


def test_only_lines_that_are_called_are_called() -> None:
    assert line_signals(of_16(RISEN), months(16)).worth_a_look
    assert not line_signals(of_16(RISEN), months(16), called=True).worth_a_look
    assert not line_signals(of_16(STEADY), months(16)).worth_a_look


def test_signals_both_ways_are_mixed() -> None:
    # The last seven rise, and all of them lie below the centre.
    counts = [14, 15, 14, 15, 14, 15, 14, 15, 1, 2, 3, 4, 5, 6, 7]
    line = line_signals(of_16(counts), months(15))
    assert line.verdict == "mixed"
    assert line.run is not None
    assert line.against is not None
    assert line.run.up != line.against.up


def test_a_target_is_judged_by_the_latest_limits() -> None:
    def against(target: Fraction) -> str | None:
        return line_signals(of_16(STEADY), months(16), target=target).assurance

    assert against(Fraction(1, 20)) == "consistently meets"
    assert against(Fraction(1, 2)) == "hit and miss"
    assert against(Fraction(19, 20)) == "consistently misses"
    assert line_signals(of_16(STEADY), months(16)).assurance is None


def test_a_recorded_decision_gives_the_line_a_new_centre() -> None:
    counts = [*STEADY[:13], *[14, 13, 15, 14, 13, 15, 14, 13, 15, 14, 13, 15, 14]]
    decided = Rebase("2026-02", "a new form since February")
    line = line_signals(of_16(counts), months(26), rebases=[decided])
    assert line.rebases == (decided,)
    assert [segment.start for segment in line.chart.segments] == [0, 13]
    assert (line.verdict, line.run) == ("no real change", None)
    soon = line_signals(of_16(counts[:20]), months(20), rebases=[decided], target=Fraction(1, 2))
    assert (soon.verdict, soon.assurance) == ("too soon", None)
    assert soon.halves == (Share(42, 48), Share(56, 64))


@pytest.mark.parametrize("key", ["2024-06", "2025-01", "2031-01"])
def test_a_decision_outside_the_line_changes_nothing(key: str) -> None:
    line = line_signals(of_16(STEADY), months(16), rebases=[Rebase(key, "")])
    assert len(line.chart.segments) == 1
    assert line.rebases == ()


def test_a_decision_holds_for_periods_of_any_length() -> None:
    line = line_signals(of_16(STEADY), months(16), rebases=[Rebase("2025-Q3", "")])
    assert [segment.start for segment in line.chart.segments] == [0, 6]


def test_of_two_decisions_on_a_period_the_newer_counts() -> None:
    bodies = [
        {"measure": "theme:voice", "from_period": "2026-02", "reason": "first"},
        {"measure": "grade", "from_period": "2026-05", "reason": "of another line"},
        {"measure": "theme:voice", "from_period": "2025-09", "reason": "earlier"},
        {"measure": "theme:voice", "from_period": "2026-02", "reason": "second"},
    ]
    assert recorded_rebases("theme:voice", bodies) == (
        Rebase("2025-09", "earlier"),
        Rebase("2026-02", "second"),
    )


def test_a_few_dozen_plans_make_a_p_chart_however_they_vary() -> None:
    assert chart_kind(of_16([2, 14] * 10)) == "p"


def test_large_totals_that_vary_more_than_chance_make_a_laney_chart() -> None:
    draw = Random(5)
    steady = [Share(sum(draw.random() < 0.6 for _ in range(300)), 300) for _ in range(24)]
    moving = [Share(round(300 * draw.uniform(0.4, 0.8)), 300) for _ in range(24)]
    assert chart_kind(steady) == "p"
    assert chart_kind(moving) == "laney"
    assert line_signals(moving, months(24)).chart.kind == "laney"


def test_trials_that_are_not_plans_make_an_xmr_chart_within_0_and_1() -> None:
    counts = [1, 9, 0, 7, 2, 0, 9, 1, 0, 8, 1, 9, 0, 7]
    chart = line_signals([Share(n, 300) for n in counts], months(14), per_plan=False).chart
    assert chart.kind == "xmr"
    limits = chart.points[0].limits
    assert limits is not None
    assert limits.low == 0 < limits.high


def test_more_lines_and_longer_ones_signal_more_often_by_chance() -> None:
    short = line_signals(of_16(STEADY[:12]), months(12))
    long = line_signals(of_16(STEADY), months(16))
    assert short.chance == 0
    assert 0.05 < long.chance < 0.11
    assert expected_by_chance([long, long, short]) == pytest.approx(2 * long.chance)


@pytest.mark.parametrize("shares", [[Share(0, 0)] * 3, [Share(1, 2)]])
def test_nothing_or_next_to_nothing_is_too_soon(shares: list[Share]) -> None:
    line = line_signals(shares, months(len(shares)))
    assert (line.verdict, line.halves) == ("too soon", None)


def test_shares_and_periods_go_together() -> None:
    with pytest.raises(ValueError, match="zip"):
        line_signals(of_16(STEADY), months(3))
