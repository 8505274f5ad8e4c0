"""A reader who works back from a printed table: exact bounds on every hidden count.

The reader knows all that is printed, that counts are whole, that a 0 is never hidden, and which
sums must hold. In two dimensions the bounds are exact: the hidden cells are the arcs of a
network, and how far a count can move is a maximum flow through the others. In any number of
dimensions cells fixed by linear algebra, or by bounds pushed through the sums, are found too.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Mapping
from fractions import Fraction
from itertools import product
from random import Random

from ehcp_audit.trends.suppression import CountTable, Place

UNBOUNDED = 10**9
WITHIN = 2  # a count known to within this is as good as known


def random_table(random: Random, dimensions: int) -> CountTable:
    """Make a table as audits give them: many small counts, some none, some large."""
    most = {1: 8, 2: 6, 3: 4}[dimensions]
    sizes = tuple(random.randint(2, most) for _ in range(dimensions))
    scale = random.choice([2, 5, 12, 40]) * (4 if dimensions == 3 else 1)
    empty = random.choice([0.0, 0.1, 0.35]) / dimensions
    counts = {
        place: 0 if random.random() < empty else int(random.expovariate(1 / scale))
        for place in product(*(range(size) for size in sizes))
    }
    return CountTable(sizes, counts)


def typical_table(random: Random) -> CountTable:
    """Make a table as a comparison prints it: groups of ten plans or more, met and not met."""
    groups = random.randint(3, 8)
    counts: dict[Place, int] = {}
    for group in range(groups):
        plans, share = random.randint(10, 60), random.uniform(0.15, 0.85)
        met = sum(random.random() < share for _ in range(plans))
        counts |= {(group, 0): met, (group, 1): plans - met}
    return CountTable((groups, 2), counts)


def equations(sizes: tuple[int, ...]) -> list[tuple[Place, tuple[Place, ...]]]:
    """Return each margin with the places it sums, along one dimension at a time."""
    found = []
    for axis, size in enumerate(sizes):
        rest = [range(each + 1) for number, each in enumerate(sizes) if number != axis]
        for other in product(*rest):
            line = [(*other[:axis], index, *other[axis:]) for index in range(size + 1)]
            found.append((line[-1], tuple(line[:-1])))
    return found


def recovered(table: CountTable, hidden: frozenset[Place]) -> set[Place]:
    """Return the hidden places whose count the reader knows, exactly or to within two."""
    cells = table.with_margins()
    if len(table.sizes) == 2:
        bounds = {place: _flow_bounds(cells, table.sizes, hidden, place) for place in hidden}
    else:
        bounds = _pushed_bounds(cells, table.sizes, hidden)
        for place in _fixed(table.sizes, hidden):
            bounds[place] = (cells[place], cells[place])
    return {place for place, (low, high) in bounds.items() if high - low <= 2 * WITHIN}


def _pushed_bounds(
    cells: Mapping[Place, int], sizes: tuple[int, ...], hidden: frozenset[Place]
) -> dict[Place, tuple[int, int]]:
    bounds = dict.fromkeys(hidden, (1, UNBOUNDED))

    def of(place: Place) -> tuple[int, int]:
        return bounds.get(place, (cells[place], cells[place]))

    sums = equations(sizes)
    for _ in range(60):
        before = dict(bounds)
        for total, parts in sums:
            low, high = of(total)
            lows = sum(of(part)[0] for part in parts)
            highs = sum(of(part)[1] for part in parts)
            if total in bounds:
                bounds[total] = (max(low, lows), min(high, highs))
            low, high = of(total)
            for part in parts:
                if part in bounds:
                    least, most = bounds[part]
                    bounds[part] = (
                        max(least, low - (highs - most)) if highs < UNBOUNDED else least,
                        min(most, high - (lows - least)),
                    )
        if bounds == before:
            break
    return bounds


def _fixed(sizes: tuple[int, ...], hidden: frozenset[Place]) -> set[Place]:
    """Return the hidden places that the printed sums determine, by exact elimination."""
    places = sorted(hidden)
    columns = {place: number for number, place in enumerate(places)}
    reduced: list[dict[int, Fraction]] = []
    for total, parts in equations(sizes):
        row = {columns[part]: Fraction(1) for part in parts if part in columns}
        if total in columns:
            row[columns[total]] = Fraction(-1)
        for known in reduced:
            _eliminate(row, known)
        if row:
            for known in reduced:
                _eliminate(known, row)
            reduced.append(row)
    return {places[min(row)] for row in reduced if len(row) == 1}


def _eliminate(row: dict[int, Fraction], known: dict[int, Fraction]) -> None:
    """Take the leading column of a known row out of another."""
    pivot = min(known)
    if pivot not in row:
        return
    factor = row[pivot] / known[pivot]
    for column, value in known.items():
        left = row.get(column, Fraction(0)) - factor * value
        if left:
            row[column] = left
        else:
            row.pop(column, None)


def _flow_bounds(
    cells: Mapping[Place, int], sizes: tuple[int, int], hidden: frozenset[Place], place: Place
) -> tuple[int, int]:
    """Return the least and the most a hidden count can be, the rest of the page the same.

    Rows and columns are nodes. A cell is an arc from its row to its column; the total of a row is
    an arc back from the column of totals: raising it goes with raising a cell of the row.
    """
    count = cells[place]
    up = _most_flow(cells, sizes, hidden, place, raising=True)
    down = _most_flow(cells, sizes, hidden, place, raising=False)
    return max(1, count - min(down, count - 1)), count + up


def _arc(place: Place, sizes: tuple[int, int]) -> tuple[str, str]:
    row, column = f"r{place[0]}", f"c{place[1]}"
    totals = sum(index == size for index, size in zip(place, sizes, strict=True))
    return (row, column) if totals != 1 else (column, row)


def _most_flow(
    cells: Mapping[Place, int],
    sizes: tuple[int, int],
    hidden: frozenset[Place],
    place: Place,
    *,
    raising: bool,
) -> int:
    room: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for each in hidden - {place}:
        start, end = _arc(each, sizes)
        room[start][end] += UNBOUNDED
        room[end][start] += cells[each] - 1
    start, end = _arc(place, sizes)
    source, sink = (end, start) if raising else (start, end)
    most = UNBOUNDED if raising else cells[place] - 1
    flow = 0
    while flow < most:
        came: dict[str, str] = {source: ""}
        queue = deque([source])
        while queue and sink not in came:
            node = queue.popleft()
            for other, left in room[node].items():
                if left > 0 and other not in came:
                    came[other] = node
                    queue.append(other)
        if sink not in came:
            break
        path = []
        node = sink
        while came[node]:
            path.append((came[node], node))
            node = came[node]
        step = min(*(room[one][other] for one, other in path), most - flow)
        for one, other in path:
            room[one][other] -= step
            room[other][one] += step
        flow += step
    return flow
