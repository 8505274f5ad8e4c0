"""Draws a chart as SVG for HTML and PDF: vector, readable in grey, shapes and words for meaning.

Text from people becomes text nodes only, escaped and with every control character made visible.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from ehcp_audit.reports.chart_layout import (
    Scale,
    height_scale,
    labels_that_fit,
    plans_scale,
    value_along,
)
from ehcp_audit.reports.chart_words import key_of
from ehcp_audit.reports.model import Chart, ChartPoint, ChartSeries, Guide, SignalKind
from ehcp_audit.reports.svg_bars import draw_bars, draw_stacked
from ehcp_audit.reports.svg_parts import (
    AXIS_WORDS,
    FONT_SIZE,
    INK,
    PALE,
    QUIET,
    Area,
    dot,
    group,
    line,
    path,
    polygon,
    text,
    width_of,
    xml,
)

WIDTH: Final = 680
HEIGHT: Final = 250
_LEFT, _TOP, _BOTTOM = 46.0, 22.0, 42.0
_NAME_GAP: Final = 6.0
_NAME_WIDEST: Final = 150.0
_LINE_HEIGHT: Final = 13.0
_RANGE: Final = ("#b9c4cf", 3)
_RANGE_WORDS: Final = "95% range"
_TWO_LINES: Final = 0.1  # of the height of a funnel
_MOST_RANGES: Final = 36  # more ranges than this hide the line they belong to
_COLOURS: Final = ("#12436d", "#8a3b00", "#3d3d3d", "#5b2a86")
_DASHES: Final = ("", "7 3", "2 3", "9 3 2 3")
_GUIDE_LOOKS: Final = {
    "centre": (QUIET, 1.2, ""),
    "limit": (QUIET, 1.2, "5 4"),
    "inner": (QUIET, 1.0, "2 3"),
    "target": ("#1b5e20", 1.6, "12 4"),
}
_SIGNAL_COLOURS: Final[dict[SignalKind, str]] = {
    "improvement": "#12436d",
    "concern": "#8a3b00",
    "change": INK,
    "worth a look": INK,
}


def svg_chart(chart: Chart, name: str = "chart") -> str:
    """Return the chart as one `<svg>` element; `name` makes its ids unique on a page.

    The title and the alt text are its `<title>` and `<desc>`; neither is drawn.
    """
    if chart.kind == "bars":
        height, drawn = draw_bars(chart, WIDTH)
    elif chart.kind == "stacked":
        height, drawn = draw_stacked(chart, WIDTH, HEIGHT)
    else:
        height, drawn = _plot(chart)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" '
        f'width="{WIDTH}" height="{height:.0f}" role="img" '
        f'aria-labelledby="{name}-title {name}-desc" '
        f'font-family="Noto Sans, system-ui, sans-serif" font-size="{FONT_SIZE}" fill="{INK}">'
        f'<title id="{name}-title">{xml(chart.title)}</title>'
        f'<desc id="{name}-desc">{xml(chart.alt)}</desc>'
        f"{''.join(drawn)}</svg>"
    )


def _plot(chart: Chart) -> tuple[float, list[str]]:
    key = _key(chart)
    bottom = _BOTTOM + (_LINE_HEIGHT + 8 if key else 0)
    right = 12.0 + min(
        max((width_of(_guide_name(guide)) for guide in chart.guides), default=0.0) + _NAME_GAP,
        _NAME_WIDEST,
    )
    scale = height_scale(chart)
    area = Area(_LEFT, WIDTH - right, _TOP, HEIGHT - _BOTTOM)
    columns = _columns(chart, area)
    drawn = [*_height_axis(area, scale), *_foot(chart, area, columns)]
    for guide in chart.guides:
        drawn += _guide(chart, guide, area, scale, columns)
    drawn += _guide_names(chart, area, scale)
    drawn += _breaks(chart, area, columns)
    for number, series in enumerate(chart.series):
        drawn += _ranges(chart, series, area, columns) + _joined(chart, number, area, columns)
        drawn += _points(chart, number, area, columns)
    drawn += key and [group(key, f"translate({area.left} {HEIGHT + 9:.1f})")]
    return HEIGHT - _BOTTOM + bottom, drawn


def _columns(chart: Chart, area: Area) -> list[float]:
    if chart.kind == "funnel":
        scale = plans_scale(chart)
        return [area.across(scale.along(point.n or 0)) for point in chart.series[0].points]
    number = len(chart.labels)
    margin = 0.5 / number
    return [area.across(margin + (1 - 2 * margin) * i / max(number - 1, 1)) for i in range(number)]


def _height_axis(area: Area, scale: Scale) -> list[str]:
    drawn = []
    for value, label in scale.ticks:
        y = area.up(scale.along(value))
        drawn.append(line(area.left, y, area.right, y, PALE, 0.7))
        drawn.append(text(area.left - 6, y + 4, label, anchor="end", colour=QUIET))
    drawn.append(line(area.left, area.bottom, area.right, area.bottom, INK, 1))
    return drawn


def _foot(chart: Chart, area: Area, columns: Sequence[float]) -> list[str]:
    if chart.kind == "funnel":
        scale = plans_scale(chart)
        places = [(area.across(scale.along(value)), label) for value, label in scale.ticks]
    else:
        widest = max(width_of(label) for label in chart.labels) + 10
        shown = labels_that_fit(len(chart.labels), area.right - area.left, widest)
        places = [(columns[number], chart.labels[number]) for number in shown]
    drawn = []
    for x, label in places:
        drawn.append(line(x, area.bottom, x, area.bottom + 4, INK, 1))
        half = width_of(label) / 2
        drawn.append(text(max(x, half + 2), area.bottom + 16, label, anchor="middle"))
    words = "; ".join(filter(None, (chart.upward, chart.along)))
    if words:
        drawn.append(text(area.left, area.bottom + 31, words, colour=QUIET, longest=AXIS_WORDS))
    return drawn


def _guide(
    chart: Chart, guide: Guide, area: Area, scale: Scale, columns: Sequence[float]
) -> list[str]:
    """Draw a guide: one line across, steps where it differs by point, a curve in a funnel."""
    colour, thick, dash = _GUIDE_LOOKS[guide.kind]
    runs: list[list[tuple[float, float]]] = [[]]
    if chart.kind == "funnel":
        foot = plans_scale(chart)
        steps = 160
        spots = [
            (area.across(step / steps), value_along(guide, chart.guide_at, foot.at(step / steps)))
            for step in range(steps + 1)
        ]
    else:
        edges = _edges(columns, area)
        spots = []
        for place in range(len(columns)):
            spots += [(edges[place], guide.at(place)), (edges[place + 1], guide.at(place))]
    for x, value in spots:
        if value is None or not scale.low <= value <= scale.high:
            runs.append([])
        else:
            runs[-1].append((x, area.up(scale.along(value))))
    return [path(run, colour, thick, dash) for run in runs if len(run) > 1]


def _edges(columns: Sequence[float], area: Area) -> list[float]:
    between = [(before + after) / 2 for before, after in pairwise(columns)]
    return [area.left, *between, area.right]


def _guide_name(guide: Guide) -> str:
    return " ".join(filter(None, (guide.title, guide.shown)))


def _guide_names(chart: Chart, area: Area, scale: Scale) -> list[str]:
    """Write each guide's name at its right end, moved apart where two would touch."""
    ends = []
    for guide in chart.guides:
        known = [value for value in guide.values if value is not None]
        if known and _guide_name(guide):
            ends.append((area.up(scale.along(min(max(known[-1], scale.low), scale.high))), guide))
    ends.sort(key=lambda end: end[0])
    drawn, lowest = [], area.top - _LINE_HEIGHT
    for number, (wanted, guide) in enumerate(ends):
        below = len(ends) - number - 1
        y = min(max(wanted, lowest + _LINE_HEIGHT), area.bottom - below * _LINE_HEIGHT)
        colour = _GUIDE_LOOKS[guide.kind][0]
        drawn.append(text(area.right + _NAME_GAP, y + 4, _guide_name(guide), colour=colour))
        lowest = y
    return drawn


def _breaks(chart: Chart, area: Area, columns: Sequence[float]) -> list[str]:
    drawn = []
    for each in chart.breaks:
        if chart.kind == "funnel" or not 0 < each.before < len(columns):
            continue
        x = (columns[each.before - 1] + columns[each.before]) / 2
        drawn.append(line(x, area.top - 14, x, area.bottom, INK, 1.2, "1 3"))
        left = x + 4 + width_of(each.label) > area.right
        drawn.append(
            text(
                x - 4 if left else x + 4,
                area.top - 8,
                each.label,
                anchor="end" if left else "start",
            )
        )
    return drawn


def _ranges(chart: Chart, series: ChartSeries, area: Area, columns: Sequence[float]) -> list[str]:
    """Draw the 95% ranges behind a line that stands alone and has no limits."""
    if not _has_ranges(chart):
        return []
    scale = height_scale(chart)
    return [
        line(x, area.up(scale.along(point.low)), x, area.up(scale.along(point.high)), *_RANGE)
        for x, point in zip(columns, series.points, strict=True)
        if point.low is not None and point.high is not None
    ]


def _has_ranges(chart: Chart) -> bool:
    return (
        chart.kind == "line"
        and len(chart.series) == 1
        and len(chart.labels) <= _MOST_RANGES
        and any(point.low is not None for point in chart.points)
    )


def _joined(chart: Chart, number: int, area: Area, columns: Sequence[float]) -> list[str]:
    """Draw the line through a series' points, interrupted by gaps and breaks."""
    if chart.kind == "funnel":
        return []
    scale = height_scale(chart)
    stops = {each.before for each in chart.breaks if not each.joins}
    runs: list[list[tuple[float, float]]] = [[]]
    for place, point in enumerate(chart.series[number].points):
        if point.value is None or place in stops:
            runs.append([])
        if point.value is not None:
            runs[-1].append((columns[place], area.up(scale.along(point.value))))
    colour, dash = _COLOURS[number % len(_COLOURS)], _DASHES[number % len(_DASHES)]
    return [path(run, colour, 1.8, dash) for run in runs if len(run) > 1]


def _points(chart: Chart, number: int, area: Area, columns: Sequence[float]) -> list[str]:
    """Draw a series' points, the first of each run of signals with its word."""
    scale = height_scale(chart)
    drawn: list[str] = []
    named: SignalKind | None = None
    for place, point in enumerate(chart.series[number].points):
        if point.value is None:
            named = None
            continue
        x, y = columns[place], area.up(scale.along(point.value))
        drawn.append(_mark(point, x, y, _COLOURS[number % len(_COLOURS)]))
        if chart.kind == "funnel":
            drawn.append(_name_beside(chart, place, (x, y), area))
        elif point.signal and point.signal != named:
            drawn.append(_word_beside(point.signal, x, y, area))
        named = point.signal
    return drawn


def _mark(point: ChartPoint, x: float, y: float, colour: str) -> str:
    """Draw a point: a dot, hollow for a period that is not whole, a shape for a signal."""
    if point.signal == "improvement":
        return polygon(
            [(x, y - 7), (x + 7, y), (x, y + 7), (x - 7, y)], _SIGNAL_COLOURS["improvement"]
        )
    if point.signal == "concern":
        return polygon(
            [(x - 5.5, y - 5.5), (x + 5.5, y - 5.5), (x + 5.5, y + 5.5), (x - 5.5, y + 5.5)],
            _SIGNAL_COLOURS["concern"],
        )
    if point.signal:
        return polygon([(x, y - 7), (x + 6.5, y + 5), (x - 6.5, y + 5)], INK)
    return dot(x, y, 3.2, colour, hollow=point.part)


def _word_beside(word: SignalKind, x: float, y: float, area: Area) -> str:
    above = y - 11 if y - 22 > area.top else y + 19
    half = width_of(word) / 2
    middle = min(max(x, area.left + half), area.right - half)
    return text(middle, above, word, anchor="middle", colour=_SIGNAL_COLOURS[word], bold=True)


def _name_beside(chart: Chart, place: int, spot: tuple[float, float], area: Area) -> str:
    """Write a group's name at its point, below it where an earlier name stands there already."""
    here = chart.series[0].points[place]
    scale = plans_scale(chart)

    def crowds(other: ChartPoint) -> bool:
        apart = abs(scale.along(other.n or 0) - scale.along(here.n or 0))
        close = abs((other.value or 0.0) - (here.value or 0.0)) < _TWO_LINES
        return close and apart * (area.right - area.left) < width_of(here.label) + 16

    x, y = spot
    below = any(crowds(other) for other in chart.series[0].points[:place])
    left = x + 9 + width_of(here.label) > area.right
    return text(
        x - 9 if left else x + 9,
        y + (14 if below else 4),
        here.label,
        anchor="end" if left else "start",
    )


def _key(chart: Chart) -> list[str]:
    """Return what the lines and shapes mean, in a row; empty where the picture says it all."""
    drawn: list[str] = []
    x = 0.0
    if len(chart.series) > 1:
        for number, series in enumerate(chart.series):
            colour, dash = _COLOURS[number % len(_COLOURS)], _DASHES[number % len(_DASHES)]
            drawn += [line(x, -4, x + 26, -4, colour, 1.8, dash), dot(x + 13, -4, 3.2, colour)]
            drawn.append(text(x + 32, 0, series.title))
            x += 32 + width_of(series.title) + 18
    if _has_ranges(chart):
        drawn += [line(x + 6, -10, x + 6, 2, *_RANGE), text(x + 18, 0, _RANGE_WORDS)]
        x += 18 + width_of(_RANGE_WORDS) + 18
    for _, word in key_of(chart):
        kind = next((each for each in _SIGNAL_COLOURS if each == word), None)
        sample = ChartPoint("", 0.0, "", part=kind is None, signal=kind)
        drawn += [_mark(sample, x + 6, -4, INK), text(x + 18, 0, word)]
        x += 18 + width_of(word) + 18
    return drawn
