"""Timeliness of audited plans, by the limits in law, and quality beside it.

Time limits never enter a grade. What is measured on audited plans is labelled so: it is not the
area's official figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal, get_args

from ehcp_audit.domain.law_limits import LimitResult, results
from ehcp_audit.domain.law_rules import LAW_LIMITS, LawLimit
from ehcp_audit.domain.questions import GRADE_ID, CountedAudit
from ehcp_audit.trends.measures import Measure
from ehcp_audit.trends.shares import Share
from ehcp_audit.trends.twenty_weeks import TWENTY_WEEKS, twenty_weeks

Speed = Literal["on time", "late", "not known"]
_ENDED: Final = ("met", "late", "late_with_exception")


@dataclass(frozen=True)
class LimitFigure:
    """How audited plans stand against one limit.

    `with_exceptions` counts every plan that came to an end, `without_exceptions` leaves out those
    late with a recorded exception of the law. `open` are running, `overdue` past their day.
    """

    limit: LawLimit
    with_exceptions: Share
    without_exceptions: Share
    open: int
    overdue: int
    not_known: int


@dataclass(frozen=True)
class QualityBySpeed:
    """Quality of plans on time and of plans late; plans whose timing is not known stand beside."""

    on_time: Share
    late: Share
    not_known: int


def limit_figures(audits: Iterable[CountedAudit]) -> tuple[LimitFigure, ...]:
    """Return every limit for which a plan came to an end or is open, in the order of the law."""
    found: dict[str, list[LimitResult]] = {}
    for audit in audits:
        for result in results(audit.facts, audit.audit_date):
            found.setdefault(result.limit.id, []).append(result)
    figures = [_figure(limit, found.get(limit.id, [])) for limit in LAW_LIMITS]
    return tuple(
        each for each in figures if each.with_exceptions.total or each.open or each.overdue
    )


def twenty_week_figure(audits: Iterable[CountedAudit]) -> LimitFigure:
    """Return how audited plans stand against the 20 weeks."""
    found = [result for audit in audits if (result := twenty_weeks(audit)) is not None]
    return _figure(TWENTY_WEEKS, found)


def _figure(limit: LawLimit, found: Sequence[LimitResult]) -> LimitFigure:
    numbers = dict.fromkeys((*_ENDED, "running", "overdue", "not_known"), 0)
    for result in found:
        numbers[result.status] += 1
    met, late = numbers["met"], numbers["late"]
    return LimitFigure(
        limit,
        Share(met, met + late + numbers["late_with_exception"]),
        Share(met, met + late),
        numbers["running"],
        numbers["overdue"],
        numbers["not_known"],
    )


def speed_of(audit: CountedAudit) -> Speed:
    """Return whether a plan was on time by the 20 weeks; one overdue on the day is late."""
    result = twenty_weeks(audit)
    if result is None or result.status in ("not_known", "running"):
        return "not known"
    return "on time" if result.status == "met" else "late"


def quality_by_speed(audits: Iterable[CountedAudit], measure: Measure) -> QualityBySpeed:
    """Return a measure of plans within the 20 weeks, and of those after them (overdue ones too)."""
    by_speed: dict[Speed, list[CountedAudit]] = {"on time": [], "late": [], "not known": []}
    for audit in audits:
        by_speed[speed_of(audit)].append(audit)
    return QualityBySpeed(
        measure.share(by_speed["on time"]), measure.share(by_speed["late"]),
        len(by_speed["not known"]),
    )  # fmt: skip


def grades_by_speed(
    audits: Iterable[CountedAudit], grade_key_versions: frozenset[str], grades: int
) -> dict[Speed, tuple[int, ...]]:
    """Return how many plans have each grade, best first, by whether they were on time."""
    counts: dict[Speed, list[int]] = {each: [0] * grades for each in get_args(Speed)}
    for audit in audits:
        rank = audit.levels.get(GRADE_ID, 0)
        if rank > 0 and audit.rubric_hash in grade_key_versions:
            counts[speed_of(audit)][grades - rank] += 1
    return {speed: tuple(numbers) for speed, numbers in counts.items()}
