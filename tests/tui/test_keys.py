"""One action table: no key means two things, and footer, help and palette know every action."""

import inspect

import pytest
from tests.tui.keyboard import NARROW, WIDE, Hands, make_store, opened, sign_off, walking
from textual.widgets import Input, TextArea

from ehcp_audit.settings.workspace import Workspace
from ehcp_audit.tui.actions import EDITOR, FORM, SCREENS, WALK, Action
from ehcp_audit.tui.base import AuditScreen
from ehcp_audit.tui.dialogs import ChoiceDialog, Option
from ehcp_audit.tui.screens.facts import FactsScreen
from ehcp_audit.tui.screens.flags import FlagsScreen
from ehcp_audit.tui.screens.home import HomeScreen
from ehcp_audit.tui.screens.summary import SummaryScreen
from ehcp_audit.tui.screens.trends import TrendsScreen
from ehcp_audit.tui.screens.walk import WalkScreen
from ehcp_audit.tui.screens.walk_marks import DIGITS
from ehcp_audit.tui.widgets.bars import LAST
from ehcp_audit.tui.widgets.page import Page

SCREEN_CLASSES: tuple[type[AuditScreen], ...] = (
    HomeScreen,
    WalkScreen,
    SummaryScreen,
    FactsScreen,
    TrendsScreen,
    FlagsScreen,
)
# Keys that a focused widget binds to the very thing that the screen does.
SAME_MEANING = {
    ("LineList", "down"),
    ("LineList", "up"),
    ("TypedFact", "delete"),
}


def keys_of(actions: tuple[Action, ...]) -> list[str]:
    return [key for action in actions for key in (action.key, *action.aliases)]


async def to_screen(hands: Hands, name: str) -> None:
    keys = {
        "HomeScreen": [],
        "WalkScreen": ["home", "c"],
        "SummaryScreen": ["home", "c", "s"],
        "FactsScreen": ["n"],
        "TrendsScreen": ["t"],
        "FlagsScreen": ["exclamation_mark"],
    }
    while hands.screen_name != "HomeScreen":
        await hands.press("escape")
    await hands.press(*keys[name])
    assert hands.screen_name == name


@pytest.fixture
def two_audits(workspace: Workspace) -> Workspace:
    from tests.tui.keyboard import begin  # noqa: PLC0415

    with make_store(workspace) as store:
        sign_off(store)
        begin(store, plan_ref="NS-0002")
    return workspace


@pytest.mark.parametrize("name", SCREENS)
def test_no_key_means_two_things_on_a_screen(name: str) -> None:
    keys = keys_of(SCREENS[name])
    assert len(keys) == len(set(keys))


def test_no_level_of_a_rubric_is_a_key_of_the_walk() -> None:
    assert not set("0123456789") & set(keys_of(WALK))


@pytest.mark.parametrize("screen", SCREEN_CLASSES)
def test_every_action_of_a_screen_can_be_done(screen: type[AuditScreen]) -> None:
    for action in screen.ACTIONS:
        method = getattr(screen, f"do_{action.name}", None)
        assert inspect.isfunction(method), action.name
        assert not [
            each
            for each in inspect.signature(method).parameters.values()
            if each.name != "self" and each.default is each.empty
        ], action.name


@pytest.mark.parametrize("screen", SCREEN_CLASSES)
def test_the_bindings_of_a_screen_are_its_actions(screen: type[AuditScreen]) -> None:
    bound = [key for each in screen.BINDINGS for key in each.key.split(",")]  # type: ignore[union-attr]
    levels = list(DIGITS) if screen is WalkScreen else []
    assert sorted(bound) == sorted([*keys_of(screen.ACTIONS), *levels])


async def test_no_widget_gives_a_key_of_its_screen_another_meaning(two_audits: Workspace) -> None:
    async with opened(two_audits) as hands:
        for screen in SCREEN_CLASSES:
            await to_screen(hands, screen.__name__)
            keys = set(keys_of(screen.ACTIONS))
            for widget in hands.screen.query("*"):
                typed_in = isinstance(widget, Input | TextArea) and screen is not FactsScreen
                if not widget.focusable or typed_in:
                    continue  # a field that is being typed in has the keys to itself
                for key, meanings in widget._bindings.key_to_bindings.items():
                    scrolls = all(each.action.startswith("scroll_") for each in meanings)
                    same = (type(widget).__name__, key) in SAME_MEANING
                    # What cannot scroll leaves the keys of scrolling to the screen.
                    assert key not in keys or scrolls or same, f"{key} in {type(widget).__name__}"


def test_no_key_of_the_note_is_an_editing_key_of_its_fields() -> None:
    editing = {key for each in TextArea.BINDINGS for key in each.key.split(",")}  # type: ignore[union-attr]
    assert not editing & set(keys_of(EDITOR))


async def test_the_footer_of_a_very_wide_window_shows_every_action(two_audits: Workspace) -> None:
    async with opened(two_audits, (240, 40)) as hands:
        for screen in SCREEN_CLASSES:
            await to_screen(hands, screen.__name__)
            footer = "\n".join(hands.lines[-3:])
            for action in screen.ACTIONS:
                shown = f"{action.shown} {action.footer}" in footer
                assert shown == hands.screen.arises(action.name), (  # type: ignore[attr-defined]
                    screen,
                    action.name,
                )


async def test_footer_and_help_show_what_is_often_done_at_80_columns(two_audits: Workspace) -> None:
    async with opened(two_audits, NARROW) as hands:
        for screen in SCREEN_CLASSES:
            await to_screen(hands, screen.__name__)
            front = hands.screen
            footer = "\n".join(hands.lines[-3:])
            for action in screen.ACTIONS:
                shown = f"{action.shown} {action.footer}" in footer
                arises = hands.screen.arises(action.name)  # type: ignore[attr-defined]
                assert shown or action.seldom or not arises, (screen, action.name)
            await hands.press("f1")
            assert hands.screen_name == "HelpScreen"
            page = hands.find("#help", Page)
            words = " ".join("".join(text for text, _ in line.parts) for line in page._lines)
            words = " ".join(words.split())
            for action in screen.ACTIONS:
                assert action.title.partition(": ")[2] in words, action.name
                assert action.help.split(".")[0] in words, action.name
            await hands.press("escape")
            assert hands.screen is front


async def test_the_palette_offers_every_action(two_audits: Workspace) -> None:
    async with opened(two_audits, (120, 100)) as hands:
        for screen in (HomeScreen, WalkScreen, SummaryScreen, TrendsScreen):
            await to_screen(hands, screen.__name__)
            await hands.press("colon")
            await hands.until(lambda: screen.ACTIONS[0].title in hands.text)  # noqa: B023
            for action in screen.ACTIONS:
                if action.name != "palette":
                    assert action.title in hands.text, action.name
            await hands.press("escape")


async def test_the_palette_does_what_it_is_told(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        first = hands.at
        await hands.press("colon")
        await hands.write("next undecided")
        await hands.until(lambda: "Questions: Next undecided" in hands.text)
        await hands.press("enter")
        await hands.until(lambda: hands.screen_name == "WalkScreen")
        await hands.until(lambda: hands.at != first)
        await hands.press("colon")
        await hands.write("withdraw a draft")
        await hands.until(lambda: "Audit: Withdraw" in hands.text)
        await hands.press("enter")
        await hands.until(lambda: hands.screen_name == "ReasonDialog")


async def test_the_palette_says_why_a_thing_cannot_be_done(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press("colon")
        await hands.write("undo my last")
        await hands.until(lambda: "Edit: Undo" in hands.text)
        await hands.press("enter")
        await hands.until(lambda: "There is nothing to undo." in hands.said)


def test_the_form_has_no_key_that_types_a_letter() -> None:
    assert all(len(key) > 1 for key in keys_of(FORM))


@pytest.mark.parametrize("width", [60, 70, 80, 100])
async def test_the_ways_out_and_to_help_are_in_every_footer(
    two_audits: Workspace, width: int
) -> None:
    async with opened(two_audits, (width, 24)) as hands:
        for screen in SCREEN_CLASSES:
            await to_screen(hands, screen.__name__)
            footer = "\n".join(hands.lines[-3:])
            for action in screen.ACTIONS:
                if action.name in LAST:
                    assert f"{action.shown} {action.footer}" in footer, (screen, action.name)


@pytest.mark.parametrize(("inward", "outward"), [("right", "left"), ("l", "h")])
async def test_right_goes_in_and_left_goes_out(
    two_audits: Workspace, inward: str, outward: str
) -> None:
    async with opened(two_audits) as hands:
        await hands.press("down", inward)
        assert hands.screen_name == "SummaryScreen"
        await hands.press("p", outward, outward)
        assert hands.screen_name == "HomeScreen"
        await hands.press("t", inward, outward, outward)
        assert hands.screen_name == "HomeScreen"


async def test_a_refusal_goes_with_its_page_and_an_outcome_comes_along(
    two_audits: Workspace,
) -> None:
    async with opened(two_audits) as hands:
        await hands.press("c", "u")
        assert "nothing to undo" in hands.said.lower()
        await hands.press("question_mark")
        assert hands.said == "", "it was about the page before"
        await hands.press("escape", "u", "w")
        assert "nothing to undo" in hands.said.lower(), "a question over the page is no other page"
        await hands.write("begun twice\n")
        assert hands.screen_name == "HomeScreen"
        assert "Withdrawn." in hands.said


async def test_the_summary_offers_what_can_arise(two_audits: Workspace) -> None:
    async with opened(two_audits) as hands:
        await hands.press("c", "s")
        footer = "\n".join(hands.lines[-3:])
        assert "g sign off" in footer, "greyed until nothing is missing"
        assert "reopen" not in footer
        await hands.press("o")
        assert "Only an audit that is signed off can be reopened." in hands.said
        await hands.press("escape", "escape", "down", "enter")
        footer = "\n".join(hands.lines[-3:])
        assert "o reopen" in footer
        assert "sign off" not in footer


async def test_a_choice_of_many_shows_as_many_as_fit_and_that_there_are_more(
    two_audits: Workspace,
) -> None:
    many = [Option(letter, f"Answer {letter}") for letter in "abcdefghijklmnopqrstuvwxyz"]
    for size, fit in ((WIDE, True), (NARROW, False)):
        async with opened(two_audits, size) as hands:
            hands.app.push_screen(ChoiceDialog("Which?", many, "One of them. " * 8))
            await hands.settle()
            assert ("Answer z" in hands.text) == fit
            assert ("↓ more" in hands.text) != fit
            assert "Letter or ⏎: choose" in hands.text
            await hands.press("end")
            assert "Answer z" in hands.text
