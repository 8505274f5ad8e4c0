"""A checked file as the values that the rest of the tool works with."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from ehcp_audit.domain.rubric import (
    Cause,
    Criterion,
    CriterionAt,
    Finding,
    GradeRule,
    Level,
    Limit,
    LimitingCount,
    Retired,
    Rubric,
    Scale,
    Source,
    Theme,
    ThemeBelow,
)
from ehcp_audit.domain.time_limits import TimeLimit
from ehcp_audit.rubric_files.condition_checks import Known, build_condition
from ehcp_audit.rubric_files.fact_checks import known_facts, own_facts
from ehcp_audit.rubric_files.measured_checks import is_measured, within
from ehcp_audit.rubric_files.models import (
    ComputedTable,
    CriterionTable,
    GradeTable,
    LimitTable,
    RubricTable,
    ScaleTable,
    WhenTable,
)

Numbers = Mapping[str, int]


def build_rubric(table: RubricTable, rubric_hash: str) -> Rubric:
    """Return the rubric that a file without problems describes."""
    numbers = {level.id: number for number, level in enumerate(table.scale.levels, start=1)}
    scale, known = _scale(table.scale, numbers), known_facts(table)
    return Rubric(
        id=table.id,
        version=table.version,
        title=table.title,
        summary=table.summary,
        owner=table.owner,
        hash=rubric_hash,
        effective_from=table.effective_from,
        effective_to=table.effective_to,
        law_as_at=table.law_as_at,
        scale=scale,
        themes=tuple(Theme(theme.id, theme.title) for theme in table.themes),
        criteria=tuple(
            _criterion(criterion, numbers, scale.met_from, known) for criterion in table.criteria
        ),
        grades=tuple(_grade(grade, numbers) for grade in table.grades),
        limits=tuple(_limit(limit, numbers) for limit in table.limits),
        needs_scored_weight=exact(table.grading.needs_scored_weight),
        needs_limiting_scored=table.grading.needs_limiting_scored,
        ungraded_says=table.grading.ungraded_says,
        theme_met_at=exact(table.grading.theme_met_at),
        causes=tuple(Cause(cause_id, label) for cause_id, label in table.causes.items()),
        sources=tuple(
            Source(source_id, source.title, source.by, source.date)
            for source_id, source in table.sources.items()
        ),
        facts=own_facts(table),
        retired=tuple(
            Retired(each.id, each.since, each.why, tuple(each.replaced_by))
            for each in table.retired
        ),
    )


def exact(number: float) -> Fraction:
    """Return the decimal number that was written, not the nearest binary one: 0.8 is 4/5."""
    return Fraction(str(number))


def _scale(table: ScaleTable, numbers: Numbers) -> Scale:
    levels = tuple(
        Level(
            numbers[level.id],
            level.id,
            level.label,
            level.symbol,
            exact(level.points),
            level.meaning,
        )
        for level in table.levels
    )
    highest = max(level.points for level in levels)
    lowest_highest = next(level.number for level in levels if level.points == highest)
    met_from = lowest_highest if table.met_from is None else numbers[table.met_from]
    return Scale(levels, met_from, table.not_applicable, table.not_evidenced)


def _criterion(table: CriterionTable, numbers: Numbers, met_from: int, known: Known) -> Criterion:
    return Criterion(
        id=table.id,
        theme=table.theme,
        title=table.title,
        question=table.question,
        guidance=table.guidance,
        levels=tuple(table.levels[level] for level in numbers),
        sections=tuple(table.sections),
        agency=table.agency,
        scored_by=tuple(table.scored_by) if table.scored_by else (table.agency,),
        weight=0 if is_measured(table) else table.weight,
        limiting=table.limiting,
        evidence_at=tuple(sorted(numbers[level] for level in table.evidence_at)),
        ask_cause=table.ask_cause,
        law=table.law,
        on_lowest=table.on_lowest,
        applies_when=build_condition(table.applies_when, known) if table.applies_when else None,
        findings=tuple(Finding(each.source, each.at, each.finding) for each in table.findings),
        examples=tuple(table.examples),
        measured=is_measured(table),
        computed=_time_limit(table.computed, met_from) if table.computed else None,
    )


def _time_limit(table: ComputedTable, met: int) -> TimeLimit:
    unit, count = within(table)[0]
    return TimeLimit(table.from_, table.to, count, unit, met, not_met=1)


def _grade(table: GradeTable, numbers: Numbers) -> GradeRule:
    share_at = None
    if table.share_at is not None:
        share_at = (numbers[table.share_at.level], exact(table.share_at.at_least))
    nothing_at = tuple(sorted(numbers[level] for level in table.nothing_at))
    return GradeRule(table.id, table.label, exact(table.at_least), share_at, nothing_at)


def _limit(table: LimitTable, numbers: Numbers) -> Limit:
    return Limit(table.id, _when(table.when, numbers), table.no_better_than, table.says)


def _when(table: WhenTable, numbers: Numbers) -> LimitingCount | CriterionAt | ThemeBelow:
    if table.theme_below is not None:
        return ThemeBelow(exact(table.theme_below), table.theme_scored_at_least or 1)
    level = numbers[table.at or ""]
    if table.criterion is not None:
        return CriterionAt(table.criterion, level)
    return LimitingCount(table.limiting or 1, level)
