"""Slips, answers, trail and re-audits at line prompts: the same acts as on the screens."""

from __future__ import annotations

import pytest
from tests.front_ends.at_the_prompts import converse
from tests.small_rubric import ME, OTHER, TODAY
from tests.tui.keyboard import CORE, make_store
from tests.tui.test_summary import signed_with

from ehcp_audit.auditing.re_audit import begin_re_audit
from ehcp_audit.settings.workspace import Workspace


@pytest.fixture
def finished(workspace: Workspace) -> Workspace:
    """An audit of NS-0147 signed off by ME, in which provision is not specific."""
    with make_store(workspace) as store:
        signed_with(store, weak=["provision.specific"])
    return workspace


def test_each_slip_is_read_out_and_written_to_a_file(finished: Workspace) -> None:
    lines = ["1", "s", "d", "e", "1", "n", "n", "w health.md", "back", "q"]
    _, said = converse(finished, lines)
    assert "changing it is a legal process" in said
    assert "A slip of the pen, to correct" in said
    assert "For health" in said
    page = (finished.folder / "health.md").read_text(encoding="utf-8")
    assert page.startswith("# Feedback on plan NS-0147")


def test_an_answer_is_kept_and_read_out_with_the_summary(finished: Workspace) -> None:
    _, said = converse(finished, ["1", "y", "3", "We saw her in May.", "y", "read", "t", "q"])
    assert "Saved. Kept: the answer of health." in said
    assert "health, 2 Mar 2026: We saw her in May. (disputes the audit: open)" in said
    assert "kept the answer of health on the slip" in said


def test_a_re_audit_is_kept_with_one_letter_and_read_beside_the_first(workspace: Workspace) -> None:
    with make_store(workspace) as store:
        first = signed_with(store, OTHER, weak=["provision.specific"])
        again = begin_re_audit(
            store, CORE.rubric, CORE.text, store.audit(first).facts, ME,
            today=TODAY, follows=first, changed=("F",),
        )  # fmt: skip
    _, said = converse(workspace, ["c", "s", "=", "=", "b", "q"])
    assert "What it asked for: 1 not decided yet." in said
    assert "Saved. Kept " in said
    assert "Not done: Nothing is offered unchanged" in said
    assert "Before and after: plan NS-0147" in said
    with make_store(workspace) as store:
        state = store.audit(again)
        assert all(state.scores[key].carried for key in state.carried)
        assert store.faults() == []


def test_an_identifier_in_an_answer_is_pointed_out_and_the_decision_logged(
    finished: Workspace,
) -> None:
    lines = ["1", "y", "1", "NHS 943 476 5919", "r", "n", "q"]
    _, said = converse(finished, lines)
    assert "NHS number" in said
    with make_store(finished) as store:
        (row,) = store.audits()
        assert "943" not in store.audit(row.id).answers["writer"].text
        assert "identifiers_reviewed" in [each.kind for each in store.audit_events(row.id)]
