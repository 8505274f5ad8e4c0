"""The same things done at the screens and at line prompts leave the same record."""

import pytest
from tests.front_ends.at_the_prompts import converse, steps_typed
from tests.front_ends.at_the_screens import AtTheScreens
from tests.front_ends.scenario import BEGIN, SCENARIOS, step, told
from tests.small_rubric import OTHER, joined
from tests.tui.keyboard import WIDE, make_store, opened

from ehcp_audit.settings.workspace import Workspace

# What a scenario is there for; without it, both front ends could do nothing alike.
LEAVES = {
    "evidence written, changed, deleted": "evidence_written",
    "a fact changed": "facts_changed",
    "a weak contribution, its cause, and the cause taken back": "cause_given",
    "evidence shared, kept as a phrase, and used": "phrase_kept",
    "flags raised, answered, and left open": "flagged",
    "handed over": "handed_over",
    "what looks like an identifier, replaced and kept": "identifiers_reviewed",
    "withdrawn": "withdrawn",
    "signed off, reopened, signed off again": "reopened",
    "audited again": "signed",
}


@pytest.mark.parametrize("name", SCENARIOS)
async def test_both_front_ends_leave_the_same_record(
    name: str, workspace: Workspace, other_workspace: Workspace
) -> None:
    steps = SCENARIOS[name]
    if name == "handed over":
        for place in (workspace, other_workspace):
            with make_store(place) as store:
                joined(store, OTHER)
    code, transcript = converse(workspace, steps_typed(steps))
    assert code == 0
    assert "Not done:" not in transcript, transcript
    with make_store(workspace) as store:
        at_prompts = told(store)
        assert not store.faults()
    async with opened(other_workspace, WIDE) as hands:
        await AtTheScreens(hands).do(steps)
        at_screens = told(hands.store)
    assert at_prompts == at_screens
    assert LEAVES.get(name, "audit_begun") in {kind for kind, *_ in at_prompts}


def test_another_level_is_another_record(workspace: Workspace, other_workspace: Workspace) -> None:
    records = []
    for place, level in ((workspace, 3), (other_workspace, 4)):
        converse(place, steps_typed([BEGIN, step("score", "voice.own-views", level)]))
        with make_store(place) as store:
            records.append(told(store))
    assert records[0] != records[1]
    assert len(records[0]) == len(records[1])
