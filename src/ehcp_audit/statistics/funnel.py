"""Funnels: groups compared with the overall share, each by how many stand behind it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal, get_args

from ehcp_audit.statistics.binomial import binomial_limits, normal_limits
from ehcp_audit.statistics.exact import Number, exact, shares
from ehcp_audit.statistics.intervals import USUAL, WIDE, Interval
from ehcp_audit.statistics.pchart import Counts, pooled

Method = Literal["exact", "normal"]
METHODS: Final[tuple[Method, ...]] = get_args(Method)
Position = Literal["within", "higher", "lower", "much higher", "much lower"]
POSITIONS: Final[dict[Position, str]] = {
    "within": "within what chance explains",
    "higher": "higher than expected",
    "lower": "lower than expected",
    "much higher": "much higher than expected",
    "much lower": "much lower than expected",
}


@dataclass(frozen=True)
class FunnelPoint:
    """One group: its share and where it lies; all None out of nothing."""

    share: Fraction | None
    usual: Interval | None
    wide: Interval | None
    position: Position | None


@dataclass(frozen=True)
class Funnel:
    """Groups around the overall share; `centre` is None where all totals are 0."""

    centre: Fraction | None
    points: tuple[FunnelPoint, ...]


def funnel(
    counts: Counts, totals: Counts, *, method: Method = "exact", centre: Number | None = None
) -> Funnel:
    """Return the funnel of groups at the overall share, or at a `centre` given.

    Limits are at 95% (usual) and 99.8% (wide). Spiegelhalter, *Funnel plots for comparing
    institutional performance*, Statistics in Medicine 24 (2005) 1185-1202. Raises ValueError as
    `shares` does, and for a centre outside 0..1.
    """
    values = shares(counts, totals)
    with_any = [i for i, value in enumerate(values) if value is not None]
    if not with_any:
        return Funnel(None, tuple(FunnelPoint(None, None, None, None) for _ in values))
    middle = pooled(counts, totals, with_any) if centre is None else exact(centre)
    return Funnel(
        middle,
        tuple(
            _point(value, total, middle, method)
            for value, total in zip(values, totals, strict=True)
        ),
    )


def _point(
    value: Fraction | None, total: int | None, centre: Fraction, method: Method
) -> FunnelPoint:
    if value is None or not total:
        return FunnelPoint(None, None, None, None)
    usual, wide = funnel_limits(total, centre, method)
    return FunnelPoint(value, usual, wide, position(value, usual, wide))


def funnel_limits(total: int, centre: Fraction, method: Method) -> tuple[Interval, Interval]:
    """Return the limits of a group of `total` at 95% and at 99.8%."""
    limits = binomial_limits if method == "exact" else normal_limits
    return limits(total, float(centre), USUAL), limits(total, float(centre), WIDE)


def position(share: Fraction, usual: Interval, wide: Interval) -> Position:
    """Return where a share lies; on a limit is within it."""
    value = float(share)
    if value > usual.high:
        return "much higher" if value > wide.high else "higher"
    if value < usual.low:
        return "much lower" if value < wide.low else "lower"
    return "within"
