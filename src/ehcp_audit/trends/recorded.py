"""What was recorded about the workspace's figures: counts brought in, official figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

from ehcp_audit.domain.periods import Granularity, period_of, period_of_key
from ehcp_audit.trends.shares import Share, pooled_share

Body = Mapping[str, Any]


@dataclass(frozen=True)
class OfficialFigure:
    """The area's own published figure of a measure for a period, with its source and date.

    `count` and `total` are None where only the share was published.
    """

    measure: str
    period: str
    share: Fraction
    count: int | None
    total: int | None
    source: str
    dated: date


@dataclass(frozen=True)
class CountBroughtIn:
    """Earlier audits of a month as a count; a total of 0 takes an earlier count back."""

    rubric_id: str
    measure: str
    month: str
    share: Share
    source: str


def official_figures(bodies: Iterable[Body]) -> tuple[OfficialFigure, ...]:
    """Return the official figures, newest period last; the last typed for a period counts.

    `bodies` are those of the `official_figure_given` events, oldest first.
    """
    found: dict[tuple[str, str], OfficialFigure] = {}
    for body in bodies:
        figure = OfficialFigure(
            measure=str(body["measure"]),
            period=str(body["period"]),
            share=Fraction(str(body["share"])),
            count=body["count"],
            total=body["total"],
            source=str(body["source"]),
            dated=date.fromisoformat(body["date"]),
        )
        found[figure.measure, figure.period] = figure
    return tuple(sorted(found.values(), key=lambda each: (each.measure, each.period)))


def counts_brought_in(bodies: Iterable[Body], rubric_id: str) -> tuple[CountBroughtIn, ...]:
    """Return the counts brought in for a rubric, by measure and month; the last of each counts.

    `bodies` are those of the `counts_brought_in` events, oldest first.
    """
    found: dict[tuple[str, str], CountBroughtIn] = {}
    for body in bodies:
        if body["rubric_id"] == rubric_id:
            share = Share(int(body["count"]), int(body["total"]))
            count = CountBroughtIn(
                rubric_id, str(body["measure"]), str(body["period"]), share, str(body["source"])
            )
            found[count.measure, count.month] = count
    ordered = sorted(found.values(), key=lambda each: (each.measure, each.month))
    return tuple(count for count in ordered if count.share.total)


def brought_in_by_period(
    counts: Iterable[CountBroughtIn],
    granularity: Granularity,
    months_with_audits: Iterable[str],
    first: date | None = None,
    last: date | None = None,
) -> dict[str, dict[str, Share]]:
    """Return what was brought in by measure and period key, for months without an audit here.

    `first` and `last` bound the days asked for: a month counts if it lies between them whole.
    """
    own = set(months_with_audits)
    grouped: dict[str, dict[str, list[Share]]] = {}
    for count in counts:
        month = period_of_key(count.month, "month")
        within = (first is None or first <= month.first) and (last is None or month.last <= last)
        if count.month not in own and within:
            key = period_of(month.first, granularity).key
            grouped.setdefault(count.measure, {}).setdefault(key, []).append(count.share)
    return {
        measure: {key: pooled_share(shares) for key, shares in periods.items()}
        for measure, periods in grouped.items()
    }
