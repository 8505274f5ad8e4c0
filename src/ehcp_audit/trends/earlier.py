"""Audits from before this tool: their monthly counts, in the lines of the same measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from ehcp_audit.domain.questions import Question, theme_criterion
from ehcp_audit.trends.lines import BroughtIn, LinePoint
from ehcp_audit.trends.measures import CRITERION_PREFIX, GOOD_OR_BETTER
from ehcp_audit.trends.recorded import brought_in_by_period, counts_brought_in
from ehcp_audit.trends.shares import Share, pooled_share
from ehcp_audit.trends.spans import TrendPeriod, is_part, periods_asked
from ehcp_audit.trends.trend import MetLine, Trend, drawn_line

if TYPE_CHECKING:
    from ehcp_audit.store import Store


def brought_in(store: Store, question: Question) -> BroughtIn:
    """Return what was brought in, by measure and period, for months without an audit here.

    Only where the question asks for all routine plans by audit date, as earlier counts do.
    """
    if question.filters or question.axis != "audit" or question.reasons != ("routine",):
        return {}
    bodies = [event.body or {} for event in store.figure_events("counts_brought_in")]
    counts = counts_brought_in(bodies, question.rubric_id)
    if not counts:
        return {}
    own = store.counted_audits(replace(question, granularity="month"), ()).audits
    return brought_in_by_period(
        counts,
        question.granularity,
        {audit.period for audit in own},
        question.first,
        question.last,
    )


def with_earlier(found: Trend, brought: BroughtIn, today: date) -> Trend:
    """Return a trend whose lines are drawn with what was brought in for their measure.

    Tables and totals stay those of the audits here. A line that only older versions of the
    rubric share takes nothing in: earlier counts are of the newest meaning.
    """
    if not brought:
        return found

    def line(each: MetLine, measure_id: str) -> MetLine:
        counts = brought.get(measure_id)
        if not counts or each.versions[-1] != found.rubric.version:
            return each
        return drawn_line(each, _points(found, each, counts, today))

    return replace(
        found,
        grades=tuple(replace(each, good=line(each.good, GOOD_OR_BETTER)) for each in found.grades),
        themes=tuple(
            replace(
                theme,
                lines=tuple(line(each, theme_criterion(each.id)) for each in theme.lines),
                criteria=tuple(line(each, CRITERION_PREFIX + each.id) for each in theme.criteria),
            )
            for theme in found.themes
        ),
    )


def _points(
    found: Trend, line: MetLine, counts: Mapping[str, Share], today: date
) -> tuple[LinePoint, ...]:
    nothing = Share(0, 0)
    question = found.question
    own = {point.period.period.key: point for point in line.drawn}
    points = []
    for period in periods_asked(question, {*own, *counts}, today):
        earlier = counts.get(period.key, nothing)
        point = own.get(period.key)
        if point is None:
            around = TrendPeriod(period, 0, is_part(period, question, today))
            points.append(LinePoint(around, earlier, earlier))
        else:
            share = pooled_share((point.share, earlier))
            points.append(replace(point, share=share, brought_in=earlier))
    return tuple(points)
