"""What is planted in the example is found in nine of ten examples or more, and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from fractions import Fraction
from pathlib import Path
from random import Random

import pytest

from ehcp_audit.domain.facts import FACTS_BY_ID
from ehcp_audit.domain.periods import period_of
from ehcp_audit.domain.questions import GRADE_ID, CountedAudit, Question, theme_criterion
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.example.history import History
from ehcp_audit.rubric_files import read_rubric
from ehcp_audit.trends.comparison import Comparison, compare
from ehcp_audit.trends.groups import by_fact, grouped
from ehcp_audit.trends.lines import by_period, measure_line, periods_of
from ehcp_audit.trends.measures import GOOD_OR_BETTER, Measure, measures_of
from ehcp_audit.trends.signals import Signals, line_signals

SEEDS = range(1, 11)
TODAY = date(2026, 11, 22)
RUBRIC = read_rubric(Path(__file__).parents[2] / "rubrics" / "peer-findings.toml").rubric
MEASURES = measures_of([RUBRIC])
QUESTION = Question(RUBRIC.id)


def headline(seed: int, rubric: Rubric) -> Iterator[CountedAudit]:
    """The audits that a headline counts: routine ones, each plan once in each month."""
    counted = set()
    for state in History(Random(f"{seed} {TODAY.isoformat()}"), rubric, TODAY).audits():
        signed = state.sign_off
        if signed is None or state.facts.get("audit_reason") != "routine":
            continue
        month = period_of(signed.audit_date, "month").key
        if (state.plan_id, month) in counted:
            continue
        counted.add((state.plan_id, month))
        themes = {theme_criterion(theme): result for theme, result in signed.themes.items()}
        grade = rubric.grade_rank(signed.grade) if signed.grade else 0
        yield CountedAudit(
            id=state.id,
            plan=state.plan_id,
            rubric_hash=rubric.hash,
            period=month,
            audit_date=signed.audit_date,
            plan_date=None,
            facts=state.facts,
            levels={**signed.levels, **themes, GRADE_ID: grade},
        )


@pytest.fixture(scope="module")
def examples() -> Mapping[int, list[CountedAudit]]:
    return {seed: list(headline(seed, RUBRIC)) for seed in SEEDS}


def said_of(measure: Measure, audits: list[CountedAudit]) -> Signals:
    line = measure_line(measure, periods_of(QUESTION, audits, TODAY), by_period(audits))
    return line_signals(
        [point.share for point in line.points],
        [point.period for point in line.points],
        called=True,
    )


def by_team(audits: list[CountedAudit], measure: Measure) -> Comparison:
    groups = grouped(audits, measure, by_fact(FACTS_BY_ID["team"]))
    return compare("team", {group.name: group.share for group in groups})


def test_the_theme_that_improves_is_called_improving(
    examples: Mapping[int, list[CountedAudit]],
) -> None:
    said = [said_of(MEASURES["theme:outcomes"], audits) for audits in examples.values()]
    assert sum(each.verdict == "improving" for each in said) >= 9
    for each in said:
        if each.run is not None:
            assert (each.average_before or 0) < Fraction(1, 2)


def test_lines_in_which_nothing_is_planted_say_no_real_change(
    examples: Mapping[int, list[CountedAudit]],
) -> None:
    steady = ("theme:voice", "theme:provision", "agency:health", "agency:social_care")
    said = [said_of(MEASURES[each], audits) for audits in examples.values() for each in steady]
    assert sum(each.verdict == "no real change" for each in said) >= len(said) - 2


def test_the_weak_team_is_lower_than_expected_and_the_spread_shows_it(
    examples: Mapping[int, list[CountedAudit]],
) -> None:
    compared = [by_team(audits, MEASURES[GOOD_OR_BETTER]) for audits in examples.values()]
    lower = {"lower", "much lower"}
    placed = [{group.name: group.position for group in each.groups} for each in compared]
    assert sum(each["Team C"] in lower for each in placed) >= 9
    assert not any(
        each[name] in lower for each in placed for name in ("Team A", "Team B", "Team D")
    )
    assert sum(each.spread is not None and each.spread.low > 0 for each in compared) >= 9


def test_the_weak_agency_contributes_less_than_health(
    examples: Mapping[int, list[CountedAudit]],
) -> None:
    for audits in examples.values():
        care, health = (
            MEASURES[f"agency:{agency}"].share(audits).interval
            for agency in ("social_care", "health")
        )
        assert care is not None
        assert health is not None
        assert care.high < health.high
