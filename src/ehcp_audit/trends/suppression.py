"""Hiding small counts in a table with its margins, so that nobody can work them out again.

A count of 1 to 5 is hidden (primary). Then further cells are hidden (secondary) until, for every
hidden cell, there are other whole tables that would print the very same page and hold another
count there. Such tables are shown to exist by moving plans round a hypercube of hidden cells:
up at every second corner, down at the others, which changes no printed margin (the hypercube
method: Repsilber; Hundepool et al., *Statistical Disclosure Control*, 2012, section 4.4).

What is proved of the outcome, by `ranges`, against a reader who knows the rules and that a 0 is
never hidden: a small count could be anything from 1 to one more than is ever hidden, and every
other hidden cell has as many possible values.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from math import prod
from typing import Final

Place = tuple[int, ...]

HIDE_UP_TO: Final = 5
_NO_END: Final = 10**9


@dataclass(frozen=True)
class CountTable:
    """Counts in one to three dimensions, without margins; a place left out holds 0."""

    sizes: tuple[int, ...]
    counts: Mapping[Place, int]

    def with_margins(self) -> dict[Place, int]:
        """Return every cell and margin; the index after the last of a dimension is its total."""
        cells = dict.fromkeys(product(*(range(size + 1) for size in self.sizes)), 0)
        for place, count in self.counts.items():
            ends = [(index, size) for index, size in zip(place, self.sizes, strict=True)]
            for margin in product(*ends):
                cells[margin] += count
        return cells


@dataclass(frozen=True)
class Range:
    """The counts a hidden cell is proved to be able to have; all between them are possible too."""

    low: int
    high: int


@dataclass(frozen=True)
class _Cube:
    """A hypercube through a place: how far its counts can move up and down there."""

    corners: tuple[Place, ...]
    up: int
    down: int


@dataclass(frozen=True)
class _Page:
    """A table on its way to print: its cells, what may be hidden, what counts as small."""

    table: CountTable
    hide_up_to: int
    margins_shown: bool
    _known: dict[Place, tuple[_Cube, ...]] = field(default_factory=dict)

    @cached_property
    def cells(self) -> Mapping[Place, int]:
        """Every cell and margin."""
        return self.table.with_margins()

    @cached_property
    def open_to_hiding(self) -> frozenset[Place]:
        """The places that may be hidden: no 0, and not the grand total."""
        return frozenset(p for p, count in self.cells.items() if count and self._may_hide(p))

    def _may_hide(self, place: Place) -> bool:
        totals = self.totals(place)
        return totals == 0 if self.margins_shown else totals < len(self.table.sizes)

    def totals(self, place: Place) -> int:
        """Return along how many dimensions a place is a total."""
        return sum(i == size for i, size in zip(place, self.table.sizes, strict=True))

    def cubes(self, place: Place) -> tuple[_Cube, ...]:
        """Return every hypercube through a place, worked out once."""
        if place not in self._known:
            self._known[place] = tuple(_cubes(self, place))
        return self._known[place]

    def is_safe(self, place: Place, up: int, down: int) -> bool:
        """Whether a count that can move so far cannot be known, nor known to be small."""
        count = self.cells[place]
        if count > self.hide_up_to:
            return up + down >= self.hide_up_to
        return down >= count - 1 and count + up > self.hide_up_to


def hidden_cells(
    table: CountTable, *, hide_up_to: int = HIDE_UP_TO, margins_shown: bool = False
) -> frozenset[Place] | None:
    """Return the places to hide, margins among them; None where the table cannot be printed.

    With `margins_shown` no margin is hidden, whatever it holds: they are printed elsewhere, as
    the totals of a whole sample are. The grand total is never hidden. Raises ValueError for a
    count below 0 or a threshold below 1.
    """
    if hide_up_to < 1 or any(count < 0 for count in table.counts.values()):
        message = "counts are 0 or more, and at least a count of 1 is hidden"
        raise ValueError(message)
    page = _Page(table, hide_up_to, margins_shown)
    hidden = {place for place in page.open_to_hiding if page.cells[place] <= hide_up_to}
    unsafe = list(hidden)
    # What is safe stays so: hiding more only adds to the tables with the same print.
    while unsafe := [
        place for place in unsafe if not page.is_safe(place, *_reach(page, hidden, place))
    ]:
        smallest = min(unsafe, key=lambda place: (page.cells[place], place))
        more = _cheapest(page, hidden, smallest)
        if not more:
            return None
        hidden |= more
        unsafe += more
    return frozenset(hidden)


def ranges(table: CountTable, hidden: frozenset[Place]) -> dict[Place, Range]:
    """Return, for each hidden place, counts that other tables with the same print hold there."""
    page = _Page(table, HIDE_UP_TO, margins_shown=False)
    found = {}
    for place in hidden:
        up, down = _reach(page, set(hidden), place)
        found[place] = Range(page.cells[place] - down, page.cells[place] + up)
    return found


def _reach(page: _Page, hidden: set[Place], place: Place) -> tuple[int, int]:
    """Return how far a count can move up and down by a hypercube of hidden cells."""
    up = down = 0
    for cube in page.cubes(place):
        if hidden.issuperset(cube.corners):
            up, down = max(up, cube.up), max(down, cube.down)
    return up, down


def _cheapest(page: _Page, hidden: set[Place], place: Place) -> set[Place]:
    """Return the cells to hide besides, so that a place is safe: the fewest and smallest.

    Margins come after cells, because they tell the most. Empty where nothing would do.
    """
    cubes = page.cubes(place)

    def cost(more: set[Place]) -> tuple[int, int, int, list[Place]]:
        margins = sum(page.totals(each) > 0 for each in more)
        return margins, len(more), sum(page.cells[each] for each in more), sorted(more)

    alone = [set(c.corners).difference(hidden) for c in cubes if page.is_safe(place, c.up, c.down)]
    if alone:
        return min(alone, key=cost)
    rising = [cube for cube in cubes if page.is_safe(place, cube.up, _NO_END)]
    falling = [cube for cube in cubes if page.is_safe(place, _NO_END, cube.down)]
    together = [
        more
        for one in rising
        for other in falling
        if page.is_safe(place, one.up, other.down)
        and (more := {*one.corners, *other.corners}.difference(hidden))
    ]
    return min(together, key=cost) if together else set()


def _cubes(page: _Page, place: Place) -> Iterator[_Cube]:
    """Yield every hypercube through a place whose corners may all be hidden.

    Moving n up at the corners of its sign and n down at the others changes no sum, because a
    margin counts against the cells it sums. A hidden count stays 1 or more: a 0 would be shown.
    """
    cells, sizes = page.cells, page.table.sizes
    others = [
        [index for index in range(size + 1) if index != at]
        for at, size in zip(place, sizes, strict=True)
    ]
    own = _sign(place, place, sizes)
    for opposite in product(*others):
        if opposite not in page.open_to_hiding:
            continue
        corners = tuple(product(*zip(place, opposite, strict=True)))
        if not page.open_to_hiding.issuperset(corners):
            continue
        moves_up = [_sign(corner, place, sizes) == own for corner in corners]
        falling = [cells[c] - 1 for c, up in zip(corners, moves_up, strict=True) if not up]
        rising = [cells[c] - 1 for c, up in zip(corners, moves_up, strict=True) if up]
        yield _Cube(corners, min(falling, default=_NO_END), min(rising, default=_NO_END))


def _sign(corner: Place, place: Place, sizes: tuple[int, ...]) -> int:
    return prod(
        (1 if index == at else -1) * (-1 if index == size else 1)
        for index, at, size in zip(corner, place, sizes, strict=True)
    )
