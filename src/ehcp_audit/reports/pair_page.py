"""Two groups or two periods side by side; a difference is told with what chance explains."""

from __future__ import annotations

import math
from fractions import Fraction
from typing import Final

from ehcp_audit.domain.dates import show_date
from ehcp_audit.reports.asked import OWN_GRADES
from ehcp_audit.reports.cells import Cells
from ehcp_audit.reports.model import (
    Column,
    Measure,
    Note,
    Paragraph,
    Report,
    Section,
    Table,
)
from ehcp_audit.reports.page_facts import PageFacts, banners, foot
from ehcp_audit.reports.share_figures import share_figure
from ehcp_audit.reports.wording import NONE, counted, for_programs, plain
from ehcp_audit.statistics.intervals import Interval
from ehcp_audit.trends.pairs import Pair, PairLine

_IN_WORDS: Final = {
    "higher": "the first is higher",
    "lower": "the first is lower",
    "chance": "may be chance alone",
    "nothing": "nothing to compare",
}


def pair_report(figures: Pair, facts: PageFacts) -> Report:
    """Put two groups or periods side by side."""
    cells = facts.cells
    names = [plain(side.name) for side in figures.sides]
    told = [
        f"{name}: {counted(number, 'plan')}, {show_date(days.first)} to {show_date(days.last)}."
        for name, number, days in zip(names, figures.audits, figures.windows, strict=True)
    ]
    notes = []
    if figures.in_both:
        verb = "is" if figures.in_both == 1 else "are"
        notes.append(
            f"{counted(figures.in_both, 'plan')} {verb} in both, so the two are not independent "
            "and the ranges are only a guide."
        )
    if figures.part:
        notes.append("One of the periods is not over yet.")
    tried = sum(line.range is not None for line in figures.lines)
    notes.append(
        f"Of {counted(tried, 'comparison')} like these about {tried * 0.05:.1f} would look "
        "different by chance if nothing were."
    )
    return Report(
        kind="pair",
        title=f"EHC plan audits: {names[0]} and {names[1]}",
        subtitle=tuple(filter(None, [plain(facts.area)])),
        banners=banners(facts),
        sections=(
            Section("What is compared", tuple(Paragraph(each) for each in (OWN_GRADES, *told))),
            Section("Side by side", (_table(figures, cells, names), *map(Note, notes))),
        ),
        definitions=(
            (
                "Difference",
                (
                    "The first share less the second, in percentage points, with its 95% range "
                    "(Newcombe's hybrid score interval). A range on both sides of 0 may be chance."
                ),
            ),
        ),
        foot=foot(figures.question, figures.rubrics, sum(figures.audits), facts),
        measures=tuple(
            Measure(
                "pair",
                plain(line.measure.id),
                plain(line.measure.title),
                (),
                tuple(
                    share_figure(name, share)
                    for name, share in zip(names, (line.first, line.second), strict=True)
                ),
            )
            for line in figures.lines
        ),
        data={
            "differences": {
                plain(line.measure.id): None
                if line.range is None
                else [for_programs(line.range.low), for_programs(line.range.high)]
                for line in figures.lines
            },
        },
    )


def _table(figures: Pair, cells: Cells, names: list[str]) -> Table:
    columns = (
        Column("Measure"),
        Column(names[0], "right"),
        Column(names[1], "right"),
        Column("Difference", "right"),
        Column("In words"),
    )
    rows = tuple(
        (
            plain(line.measure.title),
            cells.with_counts(line.first),
            cells.with_counts(line.second),
            _points(line),
            _IN_WORDS[line.standing] if not _few(line, cells) else "too few to say",
        )
        for line in figures.lines
    )
    return Table(columns, rows)


def _few(line: PairLine, cells: Cells) -> bool:
    return cells.is_few(line.first) or cells.is_few(line.second)


def _points(line: PairLine) -> str:
    """Return the difference in whole points with its range, rounded half away from 0 once."""
    if line.range is None or line.first.value is None or line.second.value is None:
        return NONE
    low, high = _whole(line.range)
    return f"{_rounded(line.first.value - line.second.value):+d}\n({low:+d} to {high:+d})"


def _whole(interval: Interval) -> tuple[int, int]:
    return _rounded(interval.low), _rounded(interval.high)


def _rounded(share: Fraction | float) -> int:
    whole = math.floor(abs(Fraction(share)) * 100 + Fraction(1, 2))
    return whole if share >= 0 else -whole
