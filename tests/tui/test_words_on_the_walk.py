"""The walk says why a question does not arise, and speaks of a young person from Year 12."""

from __future__ import annotations

from tests.tui.keyboard import PLAIN_PLAN, walking

from ehcp_audit.settings.workspace import Workspace


async def test_why_a_question_does_not_arise_names_the_fact_that_decides(
    workspace: Workspace,
) -> None:
    async with walking(workspace, at="health.contribution") as hands:
        said = hands.words("#question")
        assert "Does not apply: “Seen by a health service” is No, not one of Yes" in said


async def test_from_year_12_the_walk_says_young_person_and_follows_the_facts(
    workspace: Workspace,
) -> None:
    async with walking(workspace, at="voice.own-views") as hands:
        assert "Clearly the child's own views" in hands.words("#question")
        await hands.press("f")
        while hands.at_fact() != "year_group":
            await hands.press("down")
        await hands.write("12")
        await hands.press("ctrl+s")
        assert "Clearly the young person's own views" in hands.words("#question")
        assert "a parent's view is not required" in hands.words("#question")
        assert "Voice of the young person" in hands.text
        await hands.press("u")
        assert "Clearly the child's own views" in hands.words("#question")


async def test_an_open_appeal_is_warned_of_where_evidence_is_written(workspace: Workspace) -> None:
    async with walking(workspace, facts={**PLAIN_PLAN, "dispute": "appeal_open"}) as hands:
        assert "What you write here may have to be disclosed." in hands.words("#question")


async def test_an_empty_section_i_is_no_fault_where_education_is_not_at_school(
    workspace: Workspace,
) -> None:
    facts = {**PLAIN_PLAN, "setting": "eotas"}
    async with walking(workspace, at="provision.specific", facts=facts) as hands:
        assert "Section F may need more detail here, not less" in hands.words("#question")
