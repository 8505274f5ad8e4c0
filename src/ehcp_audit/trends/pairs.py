"""Two groups of audited plans, or two periods, side by side, with what chance explains."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Literal

from ehcp_audit.domain.facts import Fact, show_fact
from ehcp_audit.domain.periods import Period
from ehcp_audit.domain.questions import CountedAudit, Question
from ehcp_audit.domain.rubric import Rubric
from ehcp_audit.statistics.differences import difference
from ehcp_audit.statistics.intervals import Interval
from ehcp_audit.trends.asking import occurring, versions_used
from ehcp_audit.trends.lines import periods_of
from ehcp_audit.trends.measures import Measure, measures_of
from ehcp_audit.trends.shares import Share
from ehcp_audit.trends.spans import TrendPeriod
from ehcp_audit.trends.windows import Window, once_a_plan, recent_window, within

if TYPE_CHECKING:
    from ehcp_audit.store import Store

Standing = Literal["higher", "lower", "chance", "nothing"]


@dataclass(frozen=True)
class Side:
    """One of the two: a name, and the filters or the period that make it."""

    name: str
    filters: Mapping[str, tuple[str, ...]]
    period: Period | None = None

    @property
    def typed(self) -> str:
        """The side as commands take it: a period's key, or a fact with its values."""
        if self.period is not None:
            return self.period.key
        return " ".join(f"{fact}={','.join(values)}" for fact, values in self.filters.items())


@dataclass(frozen=True)
class PairLine:
    """A measure of both; `range` is the 95% range of the first share less the second."""

    measure: Measure
    first: Share
    second: Share
    range: Interval | None

    @property
    def standing(self) -> Standing:
        """How the first stands to the second: chance, unless the range leaves out no difference."""
        if self.range is None:
            return "nothing"
        if self.range.low > 0:
            return "higher"
        return "lower" if self.range.high < 0 else "chance"


@dataclass(frozen=True)
class Pair:
    """Two groups or periods; `in_both` counts the plans in each of them.

    `part` is whether one of the periods is not over yet.
    """

    question: Question
    rubrics: tuple[Rubric, ...]
    sides: tuple[Side, Side]
    windows: tuple[Window, Window]
    audits: tuple[int, int]
    in_both: int
    part: bool
    lines: tuple[PairLine, ...]


def group_sides(store: Store, fact: Fact) -> tuple[Side, ...]:
    """Return the groups that a fact makes of the plans here, to choose two from."""
    return tuple(
        Side(show_fact(fact, value), {fact.id: (value,)}) for value in occurring(store, fact)
    )


def period_sides(periods: Iterable[TrendPeriod]) -> tuple[Side, ...]:
    """Return the periods with audits, the newest first, to choose two from."""
    told = [each.period for each in periods if each.audits]
    return tuple(Side(period.label, {}, period) for period in reversed(told))


def pair(store: Store, question: Question, first: Side, second: Side, *, today: date) -> Pair:
    """Return grades, themes and agencies of both sides; a plan counts once in each.

    Without a period a side is of the days asked for, else of the last twelve months. Raises
    `UsageError` for an unknown rubric or fact.
    """
    rubrics = versions_used(store, question.rubric_id)
    shown = [m for m in measures_of(rubrics).values() if m.per_plan and _is_shown(m)]
    sides = [_side(store, question, each, shown, today) for each in (first, second)]
    (one, one_days), (other, other_days) = sides
    plans = {audit.plan for audit in one} & {audit.plan for audit in other}
    return Pair(
        question=question,
        rubrics=rubrics,
        sides=(first, second),
        windows=(one_days, other_days),
        audits=(len(one), len(other)),
        in_both=len(plans),
        part=any(s.period is not None and s.period.last >= today for s in (first, second)),
        lines=tuple(_line(each, each.share(one), each.share(other)) for each in shown),
    )


def _is_shown(measure: Measure) -> bool:
    return not measure.id.startswith(("criterion:", "review:", "on-time"))


def _side(
    store: Store, question: Question, side: Side, measures: list[Measure], today: date
) -> tuple[tuple[CountedAudit, ...], Window]:
    asked = replace(question, filters={**question.filters, **side.filters})
    if side.period is not None:
        asked = replace(asked, first=side.period.first, last=side.period.last)
    criteria = dict.fromkeys(one for measure in measures for one in measure.criteria)
    audits = store.counted_audits(asked, tuple(criteria)).audits
    window = recent_window(asked, periods_of(asked, audits, today), today)
    return once_a_plan(within(audits, window, asked.axis), asked.axis), window


def _line(measure: Measure, first: Share, second: Share) -> PairLine:
    between = difference(first.count, first.total, second.count, second.total)
    return PairLine(measure, first, second, between)
