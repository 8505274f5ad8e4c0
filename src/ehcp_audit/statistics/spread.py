"""How far groups truly differ, once the differences that chance makes are taken off."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from ehcp_audit.statistics.exact import shares
from ehcp_audit.statistics.intervals import USUAL
from ehcp_audit.statistics.pchart import Counts, pooled

_WIDEST: Final = 0.5  # no shares between 0 and 1 have a larger standard deviation
_HALVINGS: Final = 200


@dataclass(frozen=True)
class Spread:
    """The standard deviation between groups beyond chance, in the unit of what is compared.

    `low` and `high` are the ends of its interval. 0 is: chance explains all of it.
    """

    deviation: float
    low: float
    high: float


def spread_of_shares(counts: Counts, totals: Counts, confidence: float = USUAL) -> Spread | None:
    """Return the spread between the groups' true shares, as a fraction of 1.

    Each share's variance is that of chance at the overall share, so that a group at 0% or 100%
    is not taken for certain. None for fewer than two groups with a total, and where the overall
    share is 0 or 1. Raises ValueError as `shares` does.
    """
    found = [(i, value) for i, value in enumerate(shares(counts, totals)) if value is not None]
    if len(found) < 2:  # noqa: PLR2004
        return None
    overall = float(pooled(counts, totals, [i for i, _ in found]))
    if overall in (0, 1):
        return None
    variances = [overall * (1 - overall) / (totals[i] or 1) for i, _ in found]
    spread = spread_between([float(value) for _, value in found], variances, confidence)
    return Spread(*(min(each, _WIDEST) for each in (spread.deviation, spread.low, spread.high)))


def spread_between(
    values: Sequence[float], variances: Sequence[float], confidence: float = USUAL
) -> Spread:
    """Return the spread between two values or more whose variances by chance are known.

    The estimate is the moment estimate of DerSimonian and Laird (1986), Controlled Clinical
    Trials 7:177-188, as Spiegelhalter (2005), Quality and Safety in Health Care 14:347-351, uses
    it between institutions; the interval is the Q-profile of Viechtbauer (2007), Statistics in
    Medicine 26:37-52. Where the values differ less than chance alone nearly always makes them,
    both ends are 0. Raises ValueError for fewer than two values, for unequal lengths, and unless
    every variance is above 0.
    """
    if len(values) < 2 or any(each <= 0 for each in variances):  # noqa: PLR2004
        message = "a spread needs two values, each with a variance above 0"
        raise ValueError(message)
    freedom = len(values) - 1
    weights = [1 / each for each in variances]
    scale = sum(weights) - sum(each * each for each in weights) / sum(weights)
    excess = _heterogeneity(values, variances, 0) - freedom

    def surprise(between: float) -> float:
        return chi_square_above(_heterogeneity(values, variances, between), freedom)

    tail = (1 - confidence) / 2
    return Spread(
        math.sqrt(max(0.0, excess / scale)),
        math.sqrt(_where_reached(surprise, tail)),
        math.sqrt(_where_reached(surprise, 1 - tail)),
    )


def chi_square_above(value: float, freedom: int) -> float:
    """Return how likely a chi-square of whole degrees of freedom is above a value >= 0.

    By the recurrence of the incomplete gamma function (Abramowitz and Stegun 26.4.4 and 26.4.5).
    Raises ValueError for fewer than one degree of freedom.
    """
    if freedom < 1:
        message = f"{freedom} degrees of freedom are none"
        raise ValueError(message)
    half = value / 2
    if not half:
        return 1.0
    odd = freedom % 2
    above = math.erfc(math.sqrt(half)) if odd else math.exp(-half)
    for reached in range(1 if odd else 2, freedom, 2):
        order = reached / 2
        above += math.exp(order * math.log(half) - half - math.lgamma(order + 1))
    return min(above, 1.0)


def _heterogeneity(values: Sequence[float], variances: Sequence[float], between: float) -> float:
    """Return Q, the weighted squared distances from the weighted mean."""
    weights = [1 / (each + between) for each in variances]
    middle = sum(w * value for w, value in zip(weights, values, strict=True)) / sum(weights)
    return sum(w * (value - middle) ** 2 for w, value in zip(weights, values, strict=True))


def _where_reached(rising: Callable[[float], float], level: float) -> float:
    """Return where a rising function of a variance reaches a level; 0 where it begins above."""
    if rising(0) >= level:
        return 0.0
    high = 1.0
    while rising(high) < level:
        high *= 2
    low = 0.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        low, high = (middle, high) if rising(middle) < level else (low, middle)
    return high
