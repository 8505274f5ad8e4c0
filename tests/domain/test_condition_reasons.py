"""Why a question does not arise: the facts that decide it, in words."""

from __future__ import annotations

from datetime import date

import pytest

from ehcp_audit.domain.condition_words import why_not
from ehcp_audit.domain.conditions import Comparison, Condition, Every, Some
from ehcp_audit.domain.facts import FACTS_BY_ID, Facts

_ON = date(2026, 3, 2)
_HEALTH = Comparison("known_to_health", "in", ("yes", "cannot_tell"))
_YEAR_9 = Comparison("year_group", "at_least", ("9",))
_ADVICE = Comparison("seen", "has", ("advice",))
_REVIEWED = Comparison("reviewed", "is", ("yes",))
_NOT_DRAFT = Comparison("plan_kind", "is_not", ("draft",))
_OLD = Comparison("plan_age_months", "at_least", ("12",))


@pytest.mark.parametrize(
    ("condition", "facts", "words"),
    [
        (_HEALTH, {"known_to_health": "no"},
         "“Seen by a health service” is No, not one of Yes, Cannot tell"),
        (_YEAR_9, {"year_group": "5"}, "“Year group” is Year 5, not at least Year 9"),
        (_ADVICE, {"seen": ()}, "“Open besides the plan” is the plan alone, not Advice"),
        (_NOT_DRAFT, {"plan_kind": "draft"}, "“Kind of plan” is Draft"),
        (_OLD, {"plan_date": "2026-01-15"}, "the plan is 1 month old, not at least 12"),
        (_OLD, {}, "the date on the plan is not known"),
        (_HEALTH, {}, "“Seen by a health service” is not known"),
        (Every((_HEALTH, _YEAR_9)), {"known_to_health": "yes", "year_group": "5"},
         "“Year group” is Year 5, not at least Year 9"),
        (Every((_HEALTH, _YEAR_9)), {"known_to_health": None, "year_group": "5"},
         "“Year group” is Year 5, not at least Year 9"),
        (Every((_HEALTH, _YEAR_9)), {"year_group": "10"},
         "“Seen by a health service” is not known"),
        (Some((_REVIEWED, _OLD)), {"reviewed": "no", "plan_date": "2026-01-02"},
         "“Has it been reviewed” is No, not Yes; the plan is 2 months old, not at least 12"),
        (Some((_REVIEWED, _OLD)), {"reviewed": "no"}, "the date on the plan is not known"),
        (Every((_ADVICE, Some((_REVIEWED, _YEAR_9)))),
         {"seen": ("advice",), "reviewed": "no", "year_group": "R"},
         "“Has it been reviewed” is No, not Yes; “Year group” is Reception, not at least Year 9"),
    ],
)  # fmt: skip
def test_only_the_facts_that_decide_are_named(
    condition: Condition, facts: Facts, words: str
) -> None:
    assert why_not(condition, FACTS_BY_ID, facts, _ON) == words
