"""A rubric's own facts are asked, its examples shown, and what dates decide takes no key."""

from tests.tui.keyboard import CORE, Hands, opened

from ehcp_audit.settings.workspace import Workspace
from ehcp_audit.tui.screens.walk import WalkScreen

OWN = """
[[facts]]
id = "local.route"
label = "Route to the plan"
kind = "choice"
choices = [{ id = "usual", label = "Usual", key = "u" }, { id = "fast", label = "Fast", key = "f" }]
needed = true

[[criteria]]
id = "updates.in-time"
theme = "updates"
title = "Decision in time"
question = "Was the decision told within 4 weeks of the meeting?"
agency = "education"
law = "SEND Regulations 2014 reg 20(10)"
levels = { not_met = "Later", partly = "–", meets = "Within 4 weeks", strong = "–" }
examples = ["A letter of the same week."]
[criteria.computed]
from = "review_meeting_date"
to = "review_decision_date"
within_weeks = 4

[[criteria]]
id = "voice.fast"
theme = "voice"
title = "Views on the fast route"
question = "Were views gathered although the route was fast?"
agency = "education"
law = "Code 9.61"
applies_when = { fact = "local.route", is = "fast" }
levels = { not_met = "None", partly = "Some", meets = "All", strong = "All, and answered" }
"""


async def begun(hands: Hands, route: str) -> None:
    """Begin an audit by the form, the own fact included."""
    await hands.press("n")
    await hands.write("NS-0147\nrf5/1/2026\n3c")
    await hands.press("down")
    await hands.write("mnn\nn")
    await hands.press("ctrl+s")
    assert "Route to the plan" in hands.said, "a fact the rubric needs is asked for"
    await hands.press(route, "ctrl+s")
    await hands.until(lambda: isinstance(hands.screen, WalkScreen) and " decided" in hands.text)


def put(workspace: Workspace) -> None:
    path = workspace.rubrics / "peer-findings.toml"
    path.write_text(CORE.text + OWN, encoding="utf-8")


async def test_an_own_fact_is_needed_and_decides_which_questions_come(workspace: Workspace) -> None:
    put(workspace)
    async with opened(workspace) as hands:
        await begun(hands, "f")
        assert hands.only_audit().facts["local.route"] == "fast"
        hands.walk.go_to("voice.fast")
        await hands.settle()
        assert "Does not apply" not in hands.words("#question")


async def test_why_a_question_does_not_apply_names_the_own_fact(workspace: Workspace) -> None:
    put(workspace)
    async with opened(workspace) as hands:
        await begun(hands, "u")
        hands.walk.go_to("voice.fast")
        await hands.settle()
        assert "Does not apply: “Route to the plan” is Usual" in hands.words("#question")


async def test_what_dates_decide_takes_no_key_and_says_so(workspace: Workspace) -> None:
    put(workspace)
    async with opened(workspace) as hands:
        await begun(hands, "u")
        hands.walk.go_to("updates.in-time")
        await hands.settle()
        await hands.until(lambda: "measured, not graded" in hands.words("#question"))
        assert "Worked out from the dates" in hands.words("#question")
        await hands.press("3")
        assert hands.only_audit().scores == {}
        await hands.until(lambda: hands.said)


async def test_examples_are_shown_with_why_we_ask(workspace: Workspace) -> None:
    put(workspace)
    async with opened(workspace) as hands:
        await begun(hands, "u")
        hands.walk.go_to("updates.in-time")
        await hands.press("y")
        assert "A letter of the same week." in hands.words("#question")
