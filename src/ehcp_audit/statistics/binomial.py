"""What chance alone does to a count out of a total: exact binomial limits."""

from __future__ import annotations

import math
from collections.abc import Iterator
from functools import lru_cache

from ehcp_audit.statistics.intervals import Interval, normal_quantile

_NEGLIGIBLE = 1e-15  # beside the likeliest count; the tails of a funnel are a thousandth


@lru_cache(maxsize=20_000)
def binomial_limits(total: int, share: float, confidence: float) -> Interval:
    """Return the range of shares out of `total` that chance leaves with `confidence`.

    Counts below the low end come up in at most (1 − confidence) / 2 of cases, and counts above
    the high end too; both ends are shares that can occur. Clopper and Pearson (1934), Biometrika
    26:404-413, turned to limits around a known share as in Spiegelhalter (2005), Statistics in
    Medicine 24:1185-1202, without his interpolation between counts, which would call a count
    beyond the limit that chance passes too often. Raises ValueError for a total under 1, and for
    shares and confidences outside 0..1.
    """
    _check(total, share)
    tail = (1 - confidence) / 2
    if not 0 < tail < 1 / 2:
        message = f"a confidence lies between 0 and 1, not at {confidence}"
        raise ValueError(message)
    if share in (0, 1):
        return Interval(share, share)
    first, weights = _weights(total, share)
    whole = math.fsum(weights)
    low = first + _tail_length(iter(weights), tail * whole)
    high = first + len(weights) - 1 - _tail_length(reversed(weights), tail * whole)
    return Interval(low / total, high / total)


def normal_limits(total: int, share: float, confidence: float) -> Interval:
    """Return p ± z√(p(1−p)/n), clipped to 0..1; raises ValueError as `binomial_limits` does."""
    _check(total, share)
    half = normal_quantile(confidence) * math.sqrt(share * (1 - share) / total)
    return Interval(max(0.0, share - half), min(1.0, share + half))


def _check(total: int, share: float) -> None:
    if total < 1 or not 0 <= share <= 1:
        message = f"a share of {share} out of {total} has no limits"
        raise ValueError(message)


@lru_cache(maxsize=4)  # one group is asked for at two confidences
def _weights(total: int, share: float) -> tuple[int, tuple[float, ...]]:
    """Return the first count that matters, and how often it and each after it come up.

    The likeliest count is 1, so that nothing under- or overflows.
    """
    odds = share / (1 - share)
    likeliest = min(total, math.floor((total + 1) * share))
    below: list[float] = []
    weight, count = 1.0, likeliest
    while count > 0 and weight > _NEGLIGIBLE:
        weight *= count / ((total - count + 1) * odds)
        count -= 1
        below.append(weight)
    above: list[float] = []
    weight, count = 1.0, likeliest
    while count < total and weight > _NEGLIGIBLE:
        weight *= (total - count) * odds / (count + 1)
        count += 1
        above.append(weight)
    return likeliest - len(below), (*reversed(below), 1.0, *above)


def _tail_length(weights: Iterator[float], tail: float) -> int:
    """Return how many weights, from the end, add up to no more than the tail."""
    added = 0.0
    for length, weight in enumerate(weights):
        added += weight
        if added > tail:
            return length
    return 0
