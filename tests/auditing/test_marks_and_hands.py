"""Causes, exemplars, handing over, answers on the slip, decisions on identifiers, phrases."""

from typing import Any

import pytest
from tests.small_rubric import (
    FACTS,
    ME,
    OTHER,
    RUBRIC,
    TEXT,
    TODAY,
    begun,
    done,
    give,
    opened,
    signed,
)

from ehcp_audit.auditing import (
    AuditSession,
    answer_slip,
    asks_cause,
    begin_audit,
    give_cause,
    hand_over,
    keep_phrase,
    mark_exemplar,
    phrase_bank,
    repeated,
    review_identifiers,
    score,
    withdraw,
    write_note,
)
from ehcp_audit.auditing.phrases import too_often
from ehcp_audit.domain.errors import NotAllowedError
from ehcp_audit.store import Store

LINKED, VIEWS = RUBRIC.criterion("linked"), RUBRIC.criterion("views")


def noted(session: AuditSession, text: str, criterion_id: str = "views") -> None:
    on = RUBRIC.criterion(criterion_id)
    done(session, write_note(session.state, on, session.identity.id, text=text))


# ------------------------------------------------------------------ causes


def test_a_cause_is_asked_only_where_the_rubric_asks_and_the_score_is_weak(store: Store) -> None:
    session = opened(store)
    asked = []
    for level in (None, 0, 1, 2, 3, 4):
        if level is not None:
            give(session, "linked", level)
            give(session, "views", level)
        asked.append(asks_cause(RUBRIC, session.state, LINKED, TODAY))
        assert not asks_cause(RUBRIC, session.state, VIEWS, TODAY)
    assert asked == [False, False, True, True, False, False]


def test_a_cause_is_given_changed_taken_away_and_undone(store: Store) -> None:
    session = opened(store)
    give(session, "linked", 2)
    for cause in ("late", "vague", None):
        event = give_cause(RUBRIC, session.state, LINKED, cause, ME.id, on=TODAY)
        assert event is not None
        done(session, event)
        assert session.state.causes.get("linked") == cause
    assert session.confirm(session.undo()) is None
    assert session.state.causes == {"linked": "vague"}
    assert give_cause(RUBRIC, session.state, LINKED, "vague", ME.id, on=TODAY) is None


@pytest.mark.parametrize(
    ("criterion_id", "cause", "why"),
    [("views", "late", "No cause is asked"), ("linked", "sloth", "lists no cause “sloth”")],
)
def test_no_other_cause_is_taken(store: Store, criterion_id: str, cause: str, why: str) -> None:
    session = opened(store)
    give(session, criterion_id, 1)
    on = RUBRIC.criterion(criterion_id)
    with pytest.raises(NotAllowedError, match=why):
        give_cause(RUBRIC, session.state, on, cause, ME.id, on=TODAY)


# ------------------------------------------------------------------ exemplars


def test_evidence_is_marked_to_be_shared_and_without_any_there_is_nothing_to_mark(
    store: Store,
) -> None:
    session = opened(store)
    with pytest.raises(NotAllowedError, match="no evidence here"):
        mark_exemplar(session.state, VIEWS, ME.id, marked=True)
    noted(session, "The child’s own drawing opens Section A")
    event = mark_exemplar(session.state, VIEWS, ME.id, marked=True)
    assert event is not None
    done(session, event)
    assert session.state.exemplars == {"views"}
    assert mark_exemplar(session.state, VIEWS, ME.id, marked=True) is None
    assert session.confirm(session.undo()) is None
    assert session.state.exemplars == frozenset()


# ------------------------------------------------------------------ hands


def test_whoever_is_handed_the_audit_goes_on_and_both_names_stay(store: Store) -> None:
    session = opened(store)
    give(session, "views", 3)
    done(session, hand_over(session.state, OTHER.id, ME.id, reason="long leave"))
    assert session.state.auditors == (ME.id, OTHER.id)
    with pytest.raises(NotAllowedError, match="somebody else's"):
        score(session.state, VIEWS, 2, ME.id, TODAY)
    theirs = AuditSession(store, session.audit_id, OTHER)
    give(theirs, "smart", 2)
    (row,) = store.audits()
    assert (row.auditor_id, row.auditors) == (OTHER.id, ("KL", OTHER.id))
    assert store.faults() == []


def test_anybody_hands_over_what_somebody_who_left_had_begun_with_a_reason(store: Store) -> None:
    session = AuditSession(store, begun(store), OTHER)
    with pytest.raises(NotAllowedError, match="A reason is needed"):
        hand_over(session.state, OTHER.id, OTHER.id, reason=" ")
    done(session, hand_over(session.state, OTHER.id, OTHER.id, reason="KL left the team"))
    give(session, "views", 3)
    assert session.state.auditor == OTHER.id


def test_only_drafts_are_handed_over_and_not_to_whom_has_them(store: Store) -> None:
    state = store.audit(signed(store))
    with pytest.raises(NotAllowedError, match="signed off"):
        hand_over(state, OTHER.id, ME.id, reason="leave")
    session = opened(store, plan_ref="NS-0148")
    with pytest.raises(NotAllowedError, match="in their hands already"):
        hand_over(session.state, ME.id, ME.id, reason="leave")
    done(session, withdraw(session.state, ME.id, "by mistake"))
    with pytest.raises(NotAllowedError, match="withdrawn"):
        hand_over(session.state, OTHER.id, ME.id, reason="leave")


def test_undo_takes_back_nobody_s_acts_but_one_s_own_and_none_from_before_a_hand_over(
    store: Store,
) -> None:
    session = opened(store)
    give(session, "views", 3)
    done(session, hand_over(session.state, OTHER.id, ME.id, reason="leave"))
    theirs = AuditSession(store, session.audit_id, OTHER)
    with pytest.raises(NotAllowedError, match="since the audit was handed over"):
        theirs.undo()
    give(theirs, "views", 4)
    done(theirs, hand_over(theirs.state, ME.id, OTHER.id, reason="back"))
    session = AuditSession(store, session.audit_id, ME)
    with pytest.raises(NotAllowedError, match="since the audit was handed over"):
        session.undo()
    assert session.state.scores["views"].level == 4
    assert session.state.auditors == (ME.id, OTHER.id, ME.id)


# ------------------------------------------------------------------ re-audits


def test_a_re_audit_begins_with_what_it_offers_unchanged(store: Store) -> None:
    first = signed(store)
    again = begun(store, follows=first)
    assert store.audit(again).scores == {}

    carrying = begin_audit(
        store, RUBRIC, TEXT, FACTS, OTHER, today=TODAY,
        follows=first, changed_sections=["F", "B"], carried={"views": 3},
    )  # fmt: skip
    state = store.audit(carrying)
    assert state.changed_sections == ("F", "B")
    assert state.carried == {"views": 3}
    assert state.scores == {}  # offered, and undecided until it is kept or judged anew
    assert store.faults() == []


# ------------------------------------------------------------------ the slip


def test_an_answer_on_the_slip_is_kept_on_a_signed_audit_typed_in_by_anyone(store: Store) -> None:
    session = AuditSession(store, signed(store), OTHER)
    for text, disputed in [("We agree", False), ("Not fair", True)]:
        event = answer_slip(
            session.state, "health", OTHER.id, text=text, on=TODAY, disputed=disputed
        )
        done(session, event)
    kept = store.audit(session.audit_id)
    assert kept.status == "signed"
    answer = kept.answers["health"]
    assert (answer.text, answer.disputed, answer.on, answer.by) == (
        "Not fair",
        True,
        TODAY,
        OTHER.id,
    )
    done(session, answer_slip(session.state, "health", ME.id, text="", on=TODAY))
    assert session.state.answers == {}


@pytest.mark.parametrize(
    ("given", "why"),
    [
        ({"party": "parents", "text": "x"}, "does not answer on a slip"),
        ({"party": "writer", "text": ""}, "is empty"),
        ({"party": "writer", "text": " ", "disputed": True}, "What do they dispute"),
    ],
)
def test_what_is_no_answer_is_refused(store: Store, given: dict[str, Any], why: str) -> None:
    session = opened(store)
    with pytest.raises(NotAllowedError, match=why):
        answer_slip(session.state, given.pop("party"), ME.id, on=TODAY, **given)


def test_a_decision_on_identifiers_is_logged_without_the_words(store: Store) -> None:
    session = opened(store)
    event = review_identifiers(session.state, "note", ["postcode", "name"], "kept", ME.id)
    done(session, event)
    assert store.audit_events(session.audit_id)[-1].body == {
        "field": "note",
        "kinds": ["name", "postcode"],
        "decision": "kept",
    }


# ------------------------------------------------------------------ phrases


def test_the_bank_offers_own_phrases_then_the_team_s_then_what_one_writes_often(
    store: Store,
) -> None:
    for number in range(3):
        session = opened(store, plan_ref=f"NS-{number}000")
        noted(session, "Views are the parents’ only.")
        noted(session, "Quoted word for word")
    for actor, text, shared in [
        (ME, "Quoted word for word", False),
        (OTHER, "Say whose view it is", True),
        (OTHER, "For me alone", False),
    ]:
        store.write([keep_phrase(RUBRIC, VIEWS, actor.id, text=text, shared=shared)])
    bank = phrase_bank(store, RUBRIC, VIEWS, ME.id)
    assert [(each.text, each.uses, bool(each.id)) for each in bank] == [
        ("Quoted word for word", 3, True),
        ("Say whose view it is", 0, True),
        ("Views are the parents’ only.", 3, False),
    ]
    assert [each.text for each in phrase_bank(store, RUBRIC, LINKED, ME.id)] == []
    assert store.faults() == []


def test_a_phrase_is_changed_and_forgotten_by_whose_it_is(store: Store) -> None:
    store.write([keep_phrase(RUBRIC, VIEWS, ME.id, text="One", shared=True)])
    (kept,) = store.phrases(RUBRIC.id, VIEWS.id)
    with pytest.raises(NotAllowedError, match="somebody else's"):
        keep_phrase(RUBRIC, VIEWS, OTHER.id, text="Two", shared=True, phrase=kept)
    store.write([keep_phrase(RUBRIC, VIEWS, ME.id, text="Two", shared=False, phrase=kept)])
    (kept,) = store.phrases(RUBRIC.id, VIEWS.id)
    assert (kept.text, kept.shared) == ("Two", False)
    store.write([keep_phrase(RUBRIC, VIEWS, ME.id, text="", shared=False, phrase=kept)])
    assert store.phrases(RUBRIC.id, VIEWS.id) == ()


@pytest.mark.parametrize(
    ("plans_with", "plans", "told"),
    [(1, 1, False), (2, 2, False), (1, 3, False), (2, 3, True), (2, 5, True), (2, 6, False),
     (3, 9, False), (4, 9, True), (100, 300, False), (101, 300, True)],
)  # fmt: skip
def test_more_than_a_third_of_the_plans_is_too_often(
    plans_with: int, plans: int, told: bool
) -> None:
    assert too_often(plans_with, plans) is told


def test_a_phrase_that_fits_every_plan_is_pointed_out_to_its_auditor(store: Store) -> None:
    for number in range(4):
        session = opened(store, plan_ref=f"NS-{number}000")
        noted(session, ["See  Section F.", "see section f", "Outcome 3", "Outcome 4"][number])
    found = repeated(store, ME.id, "See section F!")
    assert found is not None
    assert found.sentence.startswith("This phrase is on 2 of your 4 plans.")
    assert repeated(store, ME.id, "Outcome 3") is None
    assert repeated(store, OTHER.id, "See section F") is None
    assert repeated(store, ME.id, "") is None


def test_a_phrase_counts_for_who_wrote_it_whoever_has_the_audit_now(store: Store) -> None:
    sessions = [opened(store, plan_ref=f"NS-{number}000") for number in range(4)]
    for number, session in enumerate(sessions):
        noted(session, "See section F" if number < 2 else f"Outcome {number}")
        if number:
            done(session, hand_over(session.state, OTHER.id, ME.id, reason="long leave"))
    mine = repeated(store, ME.id, "See section F")
    assert mine is not None
    assert (mine.plans_with, mine.plans) == (2, 4)
    assert repeated(store, OTHER.id, "See section F") is None
    assert store.used_texts(OTHER.id, RUBRIC.id, VIEWS.id) == ()
    theirs = AuditSession(store, sessions[-1].audit_id, OTHER)
    note = theirs.state.evidence[0]
    done(theirs, write_note(theirs.state, VIEWS, OTHER.id, text="See section F", note_id=note.id))
    assert repeated(store, OTHER.id, "See section F") is None, "on one of three plans"
    mine = repeated(store, ME.id, "See section F")
    assert mine is not None
    assert mine.plans == 3, "what somebody else wrote anew is mine no longer"
