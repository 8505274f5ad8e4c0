"""The rules by which points of a control chart are told from chance.

Rules and precedence are those of NHS England, Making Data Count. Its two published tools differ
in rule 3, so there are two modes: `mdc` (the workbook) counts points outside the limits among
the points beyond two thirds, `ptd` (the R package NHSRplotthedots) does not.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Final, Literal, get_args

Mode = Literal["mdc", "ptd"]
Rule = Literal["outside", "trend", "two_in_three", "shift"]
MODES: Final[tuple[Mode, ...]] = get_args(Mode)
RULES: Final[tuple[Rule, ...]] = get_args(Rule)  # in order of precedence

_IN_A_ROW: Final = 7
_WINDOW: Final = 3
_BEYOND: Final = 2


@dataclass(frozen=True)
class Limits:
    """The usual range at one point, and the two thirds of the way to each end of it."""

    low: Fraction
    high: Fraction
    near_low: Fraction
    near_high: Fraction


def limits_around(centre: Fraction, half: Fraction, *, share: bool = False) -> Limits:
    """Return the limits `half` away from the centre; those of a `share` are clipped to 0..1.

    Two thirds of the way are measured before clipping: else a share near 0 that is often 0
    would signal by being what it usually is.
    """
    low, high = centre - half, centre + half
    near = half * 2 / 3
    if share:
        low, high = max(low, Fraction(0)), min(high, Fraction(1))
    return Limits(low, high, centre - near, centre + near)


@dataclass(frozen=True)
class Signal:
    """One rule that a point is part of, and whether upwards."""

    rule: Rule
    up: bool


@dataclass(frozen=True)
class Run:
    """Points that fire one rule together: `points` are their indexes from 0, in order."""

    rule: Rule
    up: bool
    points: tuple[int, ...]

    @property
    def signal(self) -> Signal:
        """What each of the points is part of."""
        return Signal(self.rule, self.up)


def find_runs(
    values: Sequence[Fraction], centre: Fraction, limits: Sequence[Limits], mode: Mode
) -> tuple[Run, ...]:
    """Return every run that fires a rule, rules in order of precedence, then in time.

    `values` and `limits` have one entry a point; there are no gaps among them.
    """
    return (
        *_outside(values, limits),
        *_trends(values),
        *_two_in_three(values, centre, limits, mode),
        *_shifts(values, centre),
    )


def signals_by_point(runs: Sequence[Run], points: int) -> tuple[tuple[Signal, ...], ...]:
    """Return the signals of each of `points` points, the one that takes precedence first."""
    found: list[list[Signal]] = [[] for _ in range(points)]
    for rule in RULES:
        for run in runs:
            if run.rule == rule:
                for index in run.points:
                    if run.signal not in found[index]:
                        found[index].append(run.signal)
    return tuple(map(tuple, found))


def _outside(values: Sequence[Fraction], limits: Sequence[Limits]) -> Iterator[Run]:
    for index, (value, limit) in enumerate(zip(values, limits, strict=True)):
        if value > limit.high or value < limit.low:
            yield Run("outside", value > limit.high, (index,))


def _trends(values: Sequence[Fraction]) -> Iterator[Run]:
    steps = [0, *(_side(later, earlier) for earlier, later in pairwise(values))]
    for first, last in _stretches(steps):
        # A stretch of steps begins at the point before its first step.
        if last - first + 2 >= _IN_A_ROW:
            yield Run("trend", steps[first] > 0, tuple(range(first - 1, last + 1)))


def _shifts(values: Sequence[Fraction], centre: Fraction) -> Iterator[Run]:
    sides = [_side(value, centre) for value in values]
    for first, last in _stretches(sides):
        if last - first + 1 >= _IN_A_ROW:
            yield Run("shift", sides[first] > 0, tuple(range(first, last + 1)))


def _two_in_three(
    values: Sequence[Fraction], centre: Fraction, limits: Sequence[Limits], mode: Mode
) -> Iterator[Run]:
    sides = [_side(value, centre) for value in values]
    beyond = [_beyond(*pair, mode) for pair in zip(values, limits, strict=True)]
    for first in range(len(values) - _WINDOW + 1):
        window = range(first, first + _WINDOW)
        flagged = tuple(index for index in window if beyond[index])
        if len(flagged) >= _BEYOND and abs(sum(sides[index] for index in window)) == _WINDOW:
            yield Run("two_in_three", sides[first] > 0, flagged)


def _beyond(value: Fraction, limit: Limits, mode: Mode) -> bool:
    if mode == "ptd" and not limit.low <= value <= limit.high:
        return False
    return value > limit.near_high or value < limit.near_low


def _stretches(signs: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last index of every stretch of one sign that is not 0."""
    first = 0
    for index in range(1, len(signs) + 1):
        if index == len(signs) or signs[index] != signs[first]:
            if signs[first]:
                yield first, index - 1
            first = index


def _side(value: Fraction, centre: Fraction) -> int:
    """Return 1 above the centre, -1 below it and 0 on it."""
    return (value > centre) - (value < centre)
