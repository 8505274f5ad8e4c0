"""What a line of shares over time says: a change that chance does not explain, or none."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any, Final, Literal

from ehcp_audit.domain.periods import GRANULARITIES, period_of_key
from ehcp_audit.statistics.chance import chance_of_signal
from ehcp_audit.statistics.control_chart import (
    SHOWN_FROM,
    ChartOptions,
    ControlChart,
    Kind,
)
from ehcp_audit.statistics.laney import laney_chart, sigma_z
from ehcp_audit.statistics.pchart import p_chart
from ehcp_audit.statistics.rules import Run
from ehcp_audit.statistics.verdicts import Assurance, Good, Variation, assurance, mixed, variation
from ehcp_audit.statistics.xmr import xmr_chart
from ehcp_audit.trends.shares import Share, pooled_share
from ehcp_audit.trends.spans import TrendPeriod

Verdict = Literal["improving", "worsening", "changing", "mixed", "no real change", "too soon"]

_LARGE: Final = 100  # plans a period, on average, from which over-dispersion is looked for


@dataclass(frozen=True)
class Rebase:
    """A recorded decision that from a period on a line has a new centre and new limits."""

    from_period: str
    reason: str


@dataclass(frozen=True)
class Signals:
    """What one line says.

    Attributes:
        chart: centre, limits and signals, one point a period; part periods and gaps have none.
        shares: the share of each period that takes part; 0 of 0 elsewhere.
        good: which direction is wanted.
        called: whether the line's signals are called, as only those of the first page are;
            elsewhere one that fires is worth a look.
        verdict: what to say of the line as it stands at `latest`.
        variation: the same in the words of Making Data Count; None while it is too soon.
        assurance: whether the target will be met; None without one, and while it is too soon.
        latest: the index of the last period that takes part; None where none does.
        run: the points that fire the leading rule at `latest`.
        against: the leading run in the other direction, where `verdict` is mixed.
        before: all plans of the segment before `run` began; None where it began with it.
        halves: the plans of the earlier and of the later periods, to compare while it is too
            soon; None under two periods.
        rebases: the decisions that the line's segments rest on.
    """

    chart: ControlChart
    shares: tuple[Share, ...]
    good: Good
    called: bool
    verdict: Verdict
    variation: Variation | None
    assurance: Assurance | None
    latest: int | None
    run: Run | None
    against: Run | None
    before: Share | None
    halves: tuple[Share, Share] | None
    rebases: tuple[Rebase, ...]

    @property
    def since(self) -> int | None:
        """The index of the period in which the run began."""
        return self.run.points[0] if self.run else None

    @property
    def average_before(self) -> Fraction | None:
        """The average before the run began; the centre where it began with the segment."""
        return self.before.value if self.before else self.chart.centre

    @property
    def worth_a_look(self) -> bool:
        """Whether a rule fires at the latest period of a line that is not called."""
        return self.run is not None and not self.called

    @property
    def chance(self) -> float:
        """How likely such a chart is to signal somewhere although nothing changed."""
        return chance_of_signal(self.chart.kind, self.chart.latest.counted)


def line_signals(
    shares: Sequence[Share],
    periods: Sequence[TrendPeriod],
    *,
    good: Good = "up",
    target: Fraction | None = None,
    rebases: Sequence[Rebase] = (),
    called: bool = False,
    per_plan: bool = True,
) -> Signals:
    """Return what a line of shares says, one share a period.

    A period that is part, and one without plans, takes no part. The rules are those of Making
    Data Count, from 13 periods. The chart is the one of `chart_kind`; where a share's trials are
    not plans (`per_plan` is false), they go together within a plan, no binomial limit holds, and
    the chart is XmR. Raises ValueError where shares and periods differ in number, and for none.
    """
    taking_part = tuple(
        Share(0, 0) if period.part else share for share, period in zip(shares, periods, strict=True)
    )
    starts = _starts(rebases, periods)
    options = ChartOptions(rebase_at=tuple(starts))
    first = max(starts, default=0)
    kind = chart_kind(taking_part[first:]) if per_plan else "xmr"
    chart = _chart(kind, taking_part, options)
    latest = chart.last
    speaks = latest is not None and latest >= chart.latest.start and chart.latest.shown
    runs = chart.runs_at(latest) if latest is not None and speaks else ()
    run = runs[0] if runs else None
    opposite = next((each for each in runs if run and each.up != run.up), None)
    return Signals(
        chart=chart,
        shares=taking_part,
        good=good,
        called=called,
        verdict=_verdict(chart, good),
        variation=variation(chart, good),
        assurance=None if target is None else assurance(chart, target, good),
        latest=latest,
        run=run,
        against=opposite,
        before=_before(taking_part, chart.latest.start, run),
        halves=_halves(taking_part[first:]),
        rebases=tuple(starts.values()),
    )


def chart_kind(shares: Sequence[Share]) -> Kind:
    """Return the kind of chart for shares: p, or Laney's p′ where large totals over-disperse.

    p′ where a hundred plans or more stand behind a period on average, and σz lies above what
    chance alone gives in 95% of series: 1 + 1.6 / √(k − 1) for k periods (σz is a mean of k − 1
    moving ranges, whose relative standard error is about 0.96 / √(k − 1); Minitab's diagnostic
    of p-charts bounds its ratio likewise). A few dozen plans hide any over-dispersion, and
    limits widened by an estimate from so few would hide changes as well.
    """
    counted = [share for share in shares if share.total]
    plans = sum(share.total for share in counted)
    if len(counted) < SHOWN_FROM or plans < _LARGE * len(counted):
        return "p"
    width = sigma_z(
        [share.count for share in counted],
        [share.total for share in counted],
        range(len(counted)),
    )
    bound = 1 + 1.6 / math.sqrt(len(counted) - 1)
    return "laney" if width is not None and width > bound else "p"


def recorded_rebases(measure: str, bodies: Iterable[Mapping[str, Any]]) -> tuple[Rebase, ...]:
    """Return a measure's `baseline_rebased` decisions, by period; the newest of each counts.

    `bodies` are the bodies of those events, oldest first.
    """
    found = {
        str(body["from_period"]): Rebase(str(body["from_period"]), str(body.get("reason", "")))
        for body in bodies
        if body.get("measure") == measure
    }
    return tuple(found[key] for key in sorted(found, key=_first_day))


def expected_by_chance(lines: Iterable[Signals]) -> float:
    """Return how many of the lines would signal somewhere if nothing had changed in any."""
    return sum(line.chance for line in lines)


def _chart(kind: Kind, shares: Sequence[Share], options: ChartOptions) -> ControlChart:
    if kind == "xmr":
        return xmr_chart([share.value for share in shares], options, share=True)
    make = p_chart if kind == "p" else laney_chart
    return make([share.count for share in shares], [share.total for share in shares], options)


def _starts(rebases: Sequence[Rebase], periods: Sequence[TrendPeriod]) -> dict[int, Rebase]:
    """Return at which period each decision begins a new segment; those outside are left out."""
    starts: dict[int, Rebase] = {}
    for rebase in rebases:
        day = _first_day(rebase.from_period)
        index = sum(each.period.first < day for each in periods)
        if 0 < index < len(periods):
            starts[index] = rebase
    return dict(sorted(starts.items()))


def _first_day(key: str) -> date:
    """Return the first day of a period, whatever its length; raises ValueError for no period."""
    for granularity in GRANULARITIES:
        try:
            return period_of_key(key, granularity).first
        except ValueError:
            continue
    message = f"{key!r} is not the key of a period"
    raise ValueError(message)


def _verdict(chart: ControlChart, good: Good) -> Verdict:
    word = variation(chart, good)
    if word is None:
        return "too soon"
    if word == "common cause":
        return "no real change"
    if mixed(chart):
        return "mixed"
    if word == "change":
        return "changing"
    return "improving" if word == "improvement" else "worsening"


def _before(shares: Sequence[Share], start: int, run: Run | None) -> Share | None:
    if run is None:
        return None
    earlier = pooled_share(shares[start : run.points[0]])
    return earlier if earlier.total else None


def _halves(shares: Sequence[Share]) -> tuple[Share, Share] | None:
    counted = [share for share in shares if share.total]
    if len(counted) < 2:  # noqa: PLR2004
        return None
    middle = len(counted) // 2
    return pooled_share(counted[:middle]), pooled_share(counted[middle:])
