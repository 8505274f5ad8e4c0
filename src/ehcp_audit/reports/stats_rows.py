"""The rows of statistics pages: what a file calls them, and how many of a long one are listed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, Final

from ehcp_audit.reports.model import Block, Column, Paragraph, Table
from ehcp_audit.reports.wording import NONE, counted, percent_words, plain
from ehcp_audit.statistics.intervals import Interval

Options = Mapping[str, Any]
LISTED: Final = 200  # rows; of a longer file only what stands out, or the first, is listed


@dataclass(frozen=True)
class Named:
    """Where the numbers come from, and what its rows are called (empty texts: nothing)."""

    source: str
    labels: tuple[str, ...]
    counts: tuple[int | None, ...] = ()
    totals: tuple[int | None, ...] = ()

    @cached_property
    def labelled(self) -> bool:
        """Whether any row has a name."""
        return any(self.labels)


def listed_rows(
    columns: Sequence[Column],
    row: Callable[[int], tuple[str, ...]],
    number: int,
    *,
    word: str,
    stands_out: Callable[[int], bool] | None = None,
) -> tuple[Block, ...]:
    """Return a table of `number` rows, and a sentence on what a long file leaves to --json.

    `row` makes the cells of a row, counted from 0. Of a long file those that stand out are
    listed, and where nothing can, the first.
    """
    places: Sequence[int] = range(number)
    blocks: list[Block] = []
    if number > LISTED:
        if stands_out is not None:
            places = [place for place in places if stands_out(place)]
        told = (
            f"Of {counted(number, word)} {len(places):,} stand out"
            if stands_out is not None
            else f"There are {counted(number, word)}"
        )
        cut = f"; the first {LISTED} are listed" if len(places) > LISTED else ""
        blocks.append(Paragraph(f"{told}{cut}. --json gives all."))
    shown = tuple(row(place) for place in places[:LISTED])
    return (*blocks, Table(tuple(columns), shown)) if shown else tuple(blocks)


def point_data(number: int, named: Named, value: Fraction | None) -> dict[str, Any]:
    """Return what programs are told of a row: index from 1, label, count and total, value."""
    point: dict[str, Any] = {"index": number + 1}
    if named.labelled:
        point["label"] = named.labels[number]
    if named.totals:
        point |= {"count": named.counts[number], "total": named.totals[number]}
    return point | {"value": number_data(value)}


def ends(share: Fraction | None, interval: Interval | None) -> dict[str, float | None]:
    """Return a share and the ends of its interval, for programs."""
    low, high = interval_data(interval) or (None, None)
    return {"share": number_data(share), "low": low, "high": high}


def interval_data(interval: Interval | None) -> list[float] | None:
    """Return an interval as its two ends, for programs."""
    return None if interval is None else [interval.low, interval.high]


def number_data(value: Fraction | None) -> float | None:
    """Return a value for programs, in full."""
    return None if value is None else float(value)


def head_columns(named: Named, title: str) -> tuple[Column, ...]:
    """Return the columns that say which row it is: its name where it has one, and its number."""
    number = Column("No.", "right")
    return (Column(title), number) if named.labelled else (number,)


def row_head(number: int, named: Named) -> tuple[str, ...]:
    """Return the cells under `head_columns` of a row, counted from 0."""
    index = f"{number + 1:,}"
    return (plain(named.labels[number]), index) if named.labelled else (index,)


def of_total(number: int, named: Named) -> str:
    """Return a row's count of its total, such as 40 of 60; a dash at a gap."""
    count, total = named.counts[number], named.totals[number]
    return f"{count:,} of {total:,}" if count is not None and total else NONE


def range_cell(interval: Interval | None) -> str:
    """Return an interval of shares as percentages, such as 54.1–77.3%; a dash for none."""
    if interval is None:
        return NONE
    low, high = percent_words(interval.low, 1), percent_words(interval.high, 1)
    return f"{low.removesuffix('%')}–{high}"
