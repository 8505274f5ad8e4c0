"""The report of one audit tells what was signed, and of a draft nothing that hints at a grade."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from tests.trends.hand_made import RUBRIC

from ehcp_audit.domain.audit import AuditState, Evidence, Score, SignOff
from ehcp_audit.domain.facts import OWN_GROUP, Choice, Fact
from ehcp_audit.domain.time_limits import TimeLimit
from ehcp_audit.reports.audit_page import audit_report
from ehcp_audit.reports.json_writer import render_json
from ehcp_audit.reports.model import Report
from ehcp_audit.reports.terminal import render_terminal

DRAFT = AuditState(
    id="0123456789abcdef",
    plan_id="p",
    plan_ref="NS-0147",
    rubric_hash="one",
    auditor="kl",
    agencies=("education", "social_care"),
    begun_at="2025-09-01T09:00:00Z",
    facts={"plan_ref": "NS-0147", "plan_kind": "amended", "year_group": "6", "seen": ("advice",)},
    scores={
        "voice.views": Score(3),
        "voice.whose": Score(0, "the advice was not on the file"),
        "provision.specific": Score(1, "“as required” throughout"),
    },
    evidence=(Evidence("e1", "voice.views", "Mum says he likes trains", "A", "2"),),
)
SIGNED = replace(
    DRAFT,
    status="signed",
    sign_off=SignOff(
        levels={"voice.views": 3, "voice.whose": 0, "provision.specific": 1},
        grade="requires_improvement",
        limits=("Specific provision not met.",),
        audit_date=date(2025, 9, 3),
        score="119/149",
        themes={"voice": 2, "provision": 1},
    ),
)


def page(state: AuditState) -> Report:
    return audit_report(state, RUBRIC, auditor_name="KL", today=date(2025, 10, 1))


def words(state: AuditState) -> str:
    return " ".join(render_terminal(page(state)).split())


def test_a_signed_audit_tells_its_grade_score_and_what_limited_it() -> None:
    told = words(SIGNED)
    assert "Signed off audit date 3 Sep 2025 Grade Requires improvement" in told
    assert "Limited by Specific provision not met." in told
    assert "These are this area's own audit grades, not Ofsted's." in told


def test_a_score_is_never_rounded_into_a_grade() -> None:
    assert "79.9%" in words(SIGNED)
    assert "80%" not in words(SIGNED)


def test_a_score_within_four_points_of_a_line_is_marked_borderline_and_no_other() -> None:
    assert SIGNED.sign_off is not None
    near = "Borderline within 4 points of a line between grades"
    for score, marked in (("84/100", True), ("841/1000", False), ("76/100", True), ("1/5", False)):
        state = replace(SIGNED, sign_off=replace(SIGNED.sign_off, score=score))
        assert (near in words(state)) is marked


def test_a_draft_is_marked_and_shows_no_grade_and_no_share() -> None:
    told = words(DRAFT)
    assert "▌ DRAFT: not signed off, has no grade and counts nowhere." in told
    assert "%" not in told
    assert not {rule.label for rule in RUBRIC.grades if rule.label in told}
    assert "Voice of the child 1 of 2" in told
    assert json.loads(render_json(page(DRAFT)))["audit"]["grade"] is None


def test_a_withdrawn_audit_is_marked_and_shows_no_grade() -> None:
    told = words(replace(DRAFT, status="withdrawn"))
    assert "▌ WITHDRAWN: counts nowhere." in told
    assert "%" not in told


def test_every_criterion_has_its_level_as_symbol_and_word() -> None:
    told = words(replace(DRAFT, scores={**DRAFT.scores, "voice.whose": Score(-1)}))
    assert "◑ Meets The child's own views It is there" in told
    assert "– Not applicable Whose view it is" in told
    assert "✗ Not met Specific provision (limiting) It is missing" in told
    assert "· Not scored The child's own views" in words(replace(DRAFT, scores={}))


def test_evidence_stands_with_its_section_and_page_and_the_reason_with_its_level() -> None:
    told = words(SIGNED)
    assert "Evidence, Section A, page 2: Mum says he likes trains" in told
    assert "Reason: “as required” throughout" in told


def test_what_could_not_be_seen_is_listed_with_the_missing_paper() -> None:
    told = words(SIGNED)
    assert "Whose view it is the advice was not on the file" in told.split("Could not be seen")[1]
    assert "Could not be seen" not in words(replace(DRAFT, scores={}))


def test_a_signed_audit_is_told_as_signed_whatever_was_scored_since() -> None:
    told = words(replace(SIGNED, scores={"provision.specific": Score(4, "changed later")}))
    assert "✗ Not met Specific provision" in told
    assert "changed later" not in told


def test_facts_are_in_words_and_needed_ones_that_are_not_known_are_dashes() -> None:
    told = words(SIGNED)
    assert "Kind of plan Amended after review" in told
    assert "Year group Year 6" in told
    assert "Main need –" in told
    assert "Complaint or appeal" not in told


ROUTE = Fact(
    "local.route", "Our [b]route[/b]", "choice", OWN_GROUP, choices=(Choice("fast", "Fast", "f"),)
)
VISIT = Fact("local.visit", "First visit", "date", OWN_GROUP, needed=True)
TWO_WEEKS = TimeLimit("request_date", "local.visit", 2, "weeks", met=3, not_met=1)
WITH_DATES = replace(
    RUBRIC,
    facts=(ROUTE, VISIT),
    criteria=(
        *RUBRIC.criteria[:1],
        replace(RUBRIC.criteria[1], measured=True, weight=0, computed=TWO_WEEKS),
        replace(RUBRIC.criteria[2], measured=True, weight=0, limiting=False),
    ),
)


def told_with_dates(**dates: str) -> str:
    own = {key.replace("local_", "local."): value for key, value in dates.items()}
    facts = {**DRAFT.facts, "local.route": "fast", **own}
    state = replace(DRAFT, facts=facts)
    made = audit_report(state, WITH_DATES, auditor_name="KL", today=date(2025, 10, 1))
    return " ".join(render_terminal(made).split())


def test_the_rubrics_own_facts_come_last_in_a_group_of_their_own() -> None:
    told = told_with_dates(request_date="2025-03-03")
    assert "ASKED BY THIS RUBRIC Our [b]route[/b] Fast First visit –" in told
    assert told.index("Assessment asked for") < told.index("ASKED BY THIS RUBRIC")
    assert "ASKED BY THIS RUBRIC" not in words(DRAFT)


def test_measured_criteria_are_marked_and_those_from_dates_show_their_dates() -> None:
    told = told_with_dates(request_date="2025-03-03", local_visit="2025-03-18")
    assert "Not met Specific provision (measured, not graded)" in told
    assert (
        "✗ Not met Whose view it is (measured, not graded) It is missing From dates: Assessment "
        "asked for 3 Mar 2025, First visit 18 Mar 2025 (within 2 weeks, by 17 Mar 2025)."
    ) in told
    assert "the advice was not on the file" not in told
    assert "(measured" not in words(DRAFT)


def test_what_a_missing_date_leaves_open_is_listed_with_the_date_that_is_missing() -> None:
    missing = told_with_dates(local_visit="2025-03-18").split("Could not be seen")[1]
    assert "Whose view it is From dates: Assessment asked for –, First visit 18 Mar 2025" in missing


def test_typed_text_cannot_act_on_the_terminal_or_pose_as_another_line() -> None:
    note = Evidence("e1", "voice.views", "[b]x[/b]\n● Strong  Forged\n\x1b[31mred", "\x1b", "\x9b")
    text = render_terminal(page(replace(SIGNED, evidence=(note,))))
    assert "[b]x[/b]" in text
    assert "\x1b" not in text
    assert "\x9b" not in text
    assert "\n● Strong  Forged" not in text
    assert "Section ␛, page <9B>" in text


def test_an_ungraded_audit_says_why() -> None:
    assert SIGNED.sign_off is not None
    why = replace(SIGNED.sign_off, grade=None, score=None, limits=("Not graded: too little.",))
    assert "Grade No grade Why Not graded: too little." in words(replace(SIGNED, sign_off=why))
