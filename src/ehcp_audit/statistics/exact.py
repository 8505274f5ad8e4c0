"""Numbers kept exact, so that a point that lies on a line is never a hair beside it."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from fractions import Fraction

Number = Fraction | float | int


def exact(value: Number) -> Fraction:
    """Return the number as a fraction; raises ValueError for what is not finite."""
    try:
        return Fraction(value)
    except (ValueError, OverflowError):
        message = f"{value} is not a finite number"
        raise ValueError(message) from None


def exact_series(values: Iterable[Number | None]) -> tuple[Fraction | None, ...]:
    """Return the values as fractions, None staying a gap; raises ValueError as `exact` does."""
    return tuple(None if value is None else exact(value) for value in values)


def mean(values: Sequence[Fraction]) -> Fraction:
    """Return the mean of one value or more; raises ZeroDivisionError for none."""
    denominator = math.lcm(*{value.denominator for value in values})
    total = sum(value.numerator * (denominator // value.denominator) for value in values)
    return Fraction(total, denominator * len(values))


def root(square: Fraction) -> Fraction:
    """Return the square root: exact where it is a fraction, else the nearest float."""
    top, bottom = math.isqrt(square.numerator), math.isqrt(square.denominator)
    if top * top == square.numerator and bottom * bottom == square.denominator:
        return Fraction(top, bottom)
    return Fraction(math.sqrt(square))


def shares(
    counts: Sequence[int | None], totals: Sequence[int | None]
) -> tuple[Fraction | None, ...]:
    """Return each count over its total; a total of 0, or none at all, is a gap.

    Raises ValueError where the lists differ in length, where only one of a pair is there, and
    unless 0 <= count <= total.
    """
    if len(counts) != len(totals):
        message = f"{len(counts)} counts do not go with {len(totals)} totals"
        raise ValueError(message)
    return tuple(_share(count, total) for count, total in zip(counts, totals, strict=True))


def _share(count: int | None, total: int | None) -> Fraction | None:
    if count is None and total is None:
        return None
    if count is None or total is None or not 0 <= count <= total:
        message = f"{count} of {total} is not a share"
        raise ValueError(message)
    return Fraction(count, total) if total else None
