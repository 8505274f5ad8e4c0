"""One audit of each further rubric, worked by hand: score, grade and what limited it."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from ehcp_audit.domain.facts import Facts
from ehcp_audit.domain.grading import GradeResult, grade, percent
from ehcp_audit.domain.rubric import Rubric

Shipped = dict[str, Rubric]
FactsOf = Callable[..., Facts]
LevelsOf = Callable[..., dict[str, int | None]]


def said(result: GradeResult) -> list[str]:
    return [hit.sentence for hit in result.hits]


def test_a_review_that_left_a_change_unanswered(
    shipped: Shipped, facts_of: FactsOf, levels_of: LevelsOf
) -> None:
    """Weight 27. Partly: provision looked at 2. Not met: every change answered 3. 27 - 1 - 3."""
    facts = facts_of(
        year_group="10",
        known_to_health="yes",
        social_care="child_in_need",
        review_outcome="amend",
        seen=("review",),
    )
    rubric = shipped["annual-review"]
    result = grade(
        rubric,
        levels_of(rubric, facts, partly="progress.provision", not_met="decision.changes-answered"),
    )
    assert (result.applicable, result.applicable_weight) == (12, 27)
    assert result.score == Fraction(23, 27)
    assert percent(result.score) == "85.2%"
    assert (result.reached, result.grade) == ("good", "requires_improvement")
    assert said(result) == [
        (
            "Every change answered is not met, so the review cannot be better than Requires "
            "improvement."
        )
    ]


def test_a_plan_with_a_section_missing_and_a_main_need_without_provision(
    shipped: Shipped, facts_of: FactsOf, levels_of: LevelsOf
) -> None:
    """Weight 26. Not met: every section there 3, provision for every need 3. 20 left."""
    rubric = shipped["statutory"]
    facts = facts_of(known_to_health="yes", seen=("record",))
    result = grade(rubric, levels_of(rubric, facts, not_met="content.sections provision.needs-met"))
    assert (result.applicable, result.applicable_weight) == (12, 26)
    assert result.score == Fraction(20, 26)
    assert percent(result.score) == "76.9%"
    assert (result.reached, result.grade) == ("requires_improvement", "inadequate")
    assert said(result) == [
        "Every section there and Provision for every need are not met, so the plan is Inadequate."
    ]


def test_advice_with_a_bare_not_known_from_social_care(
    shipped: Shipped, facts_of: FactsOf, levels_of: LevelsOf
) -> None:
    """Weight 22. Partly: plain words 1. Not met: not known to social care 3. 22 - ½ - 3."""
    rubric = shipped["health-and-care-advice"]
    facts = facts_of(known_to_health="yes", social_care="none")
    result = grade(
        rubric, levels_of(rubric, facts, partly="medical.usable", not_met="care.not-known")
    )
    assert (result.applicable, result.applicable_weight) == (10, 22)
    assert result.score == Fraction("18.5") / 22
    assert percent(result.score) == "84.1%"
    assert (result.reached, result.grade) == ("good", "requires_improvement")
    assert said(result) == [
        (
            "Not known to social care is not met, so the advice cannot be better than Requires "
            "improvement."
        )
    ]


def test_a_plan_that_leads_into_adult_life(
    shipped: Shipped, facts_of: FactsOf, levels_of: LevelsOf
) -> None:
    """Weight 22. Strong: 3 + 3 + 3 + 3 = 12. Partly: home and community 2. 20 + 1."""
    rubric = shipped["transition"]
    facts = facts_of(year_group="13", known_to_health="yes", social_care="adult")
    result = grade(
        rubric,
        levels_of(
            rubric,
            facts,
            strong="young-person.hopes steps.outcomes steps.provision services.next-move",
            partly="steps.home-and-community",
        ),
    )
    assert (result.applicable, result.applicable_weight) == (9, 22)
    assert result.score == Fraction(21, 22)
    assert result.top_share == Fraction(12, 22)
    assert (result.reached, result.grade) == ("outstanding", "outstanding")
    assert said(result) == []


def test_provision_that_happens_and_nobody_can_say_what_for(
    shipped: Shipped, facts_of: FactsOf, levels_of: LevelsOf
) -> None:
    """Weight 21. Partly: difference 3. Not met: child and family asked 2. 16 + 1½.

    The theme: (2 × 0 + 3 × ½) ÷ 5 = 30%.
    """
    rubric = shipped["delivery"]
    facts = facts_of(known_to_health="yes", social_care="assessed", reviewed="yes")
    result = grade(
        rubric, levels_of(rubric, facts, partly="difference.made", not_met="difference.accounts")
    )
    assert (result.applicable, result.applicable_weight) == (8, 21)
    assert result.score == Fraction("17.5") / 21
    assert percent(result.score) == "83.3%"
    assert (result.reached, result.grade) == ("good", "requires_improvement")
    assert said(result) == [
        (
            "What difference it makes scored 30.0%. "
            "Delivery is not Good while a whole theme is under 50%."
        )
    ]
