"""Text being typed is kept at every change, comes back, and goes when it becomes a note."""

import json

from tests.tui.keyboard import (
    CORE,
    DISK_FULL,
    Hands,
    SlowWriter,
    begin,
    make_store,
    note,
    texts,
    walking,
)

from ehcp_audit.settings.workspace import Workspace
from ehcp_audit.store import Draft, Work
from ehcp_audit.tui.screens.walk import WalkScreen
from ehcp_audit.tui.widgets.note_editor import NoteEditor

FIRST, SECOND = (criterion.id for criterion in CORE.rubric.criteria[:2])


def kept(hands: Hands) -> dict[str, str] | None:
    found = texts(hands.store, hands.walk.state.id)
    assert len(found) <= 1, found
    return json.loads(found[0]) if found else None


def typed(hands: Hands) -> tuple[str, str, str]:
    written = hands.find("NoteEditor", NoteEditor).note
    return (written.text, written.section, written.page)


async def test_what_is_typed_is_kept_after_each_change(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("i")
        assert kept(hands) is None
        text = ""
        for character in "Mum":
            await hands.press(character)
            text += character
            await hands.until(lambda: kept(hands) == {"text": text, "section": "", "page": ""})  # noqa: B023
        await hands.press("backspace")
        await hands.until(lambda: (kept(hands) or {})["text"] == "Mu")
        await hands.write("\nB\n7")
        await hands.until(lambda: kept(hands) == {"text": "Mu", "section": "B", "page": "7"})


async def test_leaving_makes_the_note_and_forgets_the_draft(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("i")
        await hands.write("Mum says")
        await hands.press("escape")
        assert kept(hands) is None
        assert hands.only_audit().evidence[0].text == "Mum says"


async def test_leaving_an_emptied_field_forgets_the_draft_and_makes_nothing(
    workspace: Workspace,
) -> None:
    async with walking(workspace) as hands:
        before = hands.only_audit()
        await hands.press("i")
        await hands.write("no")
        await hands.press("backspace", "backspace", "escape")
        await hands.until(lambda: kept(hands) is None)
        assert hands.only_audit() == before


async def test_typed_text_comes_back_and_says_so(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("down", "i")
        await hands.write("half a senten\nA")
        await hands.until(lambda: (kept(hands) or {}).get("section") == "A")
    async with walking(workspace) as hands:
        assert hands.at == SECOND
        assert typed(hands) == ("half a senten", "A", "")
        assert "has been brought back" in hands.said
        await hands.write("ce")
        await hands.press("escape")
        (written,) = hands.only_audit().evidence
        assert (written.criterion, written.text) == (SECOND, "half a sentence")
        assert kept(hands) is None


async def test_a_change_to_a_note_comes_back_as_a_change_to_it(workspace: Workspace) -> None:
    with make_store(workspace) as store:
        audit_id = begin(store)
        note(store, audit_id, FIRST, "trains")
    async with walking(workspace) as hands:
        await hands.press("e")
        await hands.write(" and maps")
        await hands.until(lambda: (kept(hands) or {}).get("text") == "trains and maps")
    async with walking(workspace) as hands:
        await hands.press("escape")
        assert [each.text for each in hands.only_audit().evidence] == ["trains and maps"]


async def test_leaving_the_program_keeps_the_newest_text_though_one_is_still_being_written(
    workspace: Workspace,
) -> None:
    async with walking(workspace) as hands:
        slow = SlowWriter(hands.store, holding=True)
        await hands.press("i")
        await hands.write("one two three")
        assert len(slow.held) == 1, "one write is in flight, and no more"
        slow.let_go_at_close()
        hands.app.exit()
    with make_store(workspace) as store:
        (text,) = texts(store, store.audits()[0].id)
        assert json.loads(text)["text"] == "one two three"


async def test_text_that_cannot_be_kept_stays_on_the_screen_and_says_why(
    workspace: Workspace,
) -> None:
    async with walking(workspace) as hands:
        slow = SlowWriter(hands.store, refuse_drafts=DISK_FULL)
        await hands.press("i")
        await hands.write("typed all the same")
        assert "The disk is full." in hands.said
        assert typed(hands)[0] == "typed all the same"
        slow.refuse_drafts = None
        await hands.press("!")
        await hands.until(lambda: (kept(hands) or {}).get("text") == "typed all the same!")


async def test_a_draft_that_cannot_be_read_does_not_keep_the_audit_from_opening(
    workspace: Workspace,
) -> None:
    with make_store(workspace) as store:
        audit_id = begin(store)
    async with walking(workspace) as hands:
        for damage in ("not json", "[]", '{"words": "x"}', '{"text": 5}', "[" * 100_000):
            hands.store.do(Work(drafts=(Draft(audit_id, f"note {FIRST}", damage),)))
            hands.app.push_screen(WalkScreen(audit_id))
            await hands.settle()
            assert hands.at == FIRST
            assert hands.find("NoteEditor", NoteEditor).is_open
