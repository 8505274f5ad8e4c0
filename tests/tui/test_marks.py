"""Beside a score: why it is weak, evidence to be shared, phrases kept and reused, other hands."""

import pytest
from tests.small_rubric import ME, OTHER
from tests.tui.keyboard import (
    CORE,
    PLAIN_PLAN,
    Hands,
    begin,
    make_store,
    note,
    opened,
    walking,
)

from ehcp_audit.auditing import keep_phrase
from ehcp_audit.settings.workspace import Workspace
from ehcp_audit.tui.dialogs import ChoiceDialog
from ehcp_audit.tui.screens.walk import WalkScreen
from ehcp_audit.tui.widgets.note_editor import NoteEditor

FIRST, SECOND, THIRD = (criterion.id for criterion in CORE.rubric.criteria[:3])
ASKS = "health.contribution"
KNOWN_TO_HEALTH = {**PLAIN_PLAN, "known_to_health": "yes", "seen": ("advice",)}
CAUSES = [cause.id for cause in CORE.rubric.causes]


# ---------------------------------------------------------------- cause


async def test_a_weak_contribution_is_asked_its_cause_in_one_key(workspace: Workspace) -> None:
    async with walking(workspace, at=ASKS, facts=KNOWN_TO_HEALTH) as hands:
        await hands.press("2", "b")
        state = hands.only_audit()
        assert state.scores[ASKS].level == 2
        assert state.causes == {ASKS: CAUSES[1]}
        assert f"Why it is weak: {CORE.rubric.causes[1].label}" in hands.words("#question")
        await hands.press("u")
        assert not hands.only_audit().causes
        assert "Undone: a cause" in hands.said
        await hands.press("c", "a", "c", "minus")
        assert not hands.only_audit().causes


@pytest.mark.parametrize("key", ["escape", "space"])
async def test_the_cause_is_skipped(workspace: Workspace, key: str) -> None:
    async with walking(workspace, at=ASKS, facts=KNOWN_TO_HEALTH) as hands:
        await hands.press("2", key)
        assert isinstance(hands.screen, WalkScreen)
        assert not hands.only_audit().causes


async def test_a_level_typed_meanwhile_is_a_level(workspace: Workspace) -> None:
    async with walking(workspace, at=ASKS, facts=KNOWN_TO_HEALTH) as hands:
        await hands.press("2", "1")
        state = hands.only_audit()
        assert state.scores[ASKS].level == 1
        assert not state.causes


async def test_the_evidence_is_written_without_saying_the_cause(workspace: Workspace) -> None:
    async with walking(workspace, at=ASKS, facts=KNOWN_TO_HEALTH) as hands:
        await hands.press("2", "i")
        await hands.write("blank")
        await hands.press("escape")
        state = hands.only_audit()
        assert [each.text for each in state.evidence] == ["blank"]
        assert not state.causes


async def test_no_cause_is_asked_where_it_meets_or_the_rubric_does_not_ask(
    workspace: Workspace,
) -> None:
    async with walking(workspace, at=ASKS, facts=KNOWN_TO_HEALTH) as hands:
        await hands.press("3")
        assert isinstance(hands.screen, WalkScreen)
        await hands.press("up", "c")
        assert "A cause is asked where the rubric says so" in hands.said
        hands.walk.go_to(FIRST)
        await hands.press("1")
        assert isinstance(hands.screen, WalkScreen)


# ---------------------------------------------------------------- exemplar


async def test_evidence_is_marked_to_be_shared_by_one_key(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("*")
        assert "no evidence here to share yet" in hands.said
        await hands.press("i")
        await hands.write("in her own words")
        await hands.press("escape", "*")
        assert hands.only_audit().exemplars == {FIRST}
        assert "★ to be shared" in hands.words("#question")
        assert "★" in hands.words("#criteria")
        await hands.press("*", "*", "u")
        assert not hands.only_audit().exemplars


# ---------------------------------------------------------------- phrases


async def test_a_note_is_kept_as_a_phrase_and_reused_by_two_keys(workspace: Workspace) -> None:
    with make_store(workspace) as store:
        begin(store, plan_ref="NS-0002")
    async with walking(workspace) as hands:
        await hands.press("b")
        assert "No phrase is kept for this question yet." in hands.said
        await hands.press("p")
        assert "no note here to keep" in hands.said
        await hands.press("i")
        await hands.write("views [b]only[/b] through adults")
        await hands.press("escape", "p", "o")
        assert "Kept for yourself" in hands.said
        before = hands.pressed
        await hands.press("b", "1")
        assert hands.pressed - before == 2
        texts = [each.text for each in hands.only_audit().evidence]
        assert texts == ["views [b]only[/b] through adults"] * 2
        await hands.press("u")
        assert len(hands.only_audit().evidence) == 1
        await hands.press("p", "t", "b")
        assert "1 views [b]only[/b] through adults" in hands.text
        assert "2 " not in hands.words("LineList"), "kept for the team instead, not twice"


async def test_any_of_more_than_nine_phrases_and_notes_is_found_by_its_words(
    workspace: Workspace,
) -> None:
    async with walking(workspace) as hands:
        audit_id = hands.only_audit().id
        rubric, criterion = hands.walk.rubric, hands.walk.rubric.criterion(FIRST)
        for number in range(12):
            event = keep_phrase(rubric, criterion, ME.id, text=f"phrase {number:02}", shared=False)
            hands.store.write([event])
            note(hands.store, audit_id, FIRST, f"note {number:02}")
        hands.walk.session.reload()
        hands.walk.go_to(FIRST)
        await hands.press("b")
        await hands.write("11\n")
        assert hands.only_audit().evidence[-1].text == "phrase 11"
        await hands.press("e")
        await hands.write("note 07\n")
        assert hands.find("NoteEditor", NoteEditor).note.text == "note 07"


async def test_the_teams_phrase_is_offered_with_whose_it_is(workspace: Workspace) -> None:
    async with walking(workspace, identity=OTHER) as hands:
        note(hands.store, hands.only_audit().id, FIRST, "said by adults")
    async with opened(workspace, chosen=OTHER) as hands:
        await hands.press("c")
        hands.walk.go_to(FIRST)
        await hands.press("p", "t")
    async with opened(workspace, chosen=ME) as hands:
        begin(hands.store, plan_ref="NS-0002")
        await hands.press("escape", "c", "b")
        assert isinstance(hands.screen, ChoiceDialog)
        assert "said by adults" in hands.text
        assert OTHER.name in hands.words("LineList")


async def test_a_phrase_for_the_team_is_looked_at_for_identifiers_again(
    workspace: Workspace,
) -> None:
    async with walking(workspace) as hands:
        note(hands.store, hands.only_audit().id, FIRST, "Said by Oliver, BS1 4DJ")
        hands.walk.session.reload()
        hands.walk.go_to(FIRST)
        await hands.press("p", "t")
        assert "“Oliver” (a name), “BS1 4DJ” (a postcode)." in hands.flowing
        await hands.press("escape", "b")
        assert "No phrase is kept" in hands.said, "going back keeps nothing"
        await hands.press("p", "t", "r", "b")
        assert "Said by [name], [postcode]" in hands.text
        await hands.press("escape", "r")
        assert "replaced what looked like an identifier (phrase on" in hands.flowing
        await hands.press("escape", "3")
        assert hands.only_audit().scores[FIRST].level == 3, "the log went on from there"


async def test_a_phrase_on_more_than_a_third_of_my_plans_is_pointed_out(
    workspace: Workspace,
) -> None:
    with make_store(workspace) as store:
        for number in range(2, 5):
            audit_id = begin(store, plan_ref=f"NS-000{number}")
            note(store, audit_id, FIRST, "Views given." if number == 2 else f"Plan {number}.")
    async with opened(workspace) as hands:
        await hands.press("c", "i")
        await hands.write("views given")
        await hands.press("escape")
        await hands.until(lambda: "This phrase is on 2 of your 3 plans." in hands.said)
        assert "evidence of none" in hands.said


# ---------------------------------------------------------------- other hands


async def _handed(hands: Hands) -> None:
    await hands.press("o")
    await hands.write("lan\n")
    await hands.write("on leave\n")


async def test_a_draft_is_handed_over_and_every_name_is_kept(workspace: Workspace) -> None:
    with make_store(workspace) as store:
        begin(store, OTHER, plan_ref="NS-0002")
        audit_id = begin(store, ME)
    async with opened(workspace) as hands:
        await hands.press("c")
        assert hands.walk.state.id == audit_id
        await hands.press("3")
        await _handed(hands)
        state = hands.store.audit(audit_id)
        assert (state.auditor, state.auditors) == (OTHER.id, (ME.id, OTHER.id))
        assert f"In the hands of {OTHER.name} now." in hands.said
        assert "reading only" in hands.lines[0]
        await hands.press("3")
        assert "somebody else's" in hands.said
        await hands.press("o", "enter")
        await hands.write("back again\n")
        assert hands.store.audit(audit_id).auditors == (ME.id, OTHER.id, ME.id)
        await hands.press("4")
        assert hands.store.audit(audit_id).scores[SECOND].level == 4


async def test_alone_there_is_nobody_to_hand_over_to(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("o")
        assert "Nobody else has worked here yet" in hands.said
