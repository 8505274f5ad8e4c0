"""A re-audit beside the audit before: was it done, the grades, what else changed, who looked."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

from tests.reports.test_writers import HOSTILE
from tests.trends.hand_made import RUBRIC

from ehcp_audit.auditing.signing import sign_off
from ehcp_audit.domain.audit import AuditState, Evidence, Score, SlipAnswer
from ehcp_audit.domain.flags import Flag
from ehcp_audit.domain.rubric import Cause
from ehcp_audit.reports.audit_page import audit_report
from ehcp_audit.reports.audit_words import Audited
from ehcp_audit.reports.before_after_page import before_after_report
from ehcp_audit.reports.json_writer import render_json
from ehcp_audit.reports.terminal import render_terminal

TODAY = date(2026, 11, 26)


def audit(levels: dict[str, int], **choices: Any) -> AuditState:
    """Return a signed audit with those levels."""
    scores = {key: Score(level) for key, level in levels.items()}
    plain: dict[str, Any] = {
        "id": "first", "plan_id": "p", "plan_ref": "NS-0147", "rubric_hash": "one",
        "auditor": "kl", "agencies": ("education",), "begun_at": "", "scores": scores,
    }  # fmt: skip
    state = AuditState(**{**plain, **choices})
    return replace(state, status="signed", sign_off=sign_off(RUBRIC, state, TODAY))


FIRST = audit({"voice.views": 1, "voice.whose": 3, "provision.specific": 2})
SECOND = audit(
    {"voice.views": 2, "voice.whose": 2, "provision.specific": 3},
    id="again", auditor="mo", follows="first", changed_sections=("A", "F"),
    evidence=(Evidence("n", "provision.specific", "Now 2 hours a week", "F", "9"),),
)  # fmt: skip


def told(second: AuditState = SECOND, first: AuditState = FIRST) -> str:
    page = before_after_report(Audited(first, RUBRIC), Audited(second, RUBRIC), today=TODAY)
    return " ".join(render_terminal(page, width=100).split())


def test_each_point_says_whether_it_was_done_then_and_now_with_the_evidence_for_it() -> None:
    said = told()
    assert (
        "✓ Done Specific provision Then: ◔ Partly: it is there in part Now: ◑ Meets: it is there "
        "Evidence, Section F, page 9: Now 2 hours a week"
    ) in said
    assert "Of 2 points that the audit before left: 1 partly done, 1 done." in said
    assert "Of the 1 that had to be put right: 1 partly done." in said


def test_what_is_not_done_comes_first() -> None:
    said = told(audit({"voice.views": 1, "voice.whose": 3, "provision.specific": 4}, id="again"))
    assert said.index("✗ Not done") < said.index("✓ Done")


def test_the_two_grades_stand_one_above_the_other_with_what_changed() -> None:
    said = told()
    assert "Before Requires improvement, score 50.0%, borderline, 26 Nov 2026" in said
    assert "Sections changed A and F" in said
    assert "By someone other than the auditor before." in said


def test_a_re_audit_by_the_same_person_says_so() -> None:
    said = told(replace(SECOND, auditor="kl", auditors=("kl",)))
    assert "By the same person as the audit before, so not an independent second look." in said


def test_what_fell_besides_the_points_is_told() -> None:
    assert "What else changed" in told()
    assert "Whose view it is ◑ Meets ◔ Partly fell" in told()
    assert "What else changed" not in told(FIRST)


def test_what_was_kept_after_a_second_look_is_named() -> None:
    kept = replace(
        SECOND, scores={**SECOND.scores, "voice.whose": Score(3, "Unchanged", carried=True)}
    )
    assert (
        "1 question kept as the audit before found, after a second look: Whose view it is."
        in told(kept)
    )
    assert "Kept unchanged" not in told()


def test_from_year_12_the_points_are_of_a_young_person() -> None:
    grown = replace(SECOND, facts={"year_group": "12"})
    assert "The young person's own views" in told(grown)
    assert "The child's own views" in told()


def test_a_re_audit_in_progress_shows_no_grade_and_no_share() -> None:
    draft = replace(SECOND, status="draft", sign_off=None, scores={"voice.views": Score(3)})
    said = told(draft)
    assert "▌ The re-audit is not signed off" in said
    assert "After in progress, no grade" in said
    assert "· Not decided yet Specific provision" in said


def test_where_nothing_was_left_to_put_right_it_says_so() -> None:
    clean = audit({"voice.views": 3, "voice.whose": 3, "provision.specific": 3})
    assert "The audit before left nothing to put right." in told(first=clean)


def test_programs_get_the_outcome_of_every_point() -> None:
    page = before_after_report(Audited(FIRST, RUBRIC), Audited(SECOND, RUBRIC), today=TODAY)
    shape = json.loads(render_json(page))["before_after"]
    assert shape["points"] == [
        {"id": "voice.views", "before": 1, "now": 2, "outcome": "partly"},
        {"id": "provision.specific", "before": 2, "now": 3, "outcome": "done"},
    ]
    assert (shape["same_person"], shape["changed_sections"]) == (False, ["A", "F"])


def test_the_re_audits_own_report_has_it_too() -> None:
    page = audit_report(
        SECOND, RUBRIC, auditor_name="MO", today=TODAY, earlier=Audited(FIRST, RUBRIC)
    )
    assert "Was it done" in [section.title for section in page.sections]
    alone = audit_report(SECOND, RUBRIC, auditor_name="MO", today=TODAY)
    assert "Was it done" not in [section.title for section in alone.sections]


# ------------------------------------------------------------------ what stands beside scores


def report(state: AuditState, rubric: Any = RUBRIC) -> str:
    page = audit_report(state, rubric, auditor_name="KL, then MO", today=TODAY)
    return " ".join(render_terminal(page, width=100).split())


def test_a_kept_score_is_marked_as_kept_on_the_report() -> None:
    kept = Score(3, "Unchanged since the audit of 3 Sep 2025", carried=True)
    state = audit({"voice.views": 3})
    said = report(replace(state, scores={"voice.views": kept}))
    assert "Unchanged since the audit of 3 Sep 2025: kept" in said
    assert "Reason:" not in said


def test_causes_exemplars_flags_and_answers_are_on_the_report() -> None:
    flags = (
        Flag("f1", "follow_up", None, text="ask the school", done="asked"),
        Flag("f2", "safeguarding", "voice.views", text=HOSTILE),
    )
    rubric = replace(RUBRIC, causes=(Cause("late", "Came too late"),))
    answer = SlipAnswer("Not fair", disputed=True, on=TODAY)
    said = report(
        replace(
            FIRST, causes={"voice.views": "late"}, exemplars=frozenset({"voice.whose"}),
            flags=flags, answers={"social_care": answer},
        ),
        rubric,
    )  # fmt: skip
    assert "Why, as far as could be seen: came too late." in said
    assert "Marked as an example to share with others." in said
    assert said.index("! Open Safeguarding, at “The child's own views” [bold red]hi") < said.index(
        "✓ Answered Follow up ask the school Done: asked"
    )
    assert "Social care answered 26 Nov 2026 Not fair It disputes the audit" in said
    assert "Auditor KL, then MO" in said


def test_a_cause_given_while_it_was_weak_is_not_told_once_it_is_met() -> None:
    rubric = replace(RUBRIC, causes=(Cause("late", "Came too late"),))
    assert "came too late" not in report(replace(FIRST, causes={"voice.whose": "late"}), rubric)
