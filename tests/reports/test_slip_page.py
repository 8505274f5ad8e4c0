"""The slip says strengths first, asks only what the plan's kind allows, and names nobody."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from markdown_it import MarkdownIt
from tests.auditing.test_slip import CORE, audit
from tests.reports.test_writers import HOSTILE

from ehcp_audit.auditing.signing import sign_off
from ehcp_audit.domain.audit import (
    PARTIES,
    WRITER,
    AuditState,
    Evidence,
    Score,
    SlipAnswer,
    SlipSaid,
)
from ehcp_audit.reports.json_writer import render_json
from ehcp_audit.reports.markdown import render_markdown
from ehcp_audit.reports.model import Report
from ehcp_audit.reports.slip_page import slip_report
from ehcp_audit.reports.terminal import render_terminal

TODAY = date(2026, 11, 26)
VAGUE = Evidence("n1", "provision.specific", "“as required” throughout", "F", "9")
LIKES = Evidence("n2", "voice.own-views", "“I like trains”", "A", "2")
FINAL = replace(audit(), evidence=(VAGUE, LIKES))
DRAFT = replace(FINAL, facts={**FINAL.facts, "plan_kind": "draft"})


def signed(state: AuditState) -> AuditState:
    return replace(state, status="signed", sign_off=sign_off(CORE, state, TODAY))


def slip(state: AuditState = FINAL, party: str = WRITER, team: str = "", **choices: Any) -> Report:
    said = replace(state, slip=SlipSaid(**choices))
    return slip_report(said, CORE, party=party, today=TODAY, team=team)


def told(*given: Any, **choices: Any) -> str:
    return " ".join(render_terminal(slip(*given, **choices), width=200).split())


def titles(page: Report) -> list[str]:
    return [section.title for section in page.sections]


def test_strengths_come_first_and_the_answer_last() -> None:
    assert titles(slip(signed(DRAFT))) == [
        "What is good",
        "To put right before this plan is issued",
        "To improve before it is issued",
        "Could not be seen",
        "The audit's grade",
        "Your answer",
    ]
    assert titles(slip(FINAL, pen=("outcomes.timed",))) == [
        "What is good",
        "Before anything is changed",
        "A slip of the pen, to correct",
        "Changes of substance, to propose",
        "How it was done",
        "Could not be seen",
        "Your answer",
    ]


def test_a_point_says_what_was_found_where_why_and_what_would_meet_it() -> None:
    state = replace(FINAL, causes={"provision.specific": "advice_thin"})
    said = told(state)
    assert "✗ Not met Specific provision" in said
    assert "Evidence, Section F, page 9: “as required” throughout" in said
    assert "Why, as far as could be seen: the advice itself was thin or vague." in said
    met = CORE.criterion("provision.specific").levels[2]
    assert f"To meet it: {met}" in said


def test_what_is_good_stands_with_its_evidence_and_an_exemplar_says_so() -> None:
    said = told(replace(FINAL, exemplars=frozenset({"voice.own-views"})))
    good = said[said.index("What is good") : said.index("Before anything")]
    assert "Evidence, Section A, page 2: “I like trains”" in good
    assert "Marked as an example to share with others." in good
    assert "Meets: Whose view it is; Not known to social care." in good
    assert "Marked as an example" not in told()


def test_where_nothing_is_met_the_slip_still_begins_with_what_is_good() -> None:
    said = told(replace(FINAL, scores={"provision.specific": Score(1)}))
    assert "Nothing that was asked here is met yet. The points below say what would be." in said


def test_where_everything_is_met_nothing_is_asked() -> None:
    said = told(replace(FINAL, scores={"provision.specific": Score(4)}))
    assert "Nothing is asked of you: everything that could be judged here is met." in said
    assert "reg 22" not in said


def test_a_draft_is_put_right_by_the_date_the_auditor_gives_and_no_other() -> None:
    assert "By 3 Dec 2026." in told(DRAFT, due=date(2026, 12, 3))
    said = told(DRAFT)
    assert "By: ________________________ (no date was given; agree one)" in said
    assert "2026" not in said.replace("Printed 26 Nov 2026", "")


@pytest.mark.parametrize("party", PARTIES)
def test_a_final_plans_slip_never_asks_for_a_change_by_a_day(party: str) -> None:
    said = told(signed(FINAL), party)
    assert " by " not in said.lower().replace("signed by", "").split("your answer")[0].replace(
        "be judged by", ""
    )
    assert "amend" not in said.lower()


def test_a_final_plans_slip_says_what_changing_it_takes() -> None:
    said = told()
    assert (
        "Changing what it says is a legal process: notice of the change, the evidence for it, and "
        "15 days for the family to answer (SEND Regulations 2014, reg 22)."
    ) in said
    assert "Propose these at the next review, or sooner where the child should not wait" in said
    assert "reg 22" not in told(DRAFT)


def test_from_year_12_it_is_the_young_person_who_is_asked() -> None:
    said = told(replace(FINAL, facts={**FINAL.facts, "year_group": "12"}))
    assert "15 days for the young person to answer" in said
    assert "sooner where the young person should not wait" in said
    assert "the family" not in said


def test_another_childs_details_are_to_be_told_at_once_on_either_form() -> None:
    for state in (DRAFT, FINAL):
        wrong = replace(state, scores={**state.scores, "checks.accurate": Score(1)})
        assert "Now: If another child's details are in this plan, tell your" in told(wrong)


def test_wording_the_tribunal_fixed_is_left_alone_and_not_counted_for_the_writer() -> None:
    ordered = {**FINAL.facts, "plan_kind": "ordered", "ordered_sections": ("F",)}
    said = told(replace(FINAL, facts=ordered))
    fixed = said[said.index("Wording the Tribunal fixed") : said.index("Your answer")]
    assert "is not counted for the writer or the team. Do not change it" in fixed
    assert "✗ Not met Specific provision" in fixed
    assert "To meet it" not in fixed
    assert "The Tribunal fixed the wording of Section F: leave it as it is." in said  # a shared one


def test_an_agency_sees_no_grade_and_whose_a_shared_question_is() -> None:
    state = signed(FINAL)
    assert "The audit's grade" in titles(slip(state))
    said = told(state, "health")
    assert "Grade" not in said
    assert "True to health's advice (with education)" in said
    assert "✗ Not met Health's contribution To meet" not in said


def test_nobody_is_named() -> None:
    state = replace(signed(FINAL), auditor="a11ce", facts={**FINAL.facts, "writer": "W7"})
    for party in PARTIES:
        page = slip(state, party)
        for written in (render_terminal(page), render_json(page), render_markdown(page)):
            assert "a11ce" not in written
            assert "W7" not in written


def test_a_slip_of_an_audit_that_is_not_signed_off_says_so_and_gives_no_grade() -> None:
    said = told(FINAL)
    assert "▌ PROVISIONAL: the audit is not signed off and may still change." in said
    assert "%" not in said
    assert "PROVISIONAL" not in told(signed(FINAL))


def test_there_is_room_for_an_answer_until_one_is_kept() -> None:
    assert told().count("_" * 60) == 6
    answer = SlipAnswer("We saw her in May", disputed=True, on=date(2026, 11, 20))
    said = told(replace(FINAL, answers={"health": answer}), "health")
    assert "Answered 20 Nov 2026: We saw her in May It disputes the audit" in said
    assert "_" * 60 not in said
    assert "_" * 60 in told(replace(FINAL, answers={"health": answer}))


def test_programs_get_every_point_by_its_place_with_its_level() -> None:
    shape = json.loads(render_json(slip(DRAFT, due=date(2026, 12, 3))))["slip"]
    assert (shape["form"], shape["party"], shape["due"]) == ("draft", "writer", "2026-12-03")
    assert shape["strong"] == [{"id": "voice.own-views", "level": 4}]
    assert {"id": "provision.specific", "level": 1} in shape["must"]
    assert shape["answer"] is None


@pytest.mark.parametrize("party", PARTIES)
def test_typed_text_is_shown_exactly_and_the_page_fits(party: str) -> None:
    state = replace(
        FINAL,
        plan_ref="[b]NS[/b]",
        evidence=(replace(VAGUE, text=f"{HOSTILE}\n● Strong  Forged\n# <b>x</b>"),),
        answers={party: SlipAnswer(HOSTILE, disputed=False, on=TODAY)},
    )
    page = slip(state, party, team=HOSTILE)
    text = render_terminal(page)
    assert "[bold red]hi[/bold red] [/] ␛]0;owned" in " ".join(text.split())
    assert "\x1b" not in text
    assert "\n● Strong  Forged" not in text
    assert max(len(line) for line in text.splitlines()) <= 80
    assert "<b>" not in MarkdownIt("commonmark").render(render_markdown(page))
