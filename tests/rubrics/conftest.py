"""The shipped rubrics, and the facts and levels that their tests build on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from ehcp_audit.domain.conditions import holds
from ehcp_audit.domain.facts import Facts, FactValue
from ehcp_audit.domain.rubric import NOT_APPLICABLE, Rubric
from ehcp_audit.rubric_files import read_rubric, shipped_rubrics

AUDIT_DAY = date(2026, 12, 7)


@pytest.fixture(scope="session")
def shipped() -> dict[str, Rubric]:
    files = sorted(shipped_rubrics().glob("*.toml"))
    return {path.stem: read_rubric(path).rubric for path in files}


@pytest.fixture(scope="session")
def facts_of() -> Callable[..., Facts]:
    """Facts of a new primary plan known to nobody, the plan alone open, with some changed."""

    def build(**changed: FactValue) -> Facts:
        return {
            "plan_kind": "first_final",
            "plan_date": "2026-09-14",
            "year_group": "3",
            "primary_need": "SLCN",
            "secondary_need": "none",
            "setting": "mainstream",
            "known_to_health": "no",
            "social_care": "none",
            "seen": (),
            "reviewed": "no",
            "change_reported": "no",
            "review_outcome": "maintain",
            **changed,
        }

    return build


@pytest.fixture(scope="session")
def asked() -> Callable[[Rubric, Facts], list[str]]:
    """The ids of the criteria that an auditor is asked; where a fact is unknown, they are."""

    def ids(rubric: Rubric, facts: Facts) -> list[str]:
        return [
            criterion.id
            for criterion in rubric.criteria
            if holds(criterion.applies_when, facts, AUDIT_DAY) is not False
        ]

    return ids


@pytest.fixture(scope="session")
def levels_of(asked: Callable[[Rubric, Facts], list[str]]) -> Callable[..., dict[str, int | None]]:
    """Levels of one rubric: Meets, save where named or ruled out by the facts."""

    def build(rubric: Rubric, facts: Facts, **by_level: str) -> dict[str, int | None]:
        numbers = {level.id: level.number for level in rubric.scale.levels}
        named = {
            criterion: numbers[level]
            for level, criteria in by_level.items()
            for criterion in criteria.split()
        }
        applied = asked(rubric, facts)
        assert set(applied).issuperset(named)
        return {
            criterion.id: named.get(criterion.id, numbers["meets"])
            if criterion.id in applied
            else NOT_APPLICABLE
            for criterion in rubric.criteria
        }

    return build
