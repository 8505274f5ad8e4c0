"""No hidden count can be worked out from what is printed beside it."""

from __future__ import annotations

import os
from itertools import product
from random import Random

import pytest
from tests.disclosure.attack import equations, random_table, recovered, typical_table

from ehcp_audit.trends.suppression import HIDE_UP_TO, CountTable, Place, hidden_cells, ranges

TABLES = int(os.environ.get("EHCP_AUDIT_TABLES", "500"))


def rows(*counts: tuple[int, ...]) -> CountTable:
    return CountTable(
        (len(counts), len(counts[0])),
        {(r, c): count for r, row in enumerate(counts) for c, count in enumerate(row)},
    )


def primary_only(table: CountTable) -> frozenset[Place]:
    """The broken variant: hides small counts and nothing else."""
    cells = table.with_margins()
    return frozenset(place for place, count in cells.items() if 0 < count <= HIDE_UP_TO)


def test_margins_are_the_sums_of_their_cells() -> None:
    cells = rows((3, 17), (20, 20)).with_margins()
    assert (cells[0, 2], cells[2, 0], cells[2, 2]) == (20, 23, 60)
    for total, parts in equations((2, 2)):
        assert cells[total] == sum(cells[part] for part in parts)


def test_a_small_count_hides_with_enough_others_and_no_more() -> None:
    assert hidden_cells(rows((3, 17), (20, 20), (30, 9)), margins_shown=True) == frozenset(
        {(0, 0), (0, 1), (2, 0), (2, 1)}
    )
    assert hidden_cells(rows((13, 17), (20, 20))) == frozenset()


def test_a_true_nought_stays_and_never_shields_another() -> None:
    hidden = hidden_cells(rows((3, 0, 20), (0, 9, 30), (12, 8, 25)), margins_shown=True)
    assert hidden is not None
    assert not {(0, 1), (1, 0)} & hidden
    assert not recovered(rows((3, 0, 20), (0, 9, 30), (12, 8, 25)), hidden)


def test_a_table_that_cannot_be_made_safe_is_not_printed() -> None:
    assert hidden_cells(rows((3, 0), (0, 20)), margins_shown=True) is None


def test_a_list_of_counts_with_its_total_is_a_table_too() -> None:
    table = CountTable((3,), {(0,): 2, (1,): 40, (2,): 9})
    assert hidden_cells(table) == frozenset({(0,), (2,)})
    assert ranges(table, frozenset({(0,), (2,)}))[0,].low == 1


def test_the_ranges_proved_lie_within_the_exact_bounds() -> None:
    """Brute force: every whole table with the same print is looked at."""
    table = rows((2, 7), (6, 9))
    hidden = hidden_cells(table, margins_shown=True)
    assert hidden is not None
    cells = table.with_margins()
    possible: dict[Place, set[int]] = {place: set() for place in hidden}
    for counts in product(range(1, 16), repeat=4):
        other = rows(counts[:2], counts[2:]).with_margins()
        if all(other[place] == cells[place] for place in cells if place not in hidden):
            for place in hidden:
                possible[place].add(other[place])
    for place, proved in ranges(table, hidden).items():
        assert set(range(proved.low, proved.high + 1)) <= possible[place]
        assert (min(possible[place]), max(possible[place])) == (proved.low, proved.high)


@pytest.mark.parametrize("margins_shown", [False, True])
def test_nobody_works_a_hidden_count_out_of_random_tables(margins_shown: bool) -> None:
    random = Random(f"tables {margins_shown}")
    printed = shown = cells = 0
    for number in range(TABLES // 2):
        table = random_table(random, (2, 2, 2, 1, 3)[number % 5])
        hidden = hidden_cells(table, margins_shown=margins_shown)
        if hidden is None:
            continue
        printed += 1
        assert not recovered(table, hidden), (table, hidden)
        every = table.with_margins()
        for place, proved in ranges(table, hidden).items():
            if every[place] <= HIDE_UP_TO:
                assert proved.low == 1
                assert proved.high > HIDE_UP_TO
            else:
                assert proved.high - proved.low >= HIDE_UP_TO
        cells += len(every)
        shown += len(every) - len(hidden)
    assert printed > TABLES // 8
    print(f"{printed} of {TABLES // 2} tables printed, {shown / cells:.0%} of their cells shown")  # noqa: T201


def test_of_the_tables_that_are_printed_most_is_shown() -> None:
    """Groups of ten plans or more: nine tables in ten print, eight cells in ten shown."""
    random = Random("typical")
    printed = shown = cells = 0
    for _ in range(200):
        table = typical_table(random)
        hidden = hidden_cells(table, margins_shown=True)
        if hidden is not None:
            assert not recovered(table, hidden)
            every = table.with_margins()
            printed, cells = printed + 1, cells + len(every)
            shown += len(every) - len(hidden)
    assert printed >= 180
    assert shown / cells >= 0.8


def test_the_attack_finds_what_is_hidden_without_a_second_cell() -> None:
    random = Random("broken")
    found = 0
    for number in range(60):
        table = random_table(random, (2, 1, 3)[number % 3])
        found += bool(recovered(table, primary_only(table)))
    assert found > 30


def test_the_attack_is_not_fooled_by_a_single_hidden_margin() -> None:
    table = rows((2, 30), (20, 20))
    assert recovered(table, frozenset({(0, 0), (0, 2)})) == {(0, 0), (0, 2)}


def test_counts_below_nought_and_no_threshold_are_refused() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        hidden_cells(rows((-1, 2), (3, 4)))
    with pytest.raises(ValueError, match="0 or more"):
        hidden_cells(rows((1, 2), (3, 4)), hide_up_to=0)
