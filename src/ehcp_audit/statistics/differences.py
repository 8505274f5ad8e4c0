"""The difference between two independent shares, with its interval."""

from __future__ import annotations

import math

from ehcp_audit.statistics.intervals import USUAL, Interval, wilson


def difference(
    count: int, total: int, other_count: int, other_total: int, confidence: float = USUAL
) -> Interval | None:
    """Return the interval of the first share less the second; None where either is of nothing.

    The hybrid score interval: method 10 of Newcombe (1998), Statistics in Medicine 17:873-890.
    Raises ValueError as `wilson` does.
    """
    first, second = wilson(count, total, confidence), wilson(other_count, other_total, confidence)
    if first is None or second is None:
        return None
    share, other = count / total, other_count / other_total
    low = math.hypot(share - first.low, second.high - other)
    high = math.hypot(first.high - share, other - second.low)
    return Interval(share - other - low, share - other + high)
