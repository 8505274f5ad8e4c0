"""The table of facts: what is refused, what is read back, what is filled in."""

from __future__ import annotations

from datetime import date

import pytest

from ehcp_audit.domain.errors import UsageError
from ehcp_audit.domain.facts import (
    FACTS,
    FACTS_BY_ID,
    Fact,
    FactValue,
    fact_to_text,
    is_asked,
    is_young_person,
    missing_facts,
    parse_fact,
    parse_reference,
    plan_age_months,
    show_fact,
    with_defaults,
)

_TODAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("typed", "looks_like"),
    [
        ("A123456789012", "a unique pupil number"),
        ("a12345678901b", "a unique pupil number"),
        ("9434765919", "an NHS number"),
        ("943-476-5919", "an NHS number"),
        ("943 476 5919", "an NHS number"),
        ("03-09-2015", "a date of birth"),
        ("3/9/2015", "a date of birth"),
        ("03.09.15", "a date of birth"),
        ("2015-09-03", "a date of birth"),
        ("03092015", "a date of birth"),
        ("20150903", "a date of birth"),
    ],
)
def test_a_reference_that_tells_of_a_child_is_refused(typed: str, looks_like: str) -> None:
    with pytest.raises(UsageError, match=looks_like):
        parse_reference(typed)


@pytest.mark.parametrize("typed", ["", "AB", "A" * 21, "-A1", "A1-", "NS_0147", "NS 0147", "Zoë-1"])
def test_a_reference_is_3_to_20_letters_digits_and_hyphens(typed: str) -> None:
    with pytest.raises(UsageError, match="3 to 20"):
        parse_reference(typed)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [(" ns-0147 ", "NS-0147"), ("abc", "ABC"), ("A" * 20, "A" * 20), ("2025-01", "2025-01")],
)
def test_a_pseudonym_is_kept_in_capitals(typed: str, kept: str) -> None:
    assert parse_reference(typed) == kept


def _values(fact: Fact) -> list[FactValue]:
    if fact.kind == "choice":
        return list(fact.choice_ids())
    if fact.kind == "choices":
        ids = fact.choice_ids()
        return [(), *((choice,) for choice in ids), ids]
    return [{"reference": "NS-0147", "date": "2025-09-03", "code": "Team 4"}[fact.kind], None]


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.id)
def test_every_value_of_every_fact_is_read_back_from_its_text(fact: Fact) -> None:
    for value in _values(fact):
        assert parse_fact(fact, fact_to_text(value), today=_TODAY) == value
        assert show_fact(fact, value)


@pytest.mark.parametrize("fact", FACTS, ids=lambda fact: fact.id)
def test_no_two_choices_of_a_fact_share_an_id_a_label_or_a_key(fact: Fact) -> None:
    keys = [choice.key for choice in fact.choices if choice.key]
    for names in (fact.choice_ids(), [choice.label for choice in fact.choices], keys):
        assert len(set(names)) == len(names)
    assert all(len(key) == 1 for key in keys)


def test_choices_are_read_without_regard_to_case_and_in_their_order() -> None:
    assert parse_fact(FACTS_BY_ID["primary_need"], "semh", today=_TODAY) == "SEMH"
    seen = parse_fact(FACTS_BY_ID["seen"], "Record, advice,record", today=_TODAY)
    assert seen == ("advice", "record")


def test_an_unknown_choice_is_refused_with_the_choices() -> None:
    with pytest.raises(UsageError, match="“final” is not a value of plan_kind") as raised:
        parse_fact(FACTS_BY_ID["plan_kind"], "final", today=_TODAY)
    assert "first_final" in raised.value.next_step


@pytest.mark.parametrize("typed", ["x" * 41, "a\x1bb", "a\nb", "[b]", "=1+1"])
def test_a_code_holds_no_control_characters_and_begins_no_formula(typed: str) -> None:
    with pytest.raises(UsageError, match="a code is up to 40"):
        parse_fact(FACTS_BY_ID["team"], typed, today=_TODAY)


def test_values_are_shown_in_words() -> None:
    assert show_fact(FACTS_BY_ID["plan_date"], "2025-09-03") == "3 Sep 2025"
    assert show_fact(FACTS_BY_ID["social_care"], "looked_after") == "Looked after"
    assert show_fact(FACTS_BY_ID["seen"], ()) == "the plan alone"
    assert show_fact(FACTS_BY_ID["seen"], ("advice", "record")) == "Advice, Case record"
    assert show_fact(FACTS_BY_ID["ordered_sections"], ()) == "none"
    assert show_fact(FACTS_BY_ID["team"], None) == "–"


@pytest.mark.parametrize("fact_id", ["known_to_health", "social_care"])
def test_what_decides_the_questions_has_no_default(fact_id: str) -> None:
    assert with_defaults({}, _TODAY).get(fact_id) is None


def test_a_change_is_asked_about_once_reviewed_or_a_year_old() -> None:
    change = FACTS_BY_ID["change_reported"]
    assert is_asked(change, {"reviewed": "yes"}, _TODAY)
    assert is_asked(change, {"reviewed": "no", "plan_date": "2025-03-02"}, _TODAY)
    assert not is_asked(change, {"reviewed": "no", "plan_date": "2025-03-03"}, _TODAY)
    assert with_defaults({"reviewed": "yes"}, _TODAY).get("change_reported") is None
    assert with_defaults({"reviewed": "no"}, _TODAY)["change_reported"] == "no"


@pytest.mark.parametrize(
    ("facts", "reviewed"),
    [
        ({"plan_kind": "amended"}, "yes"),
        ({"plan_kind": "phase_transfer"}, "yes"),
        ({"plan_kind": "first_final", "plan_date": "2025-12-01"}, "no"),
        ({"plan_kind": "first_final", "plan_date": "2025-03-02"}, None),
        ({"plan_kind": "first_final"}, None),
        ({"plan_kind": "draft"}, None),
        ({"plan_kind": "amended", "reviewed": "no"}, "no"),
    ],
)
def test_whether_it_was_reviewed_follows_from_the_kind_of_plan(
    facts: dict[str, FactValue], reviewed: str | None
) -> None:
    assert with_defaults(facts, _TODAY).get("reviewed") == reviewed


def test_defaults_overwrite_nothing_that_was_answered() -> None:
    answered: dict[str, FactValue] = {
        "secondary_need": "HI",
        "dispute": "complaint",
        "seen": ("advice",),
    }
    filled = with_defaults(answered, _TODAY)
    assert {key: filled[key] for key in answered} == answered


def test_an_audit_may_start_without_a_plan_date_and_with_nothing_else_open() -> None:
    missing = {fact.id for fact in missing_facts({"seen": ()})}
    assert "plan_date" not in missing
    assert "seen" not in missing
    assert {"plan_ref", "year_group", "known_to_health"} <= missing


def test_the_age_of_an_undated_plan_is_unknown() -> None:
    assert plan_age_months({}, _TODAY) is None
    assert plan_age_months({"plan_date": "2025-03-02"}, _TODAY) == 12


@pytest.mark.parametrize(
    ("year", "young_person"),
    [("11", False), ("12", True), ("19-25", True), ("R", False), (None, None)],
)
def test_a_young_person_is_one_from_year_twelve(
    year: str | None, young_person: bool | None
) -> None:
    assert is_young_person({"year_group": year}) is young_person
