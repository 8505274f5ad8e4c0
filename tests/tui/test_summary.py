"""The summary: what stands in the way, the slips, the trail, their answers, re-audits."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from tests.small_rubric import ME, OTHER, TODAY, rubric_of, signed
from tests.small_rubric import criterion as point_of
from tests.tui.keyboard import (
    CORE,
    NARROW,
    WIDE,
    begin,
    decide,
    make_store,
    note,
    opened,
)

from ehcp_audit.auditing import sign
from ehcp_audit.auditing.answering import answer_slip
from ehcp_audit.auditing.flagging import raise_flag
from ehcp_audit.auditing.re_audit import begin_re_audit
from ehcp_audit.domain.identity import Identity
from ehcp_audit.settings.workspace import Workspace
from ehcp_audit.store import Store


def signed_with(
    store: Store, identity: Identity = ME, *, weak: Sequence[str] = (), **facts: Any
) -> str:
    """Sign an audit off in which everything is Meets but the weak, which are Not met."""
    audit_id = begin(store, identity, **facts)
    decide(store, audit_id, except_for=weak)
    others = [each.id for each in CORE.rubric.criteria if each.id not in weak]
    decide(store, audit_id, levels=1, except_for=others)
    for criterion in weak:
        note(store, audit_id, criterion, "as required", section="F", page="9")
    state = store.audit(audit_id)
    store.write([sign(CORE.rubric, state, identity.id, audit_date=TODAY, today=TODAY)])
    return audit_id


@pytest.fixture
def finished(workspace: Workspace) -> Workspace:
    """An audit of NS-0147 signed off by ME, in which provision is not specific."""
    with make_store(workspace) as store:
        signed_with(store, weak=["provision.specific"])
    return workspace


async def test_a_slip_is_shown_for_each_party_and_written_to_a_file(finished: Workspace) -> None:
    async with opened(finished, WIDE) as hands:
        await hands.press("enter", "s")
        assert hands.screen_name == "SlipScreen"
        assert "For the plan's writer" in hands.text
        await hands.press("n", "n")
        assert "For health" in hands.text
        await hands.press("n", "n", "w")
        assert "NS-0147-slip-writer.pdf" in hands.text
        await hands.write("slip.md\n")
        assert "Written to" in hands.said
    written = (finished.folder / "slip.md").read_text(encoding="utf-8")
    assert written.startswith("# Feedback on plan NS-0147")


async def test_any_of_more_points_than_there_are_letters_can_be_a_slip_of_the_pen(
    workspace: Workspace,
) -> None:
    points = (point_of(f"point-{n:02}", "voice", sections=("F",)) for n in range(1, 31))
    many = rubric_of(*points, limits=())
    with make_store(workspace) as store:
        signed(store, rubric=many, level=1)
    last = many.criteria[-1]
    async with opened(workspace, NARROW) as hands:
        await hands.press("enter", "s", "e")
        assert "What may simply be corrected" in hands.flowing
        await hands.press(*["down"] * 29)
        assert last.title in hands.text
        await hands.press("escape", "e")
        await hands.write(f"{last.title}\n")
        assert "A slip of the pen, to correct" in hands.text
        await hands.press("e")
        await hands.write(last.title)
        assert f"{last.title} " in hands.text
        assert hands.text.count("slip of the pen") == 2, "asked for, and marked"


async def test_a_file_that_is_there_is_never_written_over(finished: Workspace) -> None:
    mine = finished.folder / "mine.txt"
    mine.write_text("mine", encoding="utf-8")
    async with opened(finished) as hands:
        await hands.press("enter", "t", "w")
        await hands.write("mine.txt\n")
        assert "mine.txt is there already. Choose another name." in hands.flowing
        await hands.press("escape", "w")
        await hands.write("audits.db\n")
        assert "belongs to the workspace itself" in hands.flowing
    assert mine.read_text(encoding="utf-8") == "mine"


async def test_a_final_plans_slip_takes_no_date_and_a_point_can_be_a_slip_of_the_pen(
    finished: Workspace,
) -> None:
    async with opened(finished, WIDE) as hands:
        await hands.press("enter", "s", "d")
        assert "changing it is a legal process" in hands.said
        await hands.press("e", "enter")
        assert "Kept." in hands.said
        assert "A slip of the pen, to correct" in hands.text
        await hands.press("escape", "s")
        assert "A slip of the pen, to correct" in hands.text, "it is kept"
        await hands.press("e", "enter")
        assert "A slip of the pen, to correct" not in hands.text
        assert "Changes of substance, to propose" in hands.text


async def test_a_draft_plans_slip_takes_the_day_that_is_given(workspace: Workspace) -> None:
    with make_store(workspace) as store:
        signed_with(store, weak=["provision.specific"], plan_kind="draft")
    async with opened(workspace, WIDE) as hands:
        await hands.press("enter", "s")
        assert "no date was given" in hands.text
        await hands.press("e")
        assert "A draft plan is put right before issue" in hands.said
        await hands.press("d")
        await hands.write("1/1/2020\n")
        assert "passed already" in hands.said
        await hands.press("d")
        await hands.write("9/3/2026\n")
        assert "By 9 Mar 2026." in hands.text


async def test_their_answer_is_kept_from_the_summary_and_shown_there(finished: Workspace) -> None:
    async with opened(finished, WIDE) as hands:
        await hands.press("enter", "y", "h")
        await hands.write("We saw her in May.\ny")
        assert "Kept: the answer of health." in hands.said
        assert "health, 2 Mar 2026: We saw her in May. (disputes the audit: open)" in hands.text
        await hands.press("s", "n", "n")
        await hands.press("pagedown", "pagedown")
        assert "We saw her in May." in hands.text


async def test_an_identifier_in_an_answer_is_pointed_out_and_the_decision_logged(
    finished: Workspace,
) -> None:
    async with opened(finished, WIDE) as hands:
        await hands.press("enter", "y", "w")
        await hands.write("NHS 943 476 5919\n")
        assert "NHS number" in hands.flowing
        await hands.press("escape", "escape")
        assert not hands.store.audit(hands.store.audits()[0].id).answers
        await hands.press("y", "w")
        await hands.write("NHS 943 476 5919\n")
        await hands.press("r", "n")
        audit = hands.store.audit(hands.store.audits()[0].id)
        assert "943" not in audit.answers["writer"].text
        kinds = [each.kind for each in hands.store.audit_events(audit.id)]
        assert "identifiers_reviewed" in kinds


async def test_the_trail_and_the_whole_audit_are_shown(finished: Workspace) -> None:
    async with opened(finished, WIDE) as hands:
        await hands.press("enter", "t")
        assert "Trail of the audit of plan NS-0147" in hands.text
        assert "began the audit" in hands.text
        await hands.press("escape", "p")
        assert "Audit of plan NS-0147" in hands.text
        await hands.press("escape")
        assert hands.screen_name == "SummaryScreen"


async def test_a_safeguarding_flag_without_an_answer_is_what_the_summary_says_first(
    workspace: Workspace,
) -> None:
    with make_store(workspace) as store:
        audit_id = begin(store)
        decide(store, audit_id)
        event = raise_flag(store.audit(audit_id), "safeguarding", ME.id)
        store.write([event])
    async with opened(workspace, WIDE) as hands:
        await hands.press("c", "s")
        assert "Safeguarding: not answered yet; sign-off waits for it." in hands.text
        await hands.press("g")
        assert "A safeguarding flag is not answered" in hands.said


@pytest.mark.parametrize("size", [WIDE, NARROW])
async def test_a_re_audit_says_what_it_offers_keeps_it_with_one_key_and_shows_before_and_after(
    workspace: Workspace, size: tuple[int, int]
) -> None:
    with make_store(workspace) as store:
        first = signed_with(store, OTHER, weak=["provision.specific"])
        again = begin_re_audit(
            store, CORE.rubric, CORE.text, store.audit(first).facts, ME,
            today=TODAY, follows=first, changed=("F",),
        )  # fmt: skip
        offered = set(store.audit(again).carried)
    async with opened(workspace, size) as hands:
        await hands.press("c", "s")
        assert "It follows the audit of 2 Mar 2026" in hands.flowing
        assert "What it asked for: 1 not decided yet." in hands.flowing
        await hands.press("equals_sign")
        assert f"Kept {len(offered)} unchanged" in hands.said
        state = hands.store.audit(again)
        assert {key for key, each in state.scores.items() if each.carried} == offered
        await hands.press("equals_sign")
        assert "Nothing is offered unchanged here" in hands.said
        await hands.press("b")
        assert "Before and after: plan NS-0147" in hands.text


async def test_an_audit_that_follows_none_says_so(finished: Workspace) -> None:
    async with opened(finished) as hands:
        await hands.press("enter", "b")
        assert "This is no re-audit" in hands.said


async def test_an_answer_longer_than_the_field_is_not_taken_away_by_an_empty_one(
    finished: Workspace,
) -> None:
    long = "We saw her in May. " * 40
    with make_store(finished) as store:
        (row,) = store.audits()
        state = store.audit(row.id)
        event = answer_slip(state, "health", ME.id, text=long, on=TODAY, disputed=False)
        store.write([event])
    async with opened(finished, WIDE) as hands:
        await hands.press("enter", "y", "h", "enter")
        assert "stays" in hands.said
        assert hands.store.audit(row.id).answers["health"].text == long.strip()
