"""XmR charts (individuals and moving ranges)."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import pairwise
from typing import Final

from ehcp_audit.statistics.control_chart import ChartOptions, ControlChart, Fit, control_chart
from ehcp_audit.statistics.exact import Number, exact_series, mean
from ehcp_audit.statistics.rules import limits_around

_LIMIT_FACTOR: Final = Fraction("2.66")
_SCREEN_FACTOR: Final = Fraction("3.267")


def mean_moving_range(values: Sequence[Fraction], *, screen: bool) -> Fraction | None:
    """Return the mean difference between neighbours, without its sign; None under two values.

    With `screen`, differences above 3.267 × the mean are left out once and the mean taken again
    (NHSRplotthedots, *Deviations from the Making Data Count methodology*).
    """
    ranges = [abs(later - earlier) for earlier, later in pairwise(values)]
    if not ranges:
        return None
    average = mean(ranges)
    if screen:
        average = mean([each for each in ranges if each <= _SCREEN_FACTOR * average])
    return average


def moving_range_limit(average: Fraction) -> Fraction:
    """Return the upper limit of moving ranges whose mean is given: 3.267 × the mean."""
    return _SCREEN_FACTOR * average


def xmr_chart(
    values: Sequence[Number | None], options: ChartOptions | None = None, *, share: bool = False
) -> ControlChart:
    """Return the XmR chart of values in any unit: centre = mean, limits ± 2.66 × mean range.

    Wheeler, *Understanding Variation* (1993); NHS England, Making Data Count. Limits are not
    clipped, except to 0..1 where the values are shares. One value has a centre and no limits;
    equal values have limits of no width, and nothing signals. Raises ValueError for a value that
    is not finite, a baseline under two points, and as `control_chart` does.
    """
    options = options or ChartOptions()
    if options.baseline_points == 1:
        message = "a baseline of one point has no moving range"
        raise ValueError(message)
    series = exact_series(values)

    def fit(baseline: Sequence[int]) -> Fit:
        chosen = [value for i in baseline if (value := series[i]) is not None]
        average = mean_moving_range(chosen, screen=options.screened)
        centre = mean(chosen)
        if average is None:
            return Fit(centre, None)
        limits = limits_around(centre, _LIMIT_FACTOR * average, share=share)
        return Fit(centre, lambda _: limits, average)

    return control_chart("xmr", series, fit, options)
