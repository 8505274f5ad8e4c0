"""The trail tells every act on an audit: who, when, from what to what, why, undone or not."""

from __future__ import annotations

import json
from datetime import UTC, date, timedelta, timezone
from typing import Any

import pytest
from tests.trends.hand_made import RUBRIC, reworded

from ehcp_audit.domain.errors import UsageError
from ehcp_audit.domain.events import Event
from ehcp_audit.reports.json_writer import render_json
from ehcp_audit.reports.model import Report
from ehcp_audit.reports.terminal import render_terminal
from ehcp_audit.reports.trail_page import trail_report

NEWER = reworded(RUBRIC, "voice.whose", version="1.1.0", key="two")
BEGUN = {
    "plan": "p", "plan_ref": "NS-0147", "rubric": "one", "agencies": ["education"],
    "facts": {"plan_kind": "draft", "year_group": "6", "team": None}, "follows": None,
}  # fmt: skip
SIGNED = {
    "levels": {"voice.views": 3, "voice.whose": 0, "provision.specific": 1},
    "grade": "requires_improvement", "limits": ["Specific provision not met."],
    "audit_date": "2025-09-03", "score": "119/149", "themes": {}, "date_reason": "scored on paper",
}  # fmt: skip


def score(level: int, reason: str = "") -> dict[str, Any]:
    return {"level": level, "reason": reason, "overrides": False}


def scored(old: Any, new: Any, criterion: str = "provision.specific") -> dict[str, Any]:
    return {"criterion": criterion, "old": old, "new": new}


def events(*acts: tuple[Any, ...]) -> tuple[Event, ...]:
    """Return events a minute apart: each act is a kind, a body, and what it undoes if it does."""
    made = []
    for number, (kind, body, *undoes) in enumerate((("audit_begun", BEGUN), *acts), start=1):
        at = f"2025-09-03T09:{number:02}:00Z"
        made.append(Event(number, at, "kl", "audit:a1", kind, undoes[0] if undoes else None, body))
    return tuple(made)


def page(*acts: tuple[Any, ...], criterion: str | None = None, **choices: Any) -> Report:
    return trail_report(
        events(*acts),
        names={"kl": "KL", "mo": "MO"},
        rubrics={"one": RUBRIC, "two": NEWER},
        plan_ref="NS-0147",
        today=date(2025, 10, 1),
        criterion=criterion,
        **{"zone": UTC, **choices},
    )


def told(*acts: tuple[Any, ...], **choices: Any) -> str:
    return " ".join(render_terminal(page(*acts, **choices), width=200).split())


def test_the_beginning_tells_rubric_and_every_fact_that_was_known() -> None:
    said = told()
    assert "3 Sep 2025 ─" in said
    assert "09:01 KL began the audit of plan NS-0147" in said
    assert "Rubric: Small rubric 1.0.0 Facts: Kind of plan Draft; Year group Year 6 This" in said


def test_a_score_is_told_from_old_to_new_with_its_reason() -> None:
    said = told(("scored", scored(None, score(3))), ("scored", scored(score(3), score(1, "vague"))))
    assert "09:02 KL scored “Specific provision”: no score → ◑ Meets" in said
    assert "09:03 KL scored “Specific provision”: ◑ Meets → ✗ Not met Why: vague" in said


def test_an_undone_act_stays_and_says_when_it_was_taken_back_and_put_back() -> None:
    said = told(
        ("scored", scored(None, score(3))),
        ("scored", scored(score(3), None), 2),
        ("scored", scored(None, score(3)), 3),
        ("scored", scored(score(3), None), 4),
    )
    assert "no score → ◑ Meets (taken back 09:03, put back 09:04, taken back 09:05)" in said
    assert "09:03 KL undid the act of 09:02: scored “Specific provision”: ◑ Meets → no" in said
    assert "09:04 KL redid the act of 09:03" in said
    assert "09:05 KL undid the act of 09:04" in said


def test_times_are_local_and_a_late_act_falls_on_its_own_local_day() -> None:
    said = told(zone=timezone(timedelta(hours=15)))
    assert "4 Sep 2025 ─" in said
    assert "00:01 KL" in said


def test_evidence_is_told_with_what_it_was_before() -> None:
    old = {"text": "vague", "section": "F", "page": "9"}
    note = {"note": "n", "criterion": "provision.specific"}
    said = told(
        ("evidence_written", {**note, "old": None, "new": old}),
        ("evidence_written", {**note, "old": old, "new": {**old, "text": "“as required”"}}),
        ("evidence_written", {**note, "old": old, "new": None}),
    )
    assert "KL wrote a note on “Specific provision” Evidence, Section F, page 9: vague" in said
    assert "changed a note on “Specific provision” Was: Evidence, Section F, page 9: vague" in said
    assert "KL deleted a note on “Specific provision” Evidence, Section F, page 9: vague" in said


def test_facts_sign_off_reopening_and_versions_are_told() -> None:
    said = told(
        ("facts_changed", {"old": {"plan_kind": "draft"}, "new": {"plan_kind": "amended"}}),
        ("rubric_changed", {"old": "one", "new": "two"}),
        ("signed", SIGNED),
        ("reopened", {"reason": "wrong plan"}),
        ("withdrawn", {"reason": "begun by mistake"}),
    )
    assert "changed the facts Kind of plan: Draft → Amended after review" in said
    assert "Small rubric 1.0.0 → Small rubric 1.1.0" in said
    assert "Audit date 3 Sep 2025: Requires improvement, score 79.9%" in said
    assert "Why that date: scored on paper Specific provision not met." in said
    assert "reopened the audit Why: wrong plan" in said
    assert "withdrew the audit Why: begun by mistake" in said


def test_hand_overs_flags_answers_and_decisions_on_identifiers_are_told() -> None:
    flag = {"text": "left alone", "told_role": "", "told_on": None, "not_a_concern": "", "done": ""}
    answered = {**flag, "told_role": "Designated lead", "told_on": "2025-09-04"}
    of_flag = {"flag": "f", "kind": "other_child", "criterion": "voice.views"}
    said = told(
        ("handed_over", {"old": "kl", "new": "mo", "reason": "left the team"}),
        ("flagged", {**of_flag, "old": None, "new": flag}),
        ("flagged", {**of_flag, "old": flag, "new": answered}),
        ("slip_answered", {"party": "health", "old": None,
                           "new": {"text": "Seen now", "disputed": True, "on": "2025-09-09"}}),
        ("slip_set", {"old": {"due": "2025-10-01", "pen": ["voice.views"]},
                      "new": {"due": None, "pen": []}}),
        ("identifiers_reviewed",
         {"field": "hand over", "kinds": ["nhs_number"], "decision": "kept"}),
    )  # fmt: skip
    assert "handed the audit over KL → MO Why: left the team" in said
    assert "raised a flag, other child at “The child's own views” left alone" in said
    assert "answered a flag, other child at “The child's own views” left alone Told: Desig" in said
    assert "kept the answer of health on the slip Seen now It disputes the audit" in said
    assert "said what stands on the slips To put right by: 1 Oct 2025 → –" in said
    assert "Is no longer a slip of the pen: “The child's own views”" in said
    assert "kept what looked like an identifier (hand over) an NHS number" in said


def test_causes_and_exemplars_are_told() -> None:
    said = told(
        ("cause_given", {"criterion": "voice.views", "old": None, "new": "late"}),
        ("exemplar_marked", {"criterion": "voice.views", "old": False, "new": True}),
    )
    assert "gave the cause at “The child's own views” none → late" in said
    assert "marked the evidence to be shared at “The child's own views”" in said


def test_one_criterion_is_told_alone_with_the_level_that_sign_off_fixed() -> None:
    acts = (
        ("scored", scored(None, score(3), "voice.views")),
        ("scored", scored(None, score(1, "vague"))),
        ("signed", SIGNED),
    )
    said = told(*acts, criterion="provision.specific")
    assert said.startswith("Specific provision: trail in the audit of plan NS-0147 2 acts,")
    assert "own views" not in said
    assert "signed the audit off ✗ Not met" in said


def test_an_imported_audit_gives_the_level_it_brought() -> None:
    body = {
        **BEGUN, "auditor": "mo", "scores": {"voice.views": score(4)}, "evidence": [],
        "state": "signed", "signed": SIGNED,
    }  # fmt: skip
    brought = Event(1, "2025-09-03T09:00:00Z", "kl", "audit:a1", "audit_imported", None, body)
    given = {"names": {}, "rubrics": {"one": RUBRIC}, "plan_ref": "X", "today": date(2025, 10, 1)}
    whole = render_terminal(trail_report((brought,), **given))  # type: ignore[arg-type]
    assert "With 1 score and 0 notes of evidence" in whole
    one = trail_report((brought,), criterion="voice.views", **given)  # type: ignore[arg-type]
    assert "● Strong" in render_terminal(one)


def test_a_criterion_the_rubric_does_not_have_is_told_with_those_it_has() -> None:
    with pytest.raises(UsageError, match=r"no criterion “nope”.*It has: voice\.views"):
        page(criterion="nope")


def test_what_was_redacted_is_told_without_its_words_and_an_unknown_act_by_its_kind() -> None:
    said = told(("scored", None), ("something_new", {"x": 1}))
    assert "KL scored (its words were removed)" in said
    assert "KL something new" in said


def test_typed_text_cannot_act_on_the_terminal() -> None:
    hostile = "[b]x[/b]\x1b[31m\n09:09 KL signed the audit off"
    text = render_terminal(page(("scored", scored(None, score(1, hostile)))))
    assert "[b]x[/b]␛[31m" in text
    assert "\x1b" not in text
    assert "\n09:09 KL signed" not in text


def test_programs_get_every_event_whole_with_whether_it_stands() -> None:
    acts = (("scored", scored(None, score(3))), ("scored", scored(score(3), None), 2))
    trail = json.loads(render_json(page(*acts)))["trail"]
    assert [each["stands"] for each in trail] == [True, False, True]
    assert trail[2]["undoes"] == 2
    assert trail[1]["body"]["new"]["level"] == 3
