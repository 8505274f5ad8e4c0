"""How often charts signal when nothing has changed, and how long a change takes to show."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from random import Random
from typing import Final

from ehcp_audit.statistics.control_chart import ChartOptions, ControlChart, Kind
from ehcp_audit.statistics.laney import laney_chart
from ehcp_audit.statistics.pchart import p_chart, standard_error
from ehcp_audit.statistics.rules import find_runs, limits_around
from ehcp_audit.statistics.xmr import xmr_chart

SHARES_MEASURED: Final = (0.3, 0.5, 0.7, 0.9)

_UNSCREENED: Final = ChartOptions(rules="ptd", screen=False)  # shows limits under 13 points too

# Share of steady series in which some point signals, by the number of points, without screening,
# measured by `make signals` over 20,000 series each. p and XmR: 16 plans a point, the mean over
# the shares measured. p′: independent normal values on an XmR chart, which shares of large totals
# come near.
_ANYWHERE: Final[dict[Kind, dict[int, float]]] = {
    "p": {13: 0.056, 18: 0.112, 24: 0.183, 36: 0.314, 48: 0.420, 60: 0.505},
    "xmr": {13: 0.080, 18: 0.133, 24: 0.201, 36: 0.326, 48: 0.430, 60: 0.517},
    "laney": {13: 0.052, 18: 0.099, 24: 0.155, 36: 0.262, 48: 0.353, 60: 0.437},
}


@dataclass(frozen=True)
class SignalRate:
    """In what share of steady series some point signals, and the last point does."""

    anywhere: float
    last: float


def measured_rate(
    draw_chart: Callable[[Random], ControlChart], series: int, seed: int
) -> SignalRate:
    """Return how often charts of steady series signal, over so many series drawn."""
    random = Random(seed)  # noqa: S311  (a simulation, which must repeat itself)
    anywhere = last = 0
    for _ in range(series):
        chart = draw_chart(random)
        anywhere += any(point.signals for point in chart.points)
        last += bool(chart.points[-1].signals)
    return SignalRate(anywhere / series, last / series)


def steady_normal(random: Random, points: int) -> ControlChart:
    """Return the XmR chart of independent normal values."""
    return xmr_chart([random.gauss(0, 1) for _ in range(points)], _UNSCREENED)


def steady_shares(
    random: Random, points: int, share: float, *, plans: int, kind: Kind
) -> ControlChart:
    """Return the chart of one share drawn again and again, out of so many plans each time."""
    counts = [_drawn_count(random, share, plans) for _ in range(points)]
    if kind == "xmr":
        return xmr_chart([Fraction(count, plans) for count in counts], _UNSCREENED)
    make = p_chart if kind == "p" else laney_chart
    return make(counts, [plans] * points, _UNSCREENED)


def _drawn_count(random: Random, share: float, total: int) -> int:
    return sum(random.random() < share for _ in range(total))


def months_to_signal(
    random: Random, *, before: Fraction, after: Fraction, plans: int, within: int = 240
) -> int | None:
    """Return after how many months at `after` a p-chart with limits from `before` first signals.

    The limits are known, every month has as many plans, and the first month is the first at the
    new level; where both are the same, the signal is a false one. None if none comes `within`
    so many months.
    """
    limits = limits_around(before, 3 * standard_error(before, plans), share=True)
    values: list[Fraction] = []
    for month in range(1, within + 1):
        values.append(Fraction(_drawn_count(random, float(after), plans), plans))
        if find_runs(values, before, [limits] * month, "mdc"):
            return month
    return None


def chance_of_signal(kind: Kind, points: int) -> float:
    """Return how likely a steady series of so many shares is to signal somewhere.

    0 under 13 points, where no signal is shown. Between the numbers of points that were measured
    it is interpolated; beyond them each further point adds as much as the last ones did.
    """
    table = _ANYWHERE[kind]
    measured = sorted(table)
    if points < measured[0]:
        return 0.0
    place = min(max(bisect_left(measured, points), 1), len(measured) - 1)
    low, high = measured[place - 1], measured[place]
    # Straight in the logarithm of staying quiet: every point is quiet with the same chance.
    quiet_low, quiet_high = math.log(1 - table[low]), math.log(1 - table[high])
    quiet = quiet_low + (quiet_high - quiet_low) * (points - low) / (high - low)
    return 1 - math.exp(quiet)
