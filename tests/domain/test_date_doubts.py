"""Dates checked against each other: a sentence each, and nothing refused."""

from __future__ import annotations

from datetime import date

import pytest

from ehcp_audit.domain.date_doubts import doubts, doubts_about
from ehcp_audit.domain.facts import FACTS, Facts

_ON = date(2026, 6, 1)
_IN_ORDER: Facts = {
    "plan_kind": "amended", "plan_date": "2026-03-02", "reviewed": "yes",
    "request_date": "2024-09-02", "assess_decision_date": "2024-10-10",
    "draft_date": "2024-12-20", "first_final_date": "2025-01-20",
    "advice_education_asked": "2024-10-11", "advice_education_received": "2024-11-20",
    "advice_psychology_asked": "2024-10-11", "advice_psychology_received": "2024-11-20",
    "advice_health_asked": "2024-10-11", "advice_health_received": "2024-11-22",
    "advice_social_care_asked": "2024-10-11", "advice_social_care_received": "2024-10-11",
    "review_meeting_date": "2025-12-08", "review_report_date": "2025-12-19",
    "review_decision_date": "2026-01-05", "review_outcome": "amend",
    "proposed_amendments_date": "2026-01-05", "amended_final_date": "2026-03-02",
    "phase_transfer_due": "2027-09-01",
}  # fmt: skip

_TOO_SOON = (
    "The final plan is 14 days after the draft; the family is given at least 15 days "
    "(reg 13(1)). In order if it answered sooner."
)


def said(**changed: str | None) -> list[str]:
    return [doubt.sentence for doubt in doubts({**_IN_ORDER, **changed}, _ON)]


def test_dates_in_order_raise_no_doubt() -> None:
    assert said() == []
    assert doubts({}, _ON) == ()


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"first_final_date": "2024-12-19"},
         "The final plan is dated before the draft: 19 Dec 2024, 20 Dec 2024."),
        ({"advice_health_received": "2024-10-10"},
         "Health advice came before it was asked for: 10 Oct 2024, 11 Oct 2024."),
        ({"advice_psychology_asked": "2024-09-01"},
         "Psychology advice was asked for before the assessment was: 1 Sep 2024, 2 Sep 2024."),
        ({"review_meeting_date": "2025-01-19"},
         "The review meeting is before the first plan: 19 Jan 2025, 20 Jan 2025."),
        ({"review_report_date": "2025-12-07"},
         "The review's report is before its meeting: 7 Dec 2025, 8 Dec 2025."),
        ({"review_decision_date": "2025-12-07"},
         "The decision is before the review meeting: 7 Dec 2025, 8 Dec 2025."),
        ({"assess_decision_date": "2024-09-01"},
         "“Decided to assess” is before “Assessment asked for”: 1 Sep 2024, 2 Sep 2024."),
        ({"amended_final_date": "2026-03-01"},
         "The date on the plan is not that of “Amended plan final”: 2 Mar 2026, 1 Mar 2026."),
        ({"plan_date": "2025-01-19", "amended_final_date": None},
         "The plan is older than the first: 19 Jan 2025, 20 Jan 2025."),
        ({"plan_date": "2024-12-01", "plan_kind": "first_final", "first_final_date": None},
         "The final plan is older than its draft: 1 Dec 2024, 20 Dec 2024."),
        ({"reviewed": "no"},
         "“Has it been reviewed” is No, yet “Review meeting” has a date."),
        ({"review_outcome": "maintain"},
         "The review's outcome is to maintain, yet “Proposed amendments sent” has a date."),
        ({"request_date": "2012-09-02"},
         "“Assessment asked for” is 2 Sep 2012, before these plans began on 1 Sep 2014."),
        ({"advice_education_received": "2026-11-20"},
         "“Education advice received” is 20 Nov 2026, which is still to come."),
        ({"phase_transfer_due": "2028-09-01"},
         "“Moves to the next phase” is 1 Sep 2028, over two years away."),
        ({"first_final_date": "2025-01-03"},
         _TOO_SOON),
    ],
)  # fmt: skip
def test_each_slip_is_said_in_a_sentence(changed: dict[str, str | None], sentence: str) -> None:
    assert sentence in said(**changed)


def test_dates_over_two_years_apart_are_doubted() -> None:
    facts = {**_IN_ORDER, "advice_education_received": "2026-10-12"}
    (doubt,) = doubts(facts, date(2026, 12, 1))
    assert doubt.sentence == (
        "“Education advice asked” and “Education advice received” are over two years apart: "
        "11 Oct 2024, 12 Oct 2026."
    )


def test_fifteen_days_are_enough_and_the_same_day_is_in_order() -> None:
    assert not any("at least 15" in each for each in said(first_final_date="2025-01-04"))
    assert not any("before" in each for each in said(assess_decision_date="2024-09-02"))


def test_a_first_plan_and_a_review_years_later_are_no_doubt() -> None:
    old = {"request_date": "2018-01-08", "assess_decision_date": "2018-02-02"}
    for fact in FACTS:
        if fact.id.startswith("advice_"):
            old[fact.id] = ""
    changed = {key: value or None for key, value in old.items()}
    assert said(**changed, draft_date="2018-05-01", first_final_date="2018-05-28") == []


def test_a_doubt_is_found_by_any_fact_it_names() -> None:
    facts = {**_IN_ORDER, "first_final_date": "2024-12-19"}
    for fact_id in ("draft_date", "first_final_date"):
        assert doubts_about(fact_id, facts, _ON)
    assert doubts_about("request_date", facts, _ON) == ()
