"""Grades and limits: the edges of each rule."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction

import pytest

from ehcp_audit.domain.facts import Facts
from ehcp_audit.domain.grading import grade, percent
from ehcp_audit.domain.rubric import (
    NOT_APPLICABLE,
    NOT_EVIDENCED,
    CriterionAt,
    GradeRule,
    Limit,
    LimitingCount,
    Rubric,
    ThemeBelow,
)

Levels = dict[str, int | None]


def repeated(*runs: tuple[int | None, int]) -> Levels:
    """Levels of `c1`, `c2`… as runs of (level, how many)."""
    numbers = [level for level, count in runs for _ in range(count)]
    return {f"c{index}": level for index, level in enumerate(numbers, start=1)}


# ---------------------------------------------------------------- the lines between grades


def test_everything_partly_is_exactly_half_and_requires_improvement(
    core: Rubric, levels_of: Callable[..., Levels], facts_of: Callable[..., Facts]
) -> None:
    levels = levels_of(facts_of())
    partly = {key: 2 if level and level > 0 else level for key, level in levels.items()}
    result = grade(core, partly)
    assert result.score == Fraction(1, 2)
    assert result.grade == "requires_improvement"
    assert result.hits == ()  # a theme at exactly half is not under half


def test_fourteen_met_four_partly_two_not_met_of_equal_weight_is_exactly_good(
    small: Callable[..., Rubric],
) -> None:
    result = grade(small(20), repeated((3, 14), (2, 4), (1, 2)))
    assert result.score == Fraction(4, 5)
    assert result.grade == "good"


def test_a_score_just_under_the_line_is_not_rounded_into_the_grade(
    small: Callable[..., Rubric],
) -> None:
    result = grade(small(21), repeated((3, 16), (2, 1), (1, 4)))
    assert result.score == Fraction(33, 42)
    assert result.grade == "requires_improvement"
    nearly = grade(small(500), repeated((3, 399), (2, 1), (1, 100)))
    assert percent(nearly.score or Fraction(0)) == "79.9%"
    assert nearly.grade == "requires_improvement"


@pytest.mark.parametrize(
    ("strong", "not_met", "expected"),
    [(5, 0, "outstanding"), (4, 0, "good"), (6, 1, "good")],
)
def test_outstanding_needs_half_at_strong_and_nothing_not_met(
    core: Rubric, small: Callable[..., Rubric], strong: int, not_met: int, expected: str
) -> None:
    rubric = small(10, grades=core.grades)
    levels = repeated((4, strong), (3, 10 - strong - not_met), (1, not_met))
    result = grade(rubric, levels)
    assert result.score is not None
    assert result.score >= Fraction(9, 10)
    assert result.grade == expected


def test_the_share_at_strong_is_of_the_scored_weight(
    core: Rubric, small: Callable[..., Rubric]
) -> None:
    rubric = small(10, grades=core.grades)
    result = grade(rubric, repeated((4, 4), (3, 4), (NOT_EVIDENCED, 2)))
    assert result.top_share == Fraction(1, 2)
    assert result.grade == "outstanding"


# ---------------------------------------------------------------- what is left out


def test_not_evidenced_and_not_applicable_leave_the_score(small: Callable[..., Rubric]) -> None:
    result = grade(small(10), repeated((3, 6), (1, 2), (NOT_EVIDENCED, 1), (NOT_APPLICABLE, 1)))
    assert result.score == Fraction(6, 8)
    assert (result.applicable, result.scored) == (9, 8)


def test_exactly_three_quarters_of_the_weight_is_enough_for_a_grade(
    small: Callable[..., Rubric],
) -> None:
    assert grade(small(4), repeated((3, 3), (NOT_EVIDENCED, 1))).grade == "good"


@pytest.mark.parametrize("left_out", [NOT_EVIDENCED, None])
def test_under_three_quarters_of_the_weight_there_is_no_grade(
    small: Callable[..., Rubric], left_out: int | None
) -> None:
    result = grade(small(10), repeated((3, 7), (left_out, 3)))
    assert result.grade is None
    assert result.reached is None
    assert result.ungraded == "7 of 10 (70.0%)"
    assert not result.borderline


def test_a_share_just_under_the_least_does_not_read_as_the_least(
    small: Callable[..., Rubric],
) -> None:
    result = grade(small(51), repeated((3, 38), (None, 13)))
    assert result.ungraded == "38 of 51 (74.5%)"


@pytest.mark.parametrize("level", [NOT_EVIDENCED, None])
def test_a_limiting_criterion_without_a_level_leaves_no_grade(
    small: Callable[..., Rubric], level: int | None
) -> None:
    result = grade(small(10, limiting=1), repeated((level, 1), (3, 9)))
    assert result.grade is None
    assert "“Question 1” is limiting and has no level" in result.ungraded


def test_a_limiting_criterion_that_does_not_apply_takes_no_grade_away(
    small: Callable[..., Rubric],
) -> None:
    result = grade(small(10, limiting=1), repeated((NOT_APPLICABLE, 1), (3, 9)))
    assert result.grade == "good"


def test_a_rubric_may_grade_without_its_limiting_criteria(small: Callable[..., Rubric]) -> None:
    rubric = replace(small(10, limiting=1), needs_limiting_scored=False)
    assert grade(rubric, repeated((None, 1), (3, 9))).grade == "good"


def test_an_audit_to_which_nothing_applies_has_no_grade(small: Callable[..., Rubric]) -> None:
    result = grade(small(2), repeated((NOT_APPLICABLE, 2)))
    assert (result.grade, result.score) == (None, None)
    assert result.ungraded == "Not graded: no question applies."


# ---------------------------------------------------------------- limits


def test_another_childs_details_make_the_plan_inadequate_alone(
    core: Rubric, levels_of: Callable[..., Levels], facts_of: Callable[..., Facts]
) -> None:
    result = grade(core, levels_of(facts_of(), not_met="checks.accurate"))
    assert (result.reached, result.grade) == ("good", "inadequate")
    assert {hit.limit for hit in result.hits} == {"one-critical", "wrong-child"}


def test_a_limiting_criterion_at_partly_trips_no_limit(
    core: Rubric, levels_of: Callable[..., Levels], facts_of: Callable[..., Facts]
) -> None:
    result = grade(core, levels_of(facts_of(), partly="provision.specific"))
    assert (result.grade, result.hits) == ("good", ())


def test_one_weak_agency_of_two_does_not_trip_the_theme_floor(
    core: Rubric, levels_of: Callable[..., Levels], facts_of: Callable[..., Facts]
) -> None:
    result = grade(core, levels_of(facts_of(), not_met="health.not-known"))
    agencies = next(theme for theme in result.themes if theme.theme == "agencies")
    assert agencies.score == Fraction(1, 2)
    assert result.hits == ()


def test_a_theme_with_one_scored_criterion_trips_no_floor(small: Callable[..., Rubric]) -> None:
    floor = Limit("floor", ThemeBelow(Fraction(1, 2), 2), "inadequate", "{theme} {share}")
    grades = (GradeRule("fine", "Fine", Fraction(1, 5)), GradeRule("inadequate", "No", Fraction(0)))
    one = small(1, limits=(floor,), grades=grades)
    assert grade(one, {"c1": 1}).hits == ()
    two = small(2, limits=(floor,), grades=grades)
    assert [hit.sentence for hit in grade(two, {"c1": 1, "c2": 1}).hits] == ["Theme 0.0%"]


def test_a_limit_never_raises_a_grade(small: Callable[..., Rubric]) -> None:
    cap = Limit("cap", CriterionAt("c1", 1), "requires_improvement", "capped")
    result = grade(small(10, limits=(cap,)), repeated((1, 10)))
    assert (result.reached, result.grade, result.limited) == ("inadequate", "inadequate", False)


def test_the_larger_count_of_limiting_criteria_speaks_for_the_smaller(
    small: Callable[..., Rubric],
) -> None:
    limits = (
        Limit("one", LimitingCount(1, 1), "requires_improvement", "{criterion}"),
        Limit("two", LimitingCount(2, 1), "inadequate", "{criteria}: {count}"),
    )
    rubric = small(20, limits=limits, limiting=3)
    result = grade(rubric, repeated((1, 3), (3, 17)))
    assert [hit.sentence for hit in result.hits] == ["Question 1, Question 2 and Question 3: 3"]


def test_a_larger_count_at_another_level_hides_no_lower_cap(small: Callable[..., Rubric]) -> None:
    limits = (
        Limit("missed", LimitingCount(1, 1), "inadequate", "{criterion}"),
        Limit("thin", LimitingCount(2, 2), "requires_improvement", "{criteria}"),
    )
    result = grade(small(20, limits=limits, limiting=3), repeated((1, 1), (2, 2), (3, 17)))
    assert result.grade == "inadequate"
    assert [hit.limit for hit in result.hits] == ["missed", "thin"]


# ---------------------------------------------------------------- themes and percentages


def test_a_theme_is_met_at_four_fifths_of_its_scored_weight(small: Callable[..., Rubric]) -> None:
    assert grade(small(5), repeated((3, 4), (2, 1))).themes[0].met is True
    assert grade(small(5), repeated((3, 3), (2, 2))).themes[0].met is False
    assert grade(small(5), repeated((NOT_EVIDENCED, 5))).themes[0].met is None


def test_points_are_divided_by_the_highest_points_of_the_scale(
    small: Callable[..., Rubric],
) -> None:
    rubric = small(4)
    halved = tuple(replace(level, points=level.points / 2) for level in rubric.scale.levels)
    rubric = replace(rubric, scale=replace(rubric.scale, levels=halved))
    assert grade(rubric, repeated((3, 4))).score == 1


@pytest.mark.parametrize(
    ("share", "places", "shown"),
    [
        (Fraction(1, 8), 0, "13%"),
        (Fraction(7, 16), 1, "43.8%"),
        (Fraction(33, 42), 1, "78.6%"),
        (Fraction(1), 1, "100.0%"),
        (Fraction(1, 2000), 1, "0.1%"),
        (Fraction(0), 0, "0%"),
    ],
)
def test_percentages_are_rounded_half_up(share: Fraction, places: int, shown: str) -> None:
    assert percent(share, places) == shown


def test_a_cap_better_than_what_the_score_reached_is_not_called_a_limit(
    core: Rubric, levels_of: Callable[..., Levels], facts_of: Callable[..., Facts]
) -> None:
    levels = levels_of(facts_of())
    low: Levels = {key: 1 if level and level > 0 else level for key, level in levels.items()}
    low |= {"provision.specific": 2, "provision.needs-met": 2, "checks.accurate": 2}
    result = grade(core, low)
    assert result.reached == result.grade == "inadequate"
    assert result.hits == ()  # every theme is under half, which caps at Requires improvement
