"""One question scored across plans, and each plan still read and signed off as a whole."""

import pytest
from tests.small_rubric import OTHER
from tests.tui.keyboard import (
    CORE,
    NARROW,
    Hands,
    SlowWriter,
    begin,
    decide,
    make_store,
    opened,
)

from ehcp_audit.domain.audit import AuditState
from ehcp_audit.settings.workspace import Workspace
from ehcp_audit.store import AuditQuery
from ehcp_audit.tui.screens.walk import WalkScreen

FIRST, SECOND = (criterion.id for criterion in CORE.rubric.criteria[:2])
TITLE = CORE.rubric.criterion(FIRST).title
ASKS = "health.contribution"


@pytest.fixture
def three(workspace: Workspace) -> Workspace:
    with make_store(workspace) as store:
        for number in (3, 1, 2):
            begin(store, plan_ref=f"NS-000{number}", known_to_health="yes", seen=("advice",))
        begin(store, OTHER, plan_ref="NS-0009")
    return workspace


async def across(hands: Hands, words: str = "own views") -> None:
    await hands.press("a")
    await hands.write(f"{words}\n")
    assert isinstance(hands.screen, WalkScreen)


def by_ref(hands: Hands) -> dict[str, AuditState]:
    rows = hands.store.audits(AuditQuery(states=("draft", "signed")))
    return {row.ref[-1]: hands.store.audit(row.id) for row in rows}


def levels(hands: Hands, criterion: str = FIRST) -> dict[str, int]:
    return {
        ref: state.scores[criterion].level
        for ref, state in by_ref(hands).items()
        if criterion in state.scores
    }


async def test_one_question_goes_through_my_drafts_plan_by_plan(three: Workspace) -> None:
    async with opened(three) as hands:
        await across(hands)
        listed = hands.words("#criteria")
        assert f"Across plans: {TITLE}" in listed
        assert "NS-0009" not in listed, "only my own drafts"
        seen = []
        for key in "333":
            seen.append(hands.walk.state.plan_ref)
            assert hands.at == FIRST
            await hands.press(key)
        assert seen == ["NS-0001", "NS-0002", "NS-0003"]
        assert levels(hands) == {"1": 3, "2": 3, "3": 3}
        assert all(by_ref(hands)[ref].scores[FIRST].across for ref in "123")
        await hands.press("space")
        assert "This question is decided on every plan." in hands.said
        await hands.press("slash")
        assert "Esc goes home" in hands.said
        await hands.press("escape")
        assert hands.screen_name == "HomeScreen"


async def test_evidence_and_causes_stay_with_their_plan(three: Workspace) -> None:
    async with opened(three) as hands:
        await across(hands, "health's contribution")
        await hands.press("2", "i")
        await hands.write("blank\nG\n7\n")
        await hands.press("2", "a", "i")
        assert "again" not in hands.words("NoteEditor"), "the place was on another plan"
        await hands.write("thin")
        await hands.press("escape")
        first, second = by_ref(hands)["1"], by_ref(hands)["2"]
        assert [each.text for each in first.evidence] == ["blank"]
        assert [each.text for each in second.evidence] == ["thin"]
        assert (dict(first.causes), list(second.causes)) == ({}, [ASKS])


async def test_a_cause_goes_to_the_plan_that_was_scored(three: Workspace) -> None:
    with make_store(three) as store:
        rows = store.audits(AuditQuery(states=("draft",)))
        from tests.tui.keyboard import note  # noqa: PLC0415

        for row in rows:  # with evidence there already, the walk goes on at once
            note(store, row.id, ASKS, "thin advice")
    async with opened(three) as hands:
        await across(hands, "health's contribution")
        await hands.press("2")
        assert hands.screen_name == "ChoiceDialog"
        await hands.press("b")
        assert hands.walk.state.plan_ref == "NS-0002"
        assert {ref: list(state.causes) for ref, state in by_ref(hands).items()} == {
            "1": [ASKS], "2": [], "3": [], "9": [],
        }  # fmt: skip


async def test_undo_takes_back_the_newest_change_whichever_plan_it_is_on(
    three: Workspace,
) -> None:
    async with opened(three) as hands:
        await across(hands)
        await hands.press("3", "4", "u")
        assert hands.walk.state.plan_ref == "NS-0002"
        assert levels(hands) == {"1": 3}
        await hands.press("u")
        assert levels(hands) == {}
        assert hands.walk.state.plan_ref == "NS-0001"
        await hands.press("u")
        assert "There is nothing to undo." in hands.said
        await hands.press("ctrl+r", "ctrl+r")
        assert levels(hands) == {"1": 3, "2": 4}


async def test_a_slow_disk_keeps_every_score_with_its_plan(three: Workspace) -> None:
    async with opened(three) as hands:
        await across(hands)
        slow = SlowWriter(hands.store, holding=True)
        await hands.press("1", "down", "2", "down", "4")
        slow.let_go()
        await hands.until(lambda: len(levels(hands)) == 3)
        assert levels(hands) == {"1": 1, "2": 2, "3": 4}


async def test_the_summary_names_what_was_scored_across_and_signing_says_it_was_read(
    three: Workspace,
) -> None:
    async with opened(three) as hands:
        await across(hands)
        await hands.press("3")
        audit_id = by_ref(hands)["1"].id
        decide(hands.store, audit_id, except_for=(FIRST,))
        await hands.press("escape")
        hands.app.push_screen(WalkScreen(audit_id, at=SECOND))
        await hands.settle()
        assert "⇄ The child's own views" in hands.words("#criteria")
        await hands.press("s")
        assert f"Scored across plans: {TITLE}." in hands.flowing
        await hands.press("g")
        assert "you say that you have read this plan as a whole" in hands.flowing
        await hands.press("enter")
        assert hands.store.audit(audit_id).status == "signed"
        signed = hands.store.audit_events(audit_id)[-1]
        assert (signed.kind, (signed.body or {})["across"]) == ("signed", [FIRST])


async def test_scoring_it_again_in_its_own_walk_makes_it_one_of_the_plan(three: Workspace) -> None:
    async with opened(three) as hands:
        await across(hands)
        await hands.press("3")
        audit_id = by_ref(hands)["1"].id
        await hands.press("escape")
        hands.app.push_screen(WalkScreen(audit_id, at=FIRST))
        await hands.settle()
        await hands.press("3")
        assert hands.store.audit(audit_id).scored_across == ()
        await hands.press("u")
        assert hands.store.audit(audit_id).scored_across == (FIRST,)


async def test_one_draft_is_not_enough(workspace: Workspace) -> None:
    with make_store(workspace) as store:
        begin(store)
    async with opened(workspace) as hands:
        await hands.press("a")
        assert "that takes two of yours" in hands.said


async def test_a_narrow_window_shows_the_plans_in_a_line(three: Workspace) -> None:
    async with opened(three, NARROW) as hands:
        await across(hands)
        await hands.press("3")
        assert "Across plans  ◑··" in hands.lines[1]
