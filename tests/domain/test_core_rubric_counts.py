"""How many questions of the shipped rubric an auditor meets, by kind of audit."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from ehcp_audit.domain.conditions import holds
from ehcp_audit.domain.facts import Facts
from ehcp_audit.domain.rubric import Rubric

_AUDIT_DAY = date(2026, 3, 2)
_WHOLE_FILE = ("advice", "review", "record")
_REVIEWED = {"plan_date": "2025-11-03", "reviewed": "yes", "change_reported": "yes"}

_KINDS = {
    "new primary plan, plan alone open, known to neither health nor care": ({}, 13, 33),
    "draft before issue, primary, advice open, known to health": (
        {"plan_kind": "draft", "seen": ("advice",), "known_to_health": "yes"},
        15,
        37,
    ),
    "new primary plan, whole file open, known to health": (
        {"seen": _WHOLE_FILE, "known_to_health": "yes"},
        18,
        40,
    ),
    "amended plan, Year 5, whole file, review papers": (
        {
            **_REVIEWED,
            "plan_kind": "amended",
            "year_group": "5",
            "seen": _WHOLE_FILE,
            "known_to_health": "yes",
        },
        21,
        48,
    ),
    "amended plan, Year 10, SEMH, child in need, whole file": (
        {
            **_REVIEWED,
            "plan_kind": "amended",
            "year_group": "10",
            "primary_need": "SEMH",
            "social_care": "child_in_need",
            "seen": _WHOLE_FILE,
            "known_to_health": "yes",
        },
        23,
        52,
    ),
    "reassessed plan, Year 10, SEMH, child in need, reviewed since": (
        {
            **_REVIEWED,
            "plan_kind": "reassessed",
            "year_group": "10",
            "primary_need": "SEMH",
            "social_care": "child_in_need",
            "seen": _WHOLE_FILE,
            "known_to_health": "yes",
        },
        24,
        53,
    ),
}


@pytest.mark.parametrize("kind", _KINDS)
def test_each_kind_of_audit_asks_its_number_of_questions_and_weight(
    core: Rubric, facts_of: Callable[..., Facts], kind: str
) -> None:
    changed, count, weight = _KINDS[kind]
    facts = facts_of(**changed)
    applied = [c for c in core.criteria if holds(c.applies_when, facts, _AUDIT_DAY)]
    assert (len(applied), sum(c.weight for c in applied)) == (count, weight)


def test_the_rubric_holds_26_criteria_in_seven_themes_weighing_59(core: Rubric) -> None:
    assert len(core.criteria) == 26
    assert sum(c.weight for c in core.criteria) == 59
    assert len(core.themes) == 7


def test_eighteen_criteria_stand_in_the_first_four_themes(core: Rubric) -> None:
    first_four = {theme.id for theme in core.themes[:4]}
    assert sum(c.theme in first_four for c in core.criteria) == 18


def test_four_criteria_are_limiting(core: Rubric) -> None:
    limiting = {c.id for c in core.criteria if c.limiting}
    assert limiting == {
        "updates.changes-made",
        "provision.specific",
        "provision.needs-met",
        "checks.accurate",
    }


def test_evidence_is_needed_at_not_met_everywhere_and_at_partly_and_strong_on_weight_3(
    core: Rubric,
) -> None:
    for criterion in core.criteria:
        if criterion.id == "checks.accurate":
            assert criterion.evidence_at == (1, 2)
        elif criterion.weight == 3:
            assert criterion.evidence_at == (1, 2, 4), criterion.id
        else:
            assert criterion.evidence_at == (1,), criterion.id


def test_every_criterion_cites_a_finding_and_every_source_is_cited(core: Rubric) -> None:
    cited = {finding.source for criterion in core.criteria for finding in criterion.findings}
    assert all(criterion.findings for criterion in core.criteria)
    assert cited == {source.id for source in core.sources}


def test_no_plan_meets_both_forms_of_a_contribution_question(
    core: Rubric, facts_of: Callable[..., Facts]
) -> None:
    for health in ("yes", "no", "cannot_tell"):
        facts = facts_of(known_to_health=health)
        asked = [
            c.id
            for c in core.criteria
            if c.id in ("health.contribution", "health.not-known")
            and holds(c.applies_when, facts, _AUDIT_DAY)
        ]
        assert len(asked) == 1


def test_a_plan_of_twelve_months_is_asked_whether_it_is_out_of_date(
    core: Rubric, facts_of: Callable[..., Facts]
) -> None:
    condition = core.criterion("updates.up-to-date").applies_when
    assert holds(condition, facts_of(plan_date="2025-03-02"), _AUDIT_DAY) is True
    assert holds(condition, facts_of(plan_date="2025-03-03"), _AUDIT_DAY) is False
