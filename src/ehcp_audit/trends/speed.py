"""Quality against timeliness: grades of plans on time and late, and both lines together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ehcp_audit.domain.questions import CountedAudit, CountedAudits, Question
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.trends.asking import versions_used
from ehcp_audit.trends.lines import MeasureLine, by_period, measure_line, periods_of
from ehcp_audit.trends.measures import GOOD_OR_BETTER, ON_TIME, measures_of
from ehcp_audit.trends.recorded import OfficialFigure, official_figures
from ehcp_audit.trends.timeliness import (
    LimitFigure,
    QualityBySpeed,
    Speed,
    grades_by_speed,
    limit_figures,
    quality_by_speed,
)
from ehcp_audit.trends.windows import Window, once_a_plan, recent_window, within

if TYPE_CHECKING:
    from ehcp_audit.store import Store


@dataclass(frozen=True)
class QualityAndSpeed:
    """Everything the page on quality and speed tells.

    Attributes:
        question: what was asked.
        rubrics: the versions in use, oldest first.
        counted: the audits that count, and what was left out.
        window: the days that the table and the limits are of.
        audits: the audits in the window, one a plan.
        grades: plans by grade, best first, by whether they were on time.
        quality: the share good or better, of plans on time and late.
        good: good or better over time.
        on_time: the audited plans on time over time.
        limits: every limit in law, with and without exceptions.
        official: the official figures of plans on time, by period.
    """

    question: Question
    rubrics: tuple[Rubric, ...]
    counted: CountedAudits
    window: Window
    audits: tuple[CountedAudit, ...]
    grades: Mapping[Speed, tuple[int, ...]]
    quality: QualityBySpeed
    good: MeasureLine
    on_time: MeasureLine
    limits: tuple[LimitFigure, ...]
    official: tuple[OfficialFigure, ...]


def quality_and_speed(store: Store, question: Question, *, today: date) -> QualityAndSpeed:
    """Return quality beside speed; raises `UsageError` for an unknown rubric."""
    rubrics = versions_used(store, question.rubric_id)
    measures = measures_of(rubrics)
    good, on_time = measures[GOOD_OR_BETTER], measures[ON_TIME]
    counted = store.counted_audits(question, good.criteria)
    periods = periods_of(question, counted.audits, today)
    grouped = by_period(counted.audits)
    window = recent_window(question, periods, today)
    audits = once_a_plan(within(counted.audits, window, question.axis), question.axis)
    bodies = [event.body or {} for event in store.figure_events("official_figure_given")]
    return QualityAndSpeed(
        question=question,
        rubrics=rubrics,
        counted=counted,
        window=window,
        audits=audits,
        grades=grades_by_speed(audits, good.versions, len(rubrics[-1].grades)),
        quality=quality_by_speed(audits, good),
        good=measure_line(good, periods, grouped),
        on_time=measure_line(on_time, periods, grouped),
        limits=limit_figures(audits),
        official=tuple(each for each in official_figures(bodies) if each.measure == ON_TIME),
    )
