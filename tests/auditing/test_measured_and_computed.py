"""What is measured or worked out from dates never asks for anything and never counts as a fault."""

from __future__ import annotations

from tests.small_rubric import FACTS, ME, TODAY, criterion, rubric_of

from ehcp_audit.auditing import gaps, next_unscored, progress, sign, sign_off, summarise
from ehcp_audit.domain.audit import AuditState, Score
from ehcp_audit.domain.facts import FactValue
from ehcp_audit.domain.rubric import NOT_EVIDENCED
from ehcp_audit.domain.time_limits import TimeLimit

SIX_WEEKS = TimeLimit("request_date", "assess_decision_date", 6, "weeks", met=3, not_met=1)
VIEWS, SMART = criterion("views", "voice"), criterion("smart", "outcomes")
PAGES = criterion("pages", "voice", measured=True, weight=0)
IN_TIME = criterion(
    "in_time", "outcomes", measured=True, weight=0, computed=SIX_WEEKS, evidence_at=(1, 2, 3, 4)
)
RUBRIC = rubric_of(VIEWS, PAGES, IN_TIME, SMART, limits=())
LATE: dict[str, FactValue] = {
    **FACTS, "request_date": "2025-09-01", "assess_decision_date": "2025-12-01",
}  # fmt: skip


def audit(facts: dict[str, FactValue], **levels: int) -> AuditState:
    scores = {key: Score(level) for key, level in levels.items()}
    return AuditState("a", "p", "NS-1", RUBRIC.hash, ME.id, (), "", facts=facts, scores=scores)


def test_what_must_be_fixed_is_graded() -> None:
    late = audit(LATE, views=1, pages=1)
    assert late.resolved_level(IN_TIME, TODAY) == 1
    now = progress(RUBRIC, late, TODAY)
    assert (now.applicable, now.decided, now.must_fix) == (4, 3, 1)


def test_the_next_question_is_never_one_worked_out_from_dates() -> None:
    for facts in (FACTS, LATE):
        assert next_unscored(RUBRIC, audit(facts, views=3), TODAY) == "pages"
        assert next_unscored(RUBRIC, audit(facts, views=3), TODAY, after="pages") == "smart"
        assert next_unscored(RUBRIC, audit(facts, views=3, pages=1, smart=3), TODAY) is None


def test_sign_off_wants_a_measured_score_and_nothing_of_what_is_worked_out() -> None:
    for facts in (FACTS, LATE):
        assert [gap.criterion for gap in gaps(RUBRIC, audit(facts), TODAY)] == [
            "views", "pages", "smart",
        ]  # fmt: skip
    done = audit(LATE, views=3, pages=1, smart=3)
    event = sign(RUBRIC, done, ME.id, audit_date=TODAY, today=TODAY)
    assert event.body is not None
    assert event.body["levels"] == {"views": 3, "pages": 1, "in_time": 1, "smart": 3}
    assert event.body["grade"] == "good"


def test_the_summary_names_no_measured_criterion() -> None:
    unseen = audit(FACTS, views=NOT_EVIDENCED, pages=NOT_EVIDENCED, smart=2)
    assert unseen.resolved_level(IN_TIME, TODAY) == NOT_EVIDENCED
    told = summarise(RUBRIC, unseen, TODAY)
    assert told.not_evidenced == ("views",)
    late = summarise(RUBRIC, audit(LATE, views=3, pages=1, smart=1), TODAY)
    assert late.raisers == ("smart",)
    assert late.together == ()


def test_a_signed_audit_keeps_the_level_that_its_dates_came_to() -> None:
    done = audit(LATE, views=3, pages=1, smart=3)
    signed = sign_off(RUBRIC, done, TODAY)
    assert signed.levels["in_time"] == 1
    assert signed.themes == {"voice": 2, "outcomes": 2}
