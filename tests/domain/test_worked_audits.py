"""Three audits worked by hand: their scores, themes, grades and sentences."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

import pytest

from ehcp_audit.domain.facts import Facts
from ehcp_audit.domain.grading import GradeResult, grade, percent
from ehcp_audit.domain.rubric import Rubric

Levels = dict[str, int | None]
_WHOLE_FILE = ("advice", "review", "record")


def theme_shares(result: GradeResult) -> dict[str, str]:
    return {t.theme: percent(t.score, 0) for t in result.themes if t.score is not None}


@pytest.fixture
def new_plan(levels_of: Callable[..., Levels], facts_of: Callable[..., Facts]) -> Levels:
    return levels_of(
        facts_of(known_to_health="yes", seen=_WHOLE_FILE),
        strong="voice.own-views voice.brought-to-life checks.accurate",
        partly="voice.how-gathered outcomes.difference care.not-known",
        not_met="checks.shared",
    )


@pytest.fixture
def without_care(levels_of: Callable[..., Levels], facts_of: Callable[..., Facts]) -> Levels:
    facts = facts_of(
        plan_kind="amended",
        plan_date="2025-11-03",
        year_group="10",
        primary_need="SEMH",
        known_to_health="yes",
        social_care="child_in_need",
        seen=_WHOLE_FILE,
        reviewed="yes",
        change_reported="yes",
    )
    return levels_of(
        facts, not_met="care.contribution", partly="health.contribution updates.authority-check"
    )


@pytest.fixture
def amended_facts(facts_of: Callable[..., Facts]) -> Facts:
    return facts_of(
        plan_kind="amended",
        plan_date="2025-11-03",
        year_group="6",
        primary_need="ASD",
        seen=("review",),
        reviewed="yes",
        change_reported="yes",
    )


def test_a_score_of_90_without_half_at_strong_is_good(core: Rubric, new_plan: Levels) -> None:
    result = grade(core, new_plan)
    assert (result.applicable, result.applicable_weight) == (18, 40)
    assert result.score == Fraction(36, 40)
    assert result.top_share == Fraction(8, 40)
    assert (result.reached, result.grade) == ("good", "good")
    assert result.hits == ()


def test_the_shares_of_the_first_audits_themes(core: Rubric, new_plan: Levels) -> None:
    assert theme_shares(grade(core, new_plan)) == {
        "voice": "95%",
        "outcomes": "89%",
        "agencies": "81%",
        "provision": "100%",
        "checks": "83%",
    }


def test_a_theme_under_half_holds_a_good_score_down(core: Rubric, without_care: Levels) -> None:
    result = grade(core, without_care)
    assert (result.applicable, result.applicable_weight) == (23, 52)
    assert result.score == Fraction("46.5") / 52
    assert percent(result.score) == "89.4%"
    agencies = next(theme for theme in result.themes if theme.theme == "agencies")
    assert agencies.score == Fraction("3.5") / 8
    assert (result.reached, result.grade, result.limited) == ("good", "requires_improvement", True)
    assert [hit.sentence for hit in result.hits] == [
        (
            "Health and social care contribution scored 43.8%. "
            "A plan is not Good while a whole theme is under 50%."
        )
    ]


def test_two_limiting_criteria_not_met_make_the_plan_inadequate(
    core: Rubric, levels_of: Callable[..., Levels], amended_facts: Facts
) -> None:
    levels = levels_of(
        amended_facts,
        not_met="provision.specific updates.changes-made",
        partly="voice.shapes-plan care.not-known updates.up-to-date",
    )
    result = grade(core, levels)
    assert (result.applicable, result.applicable_weight) == (17, 42)
    assert result.score == Fraction(32, 42)
    assert percent(result.score) == "76.2%"
    assert (result.reached, result.grade) == ("requires_improvement", "inadequate")
    assert [hit.sentence for hit in result.hits] == [
        "Changes followed through and Specific provision are not met, so the plan is Inadequate."
    ]


def test_one_limit_and_79_8_percent_require_improvement_and_are_borderline(
    core: Rubric, levels_of: Callable[..., Levels], amended_facts: Facts
) -> None:
    levels = levels_of(
        amended_facts,
        not_met="provision.specific",
        partly="voice.shapes-plan care.not-known updates.up-to-date updates.changes-made",
    )
    result = grade(core, levels)
    assert result.score == Fraction("33.5") / 42
    assert percent(result.score) == "79.8%"
    assert (result.reached, result.grade) == ("requires_improvement", "requires_improvement")
    assert result.borderline
    assert [hit.sentence for hit in result.hits] == [
        "Specific provision is not met, so the plan cannot be better than Requires improvement."
    ]
