"""A re-audit on the walk: what was found before and has not changed is kept by one key."""

import pytest
from tests.small_rubric import ME, OTHER, TODAY
from tests.tui.keyboard import CORE, begin, decide, make_store, note, opened

from ehcp_audit.auditing import sign
from ehcp_audit.auditing.re_audit import begin_re_audit
from ehcp_audit.settings.workspace import Workspace
from ehcp_audit.tui.screens.walk import WalkScreen


@pytest.fixture
def again(workspace: Workspace) -> tuple[Workspace, str]:
    with make_store(workspace) as store:
        first = begin(store, OTHER)
        decide(store, first)
        offered = next(
            c.id
            for c in CORE.rubric.criteria
            if not c.limiting and c.id in store.audit(first).scores
        )
        note(store, first, offered, "clear dates", section="E")
        state = store.audit(first)
        store.write([sign(CORE.rubric, state, OTHER.id, audit_date=TODAY, today=TODAY)])
        second = begin_re_audit(
            store, CORE.rubric, CORE.text, state.facts, ME,
            today=TODAY, follows=first, changed=(),
        )  # fmt: skip
    return workspace, second


async def test_what_is_offered_unchanged_is_kept_with_its_evidence(
    again: tuple[Workspace, str],
) -> None:
    workspace, audit_id = again
    async with opened(workspace) as hands:
        state = hands.app.database().audit(audit_id)
        offered = next(c.id for c in CORE.rubric.criteria if c.id in state.carried)
        hands.app.push_screen(WalkScreen(audit_id, at=offered))
        await hands.settle()
        assert "Meets in the audit before, and unchanged since: = keeps it" in hands.flowing
        await hands.press("equals_sign")
        state = hands.store.audit(audit_id)
        assert (state.scores[offered].level, state.scores[offered].carried) == (3, True)
        assert [each.text for each in state.notes_on(offered)] == ["clear dates"]
        assert hands.at != offered, "on to the next"
        await hands.press("u", "u")
        state = hands.store.audit(audit_id)
        assert not state.scores
        assert not state.evidence


async def test_what_is_asked_again_is_judged_anew(again: tuple[Workspace, str]) -> None:
    workspace, audit_id = again
    async with opened(workspace) as hands:
        state = hands.app.database().audit(audit_id)
        asked = next(
            c.id
            for c in CORE.rubric.criteria
            if c.id not in state.carried and state.applies(c, TODAY) is not False
        )
        hands.app.push_screen(WalkScreen(audit_id, at=asked))
        await hands.settle()
        await hands.press("equals_sign")
        assert "judge it anew" in hands.said
        assert not hands.store.audit(audit_id).scores
