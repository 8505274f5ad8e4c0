"""The same audit open in two programs: the second save is refused, shown anew and said."""

import json

import pytest
from tests.small_rubric import ME, TODAY
from tests.tui.keyboard import CORE, Hands, decide, make_store, sign_off, texts, walking

from ehcp_audit.auditing import reopen, score, sign
from ehcp_audit.settings.workspace import Workspace
from ehcp_audit.tui.widgets.note_editor import NoteEditor

FIRST, SECOND, THIRD = CORE.rubric.criteria[:3]


def score_elsewhere(workspace: Workspace, audit_id: str, level: int = 2) -> None:
    """Score the second question from another program."""
    with make_store(workspace) as other:
        state = other.audit(audit_id)
        other.write([score(state, SECOND, level, ME.id, TODAY)])


def levels(hands: Hands) -> dict[str, int]:
    return {key: each.level for key, each in hands.walk.state.scores.items()}


async def test_the_second_score_is_refused_shown_as_stored_and_said(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        score_elsewhere(workspace, hands.walk.state.id)
        await hands.press("4")
        assert "changed elsewhere" in hands.said
        assert levels(hands) == {SECOND.id: 2}
        assert hands.walk.state == hands.only_audit()
        assert "1 of 13 decided" in hands.text
        assert "✓ saved" in hands.text


async def test_after_a_refusal_the_next_key_is_saved(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        score_elsewhere(workspace, hands.walk.state.id)
        await hands.press("4")
        await hands.press("up", "up", "up", "4")
        assert levels(hands) == {FIRST.id: 4, SECOND.id: 2}
        assert hands.walk.state == hands.only_audit()


async def test_typed_evidence_is_not_lost_by_a_refusal(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("i")
        await hands.write("what mum says\nA\n3")
        score_elsewhere(workspace, hands.walk.state.id)
        await hands.press("escape")
        assert "changed elsewhere" in hands.said
        assert levels(hands) == {SECOND.id: 2}
        editor = hands.find("NoteEditor", NoteEditor)
        assert editor.is_open
        assert (editor.note.text, editor.note.section, editor.note.page) == (
            "what mum says",
            "A",
            "3",
        )
        (draft,) = texts(hands.store, hands.walk.state.id)
        assert json.loads(draft)["text"] == "what mum says"
        await hands.press("escape")
        (note,) = hands.only_audit().evidence
        assert (note.criterion, note.text, note.section, note.page) == (
            FIRST.id,
            "what mum says",
            "A",
            "3",
        )
        assert not texts(hands.store, hands.walk.state.id)


async def test_a_typed_reason_is_offered_again_after_a_refusal(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        audit_id = hands.walk.state.id
        await hands.press("x")
        await hands.write("the review papers")
        score_elsewhere(workspace, audit_id)
        await hands.press("enter")
        assert "changed elsewhere" in hands.said
        assert levels(hands) == {SECOND.id: 2}
        await hands.press("home", "x", "enter")
        assert hands.only_audit().scores[FIRST.id].reason == "the review papers"


def sign_elsewhere(workspace: Workspace, audit_id: str) -> None:
    """Decide every question and sign off from another program."""
    with make_store(workspace) as other:
        decide(other, audit_id)
        state = other.audit(audit_id)
        other.write([sign(CORE.rubric, state, ME.id, audit_date=TODAY, today=TODAY)])


async def test_an_audit_signed_elsewhere_becomes_read_only_here(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        sign_elsewhere(workspace, hands.walk.state.id)
        await hands.press("1")
        assert "changed elsewhere" in hands.said
        assert hands.walk.state.status == "signed"
        assert "signed off" in hands.lines[0]
        await hands.press("1")
        assert "This audit is signed off." in hands.said
        assert hands.only_audit().scores[FIRST.id].level == 3


async def test_facts_changed_while_it_was_signed_elsewhere_are_refused(
    workspace: Workspace,
) -> None:
    async with walking(workspace) as hands:
        audit_id = hands.walk.state.id
        await hands.press("f")
        sign_elsewhere(workspace, audit_id)
        await hands.press("t", "ctrl+s")
        assert hands.screen_name == "WalkScreen"
        assert hands.only_audit().facts["audit_reason"] == "routine"
        await hands.press("1")
        assert "This audit is signed off." in hands.said


async def test_an_audit_reopened_elsewhere_is_not_reopened_twice(workspace: Workspace) -> None:
    with make_store(workspace) as store:
        audit_id = sign_off(store)
    async with walking(workspace) as hands:
        await hands.press("s", "o")
        await hands.write("a slip")
        with make_store(workspace) as other:
            other.write([reopen(other.audit(audit_id), ME.id, "elsewhere")])
        await hands.press("enter")
        assert "It was changed elsewhere since you opened it." in hands.text
        await hands.press("enter", "escape")
        assert hands.screen_name == "SummaryScreen"
        assert "draft" in hands.lines[0]
        kinds = [event.kind for event in hands.store.audit_events(audit_id)]
        assert kinds.count("reopened") == 1


@pytest.mark.parametrize("keys", [("exclamation_mark", "f"), ("w",)], ids=["flag", "withdrawal"])
async def test_words_refused_because_of_a_change_elsewhere_are_taken_at_the_next_try(
    workspace: Workspace, keys: tuple[str, ...]
) -> None:
    async with walking(workspace) as hands:
        audit_id = hands.walk.state.id
        await hands.press(*keys)
        await hands.write("a few words")
        score_elsewhere(workspace, audit_id)
        before = hands.store.audit_events(audit_id)
        await hands.press("enter")
        assert "It was changed elsewhere since you opened it." in hands.flowing
        assert hands.store.audit_events(audit_id) == before
        await hands.press("enter")
        assert "a few words" in str(hands.store.audit_events(audit_id)[-1].body)


async def test_facts_changed_here_are_refused_where_the_audit_changed_elsewhere(
    workspace: Workspace,
) -> None:
    async with walking(workspace) as hands:
        await hands.press("f")
        score_elsewhere(workspace, hands.store.audits()[0].id)
        await hands.press("t", "ctrl+s")
        assert hands.only_audit().scores[SECOND.id].level == 2
        assert hands.walk.state == hands.only_audit()
