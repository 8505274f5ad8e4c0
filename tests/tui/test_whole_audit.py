"""A whole audit by keys alone: facts, one key a question, summary, sign-off."""

import pytest
from tests.small_rubric import TODAY
from tests.tui.keyboard import NARROW, WIDE, opened

from ehcp_audit.settings.workspace import Workspace

# What is typed into the form after the reference, and how many questions then apply.
NEW_PRIMARY_PLAN = "rf12/1/2026\n3c\nmnn\n\n"
WHOLE_FILE_KNOWN_TO_HEALTH = "rf12/1/2026\n3c\nmynarc\n\n"
CHILD_IN_NEED_AFTER_A_REVIEW = "ra3 Nov 25\n10e\nmyiarc\n\ny"
KINDS = [
    pytest.param(NEW_PRIMARY_PLAN, 13, WIDE, id="the plan alone, 13 questions"),
    pytest.param(WHOLE_FILE_KNOWN_TO_HEALTH, 18, NARROW, id="the whole file, 18 questions"),
    pytest.param(CHILD_IN_NEED_AFTER_A_REVIEW, 23, WIDE, id="after a review, 23 questions"),
]


@pytest.mark.parametrize(("answers", "questions", "size"), KINDS)
async def test_an_audit_takes_one_key_a_question_and_is_signed_off(
    workspace: Workspace, answers: str, questions: int, size: tuple[int, int]
) -> None:
    async with opened(workspace, size) as hands:
        await hands.press("n")
        await hands.write(f"NS-0147\n{answers}")
        assert "complete" in hands.lines[0]
        await hands.press("ctrl+s")
        assert hands.screen_name == "WalkScreen"
        assert f"0 of {questions} decided" in hands.text

        before = hands.pressed
        while hands.walk.why_not("next_unscored") is None:
            await hands.press("3")
        assert hands.pressed - before == questions
        assert f"{questions} of {questions} decided" in hands.text
        assert len(hands.only_audit().scores) == questions

        await hands.press("s")
        assert "Nothing is missing. g signs off." in hands.text
        await hands.press("g", "enter")
        assert "Signed off. It counts from now." in hands.said
        state = hands.only_audit()
        assert state.status == "signed"
        assert state.sign_off is not None
        assert (state.sign_off.grade, state.sign_off.score) == ("good", "1")
        assert state.sign_off.audit_date == TODAY
        assert "signed off" in hands.lines[0]
        assert not hands.store.faults()
