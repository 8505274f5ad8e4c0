"""Confidence intervals of a share."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from statistics import NormalDist
from typing import Final

USUAL: Final = 0.95
WIDE: Final = 0.998  # the outer limits of a funnel


@dataclass(frozen=True)
class Interval:
    """The low and high end of a range, as fractions of 1."""

    low: float
    high: float


@cache
def normal_quantile(confidence: float) -> float:
    """Return z of a two-sided confidence: 1.96 for 0.95; raises ValueError outside 0..1."""
    if not 0 < confidence < 1:
        message = f"a confidence lies between 0 and 1, not at {confidence}"
        raise ValueError(message)
    return NormalDist().inv_cdf((1 + confidence) / 2)


def wilson(count: int, total: int, confidence: float = USUAL) -> Interval | None:
    """Return the score interval of `count` out of `total`, clipped to 0..1; None out of nothing.

    Wilson (1927), JASA 22:209-212; method 3 of Newcombe (1998), Statistics in Medicine
    17:857-872. Raises ValueError unless 0 <= count <= total.
    """
    if not 0 <= count <= total:
        message = f"{count} of {total} is not a share"
        raise ValueError(message)
    if not total:
        return None
    z = normal_quantile(confidence)
    share = count / total
    divisor = 1 + z * z / total
    middle = (share + z * z / (2 * total)) / divisor
    half = z * math.sqrt(share * (1 - share) / total + z * z / (4 * total * total)) / divisor
    # At none and at all the formula is 0 and 1 exactly; only its rounding error is not.
    low = 0.0 if count == 0 else max(0.0, middle - half)
    high = 1.0 if count == total else min(1.0, middle + half)
    return Interval(low, high)
