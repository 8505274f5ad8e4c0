"""A draft moves to another version on request, only where nothing that it holds is lost."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.rubric_versions.changed_rubrics import (
    ASKED_OTHERWISE,
    PANEL,
    RESCALED,
    RETIRED,
    REWEIGHTED,
    REWORDED,
    SOUTH,
    criteria_with,
    frozen,
    later,
    scale_with,
)
from tests.small_rubric import (
    CRITERIA,
    ME,
    OTHER,
    RUBRIC,
    TODAY,
    at_noon,
    begun,
    done,
    give,
    opened,
    rubric_of,
    signed,
)

from ehcp_audit.auditing import AuditSession, score, unscore, withdraw, write_note
from ehcp_audit.domain.conditions import Comparison
from ehcp_audit.domain.errors import NotAllowedError, SaveConflictError
from ehcp_audit.domain.rubric import NOT_APPLICABLE, Rubric
from ehcp_audit.rubric_versions import can_move, move
from ehcp_audit.store import Store, Work, Written

NINE = Comparison("year_group", "at_least", ("9",))


@pytest.fixture
def session(store: Store) -> AuditSession:
    """A draft of mine with two scores and a note."""
    session = opened(store)
    give(session, "views", 2)
    give(session, "smart", 3)
    note = write_note(session.state, CRITERIA[1], ME.id, text="Mum says", section="A", page="2")
    done(session, note)
    return session


def moved(store: Store, session: AuditSession, rubric: Rubric) -> None:
    move(store, session.audit_id, frozen(store, rubric), ME, today=TODAY)


# ------------------------------------------------------------ what is kept


@pytest.mark.parametrize("rubric", [REWORDED, REWEIGHTED, RETIRED], ids=["words", "weight", "gone"])
def test_a_move_keeps_scores_evidence_and_facts(
    store: Store, session: AuditSession, rubric: Rubric
) -> None:
    before = session.state
    moved(store, session, rubric)
    after = store.audit(session.audit_id)
    assert after == replace(before, rubric_hash=rubric.hash, rev=before.rev + 1)
    assert store.faults() == []


def test_a_move_is_one_event_that_names_both_versions(store: Store, session: AuditSession) -> None:
    frozen(store, REWEIGHTED)
    before = len(store.every_event())
    event = move(store, session.audit_id, REWEIGHTED, ME, today=TODAY)
    assert store.every_event()[before:] == (event,)
    assert (event.kind, event.body) == (
        "rubric_changed",
        {"old": RUBRIC.hash, "new": REWEIGHTED.hash},
    )


def test_a_moved_audit_is_finished_and_counted_under_its_new_version(
    store: Store, session: AuditSession
) -> None:
    rubric = rubric_of(*CRITERIA[:3], version="1.1")
    moved(store, session, rubric)
    session.reload()
    assert session.rubric == rubric
    give(session, "distinct", 4)
    give(session, "views", 4)
    assert store.audit(session.audit_id).scores["views"].level == 4
    assert store.faults() == []


def test_an_audit_moved_by_mistake_moves_back(store: Store, session: AuditSession) -> None:
    before = session.state
    moved(store, session, REWEIGHTED)
    move(store, session.audit_id, RUBRIC, ME, today=TODAY)
    assert store.audit(session.audit_id) == replace(before, rev=before.rev + 2)


# ------------------------------------------------------------ what refuses it


@pytest.mark.parametrize(
    ("rubric", "why"),
    [
        (ASKED_OTHERWISE, "“Title of views” is scored, and means something else in version 1.1."),
        (
            later(*criteria_with("views", levels=("none", "few", "most", "all"))),
            "“Title of views” is scored, and means something else in version 1.1.",
        ),
        (RESCALED, "“Title of views” is scored, and means something else in version 1.1."),
        (later(*CRITERIA[1:]), "“Title of views” is scored, and version 1.1 does not have it."),
        (
            later(CRITERIA[0], *CRITERIA[2:]),
            "“Title of distinct” has evidence, and version 1.1 does not have it.",
        ),
        (
            later(*criteria_with("views", applies_when=NINE)),
            "“Title of views” is scored, and version 1.1 does not ask it here.",
        ),
        (rubric_of(*CRITERIA, id="other"), "is another rubric"),
        (RUBRIC, "The audit is on version 1.0 already."),
    ],
    ids=["question", "texts", "points", "gone", "evidence", "condition", "another", "same"],
)
def test_a_move_that_would_lose_something_is_refused_and_says_what(
    store: Store, session: AuditSession, rubric: Rubric, why: str
) -> None:
    before = session.state
    frozen(store, rubric)
    assert why in can_move(before, RUBRIC, rubric, on=TODAY)[0]
    events = store.every_event()
    with pytest.raises(NotAllowedError) as refused:
        move(store, session.audit_id, rubric, ME, today=TODAY)
    assert why in refused.value.what
    assert "stays on version 1.0" in refused.value.next_step
    assert store.audit(session.audit_id) == before
    assert store.every_event() == events


def test_not_applicable_without_a_reason_stays_where_the_facts_ruled_it_out(store: Store) -> None:
    session = opened(store)
    event = score(session.state, CRITERIA[4], NOT_APPLICABLE, ME.id, TODAY)
    done(session, event)
    asked_always = later(*criteria_with("adulthood", applies_when=None))
    (why,) = can_move(session.state, RUBRIC, asked_always, on=TODAY)
    assert why == "“Title of adulthood” is not applicable without a reason, and 1.1 asks it here."


def test_a_score_that_counts_against_the_facts_counts_on_after_the_move(store: Store) -> None:
    session = opened(store)
    give(session, "adulthood", 3, reason="The plan speaks of it")
    assert can_move(session.state, RUBRIC, REWEIGHTED, on=TODAY) == ()


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ((), "“Panel” is answered, and version 1.1 does not ask it."),
        (
            (replace(PANEL[0], choices=(SOUTH,)),),
            "“Panel” is answered as version 1.1 does not allow.",
        ),
    ],
    ids=["gone", "other choices"],
)
def test_an_answer_to_a_fact_of_the_rubric_s_own_is_not_lost(
    store: Store, facts: tuple, why: str
) -> None:
    old = rubric_of(*CRITERIA, facts=PANEL)
    state = store.audit(begun(store, rubric=old, panel="a"))
    assert can_move(state, old, later(facts=facts), on=TODAY) == (why,)
    assert can_move(state, old, later(facts=PANEL), on=TODAY) == ()
    unanswered = replace(state, facts={**state.facts, "panel": None})
    assert can_move(unanswered, old, later(facts=facts), on=TODAY) == ()


def test_each_thing_that_would_be_lost_is_named_and_after_five_they_are_counted(
    store: Store,
) -> None:
    session = opened(store)
    for each in CRITERIA:
        give(session, each.id, 3, reason="seen")
    rescaled = frozen(store, later(scale=scale_with(2, points=Fraction(1, 2))))
    assert len(can_move(session.state, RUBRIC, rescaled, on=TODAY)) == 6
    with pytest.raises(NotAllowedError, match="And 1 more"):
        move(store, session.audit_id, rescaled, ME, today=TODAY)


def test_only_the_auditor_moves_a_draft(store: Store, session: AuditSession) -> None:
    frozen(store, REWEIGHTED)
    with pytest.raises(NotAllowedError, match="somebody else's"):
        move(store, session.audit_id, REWEIGHTED, OTHER, today=TODAY)


def test_a_signed_or_withdrawn_audit_stays_on_its_version(store: Store) -> None:
    frozen(store, REWEIGHTED)
    audit_id = signed(store)
    with pytest.raises(NotAllowedError, match="signed off"):
        move(store, audit_id, REWEIGHTED, ME, today=TODAY)
    session = opened(store, plan_ref="NS-0200")
    done(session, withdraw(session.state, ME.id, "by mistake"))
    with pytest.raises(NotAllowedError, match="withdrawn"):
        move(store, session.audit_id, REWEIGHTED, ME, today=TODAY)


def test_no_audit_moves_to_a_version_that_is_not_frozen(
    store: Store, session: AuditSession
) -> None:
    with pytest.raises(NotAllowedError, match="not published yet"):
        move(store, session.audit_id, REWEIGHTED, ME, today=TODAY)


def test_a_note_that_is_being_typed_is_finished_before_a_move(
    store: Store, session: AuditSession
) -> None:
    frozen(store, REWEIGHTED)
    session.save_draft("note views", "half a sen").result()
    with pytest.raises(NotAllowedError, match="still being typed"):
        move(store, session.audit_id, REWEIGHTED, ME, today=TODAY)
    session.save_draft("note views", None).result()
    move(store, session.audit_id, REWEIGHTED, ME, today=TODAY)


def test_a_screen_that_had_the_audit_open_is_told_and_shown_the_new_version(
    store: Store, session: AuditSession
) -> None:
    moved(store, session, REWEIGHTED)
    pending = session.submit(unscore(session.state, CRITERIA[0], ME.id))
    assert isinstance(session.confirm(pending), SaveConflictError)
    assert session.rubric == REWEIGHTED
    assert session.state == store.audit(session.audit_id)


# ------------------------------------------------------------ undo


def test_undo_begins_anew_after_a_move_and_says_why(store: Store, session: AuditSession) -> None:
    moved(store, session, REWEIGHTED)
    session.reload()
    with pytest.raises(NotAllowedError, match="since the audit moved"):
        session.undo()
    with pytest.raises(NotAllowedError, match="nothing to redo"):
        session.redo()
    assert set(session.state.scores) == {"views", "smart"}


def test_what_was_undone_before_a_move_cannot_come_back_on_a_question_that_is_gone(
    store: Store, session: AuditSession
) -> None:
    give(session, "linked", 1)
    assert session.confirm(session.undo()) is None
    moved(store, session, RETIRED)
    session.reload()
    with pytest.raises(NotAllowedError, match="nothing to redo"):
        session.redo()


def test_what_is_done_after_a_move_is_undone_as_ever(store: Store, session: AuditSession) -> None:
    moved(store, session, REWEIGHTED)
    session.reload()
    give(session, "views", 4)
    assert session.confirm(session.undo()) is None
    assert session.state.scores["views"].level == 2
    assert session.confirm(session.redo()) is None
    assert session.state.scores["views"].level == 4


# ------------------------------------------------------------ the record

VERSIONS = tuple(
    rubric_of(*each.criteria, version=f"{number}.0")
    for number, each in enumerate((RUBRIC, REWEIGHTED, RETIRED, ASKED_OTHERWISE), start=2)
)
STEPS = st.one_of(
    st.tuples(st.just("score"), st.sampled_from(CRITERIA), st.integers(1, 4)),
    st.tuples(st.just("note"), st.sampled_from(CRITERIA), st.just(0)),
    st.tuples(st.just("undo"), st.none(), st.just(0)),
    st.tuples(st.just("move"), st.none(), st.integers(0, 3)),
)


@pytest.fixture(scope="module")
def several_versions() -> Iterator[Store]:
    with (
        tempfile.TemporaryDirectory() as folder,
        Store.create(Path(folder) / "audits.db", clock=at_noon) as store,
    ):
        yield store


@settings(max_examples=25, deadline=None)
@given(st.lists(STEPS, max_size=12))
def test_however_audits_are_scored_and_moved_the_log_adds_up_to_the_tables(
    several_versions: Store, steps: list
) -> None:
    store = several_versions
    rubrics = [frozen(store, each) for each in VERSIONS]
    session = opened(store)
    for step, criterion, number in steps:
        held = set(session.state.scores), session.state.evidence
        if step == "move":
            try:
                move(store, session.audit_id, rubrics[number], ME, today=TODAY)
            except NotAllowedError:
                assert session.state == store.audit(session.audit_id)
            session.reload()
            assert held == (set(session.state.scores), session.state.evidence)
        elif step == "undo":
            if undone := session.undo_stack.undo(ME.id):
                done(session, undone)
        elif session.rubric.has_criterion(criterion.id):
            if step == "score":
                give(session, criterion.id, number, reason="seen")
            else:
                done(session, write_note(session.state, criterion, ME.id, text="seen"))
    assert session.state == store.audit(session.audit_id)
    assert store.faults() == []


def test_after_a_move_the_tables_point_to_the_new_version_alone(
    store: Store, session: AuditSession
) -> None:
    moved(store, session, REWEIGHTED)
    with closing(sqlite3.connect(store.path)) as connection:
        for table in ("score", "evidence"):
            sql = f"SELECT c.rubric FROM {table} JOIN criterion c ON c.key = criterion"
            assert {row[0] for row in connection.execute(sql)} == {REWEIGHTED.hash}
    (row,) = store.audits()
    assert row.rubric_hash == REWEIGHTED.hash


def test_a_score_given_elsewhere_during_a_move_refuses_it(
    store: Store, session: AuditSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Otherwise a score of a question that the new version does not have could slip in."""
    frozen(store, RETIRED)
    write = store.do

    def do(work: Work) -> Written:
        monkeypatch.setattr(store, "do", write)
        give(session, "linked", 2)
        return write(work)

    monkeypatch.setattr(store, "do", do)
    with pytest.raises(SaveConflictError):
        move(store, session.audit_id, RETIRED, ME, today=TODAY)
    assert store.audit(session.audit_id).rubric_hash == RUBRIC.hash
