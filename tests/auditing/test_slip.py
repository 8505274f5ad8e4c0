"""What goes on whose slip, and what a draft and a final plan may be asked."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from tests.reports.test_audit_page import SIGNED
from tests.small_rubric import ME, signed
from tests.small_rubric import TODAY as MARCH

from ehcp_audit.auditing.slip import Slip, check_due, concerns, make_slip, set_slip, toggled
from ehcp_audit.domain.audit import PARTIES, WRITER, AuditState, Score, SlipSaid
from ehcp_audit.domain.errors import AuditToolError, NotAllowedError, UsageError
from ehcp_audit.rubric_files import read_rubric
from ehcp_audit.store import Store

TODAY = date(2026, 11, 26)
CORE = read_rubric(Path("rubrics/peer-findings.toml")).rubric
LEVELS = {
    "voice.own-views": 4, "voice.whose-view": 3, "outcomes.specific": 1, "outcomes.timed": 2,
    "health.contribution": 1, "health.faithful": 2, "care.not-known": 3, "provision.specific": 1,
    "checks.shared": 1, "checks.agreed-together": 0,
}  # fmt: skip


def audit(**facts: object) -> AuditState:
    """Return a draft audit of a first final plan with the levels above."""
    known = {"plan_kind": "first_final", "year_group": "6", "known_to_health": "yes", **facts}
    scores = {key: Score(level) for key, level in LEVELS.items()}
    return replace(SIGNED, status="draft", sign_off=None, facts=known, scores=scores)  # type: ignore[arg-type]


def ids(slip: Slip) -> dict[str, list[str]]:
    """Return the ids of what stands on a slip, by place, where there is anything."""
    places = {place: [c.id for c in criteria] for place, criteria in slip.places().items()}
    return {place: found for place, found in places.items() if found}


def slip_for(party: str, state: AuditState | None = None, **choices: object) -> Slip:
    return make_slip(CORE, state or audit(), party, TODAY, **choices)  # type: ignore[arg-type]


def test_the_writers_slip_of_a_draft_plan_says_what_to_put_right_before_issue() -> None:
    slip = slip_for(WRITER, audit(plan_kind="draft"))
    assert slip.form == "draft"
    assert ids(slip)["must"] == ["outcomes.specific", "health.contribution", "provision.specific"]
    assert ids(slip)["better"] == ["outcomes.timed", "health.faithful"]
    assert ids(slip)["strong"] == ["voice.own-views"]
    assert ids(slip)["met"] == ["voice.whose-view", "care.not-known"]


def test_a_final_plan_keeps_how_it_was_done_apart_from_what_it_says() -> None:
    found = ids(slip_for(WRITER))
    assert found["practice"] == ["checks.shared"]
    assert found["must"] == ["outcomes.specific", "health.contribution", "provision.specific"]
    assert found["unseen"] == ["checks.agreed-together"]
    assert "pen" not in found


def test_only_the_auditor_says_what_is_a_slip_of_the_pen() -> None:
    slip = slip_for(WRITER, pen=("outcomes.timed",))
    assert ids(slip)["pen"] == ["outcomes.timed"]
    assert "outcomes.timed" not in ids(slip)["better"]


@pytest.mark.parametrize(
    ("state", "pen", "told"),
    [
        (audit(plan_kind="draft"), "outcomes.timed", "A draft plan is put right before issue"),
        (audit(), "voice.own-views", "no point on this slip"),
    ],
)
def test_a_slip_of_the_pen_is_a_point_on_a_final_plan(
    state: AuditState, pen: str, told: str
) -> None:
    with pytest.raises(UsageError, match=told):
        set_slip(CORE, state, SlipSaid(pen=(pen,)), "kl", today=TODAY)


def test_what_is_said_for_the_slips_is_kept_and_replaying_gives_it_back(store: Store) -> None:
    audit_id = signed(store, plan_kind="draft")

    def say(said: SlipSaid, today: date = MARCH) -> None:
        state = store.audit(audit_id)
        event = set_slip(store.rubric(state.rubric_hash), state, said, ME.id, today=today)
        assert event is not None
        store.write([event], expects={event.subject: state.rev})

    say(SlipSaid(due=date(2026, 3, 9)))
    state = store.audit(audit_id)
    assert state.slip == SlipSaid(due=date(2026, 3, 9))
    assert set_slip(store.rubric(state.rubric_hash), state, state.slip, ME.id, today=TODAY) is None
    say(SlipSaid(), today=TODAY)
    assert store.audit(audit_id).slip == SlipSaid()
    assert store.faults() == []


def test_a_slip_of_the_pen_is_one_no_longer_when_it_is_named_again() -> None:
    assert toggled((), "a") == ("a",)
    assert toggled(("a", "b"), "a") == ("b",)


def test_what_this_form_of_slip_does_not_ask_is_left_out_and_not_lost() -> None:
    kept = SlipSaid(date(2020, 1, 1), ("outcomes.timed",))
    final, draft = (replace(audit(plan_kind=kind), slip=kept) for kind in ("amended", "draft"))
    assert ids(slip_for(WRITER, final, pen=kept.pen))["pen"] == ["outcomes.timed"]
    assert "pen" not in ids(slip_for(WRITER, draft, pen=kept.pen))
    assert "pen" not in ids(slip_for("health", final, pen=kept.pen)), "health owns no such point"


def test_an_agency_gets_what_it_owns_and_what_it_is_asked_to_judge_and_nothing_else() -> None:
    health = ids(slip_for("health"))
    assert health["must"] == ["health.contribution"]
    assert health["better"] == ["health.faithful"]
    assert "strong" not in health
    care = ids(slip_for("social_care"))
    assert (care["met"], care["practice"]) == (["care.not-known"], ["checks.shared"])
    assert "must" not in care


def test_education_gets_what_it_owns_not_what_other_agencies_own() -> None:
    assert ids(slip_for("education"))["must"] == ["outcomes.specific", "provision.specific"]


def test_every_criterion_but_measured_ones_is_on_the_writers_slip_and_on_its_owners() -> None:
    for criterion in CORE.criteria:
        assert concerns(criterion, WRITER)
        assert concerns(criterion, criterion.agency)
        assert not concerns(replace(criterion, measured=True), WRITER)


def test_wording_the_tribunal_fixed_is_kept_apart_whatever_its_level() -> None:
    ordered = audit(plan_kind="ordered", ordered_sections=("F", "E"))
    found = ids(slip_for(WRITER, ordered))
    assert found["fixed"] == ["outcomes.specific", "outcomes.timed", "provision.specific"]
    assert found["must"] == ["health.contribution"]  # of its sections only E and F are fixed


def test_the_tribunals_h_covers_both_parts_of_it() -> None:
    ordered = audit(plan_kind="ordered", ordered_sections=("D", "H"))
    assert "care.not-known" not in ids(slip_for(WRITER, ordered)).get("fixed", [])
    whole = replace(CORE.criterion("care.not-known"), sections=("H1", "H2", "D"))
    rubric = replace(CORE, criteria=tuple(whole if c.id == whole.id else c for c in CORE.criteria))
    assert make_slip(rubric, ordered, WRITER, TODAY).fixed == (whole,)


def test_a_withdrawn_audit_has_no_slip_and_an_unknown_party_none() -> None:
    with pytest.raises(NotAllowedError, match="withdrawn"):
        slip_for(WRITER, replace(audit(), status="withdrawn"))
    with pytest.raises(UsageError, match=", ".join(PARTIES)):
        slip_for("school")


def test_a_date_to_put_it_right_by_is_given_for_a_draft_only_and_never_in_the_past() -> None:
    draft, final = slip_for(WRITER, audit(plan_kind="draft")), slip_for(WRITER)
    check_due(draft, TODAY, TODAY)
    check_due(final, None, TODAY)
    for slip, due, told in (
        (final, TODAY, "15 days for the family"),
        (draft, date(2026, 11, 25), "passed already"),
    ):
        with pytest.raises(AuditToolError, match=told):
            check_due(slip, due, TODAY)
