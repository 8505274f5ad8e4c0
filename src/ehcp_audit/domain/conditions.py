"""Declared conditions on plan facts: three-valued, because a fact may be missing.

Kleene's strong logic of three values: an unknown fact makes a comparison unknown, and the whole
unknown only where the known parts do not already decide it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from ehcp_audit.domain.facts import DERIVED, FACTS_BY_ID, Facts, plan_age_months

Operator = Literal["is", "is_not", "in", "not_in", "has", "at_least", "at_most"]


@dataclass(frozen=True)
class Comparison:
    """One fact compared with one value (or several, for `in` and `not_in`).

    `order` holds the choices of a rubric's own fact, lowest first, where it is compared by them.
    """

    fact: str
    operator: Operator
    values: tuple[str, ...]
    order: tuple[str, ...] = ()


@dataclass(frozen=True)
class Every:
    """Holds when every part holds."""

    parts: tuple[Condition, ...]


@dataclass(frozen=True)
class Some:
    """Holds when at least one part holds."""

    parts: tuple[Condition, ...]


Condition = Comparison | Every | Some


def comparisons(condition: Condition) -> Iterator[Comparison]:
    """Yield every comparison inside a condition, in the order written."""
    if isinstance(condition, Comparison):
        yield condition
    else:
        for part in condition.parts:
            yield from comparisons(part)


def holds(condition: Condition | None, facts: Facts, on: date) -> bool | None:
    """Whether the condition holds for these facts on that day; None where it cannot be told."""
    if condition is None:
        return True
    if isinstance(condition, Comparison):
        return _compare(condition, facts, on)
    results = [holds(part, facts, on) for part in condition.parts]
    decided = isinstance(condition, Some)
    if decided in results:
        return decided
    return None if None in results else not decided


def _compare(comparison: Comparison, facts: Facts, on: date) -> bool | None:
    operator, values = comparison.operator, comparison.values
    if comparison.fact in DERIVED:
        age = plan_age_months(facts, on)
        return None if age is None else _ordered(operator, age, int(values[0]))
    value = facts.get(comparison.fact)
    if value is None:
        return None
    if isinstance(value, tuple):
        return values[0] in value
    if operator in ("is", "in"):
        return value in values
    if operator in ("is_not", "not_in"):
        return value not in values
    order = comparison.order or FACTS_BY_ID[comparison.fact].choice_ids()
    return _ordered(operator, order.index(value), order.index(values[0]))


def _ordered(operator: Operator, left: int, right: int) -> bool:
    if operator == "at_least":
        return left >= right
    if operator == "at_most":
        return left <= right
    return (left == right) is (operator == "is")
