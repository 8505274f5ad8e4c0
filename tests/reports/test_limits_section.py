"""An audit's report tells where the time limits stand, and which facts do not fit together."""

from __future__ import annotations

import json
from dataclasses import replace

from tests.reports.test_audit_page import SIGNED, page, words

from ehcp_audit.domain.audit import AuditState
from ehcp_audit.reports.json_writer import render_json

_DATES = {
    "request_date": "2024-09-02",
    "draft_date": "2025-01-13",
    "first_final_date": "2025-01-30",
    "review_meeting_date": "2025-01-06",
}


def dated(**changed: str | tuple[str, ...]) -> AuditState:
    return replace(SIGNED, facts={**SIGNED.facts, **_DATES, **changed})


def test_a_limit_is_told_with_its_days_and_its_source() -> None:
    told = words(dated())
    assert "✗ late First final plan, within 20 weeks" in told
    assert "Late by 10 days: 30 Jan 2025, due by 20 Jan 2025." in told
    assert "SEND Regulations 2014, reg 13(2)" in told
    excused = words(dated(exception="school_closed"))
    assert "△ late, with an exception First final plan" in excused


def test_what_runs_at_the_audit_is_told_as_it_stood_on_its_date() -> None:
    told = words(dated(review_meeting_date="2025-08-20"))
    assert "… running Decision after the review, within 4 weeks" in told
    assert "Running: due by 17 Sep 2025." in told


def test_facts_that_do_not_fit_together_are_named() -> None:
    told = words(dated())
    assert "The review meeting is before the first plan: 6 Jan 2025, 30 Jan 2025." in told


def test_a_plan_with_its_own_rules_says_which() -> None:
    told = words(dated(plan_kind="adopted"))
    assert "To bear in mind" in told
    assert "Taken over from another authority" in told
    assert "First final plan, within 20 weeks" not in told


def test_without_dates_nothing_is_said_of_limits() -> None:
    assert "Time limits" not in words(SIGNED)
    assert "to look at again" not in words(SIGNED).lower()


def test_a_program_gets_the_same_as_values() -> None:
    told = json.loads(render_json(page(dated())))["audit"]
    first_final = next(each for each in told["time_limits"] if each["id"] == "first-final")
    assert first_final == {
        "id": "first-final", "status": "late", "started": "2024-09-02", "due": "2025-01-20",
        "ended": "2025-01-30", "days_late": 10, "exception": None,
        "citation": "SEND Regulations 2014, reg 13(2)",
    }  # fmt: skip
    assert len(told["doubts"]) == 1


def test_from_year_12_the_page_speaks_of_a_young_person() -> None:
    assert "About one young person" in words(dated(year_group="13"))
    assert "The young person's own views" in words(dated(year_group="13"))
    assert "The child's own views" in words(dated(year_group="11"))
