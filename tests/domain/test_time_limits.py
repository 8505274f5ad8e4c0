"""Time limits: day 0 is the start, calendar days, and never a part of the grade."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from ehcp_audit.domain.audit import AuditState, Score
from ehcp_audit.domain.conditions import Comparison
from ehcp_audit.domain.facts import Facts
from ehcp_audit.domain.grading import grade
from ehcp_audit.domain.rubric import NOT_APPLICABLE, NOT_EVIDENCED, CriterionAt, Limit, Rubric
from ehcp_audit.domain.time_limits import TimeLimit, Unit

_DAY = date(2026, 3, 2)
_WEEKS = TimeLimit("review_meeting_date", "review_decision_date", 4, "weeks", met=3, not_met=1)


def dated(start: str | None, end: str | None) -> Facts:
    return {"review_meeting_date": start, "review_decision_date": end}


@pytest.mark.parametrize(
    ("end", "level"),
    [
        ("2026-01-05", 3),
        ("2026-02-02", 3),  # 28 days later is within four weeks
        ("2026-02-03", 1),
        ("2026-01-04", NOT_EVIDENCED),  # the wrong way round
        (None, NOT_EVIDENCED),
    ],
)
def test_within_four_weeks_includes_the_28th_day(end: str | None, level: int) -> None:
    assert _WEEKS.level(dated("2026-01-05", end)) == level


def test_without_a_start_nothing_can_be_told() -> None:
    assert _WEEKS.level(dated(None, "2026-01-05")) == NOT_EVIDENCED
    assert _WEEKS.level({}) == NOT_EVIDENCED


@pytest.mark.parametrize(
    ("count", "unit", "started", "due"),
    [
        (15, "days", date(2025, 12, 24), date(2026, 1, 8)),  # days of a holiday count
        (12, "months", date(2025, 3, 2), date(2026, 3, 2)),
        (1, "months", date(2026, 1, 31), date(2026, 2, 28)),
        (12, "months", date(2024, 2, 29), date(2025, 2, 28)),
        (5, "months", date(2025, 9, 30), date(2026, 2, 28)),
        (0, "days", date(2026, 3, 31), date(2026, 3, 31)),
    ],
)
def test_the_last_day_is_counted_on_the_calendar(
    count: int, unit: Unit, started: date, due: date
) -> None:
    assert replace(_WEEKS, count=count, unit=unit).due(started) == due


def test_within_no_days_is_on_the_day_or_before_it() -> None:
    by_then = replace(_WEEKS, count=0, unit="days")
    assert [by_then.level(dated("2026-03-31", f"2026-{end}")) for end in ("02-01", "03-31")] == [
        3,
        3,
    ]
    assert by_then.level(dated("2026-03-31", "2026-04-01")) == 1


# ---------------------------------------------------------------- in an audit


@pytest.fixture
def timed(small: Callable[..., Rubric]) -> Rubric:
    """Three graded criteria, and a fourth that is computed."""
    rubric = small(4)
    last = replace(rubric.criteria[3], computed=_WEEKS, measured=True, weight=0)
    return replace(rubric, criteria=(*rubric.criteria[:3], last))


def _audit(facts: Facts, **scores: int) -> AuditState:
    return AuditState(
        id="a", plan_id="p", plan_ref="NS-1", rubric_hash="0", auditor="me", agencies=(),
        begun_at="", facts=facts, scores={key: Score(level) for key, level in scores.items()},
    )  # fmt: skip


def test_a_computed_level_follows_the_facts_and_no_score(timed: Rubric) -> None:
    late = _audit(dated("2026-01-05", "2026-02-27"), c4=3)
    assert late.resolved_level(timed.criterion("c4"), _DAY) == 1
    unknown = _audit({}, c4=3)
    assert unknown.resolved_level(timed.criterion("c4"), _DAY) == NOT_EVIDENCED


def test_a_computed_criterion_that_the_facts_rule_out_is_not_applicable(timed: Rubric) -> None:
    last = replace(timed.criteria[3], applies_when=Comparison("reviewed", "is", ("yes",)))
    facts = {**dated("2026-01-05", "2026-02-27"), "reviewed": "no"}
    assert _audit(facts).resolved_level(last, _DAY) == NOT_APPLICABLE


@pytest.mark.parametrize("level", [None, NOT_APPLICABLE, NOT_EVIDENCED, 1, 3, 4])
def test_a_measured_level_changes_nothing_of_the_grade(timed: Rubric, level: int | None) -> None:
    without = replace(timed, criteria=timed.criteria[:3])
    levels: dict[str, int | None] = {"c1": 3, "c2": 2, "c3": 3}
    assert grade(timed, {**levels, "c4": level}) == grade(without, levels)


def test_a_measured_criterion_limits_no_grade(timed: Rubric) -> None:
    limit = Limit("late", CriterionAt("c4", 1), "inadequate", "{criterion}")
    result = grade(replace(timed, limits=(limit,)), {"c1": 3, "c2": 3, "c3": 3, "c4": 1})
    assert (result.grade, result.hits) == ("good", ())


def test_a_theme_of_measured_criteria_alone_has_no_result(timed: Rubric) -> None:
    alone = replace(timed, criteria=timed.criteria[3:])
    (theme,) = grade(alone, {"c4": 1}).themes
    assert (theme.applicable, theme.score, theme.met) == (0, None, None)


def test_another_time_limit_is_another_measure(timed: Rubric) -> None:
    last = timed.criteria[3]
    longer = replace(last, computed=replace(_WEEKS, count=5))
    changed = replace(timed, criteria=(*timed.criteria[:3], longer))
    assert changed.comparison_key("c4") != timed.comparison_key("c4")
    assert changed.comparison_key("c1") == timed.comparison_key("c1")
