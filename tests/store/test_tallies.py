"""Which audits count, in which period, under which filters."""

import threading
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.small_rubric import CRITERIA, ME, OTHER, RUBRIC, begun, criterion, rubric_of, signed

from ehcp_audit.auditing import reopen, sign, withdraw
from ehcp_audit.domain.errors import UsageError
from ehcp_audit.domain.facts import REPORTED
from ehcp_audit.domain.questions import GRADE_ID, Question, Tallies, theme_criterion
from ehcp_audit.domain.rubric import NOT_APPLICABLE
from ehcp_audit.store import AuditQuery, Store

ALL = Question("small")


def of(tallies: Tallies, criterion_id: str) -> dict[tuple[str, int], int]:
    return {(t.period, t.level): t.count for t in tallies.rows if t.criterion == criterion_id}


def day(month: int, number: int = 2, year: int = 2026) -> date:
    return date(year, month, number)


def test_only_signed_audits_count(store: Store) -> None:
    begun(store)
    audit_id = signed(store)
    again = signed(store, plan_ref="NS-0148")
    assert store.tallies(ALL).audits == {"2026-03": 2}
    store.write([reopen(store.audit(again), ME.id, "wrong plan")])
    assert store.tallies(ALL).audits == {"2026-03": 1}
    store.write([withdraw(store.audit(again), ME.id, "wrong plan")])
    tallies = store.tallies(ALL)
    assert (tallies.audits, tallies.repeated, tallies.left_out) == ({"2026-03": 1}, 0, {})
    by_plan = store.tallies(replace(ALL, axis="plan"))
    assert (by_plan.audits, by_plan.repeated, by_plan.undated) == ({"2026-01": 1}, 0, 0)
    assert store.audit(audit_id).counts


def test_every_criterion_theme_and_grade_is_tallied_by_its_resolved_level(store: Store) -> None:
    signed(store)
    tallies = store.tallies(ALL)
    assert of(tallies, "views") == {("2026-03", 3): 1}
    assert of(tallies, "adulthood") == {("2026-03", NOT_APPLICABLE): 1}
    assert of(tallies, theme_criterion("voice")) == {("2026-03", 2): 1}
    assert of(tallies, GRADE_ID) == {("2026-03", 3): 1}  # good, the best of three
    assert len(tallies.rows) == len(CRITERIA) + len(RUBRIC.themes) + 1


def test_of_several_audits_of_a_plan_in_a_period_the_first_signed_off_counts(store: Store) -> None:
    begun_first = signed(store, on=day(3, 20), level=3)
    signed(store, on=day(3, 5), level=4)  # an earlier audit date, signed off later
    tallies = store.tallies(ALL)
    assert of(tallies, "views") == {("2026-03", 3): 1}
    assert (tallies.audits, tallies.repeated) == ({"2026-03": 1}, 1)
    store.write([reopen(store.audit(begun_first), ME.id, "page 9 was missed")])
    again = store.audit(begun_first)
    store.write([sign(RUBRIC, again, ME.id, audit_date=day(3, 20), today=day(3, 20))])
    assert of(store.tallies(ALL), "views") == {("2026-03", 4): 1}


def test_a_plan_counts_once_in_each_period(store: Store) -> None:
    signed(store, on=day(3))
    signed(store, on=day(4))
    assert store.tallies(ALL).audits == {"2026-03": 1, "2026-04": 1}
    by_year = store.tallies(replace(ALL, granularity="year"))
    assert (by_year.audits, by_year.repeated) == ({"2026": 1}, 1)


def test_by_plan_date_a_version_counts_once_by_its_latest_audit(store: Store) -> None:
    signed(store, on=day(4, 1), level=4)
    signed(store, on=day(5, 9), level=3)
    signed(store, on=day(4, 20), level=4)
    signed(store, on=day(5, 1), level=3, plan_date="2026-02-10")
    tallies = store.tallies(replace(ALL, axis="plan"))
    assert of(tallies, "views") == {("2026-01", 3): 1, ("2026-02", 3): 1}
    assert tallies.repeated == 2


def test_by_plan_date_two_versions_in_one_period_both_count(store: Store) -> None:
    signed(store, plan_date="2026-01-12")
    signed(store, plan_date="2026-01-30")
    assert store.tallies(replace(ALL, axis="plan")).audits == {"2026-01": 2}


@pytest.mark.parametrize("bounds", [{}, {"first": day(1)}, {"last": day(2)}])
def test_audits_without_the_date_of_the_axis_are_counted_apart(store: Store, bounds: Any) -> None:
    signed(store)
    signed(store, plan_ref="NS-0148", plan_date=None)
    tallies = store.tallies(replace(ALL, axis="plan", **bounds))
    assert (tallies.audits, tallies.undated) == ({"2026-01": 1}, 1)
    assert store.tallies(ALL).undated == 0


def test_what_another_reason_leaves_out_is_counted_by_reason(store: Store) -> None:
    signed(store)
    for number, reason in enumerate(["thematic", "thematic", "complaint"]):
        signed(store, plan_ref=f"NS-02{number:02}", audit_reason=reason)
    tallies = store.tallies(ALL)
    assert tallies.audits == {"2026-03": 1}
    assert tallies.left_out == {"thematic": 2, "complaint": 1}
    both = store.tallies(replace(ALL, reasons=("routine", "complaint")))
    assert (both.audits, both.left_out) == ({"2026-03": 2}, {"thematic": 2})
    every = store.tallies(replace(ALL, reasons=()))
    assert (every.audits, every.left_out) == ({"2026-03": 4}, {})


def test_bounds_include_both_days(store: Store) -> None:
    for number, on in enumerate([day(2, 28), day(3, 1), day(3, 31), day(4, 1)]):
        signed(store, plan_ref=f"NS-02{number:02}", on=on)
    march = store.tallies(replace(ALL, first=day(3, 1), last=day(3, 31)))
    assert march.audits == {"2026-03": 2}


@pytest.mark.parametrize(
    ("granularity", "keys"),
    [
        ("month", {"2025-12", "2026-03", "2026-04"}),
        ("quarter", {"2025-Q4", "2026-Q1", "2026-Q2"}),
        ("term", {"2025-T3", "2026-T1", "2026-T2"}),
        ("year", {"2025", "2026"}),
    ],
)
def test_periods_are_cut_as_reports_cut_them(
    store: Store, granularity: Any, keys: set[str]
) -> None:
    for on in (day(12, 31, 2025), day(3, 31), day(4, 1)):
        signed(store, plan_ref=f"NS-{on:%y%m}", on=on)
    assert set(store.tallies(replace(ALL, granularity=granularity)).audits) == keys


def test_versions_of_a_rubric_are_told_apart_and_other_rubrics_left_out(store: Store) -> None:
    second = rubric_of(*CRITERIA[:4], version="2.0")
    other = rubric_of(criterion("else", "voice"), id="other", limits=())
    signed(store)
    signed(store, plan_ref="NS-0148", rubric=second)
    signed(store, plan_ref="NS-0149", rubric=other)
    views = {t.rubric_hash: t.count for t in store.tallies(ALL).rows if t.criterion == "views"}
    assert views == {RUBRIC.hash: 1, second.hash: 1}
    assert store.tallies(replace(ALL, rubric_id="other")).audits == {"2026-03": 1}


@pytest.mark.parametrize(
    ("filters", "matching"),
    [
        ({}, {"A1", "A2", "A3"}),
        ({"setting": ("special",)}, {"A2"}),
        ({"setting": ("special", "mainstream")}, {"A1", "A2", "A3"}),
        ({"setting": ()}, set()),
        ({"seen": ("review",)}, {"A1", "A3"}),
        ({"seen": ("record", "advice")}, {"A1", "A2"}),
        ({"seen": ("rev",)}, set()),
        ({"seen": ()}, set()),
        ({"seen": ("review",), "setting": ("mainstream",)}, {"A1", "A3"}),
        ({"team": ("North, ‘east’",)}, {"A3"}),
    ],
    ids=lambda value: str(sorted(value)),  # the order of a set is not always the same
)
def test_a_filter_lets_in_audits_with_any_of_its_values(
    store: Store, filters: dict[str, tuple[str, ...]], matching: set[str]
) -> None:
    signed(store, plan_ref="NS-A1", seen=("advice", "review"))
    signed(store, plan_ref="NS-A2", seen=("record",), setting="special")
    signed(store, plan_ref="NS-A3", seen=("review",), team="North, ‘east’")
    listed = store.audits(AuditQuery(filters=filters))
    assert {row.ref.removeprefix("NS-") for row in listed} == matching
    counted = sum(store.tallies(replace(ALL, filters=filters)).audits.values())
    assert counted == len(matching)


@pytest.mark.parametrize(
    "name", ["plan_date", "plan_ref", "no_such", "setting = 'x' OR 1=1 --", "facts", ""]
)
def test_an_unknown_fact_is_refused_by_name(store: Store, name: str) -> None:
    for ask in (
        lambda: store.tallies(replace(ALL, filters={name: ("x",)})),
        lambda: store.audits(AuditQuery(filters={name: ("x",)})),
        lambda: store.fact_values(name),
    ):
        with pytest.raises(UsageError) as told:
            ask()
        assert name in told.value.what


HOSTILE = [
    "' OR 1=1 --",
    "'); DROP TABLE event; --",
    '" OR ""="',
    "special' UNION SELECT hash FROM event --",
    "%",
    "_",
    "*",
    "\x00",
    "?1",
    ":a",
]


@settings(max_examples=40, deadline=None)
@given(
    value=st.sampled_from(HOSTILE) | st.text(max_size=20),
    fact=st.sampled_from([fact.id for fact in REPORTED]),
)
def test_what_is_injected_through_a_value_stays_a_value(
    value: str, fact: str, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with Store.create(tmp_path_factory.mktemp("injected") / "audits.db") as store:
        signed(store, audit_reason="routine")
        log = store.every_event()
        asked = replace(
            ALL, filters={fact: (value,)}, reasons=("routine", value), rubric_id="small"
        )
        assert store.tallies(asked).audits == {}
        assert store.tallies(replace(ALL, rubric_id=value)).audits == {}
        assert store.audits(AuditQuery(filters={fact: (value,)}, auditor=ME.id)) == ()
        assert store.audits(AuditQuery(plan_ref=value)) == ()
        assert store.audits(AuditQuery(auditor=value, text=value)) == ()
        assert store.every_event() == log
        assert store.faults() == []


def test_an_axis_that_is_none_reaches_no_sql(store: Store) -> None:
    with pytest.raises(KeyError):
        store.tallies(replace(ALL, axis="audit_date IS NULL OR a.plan"))  # type: ignore[arg-type]
    assert store.tallies(ALL).audits == {}


def test_rows_and_totals_are_of_the_same_moment(store: Store, tmp_path: Path) -> None:
    """A signature that comes while a question is answered is in all of the answer or in none."""
    signed(store)
    signing = threading.Thread(target=lambda: signed(store, plan_ref="NS-0148"))

    def before_each(statement: str) -> None:
        if "sum(turn = 1)" in statement:  # the rows are read; the totals come next
            signing.start()
            signing.join(0.3)

    with Store.open(tmp_path / "audits.db") as elsewhere, elsewhere._reading() as connection:
        connection.set_trace_callback(before_each)
        tallies = elsewhere.tallies(ALL)
        connection.set_trace_callback(None)
    signing.join(10)
    assert sum(of(tallies, "views").values()) == sum(tallies.audits.values()) == 1
    assert store.tallies(ALL).audits == {"2026-03": 2}


def test_the_values_of_a_fact_are_those_that_occur_or_can_be_chosen(store: Store) -> None:
    begun(store, team="West")
    begun(store, team="East", plan_ref="NS-0148")
    begun(store, plan_ref="NS-0149")
    assert store.fact_values("team") == ("East", "West")
    assert store.fact_values("seen") == ("advice", "review", "record")


@pytest.mark.parametrize(
    ("text", "refs"),
    [
        ("", {"NS-0147", "NS-0148"}),
        ("0147", {"NS-0147"}),
        ("ns-0148", {"NS-0148"}),
        ("élan", {"NS-0148"}),
        ("special ÉLAN", {"NS-0148"}),
        ("mainstream élan", set()),
        ("örtlich", {"NS-0147"}),
        ("primary_need", set()),
        ("nobody", set()),
    ],
)
def test_a_list_is_searched_in_references_auditors_and_values_of_facts(
    store: Store, text: str, refs: set[str]
) -> None:
    begun(store, team="Örtlich")
    begun(store, plan_ref="NS-0148", identity=OTHER, setting="special")
    assert {row.ref for row in store.audits(AuditQuery(text=text))} == refs


def test_a_list_has_the_latest_changed_first_and_only_what_was_asked(store: Store) -> None:
    first = begun(store)
    second = signed(store, plan_ref="NS-0148", identity=OTHER)
    assert [row.id for row in store.audits()] == [second, first]
    assert [row.id for row in store.audits(AuditQuery(states=("draft",)))] == [first]
    assert [row.id for row in store.audits(AuditQuery(auditor=OTHER.id))] == [second]
    assert [row.id for row in store.audits(AuditQuery(plan_ref="NS-0147"))] == [first]
    assert len(store.audits(AuditQuery(limit=1))) == 1
    row = store.audits(AuditQuery(plan_ref="NS-0148"))[0]
    assert (row.auditor_name, row.grade, row.state) == ("Élan", "good", "signed")
    assert row.audit_date == day(3)
    assert row.facts["seen"] == ("advice", "review")
