"""What looks like an identifier is pointed out on leaving a field, before it becomes an event."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from tests.tui.keyboard import NARROW, WIDE, Hands, begin, decide, make_store, walking

from ehcp_audit.settings.workspace import Workspace

NAMED = "Mum says Oliver likes trains, BS1 4DJ"
ASKED = "Does this say who it is about?"


def notes(hands: Hands) -> list[str]:
    return [note.text for note in hands.only_audit().evidence]


def decisions(hands: Hands) -> list[Mapping[str, Any]]:
    events = hands.store.audit_events(hands.only_audit().id)
    return [event.body or {} for event in events if event.kind == "identifiers_reviewed"]


async def write_note(hands: Hands, text: str) -> None:
    await hands.press("i")
    await hands.paste(text)
    await hands.press("escape")


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_one_key_replaces_all_of_them_and_the_decision_is_logged(
    workspace: Workspace, size: tuple[int, int]
) -> None:
    async with walking(workspace, size) as hands:
        at = hands.walk.criterion.id
        await write_note(hands, NAMED)
        assert ASKED in hands.text
        assert "“Oliver” (a name), “BS1 4DJ” (a postcode)." in hands.flowing
        assert notes(hands) == [], "nothing is an event yet"
        await hands.press("r")
        assert notes(hands) == ["Mum says [name] likes trains, [postcode]"]
        assert decisions(hands) == [
            {"field": f"evidence {at}", "kinds": ["name", "postcode"], "decision": "replaced"}
        ]
        assert hands.walk.session.drafts() == {}
        assert "Oliver" not in str(hands.store.audit_events(hands.only_audit().id))


async def test_one_key_keeps_it_and_the_same_words_are_not_asked_about_again(
    workspace: Workspace,
) -> None:
    async with walking(workspace) as hands:
        await write_note(hands, NAMED)
        await hands.press("k")
        assert notes(hands) == [NAMED]
        assert [each["decision"] for each in decisions(hands)] == ["kept"]
        await hands.press("e")
        await hands.write(" too")
        await hands.press("escape")
        assert ASKED not in hands.text
        assert notes(hands) == [f"{NAMED} too"]
        await hands.press("e")
        await hands.write(" and Amelia")
        await hands.press("escape")
        assert "“Amelia” (a name)." in hands.flowing
        assert "Oliver” (a name)" not in hands.flowing


@pytest.mark.parametrize("key", ["e", "escape"])
async def test_going_back_edits_the_text_as_it_was_left(workspace: Workspace, key: str) -> None:
    async with walking(workspace) as hands:
        await write_note(hands, "Oliver likes trains")
        await hands.press(key)
        assert notes(hands) == []
        await hands.press(*["backspace"] * len("trains"))
        await hands.write("boats")
        await hands.press("escape", "k")
        assert notes(hands) == ["Oliver likes boats"]


async def test_it_costs_no_key_where_nothing_is_found(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await write_note(hands, "“access to support”, F p.9; Speech and Language Therapy weekly")
        assert ASKED not in hands.text
        assert len(notes(hands)) == 1
        assert decisions(hands) == []


async def test_the_team_may_turn_it_off(workspace: Workspace) -> None:
    workspace.settings_file.write_text(
        "[privacy]\npoint_out_identifiers = false\n", encoding="utf-8"
    )
    async with walking(workspace) as hands:
        await write_note(hands, NAMED)
        assert notes(hands) == [NAMED]


async def test_a_note_left_for_another_question_waits_for_the_decision(
    workspace: Workspace,
) -> None:
    async with walking(workspace) as hands:
        at = hands.walk.criterion.id
        await hands.press("3")
        await hands.press("up")
        await write_note(hands, NAMED)
        await hands.press("r")
        assert hands.only_audit().evidence[0].criterion == at
        assert hands.walk.criterion.id != at, "the walk goes on to the next open question"


async def test_a_reason_is_checked_as_evidence_is(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        at = hands.walk.criterion.id
        await hands.press("x")
        await hands.write("Dr Patel has it\n")
        assert "“Patel” (a name)." in hands.flowing
        await hands.press("e")
        assert "Dr Patel has it" in hands.text
        await hands.press("enter", "r")
        assert hands.only_audit().scores[at].reason == "Dr [name] has it"
        assert decisions(hands) == [
            {"field": f"reason {at}", "kinds": ["name"], "decision": "replaced"}
        ]


async def test_why_the_audit_date_is_not_today_is_checked_and_no_date_to_come_is_taken(
    workspace: Workspace,
) -> None:
    with make_store(workspace) as store:
        audit_id = begin(store)
        decide(store, audit_id)
    async with walking(workspace) as hands:
        await hands.press("s", "g", *["backspace"] * 20)
        await hands.write("1 Apr 2026\n")
        assert "The audit date is in the future." in hands.flowing
        await hands.press(*["backspace"] * 20)
        await hands.write("1 Mar 2026\n")
        await hands.write("Oliver was away\n")
        assert "“Oliver” (a name)." in hands.flowing
        await hands.press("r")
        signed = hands.store.audit(audit_id).sign_off
        assert signed is not None
        assert signed.date_reason == "[name] was away"
        assert decisions(hands) == [
            {"field": "audit date", "kinds": ["name"], "decision": "replaced"}
        ]


async def test_undo_takes_the_note_back_and_not_the_record_of_the_decision(
    workspace: Workspace,
) -> None:
    async with walking(workspace) as hands:
        await write_note(hands, NAMED)
        await hands.press("r", "u")
        assert notes(hands) == []
        assert len(decisions(hands)) == 1


async def test_a_reason_to_withdraw_is_checked_too(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("w")
        await hands.write("Oliver was audited twice\n")
        await hands.press("r")
        events = hands.store.audit_events(hands.only_audit().id)
        bodies = {event.kind: event.body for event in events}
        assert bodies["withdrawn"] == {"reason": "[name] was audited twice"}
        assert "identifiers_reviewed" in bodies
