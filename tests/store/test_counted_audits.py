"""Single audits that count, re-audits beside what they follow, and filters by a rubric's facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from tests.small_rubric import CRITERIA, RUBRIC, begun, rubric_of, signed

from ehcp_audit.auditing import score, sign
from ehcp_audit.domain.errors import UsageError
from ehcp_audit.domain.facts import Choice, Fact
from ehcp_audit.domain.questions import GRADE_ID, Question
from ehcp_audit.store import Store

ALL = Question("small")
ASKED = ("smart", GRADE_ID)
OWN = Fact(
    "local.hub", "Hub", "choice", 6, (Choice("north", "North"), Choice("south", "South")),
    reported=True,
)  # fmt: skip
SEVERAL = Fact(
    "local.held", "Held with", "choices", 6, (Choice("family", "Family"), Choice("school", "S")),
    reported=True,
)  # fmt: skip


def test_audits_that_count_carry_period_facts_and_the_levels_asked_for(store: Store) -> None:
    signed(store, on=date(2026, 3, 2), level=3)
    signed(store, on=date(2026, 3, 9), level=4)  # the same plan again, in the same month
    begun(store, plan_ref="NS-0200")
    counted = store.counted_audits(ALL, ASKED)
    assert counted.repeated == 1
    (audit,) = counted.audits
    assert audit.period == "2026-03"
    assert audit.facts["setting"] == "mainstream"
    assert audit.levels == {"smart": 3, GRADE_ID: 3}


def test_single_audits_and_tallies_count_the_same(store: Store) -> None:
    signed(store)
    signed(store, plan_ref="NS-0148", plan_date=None)
    signed(store, plan_ref="NS-0149", audit_reason="complaint")
    for question in (ALL, replace(ALL, axis="plan"), replace(ALL, reasons=())):
        tallies, counted = store.tallies(question), store.counted_audits(question, ASKED)
        assert sum(tallies.audits.values()) == len(counted.audits)
        assert (tallies.undated, tallies.left_out) == (counted.undated, counted.left_out)


def again(store: Store, first: str, *, level: int, on: date) -> str:
    audit_id = begun(store, follows=first, today=on, audit_reason="re_audit")
    state = store.audit(audit_id)
    store.write(
        [
            score(state, each, level, state.auditor, on)
            for each in CRITERIA
            if state.applies(each, on) is not False
        ]
    )
    store.write([sign(RUBRIC, store.audit(audit_id), state.auditor, audit_date=on, today=on)])
    return audit_id


def test_a_re_audit_stands_beside_the_audit_it_follows(store: Store) -> None:
    first = signed(store, level=3)
    second = again(store, first, level=4, on=date(2026, 6, 2))
    begun(store, follows=first, today=date(2026, 7, 2))
    (pair,) = store.audited_again(ALL, ("smart",))
    assert (pair.before.id, pair.before.levels) == (first, {"smart": 3})
    assert (pair.after.id, pair.after.levels) == (second, {"smart": 4})
    assert (pair.before.period, pair.after.period) == ("2026-03", "2026-06")
    assert store.audited_again(replace(ALL, last=date(2026, 6, 1)), ("smart",)) == ()


def test_audits_are_filtered_by_a_fact_the_rubric_adds(store: Store) -> None:
    rubric = rubric_of(*CRITERIA, facts=(OWN, SEVERAL))
    north: dict[str, Any] = {"local.hub": "north"}
    south: dict[str, Any] = {"local.hub": "south", "local.held": ("family",)}
    signed(store, rubric=rubric, plan_ref="NS-0201", **north)
    signed(store, rubric=rubric, plan_ref="NS-0202", **south)
    assert store.fact_values("local.hub") == ("north", "south")
    for fact, value, expected in (
        ("local.hub", "north", 1),
        ("local.held", "family", 1),
        ("local.held", "school", 0),
    ):
        question = replace(ALL, filters={fact: (value,)})
        assert sum(store.tallies(question).audits.values()) == expected


def test_a_fact_that_reports_do_not_know_is_refused(store: Store) -> None:
    with pytest.raises(UsageError, match="cannot be filtered by"):
        store.counted_audits(replace(ALL, filters={"writer": ("x",)}), ASKED)
