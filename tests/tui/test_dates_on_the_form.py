"""Dates on the form of facts: time limits and doubts as they are typed."""

from __future__ import annotations

import pytest
from tests.tui.keyboard import NARROW, PLAIN_PLAN, WIDE, Hands, opened, walking

from ehcp_audit.settings.workspace import Workspace


async def to_the_dates(hands: Hands) -> None:
    await hands.press("n")
    await hands.write("NS-0147\nrf29/1/2026\n3c")
    await hands.press("f2", "f2")
    assert hands.at_fact() == "request_date"


def beside(hands: Hands) -> str:
    return hands.words("#about")


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_a_time_limit_stands_beside_its_dates_while_they_are_typed(
    workspace: Workspace, size: tuple[int, int]
) -> None:
    async with opened(workspace, size) as hands:
        await to_the_dates(hands)
        assert "within 6 weeks of “Assessment asked for”" in beside(hands)
        assert "SEND Regulations 2014, reg 5(1)" in beside(hands)
        await hands.write("1/9/2025")
        assert "Late by 10 days: 29 Jan 2026, due by 19 Jan 2026." in beside(hands)
        assert "request_date" not in hands.screen._form.answers, "it is not yet given"  # type: ignore[attr-defined]
        await hands.press("enter", "down", "down")
        await hands.write("12/1/2026")
        assert "Met on 12 Jan 2026, due by 19 Jan 2026." in beside(hands)
        assert "The date on the plan is not that of “First final plan”" in beside(hands)
        assert "1 to look at" in hands.lines[0]


async def test_what_cannot_be_read_yet_counts_as_not_given(workspace: Workspace) -> None:
    async with opened(workspace) as hands:
        await to_the_dates(hands)
        await hands.write("1/9/2025\n")
        await hands.press("up")
        await hands.write("1/9/2025 or so")
        assert "Type it day first" in beside(hands)
        assert "Late by" not in beside(hands)


async def test_an_exception_is_told_beside_the_days_it_excuses(workspace: Workspace) -> None:
    async with opened(workspace) as hands:
        await to_the_dates(hands)
        await hands.write("1/9/2025\n")
        await hands.press("down", "down")
        await hands.write("29/1/2026\n")
        assert "✗ 10 d late" in hands.text
        await hands.press("s", "up")
        assert "△ 10 d late" in hands.text
        assert "with an exception recorded: school closed (reg 13(3))" in beside(hands)


async def test_a_date_given_is_offered_for_change_as_people_write_it(workspace: Workspace) -> None:
    async with opened(workspace) as hands:
        await to_the_dates(hands)
        await hands.write("2025-09-01\n")
        await hands.press("up")
        assert hands.app.screen.query_one("#typed").value == "1 Sep 2025"  # type: ignore[attr-defined]


async def test_dates_given_before_are_named_and_kept_when_facts_are_changed_later(
    workspace: Workspace,
) -> None:
    facts = {"request_date": "2025-09-01", "first_final_date": "2026-01-19"}
    async with walking(workspace, facts={**PLAIN_PLAN, **facts}) as hands:
        await hands.press("f")
        assert "F2 shows" in hands.text
        await hands.press("f2", "f2", "down", "down", "down")
        assert hands.at_fact() == "first_final_date"
        await hands.write("20/1/2026\n")
        await hands.press("ctrl+s")
        state = hands.only_audit()
        assert state.facts["first_final_date"] == "2026-01-20"
        assert state.facts["request_date"] == "2025-09-01"


async def test_what_to_bear_in_mind_stands_beside_the_fact_it_hangs_on(
    workspace: Workspace,
) -> None:
    async with opened(workspace) as hands:
        await hands.press("n")
        await hands.write("NS-0147\nrt")
        await hands.press("up")
        assert "counts as ours from its old date (reg 15(3)(a))" in beside(hands)
        await hands.press("o")
        await hands.press("up")
        assert "left out of writer and team figures" in beside(hands)


async def test_a_plan_drafted_in_a_backlog_push_is_offered_as_such(workspace: Workspace) -> None:
    workspace.settings_file.write_text(
        "[[backlog]]\nfrom = 2026-01-05\nto = 2026-01-31\n", encoding="utf-8"
    )
    async with opened(workspace) as hands:
        await to_the_dates(hands)
        values = hands.screen._form.values()  # type: ignore[attr-defined]
        assert values["backlog"] == "yes"
        await hands.press("down", "down")
        await hands.write("2/2/2026\n")
        assert hands.screen._form.values()["backlog"] == "no"  # type: ignore[attr-defined]
