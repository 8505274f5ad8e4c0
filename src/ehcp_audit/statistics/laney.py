"""Laney's p′ charts: p-charts whose limits are widened by the variation that is really there."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Final

from ehcp_audit.statistics.control_chart import ChartOptions, ControlChart, Fit, control_chart
from ehcp_audit.statistics.exact import shares
from ehcp_audit.statistics.pchart import Counts, pooled, share_limits, standard_error
from ehcp_audit.statistics.xmr import mean_moving_range

_RANGE_TO_DEVIATION: Final = Fraction("1.128")  # d2 of two values


def sigma_z(
    counts: Counts, totals: Counts, indexes: Sequence[int], *, screen: bool = False
) -> Fraction | None:
    """Return how many times wider shares move from one to the next than chance alone moves them.

    1 is chance alone. None where it cannot be had: under two points, or all at 0 or all at 1.
    Laney, *Improved control charts for attributes*, Quality Engineering 14 (2002) 531-537.
    """
    centre = pooled(counts, totals, indexes)
    if not 0 < centre < 1:
        return None
    scores = []
    for i in indexes:
        total = totals[i] or 0
        distance = Fraction(counts[i] or 0, total) - centre
        scores.append(Fraction(float(distance / standard_error(centre, total))))
    average = mean_moving_range(scores, screen=screen)
    return None if average is None else average / _RANGE_TO_DEVIATION


def laney_chart(
    counts: Counts, totals: Counts, options: ChartOptions | None = None
) -> ControlChart:
    """Return the p′ chart of counts out of totals: p̄ ± 3 σz √(p̄(1−p̄)/n), clipped to 0..1.

    Where all are 0, or all 1, the limits have no width; one point has none. A total of 0 is a
    gap. Raises ValueError as `shares` and `control_chart` do, and for a baseline of one point.
    """
    options = options or ChartOptions()
    if options.baseline_points == 1:
        message = "a baseline of one point has no moving range"
        raise ValueError(message)
    values = shares(counts, totals)

    def fit(baseline: Sequence[int]) -> Fit:
        centre = pooled(counts, totals, baseline)
        if len(baseline) == 1:
            return Fit(centre, None)
        width = sigma_z(counts, totals, baseline, screen=options.screened)
        times = 3 * (width if width is not None else 1)
        return Fit(
            centre,
            share_limits(centre, totals, lambda total: times * standard_error(centre, total)),
            width,
        )

    return control_chart("laney", values, fit, options)
