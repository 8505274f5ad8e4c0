"""Draws bars as SVG: side by side, or stacked up to the whole; told apart in grey as well."""

from __future__ import annotations

from typing import Final

from ehcp_audit.reports.chart_layout import height_scale, labels_that_fit
from ehcp_audit.reports.model import Chart
from ehcp_audit.reports.svg_parts import (
    AXIS_WORDS,
    INK,
    PALE,
    QUIET,
    Area,
    box,
    group,
    line,
    text,
    width_of,
)

# From dark to light, so that the order is seen in grey; what is written on each stands out.
_FILLS: Final = (
    ("#12436d", "#fff"),
    ("#5b87ad", "#1b1b1b"),
    ("#b9cad9", "#1b1b1b"),
    ("#e2d9ca", "#1b1b1b"),
    ("#8c8c8c", "#1b1b1b"),
    ("#4a4a4a", "#fff"),
)
_BAR: Final = 15.0
_LABELS_WIDEST: Final = 190.0
_KEY_HEIGHT: Final = 20.0


def draw_bars(chart: Chart, width: float) -> tuple[float, list[str]]:
    """Return the height and the parts: a bar a label and series, its figure at its end."""
    scale = height_scale(chart)
    several = len(chart.series) > 1
    left = min(max(width_of(label) for label in chart.labels) + 10, _LABELS_WIDEST)
    figures = max(width_of(point.shown) for point in chart.points) + 10
    step = _BAR * len(chart.series) + 9
    area = Area(left, width - figures, 6, 6 + step * len(chart.labels))
    nothing = area.across(scale.along(max(scale.low, min(0.0, scale.high))))
    drawn = [
        part
        for value, label in scale.ticks
        for x in [area.across(scale.along(value))]
        for part in (
            line(x, area.top, x, area.bottom, PALE, 0.7),
            text(x, area.bottom + 14, label, anchor="middle", colour=QUIET),
        )
    ]
    for number, label in enumerate(chart.labels):
        top = area.top + step * number + 4
        middle = top + _BAR * len(chart.series) / 2 + 4
        drawn.append(text(area.left - 8, middle, label, anchor="end"))
        for rank, series in enumerate(chart.series):
            point, y = series.points[number], top + _BAR * rank
            end = nothing if point.value is None else area.across(scale.along(point.value))
            fill = _FILLS[rank % len(_FILLS)][0]
            drawn.append(box(min(nothing, end), y, abs(end - nothing), _BAR - 1, fill))
            if point.low is not None and point.high is not None:
                ends = area.across(scale.along(point.low)), area.across(scale.along(point.high))
                drawn.append(line(ends[0], y + 7, ends[1], y + 7, INK, 1.2))
                end = max(end, ends[1])
            drawn.append(text(end + 5, y + 11, point.shown))
    drawn.append(line(nothing, area.top, nothing, area.bottom, INK, 1))
    height = area.bottom + 20
    if several:
        drawn.append(_key(chart, area.left, height + 10))
        height += _KEY_HEIGHT
    return height, drawn


def draw_stacked(chart: Chart, width: float, height: float) -> tuple[float, list[str]]:
    """Return the height and the parts: a column a label, the first series at the foot."""
    scale = height_scale(chart)
    area = Area(46, width - 12, 12, height - 42)
    step = (area.right - area.left) / len(chart.labels)
    wide = min(step * 0.82, 70)
    drawn = []
    for value, label in scale.ticks:
        y = area.up(scale.along(value))
        drawn.append(line(area.left, y, area.right, y, PALE, 0.7))
        drawn.append(text(area.left - 6, y + 4, label, anchor="end", colour=QUIET))
    shown = set(
        labels_that_fit(
            len(chart.labels), area.right - area.left, max(map(width_of, chart.labels)) + 8
        )
    )
    for number, label in enumerate(chart.labels):
        middle = area.left + step * (number + 0.5)
        reached = 0.0
        for rank, series in enumerate(chart.series):
            point = series.points[number]
            if not point.value:
                continue
            foot, top = (area.up(scale.along(each)) for each in (reached, reached + point.value))
            fill, ink = _FILLS[rank % len(_FILLS)]
            drawn.append(box(middle - wide / 2, top, wide, foot - top, fill))
            if foot - top > 13 and width_of(point.shown) < wide - 1:  # noqa: PLR2004  (a line of text)
                drawn.append(
                    text(middle, (foot + top) / 2 + 4, point.shown, anchor="middle", colour=ink)
                )
            reached += point.value
        if all(series.points[number].value is None for series in chart.series):
            drawn.append(text(middle, area.bottom - 4, "·", anchor="middle"))
        if number in shown:
            drawn.append(text(middle, area.bottom + 15, label, anchor="middle"))
    drawn.append(line(area.left, area.bottom, area.right, area.bottom, INK, 1))
    words = "; ".join(filter(None, (chart.upward, chart.along)))
    drawn.append(text(area.left, area.bottom + 30, words, colour=QUIET, longest=AXIS_WORDS))
    drawn.append(_key(chart, area.left, height + 6))
    return height + _KEY_HEIGHT - 4, drawn


def _key(chart: Chart, x: float, y: float) -> str:
    parts, at = [], 0.0
    for rank, series in enumerate(chart.series):
        fill = _FILLS[rank % len(_FILLS)][0]
        parts += [box(at, -9, 12, 12, fill, QUIET), text(at + 17, 0, series.title)]
        at += 17 + width_of(series.title) + 16
    return group(parts, f"translate({x:.1f} {y:.1f})")
