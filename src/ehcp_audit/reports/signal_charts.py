"""Charts of a line with what its signals say: average, usual range, and the points of a rule."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from fractions import Fraction
from typing import Final

from ehcp_audit.reports.asked import axis_words, period_word
from ehcp_audit.reports.chart_words import stretches
from ehcp_audit.reports.model import Chart, Guide, SignalKind
from ehcp_audit.reports.share_charts import ShareLine, line_chart
from ehcp_audit.reports.signal_words import rule_words
from ehcp_audit.reports.wording import for_programs, percent_words, plain
from ehcp_audit.statistics.rules import Run
from ehcp_audit.trends.board import Board, BoardRow
from ehcp_audit.trends.lines import LinePoint
from ehcp_audit.trends.signals import Signals

FEWEST_PERIODS: Final = 3  # two points are better told than drawn


def row_chart(board: Board, row: BoardRow) -> Chart | None:
    """Return a measure's chart, with limits from 13 points; None for too few periods to draw."""
    points = row.line.points
    if len(points) < FEWEST_PERIODS or not row.line.pooled().total:
        return None
    hidden = {number for number, point in enumerate(points) if point.withheld}
    found = marks(row.signals, period_word(board.question), hidden)
    title = plain(row.measure.title)
    chart = line_chart(
        title,
        [ShareLine(title, tuple(point.share for point in points), found)],
        [point.period for point in points],
        along=axis_words(board.question),
        upward=plain(row.measure.counts),
        # An average with its limits would tell what is withheld, by what it leaves.
        guides=(*(() if hidden else usual_range(row.signals)), *_target(row)),
    )
    return with_brought_in(chart, points)


def with_brought_in(chart: Chart, points: Sequence[LinePoint]) -> Chart:
    """Return a line's chart that says which of its points hold counts from before this tool."""
    brought = [bool(point.brought_in.total) for point in points]
    if not any(brought):
        return chart
    labelled = zip(brought, chart.labels, strict=True)
    told = ", ".join(stretch for is_brought, stretch in stretches(labelled) if is_brought)
    said = f"Brought in: {told}. Counts from before this tool, as the area recorded them."
    rows = tuple(
        (f"{first} brought in", *others) if is_brought else (first, *others)
        for (first, *others), is_brought in zip(chart.twin.rows, brought, strict=True)
    )
    return replace(
        chart, words=(*chart.words, said), twin=replace(chart.twin, rows=rows), figures_in=""
    )


def marks(
    signals: Signals | None, length: str, hidden: Collection[int] = ()
) -> dict[int, tuple[SignalKind, str]] | None:
    """Return what each point's leading rule means, by its place; None where no rule fires."""
    if signals is None:
        return None
    found: dict[int, tuple[SignalKind, str]] = {}
    for segment in signals.chart.segments:
        for run in segment.runs:
            for place in run.points:
                if place not in hidden:
                    found.setdefault(place, (_kind(signals, run), rule_words(run, length)))
    return dict(sorted(found.items())) or None


def _kind(signals: Signals, run: Run) -> SignalKind:
    if not signals.called:
        return "worth a look"
    if signals.good == "neutral":
        return "change"
    return "improvement" if run.up == (signals.good == "up") else "concern"


def usual_range(signals: Signals | None) -> tuple[Guide, ...]:
    """Return a line's average and limits, each named with its newest figure; none without."""
    if signals is None or not signals.chart.latest.shown:
        return ()
    points = signals.chart.points
    centres: list[float | None] = [None] * len(points)
    for segment in signals.chart.segments:
        if segment.centre is not None and segment.shown:
            for place in range(segment.start, segment.stop):
                centres[place] = for_programs(segment.centre)
    lows = tuple(None if p.limits is None else for_programs(p.limits.low) for p in points)
    highs = tuple(None if p.limits is None else for_programs(p.limits.high) for p in points)
    centre = signals.chart.centre
    newest = next((p.limits for p in reversed(points) if p.limits is not None), None)
    low, high = ("", "") if newest is None else map(percent_words, (newest.low, newest.high))
    return (
        Guide("centre", "average", tuple(centres), "" if centre is None else percent_words(centre)),
        Guide("limit", "usual range, low", lows, low),
        Guide("limit", "usual range, high", highs, high),
    )


def _target(row: BoardRow) -> tuple[Guide, ...]:
    target: Fraction | None = row.target if row.signals is not None else None
    if target is None:
        return ()
    return (Guide("target", "target", (for_programs(target),), percent_words(target)),)
