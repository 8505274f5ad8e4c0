"""Trends on the screen: the page that the report prints, asked otherwise by keys."""

import threading
from unittest.mock import patch

from tests.small_rubric import FACTS, TODAY
from tests.tui.keyboard import CORE, Hands, begin, make_store, opened, sign_off

from ehcp_audit.domain.periods import PERIOD_WORDS
from ehcp_audit.domain.questions import Question
from ehcp_audit.reports.page_facts import PageFacts
from ehcp_audit.reports.terminal import render_terminal
from ehcp_audit.reports.trend_page import trend_report
from ehcp_audit.settings.workspace import Workspace
from ehcp_audit.trends.asking import ask


async def counted(hands: Hands, word: str) -> None:
    await hands.until(lambda: word in hands.lines[0] and "counting" not in hands.lines[0])


async def test_the_whole_page_is_the_page_that_the_report_prints(workspace: Workspace) -> None:
    with make_store(workspace) as store:
        for number in range(12):
            sign_off(store, plan_ref=f"NS-{number:04}", levels=3)
        question = Question("peer-findings", axis="audit", granularity="month")
        figures = ask(store, question, today=TODAY)
        report = trend_report(figures, PageFacts(made=TODAY, log_head=store.head()))
        printed = render_terminal(report, width=100)
    async with opened(workspace) as hands:
        await hands.press("t")
        await counted(hands, "by audit date")
        await hands.press("v")
        assert hands.screen_name == "ReportScreen"
        shown = hands.words("#report").replace("─", " ")
        for line in printed.splitlines()[:20]:
            words = " ".join(line.replace("─", " ").split()[:6])
            assert words in shown, line
        await hands.press("w")
        await hands.press("ctrl+u")
        await hands.write("trend.csv\n")
        await hands.until(lambda: "Written to" in hands.said)
        assert (workspace.folder / "trend.csv").read_text("utf-8").startswith("period,")


async def test_the_way_down_is_theme_question_evidence_audit_and_back(
    workspace: Workspace,
) -> None:
    with make_store(workspace) as store:
        sign_off(store, levels=3)
        sign_off(store, plan_ref="NS-0002", levels=3)
    async with opened(workspace) as hands:
        await hands.press("t")
        await counted(hands, "2 audits")
        await hands.press("down", "down")
        assert "Voice of the child" in hands.words("#trends")
        await hands.press("enter")
        assert CORE.rubric is not None
        assert CORE.rubric.in_theme("voice")[0].title in hands.words("#trends")
        await hands.press("enter")
        assert str(FACTS["plan_ref"]) in hands.text
        assert "NS-0002" in hands.text
        await hands.press("v")
        assert "evidence on one question" in hands.text
        await hands.press("escape", "enter")
        assert hands.screen_name == "SummaryScreen"
        await hands.press("escape")
        assert "NS-0002" in hands.text
        await hands.press("escape", "escape", "escape")
        assert hands.screen_name == "HomeScreen"


async def test_two_groups_and_two_periods_are_compared_by_key(workspace: Workspace) -> None:
    with make_store(workspace) as store:
        sign_off(store, plan_kind="ordered")
        sign_off(store, plan_ref="NS-0002")
    async with opened(workspace) as hands:
        await hands.press("t")
        await counted(hands, "2 audits")
        await hands.press("c", "p")
        await hands.press("a")
        await hands.until(lambda: "There is nothing else to choose here." in hands.said)
        await hands.press("c", "g", "b", "a", "a")
        assert hands.screen_name == "ReportScreen"
        assert "Side by side" in hands.text


async def test_counting_can_be_stopped(workspace: Workspace) -> None:
    with make_store(workspace) as store:
        sign_off(store)
    async with opened(workspace) as hands:
        await hands.press("t")
        await counted(hands, "1 audits")
        go_on = threading.Event()

        def slowly(*_: object, **__: object) -> None:
            go_on.wait(5)
            raise AssertionError

        with patch("ehcp_audit.tui.screens.trends.board", slowly):
            await hands.press("p")
            assert "counting" in hands.lines[0]
            await hands.press("escape")
            assert "Counting was stopped." in hands.said
            assert "month" in hands.lines[0]
            go_on.set()
        assert hands.screen_name == "TrendsScreen"


async def test_period_axis_and_sample_change_by_key(workspace: Workspace) -> None:
    with make_store(workspace) as store:
        sign_off(store)
        sign_off(store, plan_ref="NS-0002", audit_reason="complaint")
    async with opened(workspace) as hands:
        await hands.press("t")
        await counted(hands, "month")
        for period in (*list(PERIOD_WORDS.values())[1:], "month"):
            await hands.press("p")
            await counted(hands, period)
        await hands.press("b")
        await counted(hands, "by plan date")
        await hands.press("r")
        await counted(hands, "all audits")
        await hands.press("r")
        await counted(hands, "routine sample")


async def test_a_fact_filters_the_figures_until_it_is_cleared(workspace: Workspace) -> None:
    with make_store(workspace) as store:
        sign_off(store, plan_kind="ordered")
        sign_off(store, plan_ref="NS-0002")
    async with opened(workspace) as hands:
        await hands.press("t")
        await counted(hands, "month")
        await hands.press("f")
        await hands.click_text("Kind of plan")
        await hands.press("enter")
        assert "First final plan" in hands.text
        await hands.press("enter")
        await counted(hands, "Kind of plan: First final plan")
        await hands.press("f", "0")
        await hands.until(lambda: "Kind of plan" not in hands.lines[0])


async def test_a_database_without_a_signed_audit_says_there_is_nothing(
    workspace: Workspace,
) -> None:
    with make_store(workspace) as store:
        begin(store)
    async with opened(workspace) as hands:
        await hands.press("t")
        assert "No audit is signed off yet, so there is nothing to show." in hands.text
        for key in ("p", "b", "f", "r"):
            await hands.press(key)
            assert "No audit is signed off yet." in hands.said
        await hands.press("escape")
        assert hands.screen_name == "HomeScreen"


async def test_home_shows_the_latest_trend_in_a_line_a_theme(workspace: Workspace) -> None:
    with make_store(workspace) as store:
        for number in range(3):
            sign_off(store, plan_ref=f"NS-{number:04}")
    async with opened(workspace) as hands:
        await hands.until(lambda: "Themes met, by quarter" in hands.text)
        assert "Voice of the child" in hands.words("#latest")


async def test_a_low_window_keeps_its_lines_for_the_list_and_a_higher_one_shows_the_trend_again(
    workspace: Workspace,
) -> None:
    with make_store(workspace) as store:
        for number in range(3):
            sign_off(store, plan_ref=f"NS-{number:04}")
    async with opened(workspace) as hands:
        await hands.until(lambda: "Themes met, by quarter" in hands.text)
        await hands.pilot.resize_terminal(80, 20)
        await hands.until(lambda: "Themes met, by quarter" not in hands.text)
        await hands.pilot.resize_terminal(120, 40)
        await hands.until(lambda: "Themes met, by quarter" in hands.text)
