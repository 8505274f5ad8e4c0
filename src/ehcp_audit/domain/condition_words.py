"""A condition as a sentence would say it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from ehcp_audit.domain.conditions import Comparison, Condition, Every
from ehcp_audit.domain.facts import DERIVED, Fact

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
