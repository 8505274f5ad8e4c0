"""Flags on the screens: safeguarding stops the walk, answers are asked for, home shows them."""

from dataclasses import replace

from tests.small_rubric import ME, OTHER, TODAY
from tests.tui.keyboard import (
    CORE,
    NARROW,
    Hands,
    begin,
    decide,
    make_store,
    opened,
    sign_off,
    walking,
)
from textual.widgets import Input

from ehcp_audit.auditing import raise_flag
from ehcp_audit.settings.workspace import Workspace
from ehcp_audit.tui.flagging import AnswerDialog
from ehcp_audit.tui.screens.walk import WalkScreen
from ehcp_audit.tui.widgets.line_list import LineList

FIRST, SECOND, THIRD = (criterion.id for criterion in CORE.rubric.criteria[:3])
STOPS = "If a child may be at risk, follow your area’s procedure now. This tool tells nobody."


def with_contacts(workspace: Workspace) -> Workspace:
    workspace.settings_file.write_text(
        '[safeguarding]\ncontacts = ["Front door: 01234 567890", "[/b]\\u009b2J out of hours"]\n'
        'lead_role = "Named nurse"\n',
        encoding="utf-8",
    )
    return workspace


def error_of(hands: Hands) -> str:
    return hands.words("#wrong")


# ---------------------------------------------------------------- safeguarding


async def test_a_safeguarding_flag_stops_the_walk_with_the_areas_own_lines(
    workspace: Workspace,
) -> None:
    async with walking(with_contacts(workspace)) as hands:
        await hands.press("!")
        assert STOPS in hands.flowing, "before anything is chosen"
        assert not hands.only_audit().flags
        await hands.press("s")
        assert isinstance(hands.screen, AnswerDialog)
        assert STOPS in hands.flowing
        assert "Front door: 01234 567890" in hands.text
        assert "[/b]" in hands.text
        assert "\x9b" not in hands.text
        (flag,) = hands.only_audit().flags
        assert (flag.kind, flag.criterion, flag.open) == ("safeguarding", FIRST, True)
        await hands.press("escape")
        assert "Sign-off waits for it." in hands.said
        assert "1 flag" in hands.lines[0]
        assert "⚑ The child's own views" in hands.words("#criteria")
        assert "⚑ Flag: safeguarding. Not answered yet." in hands.words("#question")


async def test_without_settings_the_screen_says_that_no_contact_is_named(
    workspace: Workspace,
) -> None:
    async with walking(workspace) as hands:
        await hands.press("!", "s")
        assert "settings.toml, [safeguarding]" in hands.flowing


async def test_who_was_told_and_when_answers_it(workspace: Workspace) -> None:
    async with walking(with_contacts(workspace)) as hands:
        await hands.press("!", "s", "down")
        assert hands.find("#role", Input).value == "Named nurse"
        await hands.press("enter")
        await hands.write("tomorow\n")
        assert isinstance(hands.screen, AnswerDialog), "a day that cannot be read is said"
        assert error_of(hands)
        hands.find("#day", Input).value = "3/3/2026"
        await hands.press("enter")
        assert "in the future" in error_of(hands)
        hands.find("#day", Input).value = "today"
        await hands.press("enter")
        assert hands.screen_name == "WalkScreen"
        (flag,) = hands.only_audit().flags
        assert (flag.told_role, flag.told_on, flag.open) == ("Named nurse", TODAY, False)
        assert "1 flag" not in hands.lines[0]
        assert "Named nurse told on 2 Mar 2026" in hands.words("#question")


async def test_not_a_concern_answers_it_with_a_reason(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("!", "s", "enter", "enter")
        assert not hands.only_audit().flags[0].not_a_concern, "an empty answer is none"
        await hands.write("another plan was open\n")
        (flag,) = hands.only_audit().flags
        assert (flag.not_a_concern, flag.open) == ("another plan was open", False)


async def test_sign_off_waits_for_the_answer(workspace: Workspace) -> None:
    with make_store(workspace) as store:
        audit_id = begin(store)
        decide(store, audit_id)
        state = store.audit(audit_id)
        store.write([raise_flag(state, "safeguarding", ME.id, criterion=FIRST)])
    async with walking(workspace) as hands:
        await hands.press("s", "g")
        if hands.screen_name == "ReasonDialog":
            await hands.press("enter")
        assert hands.only_audit().status == "draft"
        assert "safeguarding" in f"{hands.said} {hands.text}".lower()
        await hands.press("escape")


# ---------------------------------------------------------------- the others


async def test_the_other_flags_take_a_few_words_and_are_answered_by_what_was_done(
    workspace: Workspace,
) -> None:
    async with walking(workspace) as hands:
        await hands.press("!", "p")
        assert "section 42" in hands.flowing
        await hands.write("no therapy since September\n")
        await hands.press("!", "o")
        await hands.write("page 9\n")
        await hands.press("!", "f", "escape")
        flags = hands.only_audit().flags
        assert [(each.kind, each.text) for each in flags] == [
            ("provision", "no therapy since September"),
            ("other_child", "page 9"),
        ]
        await hands.press("!", "1", "enter", "enter", "enter")
        await hands.write("review called early\n")
        assert hands.only_audit().flags[0].done == "review called early"
        assert hands.only_audit().status == "draft"


async def test_a_flag_is_no_change_to_undo(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("3", "!", "s")
        await hands.until(lambda: hands.only_audit().open_flags)
        await hands.press("escape", "u")
        assert not hands.only_audit().scores


async def test_m_goes_round_the_questions_with_an_open_flag(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("m")
        assert "No question has an open flag." in hands.said
        await hands.press("down", "!", "s", "escape", "up", "m")
        assert hands.at == SECOND
        await hands.press("t", "f")
        listed = [line.key for line in hands.find("#criteria", LineList)._lines if line.key]
        assert listed == [SECOND]


async def test_anybody_may_flag_a_signed_audit(workspace: Workspace) -> None:
    with make_store(workspace) as store:
        audit_id = sign_off(store, OTHER)
    async with opened(workspace) as hands:
        hands.app.push_screen(WalkScreen(audit_id))
        await hands.settle()
        await hands.press("!", "s", "escape")
        (flag,) = hands.store.audit(audit_id).flags
        assert flag.raised_by == ME.id
        assert hands.store.auditor(ME.id) is not None, "who raised it is known by name"


async def test_a_flag_waits_for_what_is_still_being_saved(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("3", "3", "3", "!", "s", "escape", "4")
        await hands.until(lambda: len(hands.only_audit().scores) == 4)
        assert len(hands.only_audit().flags) == 1


# ---------------------------------------------------------------- the lead


async def test_home_shows_the_open_flags_and_one_key_lists_them(workspace: Workspace) -> None:
    with make_store(workspace) as store:
        grave = store.audit(begin(store, OTHER, plan_ref="NS-0001"))
        light = store.audit(begin(store, OTHER, plan_ref="NS-0002"))
        text = "ask [b]the school[/b]"
        store.write([raise_flag(grave, "safeguarding", OTHER.id, criterion=THIRD)])
        store.write([raise_flag(light, "follow_up", OTHER.id, criterion=THIRD, text=text)])
    async with opened(workspace, NARROW) as hands:
        assert "2 open flags: 1 safeguarding · 1 follow up" in hands.words("#flags")
        await hands.press("!")
        assert hands.screen_name == "FlagsScreen"
        lines = hands.words("#flags")
        assert lines.index("safeguarding") < lines.index("follow up")
        await hands.press("down")
        assert "ask [b]the school[/b]" in hands.words("#about")
        assert CORE.rubric.criterion(THIRD).title in hands.words("#about")
        await hands.press("enter", "down", "enter")
        await hands.write("today\n")
        assert len(hands.store.open_flags()) == 1
        await hands.press("a")
        assert "case holder told on 2 Mar 2026" in hands.words("#about") or "✓" in hands.text
        await hands.press("home", "o")
        assert hands.at == THIRD
        await hands.press("escape", "escape")
        assert "1 open flag: 1 safeguarding" in hands.words("#flags")


async def test_home_says_nothing_of_flags_where_none_is_open(workspace: Workspace) -> None:
    async with opened(workspace, chosen=replace(ME)) as hands:
        assert "flag" not in "\n".join(hands.lines[:-3])


async def test_in_the_smallest_window_what_must_be_read_is_in_view(workspace: Workspace) -> None:
    async with walking(with_contacts(workspace), (60, 20)) as hands:
        await hands.press("!", "s")
        for part in (STOPS, "Front door", "Which role was told?", "When were they told?", "Esc:"):
            assert part in hands.flowing


async def test_a_name_in_a_flag_or_its_answer_is_pointed_out(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("!", "p")
        await hands.write("Oliver has no therapy\n")
        assert "Does this say who it is about?" in hands.text
        await hands.press("r")
        (flag,) = hands.only_audit().flags
        assert "Oliver" not in flag.text
        await hands.press("!", "1", "enter", "enter", "enter")
        await hands.write("Oliver is seen again\n")
        await hands.press("e")
        assert isinstance(hands.screen, AnswerDialog), "back to what was typed"
        assert hands.find("#done", Input).value == "Oliver is seen again"
        await hands.press("enter", "k")
        assert hands.only_audit().flags[0].done == "Oliver is seen again"
        kinds = [each.kind for each in hands.store.audit_events(hands.only_audit().id)]
        assert kinds.count("identifiers_reviewed") == 2
