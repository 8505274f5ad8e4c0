"""One measure over time: a share a period, from counted audits and figures brought in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ehcp_audit.domain.questions import CountedAudit, Question
from ehcp_audit.trends.measures import Measure
from ehcp_audit.trends.shares import Share, pooled_share
from ehcp_audit.trends.spans import TrendPeriod, is_part, periods_asked


@dataclass(frozen=True)
class LinePoint:
    """One period of a measure.

    `brought_in` is the part of the share that earlier audits brought in as counts; `broken` is
    true where a period's audits are all of versions in which the measure means another thing;
    `withheld` where a release does not tell the share, which is then 0 of 0.
    """

    period: TrendPeriod
    share: Share
    brought_in: Share
    broken: bool = False
    withheld: bool = False

    @property
    def whole(self) -> bool:
        """Whether the period is over, uncut and has something to count: what signals rest on."""
        return not self.period.part and (self.share.total > 0 or self.withheld)


@dataclass(frozen=True)
class MeasureLine:
    """A measure, period by period; every period from the first to the last has a point."""

    measure: Measure
    points: tuple[LinePoint, ...]

    @property
    def whole(self) -> tuple[LinePoint, ...]:
        """The points that signals rest on."""
        return tuple(point for point in self.points if point.whole)

    @property
    def now(self) -> LinePoint | None:
        """The newest whole point."""
        return self.whole[-1] if self.whole else None

    @property
    def last(self) -> LinePoint | None:
        """The whole point before the newest."""
        return self.whole[-2] if len(self.whole) > 1 else None

    def pooled(self) -> Share:
        """Return all periods together, running ones among them."""
        return pooled_share(point.share for point in self.points)


# Shares brought in, by measure id and period key.
BroughtIn = Mapping[str, Mapping[str, Share]]


def periods_of(
    question: Question, audits: Iterable[CountedAudit], today: date, more: Iterable[str] = ()
) -> tuple[TrendPeriod, ...]:
    """Return every period from the first with an audit (or a key of `more`) to the last."""
    numbers: dict[str, int] = dict.fromkeys(more, 0)
    for audit in audits:
        numbers[audit.period] = numbers.get(audit.period, 0) + 1
    return tuple(
        TrendPeriod(period, numbers.get(period.key, 0), is_part(period, question, today))
        for period in periods_asked(question, numbers, today)
    )


def by_period(audits: Iterable[CountedAudit]) -> dict[str, list[CountedAudit]]:
    """Return the audits of each period, by its key."""
    grouped: dict[str, list[CountedAudit]] = {}
    for audit in audits:
        grouped.setdefault(audit.period, []).append(audit)
    return grouped


def measure_line(
    measure: Measure,
    periods: Sequence[TrendPeriod],
    audits: Mapping[str, Sequence[CountedAudit]],
    brought_in: Mapping[str, Share] | None = None,
) -> MeasureLine:
    """Return a measure over periods; `audits` and what was brought in are by period key."""
    nothing = Share(0, 0)

    def point(period: TrendPeriod) -> LinePoint:
        counted = audits.get(period.period.key, ())
        earlier = (brought_in or {}).get(period.period.key, nothing)
        own = measure.share(counted)
        broken = bool(counted) and not any(a.rubric_hash in measure.versions for a in counted)
        return LinePoint(period, pooled_share((own, earlier)), earlier, broken)

    return MeasureLine(measure, tuple(point(period) for period in periods))


def withhold(line: MeasureLine, fewest: int) -> MeasureLine:
    """Return a line for release: no point of fewer plans than `fewest`, nor its smaller neighbour.

    Longer totals are printed elsewhere, and taking the other periods from them would leave a
    single one that is withheld; of two neighbours it leaves only the sum.
    """
    points = line.points
    small = {n for n, point in enumerate(points) if 0 < point.share.total < fewest}
    for number in sorted(small):
        beside = [n for n in (number - 1, number + 1) if 0 <= n < len(points)]
        if not any(n in small for n in beside):
            told = [n for n in beside if points[n].share.total] or _nearest(points, number)
            small |= set(sorted(told, key=lambda n: points[n].share.total)[:1])
    nothing = Share(0, 0)
    return replace(
        line,
        points=tuple(
            replace(point, share=nothing, brought_in=nothing, withheld=True)
            if number in small
            else point
            for number, point in enumerate(points)
        ),
    )


def _nearest(points: Sequence[LinePoint], number: int) -> list[int]:
    told = [n for n, point in enumerate(points) if point.share.total and n != number]
    return sorted(told, key=lambda n: abs(n - number))[:1]
