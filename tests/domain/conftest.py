"""The shipped rubric, and the facts and levels that tests of the domain build on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from fractions import Fraction

import pytest

from ehcp_audit.domain.conditions import holds
from ehcp_audit.domain.facts import Facts, FactValue
from ehcp_audit.domain.rubric import (
    NOT_APPLICABLE,
    Criterion,
    GradeRule,
    Level,
    Limit,
    Rubric,
    Scale,
    Theme,
)
from ehcp_audit.rubric_files import read_rubric, shipped_rubrics

AUDIT_DAY = date(2026, 3, 2)


@pytest.fixture(scope="session")
def core() -> Rubric:
    return read_rubric(shipped_rubrics() / "peer-findings.toml").rubric


@pytest.fixture(scope="session")
def facts_of() -> Callable[..., Facts]:
    """Facts of a new primary plan known to nobody, the plan alone open, with some changed."""

    def build(**changed: FactValue) -> Facts:
        return {
            "plan_ref": "NS-0147",
            "plan_kind": "first_final",
            "plan_date": "2026-01-12",
            "year_group": "3",
            "primary_need": "SLCN",
            "secondary_need": "none",
            "known_to_health": "no",
            "social_care": "none",
            "seen": (),
            "reviewed": "no",
            "change_reported": "no",
            **changed,
        }

    return build


@pytest.fixture(scope="session")
def levels_of(core: Rubric) -> Callable[..., dict[str, int | None]]:
    """Levels of the shipped rubric: Meets, save where named or ruled out by the facts."""

    def build(facts: Facts, **by_level: str) -> dict[str, int | None]:
        named = {
            criterion: core.scale.levels[
                [level.id for level in core.scale.levels].index(level)
            ].number
            for level, criteria in by_level.items()
            for criterion in criteria.split()
        }
        applied = {
            c.id for c in core.criteria if holds(c.applies_when, facts, AUDIT_DAY) is not False
        }
        assert applied.issuperset(named)
        return {
            c.id: named.get(c.id, 3) if c.id in applied else NOT_APPLICABLE for c in core.criteria
        }

    return build


@pytest.fixture(scope="session")
def small() -> Callable[..., Rubric]:
    """A rubric of equal criteria `c1`, `c2`… in one theme, without limits unless given."""

    def build(
        count: int,
        *,
        limits: tuple[Limit, ...] = (),
        grades: tuple[GradeRule, ...] = (),
        limiting: int = 0,
        needs_scored_weight: Fraction = Fraction(3, 4),
    ) -> Rubric:
        points = {"not_met": "0", "partly": "1/2", "meets": "1", "strong": "1"}
        levels = tuple(
            Level(number, level, level, level[0], Fraction(share), level)
            for number, (level, share) in enumerate(points.items(), start=1)
        )
        criteria = tuple(
            Criterion(
                id=f"c{number}", theme="t", title=f"Question {number}", question="?", guidance="",
                levels=("a", "b", "c", "d"), sections=(), agency="education",
                scored_by=("education",), weight=1, limiting=number <= limiting, evidence_at=(),
                ask_cause=False, law="", on_lowest="", applies_when=None, findings=(),
            )
            for number in range(1, count + 1)
        )  # fmt: skip
        return Rubric(
            id="small", version="1", title="Small", summary="", owner="", hash="0" * 64,
            effective_from=None, law_as_at=None, scale=Scale(levels, 3, "n/a", "n/e"),
            themes=(Theme("t", "Theme"),), criteria=criteria,
            grades=grades
            or (
                GradeRule("good", "Good", Fraction(4, 5)),
                GradeRule("requires_improvement", "Requires improvement", Fraction(1, 2)),
                GradeRule("inadequate", "Inadequate", Fraction(0)),
            ),
            limits=limits, needs_scored_weight=needs_scored_weight, needs_limiting_scored=True,
            ungraded_says="{scored} of {applicable} ({share})", theme_met_at=Fraction(4, 5),
        )  # fmt: skip

    return build
