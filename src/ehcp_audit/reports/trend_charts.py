"""The charts of a trend: how the grades divide, and each theme over time."""

from __future__ import annotations

from ehcp_audit.reports.asked import axis_words, period_word
from ehcp_audit.reports.model import Chart, ChartBreak
from ehcp_audit.reports.share_charts import ShareLine, line_chart, stacked_chart
from ehcp_audit.reports.signal_charts import FEWEST_PERIODS, marks, usual_range, with_brought_in
from ehcp_audit.reports.wording import plain
from ehcp_audit.trends.trend import GradeLine, MetLine, Trend


def grades_chart(trend: Trend, line: GradeLine, figures_in: str) -> Chart | None:
    """Return how the grades divide in each period; None for too few periods to draw."""
    if len(trend.periods) < FEWEST_PERIODS or not line.pooled.graded:
        return None
    return stacked_chart(
        f"Grades by {period_word(trend.question)} {plain(line.label)}".strip(),
        [
            ShareLine(plain(title), tuple(point.shares[rank] for point in line.points))
            for rank, title in enumerate(line.titles)
        ],
        trend.periods,
        along=axis_words(trend.question),
        upward="share of graded plans",
        figures_in=figures_in,
    )


def line_over_time(
    trend: Trend, line: MetLine, title: str, upward: str, figures_in: str = ""
) -> Chart | None:
    """Return a line's share over time; None for too few periods to draw."""
    if len(line.drawn) < FEWEST_PERIODS or not line.pooled.met.total:
        return None
    chart = line_chart(
        title,
        [
            ShareLine(
                plain(line.name),
                tuple(point.share for point in line.drawn),
                marks(line.signals, period_word(trend.question)),
            )
        ],
        [point.period for point in line.drawn],
        along=axis_words(trend.question),
        upward=upward,
        guides=usual_range(line.signals),
        breaks=_version_breaks(trend, line),
        figures_in=figures_in,
    )
    return with_brought_in(chart, line.drawn)


def _version_breaks(trend: Trend, line: MetLine) -> tuple[ChartBreak, ...]:
    """Return where the questions changed; lines that stop there have gaps, the others run on."""
    if trend.question.axis != "audit":
        return ()
    places = {each.period.period.key: number for number, each in enumerate(line.drawn)}
    return tuple(
        ChartBreak(places[change.since], f"version {plain(change.later)}", joins=True)
        for change in trend.changes
        if places[change.since]
    )
