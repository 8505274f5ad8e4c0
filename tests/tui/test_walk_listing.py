"""The walk's list: only some questions, an agency's own, the place of the last note, history."""

from dataclasses import replace

import pytest
from tests.small_rubric import ME, OTHER
from tests.tui.keyboard import CORE, NARROW, WIDE, Hands, begin, make_store, note, opened, walking

from ehcp_audit.auditing.listing import QuestionFilter
from ehcp_audit.settings.workspace import Workspace
from ehcp_audit.tui.widgets.line_list import LineList
from ehcp_audit.tui.widgets.page import Page

FIRST, SECOND = (criterion.id for criterion in CORE.rubric.criteria[:2])
HEALTH = replace(ME, name="DCO", agency="health")
HEALTHS = [c.id for c in CORE.rubric.criteria if "health" in c.scored_by]


def in_list(hands: Hands) -> list[str]:
    lines = hands.find("#criteria", LineList)._lines
    return [line.key for line in lines if line.key]


# ---------------------------------------------------------------- by theme


@pytest.mark.parametrize(("on", "back"), [("right", "left"), ("l", "h")])
async def test_arrows_and_letters_go_theme_by_theme(
    workspace: Workspace, on: str, back: str
) -> None:
    heads = [CORE.rubric.in_theme(theme.id)[0].id for theme in CORE.rubric.themes]
    async with walking(workspace) as hands:
        assert hands.at == heads[0]
        await hands.press(back)
        assert "This is the first theme" in hands.said
        await hands.press("down", on)
        assert hands.at == heads[1]
        await hands.press("down", back)
        assert hands.at == heads[0]
        await hands.press(*[on] * len(heads))
        assert hands.at == heads[-1]
        assert "This is the last theme" in hands.said


async def test_only_themes_that_are_listed_are_gone_to(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        hands.walk.course.list_only(QuestionFilter("agency", "health"))
        hands.walk.paint()
        themes = list(dict.fromkeys(CORE.rubric.criterion(each).theme for each in HEALTHS))
        assert CORE.rubric.criterion(hands.at).theme == themes[0]
        await hands.press("right")
        assert hands.at == next(
            each for each in HEALTHS if CORE.rubric.criterion(each).theme == themes[1]
        )


# ---------------------------------------------------------------- only some


async def test_only_a_theme_is_listed_and_esc_lists_all_again(workspace: Workspace) -> None:
    outcomes = [c.id for c in CORE.rubric.in_theme("outcomes")]
    async with walking(workspace) as hands:
        whole = in_list(hands)
        await hands.press("t", "t")
        await hands.write("smart\n")
        assert in_list(hands) == outcomes
        assert hands.at == outcomes[0]
        assert f"{len(outcomes)} of {len(whole)}" in hands.words("#criteria")
        assert "Only SMART outcomes" in hands.words("#criteria")
        await hands.press("3", "3", "3", "space")
        assert list(hands.only_audit().scores) == outcomes[:3], "the last does not apply"
        assert "Nothing is undecided of SMART outcomes. Esc shows all." in hands.said
        await hands.press("escape")
        assert hands.screen_name == "WalkScreen"
        assert in_list(hands) == whole
        await hands.press("escape")
        assert hands.screen_name == "HomeScreen"


async def test_a_question_scored_out_of_its_list_stays_in_view_until_left(
    workspace: Workspace,
) -> None:
    async with walking(workspace) as hands:
        await hands.press("3", "2", "t", "b")
        assert in_list(hands) == [SECOND]
        await hands.press("3")
        assert hands.at == SECOND
        assert in_list(hands) == [SECOND]
        await hands.press("t", "b")
        assert "No question is below Meets." in hands.said


async def test_a_narrow_window_says_what_is_left_out(workspace: Workspace) -> None:
    async with walking(workspace, NARROW) as hands:
        await hands.press("t", "s")
        await hands.write("section g\n")
        assert hands.lines[1].strip().startswith("Only Section G")
        assert "Esc: all" in hands.lines[1]
        await hands.press("t", "l")
        assert "Only" not in hands.lines[1]


async def test_health_sees_its_own_questions_with_why_we_ask_open(workspace: Workspace) -> None:
    async with opened(workspace, chosen=HEALTH) as hands:
        begin(hands.app.database(), HEALTH)
        await hands.press("escape", "c")
        assert in_list(hands) == HEALTHS
        assert "Only what health judges" in hands.words("#criteria")
        source = CORE.rubric.source(hands.walk.criterion.findings[0].source)
        assert source.title in hands.words("#question")
        await hands.press("escape")
        assert len(in_list(hands)) == len(CORE.rubric.criteria)


async def test_a_question_that_the_summary_points_to_is_shown_though_it_is_anothers(
    workspace: Workspace,
) -> None:
    async with walking(workspace, identity=HEALTH, at=FIRST) as hands:
        assert hands.at == FIRST


# ---------------------------------------------------------------- the place of the last note


async def test_the_place_of_the_last_note_is_taken_with_one_enter(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("i")
        await hands.write("likes trains\nA\n2\n")
        before = hands.pressed
        await hands.press("i")
        await hands.write("and maps")
        assert "⏎ A p.2 again" in hands.text
        await hands.press("enter", "enter")
        assert hands.pressed - before - len("and maps") == 3
        texts = [(each.text, each.place) for each in hands.only_audit().evidence]
        assert texts == [("likes trains", "A p.2"), ("and maps", "A p.2")]


async def test_the_place_offered_is_not_taken_unless_asked_for(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("i")
        await hands.write("likes trains\nA\n2\n")
        await hands.press("i")
        await hands.write("seen nowhere")
        await hands.press("escape", "i")
        await hands.write("elsewhere\nB\n9\n")
        await hands.press("i")
        await hands.write("only a page\n")
        await hands.press("tab")
        await hands.write("3\n")
        places = [each.place for each in hands.only_audit().evidence]
        assert places == ["A p.2", "", "B p.9", "p.3"]


async def test_the_place_is_remembered_from_before_the_program_was_started(
    workspace: Workspace,
) -> None:
    with make_store(workspace) as store:
        note(store, begin(store), FIRST, "likes trains", section="A", page="2")
    async with walking(workspace, at=SECOND) as hands:
        await hands.press("i")
        await hands.write("again\n\n")
        assert [each.place for each in hands.only_audit().evidence] == ["A p.2", "A p.2"]


# ---------------------------------------------------------------- going on


async def test_home_and_the_walk_show_where_i_stopped_and_what_i_wrote_last(
    workspace: Workspace,
) -> None:
    async with walking(workspace, WIDE) as hands:
        await hands.press("3", "i")
        await hands.write("views blurred\nA\n2\n")
        await hands.press("3", "escape")
        third = CORE.rubric.criteria[2]
        strip = hands.words("#go-on")
        assert third.question in strip
        assert "last: “views blurred” A p.2" in strip
        await hands.press("c")
        assert hands.at == third.id
        assert "Last written, on “Whose view it is”: “views blurred”" in hands.words("#question")


async def test_home_says_nothing_of_going_on_where_i_have_no_draft(workspace: Workspace) -> None:
    with make_store(workspace) as store:
        begin(store, OTHER)
    async with opened(workspace) as hands:
        assert not hands.find("#go-on", Page).display


# ---------------------------------------------------------------- history


async def test_the_history_of_a_question_says_who_when_old_new_and_why(
    workspace: Workspace,
) -> None:
    async with walking(workspace) as hands:
        await hands.press("3", "up", "x")
        await hands.write("no advice in the file\n")
        await hands.press("up", "r")
        page = hands.words("#page")
        assert "2 Mar 2026" in page
        assert "12:00 KL scored" in page
        assert page.index("no score → ◑ Meets") < page.index("◑ Meets → ? Not evidenced")
        assert "no advice in the file" in page
        await hands.press("enter")
        assert hands.screen_name == "WalkScreen"
        await hands.press("down", "r")
        assert "Nothing was done here that the record holds." in hands.text
