"""What an auditor may do, when a reason is asked for, and what sign-off needs."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from tests.small_rubric import CRITERIA, FACTS, ME, OTHER, RUBRIC, TODAY, begun, signed

from ehcp_audit.auditing import (
    change_facts,
    delete_note,
    gaps,
    next_unscored,
    progress,
    reopen,
    score,
    sign,
    summarise,
    unscore,
    withdraw,
    write_note,
)
from ehcp_audit.auditing.acts import LONGEST_TEXT, needs_reason
from ehcp_audit.domain.audit import AuditState
from ehcp_audit.domain.errors import NotAllowedError, UsageError
from ehcp_audit.domain.events import Event, NewEvent
from ehcp_audit.domain.replaying import apply
from ehcp_audit.domain.rubric import NOT_APPLICABLE, NOT_EVIDENCED
from ehcp_audit.store import Store

VIEWS, DISTINCT, SMART, LINKED, ADULTHOOD, HEALTH = CRITERIA
YESTERDAY = TODAY - timedelta(days=1)


@pytest.fixture
def draft() -> AuditState:
    return AuditState(
        id="d" * 16,
        plan_id="p" * 16,
        plan_ref="NS-0147",
        rubric_hash=RUBRIC.hash,
        auditor=ME.id,
        agencies=("education",),
        begun_at="2026-03-02T12:00:00+00:00",
        facts=FACTS,
        rev=1,
    )


def after(state: AuditState, *events: NewEvent | None) -> AuditState:
    for each in events:
        assert each is not None
        past = Event(9, "", each.actor, each.subject, each.kind, each.undoes, each.body)
        state = apply(state, past)
    return state


def scored(state: AuditState, **levels: int) -> AuditState:
    for criterion_id, level in levels.items():
        chosen = RUBRIC.criterion(criterion_id)
        state = after(state, score(state, chosen, level, ME.id, TODAY, reason="because"))
    return state


def all_scored(state: AuditState, level: int = 3) -> AuditState:
    return scored(state, views=level, distinct=level, smart=level, linked=level, health=level)


# ------------------------------------------------------------------- reasons


@pytest.mark.parametrize(
    ("criterion_id", "level", "asked"),
    [
        ("views", 1, False),
        ("views", 4, False),
        ("views", NOT_EVIDENCED, True),
        ("views", NOT_APPLICABLE, True),
        ("adulthood", 3, True),  # Year 3: the facts rule it out
        ("adulthood", NOT_EVIDENCED, True),
        ("adulthood", NOT_APPLICABLE, False),
        ("health", 3, False),
        ("health", NOT_APPLICABLE, True),
    ],
)
def test_a_reason_is_asked_for_where_the_auditor_goes_against_the_facts_or_could_not_look(
    draft: AuditState, criterion_id: str, level: int, asked: bool
) -> None:
    chosen = RUBRIC.criterion(criterion_id)
    assert needs_reason(draft, chosen, level, TODAY) is asked
    if asked:
        for reason in ("", "  \n"):
            with pytest.raises(NotAllowedError) as told:
                score(draft, chosen, level, ME.id, TODAY, reason=reason)
            assert told.value.next_step
    event = score(draft, chosen, level, ME.id, TODAY, reason=" seen " if asked else "")
    assert event.body["new"]["reason"] == ("seen" if asked else "")


def test_where_a_fact_is_unknown_the_question_applies_and_ruling_it_out_needs_a_reason(
    draft: AuditState,
) -> None:
    unknown = replace(draft, facts={})
    assert unknown.applies(HEALTH, TODAY) is None
    assert not needs_reason(unknown, HEALTH, 2, TODAY)
    assert needs_reason(unknown, HEALTH, NOT_APPLICABLE, TODAY)
    assert unknown.resolved_level(HEALTH, TODAY) is None


def test_only_judging_what_the_facts_rule_out_is_an_override(draft: AuditState) -> None:
    assert score(draft, ADULTHOOD, 3, ME.id, TODAY, reason="asked").body["new"]["overrides"]
    ruled_out = score(draft, ADULTHOOD, NOT_APPLICABLE, ME.id, TODAY)
    assert not ruled_out.body["new"]["overrides"]
    assert not score(draft, VIEWS, 3, ME.id, TODAY).body["new"]["overrides"]


@pytest.mark.parametrize("level", [-2, 5, 99])
def test_a_level_that_the_scale_does_not_have_is_refused(draft: AuditState, level: int) -> None:
    with pytest.raises(NotAllowedError, match=f"no level {level}"):
        score(draft, VIEWS, level, ME.id, TODAY, reason="x")


@pytest.mark.parametrize("act", [reopen, withdraw])
@pytest.mark.parametrize("reason", ["", " \t"])
def test_reopening_and_withdrawing_need_a_reason(
    draft: AuditState, act: Callable[..., NewEvent], reason: str
) -> None:
    state = replace(draft, status="signed") if act is reopen else draft
    with pytest.raises(NotAllowedError, match="A reason is needed"):
        act(state, ME.id, reason)


# ------------------------------------------------------------------- facts and applicability


def test_facts_rule_a_question_out_unless_the_auditor_overrides(draft: AuditState) -> None:
    assert draft.resolved_level(ADULTHOOD, TODAY) == NOT_APPLICABLE
    overridden = scored(draft, adulthood=2)
    assert overridden.resolved_level(ADULTHOOD, TODAY) == 2


def test_facts_changed_later_open_the_question_again_and_keep_the_old_score(
    draft: AuditState,
) -> None:
    before = scored(draft, health=3)
    out = after(before, change_facts(before, {"known_to_health": "no"}, ME.id))
    assert out.resolved_level(HEALTH, TODAY) == NOT_APPLICABLE
    assert out.scores["health"].level == 3
    back = after(out, change_facts(out, {"known_to_health": "yes"}, ME.id))
    assert back.resolved_level(HEALTH, TODAY) == 3
    older = after(draft, change_facts(draft, {"year_group": "10"}, ME.id))
    assert older.resolved_level(ADULTHOOD, TODAY) is None
    assert next_unscored(RUBRIC, older, TODAY, after="linked") == "adulthood"


def test_an_override_outlives_a_change_of_facts_and_back(draft: AuditState) -> None:
    state = scored(draft, adulthood=2)
    older = after(state, change_facts(state, {"year_group": "10"}, ME.id))
    assert older.resolved_level(ADULTHOOD, TODAY) == 2


def test_only_facts_that_differ_are_written_and_nothing_where_none_does(draft: AuditState) -> None:
    assert change_facts(draft, FACTS, ME.id) is None
    event = change_facts(draft, {**FACTS, "setting": "special", "area": "East"}, ME.id)
    assert event is not None
    assert event.body == {
        "old": {"setting": "mainstream", "area": None},
        "new": {"setting": "special", "area": "East"},
    }


def test_the_reference_of_an_audit_stays(draft: AuditState) -> None:
    with pytest.raises(NotAllowedError, match="The reference says which plan"):
        change_facts(draft, {"plan_ref": "NS-9999"}, ME.id)


# ------------------------------------------------------------------- evidence


def test_a_note_needs_a_text_or_a_place(draft: AuditState) -> None:
    with pytest.raises(NotAllowedError, match="empty"):
        write_note(draft, VIEWS, ME.id, text="  ", section=" ")
    assert write_note(draft, VIEWS, ME.id, text="", page="9").body["new"]["page"] == "9"


def test_a_note_is_changed_by_its_id_and_keeps_what_it_said_before(draft: AuditState) -> None:
    state = after(draft, write_note(draft, VIEWS, ME.id, text=" Mum says ", section="A"))
    (note,) = state.evidence
    assert (note.text, note.place) == ("Mum says", "A")
    changed = write_note(state, VIEWS, ME.id, text="Dad says", note_id=note.id)
    assert changed.body["old"]["text"] == "Mum says"
    state = after(state, changed)
    assert [each.text for each in state.evidence] == ["Dad says"]
    state = after(state, delete_note(state, state.evidence[0], ME.id))
    assert state.evidence == ()


def test_a_note_stays_with_its_question(draft: AuditState) -> None:
    state = after(draft, write_note(draft, VIEWS, ME.id, text="Mum says"))
    with pytest.raises(NotAllowedError, match="another question"):
        write_note(state, SMART, ME.id, text="Dad says", note_id=state.evidence[0].id)


def test_a_note_that_is_gone_is_not_deleted_twice(draft: AuditState) -> None:
    state = after(draft, write_note(draft, VIEWS, ME.id, text="Mum says"))
    (note,) = state.evidence
    state = after(state, delete_note(state, note, ME.id))
    with pytest.raises(NotAllowedError, match="not there any more"):
        delete_note(state, note, ME.id)


def test_text_is_bounded_and_kept_storable(draft: AuditState) -> None:
    write_note(draft, VIEWS, ME.id, text="x" * LONGEST_TEXT)
    with pytest.raises(NotAllowedError, match="10,001 characters"):
        write_note(draft, VIEWS, ME.id, text="x" * (LONGEST_TEXT + 1))
    with pytest.raises(NotAllowedError, match="41 characters"):
        write_note(draft, VIEWS, ME.id, text="", section="x" * 41)
    event = write_note(draft, VIEWS, ME.id, text="\ud800é")
    assert event.body["new"]["text"] == "\ufffdé"


def test_what_has_no_score_cannot_be_unscored(draft: AuditState) -> None:
    with pytest.raises(NotAllowedError, match="no score"):
        unscore(draft, VIEWS, ME.id)


# ------------------------------------------------------------------- whose, and when


ACTS: list[Callable[[AuditState, str], Any]] = [
    lambda state, who: score(state, VIEWS, 2, who, TODAY),
    lambda state, who: unscore(state, VIEWS, who),
    lambda state, who: write_note(state, VIEWS, who, text="x"),
    lambda state, who: delete_note(state, state.evidence[0], who),
    lambda state, who: change_facts(state, {"setting": "special"}, who),
    lambda state, who: withdraw(state, who, "begun by mistake"),
    lambda state, who: sign(RUBRIC, state, who, audit_date=TODAY, today=TODAY),
]
NAMES = ["score", "unscore", "write", "delete", "facts", "withdraw", "sign"]


@pytest.fixture
def ready(draft: AuditState) -> AuditState:
    state = all_scored(draft)
    return after(state, write_note(state, VIEWS, ME.id, text="Mum says"))


@pytest.mark.parametrize("act", ACTS, ids=NAMES)
def test_an_audit_is_changed_by_its_own_auditor_only(
    ready: AuditState, act: Callable[[AuditState, str], Any]
) -> None:
    assert act(ready, ME.id) is not None
    with pytest.raises(NotAllowedError, match="somebody else's"):
        act(ready, OTHER.id)


@pytest.mark.parametrize("act", ACTS, ids=NAMES)
@pytest.mark.parametrize(("status", "said"), [("signed", "signed off"), ("withdrawn", "withdrawn")])
def test_a_signed_or_withdrawn_audit_is_locked(
    ready: AuditState, act: Callable[[AuditState, str], Any], status: Any, said: str
) -> None:
    with pytest.raises(NotAllowedError, match=said):
        act(replace(ready, status=status), ME.id)


@pytest.mark.parametrize("status", ["draft", "withdrawn"])
def test_only_a_signed_audit_is_reopened(ready: AuditState, status: Any) -> None:
    with pytest.raises(NotAllowedError, match="signed off can be reopened"):
        reopen(replace(ready, status=status), ME.id, "why not")


# ------------------------------------------------------------------- sign-off


def test_sign_off_needs_every_applicable_question_decided(draft: AuditState) -> None:
    state = scored(draft, views=3, distinct=3, smart=NOT_EVIDENCED)
    assert [(gap.criterion, gap.lacks) for gap in gaps(RUBRIC, state, TODAY)] == [
        ("linked", "a score"),
        ("health", "a score"),
    ]
    with pytest.raises(NotAllowedError, match="2 questions without a score"):
        sign(RUBRIC, state, ME.id, audit_date=TODAY, today=TODAY)
    state = scored(state, linked=NOT_APPLICABLE)
    with pytest.raises(NotAllowedError, match="1 question without a score"):
        sign(RUBRIC, state, ME.id, audit_date=TODAY, today=TODAY)
    state = scored(state, health=1)
    assert gaps(RUBRIC, state, TODAY) == ()
    assert sign(RUBRIC, state, ME.id, audit_date=TODAY, today=TODAY).kind == "signed"


@pytest.mark.parametrize(("level", "asked"), [(1, True), (2, True), (3, False), (0, False)])
def test_sign_off_needs_evidence_at_the_levels_the_rubric_names(
    draft: AuditState, level: int, asked: bool
) -> None:
    state = scored(all_scored(draft), distinct=level)
    found = [(gap.criterion, gap.lacks) for gap in gaps(RUBRIC, state, TODAY)]
    assert found == ([("distinct", "evidence")] if asked else [])
    if asked:
        with pytest.raises(NotAllowedError, match="1 without the evidence"):
            sign(RUBRIC, state, ME.id, audit_date=TODAY, today=TODAY)
    state = after(state, write_note(state, DISTINCT, ME.id, text="", section="A", page="2"))
    assert gaps(RUBRIC, state, TODAY) == ()


@pytest.mark.parametrize(
    ("audit_date", "reason", "refused"),
    [
        (TODAY, "", None),
        (YESTERDAY, "scored on paper", None),
        (YESTERDAY, "", "not today"),
        (YESTERDAY, "  ", "not today"),
        (TODAY + timedelta(days=1), "scored on paper", "in the future"),
    ],
)
def test_the_audit_date_is_today_or_an_earlier_one_with_a_reason(
    ready: AuditState, audit_date: date, reason: str, refused: str | None
) -> None:
    def signing() -> NewEvent:
        return sign(RUBRIC, ready, ME.id, audit_date=audit_date, today=TODAY, date_reason=reason)

    if refused:
        with pytest.raises(NotAllowedError, match=refused):
            signing()
    else:
        body = signing().body
        assert (body["audit_date"], body["date_reason"]) == (audit_date.isoformat(), reason)


def test_sign_off_stores_every_level_the_grade_and_what_limited_it(draft: AuditState) -> None:
    state = scored(all_scored(draft, 4), views=1)
    signed_off = after(state, sign(RUBRIC, state, ME.id, audit_date=TODAY, today=TODAY)).sign_off
    assert signed_off is not None
    assert signed_off.levels == {
        "views": 1,
        "distinct": 4,
        "smart": 4,
        "linked": 4,
        "adulthood": NOT_APPLICABLE,
        "health": 4,
    }
    assert (signed_off.grade, signed_off.score) == ("fair", "3/4")
    assert signed_off.limits == ("Title of views is not met.",)
    assert signed_off.themes == {"voice": 1, "outcomes": 2}


def test_a_signed_audit_is_summed_up_as_it_was_signed(draft: AuditState) -> None:
    state = all_scored(draft)
    state = after(state, sign(RUBRIC, state, ME.id, audit_date=TODAY, today=TODAY))
    assert summarise(RUBRIC, state, TODAY).result.grade == "good"
    stricter = replace(RUBRIC, grades=RUBRIC.grades[1:])
    assert summarise(stricter, state, TODAY + timedelta(days=999)).result.grade == "good"
    assert summarise(RUBRIC, state, TODAY).gaps == ()


def test_where_nothing_can_be_graded_the_reason_is_stored(draft: AuditState) -> None:
    state = all_scored(draft, NOT_EVIDENCED)
    signed_off = after(state, sign(RUBRIC, state, ME.id, audit_date=TODAY, today=TODAY)).sign_off
    assert signed_off is not None
    assert (signed_off.grade, signed_off.score) == (None, None)
    assert signed_off.limits == ("Not graded: 0 of 5 scored.",)
    assert set(signed_off.themes.values()) == {NOT_EVIDENCED}


# ------------------------------------------------------------------- progress and summary


def test_progress_counts_what_applies_is_decided_and_must_be_fixed(draft: AuditState) -> None:
    state = scored(draft, views=1, distinct=NOT_EVIDENCED, smart=NOT_APPLICABLE)
    now = progress(RUBRIC, state, TODAY)
    assert (now.applicable, now.decided, now.must_fix) == (4, 2, 1)
    assert not hasattr(now, "grade")


def test_the_next_question_goes_round_and_ends_where_all_are_decided(draft: AuditState) -> None:
    assert next_unscored(RUBRIC, draft, TODAY) == "views"
    assert next_unscored(RUBRIC, draft, TODAY, after="linked") == "health"
    state = scored(draft, health=3)
    assert next_unscored(RUBRIC, state, TODAY, after="linked") == "views"
    only_views_left = scored(all_scored(draft), views=3)
    only_views_left = after(only_views_left, unscore(only_views_left, VIEWS, ME.id))
    assert next_unscored(RUBRIC, only_views_left, TODAY, after="views") == "views"
    assert next_unscored(RUBRIC, all_scored(draft), TODAY, after="views") is None


def test_the_summary_names_what_could_not_be_seen(draft: AuditState) -> None:
    summary = summarise(RUBRIC, scored(draft, linked=NOT_EVIDENCED, views=3), TODAY)
    assert summary.not_evidenced == ("linked",)
    assert [gap.criterion for gap in summary.gaps] == ["distinct", "smart", "health"]


# ------------------------------------------------------------------- beginning


def test_an_audit_does_not_begin_while_a_needed_fact_is_missing(store: Store) -> None:
    with pytest.raises(UsageError, match="Main need"):
        begun(store, primary_need=None, setting=None)
    assert store.every_event() == ()


def test_an_audit_may_begin_without_a_date_on_the_plan(store: Store) -> None:
    assert store.audit(begun(store, plan_date=None)).facts.get("plan_date") is None


def test_the_first_audit_brings_in_the_auditor_the_rubric_and_the_plan_the_next_only_itself(
    store: Store,
) -> None:
    begun(store)
    assert [event.kind for event in store.every_event()] == [
        "auditor_joined",
        "rubric_frozen",
        "plan_added",
        "audit_begun",
    ]
    begun(store)
    assert [event.kind for event in store.every_event()][4:] == ["audit_begun"]


def test_an_auditor_with_another_name_joins_again(store: Store) -> None:
    begun(store)
    begun(store, identity=replace(ME, name="Kay L"))
    assert [auditor.name for auditor in store.auditors()] == ["Kay L"]


def test_an_audit_that_follows_another_says_so(store: Store) -> None:
    first = signed(store)
    second = begun(store, follows=first)
    assert store.audit(second).follows == first
