"""Measure how often the rules signal by chance, and how long a lasting rise takes to signal.

python scripts/signals.py [SERIES]   (20,000 unless said; a quarter of an hour)
"""

from __future__ import annotations

import math
import statistics
import sys
from fractions import Fraction
from random import Random

from ehcp_audit.statistics.chance import (
    SHARES_MEASURED,
    SignalRate,
    chance_of_signal,
    measured_rate,
    months_to_signal,
    steady_normal,
    steady_shares,
)
from ehcp_audit.statistics.control_chart import Kind

PLANS = 16
POINTS = (12, 13, 18, 24, 36, 48, 60)
RISES = (65, 70, 75)
STEADY = (50, 75)
YEAR = 12
KINDS: tuple[Kind, ...] = ("p", "xmr", "laney")


def shares_rate(points: int, kind: Kind, series: int) -> SignalRate:
    """Return the mean rate over the shares measured, a quarter of the series for each."""
    rates = [
        measured_rate(
            lambda random, share=share: steady_shares(
                random, points, share, plans=PLANS, kind=kind
            ),
            series // len(SHARES_MEASURED),
            seed=points,
        )
        for share in SHARES_MEASURED
    ]
    return SignalRate(
        statistics.fmean(rate.anywhere for rate in rates),
        statistics.fmean(rate.last for rate in rates),
    )


def drawn_months(after: int, series: int, before: int = 50, within: int = 240) -> list[int | None]:
    """Return the months to a signal, drawn so many times; None where there was none."""
    random = Random(after)
    return [
        months_to_signal(
            random,
            before=Fraction(before, 100),
            after=Fraction(after, 100),
            plans=PLANS,
            within=within,
        )
        for _ in range(series)
    ]


def percent(share: float) -> str:
    return f"{100 * share:.1f}%"


def main(series: int) -> None:
    print(f"Steady series that signal, of {series:,} drawn: somewhere / at the last point")
    print(f"{'points':>8}{'normal, XmR':>18}{'16 plans, XmR':>18}{'16 plans, p':>18}")
    for points in POINTS:
        rates = (
            measured_rate(lambda random, n=points: steady_normal(random, n), series, seed=points),
            shares_rate(points, "xmr", series),
            shares_rate(points, "p", series),
        )
        cells = [f"{percent(rate.anywhere)} / {percent(rate.last)}" for rate in rates]
        print(f"{points:>8}" + "".join(f"{cell:>18}" for cell in cells), flush=True)
    print("\nWhat the tool says of charts of shares: p / XmR / p′")
    for points in POINTS:
        told = (percent(chance_of_signal(kind, points)) for kind in KINDS)
        print(f"{points:>8}  {' / '.join(told)}")
    print(f"\nMonths until a lasting rise from 50% signals, {PLANS} plans a month, limits known")
    for after in RISES:
        months = sorted(month or math.inf for month in drawn_months(after, series // 5))
        print(
            f"  to {after}%: median {statistics.median(months):.0f}, "
            f"nine in ten within {months[len(months) * 9 // 10]}"
        )
    for steady in STEADY:
        false = sum(month is not None for month in drawn_months(steady, series, steady, YEAR))
        print(f"A stable year at {steady}% signals falsely on {percent(false / series)} of charts")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20_000)
