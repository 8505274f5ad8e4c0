"""Keys that come faster than they are answered still go where they were meant."""

from tests.tui.keyboard import CORE, opened, texts, walking

from ehcp_audit.settings.workspace import Workspace


async def test_facts_typed_in_one_burst_land_each_in_its_own_field(workspace: Workspace) -> None:
    async with opened(workspace) as hands:
        await hands.write("nNS-0147\nrf12/1/2026\n3c\nmnn")
        answers = hands.screen._form.answers  # type: ignore[attr-defined]
        assert answers == {
            "plan_ref": "NS-0147",
            "audit_reason": "routine",
            "plan_kind": "first_final",
            "plan_date": "2026-01-12",
            "year_group": "3",
            "primary_need": "SLCN",
            "setting": "mainstream",
            "known_to_health": "no",
            "social_care": "none",
        }
        assert hands.at_fact() == "seen"


async def test_evidence_typed_in_one_burst_after_its_key_is_all_text(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.write("3i sum, using 42\nA\np. 2\n")
        state = hands.only_audit()
        (note,) = state.evidence
        assert (note.text, note.section, note.page) == ("sum, using 42", "A", "p. 2")
        assert list(state.scores) == [CORE.rubric.criteria[0].id]
        assert not texts(hands.store, state.id)


async def test_a_reason_typed_in_one_burst_is_a_reason(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.write("xno papers\n3")
        first, second = CORE.rubric.criteria[:2]
        scores = hands.only_audit().scores
        assert (scores[first.id].level, scores[first.id].reason) == (0, "no papers")
        assert scores[second.id].level == 3


async def test_digits_typed_in_one_burst_score_one_question_each(workspace: Workspace) -> None:
    async with walking(workspace) as hands:
        await hands.press(*"3" * 13)
        assert len(hands.only_audit().scores) == 13
