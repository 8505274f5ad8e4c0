"""A share as a figure for programs."""

from __future__ import annotations

from ehcp_audit.reports.model import Figure
from ehcp_audit.reports.wording import for_programs, ranged, share_words
from ehcp_audit.trends.lines import MeasureLine
from ehcp_audit.trends.shares import Share

HIDDEN = "c"


def share_figure(
    key: str, share: Share, *, part: bool = False, with_range: bool = True, hidden: bool = False
) -> Figure:
    """Return the figure of a share under a key; what is hidden has no numbers at all.

    A share of something other than plans has no range (`with_range` false).
    """
    if hidden:
        return Figure(key, None, 0, shown=HIDDEN, part=part)
    interval = share.interval if with_range else None
    worded = ranged(share) if with_range else share_words(share)
    return Figure(
        period=key,
        x=share.count,
        n=share.total,
        share=None if share.value is None else for_programs(share.value),
        low=None if interval is None else for_programs(interval.low),
        high=None if interval is None else for_programs(interval.high),
        shown="" if share.value is None else worded,
        part=part,
    )


def line_figures(line: MeasureLine) -> tuple[Figure, ...]:
    """Return a line's figures, one a period; what is withheld has no numbers."""
    return tuple(
        share_figure(
            point.period.period.key,
            point.share,
            part=point.period.part,
            with_range=line.measure.per_plan,
            hidden=point.withheld,
        )
        for point in line.points
    )
