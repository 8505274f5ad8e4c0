"""The tables of a trend: a line a measure over all periods, and a row a period."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, TypeVar

from ehcp_audit.reports.asked import period_word
from ehcp_audit.reports.model import Column, Table
from ehcp_audit.reports.signal_words import worth_a_look
from ehcp_audit.reports.wording import (
    GAP,
    NONE,
    TOO_FEW,
    of_words,
    period_words,
    plain,
    ranged,
    share_words,
    sparkline,
)
from ehcp_audit.trends.shares import Share
from ehcp_audit.trends.trend import GradeLine, MetFigure, MetLine, Trend

FEW_MARK: Final = "†"
ALL_TOGETHER: Final = "All"
_ABREAST: Final = 4  # measures beside each other, so that a count and a share fit 80 columns
_T = TypeVar("_T")


@dataclass(frozen=True)
class TrendTables:
    """What every table of one trend shares.

    Attributes:
        trend: the figures.
        few: a share of fewer plans than this says little.
        places: decimals of pooled shares; None leaves them to the number of plans.
    """

    trend: Trend
    few: int
    places: int | None

    def is_few(self, share: Share) -> bool:
        """Whether the share rests on so few plans that it says little; nothing is not few."""
        return 0 < share.total < self.few

    def share_and_range(self, share: Share) -> str:
        """Return a share with its range, and “too few to say” on the line below where it is so."""
        shown = ranged(share, self.places)
        return f"{shown}\n{TOO_FEW}" if self.is_few(share) else shown

    def in_period(self, share: Share) -> str:
        """Return one period's share, to whole percents unless other places were asked for."""
        return share_words(share, self.places or 0)

    def grades_together(self, line: GradeLine) -> Table:
        """Return each grade over all periods: bars, share with range, counts."""
        rows = []
        for rank, title in enumerate(line.titles):
            shares = [point.shares[rank] for point in line.points]
            pooled = line.pooled.shares[rank]
            rows.append(self._line_row(plain(title), shares, pooled))
        return self._lines_table("Grade", "Share (95% range)", rows)

    def met_together(self, lines: Iterable[MetLine], first: str) -> Table:
        """Return themes or criteria over all periods, what could not be seen noted below each."""
        rows = [
            self._line_row(
                "\n  ".join([plain(line.name), *outside(line.pooled), *self.look(line)]),
                [point.met for point in line.points],
                line.pooled.met,
            )
            for line in lines
        ]
        return self._lines_table(first, "Met (95% range)", rows)

    def look(self, line: MetLine) -> tuple[str, ...]:
        """Return “Worth a look” and why, where a rule fires at the line's newest figure."""
        length = period_word(self.trend.question)
        words = worth_a_look(line.signals, [point.period for point in line.drawn], length)
        return (words,) if words else ()

    def _line_row(self, title: str, shares: Sequence[Share], pooled: Share) -> tuple[str, ...]:
        bars = (sparkline(shares),) if len(self.trend.periods) > 1 else ()
        return (title, *bars, self.share_and_range(pooled), of_words(pooled))

    def _lines_table(self, first: str, share: str, rows: Sequence[tuple[str, ...]]) -> Table:
        bars = (Column("Over time"),) if len(self.trend.periods) > 1 else ()
        columns = (Column(first), *bars, Column(share, "right"), Column("Plans", "right"))
        return Table(columns, tuple(rows), full_width=True)

    def grades_by_period(self, line: GradeLine) -> tuple[Table, ...]:
        """Return a row a period: each grade's share and count, then how many have a grade."""
        figures = (*line.points, line.pooled)

        def cells(row: int, ranks: Sequence[int]) -> list[str]:
            figure = figures[row]
            few = FEW_MARK if 0 < figure.graded < self.few else " "
            shares = [figure.shares[rank] for rank in ranks]
            return [
                *(
                    f"{self.in_period(share)} {share.count:>4}" if share.total else NONE
                    for share in shares
                ),
                f"{figure.graded:,}{few}",
                f"{figure.ungraded:,}",
            ]

        return tuple(
            self._period_table(
                [*(plain(line.titles[rank]) for rank in ranks), "Graded plans", "No grade"],
                partial(cells, ranks=ranks),
            )
            for ranks in _abreast(range(len(line.titles)))
        )

    def met_by_period(self, lines: Sequence[MetLine]) -> tuple[Table, ...]:
        """Return a row a period and a column a line: share and counts."""

        def cells(row: int, group: Sequence[MetLine]) -> list[str]:
            return [self._met_cell((*each.points, each.pooled)[row].met) for each in group]

        return tuple(
            self._period_table([plain(line.name) for line in group], partial(cells, group=group))
            for group in _abreast(lines)
        )

    def _met_cell(self, share: Share) -> str:
        if not share.total:
            return f"{NONE} "
        mark = FEW_MARK if self.is_few(share) else " "
        return f"{self.in_period(share)} {f'{share.count}/{share.total}':>5}{mark}"

    def _period_table(self, titles: Sequence[str], cells: Callable[[int], list[str]]) -> Table:
        periods = self.trend.periods
        first = Column(period_word(self.trend.question).capitalize())
        columns = (first, *(Column(title, "right") for title in titles))
        rows = [
            (period_words(period), *(cells(row) if period.audits else [f"{GAP} "] * len(titles)))
            for row, period in enumerate(periods)
        ]
        rows.append((ALL_TOGETHER, *cells(len(periods))))
        return Table(columns, tuple(rows), total_row=True)


def outside(figure: MetFigure) -> tuple[str, ...]:
    """Return what stands outside a share, in a few words; nothing where nothing does."""
    parts = []
    if figure.not_evidenced:
        parts.append(f"{figure.not_evidenced:,} not seen")
    if figure.not_applicable:
        parts.append(f"{figure.not_applicable:,} n/a")
    return (", ".join(parts),) if parts else ()


def _abreast(lines: Sequence[_T]) -> list[Sequence[_T]]:
    """Split lines evenly into as few groups as fit beside each other."""
    groups = -(-len(lines) // _ABREAST)
    return [lines[len(lines) * i // groups : len(lines) * (i + 1) // groups] for i in range(groups)]
