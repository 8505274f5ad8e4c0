"""A re-audit asks again what was weak, limiting or changed, and offers the rest unchanged."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.small_rubric import CRITERIA, FACTS, ME, OTHER, TEXT, TODAY, give, rubric_of

from ehcp_audit.auditing import AuditSession, begin_audit, gaps, sign, write_note
from ehcp_audit.auditing.re_audit import (
    begin_re_audit,
    carried_criteria,
    carried_over,
    earlier_of,
    follow_ups,
    keep,
    keep_all,
    read_sections,
    same_person,
    still_offered,
)
from ehcp_audit.domain.audit import AuditState, Score, SignOff
from ehcp_audit.domain.errors import NotAllowedError, UsageError
from ehcp_audit.store import Store

SECTIONS = {"views": ("A",), "distinct": ("A",), "smart": ("E",), "linked": ("F", "H1")}
RUBRIC = rubric_of(
    *(replace(each, sections=SECTIONS.get(each.id, ())) for each in CRITERIA), version="2.0"
)
FOUND = {"views": 3, "distinct": 4, "smart": 3, "linked": 3, "health": 4}


def first_audit(store: Store, *, found: dict[str, int] = FOUND, **facts: Any) -> AuditState:
    """Return a signed audit by ME with those levels, and a note on “distinct”."""
    known = {**FACTS, **facts}
    session = AuditSession(store, begin_audit(store, RUBRIC, TEXT, known, ME, today=TODAY), ME)
    for criterion_id, level in found.items():
        give(session, criterion_id, level)
    for criterion in RUBRIC.criteria:
        note = write_note(session.state, criterion, ME.id, text=f"On {criterion.id}", section="A")
        session.confirm(session.submit(note))
    session.confirm(
        session.submit(sign(RUBRIC, session.state, ME.id, audit_date=TODAY, today=TODAY))
    )
    return session.state


def again(store: Store, first: AuditState, *, changed: tuple[str, ...] = ()) -> AuditSession:
    """Begin a re-audit by OTHER and open it."""
    audit_id = begin_re_audit(
        store, RUBRIC, TEXT, first.facts, OTHER, today=TODAY, follows=first.id, changed=changed
    )
    return AuditSession(store, audit_id, OTHER)


def offered(first: AuditState, changed: tuple[str, ...] = ()) -> set[str]:
    return set(carried_over(first, RUBRIC, RUBRIC, changed))


# ------------------------------------------------------------------ what is asked again


def test_what_met_and_is_not_limiting_is_offered_unchanged(store: Store) -> None:
    assert offered(first_audit(store)) == {"distinct", "linked", "health"}


@pytest.mark.parametrize("level", [0, 1, 2])
def test_what_was_below_meeting_or_not_seen_is_asked_again(store: Store, level: int) -> None:
    first = first_audit(store, found={**FOUND, "distinct": level})
    assert offered(first) == {"linked", "health"}


def test_what_did_not_apply_is_asked_again_should_it_arise(store: Store) -> None:
    assert "health" not in offered(first_audit(store, known_to_health="no", found={
        key: level for key, level in FOUND.items() if key != "health"
    }))  # fmt: skip


def test_what_is_about_a_changed_section_is_asked_again(store: Store) -> None:
    first = first_audit(store)
    assert offered(first, ("A",)) == {"linked"}
    assert offered(first, ("H1",)) == {"distinct"}
    assert offered(first, ("B",)) == {"distinct", "linked"}


def test_once_anything_changed_how_it_was_made_is_asked_again(store: Store) -> None:
    """“health” is about no section here: the plan was made again, so that question stands anew."""
    first = first_audit(store)
    assert "health" in offered(first)
    assert "health" not in offered(first, ("K",))


def test_another_question_in_a_later_version_is_asked_again(store: Store) -> None:
    first = first_audit(store)
    criteria = [
        replace(each, question="Otherwise?") if each.id == "linked" else each
        for each in RUBRIC.criteria
    ]
    later = rubric_of(*criteria, version="3.0")
    assert set(carried_over(first, RUBRIC, later, ())) == {"distinct", "health"}
    other = replace(later, id="another")
    assert carried_over(first, RUBRIC, other, ()) == {}


def test_of_an_audit_that_is_not_signed_off_nothing_is_offered(store: Store) -> None:
    draft = replace(first_audit(store), sign_off=None, status="draft")
    assert offered(draft) == set()


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ()), ("none", ()), ("b f", ("B", "F")), ("BF", ("B", "F")), ("f, b; f", ("B", "F")),
        ("h", ("H1", "H2")), ("H2", ("H2",)), ("A and", None), ("z", None), ("all", 12),
    ],
)  # fmt: skip
def test_sections_are_read_as_people_type_them(typed: str, read: Any) -> None:
    if read is None:
        with pytest.raises(UsageError, match="is not a section"):
            read_sections(typed)
    elif isinstance(read, int):
        assert len(read_sections(typed)) == read
    else:
        assert read_sections(typed) == read


# ------------------------------------------------------------------ beginning and keeping


def test_a_re_audit_opens_with_the_earlier_facts_and_its_own_reason(store: Store) -> None:
    first = first_audit(store)
    state = again(store, first, changed=("F",)).state
    assert state.follows == first.id
    found = {"audit_reason": "re_audit", "prior_audit": first.id}
    assert state.facts == {**first.facts, **found}
    assert state.changed_sections == ("F",)


def test_what_is_offered_must_be_decided_before_sign_off(store: Store) -> None:
    session = again(store, first_audit(store))
    missing = {gap.criterion for gap in gaps(RUBRIC, session.state, TODAY)}
    assert missing == {"views", "distinct", "smart", "linked", "health"}
    assert [c.id for c in still_offered(RUBRIC, session.state, TODAY)] == [
        "distinct", "linked", "health",
    ]  # fmt: skip


def test_one_key_keeps_them_all_with_their_evidence_marked_as_kept(store: Store) -> None:
    first = first_audit(store)
    session = again(store, first)
    for event in keep_all(RUBRIC, session.state, first, OTHER.id, TODAY):
        assert session.confirm(session.submit(event)) is None
    state = store.audit(session.audit_id)
    assert [c.id for c in carried_criteria(RUBRIC, state)] == ["distinct", "linked", "health"]
    assert state.scores["distinct"] == Score(
        4, "Unchanged since the audit of 2 Mar 2026", carried=True
    )
    assert [(note.text, note.place) for note in state.notes_on("distinct")] == [
        ("On distinct", "A")
    ]
    assert not still_offered(RUBRIC, state, TODAY)
    assert keep_all(RUBRIC, state, first, OTHER.id, TODAY) == ()
    assert store.faults() == []


def test_each_can_be_kept_alone_and_judged_anew_instead(store: Store) -> None:
    first = first_audit(store)
    session = again(store, first)
    for event in keep(session.state, RUBRIC.criterion("linked"), first, OTHER.id):
        session.confirm(session.submit(event))
    give(session, "distinct", 4)
    assert [c.id for c in carried_criteria(RUBRIC, session.state)] == ["linked"]
    assert [c.id for c in still_offered(RUBRIC, session.state, TODAY)] == ["health"]


def test_what_is_asked_again_or_decided_cannot_be_kept(store: Store) -> None:
    first = first_audit(store)
    session = again(store, first)
    with pytest.raises(NotAllowedError, match="is asked again"):
        keep(session.state, RUBRIC.criterion("views"), first, OTHER.id)
    give(session, "linked", 2)
    with pytest.raises(NotAllowedError, match="decided already"):
        keep(session.state, RUBRIC.criterion("linked"), first, OTHER.id)
    with pytest.raises(NotAllowedError, match="somebody else's"):
        keep(session.state, RUBRIC.criterion("distinct"), first, ME.id)


def test_keeping_is_undone_like_any_score(store: Store) -> None:
    first = first_audit(store)
    session = again(store, first)
    for event in keep(session.state, RUBRIC.criterion("linked"), first, OTHER.id):
        session.confirm(session.submit(event))
    session.confirm(session.undo())
    assert "linked" not in session.state.scores
    session.confirm(session.redo())
    assert session.state.scores["linked"].carried


def test_the_same_person_is_known_even_where_the_first_audit_changed_hands(store: Store) -> None:
    first = first_audit(store)
    assert same_person(first, ME.id)
    assert not same_person(first, OTHER.id)
    assert same_person(replace(first, auditors=(OTHER.id, ME.id)), OTHER.id)


def test_the_audit_before_is_found_where_it_is_here_and_signed(store: Store) -> None:
    first = first_audit(store)
    state = again(store, first).state
    found = earlier_of(store, state)
    assert found is not None
    assert (found[0].id, found[1]) == (first.id, RUBRIC)
    assert earlier_of(store, replace(state, follows="f" * 16)) is None
    assert earlier_of(store, replace(state, follows=state.id)) is None
    assert earlier_of(store, first) is None


# ------------------------------------------------------------------ was it done


def audited(**levels: int) -> AuditState:
    signed = SignOff(levels, "fair", (), date(2026, 3, 2), "1/2", {})
    return AuditState("a", "p", "NS-1", RUBRIC.hash, "kl", (), "", status="signed", sign_off=signed)


def outcomes(before: dict[str, int], after: AuditState) -> dict[str, str]:
    ups = follow_ups(audited(**before), RUBRIC, after, RUBRIC, TODAY)
    return {each.criterion.id: each.outcome for each in ups}


def test_each_point_is_done_partly_done_or_not() -> None:
    before = {"views": 1, "distinct": 1, "smart": 1, "linked": 2, "health": 2, "adulthood": 3}
    after = audited(views=3, distinct=2, smart=1, linked=2, health=1, adulthood=1)
    assert outcomes(before, after) == {
        "views": "done", "distinct": "partly", "smart": "not", "linked": "not", "health": "not",
    }  # fmt: skip


def test_a_point_may_be_unseen_gone_or_undecided() -> None:
    before = {"views": 1, "distinct": 1, "smart": 1}
    draft = replace(
        audited(), status="draft", sign_off=None, facts=FACTS,
        scores={"views": Score(0, "no papers"), "distinct": Score(-1, "moved")},
    )  # fmt: skip
    assert outcomes(before, draft) == {"views": "unseen", "distinct": "gone", "smart": "open"}


def test_a_measured_criterion_is_no_point() -> None:
    measured = [replace(each, measured=True, weight=0, limiting=False) for each in RUBRIC.criteria]
    rubric = rubric_of(*measured, version="4.0", limits=())
    assert follow_ups(audited(views=1), rubric, audited(views=1), rubric, TODAY) == ()
