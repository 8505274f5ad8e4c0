"""Whatever the screens can do, line prompts can do: an action without a twin fails here."""

import pytest
from tests.front_ends.at_the_prompts import converse
from tests.tui.keyboard import make_store, sign_off

from ehcp_audit.cli.plain import commands
from ehcp_audit.cli.plain.commands import Command, understand
from ehcp_audit.settings.workspace import Workspace
from ehcp_audit.tui.actions import SCREENS

# The commands that stand for a screen. A new screen needs a line here.
TWINS: dict[str, tuple[Command, ...]] = {
    "Home": commands.HOME,
    "The walk": commands.WALK,
    "Summary": commands.SUMMARY,
    "Flags": commands.FLAGS,
    "A page": commands.PAGE,
    "Feedback slip": commands.SLIP,
    "Plan facts": commands.FORM,
    "Trends": commands.TRENDS,
    "Rubrics": commands.RUBRICS,
}

# What has no twin, and why. A new action of a screen needs a command of its name, or a line here.
EVERYWHERE = {
    "palette": "? lists everything that can be typed, and words may be cut short",
    "jump": "a number goes to anything that is listed",
}
WITHOUT: dict[str, dict[str, str]] = {
    "Home": {"theme": "lines have no colours"},
    "Writing evidence": {
        "leave": "Enter ends each part of a note",
        "next_field": "text, section and page are asked one after another",
    },
    "Rubric editor": {
        "write": "the person's own editor writes the file",
        "next_problem": "every problem is said with its line when the editor is left",
        "back": "leaving the person's own editor goes back",
        "help": "? at the rubrics says what can be typed",
    },
}
ACTIONS = [(screen, action) for screen, actions in SCREENS.items() for action in actions]
TABLES = [pytest.param(table, id=name) for name, table in TWINS.items()]


@pytest.mark.parametrize(
    ("screen", "action"), ACTIONS, ids=lambda each: getattr(each, "name", each)
)
def test_every_action_of_the_screens_has_a_twin_or_a_reason(screen, action) -> None:
    twins = {command.name for command in TWINS.get(screen, ())}
    reasons = {**EVERYWHERE, **WITHOUT.get(screen, {})}
    assert (action.name in twins) != (action.name in reasons), f"{screen}: {action.title}"


@pytest.mark.parametrize("screen", TWINS)
def test_a_single_letter_means_what_its_key_means_on_the_screen(screen: str) -> None:
    keys = {
        key: action.name
        for action in SCREENS[screen]
        for key in (action.shown, *action.aliases)
        if len(key) == 1
    }
    for command in TWINS[screen]:
        for typed in command.typed:
            if len(typed) == 1 and typed not in "#?":  # help is F1 where letters are typed
                assert keys.get(typed) == command.name, f"{screen}: {typed}"


@pytest.mark.parametrize("table", TABLES)
def test_nothing_that_can_be_typed_means_two_things(table: tuple[Command, ...]) -> None:
    typed = [word for command in table for word in command.typed]
    assert len(typed) == len(set(typed))
    for command in table:
        for word in command.typed:
            if word not in commands.KINDS_OF_NUMBER:
                found = understand(word, table)
                assert found is not None
                assert found.command is command, word


def test_words_may_be_cut_short_where_only_one_begins_so() -> None:
    short = understand("sum", commands.WALK)
    assert short is not None
    assert short.command.name == "summary"
    assert understand("not", commands.WALK) is None
    rest = understand("not appl  The plan  has none", commands.WALK)
    assert rest is None
    whole = understand("not applicable The plan  has none", commands.WALK)
    assert whole is not None
    assert (whole.command.name, whole.rest) == ("not_applicable", "The plan  has none")


PLACES = {
    "Home": [],
    "The walk": ["c"],
    "Summary": ["c", "s"],
    "Flags": ["!"],
    "A page": ["c", "s", "t", "back"],
    "Feedback slip": ["c", "s", "s"],
    "Trends": ["t"],
    "Rubrics": ["r"],
    "Plan facts": ["n"],
}


@pytest.mark.parametrize("screen", TWINS)
def test_the_help_says_every_command(screen: str, workspace: Workspace) -> None:
    with make_store(workspace) as store:
        sign_off(store)
        from tests.tui.keyboard import begin  # noqa: PLC0415

        begin(store, plan_ref="NS-0002")
    _, transcript = converse(workspace, [*PLACES[screen], "?"])
    for command in TWINS[screen]:
        assert f"{command.said}\n" in transcript
