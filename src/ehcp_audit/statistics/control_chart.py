"""A control chart: points, centre, limits and signals, in one segment or several."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final, Literal

from ehcp_audit.statistics.rules import Limits, Mode, Run, Signal, find_runs, signals_by_point

Kind = Literal["xmr", "p", "laney"]
SHOWN_FROM: Final = 13  # points; with fewer, `mdc` shows no limits and `ptd` warns


@dataclass(frozen=True)
class ChartOptions:
    """How a chart is computed.

    Attributes:
        rules: the mode of the rules; see `statistics.rules`.
        screen: whether moving ranges above 3.267 × their mean are left out once and the mean
            taken again; by default as the mode does it (`mdc` no, `ptd` yes).
        baseline_points: the first points with a value, from which centre and limits are taken
            (trial limits); of a chart in several segments this concerns the first.
        rebase_at: indexes (from 0) at which a new segment begins, by recorded decisions.
    """

    rules: Mode = "mdc"
    screen: bool | None = None
    baseline_points: int | None = None
    rebase_at: tuple[int, ...] = ()

    @property
    def screened(self) -> bool:
        """Whether large moving ranges are left out."""
        return self.rules == "ptd" if self.screen is None else self.screen

    @property
    def shown_from(self) -> int:
        """How many points a segment needs before its limits and signals are shown."""
        return SHOWN_FROM if self.rules == "mdc" else 1


@dataclass(frozen=True)
class Fit:
    """What the baseline says: the centre, the limits at an index (None: none can be had).

    `width` is the mean moving range of an XmR chart and Laney's σz; a p-chart has none.
    """

    centre: Fraction
    limits_at: Callable[[int], Limits] | None
    width: Fraction | None = None


@dataclass(frozen=True)
class ChartPoint:
    """One point: `value` is None at a gap; limits and signals only where they are shown."""

    value: Fraction | None
    limits: Limits | None = None
    signals: tuple[Signal, ...] = ()


@dataclass(frozen=True)
class Segment:
    """Points `start` up to before `stop` that share a centre.

    `counted` points have a value. `runs` hold indexes into the whole chart; they are empty, as
    are the limits, where `shown` is false.
    """

    start: int
    stop: int
    counted: int
    shown: bool
    centre: Fraction | None
    width: Fraction | None
    runs: tuple[Run, ...]


@dataclass(frozen=True)
class ControlChart:
    """A chart of one kind; `points` has an entry for each value given, gaps among them."""

    kind: Kind
    options: ChartOptions
    points: tuple[ChartPoint, ...]
    segments: tuple[Segment, ...]

    @property
    def latest(self) -> Segment:
        """The segment that speaks about now."""
        return self.segments[-1]

    @property
    def centre(self) -> Fraction | None:
        """The centre of the latest segment; None where it has no value."""
        return self.latest.centre

    @property
    def counted(self) -> int:
        """How many points have a value."""
        return sum(segment.counted for segment in self.segments)

    @property
    def last(self) -> int | None:
        """The index of the last point with a value."""
        found = (i for i in reversed(range(len(self.points))) if self.points[i].value is not None)
        return next(found, None)

    @property
    def short(self) -> bool:
        """Whether the latest segment has fewer points than limits should be taken from."""
        return self.latest.counted < SHOWN_FROM

    def runs_at(self, index: int) -> tuple[Run, ...]:
        """Return the runs that a point is part of, the one that takes precedence first."""
        return tuple(
            run for segment in self.segments for run in segment.runs if index in run.points
        )


def control_chart(
    kind: Kind,
    values: Sequence[Fraction | None],
    fit: Callable[[Sequence[int]], Fit],
    options: ChartOptions,
) -> ControlChart:
    """Return the chart of the values, a gap (None) taking no part in anything.

    `fit` is given the indexes of the baseline's points, at least one. Runs go on over a gap, and
    never from one segment into the next. Raises ValueError for a baseline that is longer than
    the series or under 1, for a segment that begins outside the series, and for no values.
    """
    if not values:
        message = "a chart needs at least one point"
        raise ValueError(message)
    edges = (0, *options.rebase_at, len(values))
    if any(later <= earlier for earlier, later in pairwise(edges)):
        message = f"segments of {len(values)} points cannot begin at {options.rebase_at}"
        raise ValueError(message)
    points: list[ChartPoint] = []
    segments: list[Segment] = []
    for start, stop in pairwise(edges):
        segment, found = _segment(values, range(start, stop), fit, options)
        segments.append(segment)
        points.extend(found)
    return ControlChart(kind, options, tuple(points), tuple(segments))


def _segment(
    values: Sequence[Fraction | None],
    span: range,
    fit: Callable[[Sequence[int]], Fit],
    options: ChartOptions,
) -> tuple[Segment, list[ChartPoint]]:
    counted = {i: value for i in span if (value := values[i]) is not None}
    indexes = tuple(counted)
    baseline = options.baseline_points if span.start == 0 else None
    if baseline is not None and not 1 <= baseline <= len(indexes):
        message = f"a baseline of {baseline} cannot be taken from {len(indexes)} points"
        raise ValueError(message)
    fitted = fit(indexes[:baseline]) if indexes else None
    points = [ChartPoint(values[i]) for i in span]
    limits_at = fitted.limits_at if fitted and len(indexes) >= options.shown_from else None
    runs: tuple[Run, ...] = ()
    if fitted and limits_at:
        limits = [limits_at(i) for i in indexes]
        found = find_runs(list(counted.values()), fitted.centre, limits, options.rules)
        signals = signals_by_point(found, len(indexes))
        runs = tuple(Run(r.rule, r.up, tuple(indexes[i] for i in r.points)) for r in found)
        for i, limit, fired in zip(indexes, limits, signals, strict=True):
            points[i - span.start] = ChartPoint(counted[i], limit, fired)
    segment = Segment(
        start=span.start,
        stop=span.stop,
        counted=len(indexes),
        shown=limits_at is not None,
        centre=fitted.centre if fitted else None,
        width=fitted.width if fitted else None,
        runs=runs,
    )
    return segment, points
