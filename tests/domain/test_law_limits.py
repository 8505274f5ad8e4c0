"""Time limits in law: day 0 is the start, calendar days; dates worked by hand."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ehcp_audit.domain.facts import FACTS_BY_ID, Facts
from ehcp_audit.domain.law_limits import LimitResult, results
from ehcp_audit.domain.law_rules import LAW_LIMITS, LAW_LIMITS_BY_ID, Within
from ehcp_audit.domain.limit_words import STATUS_LABELS, limit_mark, limit_sentence

_ON = date(2026, 6, 1)
_DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


def found(limit_id: str, facts: Facts, on: date = _ON) -> LimitResult | None:
    return next((each for each in results(facts, on) if each.limit.id == limit_id), None)


def stands(limit_id: str, facts: Facts, on: date = _ON) -> tuple[str, date | None, int]:
    result = found(limit_id, facts, on)
    assert result is not None, f"{limit_id} does not arise"
    return result.status, result.due, result.days


# Each row: the limit, the start, the last day by hand (counted on a calendar), other facts.
_BY_HAND: list[tuple[str, str, str, dict[str, object]]] = [
    ("decide-to-assess", "2025-09-03", "2025-10-15", {}),  # 27 days of September, 15 of October
    ("advice-education", "2025-11-20", "2026-01-01", {}),  # over a new year: a holiday counts
    ("advice-psychology", "2024-02-01", "2024-03-14", {}),  # 42 days, the 29th of February in it
    ("advice-health", "2023-02-01", "2023-03-15", {}),  # the same in a common year
    ("advice-social-care", "2026-01-05", "2026-02-16", {}),
    ("draft", "2026-01-01", "2026-04-23", {}),  # 112 days
    ("first-final", "2025-09-01", "2026-01-19", {}),  # 140 days
    ("first-final", "2024-01-01", "2024-05-20", {}),  # 140 days in a leap year
    ("review-report", "2026-02-16", "2026-03-02", {}),
    ("review-decision", "2026-01-31", "2026-02-28", {}),
    ("review-decision", "2024-01-31", "2024-02-28", {}),  # weeks are not months
    ("review-proposals", "2026-01-05", "2026-02-02", {"review_outcome": "amend"}),
    ("amended-final-8", "2026-01-05", "2026-03-02", {"review_outcome": "amend"}),
    ("amended-final-12", "2025-12-01", "2026-02-23", {"review_outcome": "amend"}),
    ("first-review", "2024-02-29", "2025-02-28", {}),  # no 29th a year later
    ("first-review", "2025-08-31", "2026-08-31", {}),
    ("reassessment", "2025-12-25", "2026-04-02", {}),  # 98 days
    ("order-amend", "2026-02-02", "2026-03-09",
     {"plan_kind": "ordered", "ordered_sections": ("B", "F", "I")}),
    ("order-setting", "2026-02-16", "2026-03-02",
     {"plan_kind": "ordered", "ordered_sections": ("I",)}),
    ("phase-transfer", "2026-09-01", "2026-02-15", {"year_group": "6"}),
    ("phase-transfer", "2026-09-01", "2026-03-31", {"year_group": "11"}),
    ("phase-transfer", "2026-09-01", "2026-03-31", {"year_group": "13", "setting": "special"}),
    ("phase-transfer", "2026-09-01", "2026-04-01",
     {"year_group": "13", "setting": "sixth_form_fe"}),
    ("phase-transfer", "2026-07-31", "2026-02-28",
     {"year_group": "19-25", "setting": "specialist_post16"}),
    ("phase-transfer", "2024-07-31", "2024-02-29",
     {"year_group": "14", "setting": "specialist_post16"}),
]  # fmt: skip


@pytest.mark.parametrize(("limit_id", "start", "last", "more"), _BY_HAND)
def test_the_last_day_is_in_time_and_the_next_is_a_day_late(
    limit_id: str, start: str, last: str, more: dict[str, object]
) -> None:
    limit = LAW_LIMITS_BY_ID[limit_id]
    assert limit.end is not None
    due = date.fromisoformat(last)
    later = due + timedelta(days=9)
    facts: dict[str, object] = {limit.start: start, **more}
    on_time = {**facts, limit.end: last}
    assert stands(limit_id, on_time, later) == ("met", due, 0)  # type: ignore[arg-type]
    if limit.first_only:
        return
    after = {**facts, limit.end: (due + timedelta(days=1)).isoformat()}
    assert stands(limit_id, after, later) == ("late", due, 1)  # type: ignore[arg-type]


def test_a_date_that_is_still_to_come_ends_nothing_yet() -> None:
    facts: Facts = {"request_date": "2026-02-02", "first_final_date": "2026-06-02"}
    assert stands("first-final", facts, date(2026, 6, 2))[0] == "met"
    result = found("first-final", facts, date(2026, 6, 1))
    assert result is not None
    assert (result.status, limit_mark(result)) == ("not_known", "?")
    said = "Not known: the date given, 2 Jun 2026, is still to come; due by 22 Jun 2026."
    assert limit_sentence(result) == said


def test_the_example_of_the_design_is_kept() -> None:
    """Day 0 is the start, and within n weeks includes start + 7n."""
    for limit in LAW_LIMITS:
        if isinstance(limit.due, Within) and limit.due.unit == "weeks":
            start = date(2026, 1, 1)
            assert limit.due.last_day(start, {}) == start + timedelta(days=7 * limit.due.count)


# ---------------------------------------------------------------- without an end


def test_without_an_end_a_limit_is_running_until_its_last_day_and_overdue_after() -> None:
    facts = {"advice_health_asked": "2026-01-05"}
    due = date(2026, 2, 16)
    assert stands("advice-health", facts, due) == ("running", due, 0)
    assert stands("advice-health", facts, due + timedelta(days=1)) == ("overdue", due, 1)
    assert stands("advice-health", facts, date(2026, 3, 18)) == ("overdue", due, 30)


def test_what_other_facts_show_to_be_done_is_not_called_overdue() -> None:
    asked = {"request_date": "2024-09-02"}
    assert stands("first-final", {**asked, "plan_kind": "draft"})[0] == "overdue"
    assert stands("first-final", {**asked, "plan_kind": "amended"})[0] == "not_known"
    assert stands("decide-to-assess", {**asked, "plan_kind": "draft"})[0] == "not_known"
    met = {"review_meeting_date": "2025-11-03"}
    assert stands("review-decision", met)[0] == "overdue"
    assert stands("review-decision", {**met, "review_outcome": "maintain"})[0] == "not_known"


def test_without_a_start_nothing_is_known() -> None:
    assert stands("first-final", {"first_final_date": "2026-01-19"}) == ("not_known", None, 0)
    assert stands("first-final", {}) == ("not_known", None, 0)


def test_dates_the_wrong_way_round_settle_nothing() -> None:
    facts = {"advice_health_asked": "2026-02-05", "advice_health_received": "2026-02-04"}
    result = found("advice-health", facts)
    assert result is not None
    assert result.status == "not_known"
    assert "wrong way round" in limit_sentence(result)


def test_the_date_on_a_plan_of_the_right_kind_is_the_end_where_none_is_given() -> None:
    facts = {"request_date": "2025-09-01", "plan_kind": "first_final", "plan_date": "2026-01-20"}
    assert stands("first-final", facts)[0::2] == ("late", 1)
    assert stands("first-final", {**facts, "first_final_date": "2026-01-19"})[0] == "met"
    assert stands("first-final", {**facts, "plan_kind": "reassessed"})[0] == "not_known"


# ---------------------------------------------------------------- exceptions


def _late(**facts: str) -> Facts:
    return {"request_date": "2025-09-01", "first_final_date": "2026-01-29", **facts}


@pytest.mark.parametrize("kind", ["school_closed", "personal_circumstances"])
def test_a_confirmed_exception_is_told_beside_the_days(kind: str) -> None:
    result = found("first-final", _late(exception=kind))
    assert result is not None
    assert (result.status, result.days) == ("late_with_exception", 10)
    label = FACTS_BY_ID["exception"].choice(kind)
    assert label is not None
    assert f"exception recorded: {label.label.lower()} (reg 13(3))" in limit_sentence(result)


@pytest.mark.parametrize("kind", ["absent", "missed_appointment"])
def test_an_exception_that_is_not_confirmed_excuses_nothing_and_says_so(kind: str) -> None:
    result = found("first-final", _late(exception=kind))
    assert result is not None
    assert result.status == "late"
    assert "not confirmed, so it is not counted" in limit_sentence(result)


def test_none_recorded_and_a_backlog_are_no_exceptions() -> None:
    assert stands("first-final", _late(exception="none"))[0] == "late"
    assert stands("first-final", _late(backlog="yes"))[0] == "late"


def test_an_exception_changes_nothing_where_the_limit_was_kept_or_has_none() -> None:
    kept = _late(exception="school_closed", first_final_date="2026-01-19")
    assert stands("first-final", kept)[0] == "met"
    review = {"review_meeting_date": "2026-01-05", "review_decision_date": "2026-02-03"}
    assert stands("review-decision", {**review, "exception": "school_closed"})[0] == "late"


# ---------------------------------------------------------------- where a limit does not arise


def test_an_adopted_plan_has_none_of_our_own_limits_and_keeps_its_old_date() -> None:
    facts = {**_late(), "plan_kind": "adopted"}
    arising = {each.limit.id for each in results(facts, _ON)}
    assert not arising & {"decide-to-assess", "draft", "first-final", "advice-health"}
    assert stands("first-review", facts)[:2] == ("running", date(2027, 1, 29))


def test_an_order_for_the_setting_alone_has_two_weeks_and_any_other_five() -> None:
    ordered = {"plan_kind": "ordered", "order_date": "2026-02-02"}
    for sections, arises in (((), None), (("I",), "order-setting"), (("F", "I"), "order-amend")):
        ids = {each.limit.id for each in results({**ordered, "ordered_sections": sections}, _ON)}
        assert ids & {"order-setting", "order-amend"} == ({arises} - {None})


def test_a_review_that_maintains_or_ends_the_plan_has_nothing_to_amend() -> None:
    meeting = {"review_meeting_date": "2026-01-05"}
    for outcome in ("maintain", "cease", "none_recorded"):
        assert found("amended-final-12", {**meeting, "review_outcome": outcome}) is None
    assert found("amended-final-12", {**meeting, "review_outcome": "amend"}) is not None
    undecided = {**meeting, "amended_final_date": "2026-03-30"}
    assert stands("amended-final-12", undecided)[0] == "met"
    assert found("next-review", {"review_outcome": "cease"}) is None


def test_a_later_review_does_not_make_the_first_one_late() -> None:
    facts = {"first_final_date": "2022-03-01", "review_decision_date": "2026-02-10"}
    result = found("first-review", facts)
    assert result is not None
    assert result.status == "not_known"
    assert "earlier reviews" in limit_sentence(result)
    assert stands("next-review", facts) == ("running", date(2027, 2, 10), 0)
    assert stands("first-review", {**facts, "reviewed": "no", "review_decision_date": None})[0] == (
        "overdue"
    )


def test_an_amendment_long_before_a_move_is_not_the_one_for_the_move() -> None:
    move = {"phase_transfer_due": "2026-09-01", "year_group": "6"}
    early = {**move, "amended_final_date": "2024-12-12"}
    assert stands("phase-transfer", early, date(2026, 1, 10)) == ("running", date(2026, 2, 15), 0)
    assert stands("phase-transfer", early, date(2026, 2, 16)) == ("overdue", date(2026, 2, 15), 1)
    on_the_day = found("phase-transfer", {**move, "amended_final_date": "2026-02-15"})
    assert on_the_day is not None
    assert "says “before”" in limit_sentence(on_the_day)


def test_a_move_needs_to_be_known_as_one_from_school_or_from_college() -> None:
    move = {"phase_transfer_due": "2026-09-01"}
    assert stands("phase-transfer", move)[0] == "not_known"
    unsettled = {**move, "year_group": "13", "setting": "eotas"}
    assert stands("phase-transfer", unsettled)[0] == "not_known"


def test_when_a_family_was_told_is_not_among_the_facts_so_it_is_never_called_overdue() -> None:
    moved = {"transfer_in_date": "2026-01-05"}
    assert stands("moved-in", moved, date(2026, 2, 16))[0] == "running"
    late = found("moved-in", moved, date(2026, 2, 17))
    assert late is not None
    assert late.status == "not_known"
    assert limit_sentence(late) == (
        "Not known: it was due by 16 Feb 2026; no fact says when it was done."
    )


# ---------------------------------------------------------------- in words


def test_each_status_says_what_was_found_and_when() -> None:
    said = {
        "met": ("2026-02-16", "Met on 16 Feb 2026, due by 16 Feb 2026.", "✓ within 6 weeks"),
        "late": ("2026-02-17", "Late by 1 day: 17 Feb 2026, due by 16 Feb 2026.", "✗ 1 d late"),
        "overdue": (
            None,
            "Overdue by 105 days: due by 16 Feb 2026, and no date says it was done.",
            "! 105 d over",
        ),
    }
    for status, (end, sentence, mark) in said.items():
        facts = {"advice_health_asked": "2026-01-05", "advice_health_received": end}
        result = found("advice-health", facts)
        assert result is not None
        assert (result.status, limit_sentence(result), limit_mark(result)) == (
            status,
            sentence,
            mark,
        )


def test_every_limit_has_a_citation_and_facts_that_exist() -> None:
    assert len({limit.id for limit in LAW_LIMITS}) == len(LAW_LIMITS)
    for limit in LAW_LIMITS:
        assert limit.citation
        assert limit.duty.endswith(".")
        assert all(FACTS_BY_ID[each].kind == "date" for each in limit.facts)
        assert "unconfirmed" not in f"{limit.citation} {limit.duty}"


# ---------------------------------------------------------------- properties

_DATE_FACTS = [fact.id for fact in FACTS_BY_ID.values() if fact.kind == "date"]
_CHOICES = {
    fact_id: st.sampled_from([None, *FACTS_BY_ID[fact_id].choice_ids()])
    for fact_id in ("plan_kind", "review_outcome", "exception", "year_group", "setting", "reviewed")
}
_SECTIONS = st.lists(st.sampled_from(["B", "F", "I"]), unique=True).map(tuple)
_ANY_FACTS = st.fixed_dictionaries(
    {
        **{each: st.none() | _DAYS.map(date.isoformat) for each in _DATE_FACTS},
        **_CHOICES,
        "ordered_sections": _SECTIONS,
    }
)


@given(_ANY_FACTS, _DAYS)
def test_any_facts_give_a_status_that_agrees_with_its_days(facts: Facts, on: date) -> None:
    for result in results(facts, on):
        assert result.status in STATUS_LABELS
        if result.status in ("late", "late_with_exception"):
            assert result.due is not None
            assert result.ended is not None
            assert result.days == (result.ended - result.due).days > 0
        elif result.status == "overdue":
            assert result.due is not None
            assert result.days == (on - result.due).days > 0
        else:
            assert result.days == 0
        if result.status == "met":
            assert result.due is not None
            assert result.ended is not None
            assert result.ended <= result.due
        assert (result.status == "late_with_exception") <= (result.exception is not None)
        assert limit_sentence(result).endswith(".")
        assert "None" not in limit_sentence(result) + limit_mark(result)


@given(_DAYS, st.integers(0, 400), st.integers(0, 400))
def test_a_later_end_is_never_better(start: date, sooner: int, more: int) -> None:
    def days(after: int) -> int:
        facts = {
            "request_date": start.isoformat(),
            "first_final_date": (start + timedelta(days=after)).isoformat(),
        }
        return stands("first-final", facts, start + timedelta(days=after))[2]

    assert days(sooner) <= days(sooner + more)
    assert days(sooner) == max(0, sooner - 140)
