"""The pages of funnels and of Wilson intervals of an analyst's own numbers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from ehcp_audit.reports.model import Column, Report, Section
from ehcp_audit.reports.stats_rows import (
    Named,
    Options,
    ends,
    head_columns,
    interval_data,
    listed_rows,
    number_data,
    of_total,
    point_data,
    range_cell,
    row_head,
)
from ehcp_audit.reports.wording import GAP, NONE, counted, percent_words, plain
from ehcp_audit.statistics.funnel import POSITIONS, Funnel
from ehcp_audit.statistics.intervals import Interval

_OF = Column("Of", "right")
_SHARE = Column("Share", "right")


def funnel_report(
    found: Funnel, intervals: Sequence[Interval | None], named: Named, options: Options
) -> Report:
    """Return the page of a funnel: each group's share, its limits and where it lies."""
    points = found.points

    def row(number: int) -> tuple[str, ...]:
        point = points[number]
        return (
            *row_head(number, named),
            of_total(number, named),
            GAP if point.share is None else percent_words(point.share, 1),
            range_cell(point.usual),
            range_cell(point.wide),
            point.position or NONE,
        )

    columns = (
        *head_columns(named, "Group"),
        _OF,
        _SHARE,
        Column("95% limits", "right"),
        Column("99.8% limits", "right"),
        Column("Position"),
    )
    rows = listed_rows(
        columns,
        row,
        len(points),
        word="group",
        stands_out=lambda number: points[number].position not in {"within", None},
    )
    centre = NONE if found.centre is None else percent_words(found.centre, 1)
    return Report(
        kind="statistics",
        title=f"Funnel of {plain(named.source)}",
        subtitle=(
            f"{counted(len(points), 'group')} around {centre}, the share of all of them.",
            f"{str(options['limits']).capitalize()} binomial limits; nothing is ranked.",
        ),
        banners=(),
        sections=(Section("Groups", rows),),
        definitions=tuple(POSITIONS.items()),
        data={
            "chart": "funnel",
            "options": dict(options),
            "centre": number_data(found.centre),
            "limits_95": [interval_data(point.usual) for point in points],
            "limits_998": [interval_data(point.wide) for point in points],
            "points": [
                point_data(number, named, point.share)
                | ends(point.share, interval)
                | {"position": point.position}
                for number, (point, interval) in enumerate(zip(points, intervals, strict=True))
            ],
        },
    )


def wilson_report(
    shares: Sequence[Fraction | None],
    intervals: Sequence[Interval | None],
    named: Named,
    options: Options,
) -> Report:
    """Return the page of Wilson intervals, one a row."""

    def row(number: int) -> tuple[str, ...]:
        share = shares[number]
        return (
            *row_head(number, named),
            of_total(number, named),
            GAP if share is None else percent_words(share, 1),
            range_cell(intervals[number]),
        )

    confidence = f"{100 * options['confidence']:.4g}%"
    columns = (*head_columns(named, "Row"), _OF, _SHARE, Column(f"{confidence} range", "right"))
    return Report(
        kind="statistics",
        title=f"Wilson intervals of {plain(named.source)}",
        subtitle=(f"{counted(len(shares), 'share')}, each with its {confidence} score interval.",),
        banners=(),
        sections=(Section("Shares", listed_rows(columns, row, len(shares), word="row")),),
        data={
            "chart": "wilson",
            "options": dict(options),
            "points": [
                point_data(number, named, share) | ends(share, interval)
                for number, (share, interval) in enumerate(zip(shares, intervals, strict=True))
            ],
        },
    )
