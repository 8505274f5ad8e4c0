"""Conditions of a rubric file: checked against the table of facts, then built."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final, get_args

from ehcp_audit.domain.conditions import Comparison, Condition, Every, Operator, Some
from ehcp_audit.domain.facts import DERIVED, OWN_PREFIX, Fact
from ehcp_audit.domain.text import one_line
from ehcp_audit.rubric_files.complaints import Complaint
from ehcp_audit.rubric_files.models import ConditionTable
from ehcp_audit.rubric_files.problems import KeyPath, listed, nearest

_OPERATORS: Final[tuple[Operator, ...]] = get_args(Operator)
_EQUALITY: Final = ("is", "is_not", "in", "not_in")
_ORDER: Final = ("at_least", "at_most")
_COMPARED: Final = ("choice", "choices", "code")

Known = Mapping[str, Fact]


def check_condition(table: ConditionTable, path: KeyPath, known: Known) -> Iterator[Complaint]:
    """Yield what is wrong with a condition: its form, its facts, their operators and values.

    `known` are the facts by id, the tool's and the rubric's own.
    """
    given = _given(table)
    groups = [name for name in ("all", "any") if name in given]
    if len(groups) == 1 and len(given) == 1:
        parts = given[groups[0]]
        if not parts:
            yield Complaint((*path, groups[0]), f"“{groups[0]}” needs at least one condition.")
        for index, part in enumerate(parts):
            yield from check_condition(part, (*path, groups[0], index), known)
    elif groups:
        others = listed([name for name in given if name != groups[0]])
        yield Complaint(path, f"“{groups[0]}” stands alone in its {{ }}; put {others} inside it.")
    elif "fact" not in given:
        sentence = "A condition names a “fact”, or holds “all” or “any” of several conditions."
        yield Complaint(path, sentence)
    else:
        yield from _check_comparison(table.fact or "", given, path, known)


def build_condition(table: ConditionTable, known: Known) -> Condition:
    """Return a checked condition as a value."""
    if table.all_ is not None:
        return Every(tuple(build_condition(part, known) for part in table.all_))
    if table.any_ is not None:
        return Some(tuple(build_condition(part, known) for part in table.any_))
    given = _given(table)
    operator = next(name for name in _OPERATORS if name in given)
    value = given[operator]
    values = tuple(value) if isinstance(value, list) else (str(value),)
    fact_id = table.fact or ""
    own_order = operator in _ORDER and fact_id.startswith(OWN_PREFIX)
    order = known[fact_id].choice_ids() if own_order else ()
    return Comparison(fact_id, operator, values, order)


def _given(table: ConditionTable) -> dict[str, Any]:
    fields = ConditionTable.model_fields
    named = {field.alias or key: getattr(table, key) for key, field in fields.items()}
    return {key: value for key, value in named.items() if value is not None}


def _check_comparison(
    fact_id: str, given: dict[str, Any], path: KeyPath, known: Known
) -> Iterator[Complaint]:
    operators = [name for name in _OPERATORS if name in given]
    if fact_id not in _names(known):
        yield Complaint((*path, "fact"), _why_no_fact(fact_id, known))
        return
    suitable = _operators_of(fact_id, known)
    if len(operators) != 1:
        allowed = listed(suitable)
        sentence = f"A condition on “{fact_id}” needs exactly one operator; use {allowed}."
        yield Complaint(path, sentence)
    elif operators[0] not in suitable:
        operator, allowed = operators[0], listed(suitable)
        sentence = f"“{operator}” does not suit “{fact_id}”; use {allowed}."
        yield Complaint((*path, operator), sentence, at_key=True)
    else:
        yield from _check_values(fact_id, operators[0], given[operators[0]], path, known)


def _check_values(
    fact_id: str, operator: str, value: Any, path: KeyPath, known: Known
) -> Iterator[Complaint]:
    place = (*path, operator)
    if fact_id in DERIVED:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= 999:  # noqa: PLR2004
            sentence = f"“{fact_id}” is compared with a whole number from 0 to 999 without quotes."
            yield Complaint(place, sentence)
        return
    if operator in _ORDER and not isinstance(value, str):
        sentence = f"“{fact_id}” is compared with one of its values in quotes, such as “9”."
        yield Complaint(place, sentence)
        return
    values = value if isinstance(value, list) else [value]
    if not values:
        yield Complaint(place, f"“{operator}” needs at least one value.")
    fact = known[fact_id]
    for index, each in enumerate(values):
        if why := _why_no_value(fact, each):
            yield Complaint((*place, index) if isinstance(value, list) else place, why)


def _why_no_value(fact: Fact, value: str) -> str:
    if fact.kind == "code":
        return "" if value.strip() else "The value must not be empty."
    allowed = fact.choice_ids()
    if value in allowed:
        return ""
    told = f"“{one_line(value, 40)}” is not a value of “{fact.id}”."
    return f"{told}{nearest(value, allowed)} Use one of {listed(allowed)}."


def _names(known: Known) -> list[str]:
    """Return the facts that a condition may name."""
    return [fact.id for fact in known.values() if fact.kind in _COMPARED] + list(DERIVED)


def _why_no_fact(fact_id: str, known: Known) -> str:
    if fact_id in known:
        return f"“{fact_id}” cannot be used in a condition; a choice or a code can."
    told, names = f"There is no fact “{one_line(fact_id, 40)}”.", _names(known)
    return told + (nearest(fact_id, names) or f" Use one of {listed(names)}.")


def _operators_of(fact_id: str, known: Known) -> tuple[str, ...]:
    if fact_id in DERIVED:
        return _ORDER
    fact = known[fact_id]
    if fact.kind == "choices":
        return ("has",)
    return (*_EQUALITY, *_ORDER) if fact.ordered else _EQUALITY
