"""How many questions of each further rubric an auditor meets, by kind of plan."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ehcp_audit.domain.facts import Facts, FactValue
from ehcp_audit.domain.rubric import Rubric

Changed = dict[str, FactValue]
_BOTH: Changed = {"known_to_health": "yes", "social_care": "child_in_need"}
_RECORD: Changed = {"seen": ("record",)}
_REVIEW: Changed = {"seen": ("review",)}

# rubric, kind, facts, criteria, weight
_KINDS: list[tuple[str, str, Changed, int, int]] = [
    ("annual-review", "review papers not open", {}, 0, 0),
    ("annual-review", "Year 3, maintain, known to neither", _REVIEW, 8, 19),
    (
        "annual-review",
        "Year 5, amend, known to health",
        {**_REVIEW, "year_group": "5", "known_to_health": "yes", "review_outcome": "amend"},
        10,
        23,
    ),
    (
        "annual-review",
        "Year 10, amend, known to both",
        {**_BOTH, **_REVIEW, "year_group": "10", "review_outcome": "amend"},
        12,
        27,
    ),
    (
        "annual-review",
        "early years, cease",
        {**_REVIEW, "year_group": "N2", "review_outcome": "cease"},
        8,
        19,
    ),
    ("statutory", "draft, primary, known to neither", {"plan_kind": "draft"}, 8, 18),
    (
        "statutory",
        "new primary plan, known to health, record open",
        {**_RECORD, "known_to_health": "yes"},
        12,
        26,
    ),
    (
        "statutory",
        "amended, Year 10, EOTAS, known to both, record open",
        {**_BOTH, **_RECORD, "plan_kind": "amended", "year_group": "10", "setting": "eotas"},
        13,
        27,
    ),
    (
        "statutory",
        "after a Tribunal order, Year 7, record open",
        {**_RECORD, "plan_kind": "ordered", "year_group": "7"},
        9,
        21,
    ),
    ("health-and-care-advice", "known to neither", {}, 10, 22),
    ("health-and-care-advice", "known to both", _BOTH, 10, 22),
    ("transition", "Year 8", {"year_group": "8"}, 0, 0),
    ("transition", "Year 9, known to neither", {"year_group": "9"}, 5, 14),
    (
        "transition",
        "Year 9, learning difficulty, known to neither",
        {"year_group": "9", "primary_need": "MLD"},
        6,
        16,
    ),
    ("transition", "19 to 25, known to both", {**_BOTH, "year_group": "19-25"}, 9, 22),
    ("delivery", "draft", {"plan_kind": "draft"}, 0, 0),
    ("delivery", "new plan of two months, Year 3, known to neither", {}, 5, 12),
    ("delivery", "early years, reviewed", {"year_group": "N1", "reviewed": "yes"}, 5, 12),
    ("delivery", "Year 5, known to both, reviewed", {**_BOTH, "reviewed": "yes"}, 8, 21),
    (
        "delivery",
        "home educated, known to both, over six months old",
        {**_BOTH, "setting": "home_educated", "plan_date": "2026-05-04"},
        7,
        18,
    ),
    ("delivery", "Year 12, known to both", {**_BOTH, "year_group": "12"}, 6, 15),
]


@pytest.mark.parametrize(
    ("rubric_id", "changed", "expected"),
    [
        pytest.param(rubric, facts, (count, weight), id=f"{rubric}: {kind}")
        for rubric, kind, facts, count, weight in _KINDS
    ],
)
def test_each_kind_of_plan_is_asked_its_number_of_questions_and_weight(
    shipped: dict[str, Rubric],
    facts_of: Callable[..., Facts],
    asked: Callable[[Rubric, Facts], list[str]],
    *,
    rubric_id: str,
    changed: Changed,
    expected: tuple[int, int],
) -> None:
    rubric = shipped[rubric_id]
    ids = asked(rubric, facts_of(**changed))
    assert (len(ids), sum(rubric.criterion(each).weight for each in ids)) == expected


def test_each_agency_is_asked_one_of_answered_and_not_known(
    shipped: dict[str, Rubric],
    facts_of: Callable[..., Facts],
    asked: Callable[[Rubric, Facts], list[str]],
) -> None:
    rubric = shipped["health-and-care-advice"]
    for known in ("yes", "no", "cannot_tell"):
        for care in ("none", "early_help", "assessed", "looked_after", "adult", "cannot_tell"):
            ids = asked(rubric, facts_of(known_to_health=known, social_care=care))
            assert len({"medical.answered", "medical.not-known"}.intersection(ids)) == 1
            assert len({"care.answered", "care.not-known"}.intersection(ids)) == 1


def test_a_review_whose_outcome_is_not_known_is_asked_for_its_notice(
    shipped: dict[str, Rubric],
    facts_of: Callable[..., Facts],
    asked: Callable[[Rubric, Facts], list[str]],
) -> None:
    rubric = shipped["annual-review"]
    assert "decision.proposals" in asked(rubric, facts_of(**_REVIEW, review_outcome=None))
    assert "decision.proposals" not in asked(rubric, facts_of(**_REVIEW))


@pytest.mark.parametrize("empty_by_right", [{"setting": "eotas"}, {"plan_kind": "draft"}])
def test_an_empty_section_i_is_no_fault_of_eotas_or_a_draft(
    shipped: dict[str, Rubric],
    facts_of: Callable[..., Facts],
    asked: Callable[[Rubric, Facts], list[str]],
    empty_by_right: Changed,
) -> None:
    rubric = shipped["statutory"]
    assert "placement.section-i" in asked(rubric, facts_of())
    assert "placement.section-i" not in asked(rubric, facts_of(**empty_by_right))
