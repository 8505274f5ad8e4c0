"""Hostile text in flags, phrases, names and histories: shown as it looks, on every new screen."""

import pytest
from tests.small_rubric import ME, OTHER
from tests.tui.hostile import PAYLOADS
from tests.tui.keyboard import CORE, NARROW, WIDE, begin, make_store, note, opened
from tests.tui.test_hostile_text import check, shows
from textual.widgets import Input

from ehcp_audit.auditing import hand_over, join, keep_phrase, raise_flag
from ehcp_audit.domain.identity import Identity
from ehcp_audit.domain.text import storable
from ehcp_audit.settings.workspace import Workspace
from ehcp_audit.store import Store, Work
from ehcp_audit.tui.screens.walk import WalkScreen

TEXT = storable(" ".join(PAYLOADS.values()))
FIRST = CORE.rubric.criteria[0]


def hostile(store: Store) -> str:
    """Two drafts full of it: a flag, a phrase, a note, a hand-over, and an auditor's name."""
    store.do(Work(events=(join(Identity(OTHER.id, TEXT[:300], "health")),)))
    store.do(Work(events=(join(Identity(ME.id, "KL", "education")),)))
    begin(store, plan_ref="NS-0002")
    audit_id = begin(store, plan_ref="NS-0001")
    note(store, audit_id, FIRST.id, TEXT, section=TEXT[:40], page=TEXT[:40])
    for make in (
        lambda state: raise_flag(state, "follow_up", ME.id, criterion=FIRST.id, text=TEXT),
        lambda state: hand_over(state, OTHER.id, ME.id, reason=TEXT),
        lambda state: hand_over(state, ME.id, OTHER.id, reason=TEXT),
    ):
        store.write([make(store.audit(audit_id))])
    store.write([keep_phrase(CORE.rubric, FIRST, ME.id, text=TEXT[:400], shared=True)])
    return audit_id


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_every_new_screen_and_dialog_shows_it_as_it_looks(
    workspace: Workspace, size: tuple[int, int]
) -> None:
    workspace.settings_file.write_text(
        '[safeguarding]\ncontacts = ["[/b]\\u001b]0;PWN\\u0007", "[@click=app.quit]x[/]"]\n'
        'lead_role = "[red]\\u202e[/"\n',
        encoding="utf-8",
    )
    with make_store(workspace) as store:
        audit_id = hostile(store)
    async with opened(workspace, size) as hands:
        check(hands)
        await hands.press("!")
        check(hands)
        await hands.press("enter")
        check(hands)
        if size == WIDE:
            assert not shows(hands, TEXT)
        await hands.press("escape", "escape")
        hands.app.push_screen(WalkScreen(audit_id, at=FIRST.id))
        await hands.settle()
        for keys in (["i"], ["escape"], ["!"], ["1"], ["escape"], ["!", "s", "down"]):
            await hands.press(*keys)
            check(hands)
        await hands.press("escape")
        for key in ("r", "b", "p", "o", "t", "slash"):
            await hands.press(key)
            check(hands)
            assert hands.screen_name != "WalkScreen", key
            await hands.press("escape")
        await hands.press("escape", "a", "enter")
        check(hands)


async def test_hostile_text_typed_into_a_flag_and_its_answer_is_kept_and_shown(
    workspace: Workspace,
) -> None:
    typed = "[/b] [@click=app.quit]x[/] [redacted]"
    async with opened(workspace) as hands:
        begin(hands.app.database())
        await hands.press("escape", "c", "!", "f")
        await hands.write(f"{typed}\n")
        await hands.press("!", "1", "tab", "tab", "tab")
        hands.find("#done", Input).value = typed
        await hands.press("enter")
        (flag,) = hands.only_audit().flags
        assert (flag.text, flag.done) == (typed, typed)
        check(hands)
        assert not shows(hands, typed)


# ---------------------------------------------------------------- the mouse


async def test_flags_phrases_and_questions_are_chosen_with_the_mouse(workspace: Workspace) -> None:
    async with opened(workspace) as hands:
        store = hands.app.database()
        audit_id = begin(store)
        note(store, audit_id, FIRST.id, "first words")
        store.write([keep_phrase(CORE.rubric, FIRST, ME.id, text="kept words", shared=False)])
        await hands.press("escape", "c")
        await hands.click_text("b phrases")
        await hands.click_text("kept words")
        assert [each.text for each in hands.only_audit().evidence] == ["first words", "kept words"]
        await hands.click_text("/ go to")
        await hands.click_text("Dates and steps")
        await hands.click_text("Dates and steps")
        assert hands.walk.criterion.title == "Dates and steps"
        await hands.click_text("! flag")
        await hands.click_text("Follow up")
        await hands.click_text("Follow up")
        await hands.write("ask again\n")
        assert hands.only_audit().flags[0].text == "ask again"
        await hands.press("escape")
        await hands.click_text("! flags")
        await hands.click_text("follow up")
        await hands.until(lambda: hands.screen_name == "AnswerDialog")
