"""Tallies become figures by the rules of docs/reports.md."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

import pytest
from tests.trends.hand_made import RUBRIC, grades, levels, tallies, theme

from ehcp_audit.domain.questions import Question, Tallies
from ehcp_audit.statistics.intervals import wilson
from ehcp_audit.trends.shares import Share
from ehcp_audit.trends.trend import MetLine, Trend, trend

TODAY = date(2026, 1, 15)
QUESTION = Question("small")


def answer(given: Tallies, question: Question = QUESTION, today: date = TODAY) -> Trend:
    return trend(question, given, {"one": RUBRIC}, today=today)


def criterion_line(found: Trend, criterion_id: str) -> MetLine:
    return next(line for each in found.themes for line in each.criteria if line.id == criterion_id)


def test_a_period_without_audits_is_a_gap_and_not_zero() -> None:
    found = answer(
        tallies(
            levels("2025-03", "voice.views", {3: 2}),
            levels("2025-05", "voice.views", {1: 4}),
            audits={"2025-03": 2, "2025-05": 4},
        )
    )
    assert [each.period.key for each in found.periods] == ["2025-03", "2025-04", "2025-05"]
    march, april, may = (point.met for point in criterion_line(found, "voice.views").points)
    assert march.value == 1
    assert april.value is None
    assert april.interval is None
    assert may.value == 0


def test_not_applicable_and_not_evidenced_stay_outside_the_share() -> None:
    found = answer(
        tallies(
            levels("2025-03", "voice.views", {-1: 5, 0: 7, 1: 1, 2: 2, 3: 3, 4: 4}),
            audits={"2025-03": 22},
        )
    )
    pooled = criterion_line(found, "voice.views").pooled
    assert pooled.met == Share(7, 10)
    assert (pooled.not_evidenced, pooled.not_applicable) == (7, 5)


def test_partly_is_below_the_meeting_level() -> None:
    given = tallies(levels("2025-03", "voice.views", {2: 9, 3: 1}), audits={"2025-03": 10})
    assert criterion_line(answer(given), "voice.views").pooled.met == Share(1, 10)


def test_a_theme_is_a_share_of_plans_and_never_a_pool_of_its_criteria() -> None:
    found = answer(
        tallies(
            theme("2025-03", "voice", {2: 1, 1: 3, 0: 1}),
            levels("2025-03", "voice.views", {3: 5}),
            levels("2025-03", "voice.whose", {3: 5}),
            audits={"2025-03": 5},
        )
    )
    (line,) = found.themes[0].lines
    assert line.pooled.met == Share(1, 4)
    assert line.pooled.not_evidenced == 1


def test_grade_shares_are_of_the_graded_and_the_ungraded_are_counted() -> None:
    found = answer(
        tallies(
            grades("2025-03", {4: 1, 3: 2, 2: 4, 1: 1, 0: 2}),
            audits={"2025-03": 10},
        )
    )
    (line,) = found.grades
    assert line.ids == ("outstanding", "good", "requires_improvement", "inadequate")
    assert line.pooled.shares == (Share(1, 8), Share(2, 8), Share(4, 8), Share(1, 8))
    assert (line.pooled.graded, line.pooled.ungraded) == (8, 2)


def test_pooled_figures_add_up_every_period() -> None:
    found = answer(
        tallies(
            grades("2025-03", {3: 1}),
            grades("2025-04", {3: 2, 2: 5}),
            levels("2025-03", "voice.views", {3: 1}),
            levels("2025-04", "voice.views", {3: 2, 1: 5}),
            audits={"2025-03": 1, "2025-04": 7},
        )
    )
    assert found.audits == 8
    assert found.grades[0].pooled.shares[1] == Share(3, 8)
    pooled = criterion_line(found, "voice.views").pooled.met
    assert pooled.value == Fraction(3, 8)
    assert pooled.interval == wilson(3, 8)


@pytest.mark.parametrize(
    ("today", "part"),
    [(date(2025, 3, 31), True), (date(2025, 4, 1), False), (date(2025, 3, 1), True)],
)
def test_the_running_period_is_marked_part_until_it_is_over(today: date, part: bool) -> None:
    given = tallies(grades("2025-03", {3: 1}), audits={"2025-03": 1})
    assert [each.part for each in answer(given, today=today).periods] == [part]


def test_a_period_cut_by_the_dates_asked_for_is_marked_part() -> None:
    given = tallies(
        grades("2025-03", {3: 1}), grades("2025-05", {3: 1}), audits={"2025-03": 1, "2025-05": 1}
    )
    asked = Question("small", first=date(2025, 3, 2), last=date(2025, 5, 30))
    assert [each.part for each in answer(given, asked).periods] == [True, False, True]


def test_dates_on_the_edge_of_a_period_do_not_cut_it() -> None:
    given = tallies(grades("2025-03", {3: 1}), audits={"2025-03": 1})
    asked = Question("small", first=date(2025, 3, 1), last=date(2025, 3, 31))
    assert [each.part for each in answer(given, asked).periods] == [False]


def test_periods_run_out_to_the_dates_asked_for_but_not_past_today() -> None:
    given = tallies(grades("2025-11", {3: 1}), audits={"2025-11": 1})
    asked = Question("small", first=date(2025, 10, 1), last=date(2026, 12, 31))
    keys = [each.period.key for each in answer(given, asked).periods]
    assert keys == ["2025-10", "2025-11", "2025-12", "2026-01"]


@pytest.mark.parametrize(
    ("granularity", "keys"),
    [
        ("quarter", ["2024-Q4", "2025-Q1", "2025-Q2"]),
        ("term", ["2024-T3", "2025-T1", "2025-T2"]),
        ("year", ["2023", "2024", "2025"]),
    ],
)
def test_every_length_of_period_fills_its_gaps(granularity: str, keys: list[str]) -> None:
    given = tallies(
        grades(keys[0], {3: 1}), grades(keys[2], {3: 1}), audits={keys[0]: 1, keys[2]: 1}
    )
    asked = Question("small", granularity=granularity)  # type: ignore[arg-type]
    assert [each.period.key for each in answer(given, asked).periods] == keys


def test_a_key_of_another_length_of_period_is_refused() -> None:
    given = tallies(grades("2025-Q1", {3: 1}), audits={"2025-Q1": 1})
    with pytest.raises(ValueError, match="2025-Q1"):
        answer(given)


def test_nothing_tallied_is_no_period_and_the_rubric_still_stands() -> None:
    found = answer(tallies(audits={}, left_out={"thematic": 3}))
    assert found.periods == ()
    assert found.audits == 0
    assert found.rubric == RUBRIC
    assert found.grades[0].pooled.graded == 0
    assert found.left_out == {"thematic": 3}


def test_the_audits_that_do_not_count_are_carried_along() -> None:
    found = answer(
        tallies(
            grades("2025-03", {3: 1}),
            audits={"2025-03": 1},
            undated=2,
            left_out={"complaint": 4},
            repeated=5,
        )
    )
    assert (found.undated, found.left_out, found.repeated) == (2, {"complaint": 4}, 5)
