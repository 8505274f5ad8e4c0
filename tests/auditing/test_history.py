"""The history: for any score who, when, old, new and why; for any audit the whole trail."""

from typing import Any

import pytest
from tests.small_rubric import (
    CRITERIA,
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
)

from ehcp_audit.auditing import (
    AuditSession,
    Step,
    answer_flag,
    answer_slip,
    audit_history,
    begin_audit,
    change_facts,
    give_cause,
    hand_over,
    mark_exemplar,
    raise_flag,
    reopen,
    review_identifiers,
    score,
    score_history,
    sign,
    withdraw,
    write_note,
)
from ehcp_audit.auditing import history as told
from ehcp_audit.domain.events import Kind
from ehcp_audit.store import Store

VIEWS, LINKED = RUBRIC.criterion("views"), RUBRIC.criterion("linked")


def shown(steps: tuple[Step, ...]) -> list[tuple[str, str, str, str]]:
    return [(step.what, step.old, step.new, step.why) for step in steps]


def test_a_score_tells_who_when_old_new_and_why(store: Store) -> None:
    session = opened(store)
    give(session, "views", 2)
    give(session, "linked", 4)
    give(session, "views", 0, reason="no advice on file")
    done(session, hand_over(session.state, OTHER.id, ME.id, reason="leave"))
    theirs = AuditSession(store, session.audit_id, OTHER)
    give(theirs, "views", 3)
    steps = score_history(audit_history(store, session.audit_id), "views")
    assert shown(steps) == [
        ("Score", "no score", "Partly", ""),
        ("Score", "Partly", "not evidenced", "no advice on file"),
        ("Score", "not evidenced", "Meets", ""),
    ]
    assert [step.auditor_id for step in steps] == [ME.id, ME.id, OTHER.id]
    assert {step.at for step in steps} == {"2026-03-02T12:00:00+00:00"}
    assert {(step.criterion, step.title) for step in steps} == {("views", "Title of views")}
    assert steps[0].auditor == "KL"


def test_what_was_taken_back_says_so_and_names_what_it_took_back(store: Store) -> None:
    session = opened(store)
    give(session, "views", 2)
    give(session, "views", 3)
    for _ in range(2):
        assert session.confirm(session.undo()) is None
    assert session.confirm(session.redo()) is None
    first, second, undid_second, undid_first, redid_first = score_history(
        audit_history(store, session.audit_id), "views"
    )
    assert [first.act, undid_second.act, undid_first.act, redid_first.act] == [
        "did", "undid", "undid", "redid",
    ]  # fmt: skip
    assert (undid_second.turned, undid_first.turned) == (second.seq, first.seq)
    assert redid_first.turned == undid_first.seq
    assert (first.undone, second.undone, undid_first.undone) == (False, True, True)
    assert (undid_second.old, undid_second.new) == ("Meets", "Partly")


def everything_done(store: Store) -> str:
    """An audit on which every kind of act was done, and its re-audit; the re-audit's id."""
    first = begun(store)
    session = AuditSession(store, first, ME)
    acts: list[Any] = [
        lambda s: change_facts(s, {"year_group": "10", "seen": ("record",)}, ME.id),
        lambda s: write_note(s, VIEWS, ME.id, text="In quotes", section="A", page="2"),
        lambda s: mark_exemplar(s, VIEWS, ME.id, marked=True),
        lambda s: score(s, LINKED, 1, ME.id, TODAY),
        lambda s: give_cause(RUBRIC, s, LINKED, "late", ME.id, on=TODAY),
        lambda s: raise_flag(s, "provision", ME.id, criterion="health", text="None since May"),
        lambda s: answer_flag(
            s, s.flags[0].id, OTHER.id, today=TODAY, told_role="SEN lead", told_on=TODAY
        ),
        lambda s: review_identifiers(s, "note", ["name"], "replaced", ME.id),
        lambda s: answer_slip(s, "social_care", ME.id, text="No", on=TODAY, disputed=True),
        *[
            lambda s, each=each: score(s, each, 3, ME.id, TODAY)
            for each in CRITERIA
            if each.id != "linked"
        ],
        lambda s: sign(RUBRIC, s, ME.id, audit_date=TODAY, today=TODAY),
        lambda s: reopen(s, ME.id, "looked again"),
        lambda s: hand_over(s, OTHER.id, ME.id, reason="leave"),
        lambda s: withdraw(s, OTHER.id, "by mistake"),
    ]
    for act in acts:
        done(session, act(session.state))
    return begin_audit(store, RUBRIC, TEXT, FACTS, OTHER, today=TODAY, follows=first)


def test_the_whole_trail_is_in_words(store: Store) -> None:
    again = everything_done(store)
    first = store.audit(again).follows
    assert first is not None
    steps = audit_history(store, first)
    assert shown(steps) == [
        ("Audit begun", "", "Small rubric 1.0", ""),
        (
            "Facts of the plan",
            "Open besides the plan: Advice, Review papers; Year group: Year 3",
            "Open besides the plan: Case record; Year group: Year 10",
            "",
        ),
        ("Evidence", "", "In quotes (Section A, p. 2)", ""),
        ("Exemplar", "not to be shared", "to be shared", ""),
        ("Score", "no score", "Not met", ""),
        ("Cause", "", "Came too late", ""),
        ("Flag: provision not happening", "", "None since May; not answered yet", ""),
        (
            "Flag: provision not happening",
            "None since May; not answered yet",
            "None since May; SEN lead told on 2 Mar 2026",
            "",
        ),
        ("Looked like an identifier", "", "replaced: name", ""),
        ("Answer on the slip, social care", "", "No (disputed, 2 Mar 2026)", ""),
        *[("Score", "no score", "Meets", "")] * 5,
        ("Signed off", "", "Fair, audit date 2 Mar 2026", ""),
        ("Reopened", "", "", "looked again"),
        ("Handed over", "KL", "Élan", "leave"),
        ("Withdrawn", "", "", "by mistake"),
    ]
    (begun_again,) = audit_history(store, again)
    assert shown((begun_again,)) == [
        ("Re-audit begun", "", "Small rubric 1.0", f"follows audit {first}")
    ]
    assert audit_history(store, "no such audit") == ()


def test_every_kind_of_event_on_an_audit_is_in_words() -> None:
    kinds = set(Kind.__args__)  # type: ignore[attr-defined]
    elsewhere = {
        "auditor_joined", "rubric_frozen", "rubric_published", "plan_added", "phrase_kept",
        "counts_brought_in", "official_figure_given", "baseline_rebased", "table_released",
    }  # fmt: skip
    assert set(told._TELLERS) == kinds - elsewhere


def test_broken_a_kind_without_words_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    fewer = {kind: tell for kind, tell in told._TELLERS.items() if kind != "flagged"}
    monkeypatch.setattr(told, "_TELLERS", fewer)
    with pytest.raises(AssertionError):
        test_every_kind_of_event_on_an_audit_is_in_words()
