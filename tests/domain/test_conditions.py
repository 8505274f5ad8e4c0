"""Conditions on facts: three values, because a fact may be missing."""

from __future__ import annotations

from datetime import date
from itertools import product

import pytest

from ehcp_audit.domain.conditions import (
    Comparison,
    Condition,
    Every,
    Operator,
    Some,
    comparisons,
    holds,
)
from ehcp_audit.domain.facts import Facts

_DAY = date(2026, 3, 2)
_FACTS: Facts = {"plan_kind": "amended", "reviewed": None}
_PARTS: dict[bool | None, Condition] = {
    True: Comparison("plan_kind", "is", ("amended",)),
    False: Comparison("plan_kind", "is", ("draft",)),
    None: Comparison("reviewed", "is", ("yes",)),
}
# Kleene's strong logic: false decides a conjunction, true a disjunction, whatever is unknown.
_ORDER = {False: 0, None: 1, True: 2}


@pytest.mark.parametrize(("left", "right"), list(product(_PARTS, repeat=2)))
def test_every_is_the_least_and_some_the_greatest_of_its_parts(
    left: bool | None, right: bool | None
) -> None:
    parts = (_PARTS[left], _PARTS[right])
    assert holds(Every(parts), _FACTS, _DAY) is min(left, right, key=_ORDER.__getitem__)
    assert holds(Some(parts), _FACTS, _DAY) is max(left, right, key=_ORDER.__getitem__)


@pytest.mark.parametrize("value", _PARTS)
def test_one_part_decides_alone(value: bool | None) -> None:
    assert holds(Every((_PARTS[value],)), _FACTS, _DAY) is value
    assert holds(Some((_PARTS[value],)), _FACTS, _DAY) is value


def test_conditions_nest() -> None:
    inner = Some((_PARTS[False], _PARTS[None]))
    assert holds(Every((_PARTS[True], inner)), _FACTS, _DAY) is None
    assert holds(Every((_PARTS[False], inner)), _FACTS, _DAY) is False
    assert holds(Some((_PARTS[True], inner)), _FACTS, _DAY) is True


def test_no_condition_always_holds() -> None:
    assert holds(None, {}, _DAY) is True


@pytest.mark.parametrize(
    ("operator", "values", "expected"),
    [
        ("is", ("amended",), True),
        ("is", ("draft",), False),
        ("is_not", ("amended",), False),
        ("is_not", ("draft",), True),
        ("in", ("draft", "amended"), True),
        ("in", ("draft", "adopted"), False),
        ("not_in", ("draft", "amended"), False),
        ("not_in", ("draft", "adopted"), True),
    ],
)
def test_a_choice_is_compared_by_its_id(
    operator: Operator, values: tuple[str, ...], expected: bool
) -> None:
    assert holds(Comparison("plan_kind", operator, values), _FACTS, _DAY) is expected
    assert holds(Comparison("plan_kind", operator, values), {}, _DAY) is None


@pytest.mark.parametrize(
    ("year", "at_least", "at_most"),
    [
        ("8", False, True),
        ("9", True, True),
        ("10", True, False),
        ("R", False, True),
        ("19-25", True, False),
    ],
)
def test_year_groups_compare_in_their_order_not_as_text(
    year: str, at_least: bool, at_most: bool
) -> None:
    facts = {"year_group": year}
    assert holds(Comparison("year_group", "at_least", ("9",)), facts, _DAY) is at_least
    assert holds(Comparison("year_group", "at_most", ("9",)), facts, _DAY) is at_most


def test_a_fact_of_several_values_has_one_of_them_or_not() -> None:
    has_advice = Comparison("seen", "has", ("advice",))
    assert holds(has_advice, {"seen": ("advice", "record")}, _DAY) is True
    assert holds(has_advice, {"seen": ("record",)}, _DAY) is False
    assert holds(has_advice, {"seen": ()}, _DAY) is False
    assert holds(has_advice, {}, _DAY) is None


def test_the_plans_age_counts_whole_months_to_the_day_of_the_audit() -> None:
    year_old = Comparison("plan_age_months", "at_least", ("12",))
    assert holds(year_old, {"plan_date": "2025-03-02"}, _DAY) is True
    assert holds(year_old, {"plan_date": "2025-03-03"}, _DAY) is False
    assert holds(year_old, {}, _DAY) is None
    assert holds(
        Comparison("plan_age_months", "at_most", ("12",)), {"plan_date": "2025-03-02"}, _DAY
    )


def test_every_comparison_of_a_condition_can_be_listed() -> None:
    condition = Every((_PARTS[True], Some((_PARTS[False], _PARTS[None]))))
    assert list(comparisons(condition)) == [_PARTS[True], _PARTS[False], _PARTS[None]]
