"""The open audit: what is shown is what is stored, plus what is on its way there."""

from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from tests.small_rubric import CRITERIA, ME, OTHER, RUBRIC, TODAY, begun, done, give, opened

from ehcp_audit.auditing import (
    AuditSession,
    change_facts,
    delete_note,
    reopen,
    score,
    sign,
    withdraw,
    write_note,
)
from ehcp_audit.domain.errors import NotAllowedError, SaveConflictError, UsageError
from ehcp_audit.store import Store, Work, writer
from ehcp_audit.store.writer import Written

VIEWS, DISTINCT, SMART, *_ = CRITERIA


def scoring(session: AuditSession, level: int) -> Any:
    return score(session.state, VIEWS, level, ME.id, TODAY)


@pytest.fixture
def session(store: Store) -> AuditSession:
    return opened(store)


def test_an_unknown_audit_is_named(store: Store) -> None:
    with pytest.raises(UsageError, match="There is no audit xyz"):
        AuditSession(store, "xyz", ME)


def test_an_act_shows_at_once_and_is_saved_when_its_commit_returned(
    session: AuditSession, store: Store
) -> None:
    pending = session.submit(scoring(session, 2))
    assert session.state.scores["views"].level == 2
    saved_before = session.saved
    assert session.confirm(pending) is None
    assert (saved_before, session.saved) == (False, True)
    assert session.state == store.audit(session.audit_id)


def test_acts_may_be_handed_over_before_earlier_ones_are_saved(
    session: AuditSession, store: Store
) -> None:
    waiting = [session.submit(scoring(session, level)) for level in (1, 2, 3, 4)]
    assert [session.confirm(each) for each in waiting] == [None] * 4
    assert session.state == store.audit(session.audit_id)
    assert [event.undoes for event in session.undo_stack.undoable] == [None] * 4


def test_a_change_made_elsewhere_refuses_mine_and_shows_theirs(
    session: AuditSession, store: Store
) -> None:
    elsewhere = AuditSession(store, session.audit_id, ME)
    give(elsewhere, "views", 4)
    first, second = session.submit(scoring(session, 1)), session.submit(scoring(session, 2))
    assert isinstance(session.confirm(first), SaveConflictError)
    assert session.confirm(second) is None  # forgotten with the first
    # Their one event gives the audit the number that my second act expected.
    assert isinstance(second.future.exception(10), SaveConflictError)
    assert session.saved
    assert session.state == store.audit(session.audit_id) == elsewhere.state
    give(session, "views", 3)


def test_a_failed_save_goes_back_to_what_is_stored(
    session: AuditSession, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(session, "views", 4)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(writer, "project", full)
    pending = session.submit(scoring(session, 1))
    assert session.state.scores["views"].level == 1
    error = session.confirm(pending)
    assert error is not None
    assert error.what == "The disk is full."
    assert session.state.scores["views"].level == 4
    monkeypatch.undo()
    give(session, "views", 2)
    assert session.state == store.audit(session.audit_id)


def test_text_being_typed_survives_and_is_forgotten_with_its_act(
    session: AuditSession, store: Store
) -> None:
    session.save_draft("note", "Mum sa").result(10)
    again = AuditSession(store, session.audit_id, ME)
    assert again.drafts() == {"note": "Mum sa"}
    event = write_note(again.state, VIEWS, ME.id, text="Mum says")
    assert again.confirm(again.submit(event, forget_drafts=("note",))) is None
    assert again.drafts() == {}


def test_a_refused_act_keeps_the_text_that_was_typed(session: AuditSession, store: Store) -> None:
    session.save_draft("note", "Mum says").result(10)
    give(AuditSession(store, session.audit_id, ME), "views", 4)
    event = write_note(session.state, VIEWS, ME.id, text="Mum says")
    assert session.confirm(session.submit(event, forget_drafts=("note",))) is not None
    assert session.drafts() == {"note": "Mum says"}


# ------------------------------------------------------------------- undo


def undone(session: AuditSession) -> None:
    assert session.confirm(session.undo()) is None


def redone(session: AuditSession) -> None:
    assert session.confirm(session.redo()) is None


def test_undo_takes_back_my_newest_act_and_redo_gives_it_again(session: AuditSession) -> None:
    give(session, "views", 2)
    give(session, "views", 4)
    undone(session)
    assert session.state.scores["views"].level == 2
    undone(session)
    assert "views" not in session.state.scores
    redone(session)
    redone(session)
    assert session.state.scores["views"].level == 4
    with pytest.raises(NotAllowedError, match="nothing to redo"):
        session.redo()


def test_undo_is_an_event_that_names_what_it_takes_back(
    session: AuditSession, store: Store
) -> None:
    give(session, "views", 2)
    undone(session)
    act, undo = store.audit_events(session.audit_id)[-2:]
    assert undo.undoes == act.seq
    assert (undo.body or {})["new"] == (act.body or {})["old"]


def test_a_new_act_ends_redo(session: AuditSession) -> None:
    give(session, "views", 2)
    undone(session)
    give(session, "smart", 3)
    with pytest.raises(NotAllowedError, match="nothing to redo"):
        session.redo()
    undone(session)
    with pytest.raises(NotAllowedError, match="nothing to undo"):
        session.undo()


def test_notes_and_facts_are_undone_too(session: AuditSession) -> None:
    done(session, write_note(session.state, VIEWS, ME.id, text="Mum says", page="2"))
    done(session, delete_note(session.state, session.state.evidence[0], ME.id))
    done(session, change_facts(session.state, {"setting": "special", "seen": ()}, ME.id))
    undone(session)
    assert session.state.facts["setting"] == "mainstream"
    assert session.state.facts["seen"] == ("advice", "review")
    undone(session)
    assert [note.text for note in session.state.evidence] == ["Mum says"]
    undone(session)
    assert session.state.evidence == ()


def test_beginning_is_not_undone(session: AuditSession) -> None:
    with pytest.raises(NotAllowedError, match="nothing to undo"):
        session.undo()


def test_undo_and_redo_survive_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "audits.db"
    with Store.create(path) as store:
        session = opened(store)
        give(session, "views", 2)
        give(session, "smart", 4)
        undone(session)
    with Store.open(path) as store:
        session = AuditSession(store, session.audit_id, ME)
        redone(session)
        undone(session)
        undone(session)
        assert session.state.scores == {}


def test_undo_waits_until_the_last_act_is_saved(
    session: AuditSession, monkeypatch: pytest.MonkeyPatch, store: Store
) -> None:
    never: Future[Written] = Future()
    monkeypatch.setattr(store, "submit", lambda work: never)
    session.submit(scoring(session, 2))
    for step in (session.undo, session.redo):
        with pytest.raises(NotAllowedError, match="still being saved"):
            step()


def ready(session: AuditSession) -> None:
    for criterion_id in ("views", "distinct", "smart", "linked", "health"):
        give(session, criterion_id, 3)


def test_a_signed_audit_is_reopened_not_undone(session: AuditSession) -> None:
    ready(session)
    done(session, sign(RUBRIC, session.state, ME.id, audit_date=TODAY, today=TODAY))
    with pytest.raises(NotAllowedError, match="signed off") as told:
        session.undo()
    assert "Reopen it" in told.value.next_step
    done(session, reopen(session.state, ME.id, "page 9 was missed"))
    undone(session)
    assert "health" not in session.state.scores


def test_a_withdrawn_audit_is_not_undone(session: AuditSession) -> None:
    give(session, "views", 2)
    done(session, withdraw(session.state, ME.id, "begun by mistake"))
    with pytest.raises(NotAllowedError, match="withdrawn"):
        session.undo()


def test_somebody_else_can_read_but_not_undo(session: AuditSession, store: Store) -> None:
    give(session, "views", 2)
    reader = AuditSession(store, session.audit_id, OTHER)
    assert reader.state == session.state
    assert reader.undo_stack.undoable == ()
    with pytest.raises(NotAllowedError, match="somebody else's"):
        reader.undo()


def test_undo_is_of_this_audit_only(store: Store) -> None:
    first, second = opened(store), opened(store, plan_ref="NS-0148")
    give(first, "views", 2)
    give(second, "views", 3)
    undone(first)
    assert "views" not in first.state.scores
    assert store.audit(second.audit_id).scores["views"].level == 3


@pytest.fixture
def events_read(store: Store, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[str] = []
    read = store.audit_events

    def counted(audit_id: str) -> Any:
        asked.append(audit_id)
        return read(audit_id)

    monkeypatch.setattr(store, "audit_events", counted)
    return asked


def test_opening_reads_the_events_once_so_that_state_and_undo_are_of_one_moment(
    store: Store, events_read: list[str]
) -> None:
    audit_id = begun(store)
    AuditSession(store, audit_id, ME)
    assert events_read == [audit_id]


def test_an_empty_piece_of_work_is_fine(store: Store) -> None:
    assert store.do(Work()).events == ()
