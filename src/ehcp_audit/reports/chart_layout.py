"""Where things lie in a chart, for every writer that draws one: scales, ticks, which labels fit."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from ehcp_audit.reports.model import Chart, Guide

_SHARE_TICKS: Final = ((0.0, "0%"), (0.25, "25%"), (0.5, "50%"), (0.75, "75%"), (1.0, "100%"))
_STEPS: Final = (1, 2, 2.5, 5, 10)
_TICKS_WANTED: Final = 4
_TICK_WIDTH: Final = 8


@dataclass(frozen=True)
class Scale:
    """A stretch of numbers along one side of a chart, with the ones that are named there."""

    low: float
    high: float
    ticks: tuple[tuple[float, str], ...]

    def along(self, value: float) -> float:
        """Return how far along a value lies: 0 at the low end, 1 at the high one."""
        return (value - self.low) / (self.high - self.low)

    def at(self, part: float) -> float:
        """Return the value that lies that far along."""
        return self.low + (self.high - self.low) * part


def height_scale(chart: Chart) -> Scale:
    """Return the scale of values: 0 to 100% for shares, so that all charts of a page compare."""
    if chart.unit == "share":
        return Scale(0.0, 1.0, _SHARE_TICKS)
    numbers = [
        number
        for point in chart.points
        for number in (point.value, point.low, point.high)
        if number is not None
    ]
    numbers += [number for guide in chart.guides for number in guide.values if number is not None]
    if chart.kind in {"bars", "stacked"}:
        numbers.append(0.0)
    return number_scale(numbers)


def plans_scale(chart: Chart) -> Scale:
    """Return the scale of a funnel's foot: numbers of plans, from 0."""
    return number_scale([0.0, *chart.guide_at, *(float(point.n or 0) for point in chart.points)])


def number_scale(numbers: Iterable[float]) -> Scale:
    """Return a scale of round steps that holds every number; of one number alone, one around it."""
    held = [*numbers] or [0.0]
    low, high = min(held), max(held)
    if low == high:
        low, high = low - 1, high + 1
    rough = (high - low) / _TICKS_WANTED
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(each for each in (s * power for s in _STEPS) if each >= rough * (1 - 1e-9))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    places = max(0, -math.floor(math.log10(step) + 1e-9))
    if not math.isclose(step * 10**places, round(step * 10**places)):
        places += 1
    ticks = tuple((each * step, _tick(each * step, places)) for each in range(first, last + 1))
    return Scale(first * step, last * step, ticks)


def _tick(value: float, places: int) -> str:
    written = f"{value:,.{places}f}"
    return written if len(written) <= _TICK_WIDTH else f"{value:.3g}"


def value_along(guide: Guide, at: Sequence[float], place: float) -> float | None:
    """Return a funnel guide's value at a number of plans, between those given; None beyond."""
    if len(guide.values) == 1:
        return guide.values[0]
    for number in range(1, len(at)):
        before, after = at[number - 1], at[number]
        if before <= place <= after:
            first, second = guide.values[number - 1], guide.values[number]
            if first is None or second is None:
                return None
            return first + (second - first) * (place - before) / ((after - before) or 1)
    return None


def labels_that_fit(number: int, room: float, widest: float) -> tuple[int, ...]:
    """Return which of that many labels to show along a foot: evenly spaced, none overlapping."""
    fit = max(1, int(room // max(widest, 1)))
    step = max(1, -(-number // fit))
    return tuple(range(0, number, step))
