"""Values of a rubric in the words that a comparison shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from ehcp_audit.domain.condition_words import condition_in_words
from ehcp_audit.domain.conditions import Condition
from ehcp_audit.domain.dates import show_date
from ehcp_audit.domain.facts import Fact
from ehcp_audit.domain.grading import percent
from ehcp_audit.domain.rubric import (
    AGENCY_LABELS,
    CriterionAt,
    Finding,
    LimitingCount,
    Rubric,
    ThemeBelow,
)


@dataclass(frozen=True)
class Names:
    """What one version calls its levels (by number) and facts (by id)."""

    levels: Mapping[int, str]
    facts: Mapping[str, Fact]

    @staticmethod
    def of(rubric: Rubric) -> Names:
        """Return the names of a version."""
        return Names(
            {level.number: f"“{level.label}”" for level in rubric.scale.levels},
            {fact.id: fact for fact in rubric.facts_asked()},
        )


def in_words(value: Any) -> str:
    """Return any value of a rubric in words; nothing (None, no text, an empty list) is empty."""
    said = str(value)
    if value is None:
        said = ""
    elif isinstance(value, bool):
        said = "yes" if value else "no"
    elif isinstance(value, str):
        text = " ".join(value.split())
        said = f"“{text}”" if text else ""
    elif isinstance(value, Fraction):
        said = number(value)
    elif isinstance(value, date):
        said = show_date(value)
    elif isinstance(value, Finding):
        said = f"“{value.text}” ({value.source} {value.at})"
    elif isinstance(value, tuple):
        said = ", ".join(in_words(each) for each in value)
    elif is_dataclass(value):
        parts = ((field.name, in_words(getattr(value, field.name))) for field in fields(value))
        said = ", ".join(f"{name} {words}" for name, words in parts if words)
    return said


def number(value: Fraction) -> str:
    """Return a number as a file writes it: 0.5, and 1/3 where no short decimal is it."""
    decimal = format(float(value), ".6g")
    return decimal if Fraction(decimal) == value else str(value)


def share(value: Fraction) -> str:
    """Return a share exactly: 80%, 66.7%, and 2/3 where no such percentage is it."""
    places = next((n for n in (0, 1) if (value * 100 * 10**n).denominator == 1), None)
    return number(value) if places is None else percent(value, places)


def agencies(value: str | tuple[str, ...]) -> str:
    """Return one agency or several in words."""
    ids = (value,) if isinstance(value, str) else value
    return ", ".join(AGENCY_LABELS.get(each, each) for each in ids)


def condition(value: Condition | None, names: Names) -> str:
    """Return a condition in words; none is “always”."""
    return condition_in_words(value, names.facts)


def share_at_in_words(value: tuple[int, Fraction] | None, names: Names) -> str:
    """Return a grade's share at a level in words."""
    return (
        ""
        if value is None
        else f"{share(value[1])} of the weight at {names.levels[value[0]]} or above"
    )


def limit_in_words(when: Any, names: Names) -> str:
    """Return when a limit bites in words."""
    if isinstance(when, LimitingCount):
        return f"{when.count} limiting at {names.levels[when.level]}"
    if isinstance(when, CriterionAt):
        return f"{when.criterion} at {names.levels[when.level]}"
    if isinstance(when, ThemeBelow):
        return f"a theme below {share(when.share)} with at least {when.scored_at_least} scored"
    return in_words(when)
