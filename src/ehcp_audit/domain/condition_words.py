"""A condition as a sentence would say it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final

from ehcp_audit.domain.conditions import Comparison, Condition, Every, holds
from ehcp_audit.domain.facts import DERIVED, Fact, Facts, plan_age_months, show_fact

_OPERATORS: Final = {
    "is": "is",
    "is_not": "is not",
    "in": "is one of",
    "not_in": "is none of",
    "has": "holds",
    "at_least": "is at least",
    "at_most": "is at most",
}


def condition_in_words(condition: Condition | None, facts: Mapping[str, Fact]) -> str:
    """Return a condition in words, such as “Reviewed” is Yes; none is “always”.

    `facts` are those that the rubric asks, by id.
    """
    return "always" if condition is None else _condition(condition, facts, inside=False)


def _condition(condition: Condition, facts: Mapping[str, Fact], *, inside: bool) -> str:
    if isinstance(condition, Comparison):
        return _comparison(condition, facts)
    word = " and " if isinstance(condition, Every) else " or "
    joined = word.join(_condition(part, facts, inside=True) for part in condition.parts)
    return f"({joined})" if inside and len(condition.parts) > 1 else joined


def _comparison(comparison: Comparison, facts: Mapping[str, Fact]) -> str:
    fact = facts.get(comparison.fact)
    name = fact.label if fact else DERIVED.get(comparison.fact, comparison.fact)
    chosen = [fact.choice(value) if fact else None for value in comparison.values]
    values = [
        choice.label if choice else value
        for choice, value in zip(chosen, comparison.values, strict=True)
    ]
    return f"“{name}” {_OPERATORS.get(comparison.operator, comparison.operator)} " + ", ".join(
        values
    )


def why_not(condition: Condition, asked: Mapping[str, Fact], facts: Facts, on: date) -> str:
    """Return why a condition does not hold, or cannot be told: the facts that decide it.

    Such as “Seen by a health service” is No, not one of Yes, Cannot tell. `asked` are the facts
    that the rubric asks, by id.
    """
    said = [_decisive(each, asked, facts, on) for each in deciding(condition, facts, on)]
    return "; ".join(dict.fromkeys(said))


def deciding(condition: Condition, facts: Facts, on: date) -> tuple[Comparison, ...]:
    """Return the comparisons by which a condition does not hold, or cannot be told.

    Of parts that must all hold, those that fail; of parts of which one is enough, every one;
    where none fails, those that cannot be told.
    """
    if isinstance(condition, Comparison):
        return (condition,)
    outcomes = [holds(part, facts, on) for part in condition.parts]
    blocking = False if isinstance(condition, Every) and False in outcomes else None
    chosen = [
        part
        for part, outcome in zip(condition.parts, outcomes, strict=True)
        if outcome is blocking or (outcome is False and None not in outcomes)
    ]
    return tuple(each for part in chosen for each in deciding(part, facts, on))


def _decisive(comparison: Comparison, asked: Mapping[str, Fact], facts: Facts, on: date) -> str:
    fact = asked.get(comparison.fact)
    if fact is None:
        age = plan_age_months(facts, on)
        if age is None:
            return "the date on the plan is not known"
        months = f"{age} month{'' if age == 1 else 's'}"
        return f"the plan is {months} old, not {_wanted(comparison, asked)}"
    value = facts.get(comparison.fact)
    if value is None:
        return f"“{fact.label}” is not known"
    said = f"“{fact.label}” is {show_fact(fact, value)}"
    if comparison.operator in ("is_not", "not_in"):
        return said
    return f"{said}, not {_wanted(comparison, asked)}"


def _wanted(comparison: Comparison, asked: Mapping[str, Fact]) -> str:
    """Return what a comparison asks for, as follows on “not”."""
    wanted = _comparison(comparison, asked).partition("” ")[2]
    return _NOT.get(comparison.operator, "") + wanted.removeprefix(
        f"{_OPERATORS.get(comparison.operator, '')} "
    )


_NOT: Final = {"in": "one of ", "at_least": "at least ", "at_most": "at most "}
