"""Keys of one's own, single letters turned off, jumping, and help on what has the focus."""

import os
from dataclasses import replace
from pathlib import Path

import pytest
from tests.tui.keyboard import WIDE, opened, walking

from ehcp_audit.domain.errors import UsageError
from ehcp_audit.settings.person import introduce, person_file, read_person, write_person
from ehcp_audit.settings.workspace import Workspace
from ehcp_audit.tui.actions import SCREENS, WALK
from ehcp_audit.tui.keymap import LETTERS_ARE_OFF, action_id, read_keymap
from ehcp_audit.tui.widgets.note_editor import NoteEditor


def person_with(**settings: object) -> None:
    path = person_file(os.environ)
    write_person(path, replace(introduce(path, name="KL"), **settings))  # type: ignore[arg-type]


def test_own_keys_are_kept_with_the_person(tmp_path: Path) -> None:
    path = tmp_path / "me.toml"
    person = replace(introduce(path, name="KL"), keys={"walk.evidence": '"'}, letters="off")
    write_person(path, person)
    assert read_person(path) == person


async def test_an_action_has_the_key_that_was_chosen_in_footer_and_help(
    workspace: Workspace,
) -> None:
    person_with(keys={"walk.evidence": "f6", "walk.summary": "f5"})
    async with walking(workspace) as hands:
        assert "F6 evidence" in hands.text
        assert "F5 summary" in hands.text
        await hands.press("i")
        assert not hands.find("NoteEditor", NoteEditor).is_open
        await hands.press("f6")
        assert hands.find("NoteEditor", NoteEditor).is_open
        await hands.press("escape", "question_mark")
        assert "F6 Write a note" in " ".join(hands.text.split())
        await hands.press("escape", "f5")
        assert hands.screen_name == "SummaryScreen"


@pytest.mark.parametrize(
    ("name", "key", "said"),
    [
        ("walk.evidense", "e", "there is no action “walk.evidense”. Did you mean walk.evidence?"),
        ("walk.evidence", "hello", "“hello” is not a key"),
        ("walk.evidence", "3", "the digits give levels"),
        ("walk.evidence", "ctrl+q", "always for quitting"),
        ("walk.evidence", "u", "u would do both walk.evidence and walk.undo"),
        ("writing-evidence.leave", "f5", "there is no action"),
    ],
)
def test_a_key_that_cannot_be_is_refused_in_a_sentence(name: str, key: str, said: str) -> None:
    with pytest.raises(UsageError) as refused:
        read_keymap({name: key})
    assert said in str(refused.value)


def test_two_actions_may_change_keys_with_each_other() -> None:
    keys = read_keymap({"walk.evidence": "u", "walk.undo": "i"})
    changed = {each.name: each.key for each in keys.remapped(WALK)}
    assert (changed["evidence"], changed["undo"]) == ("u", "i")


def test_a_second_key_of_an_action_gives_way_to_one_that_was_chosen() -> None:
    keys = read_keymap({"walk.history": "h"})
    changed = {each.name: each for each in keys.remapped(WALK)}
    assert changed["history"].key == "h"
    assert (changed["previous_theme"].key, changed["previous_theme"].aliases) == ("left", ())


def test_every_action_has_an_id_of_its_own() -> None:
    ids = [action_id(table, action) for table in SCREENS.values() for action in table]
    assert len(ids) == len(set(ids))
    assert not any(each.startswith(".") for each in ids)


async def test_with_letters_off_a_letter_acts_only_after_the_leader(workspace: Workspace) -> None:
    person_with(letters="off")
    async with walking(workspace) as hands:
        assert "^g then a key" in hands.text
        await hands.press("3", "x")
        assert not hands.walk.state.scores
        assert LETTERS_ARE_OFF in hands.said
        await hands.press("ctrl+g", "3")
        assert len(hands.walk.state.scores) == 1
        await hands.press("3")
        assert len(hands.walk.state.scores) == 1
        await hands.press("ctrl+g", "i")
        await hands.write("text is text: 1, 2")
        assert hands.find("NoteEditor", NoteEditor).note.text == "text is text: 1, 2"
        await hands.press("escape", "down", "f1")
        assert hands.screen_name == "HelpScreen"
        assert LETTERS_ARE_OFF in hands.text


async def test_a_letter_beside_each_line_jumps_there(workspace: Workspace) -> None:
    async with walking(workspace, WIDE) as hands:
        first = hands.at
        await hands.press("apostrophe")
        assert hands.screen_name == "JumpScreen"
        await hands.press("d")
        assert hands.screen_name == "WalkScreen"
        assert hands.at == hands.walk.rubric.criteria[3].id
        await hands.press("ctrl+o", "a", "ctrl+o", "escape")
        assert hands.at == first
        await hands.press("4")
        assert hands.walk.state.scores[first].level == 4


async def test_help_begins_with_what_has_the_focus(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("i", "f1")
        assert "The words of the evidence." in hands.text
    async with opened(workspace, WIDE) as hands:
        await hands.press("f1")
        assert "Where you are" in hands.text
