"""What a chart shows, in words: for whoever does not see it, and below it for everybody."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import Final, TypeVar

from ehcp_audit.reports.model import Chart, ChartPoint, ChartSeries, Report, SignalKind, Table

# Shapes that differ in black and white; a plain point is • and one of a part period ○.
SIGNAL_MARKS: Final[dict[SignalKind, str]] = {
    "improvement": "◆",
    "concern": "■",
    "change": "▲",
    "worth a look": "▲",
}
Kind = TypeVar("Kind")

PART_POINT: Final = "○"
PART_MARK: Final = "*"


def key_of(chart: Chart) -> tuple[tuple[str, str], ...]:
    """Return the shapes that the chart's points have besides the plain one, with their words."""
    found = dict.fromkeys(point.signal for point in chart.points if point.signal)
    key: list[tuple[str, str]] = [(SIGNAL_MARKS[kind], kind) for kind in found]
    if any(point.part and point.value is not None for point in chart.points):
        key.append((PART_POINT, "period not whole"))
    return tuple(key)


def below(chart: Chart) -> tuple[str, ...]:
    """Return what its guides, with their figures, and its breaks are, in sentences."""
    guides = [" ".join(filter(None, (each.title, each.shown))) for each in chart.guides]
    lines = [f"{'; '.join(dict.fromkeys(guides))}."] if guides else []
    lines += [f"{each.label}: before {chart.labels[each.before]}." for each in chart.breaks]
    return tuple(lines)


def figures_of_charts(report: Report) -> tuple[tuple[str, Table], ...]:
    """Return the tables of the charts whose figures no section holds, with the charts' titles."""
    titles: dict[str, Table] = {}
    for section in report.sections:
        for block in section.blocks:
            if isinstance(block, Chart) and not block.figures_in:
                titles.setdefault(block.title, block.twin)
    return tuple(titles.items())


def values_in_short(chart: Chart) -> tuple[str, ...]:
    """Return every value with its label, a line a series, then signals, guides and breaks.

    Where a section of the page holds the figures already, it is named instead of the values.
    """
    several = len(chart.series) > 1
    if chart.figures_in:
        lines = [f"Figures: “{chart.figures_in}”."]
    else:
        lines = [_series_in_short(each, named=several) for each in chart.series]
    return (*lines, *_signals_in_short(chart), *below(chart))


def _series_in_short(series: ChartSeries, *, named: bool) -> str:
    values = "; ".join(_point_in_short(point) for point in series.points)
    return f"{series.title}: {values}." if named else f"{values}."


def _point_in_short(point: ChartPoint) -> str:
    mark = f" {SIGNAL_MARKS[point.signal]}" if point.signal else ""
    part = PART_MARK if point.part else ""
    return f"{point.label}{part} {point.shown}{mark}"


def stretches(labelled: Iterable[tuple[Kind, str]]) -> Iterator[tuple[Kind, str]]:
    """Yield labels of one kind that follow one another as one stretch, such as May to July."""
    for kind, group in groupby(labelled, key=itemgetter(0)):
        labels = [label for _, label in group]
        yield kind, " to ".join(dict.fromkeys((labels[0], labels[-1])))


def _signals_in_short(chart: Chart) -> Iterator[str]:
    """Yield where each kind of signal is marked: points that follow one another as one stretch."""
    several = len(chart.series) > 1
    for series in chart.series:
        found: dict[SignalKind, list[str]] = {}
        for kind, stretch in stretches((point.signal, point.label) for point in series.points):
            if kind is not None:
                found.setdefault(kind, []).append(stretch)
        for kind, told in found.items():
            name = f"{series.title}, {kind}" if several else kind
            yield f"{SIGNAL_MARKS[kind]} {name}: {', '.join(told)}."
