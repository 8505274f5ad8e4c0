"""The walk: one key a question, reasons where they are needed, notes, undo, mouse, read only."""

import pytest
from tests.small_rubric import ME, OTHER, TODAY
from tests.tui.keyboard import (
    CORE,
    NARROW,
    TINY,
    WIDE,
    Hands,
    begin,
    decide,
    make_store,
    note,
    opened,
    sign_off,
    walking,
)

from ehcp_audit.auditing import withdraw
from ehcp_audit.domain.rubric import NOT_APPLICABLE, NOT_EVIDENCED
from ehcp_audit.settings.workspace import Workspace
from ehcp_audit.tui.dialogs import ChoiceDialog, ReasonDialog
from ehcp_audit.tui.screens.walk import WalkScreen
from ehcp_audit.tui.widgets.line_list import LineList
from ehcp_audit.tui.widgets.note_editor import NoteEditor
from ehcp_audit.tui.widgets.page import Page

FIRST, SECOND, THIRD = (criterion.id for criterion in CORE.rubric.criteria[:3])
RULED_OUT = "health.contribution"  # the plan of these tests is known to no health service


def editing(hands: Hands) -> bool:
    return hands.find("NoteEditor", NoteEditor).is_open


# ---------------------------------------------------------------- scoring


async def test_a_digit_scores_the_question_and_goes_on(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        assert hands.at == FIRST
        await hands.press("3")
        assert hands.only_audit().scores[FIRST].level == 3
        assert hands.at == SECOND
        assert "1 of 13 decided" in hands.text
        assert "✓ saved" in hands.text


async def test_a_digit_beyond_the_scale_says_how_many_levels_there_are(
    workspace: Workspace,
) -> None:
    async with walking(workspace) as hands:
        await hands.press("7")
        assert "This rubric has 4 levels." in hands.said
        assert not hands.only_audit().scores


async def test_a_level_that_needs_evidence_keeps_the_question_in_view(
    workspace: Workspace,
) -> None:
    async with walking(workspace) as hands:
        await hands.press("1")
        assert hands.at == FIRST
        assert "Needed here: press i" in hands.text
        await hands.press("i")
        await hands.write("nothing from the child")
        await hands.press("escape")
        assert hands.at == SECOND


async def test_scoring_again_keeps_the_question_in_view(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("3", "up", "3")
        assert hands.at == FIRST
        await hands.press("2")
        assert hands.at == FIRST
        assert hands.only_audit().scores[FIRST].level == 2


@pytest.mark.parametrize(
    ("key", "level", "word"),
    [("n", NOT_APPLICABLE, "Not applicable"), ("x", NOT_EVIDENCED, "Not evidenced")],
)
async def test_not_applicable_and_not_evidenced_ask_for_a_reason(
    workspace: Workspace, key: str, level: int, word: str
) -> None:
    async with walking(workspace) as hands:
        await hands.press(key)
        assert isinstance(hands.screen, ReasonDialog)
        assert word in hands.text
        await hands.press("enter")
        assert isinstance(hands.screen, ReasonDialog), "an empty reason is no reason"
        await hands.write("the child is two\n")
        score = hands.only_audit().scores[FIRST]
        assert (score.level, score.reason) == (level, "the child is two")
        assert hands.at == SECOND


@pytest.mark.parametrize("key", ["n", "x"])
async def test_leaving_the_reason_leaves_the_question_undecided(
    workspace: Workspace, key: str
) -> None:
    async with walking(workspace) as hands:
        await hands.press(key)
        await hands.write("half a rea")
        await hands.press("escape")
        assert isinstance(hands.screen, WalkScreen)
        assert not hands.only_audit().scores
        assert hands.at == FIRST


async def test_the_usual_reasons_are_offered_by_the_arrow(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("x", "down", "enter")
        assert hands.only_audit().scores[FIRST].reason == "The advice was not available"


async def test_a_question_that_the_facts_rule_out_is_judged_all_the_same_with_a_reason(
    workspace: Workspace,
) -> None:
    async with walking(workspace, at=RULED_OUT) as hands:
        assert "Does not apply" in hands.text
        await hands.press("3")
        assert isinstance(hands.screen, ReasonDialog)
        await hands.press("escape")
        assert not hands.only_audit().scores
        await hands.press("3")
        await hands.write("a letter from the clinic is attached\n")
        score = hands.only_audit().scores[RULED_OUT]
        assert (score.level, score.overrides) == (3, True)
        assert "1 of 14 decided" in hands.text


async def test_clear_makes_a_question_undecided_again(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("3", "up", "backspace")
        assert not hands.only_audit().scores
        await hands.press("backspace")
        assert "This question has no score." in hands.said


async def test_a_sentence_that_must_be_seen_appears_at_the_lowest_level(
    workspace: Workspace,
) -> None:
    async with walking(workspace, at="checks.accurate") as hands:
        await hands.press("1")
        assert hands.screen_name == "NoticeDialog"
        assert "tell your information governance lead now" in hands.words("VerticalScroll")
        await hands.press("enter")
        assert isinstance(hands.screen, WalkScreen)
        assert hands.only_audit().scores["checks.accurate"].level == 1
        await hands.press("2")
        assert isinstance(hands.screen, WalkScreen), "only the lowest level says so"


# ---------------------------------------------------------------- evidence


async def test_enter_goes_from_text_to_section_to_page_and_saves(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("i")
        assert editing(hands)
        await hands.write("likes trains\n")
        await hands.write("A\n2\n")
        assert not editing(hands)
        (written,) = hands.only_audit().evidence
        assert (written.criterion, written.text) == (FIRST, "likes trains")
        assert (written.section, written.page) == ("A", "2")
        assert f"“likes trains” {written.place}" in hands.words("#question")
        assert hands.at == FIRST, "the question still waits for its level"


async def test_a_note_may_have_several_lines(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("i")
        await hands.write("one")
        await hands.press("ctrl+j")
        await hands.write("two")
        await hands.press("escape")
        assert hands.only_audit().evidence[0].text == "one\ntwo"


async def test_an_empty_note_is_no_note(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("i")
        await hands.write("  ")
        await hands.press("escape")
        assert not hands.only_audit().evidence
        assert not editing(hands)


async def test_a_note_is_changed_and_deleted_by_clearing_it(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("e")
        assert "no note yet" in hands.said
        await hands.press("i")
        await hands.write("trains")
        await hands.press("escape", "e")
        await hands.write(" and maps")
        await hands.press("escape")
        (changed,) = hands.only_audit().evidence
        assert changed.text == "trains and maps"
        await hands.press("e", *["backspace"] * len(changed.text), "escape")
        assert not hands.only_audit().evidence


async def test_a_note_left_as_it_was_makes_no_event(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("i")
        await hands.write("trains")
        await hands.press("escape")
        before = hands.only_audit().rev
        await hands.press("e", "escape")
        assert hands.only_audit().rev == before


async def test_of_several_notes_one_is_chosen(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        note(hands.store, hands.only_audit().id, FIRST, "the first note")
        note(hands.store, hands.only_audit().id, FIRST, "the second note")
        hands.walk.session.reload()
        hands.walk.paint()
        await hands.press("e")
        assert isinstance(hands.screen, ChoiceDialog)
        await hands.press("2")
        await hands.write("!")
        await hands.press("escape")
        assert [each.text for each in hands.only_audit().evidence] == [
            "the first note",
            "the second note!",
        ]


@pytest.mark.parametrize("keys", [["down"], ["up"], ["ctrl+r"], ["ctrl+p", "enter"]])
async def test_no_key_pressed_while_writing_takes_the_note_to_another_question(
    workspace: Workspace, keys: list[str]
) -> None:
    async with walking(workspace) as hands:
        await hands.press("3", "4", "u", "i")
        at = hands.at
        await hands.write("seen here\nA")
        await hands.press(*keys)
        if not isinstance(hands.screen, WalkScreen):
            await hands.press("escape")
        if editing(hands):
            await hands.press("escape")
        (written,) = hands.only_audit().evidence
        assert (written.criterion, written.text, written.section) == (at, "seen here", "A")


async def test_a_click_elsewhere_while_writing_saves_the_note_where_it_was_begun(
    workspace: Workspace,
) -> None:
    async with walking(workspace) as hands:
        await hands.press("i")
        await hands.write("seen here")
        await hands.click_text("How views were gathered")
        assert hands.at == THIRD
        assert not editing(hands)
        (written,) = hands.only_audit().evidence
        assert (written.criterion, written.text) == (FIRST, "seen here")
        await hands.press("3")
        assert hands.only_audit().scores[THIRD].level == 3


async def test_a_text_that_is_too_long_is_said_and_stays_in_its_field(
    workspace: Workspace,
) -> None:
    async with walking(workspace) as hands:
        await hands.press("i")
        await hands.paste("x" * 10_001)
        await hands.press("escape")
        assert "10,000 is the most" in hands.said
        assert editing(hands)
        assert not hands.only_audit().evidence
        await hands.press("backspace", "escape")
        assert len(hands.only_audit().evidence[0].text) == 10_000


# ---------------------------------------------------------------- undo


async def test_undo_and_redo_go_to_the_question_they_change(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("3", "4", "space", "u")
        assert hands.at == SECOND
        assert list(hands.only_audit().scores) == [FIRST]
        assert "Undone: a score on “Whose view it is”." in hands.said
        await hands.press("u")
        assert hands.at == FIRST
        await hands.press("u")
        assert "There is nothing to undo." in hands.said
        await hands.press("ctrl+r", "ctrl+r")
        assert {key: s.level for key, s in hands.only_audit().scores.items()} == {
            FIRST: 3,
            SECOND: 4,
        }
        await hands.press("ctrl+r")
        assert "There is nothing to redo." in hands.said


async def test_undo_and_redo_outlive_the_program(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("3", "2", "i")
        await hands.write("blurred")
        await hands.press("escape")
    async with walking(workspace) as hands:
        await hands.press("u", "u")
        state = hands.only_audit()
        assert (list(state.scores), state.evidence) == ([FIRST], ())
    async with walking(workspace) as hands:
        await hands.press("ctrl+r", "ctrl+r")
        state = hands.only_audit()
        assert state.scores[SECOND].level == 2
        assert [each.text for each in state.evidence] == ["blurred"]


async def test_a_new_act_ends_redo(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("3", "u", "2", "ctrl+r")
        assert "There is nothing to redo." in hands.said
        assert hands.only_audit().scores[FIRST].level == 2


# ---------------------------------------------------------------- moving


async def test_arrows_and_letters_go_through_the_questions(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("down", "j")
        assert hands.at == THIRD
        await hands.press("k", "up")
        assert hands.at == FIRST


async def test_space_goes_to_the_next_undecided_question(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("3", "3", "up", "up", "space")
        assert hands.at == THIRD
        decide(hands.store, hands.only_audit().id)
        hands.walk.session.reload()
        await hands.press("space")
        assert "Every question is decided" in hands.said


async def test_find_goes_to_the_question_that_has_the_words(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("slash")
        await hands.write("dates steps\n")
        assert hands.walk.criterion.title == "Dates and steps"
        before = hands.at
        await hands.press("slash")
        await hands.write("zebra\n")
        assert "No question has those words." in hands.text
        await hands.press("escape")
        assert hands.at == before
        await hands.press("g")
        await hands.write("health")
        await hands.press("down", "enter")
        assert "health" in f"{hands.walk.criterion.title} {hands.walk.criterion.question}".lower()


async def test_a_number_goes_to_the_question_of_that_number(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("slash")
        await hands.write("3\n")
        assert hands.at == THIRD
        assert not hands.only_audit().scores, "the digit was a number, not a level"


async def test_why_we_ask_is_shown_in_full(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        source = CORE.rubric.source(hands.walk.criterion.findings[0].source)
        assert source.title not in hands.words("#question")
        await hands.press("y")
        assert source.title in hands.words("#question")
        await hands.press("y")
        assert source.title not in hands.words("#question")


async def test_going_home_and_back_comes_to_the_next_undecided_question(
    workspace: Workspace,
) -> None:
    async with walking(workspace) as hands:
        await hands.press("3", "3", "escape", "c")
        assert hands.at == THIRD


# ---------------------------------------------------------------- mouse


async def test_a_click_on_a_question_puts_it_in_view(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.click_text("Dates and steps")
        assert hands.walk.criterion.title == "Dates and steps"


async def test_a_click_on_a_key_of_the_footer_presses_it(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.click_text("i evidence")
        assert editing(hands)
        await hands.write("clicked")
        await hands.click_text("Esc done")
        assert hands.only_audit().evidence[0].text == "clicked"


async def test_a_click_on_a_greyed_key_says_why_it_does_nothing(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.click_text("u undo")
        assert "There is nothing to undo." in hands.said


async def test_the_wheel_scrolls_without_moving_the_question(workspace: Workspace) -> None:
    async with walking(workspace, NARROW) as hands:
        page = hands.find("#question", Page)
        await hands.press("y")
        before = hands.text
        await hands.wheel(page)
        await hands.settle()
        assert hands.text != before
        assert hands.at == FIRST


# ---------------------------------------------------------------- layouts


async def test_a_wide_window_shows_the_list_beside_the_question(workspace: Workspace) -> None:
    async with walking(workspace, WIDE) as hands:
        assert hands.find("#criteria", LineList).display
        assert not hands.find("#progress", Page).display
        for level in hands.walk.criterion.levels:
            assert level.split()[0] in hands.text


async def test_a_narrow_window_folds_the_list_to_a_line(workspace: Workspace) -> None:
    async with walking(workspace, NARROW) as hands:
        assert not hands.find("#criteria", LineList).display
        assert "·····" in hands.lines[1]
        await hands.press("3", "3")
        assert "◑◑···" in hands.lines[1]
        assert hands.at == THIRD
        await hands.press("down", "up", "i")
        await hands.write("narrow")
        await hands.press("escape")
        assert [each.criterion for each in hands.only_audit().evidence] == [THIRD]


async def test_a_window_made_narrow_folds_the_list_at_once(workspace: Workspace) -> None:
    async with walking(workspace, WIDE) as hands:
        await hands.press("3")
        assert "education" in hands.lines[0]
        await hands.pilot.resize_terminal(*NARROW)
        await hands.settle()
        assert "◑····" in hands.lines[1]
        assert "education" not in hands.lines[0]


async def test_every_level_and_the_evidence_heading_are_seen_at_80_by_24(
    workspace: Workspace,
) -> None:
    async with walking(workspace, NARROW) as hands:
        for key, label in (("1", "Not met"), ("4", "Strong"), ("n", "Not applicable")):
            assert any(line.strip().startswith(key) and label in line for line in hands.lines)
        assert "Evidence" in hands.text


async def test_a_window_that_is_too_small_says_so_and_loses_nothing(
    workspace: Workspace,
) -> None:
    async with walking(workspace, WIDE) as hands:
        await hands.press("3", "i")
        await hands.write("kept")
        await hands.pilot.resize_terminal(*TINY)
        await hands.settle()
        assert "50×15; ehcp-audit needs 60×20" in hands.flowing
        await hands.pilot.resize_terminal(*NARROW)
        await hands.settle()
        assert "kept" in hands.text
        await hands.press("escape")
        assert hands.only_audit().evidence[0].text == "kept"


async def test_a_line_scrolled_out_of_view_is_said_at_the_foot(workspace: Workspace) -> None:
    async with walking(workspace, NARROW) as hands:
        await hands.press("y")
        assert "more lines: PgDn" in hands.text
        await hands.press("pagedown", "pagedown", "pagedown")
        assert "more lines" not in hands.text
        assert hands.at == FIRST


# ---------------------------------------------------------------- what may only be read


async def test_a_signed_audit_is_read_only(workspace: Workspace) -> None:
    with make_store(workspace) as store:
        audit_id = sign_off(store)
        before = store.audit(audit_id)
    async with walking(workspace) as hands:
        assert "signed off" in hands.lines[0]
        for key in ("1", "n", "x", "i", "backspace", "u", "w"):
            await hands.press(key)
            assert "This audit is signed off." in hands.said, key
            assert isinstance(hands.screen, WalkScreen)
        assert hands.store.audit(audit_id) == before


async def test_somebody_elses_draft_is_reading_only(workspace: Workspace) -> None:
    with make_store(workspace) as store:
        audit_id = begin(store, OTHER)
        before = store.audit(audit_id)
    async with walking(workspace) as hands:
        assert "reading only" in hands.lines[0]
        for key in ("1", "n", "i", "w"):
            await hands.press(key)
            assert "somebody else's" in hands.said, key
        await hands.press("f", "down", "ctrl+s", "escape")
        assert hands.store.audit(audit_id) == before


async def test_a_withdrawn_audit_is_read_only(workspace: Workspace) -> None:
    with make_store(workspace) as store:
        audit_id = begin(store)
        store.write([withdraw(store.audit(audit_id), ME.id, "begun twice")])
        before = store.audit(audit_id)
    async with opened(workspace) as hands:
        hands.app.push_screen(WalkScreen(audit_id))
        await hands.settle()
        assert "withdrawn" in hands.lines[0]
        await hands.press("3")
        assert "withdrawn" in hands.said
        assert hands.store.audit(audit_id) == before


async def test_a_draft_is_withdrawn_with_a_reason_and_then_listed_as_withdrawn(
    workspace: Workspace,
) -> None:
    async with walking(workspace) as hands:
        await hands.press("w", "escape")
        assert hands.only_audit().status == "draft"
        await hands.press("w")
        await hands.write("begun twice\n")
        assert hands.only_audit().status == "withdrawn"
        assert hands.screen_name == "HomeScreen"


async def test_the_day_of_the_tests_is_the_day_of_the_screens(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        assert hands.app.today == TODAY
